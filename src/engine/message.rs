//! What a revision says of itself: subject, the line that made it, trailers.

use std::collections::HashSet;

use crate::cmdlet::runbook::PATH;
use crate::cmdlet::{Call, Difference, short};
use crate::organization::EdgeSubscription;
use crate::param::Noun;
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
        _ => objects(differences),
    };
    runbook.or_else(files).unwrap_or_else(|| format!("{from}{}", objects()))
}

/// The objects that a change is about, each once: its connectors stand for their server.
pub(super) fn names(differences: &[Difference]) -> Vec<&str> {
    let mut seen = HashSet::new();
    let all = differences.iter().map(|difference| difference.identity.as_str());
    let mut names: Vec<&str> = all.filter(|name| seen.insert(*name)).collect();
    let servers: HashSet<&str> = names.iter().filter_map(|name| Some(name.split_once('\\')?.0)).collect();
    names.retain(|name| !servers.contains(name));
    names
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
        differences.iter().map(|d| d.identity.split('\\').next().unwrap_or_default()).collect();
    names.dedup();
    names.join(", ")
}

fn without_connectors(differences: &[Difference]) -> Vec<Difference> {
    differences.iter().filter(|one| !one.identity.contains('\\')).cloned().collect()
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
