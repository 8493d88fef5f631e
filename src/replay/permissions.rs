//! `Set Session Permissions`, compared with the access list of the connector (P5, P6).

use std::collections::BTreeSet;

use super::{Agreement, Compared, Finding, Topic, undecidable};
use crate::permission::{RIGHTS, Right};
use crate::protocol_log::{PERMISSION_NAMES, Permissions};
use crate::session::Client;

/// A right as a log calls it: its name without `ms-Exch-` and hyphens, `Headers` last.
fn logged_name(right: &Right) -> String {
    let name = right.name.strip_prefix("ms-Exch-").unwrap_or(right.name);
    let parts: Vec<&str> = name.split('-').collect();
    match parts.as_slice() {
        [verb, "Headers", which] => format!("{verb}{which}Headers"),
        _ => parts.concat(),
    }
}

/// The rights that logs have names for, by place, each with its name.
fn named() -> impl Iterator<Item = (&'static Right, &'static str)> {
    RIGHTS.iter().filter_map(|right| {
        let own = logged_name(right);
        let name = PERMISSION_NAMES.iter().find(|name| name.eq_ignore_ascii_case(&own));
        name.map(|name| (right, *name))
    })
}

impl Compared<'_, '_> {
    pub(super) fn permissions(&mut self) {
        for set in &self.facts.permissions {
            match self.set(set) {
                None => self.replay.equal += 1,
                Some((finding, client)) => self.replay.add(finding, &client),
            }
        }
    }

    /// One set; nothing where it is equal.
    fn set(&self, set: &Permissions<'_>) -> Option<(Finding, Client)> {
        let logged: BTreeSet<&'static str> =
            named().map(|(_, name)| name).filter(|name| set.names.contains(name)).collect();
        let mut client = self.client.clone();
        if set.authenticated {
            (client.mechanism, client.user) = (self.mechanism(None), self.user());
        }
        let sets: Vec<BTreeSet<&'static str>> = (self.model.service.rights(self.at, &client).iter())
            .map(|held| named().filter(|(right, _)| held.contains(right)).map(|(_, name)| name).collect())
            .collect();
        if sets.contains(&logged) {
            return None;
        }
        let model = sets.first()?;
        let only = |these: &BTreeSet<&'static str>, others: &BTreeSet<&'static str>| {
            let names: Vec<&str> = these.difference(others).copied().collect();
            if names.is_empty() { "nothing more".to_owned() } else { names.join(" ") }
        };
        let (logged, model) = (only(&logged, model), only(model, &logged));
        let finding = if self.has_unknown_groups(&client) {
            let user = client.user.clone().unwrap_or_default();
            Finding { model, ..undecidable(Topic::Permissions, &logged, &unknown_groups(&user)) }
        } else if self.is_unknown_peer(&client) {
            Finding { model, ..undecidable(Topic::Permissions, &logged, UNKNOWN_PEER) }
        } else {
            let who = if set.authenticated {
                "the session after it authenticated"
            } else {
                "the session before it authenticates"
            };
            let why = format!("the access list gives {who} other rights");
            Finding {
                agreement: Agreement::Differs,
                topic: Topic::Permissions,
                logged,
                model,
                rule: Some("P5"),
                why,
            }
        };
        Some((finding, client))
    }
}

/// Why the answer about an account is not known.
pub(super) fn unknown_groups(user: &str) -> String {
    format!("the groups of {user} are not in the store: exch new-principal adds an account")
}

/// Why the answer about a server is not known.
pub(super) const UNKNOWN_PEER: &str =
    "no server of the store has the client's address: exch set-exchangeserver -IPAddresses adds it";
