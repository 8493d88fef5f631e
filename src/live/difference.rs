//! Where a real server answers otherwise than the store's connectors would.

use std::collections::BTreeSet;

use super::{Seen, Step};
use crate::session::Verdict;

/// What the store says of the session that was seen.
pub struct Expected<'a> {
    /// The connector that answers, by name; nothing where none does.
    pub connector: Option<&'a str>,
    /// The greeting, up to its date.
    pub banner: String,
    /// The keywords after EHLO, before TLS.
    pub keywords: Vec<String>,
    /// The decision on a recipient.
    pub verdict: &'a Verdict,
}

/// The differences, a sentence each.
#[must_use]
pub fn differences(seen: &Seen, expected: &Expected<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let Some(greeting) = seen.reply(Step::Banner) else { return found };
    let greeted = greeting.code == 220;
    if expected.connector.is_none() {
        let takes = "no connector of the store answers this machine, and the server does";
        return if greeted { vec![takes.to_owned()] } else { found };
    }
    if !greeted {
        return found;
    }
    let line = greeting.first_line();
    if !line.starts_with(&expected.banner) {
        found.push(format!("the banner is `{line}`, and the store's begins with `{}`", expected.banner));
    }
    if let Some(ehlo) = seen.reply(Step::Ehlo).filter(|reply| reply.code == 250) {
        // The first line is the server's name and a greeting.
        found.extend(of_keywords(ehlo.lines.get(1..).unwrap_or_default(), &expected.keywords));
    }
    found.extend(of_recipient(seen, expected.verdict));
    found
}

/// The keyword in front of its values, in upper case, and those values.
fn keyword(line: &str) -> (String, BTreeSet<String>) {
    let mut words = line.split_whitespace().map(str::to_ascii_uppercase);
    (words.next().unwrap_or_default(), words.collect())
}

fn of_keywords(seen: &[String], expected: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for line in expected {
        let (name, values) = keyword(line);
        match seen.iter().find(|other| keyword(other).0 == name) {
            None => found.push(format!("{name} is not offered, and the store's connector offers it")),
            Some(other) if keyword(other).1 != values => {
                found.push(format!("`{other}` is offered, and the store's connector offers `{line}`"));
            }
            Some(_) => {}
        }
    }
    for line in seen {
        let (name, _) = keyword(line);
        if !expected.iter().any(|other| keyword(other).0 == name) {
            found.push(format!("{name} is offered, and the store's connector does not offer it"));
        }
    }
    found
}

/// Whether a recipient is taken, where one was tried.
fn of_recipient(seen: &Seen, verdict: &Verdict) -> Option<String> {
    let tried = seen.reply(Step::MailFrom)?;
    let last = seen.reply(Step::RcptTo).unwrap_or(tried);
    let taken = seen.reply(Step::RcptTo).is_some_and(|reply| reply.code < 300);
    let expected = verdict.decision.code()?;
    let line = last.first_line();
    match (taken, expected < 300) {
        (true, false) => Some(format!(
            "the recipient is taken (`{line}`), and the store's connector refuses it with {expected}"
        )),
        (false, true) => {
            Some(format!("the recipient is refused (`{line}`), and the store's connector takes it"))
        }
        (false, false) if last.code != expected => Some(format!(
            "the recipient is refused with `{line}`, and the store's connector refuses it with {expected}"
        )),
        _ => None,
    }
}
