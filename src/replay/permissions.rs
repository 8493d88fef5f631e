//! `Set Session Permissions`, compared with the access list of the connector (P5, P6).

use std::sync::LazyLock;

use super::{Agreement, Compared, Finding, Topic, undecidable};
use crate::permission::{RIGHTS, Right};
use crate::protocol_log::{PERMISSION_NAMES, Permissions};
use crate::session::{Client, Held};

/// A right as a log calls it: its name without `ms-Exch-` and hyphens, `Headers` last.
fn logged_name(right: &Right) -> String {
    let name = right.name.strip_prefix("ms-Exch-").unwrap_or(right.name);
    let parts: Vec<&str> = name.split('-').collect();
    match parts.as_slice() {
        [verb, "Headers", which] => format!("{verb}{which}Headers"),
        _ => parts.concat(),
    }
}

/// The rights that logs have names for: each by its place in [`RIGHTS`], with its name.
static NAMED: LazyLock<Vec<(usize, &'static str)>> = LazyLock::new(|| {
    let named = |(place, right): (usize, &'static Right)| {
        let own = logged_name(right);
        let name = PERMISSION_NAMES.iter().find(|name| name.eq_ignore_ascii_case(&own));
        name.map(|name| (place, *name))
    };
    RIGHTS.iter().enumerate().filter_map(named).collect()
});

/// Those of [`NAMED`] that a log lists, a bit each. Logs list them in that order, so that the next one is looked for
/// first where the last one was found.
fn logged(names: &[&str]) -> u32 {
    let (mut bits, mut from) = (0, 0);
    for name in names {
        let places = (from..NAMED.len()).chain(0..from);
        if let Some(at) = places.into_iter().find(|at| NAMED.get(*at).is_some_and(|(_, named)| named == name))
        {
            bits |= 1 << at;
            from = at;
        }
    }
    bits
}

/// Those of [`NAMED`] that a session has, a bit each.
fn held(held: Held) -> u32 {
    let has = NAMED.iter().enumerate().filter(|(_, (place, _))| held.has_place(*place));
    has.fold(0, |bits, (at, _)| bits | 1 << at)
}

/// The names of a set, in the order of the alphabet.
fn names(set: u32) -> String {
    let mut names: Vec<&str> =
        NAMED.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, (_, name))| *name).collect();
    names.sort_unstable();
    if names.is_empty() { "nothing more".to_owned() } else { names.join(" ") }
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
        let logged = logged(&set.names);
        let mut client = self.client.clone();
        if set.authenticated {
            (client.mechanism, client.user) = (self.mechanism(None), self.user());
        }
        let rights = self.model.service.rights(self.at, &client);
        let sets: Vec<u32> = rights.into_iter().map(held).collect();
        if sets.contains(&logged) {
            return None;
        }
        let model = *sets.first()?;
        let (logged, model) = (names(logged & !model), names(model & !logged));
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
