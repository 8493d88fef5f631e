//! What a revision says of itself: subject, the line that made it, trailers.

use std::collections::HashSet;

use crate::cmdlet::runbook::PATH;
use crate::cmdlet::{Call, Cmdlet, Difference, short};
use crate::connector::ReceiveConnector;
use crate::organization::EdgeSubscription;
use crate::param::{Noun, Value};
use crate::server::Server;

/// The longest subject, in characters.
const SUBJECT: usize = 72;

/// The message of a revision that `call` makes with those differences.
#[must_use]
pub(crate) fn compose(
    call: &Call<'_>,
    reason: Option<&str>,
    differences: &[Difference],
    servers: &[String],
    origin: Option<(&str, &str)>,
) -> String {
    let subject = match reason {
        Some(reason) => one_line(reason),
        None => shorten(&one_line(&format!("{} {}", call.cmdlet.name(), about(call, differences, origin)))),
    };
    let lines: Vec<String> = std::iter::once(call.line()).chain(call.further_lines()).collect();
    let (subject, lines) = (subject.trim_end(), lines.join("\n"));
    let mut message = format!("{subject}\n\n{lines}\n\nCmdlet: {}\n", call.cmdlet.name());
    if let Some((word, revision)) = origin {
        message.push_str(&format!("{word}: {revision}\n"));
    }
    for server in servers {
        message.push_str(&format!("Server: {}\n", one_line(server)));
    }
    message
}

/// The message of a revision that records what somebody edited by hand.
#[must_use]
pub fn by_hand(paths: &[String]) -> String {
    format!("edited by hand: {}\n", shorten(&paths.join(", ")))
}

/// What a change is about: the files that it read, by their names, else the revision that it comes from and its objects.
fn about(call: &Call<'_>, differences: &[Difference], origin: Option<(&str, &str)>) -> String {
    let runbook = call.args.text(&PATH).filter(|_| call.cmdlet.runs_lines);
    let files = || call.cmdlet.takes_export(&call.args).map(|paths| paths.join(", "));
    let from = origin.map(|(_, id)| format!("{} ", short(id))).unwrap_or_default();
    let objects = || match call.cmdlet.noun {
        // The server stands for the connectors that setup makes with it.
        <Server as Noun>::NAME => servers(differences),
        // The connector that a subscription sets is not what it is about.
        <EdgeSubscription as Noun>::NAME => objects(&without_connectors(differences)),
        _ => objects(&meant(call.cmdlet, differences)),
    };
    runbook.or_else(files).unwrap_or_else(|| format!("{from}{}", objects()))
}

/// What a cmdlet is about of what it changes: one of connectors makes a server only because there is none yet.
pub(super) fn meant(cmdlet: &Cmdlet, differences: &[Difference]) -> Vec<Difference> {
    let noun = <ReceiveConnector as Noun>::NAME;
    differences.iter().filter(|one| cmdlet.noun != noun || one.noun == noun).cloned().collect()
}

/// The names of the objects that a change is about, each object once. A server that comes or goes stands for the
/// connectors that come and go with it; one that stays is an object beside them.
pub(super) fn names(differences: &[Difference]) -> Vec<&str> {
    let comes_or_goes = |one: &&Difference| {
        let is_whole = one.before == Value::Null || one.after == Value::Null;
        one.noun == <Server as Noun>::NAME && one.property == "Name" && is_whole
    };
    let whole: HashSet<&str> =
        differences.iter().filter(comes_or_goes).map(|one| one.identity.as_str()).collect();
    let mut seen = HashSet::new();
    differences
        .iter()
        .filter(|one| server_of(one).is_none_or(|server| !whole.contains(server)))
        .filter(|one| seen.insert((one.noun, one.identity.as_str())))
        .map(|one| one.identity.as_str())
        .collect()
}

/// The same in a few words.
pub(super) fn objects(differences: &[Difference]) -> String {
    match names(differences).as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// The servers that a change is about, without what belongs to them.
fn servers(differences: &[Difference]) -> String {
    let mut names: Vec<&str> =
        differences.iter().map(|one| server_of(one).unwrap_or(&one.identity)).collect();
    names.dedup();
    names.join(", ")
}

fn without_connectors(differences: &[Difference]) -> Vec<Difference> {
    differences.iter().filter(|one| server_of(one).is_none()).cloned().collect()
}

/// The server of a connector; nothing for another object, and accounts have a backslash in their names, too.
fn server_of(one: &Difference) -> Option<&str> {
    let (server, _) = one.identity.split_once('\\')?;
    (one.noun == <ReceiveConnector as Noun>::NAME).then_some(server)
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= SUBJECT {
        return text.to_owned();
    }
    let head: String = text.chars().take(SUBJECT - 1).collect();
    format!("{head}…")
}
