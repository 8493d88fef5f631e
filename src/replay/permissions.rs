//! `Set Session Permissions`, compared with the access list of the connector (P5, P6).

use std::sync::LazyLock;

use super::client::write;
use super::{Agreement, Compared, Finding, Topic, undecidable};
use crate::permission::{RIGHTS, Right};
use crate::protocol_log::{PERMISSION_NAMES, Permissions};
use crate::session::Held;

/// A right as a log calls it: its name without `ms-Exch-` and hyphens, `Headers` last.
fn logged_name(right: &Right) -> String {
    let name = right.name.strip_prefix("ms-Exch-").unwrap_or(right.name);
    let parts: Vec<&str> = name.split('-').collect();
    match parts.as_slice() {
        [verb, "Headers", which] => format!("{verb}{which}Headers"),
        _ => parts.concat(),
    }
}

/// The names of logs, each with its right's place in [`RIGHTS`], where it is one.
static NAMED: LazyLock<[Option<usize>; PERMISSION_NAMES.len()]> = LazyLock::new(|| {
    let own: Vec<String> = RIGHTS.iter().map(logged_name).collect();
    PERMISSION_NAMES.map(|name| own.iter().position(|own| own.eq_ignore_ascii_case(name)))
});

/// Those rights that logs have names for.
static LOGGED: LazyLock<Held> = LazyLock::new(|| Held::of_places(NAMED.iter().copied().flatten()));

/// The rights that a log lists. Logs list them in the order of the names, so that the next one is looked for first where
/// the last one was found.
fn logged(names: &[&str]) -> Held {
    let named = &*NAMED;
    let mut from = 0;
    Held::of_places(names.iter().filter_map(|name| {
        let is_it = |known: &&str| known == name;
        let (before, after) = PERMISSION_NAMES.split_at_checked(from)?;
        let ahead = after.iter().position(is_it).map(|at| from + at);
        let at = ahead.or_else(|| before.iter().position(is_it))?;
        from = at;
        named.get(at).copied()?
    }))
}

/// The names of rights, in the order of the alphabet.
fn names(held: Held) -> String {
    let names = PERMISSION_NAMES.iter().zip(NAMED.iter());
    let mut names: Vec<&str> = names
        .filter(|(_, place)| place.is_some_and(|place| held.has_place(place)))
        .map(|(name, _)| *name)
        .collect();
    names.sort_unstable();
    if names.is_empty() { "nothing more".to_owned() } else { names.join(" ") }
}

impl Compared<'_, '_> {
    pub(super) fn permissions(&mut self) {
        for set in &self.facts.permissions {
            if set.authenticated {
                self.client.mechanism = self.mechanism(None);
                let user = self.user();
                write(&mut self.client.user, user);
            }
            match self.set(set) {
                None => self.replay.equal += 1,
                Some(finding) => self.replay.add(finding, &self.client),
            }
        }
    }

    /// One set; nothing where it is equal.
    fn set(&self, set: &Permissions<'_>) -> Option<Finding> {
        let logged = logged(&set.names);
        let client = &self.client;
        let mut sets = self.model.service.rights(self.at, client).map(|held| held.among(*LOGGED));
        let model = sets.next()?;
        if model == logged || sets.any(|set| set == logged) {
            return None;
        }
        let (logged, model) = (names(logged.without(model)), names(model.without(logged)));
        if self.has_unknown_groups(client) {
            let user = client.user.clone().unwrap_or_default();
            return Some(Finding {
                model,
                ..undecidable(Topic::Permissions, &logged, &unknown_groups(&user))
            });
        }
        if self.is_unknown_peer(client) {
            return Some(Finding { model, ..undecidable(Topic::Permissions, &logged, UNKNOWN_PEER) });
        }
        let who = match set.authenticated {
            true => "the session after it authenticated",
            false => "the session before it authenticates",
        };
        let why = format!("the access list gives {who} other rights");
        let agreement = Agreement::Differs;
        Some(Finding { agreement, topic: Topic::Permissions, logged, model, rule: Some("P5"), why })
    }
}

/// Why the answer about an account is not known.
pub(super) fn unknown_groups(user: &str) -> String {
    format!("the groups of {user} are not in the store: exch new-principal adds an account")
}

/// Why the answer about a server is not known.
pub(super) const UNKNOWN_PEER: &str =
    "no server of the store has the client's address: exch set-exchangeserver -IPAddresses adds it";
