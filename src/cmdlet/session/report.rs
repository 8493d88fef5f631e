//! How a verdict on a session reads: the candidates, the dialogue, the reasons, the message, what would help.

use crate::cmdlet::session::answer::Answer;
use crate::manual::{Block, Report};
use crate::permission::Principal;
use crate::session::{
    Client, Condition, Fate, HeaderFamily, Line, Reason, RecipientVerdict, Step, Treatment,
};

/// Something with what is said of it.
type Pair = (String, String);

/// The whole answer, to read.
pub fn report(answer: &Answer<'_>) -> Report {
    let mut blocks = vec![Block::Section("Connector"), Block::Entries(candidates(answer))];
    blocks.extend([Block::Section("Session"), Block::Entries(session(answer))]);
    let dialogue = answer.verdict.dialogue.iter().map(spoken).collect::<Vec<_>>().join("\n");
    blocks.extend([Block::Section("Dialogue"), Block::Screen(dialogue)]);
    let reasons = reasons(answer);
    if !reasons.is_empty() {
        blocks.extend([Block::Section("Decided by"), Block::Entries(reasons)]);
    }
    if answer.verdict.recipients.len() > 1 {
        blocks.extend([Block::Section("Recipients"), Block::Entries(recipients(answer))]);
    }
    if let Some(treatment) = &answer.verdict.treatment {
        blocks.extend([Block::Section("Message"), Block::Entries(message(answer, treatment))]);
    }
    let remedies = answer.remedies();
    if !remedies.is_empty() {
        blocks.extend([Block::Section("What would help"), Block::Screen(remedies.join("\n"))]);
    }
    let notes = answer.all_notes();
    if !notes.is_empty() {
        blocks.push(Block::Section("Notes"));
        blocks.extend(notes.into_iter().map(Block::Prose));
    }
    Report { answer: answer.sentence(), blocks }
}

/// A well-known principal by its last part, an account whole.
pub fn short(who: &Principal) -> &str {
    match who {
        Principal::WellKnown(known) => known.name.rsplit('\\').next().unwrap_or_default(),
        Principal::Account(name) => name,
    }
}

/// The conditions of an acceptance.
pub fn condition(condition: Condition, client: &Client) -> String {
    let user = client.user.as_deref().unwrap_or_default();
    match condition {
        Condition::Peer => {
            "the client is a server with the right; -PeerServer or -PeerRole says which".to_owned()
        }
        Condition::InEveryone | Condition::NotInEveryone | Condition::Entries => {
            <&str>::from(condition).to_owned()
        }
        Condition::Sender => format!("{} is an address of {user}", client.mail_from),
        Condition::HeaderSender => format!("{} is an address of {user}", client.header_sender()),
    }
}

/// Pairs as single lines.
pub fn pairs(pairs: Vec<Pair>) -> Vec<String> {
    pairs.into_iter().map(|(name, says)| format!("{name}: {says}")).collect()
}

/// Every connector of the server with what became of it; the one that answers first.
pub fn candidates(answer: &Answer<'_>) -> Vec<Pair> {
    let (one, others): (Vec<_>, Vec<_>) = answer
        .verdict
        .candidates
        .iter()
        .partition(|candidate| matches!(candidate.fate, Fate::Answers { .. }));
    let described = |candidate: &crate::session::Candidate| {
        (answer.named(candidate.connector), format!("{} ({})", candidate.fate, candidate.fate.rule()))
    };
    one.into_iter().chain(others).map(described).collect()
}

/// Each recipient that the session came to: taken, or refused with the reply. A message that is refused later is not
/// taken for any of them.
pub fn recipients(answer: &Answer<'_>) -> Vec<Pair> {
    let outcome = answer.verdict.decision.outcome;
    let later = outcome.refusal().filter(|refusal| outcome.is_rejected() && refusal.step() > Step::RcptTo);
    let described = |one: &RecipientVerdict| match (one.refusal, later) {
        (Some(refusal), _) => format!("refused: {} ({})", one.reply, refusal.number()),
        (None, Some(later)) => {
            format!("refused with the message at {}", <&str>::from(later.step()))
        }
        (None, None) => "taken".to_owned(),
    };
    answer.verdict.recipients.iter().map(|one| (one.address.clone(), described(one))).collect()
}

fn session(answer: &Answer<'_>) -> Vec<Pair> {
    let client = answer.client;
    let names: Vec<_> =
        answer.verdict.principals.iter().map(|who| who.name_in(&answer.policy.domain)).collect();
    let mut pairs = vec![("From".to_owned(), client.remote.to_string())];
    pairs.push(("To".to_owned(), client.local.to_string()));
    if !names.is_empty() {
        pairs.push(("Is".to_owned(), format!("{} (P6)", names.join(", "))));
    }
    pairs
}

/// A line of the dialogue, with who says it.
pub fn spoken(line: &Line) -> String {
    match line {
        Line::Client(text) => format!("C: {text}"),
        Line::Server(text) => format!("S: {text}"),
        Line::Remark(text) => (*text).to_owned(),
    }
}

/// Each decision: its step, what came of it, and what made it.
pub fn reasons(answer: &Answer<'_>) -> Vec<Pair> {
    let described = |reason: &Reason| {
        let step: &str = reason.step.into();
        let about = reason.recipient.as_ref().map(|to| format!(" <{to}>")).unwrap_or_default();
        let evidence: Vec<_> = reason.evidence.iter().map(|one| one.describe(answer.policy)).collect();
        let came = match reason.passed {
            Some(true) => "passes",
            Some(false) => "refused",
            None => "undecided",
        };
        let says =
            if evidence.is_empty() { came.to_owned() } else { format!("{came}: {}", evidence.join("; ")) };
        (format!("{step}{about}"), format!("{says} ({})", reason.number))
    };
    let decides = |reason: &&Reason| reason.step != Step::Connect || !reason.evidence.is_empty();
    answer.verdict.reasons.iter().filter(decides).map(described).collect()
}

/// The headers that the firewall keeps and removes (P8).
pub fn headers(treatment: &Treatment, kept: bool) -> Vec<&'static str> {
    let families = enumset::EnumSet::<HeaderFamily>::all().iter();
    families.filter(|family| treatment.kept.contains(*family) == kept).map(HeaderFamily::headers).collect()
}

/// What becomes of the message.
fn message(answer: &Answer<'_>, treatment: &Treatment) -> Vec<Pair> {
    let named = |names: Vec<&str>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let (yes_no, pair) = (
        |flag: bool, yes: &str, no: &str| if flag { yes.to_owned() } else { no.to_owned() },
        |name: &str, says: String| (name.to_owned(), says),
    );
    let limit = answer.connector().map(|one| format!("{} (MaxMessageSize)", one.max_message_size.short()));
    let limit = limit.unwrap_or_default();
    let stamped = answer.received_header().unwrap_or_default();
    let Treatment { antispam_bypassed, size_bypassed, resolved, internal, xexch50, .. } = *treatment;
    vec![
        pair("Stamped with", stamped),
        pair("Headers kept", named(headers(treatment, true))),
        pair("Headers removed", named(headers(treatment, false))),
        pair("Anti-spam", yes_no(antispam_bypassed, "bypassed", "filters, where its agents are installed")),
        pair("Size limit", yes_no(size_bypassed, "bypassed", &limit)),
        pair("Sender", yes_no(resolved, "resolved against the address list", "not resolved")),
        pair("Counts as", yes_no(internal, "internal", "from outside")),
        pair("XEXCH50", yes_no(xexch50, "taken", "not taken")),
    ]
}
