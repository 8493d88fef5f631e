//! C17: changes that stop mail between servers, warned of and not refused.

use std::net::IpAddr;

use super::super::{AuthMechanism, ReceiveConnector, rows};
use super::Case;
use crate::net::{Binding, RemoteRange};
use crate::param::{Finding, Findings, Rule, Version};
use crate::permission::PermissionGroup;
use crate::server::{Server, ServerRole};

/// A new Fqdn on a Hub Transport server's `Default <Server>` connector, where there are several such servers.
pub(crate) fn default_fqdn(case: &Case<'_>, found: &mut Findings) {
    let Case { connector, server, before: Some(before), has_peers: true } = case else { return };
    let hub = server.version < Version::V2013 && server.roles.contains(ServerRole::HubTransport);
    let default = before.name.eq_ignore_ascii_case(&format!("Default {}", server.name));
    if hub && default && before.fqdn != connector.fqdn {
        found.warn(
            Finding::new(Rule::C17, rows::FQDN.name(), format!(
                "the Fqdn of `{}` changes: mail between Hub Transport servers stops when this connector has another name than its server", before.name
            ))
            .hint(format!("make a connector of its own for the new name, and leave -Fqdn {}", server.fqdn)),
        );
    }
}

/// ExchangeServer or ExchangeServers taken from a connector that other servers reach.
pub(crate) fn exchange_server_taken(case: &Case<'_>, found: &mut Findings) {
    let Case { connector, before: Some(before), has_peers: true, .. } = case else { return };
    if !reached_by_servers(before) {
        return;
    }
    let mut warn = |parameter: &'static str, name: &str| {
        found.warn(
            Finding::new(Rule::C17, parameter, format!("{name} goes from {parameter} of a connector that other servers of the organization reach: mail between them stops"))
                .hint(format!("leave {name} in -{parameter}")),
        );
    };
    if before.auth.contains(AuthMechanism::ExchangeServer)
        && !connector.auth.contains(AuthMechanism::ExchangeServer)
    {
        warn(rows::AUTH_MECHANISM.name(), "ExchangeServer");
    }
    let servers = PermissionGroup::ExchangeServers;
    if before.access.groups().contains(servers) && !connector.access.groups().contains(servers) {
        warn(rows::PERMISSION_GROUPS.name(), "ExchangeServers");
    }
}

/// Whether servers of the organization send to it: they do at port 25, and from 2013 on at port 2525.
#[must_use]
pub fn reached_by_servers(connector: &ReceiveConnector) -> bool {
    connector.enabled && connector.bindings.iter().map(Binding::port).any(|port| matches!(port, 25 | 2525))
}

/// Servers of the organization whose mail a connector takes by a range of its own, without Exchange Server
/// authentication: those of `senders` that it did not take so before. A range of all addresses does not count, since
/// the default connector has it too.
#[must_use]
pub fn unauthenticated_servers(
    connector: &ReceiveConnector,
    before: Option<&ReceiveConnector>,
    senders: &[&Server],
) -> Option<Finding> {
    let found: Vec<String> = senders
        .iter()
        .filter_map(|sender| Some((sender, taken(connector, sender)?)))
        .filter(|(sender, _)| before.is_none_or(|before| taken(before, sender).is_none()))
        .map(|(sender, address)| format!("{} ({address})", sender.name))
        .collect();
    let message = format!(
        "mail of these servers of the organization reaches this connector, which has no Exchange Server authentication: {}",
        found.join(", ")
    );
    let hint = "add ExchangeServer to -AuthMechanism, or leave their addresses out of -RemoteIPRanges";
    (!found.is_empty()).then(|| Finding::new(Rule::C17, rows::AUTH_MECHANISM.name(), message).hint(hint))
}

/// An address of a server from which the connector takes mail without Exchange Server authentication.
fn taken(connector: &ReceiveConnector, sender: &Server) -> Option<IpAddr> {
    let proves = [AuthMechanism::ExchangeServer, AuthMechanism::ExternalAuthoritative];
    if !reached_by_servers(connector) || proves.iter().any(|one| connector.auth.contains(*one)) {
        return None;
    }
    let own = |address: &&IpAddr| {
        let holds = |range: &&RemoteRange| range.contains(**address) && !range.is_everything();
        connector.remote_ip_ranges.iter().any(|range| holds(&range))
    };
    sender.addresses.iter().find(own).copied()
}
