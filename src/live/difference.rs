//! Where a real server answers otherwise than the store's connectors would.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Certificate, Seen, Step};
use crate::session::Verdict;

/// What the store says of the session that was seen.
pub struct Expected<'a> {
    /// The connector that answers, by name; nothing where none does.
    pub connector: Option<&'a str>,
    /// The greeting, up to its date.
    pub banner: String,
    /// The name of that connector, which is its certificate's too.
    pub name: &'a str,
    /// The keywords after EHLO, before TLS.
    pub keywords: Vec<String>,
    /// The keywords after EHLO in TLS; nothing where it offers none.
    pub keywords_in_tls: Option<Vec<String>>,
    /// The decision on a recipient.
    pub verdict: &'a Verdict,
}

/// The differences, a sentence each.
#[must_use]
pub fn differences(seen: &Seen, expected: &Expected<'_>, now: Timestamp) -> Vec<String> {
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
    found.extend(of_ehlo(seen, Step::Ehlo, &expected.keywords));
    if let Some(keywords) = &expected.keywords_in_tls {
        let mut found_in_tls = of_ehlo(seen, Step::EhloInTls, keywords);
        found_in_tls.retain(|one| !found.contains(one));
        found.extend(found_in_tls.into_iter().map(|one| format!("in TLS, {one}")));
    }
    if let Some(certificate) = seen.tls.as_ref().and_then(|tls| tls.certificate.as_ref()) {
        found.extend(of_certificate(certificate, expected.name, now));
    }
    found.extend(of_recipient(seen, expected.verdict));
    found
}

/// Its name and its dates. By which roots a client trusts it is not a matter of the server.
fn of_certificate(certificate: &Certificate, name: &str, now: Timestamp) -> Vec<String> {
    let mut found = Vec::new();
    if now > certificate.not_after {
        found.push(format!("the certificate expired on {}", day(certificate.not_after)));
    }
    if now < certificate.not_before {
        found.push(format!("the certificate is not valid before {}", day(certificate.not_before)));
    }
    if !certificate.is_for(name) {
        let names = match certificate.names.as_slice() {
            [] => "no name".to_owned(),
            names => format!("`{}`", names.join("`, `")),
        };
        found.push(format!("the certificate is for {names}, and the store's connector is `{name}`"));
    }
    found
}

/// The day in UTC.
fn day(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

fn of_ehlo(seen: &Seen, step: Step, expected: &[String]) -> Vec<String> {
    let answered = seen.reply(step).filter(|reply| reply.code == 250);
    // The first line is the server's name and a greeting.
    answered.map(|ehlo| of_keywords(ehlo.lines.get(1..).unwrap_or_default(), expected)).unwrap_or_default()
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
