//! C17: changes that stop mail between servers, warned of and not refused.

use super::super::{AuthMechanism, ReceiveConnector, rows};
use super::Case;
use crate::net::Binding;
use crate::param::{Finding, Findings, Rule, Version};
use crate::permission::PermissionGroup;
use crate::server::ServerRole;

/// A new Fqdn on a Hub Transport server's `Default <Server>` connector, where there are several such servers.
pub fn default_fqdn(case: &Case<'_>, found: &mut Findings) {
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
pub fn exchange_server_taken(case: &Case<'_>, found: &mut Findings) {
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

/// Servers send to each other at port 25, and from 2013 on at port 2525.
fn reached_by_servers(connector: &ReceiveConnector) -> bool {
    connector.enabled && connector.bindings.iter().map(Binding::port).any(|port| matches!(port, 25 | 2525))
}
