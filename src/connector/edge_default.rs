//! The default connector of an Edge Transport server in its two states: as setup leaves it, for the Internet alone, and
//! as an Edge subscription sets it, for the organization too.
//!
//! It knows what a subscription sets, and no subscription.

use strum::VariantNames;

use super::usage::Usage;
use super::{Host, ReceiveConnector, rows, same_name, setup};
use crate::param::{Platform, Row, Value, Version};
use crate::server::Server;

/// Whether an Edge Transport server is subscribed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeState {
    /// It is not, as every other server.
    Alone,
    /// It is.
    Subscribed,
}

/// The usage that the connector has until then, as documented for 2007 and 2010.
const USAGE: Usage = Usage::Internet;

/// What a subscription sets of it.
pub(crate) static SET: [&Row<ReceiveConnector>; 2] = [&rows::AUTH_MECHANISM, &rows::PERMISSION_GROUPS];

/// Gives a connector what setup leaves it with.
pub(super) fn as_installed(connector: &mut ReceiveConnector, platform: Platform) {
    for (row, value) in installed(platform) {
        // A preset's value is of its row's type.
        let _ = row.assign(connector, value);
    }
}

fn installed(platform: Platform) -> Vec<(&'static Row<ReceiveConnector>, Value)> {
    let mut values = USAGE.preset().values(platform);
    values.retain(|(row, _)| SET.iter().any(|set| set.name() == row.name()));
    values
}

/// What became of the connector of a server that came into another state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It has what it is to have in that state.
    Same,
    /// It was changed.
    Changed(Vec<SetValue>),
    /// Somebody changed what would have been set, and it stays.
    Edited(Vec<SetValue>),
    /// Of the server's connectors none has its name; with what it would be where there is none at all.
    Missing(Option<Box<ReceiveConnector>>),
}

/// A property that a subscription sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetValue {
    /// Which.
    pub property: &'static str,
    /// What the connector had.
    pub before: Value,
    /// What it is to have in the state.
    pub goal: Value,
}

/// Brings the default connector into that state, unless somebody changed what is set; with its name.
pub(crate) fn settle(host: &mut Host, state: EdgeState) -> (String, Settled) {
    let Some(goal) = default_connector(&host.server, state) else { return (String::new(), Settled::Same) };
    let Some(connector) = host.connectors.iter_mut().find(|one| same_name(&one.name, &goal.name)) else {
        let name = goal.name.clone();
        return (name, Settled::Missing(host.connectors.is_empty().then(|| Box::new(goal))));
    };
    let name = connector.name.clone();
    if is_as(connector, &goal) {
        return (name, Settled::Same);
    }
    let value = |row: &Row<ReceiveConnector>, of: &ReceiveConnector| row.stored(of).unwrap_or(Value::Null);
    let set = SET.iter().map(|row| SetValue {
        property: row.name(),
        before: value(row, connector),
        goal: value(row, &goal),
    });
    let set = set.collect();
    if !is_of(connector, &host.server, state.other()) {
        return (name, Settled::Edited(set));
    }
    for row in SET {
        // The value of the same row.
        let _ = row.assign(connector, value(row, &goal));
    }
    (name, Settled::Changed(set))
}

impl EdgeState {
    fn other(self) -> Self {
        match self {
            EdgeState::Alone => EdgeState::Subscribed,
            EdgeState::Subscribed => EdgeState::Alone,
        }
    }
}

fn default_connector(server: &Server, state: EdgeState) -> Option<ReceiveConnector> {
    setup::default_connectors_of(server, state).into_iter().find(|_| server.is_edge())
}

/// Whether it is in that state on some version: a server keeps what it was installed with when its version changes.
fn is_of(connector: &ReceiveConnector, server: &Server, state: EdgeState) -> bool {
    let mut versions = Version::VARIANTS.iter().filter_map(|name| name.parse::<Version>().ok());
    versions.any(|version| {
        let server = Server { version, ..server.clone() };
        default_connector(&server, state).is_some_and(|made| is_as(connector, &made))
    })
}

fn is_as(connector: &ReceiveConnector, other: &ReceiveConnector) -> bool {
    SET.iter().all(|row| row.stored(connector) == row.stored(other))
}
