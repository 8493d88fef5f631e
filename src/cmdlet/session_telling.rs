//! How a verdict on a session reads: the candidates, the dialogue, the reasons, the message, what would help.

use super::session_answer::Answer;
use super::session_remedies::Help;
use crate::manual::{Block, Report};
use crate::param::{Field, Value};
use crate::permission::Principal;
use crate::session::{Client, Condition, Fate, HeaderFamily, Line, Reason, Step, Treatment, transcript};

/// Something with what is said of it.
type Pair = (String, String);

/// The whole answer, to read.
pub fn report(answer: &Answer<'_>) -> Report {
    let mut blocks = vec![Block::Section("Connector"), Block::Entries(candidates(answer))];
    blocks.extend([Block::Section("Session"), Block::Entries(session(answer))]);
    let lines = transcript(answer.host, answer.client, answer.verdict);
    let dialogue = lines.iter().map(spoken).collect::<Vec<_>>().join("\n");
    blocks.extend([Block::Section("Dialogue"), Block::Screen(dialogue)]);
    let reasons = reasons(answer);
    if !reasons.is_empty() {
        blocks.extend([Block::Section("Decided by"), Block::Entries(reasons)]);
    }
    if let Some(treatment) = &answer.verdict.treatment {
        blocks.extend([Block::Section("Message"), Block::Entries(message(treatment))]);
    }
    let remedies: Vec<String> = answer.remedies().iter().flat_map(remedy).collect();
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
pub fn short(who: &Principal, domain: &str) -> String {
    let name = who.name_in(domain);
    match who {
        Principal::WellKnown(_) => name.rsplit('\\').next().unwrap_or_default().to_owned(),
        Principal::Account(_) => name,
    }
}

/// What an acceptance hangs on.
pub fn condition(condition: Condition, client: &Client) -> String {
    let user = client.user.as_deref().unwrap_or_default();
    match condition {
        Condition::Peer => "the client is a server that may, which -PeerServer or -PeerRole says".to_owned(),
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
    let told = |candidate: &crate::session::Candidate| {
        (answer.named(candidate.connector), format!("{} ({})", candidate.fate, candidate.fate.rule()))
    };
    one.into_iter().chain(others).map(told).collect()
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
    let told = |reason: &Reason| {
        let step: &str = reason.step.into();
        let about = reason.recipient.as_ref().map(|to| format!(" <{to}>")).unwrap_or_default();
        let bases: Vec<_> = reason.bases.iter().map(|basis| basis.told(answer.policy)).collect();
        let came = match reason.passed {
            Some(true) => "passes",
            Some(false) => "refused",
            None => "undecided",
        };
        let says = if bases.is_empty() { came.to_owned() } else { format!("{came}: {}", bases.join("; ")) };
        (format!("{step}{about}"), format!("{says} ({})", reason.rule))
    };
    let decides = |reason: &&Reason| reason.step != Step::Connect || !reason.bases.is_empty();
    answer.verdict.reasons.iter().filter(decides).map(told).collect()
}

/// The headers that the firewall keeps and removes (P8).
fn headers(treatment: &Treatment, kept: bool) -> Vec<&'static str> {
    let families = enumset::EnumSet::<HeaderFamily>::all().iter();
    families.filter(|family| treatment.kept.contains(*family) == kept).map(HeaderFamily::headers).collect()
}

/// What becomes of the message.
fn message(treatment: &Treatment) -> Vec<Pair> {
    let named = |names: Vec<&str>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let (yes_no, pair) = (
        |flag: bool, yes: &str, no: &str| if flag { yes.to_owned() } else { no.to_owned() },
        |name: &str, says: String| (name.to_owned(), says),
    );
    let Treatment { antispam_bypassed, size_bypassed, resolved, internal, xexch50, .. } = *treatment;
    vec![
        pair("Headers kept", named(headers(treatment, true))),
        pair("Headers removed", named(headers(treatment, false))),
        pair("Anti-spam", yes_no(antispam_bypassed, "bypassed", "filters, where its agents are installed")),
        pair("Size limit", yes_no(size_bypassed, "bypassed", "MaxMessageSize")),
        pair("Sender", yes_no(resolved, "resolved against the address list", "not resolved")),
        pair("Counts as", yes_no(internal, "internal", "from outside")),
        pair("XEXCH50", yes_no(xexch50, "taken", "not taken")),
    ]
}

/// The same as properties.
pub fn treated(treatment: Option<&Treatment>) -> Vec<(&'static str, Value)> {
    let flag = |of: fn(&Treatment) -> bool| treatment.map_or(Value::Null, |treatment| of(treatment).value());
    let list = |kept: bool| {
        let names = treatment.map(|treatment| headers(treatment, kept)).unwrap_or_default();
        Value::List(names.into_iter().map(|name| Value::Text(name.to_owned())).collect())
    };
    vec![
        ("HeadersKept", list(true)),
        ("HeadersRemoved", list(false)),
        ("AntiSpamBypassed", flag(|treatment| treatment.antispam_bypassed)),
        ("SizeLimitBypassed", flag(|treatment| treatment.size_bypassed)),
        ("SenderResolved", flag(|treatment| treatment.resolved)),
        ("Internal", flag(|treatment| treatment.internal)),
        ("XExch50Taken", flag(|treatment| treatment.xexch50)),
    ]
}

/// What helps, as lines that a shell runs: what is no command is a comment.
pub fn remedy(help: &Help) -> Vec<String> {
    match help {
        Help::Client(what) => vec![format!("# the client: {what}")],
        Help::Line { line, opens_relay: false } => vec![line.clone()],
        Help::Line { line, opens_relay: true } => {
            vec!["# warning: this makes the connector an open relay (R3)".to_owned(), line.clone()]
        }
    }
}
