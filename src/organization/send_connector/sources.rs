//! What a Send connector's source servers decide (SC9, SC10, SC12).

use super::address_space::Parts;
use super::{SendConnector, rows};
use crate::param::{Finding, Rule};

/// What a source server does with the organization's mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It moves it: Hub Transport, and Mailbox since 2013.
    Hub,
    /// An Edge Transport server that is subscribed.
    SubscribedEdge,
    /// An Edge Transport server by itself.
    Edge,
    /// Nothing.
    None,
}

impl Role {
    fn is_edge(self) -> bool {
        matches!(self, Role::Edge | Role::SubscribedEdge)
    }
}

/// One source server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// What it does.
    pub role: Role,
}

/// What the sources refuse; `chosen` says whether they were named, so that SC12 holds for them.
#[must_use]
pub fn check_sources(connector: &SendConnector, sources: &[Source], chosen: bool) -> Option<Finding> {
    let refusals = [
        chosen.then(|| who_may_send(sources)).flatten(),
        other_types(connector, sources),
        accepted_domains(connector, sources),
        own_address(connector, sources),
    ];
    refusals.into_iter().flatten().next()
}

/// SC12.
fn who_may_send(sources: &[Source]) -> Option<Finding> {
    let name = rows::SOURCE_TRANSPORT_SERVERS.name();
    let refuse = |message: String, hint: String| Some(Finding::new(Rule::SC12, name, message).hint(hint));
    let first = |role: Role| sources.iter().find(|source| source.role == role).map(|source| &source.name);
    if let Some(server) = first(Role::None) {
        let message = format!("parameter {name}: `{server}` has no role that sends the organization's mail");
        return refuse(message, format!("-{name} takes Hub Transport servers, since 2013 Mailbox servers"));
    }
    if let Some(server) = first(Role::Edge) {
        let message = format!("parameter {name}: the Edge Transport server `{server}` is not subscribed");
        return refuse(
            message,
            format!("exch new-edgesubscription -Server {server} -Site NAME subscribes it first"),
        );
    }
    match (first(Role::Hub), first(Role::SubscribedEdge)) {
        (Some(hub), Some(edge)) => refuse(
            format!(
                "parameter {name}: `{hub}` is in the organization and `{edge}` an Edge Transport server, and the two are never mixed"
            ),
            "make a Send connector for each kind".to_owned(),
        ),
        _ => None,
    }
}

/// SC9: an Edge Transport server speaks SMTP alone.
fn other_types(connector: &SendConnector, sources: &[Source]) -> Option<Finding> {
    let name = rows::ADDRESS_SPACES.name();
    let other = connector.address_spaces.iter().find(|space| !Parts::of(space).is_smtp())?;
    let edge = sources.iter().find(|source| source.role.is_edge())?;
    let why = format!(
        "`{other}` is not an SMTP address space, and the Edge Transport server `{}` sends over SMTP alone",
        edge.name
    );
    Some(Finding::of(Rule::SC9, name, why).hint("give it a source in the organization"))
}

/// SC10: the accepted domains are the organization's own, so only mail from outside of it goes there.
fn accepted_domains(connector: &SendConnector, sources: &[Source]) -> Option<Finding> {
    let name = rows::ADDRESS_SPACES.name();
    let all = connector.address_spaces.iter().find(|space| Parts::of(space).is_accepted_domains())?;
    let inside = sources.iter().find(|source| !source.role.is_edge())?;
    let why = format!(
        "`{all}`, every accepted domain, needs an Edge Transport server as the source, and `{}` is none",
        inside.name
    );
    Some(Finding::of(Rule::SC10, name, why).hint(format!("name the domains: -{name} contoso.com")))
}

/// SC12: only an Edge Transport server chooses the address that it sends from.
fn own_address(connector: &SendConnector, sources: &[Source]) -> Option<Finding> {
    let name = rows::SOURCE_IP_ADDRESS.name();
    let inside = sources.iter().find(|source| !source.role.is_edge())?;
    let address = connector.source_ip_address;
    (address != super::ANY_ADDRESS).then(|| {
        let why = format!(
            "`{address}` needs an Edge Transport server as the source, and `{}` is none",
            inside.name
        );
        Finding::of(Rule::SC12, name, why).hint(format!("-{name} {}", super::ANY_ADDRESS))
    })
}
