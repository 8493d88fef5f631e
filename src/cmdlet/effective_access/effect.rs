//! What a change would let clients do, or keep them from: sentences for -WhatIf.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::bearing_on;
use super::organization::Shared;
use super::shown;
use crate::access::{Ability, Change, ClientIdentity, compare};
use crate::answer::Problem;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::{Answers, Difference, Draft};
use crate::connector::{Host, ReceiveConnector};
use crate::net::RemoteRange;
use crate::param::{Noun, Value};

/// More lines than a reader wants.
const MOST: usize = 12;

/// What a change opens or closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedOrClosed {
    /// The connector.
    pub connector: String,
    /// Who can do what, or can no longer.
    pub who: String,
    /// Whether it is closed.
    pub closed: bool,
}

impl OpenedOrClosed {
    /// The sentence for a reader.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { connector, who, closed } = self;
        if *closed {
            format!("closes `{connector}`: {}", who.replacen(" can ", " can no longer ", 1))
        } else {
            format!("opens `{connector}`: {who}")
        }
    }

    /// The same as a difference, for a program.
    #[must_use]
    pub fn difference(&self) -> Difference {
        let who = Value::Text(self.who.clone());
        let (before, after) = if self.closed { (who, Value::Null) } else { (Value::Null, who) };
        let noun = <ReceiveConnector as Noun>::NAME;
        Difference { noun, identity: self.connector.clone(), property: "EffectiveAccess", before, after }
    }
}

/// The sentences of what a change opens and closes, as many as a reader wants.
#[must_use]
pub fn sentences(all: &[OpenedOrClosed]) -> Vec<String> {
    let more = all.len().saturating_sub(MOST);
    let few = all.iter().take(MOST).map(OpenedOrClosed::sentence);
    let rest = (more > 0).then(|| {
        format!("and {more} more: `exch compare-effectiveaccess HEAD~1` lists them after the change")
    });
    few.chain(rest).collect()
}

/// What the draft opens and closes: opened before closed, public addresses first.
///
/// # Errors
/// Where a file that this depends on cannot be read.
pub fn effect(draft: &mut Draft<'_>) -> Result<Vec<OpenedOrClosed>, Problem> {
    let changed = draft.changed();
    if changed.servers.is_empty() && changed.parts.is_empty() {
        return Ok(Vec::new());
    }
    let mut before = Draft::new(draft.source(), draft.archive(), Answers::new())?;
    let servers = bearing_on(&mut before, draft, &changed)?;
    let (old, new) = (Shared::of(&mut before)?, Shared::of(draft)?);
    let mut found: BTreeMap<(Line, Vec<RemoteRange>), BTreeSet<Ability>> = BTreeMap::new();
    for name in servers {
        // A server that cannot be read is no matter of this change, and its own cmdlets report it.
        let (Ok(was), Ok(is)) = (before.host(&name), draft.host(&name)) else { continue };
        let states =
            (was.as_deref().map(|host| old.access(host)), is.as_deref().map(|host| new.access(host)));
        for change in compare(states.0.as_ref(), states.1.as_ref()) {
            if let Some(line) = line((was.as_deref(), is.as_deref()), &change) {
                found.entry((line, change.ranges)).or_default().insert(change.ability);
            }
        }
    }
    let mut lines: BTreeMap<(Line, BTreeSet<Ability>), Vec<RemoteRange>> = BTreeMap::new();
    for ((line, ranges), abilities) in found {
        lines.entry((line, abilities)).or_default().extend(ranges);
    }
    Ok(lines.into_iter().map(|((line, abilities), ranges)| line.describe(&abilities, &ranges)).collect())
}

/// What is opened or closed for one client of one connector, in the order of its weight.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    closed: bool,
    inside: bool,
    authenticated: bool,
    connector: String,
    client: String,
}

impl Line {
    fn describe(self, abilities: &BTreeSet<Ability>, ranges: &[RemoteRange]) -> OpenedOrClosed {
        let public = if self.inside { "" } else { " (public)" };
        let abilities: Vec<&str> = abilities.iter().map(Into::into).collect();
        let from = match ranges {
            [] => String::new(),
            [one] => one.to_string(),
            [one, more @ ..] => format!("{one} and {} more", more.len()),
        };
        let who = format!("{} from {from}{public} can {}", self.client, abilities.join(", "));
        OpenedOrClosed { connector: self.connector, who, closed: self.closed }
    }
}

/// The line that a change is part of; none for servers of the organization, who may everything everywhere.
fn line((was, is): (Option<&Host>, Option<&Host>), change: &Change) -> Option<Line> {
    let opened = change.is_opened();
    let (host, side) = if opened { (is, change.after) } else { (was, change.before) };
    let host = host.filter(|_| !matches!(change.identity, ClientIdentity::Server(_)))?;
    let connector = host.connectors.get(side.connector?)?;
    Some(Line {
        closed: !opened,
        inside: shown::public_of(&change.ranges).is_empty(),
        authenticated: change.identity.is_authenticated(),
        connector: identity(&host.server.name, &connector.name),
        client: change.identity.name(connector),
    })
}
