//! What is typed for a cmdlet and is none: cmdlets of the product that this program does not have, and other words for
//! its verbs.

use super::name::unrecognized;
use crate::answer::{Exit, Problem};
use crate::cmdlet::CMDLETS;
use crate::param::Verb;

/// Nouns of the product's cmdlets for transport that are not here, each with what to use.
const OF_THE_PRODUCT: &[(&str, &str)] = &[
    ("AdSite", "`exch set-exchangeserver SERVER -Site NAME` says in which site a server is"),
    (
        "AdSiteLink",
        "costs between sites are not modelled; `exch get-exchangeserver` shows the site of each server",
    ),
    ("DeliveryAgentConnector", "of connectors that send, `exch get-sendconnector` shows those of SMTP"),
    ("ForeignConnector", "of connectors that send, `exch get-sendconnector` shows those of SMTP"),
    (
        "ExchangeCertificate",
        "the store holds no certificates; `exch set-receiveconnector` takes -TlsCertificateName",
    ),
    ("FrontendTransportService", "`exch get-receiveconnector` shows the connectors of that service"),
    ("MailboxTransportService", "`exch get-datapath` shows its paths"),
    (
        "TransportService",
        "`exch get-exchangeserver` and `exch get-receiveconnector` show what is modelled of it",
    ),
    (
        "TransportServer",
        "`exch get-exchangeserver` and `exch get-receiveconnector` show what is modelled of it",
    ),
    ("Message", "no mail is moved here; `exch test-datapath` predicts what a message would meet"),
    ("MessageTrackingLog", "no mail is moved here; `exch test-datapath` predicts what a message would meet"),
    ("Queue", "no mail is moved here; `exch test-datapath` predicts what a message would meet"),
    ("Mailbox", "`exch new-principal` describes an account and its addresses"),
    ("Recipient", "`exch new-principal` describes an account and its addresses"),
    (
        "RemoteDomain",
        "`exch get-accepteddomain` and `exch get-sendconnector` show the domains that are modelled",
    ),
    ("TransportAgent", "agents are not modelled; `exch test-datapath` predicts what SMTP itself answers"),
    ("TransportRule", "rules are not modelled; `exch test-datapath` predicts what SMTP itself answers"),
    ("SmtpConnectivity", "exch test-datapath"),
    ("MailFlow", "exch test-datapath"),
    ("EdgeSynchronization", "exch get-edgesubscription"),
];

/// Another word for a verb, and the line that does it.
struct OtherWord {
    word: &'static str,
    /// NOUN stands for the noun that was typed.
    line: &'static str,
    /// The cmdlet of that noun that the line is of, with the parameter that it needs.
    needs: Option<(Verb, Option<&'static str>)>,
}

const fn word(word: &'static str, line: &'static str) -> OtherWord {
    OtherWord { word, line, needs: None }
}

impl OtherWord {
    const fn of(self, verb: Verb, param: Option<&'static str>) -> Self {
        OtherWord { needs: Some((verb, param)), ..self }
    }

    /// Whether the line is one of a noun.
    fn fits(&self, noun: &str) -> bool {
        let Some((verb, param)) = self.needs else { return true };
        let cmdlet =
            CMDLETS.iter().find(|cmdlet| cmdlet.verb == verb && cmdlet.noun.eq_ignore_ascii_case(noun));
        cmdlet.is_some_and(|cmdlet| {
            param.is_none_or(|param| cmdlet.all_params().iter().any(|one| one.name == param))
        })
    }
}

const OTHER_WORDS: &[OtherWord] = &[
    word("rename", "exch set-NOUN IDENTITY -Name NEWNAME").of(Verb::Set, Some("Name")),
    word("disable", "exch set-NOUN IDENTITY -Enabled:false").of(Verb::Set, Some("Enabled")),
    word("enable", "exch set-NOUN IDENTITY -Enabled:true").of(Verb::Set, Some("Enabled")),
    word("delete", "exch remove-NOUN IDENTITY -WhatIf").of(Verb::Remove, None),
    word("list", "exch get-NOUN").of(Verb::Get, None),
    word("show", "exch get-NOUN").of(Verb::Get, None),
    word("import", "exch import-organization PATH -WhatIf"),
    word("export", "exch get-NOUN -Output powershell").of(Verb::Get, None),
    word("undo", "exch undo-storerevision HEAD -WhatIf"),
    word("revert", "exch restore-storerevision HEAD~1 -WhatIf"),
    word("version", "exch --version"),
];

/// The refusal of a word that is known, and is no cmdlet of this program.
#[must_use]
pub fn known(typed: &str) -> Option<Problem> {
    let (verb, noun) = typed.split_once('-').unwrap_or((typed, ""));
    if let Some((name, instead)) = OF_THE_PRODUCT.iter().find(|(name, _)| name.eq_ignore_ascii_case(noun)) {
        let (first, rest) = verb.split_at_checked(1).unwrap_or((verb, ""));
        let verb = first.to_uppercase() + &rest.to_lowercase();
        let message =
            format!("{verb}-{name} is a cmdlet of the Exchange Management Shell that exch does not have");
        return Some(Problem::new(Exit::NotUnderstood, message).hint(*instead));
    }
    let other = OTHER_WORDS.iter().find(|other| other.word.eq_ignore_ascii_case(verb))?;
    let noun = match CMDLETS.iter().find(|cmdlet| cmdlet.noun.eq_ignore_ascii_case(noun)) {
        Some(cmdlet) => cmdlet.noun.to_lowercase(),
        None if noun.is_empty() => "receiveconnector".to_owned(),
        None => return None,
    };
    let line = if other.fits(&noun) { other.line } else { "exch get-command -Noun NOUN" };
    Some(unrecognized(typed).hint(line.replace("NOUN", &noun)))
}
