//! What made a row of the dialogue say what it says: an entry of the access list, a setting, a list, an account.
//!
//! It decides nothing; it looks up, slowly and with names, what the rules have looked at.

use crate::organization::AcceptedDomain;
use strum::VariantArray;

use super::case::Case;
use super::client::Tls;
use super::dialogue::Refusal;
use super::domain_security::Inbound;
use super::identity::{Who, principals};
use super::policy::Policy;
use super::recipient::accepted;
use super::rights::{Deciding, Held};
use super::sender::{self, SenderCheck};
use crate::connector::{ReceiveConnector, rows};
use crate::param::Row;
use crate::permission::{Effect, Evaluator, Ground, Principal, Right};

/// What made a decision.
#[derive(Clone, Debug)]
pub enum Basis {
    /// A property of the connector, with its value as printed.
    Setting(&'static str, String),
    /// An entry of the access list, and the group that gives it.
    Entry(Ground),
    /// That no entry allows the right to any of these.
    NoEntry(&'static Right, Vec<Principal>),
    /// An accepted domain.
    Accepted(AcceptedDomain),
    /// That a domain is no accepted one.
    Foreign(String),
    /// A condition of Domain Security that fails.
    DomainSecurity(Inbound),
    /// What became of the check of this sender.
    Sender(SenderCheck, String),
}

/// How a principal is called on the access list of a connector, and what the list says of it.
pub(super) struct Lists<'a> {
    pub case: &'a Case<'a>,
    /// The list that the message's rights come from.
    pub list: &'a Evaluator,
    /// The list that the sender's rights come from (P10).
    pub sender_list: &'a Evaluator,
}

/// The rights that a list gives a session, as bits: the long way to what [`super::rights`] lays out.
pub(super) fn held(list: &Evaluator, session: &[Principal]) -> Held {
    let allowed = Deciding::VARIANTS.iter().filter(|right| list.allows(session, right.right()));
    Held::of(allowed.copied())
}

impl Lists<'_> {
    /// What the rows for a refusal looked at; empty where there is nothing worth a word.
    pub fn bases(&self, refusal: Refusal, recipient: Option<&str>) -> Vec<Basis> {
        let case = self.case;
        match refusal {
            Refusal::NotBound | Refusal::NoRange => Vec::new(),
            Refusal::TlsNotOffered if case.client.tls != Tls::None => self.setting(&rows::AUTH_MECHANISM),
            Refusal::MechanismNotOffered if case.mechanism().is_some() => self.setting(&rows::AUTH_MECHANISM),
            Refusal::SubmitAccount if case.session == Who::Account => {
                self.right(self.list, case.session, Deciding::Submit)
            }
            Refusal::SubmitAnonymous if case.message == Who::Anonymous => self.submit(),
            Refusal::SubmitIdentified if !matches!(case.message, Who::Anonymous | Who::Account) => {
                self.submit()
            }
            Refusal::DomainSecurity => {
                case.domain_security.into_iter().flatten().map(Basis::DomainSecurity).collect()
            }
            Refusal::SenderAnonymous if case.message == Who::Anonymous => self.sender(&case.client.mail_from),
            Refusal::Sender if case.message != Who::Anonymous => self.sender(&case.client.mail_from),
            Refusal::HeaderSenderAnonymous if case.message == Who::Anonymous => self.header(),
            Refusal::HeaderSender if case.message != Who::Anonymous => self.header(),
            Refusal::Size => self.size(),
            Refusal::Relay => recipient.map(|to| self.relay(to)).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The same for a row that refuses: the setting that it reads counts too.
    pub fn bases_of_refusal(&self, refusal: Refusal, recipient: Option<&str>) -> Vec<Basis> {
        let mut bases: Vec<_> = setting(refusal).into_iter().flat_map(|row| self.setting(row)).collect();
        if !matches!(refusal, Refusal::TlsNotOffered | Refusal::MechanismNotOffered) {
            bases.extend(self.bases(refusal, recipient));
        }
        bases
    }

    fn setting(&self, row: &'static Row<ReceiveConnector>) -> Vec<Basis> {
        vec![Basis::Setting(row.name(), row.print_plain(self.case.connector))]
    }

    fn submit(&self) -> Vec<Basis> {
        self.right(self.list, self.case.message, Deciding::Submit)
    }

    /// The entries that speak of a right: those that deny where any does, else those that allow.
    fn right(&self, list: &Evaluator, who: Who, right: Deciding) -> Vec<Basis> {
        let session = principals(who, self.case.client, self.case.policy);
        let effect = list.effects(&session).into_iter().find(|effect| effect.right == right.right());
        match effect {
            Some(Effect { denied, .. }) if !denied.is_empty() => {
                denied.into_iter().map(Basis::Entry).collect()
            }
            Some(Effect { allowed, .. }) => allowed.into_iter().map(Basis::Entry).collect(),
            None => vec![Basis::NoEntry(right.right(), session)],
        }
    }

    fn header(&self) -> Vec<Basis> {
        let from = self.case.client.header_sender();
        if from == self.case.client.mail_from { Vec::new() } else { self.sender(from) }
    }

    fn sender(&self, address: &str) -> Vec<Basis> {
        let check = sender::check(self.case, address);
        let mut bases = vec![Basis::Sender(check, address.to_owned())];
        if let SenderCheck::Right(right) | SenderCheck::Refused(right) = check {
            bases.extend(self.right(self.sender_list, self.case.message, right));
        }
        bases
    }

    /// Worth a word where the limit is bypassed.
    fn size(&self) -> Vec<Basis> {
        let above =
            self.case.client.size.is_some_and(|size| size > self.case.connector.max_message_size.as_bytes());
        let bypass = above && self.case.may(Deciding::BypassMessageSizeLimit);
        if bypass {
            self.right(self.list, self.case.message, Deciding::BypassMessageSizeLimit)
        } else {
            Vec::new()
        }
    }

    fn relay(&self, to: &str) -> Vec<Basis> {
        if let Some(domain) = accepted(self.case, to) {
            return vec![Basis::Accepted(domain.clone())];
        }
        let Some(domain) = self.case.domain(to) else { return Vec::new() };
        let mut bases = vec![Basis::Foreign(domain.to_owned())];
        bases.extend(self.right(self.list, self.case.message, Deciding::AcceptAnyRecipient));
        bases
    }
}

/// The property that a row reads.
pub(super) fn setting(refusal: Refusal) -> Option<&'static Row<ReceiveConnector>> {
    Some(match refusal {
        Refusal::EhloDomain => &rows::REQUIRE_EHLO_DOMAIN,
        Refusal::TlsNotOffered | Refusal::MechanismNotOffered => &rows::AUTH_MECHANISM,
        Refusal::ExtendedProtection => &rows::EXTENDED_PROTECTION_POLICY,
        Refusal::TlsRequired => &rows::REQUIRE_TLS,
        Refusal::DomainSecurity => &rows::DOMAIN_SECURE_ENABLED,
        Refusal::DeclaredSize | Refusal::Size => &rows::MAX_MESSAGE_SIZE,
        Refusal::TooManyRecipients => &rows::MAX_RECIPIENTS_PER_MESSAGE,
        Refusal::ReservedTop => &rows::REJECT_RESERVED_TOP_LEVEL_RECIPIENT_DOMAINS,
        Refusal::ReservedSecond => &rows::REJECT_RESERVED_SECOND_LEVEL_RECIPIENT_DOMAINS,
        Refusal::SingleLabel => &rows::REJECT_SINGLE_LABEL_RECIPIENT_DOMAINS,
        Refusal::HeaderSize => &rows::MAX_HEADER_SIZE,
        Refusal::Hops => &rows::MAX_HOP_COUNT,
        Refusal::LocalHops => &rows::MAX_LOCAL_HOP_COUNT,
        Refusal::BareLinefeed => &rows::BARE_LINEFEED_REJECTION_ENABLED,
        _ => return None,
    })
}

impl Basis {
    /// The sentence, with account names in the organization's domain.
    #[must_use]
    pub fn told(&self, policy: &Policy) -> String {
        let domain = &policy.domain;
        match self {
            Basis::Setting(name, value) => format!("{name} is `{value}`"),
            Basis::Entry(Ground { entry, group }) => {
                let source = group.map_or("an entry of its own", Into::into);
                let verb = if entry.deny { "denies" } else { "gives" };
                format!("{source} {verb} {} to {}", entry.right.name, entry.principal.name_in(domain))
            }
            Basis::NoEntry(right, session) => {
                let names: Vec<_> = session.iter().map(|principal| principal.name_in(domain)).collect();
                format!("no entry gives {} to {}", right.name, names.join(", "))
            }
            Basis::Accepted(accepted) => {
                format!("accepted domain `{}` ({:?})", accepted.domain_name, accepted.domain_type)
            }
            Basis::Foreign(name) => format!("`{name}` is no accepted domain"),
            Basis::DomainSecurity(condition) => <&str>::from(condition).to_owned(),
            Basis::Sender(check, address) => told_sender(*check, address),
        }
    }
}

fn told_sender(check: SenderCheck, address: &str) -> String {
    match check {
        SenderCheck::Empty => "the empty sender needs no right".to_owned(),
        SenderCheck::Right(right) => format!("sending as `{address}` takes {}", right.right().name),
        SenderCheck::DomainSecurity => format!("Domain Security vouches for `{address}`"),
        SenderCheck::Frontend => "a front end does not check anonymous senders".to_owned(),
        SenderCheck::Own => format!("`{address}` is the account's own address"),
        SenderCheck::SendAs => format!("the account may send as `{address}`"),
        SenderCheck::Unknown => format!("nobody says whether `{address}` is the account's own"),
        SenderCheck::Refused(right) => {
            format!("sending as `{address}` takes {}, or an address of one's own", right.right().name)
        }
    }
}
