//! Answers to EHLO, compared as sets of keywords with their arguments (E).

use std::collections::BTreeSet;

use super::{Agreement, Compared, Finding, Topic, undecidable};
use crate::protocol_log::{OF_CONNECTOR, Offer};
use crate::session::{Tls, replies};

/// A keyword with its arguments, in any order and case.
type Keyword = (String, BTreeSet<String>);

fn keyword(line: &str) -> Keyword {
    let mut words = line.split_ascii_whitespace().map(str::to_ascii_uppercase);
    (words.next().unwrap_or_default(), words.collect())
}

/// The name in the usual greeting.
fn named(greeting: &str) -> Option<&str> {
    let (name, _) = greeting.strip_prefix("220 ")?.split_once(" Microsoft ESMTP MAIL Service")?;
    Some(name.trim_ascii()).filter(|name| !name.contains(' '))
}

impl Compared<'_, '_> {
    pub(super) fn keywords(&mut self) {
        self.name();
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
            why: self.settings_of(tls, &logged, &model),
        })
    }

    /// The settings that decide about the keywords that only one of the answers has.
    fn settings_of(&self, tls: Tls, logged: &BTreeSet<Keyword>, model: &BTreeSet<Keyword>) -> String {
        let answer = if tls == Tls::None { "before TLS" } else { "in TLS" };
        let other: Vec<&str> = logged.symmetric_difference(model).map(|(name, _)| name.as_str()).collect();
        let settings = self.model.service.offer_settings(self.at, &other);
        let all: Vec<String> = settings.iter().map(|one| one.describe(self.model.policy)).collect();
        format!("the answer to EHLO {answer}: {}", all.join("; "))
    }

    /// The name by which the server goes in the greeting and the answer to EHLO.
    fn name(&mut self) {
        let Some(connector) = self.model.host.connectors.get(self.at) else { return };
        let model = replies::name(connector, &self.model.host.server);
        let greeting = self.facts.greeting.filter(|_| connector.banner.is_empty()).and_then(named);
        let logged = || greeting.into_iter().chain(self.facts.offers.iter().filter_map(|offer| offer.name));
        if logged().next().is_none() {
            return;
        }
        let Some(other) = logged().find(|name| !name.eq_ignore_ascii_case(model)) else {
            self.replay.equal += 1;
            return;
        };
        let finding = Finding {
            agreement: Agreement::Differs,
            topic: Topic::Reply,
            logged: other.to_owned(),
            model: model.to_owned(),
            rule: Some("M"),
            why: match connector.fqdn.as_deref() {
                Some(fqdn) if !fqdn.is_empty() => {
                    format!("Fqdn is `{fqdn}`, which the greeting and the answer to EHLO have")
                }
                _ => "Fqdn is empty: the greeting and the answer to EHLO have the server's".to_owned(),
            },
        };
        self.replay.add(finding, &self.client);
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
