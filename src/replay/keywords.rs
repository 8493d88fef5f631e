//! Answers to EHLO, compared as sets of keywords with their arguments (E).

use std::collections::BTreeSet;

use super::{Agreement, Compared, Finding, Topic, undecidable};
use crate::protocol_log::{OF_CONNECTOR, Offer};
use crate::session::Tls;

/// A keyword with its arguments, in any order and case.
type Keyword = (String, BTreeSet<String>);

fn keyword(line: &str) -> Keyword {
    let mut words = line.split_ascii_whitespace().map(str::to_ascii_uppercase);
    (words.next().unwrap_or_default(), words.collect())
}

impl Compared<'_, '_> {
    pub(super) fn keywords(&mut self) {
        for offer in &self.facts.offers {
            let result = self.offer(offer);
            match result {
                None => self.replay.equal += 1,
                Some(finding) => self.replay.add(finding, &self.client),
            }
        }
    }

    /// One answer; nothing where it is equal.
    fn offer(&self, offer: &Offer<'_>) -> Option<Finding> {
        if !offer.complete {
            return Some(undecidable(
                Topic::Keywords,
                "",
                "the beginning of the answer to EHLO is not in the logs",
            ));
        }
        let anonymous = self.facts.tls.is_some_and(|tls| tls.anonymous);
        let in_tls = if anonymous { Tls::AnonymousTls } else { Tls::StartTls };
        // Where the logs do not have the beginning, TLS may have come before.
        let scenes: &[Tls] = match (offer.in_tls, self.session.begun || self.has_greeting()) {
            (true, _) => &[in_tls],
            (false, true) => &[Tls::None],
            (false, false) => &[Tls::None, Tls::StartTls],
        };
        // The same text, as nearly always, needs no sets.
        if scenes.iter().any(|tls| offer.is(self.offered(*tls, true))) {
            return None;
        }
        let of_connector = |one: &Keyword| OF_CONNECTOR.contains(&one.0.as_str());
        let logged: BTreeSet<Keyword> =
            offer.keywords().iter().map(|line| keyword(line)).filter(of_connector).collect();
        let model = |tls: Tls, certificate: bool| -> BTreeSet<Keyword> {
            self.offered(tls, certificate).iter().map(|line| keyword(line)).collect()
        };
        if scenes.iter().any(|tls| model(*tls, true) == logged) {
            return None;
        }
        let tls = *scenes.first()?;
        if tls == Tls::None && model(tls, false) == logged {
            let why = "STARTTLS is not offered: the server has no usable certificate for the connector's Fqdn, which no store knows";
            return Some(undecidable(Topic::Keywords, "no STARTTLS", why));
        }
        let model = model(tls, tls != Tls::None || logged.iter().any(|one| one.0 == "STARTTLS"));
        Some(Finding {
            agreement: Agreement::Differs,
            topic: Topic::Keywords,
            logged: only(&logged, &model),
            model: only(&model, &logged),
            rule: Some("E"),
            why: match tls {
                Tls::None => "the answer to EHLO before TLS".to_owned(),
                _ => "the answer to EHLO in TLS".to_owned(),
            },
        })
    }

    fn has_greeting(&self) -> bool {
        self.facts.greeting.is_some()
    }

    /// The lines that the rules offer.
    fn offered(&self, tls: Tls, certificate: bool) -> &[String] {
        self.model.service.offered(self.at, tls, certificate)
    }
}

/// The keywords of one set that the other does not have.
fn only(these: &BTreeSet<Keyword>, others: &BTreeSet<Keyword>) -> String {
    let line = |(name, arguments): &Keyword| {
        std::iter::once(name).chain(arguments).cloned().collect::<Vec<_>>().join(" ")
    };
    let lines: Vec<String> = these.difference(others).map(line).collect();
    if lines.is_empty() { "nothing more".to_owned() } else { lines.join(", ") }
}
