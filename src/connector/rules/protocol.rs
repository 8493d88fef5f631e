//! Rules about limits, SMTP and what a version or role has: C8 to C12, and the rows' own conditions.

use super::super::{TransportRole, rows};
use super::Case;
use crate::param::{Finding, Findings, Param, Rule, Version};
use crate::permission::PermissionGroup;
use crate::powershell::quote;
use crate::server::Server;

/// C8: ConnectionInactivityTimeout is below ConnectionTimeout.
pub(crate) fn timeouts(case: &Case<'_>, found: &mut Findings) {
    let c = case.connector;
    let (inactive, whole) = (c.connection_inactivity_timeout, c.connection_timeout);
    if inactive >= whole {
        found.refuse(
            Finding::new(Rule::C8, rows::CONNECTION_INACTIVITY_TIMEOUT.name(), format!(
                "parameter ConnectionInactivityTimeout: `{inactive}` is not below ConnectionTimeout, which is `{whole}`"
            ))
            .hint("give both, such as -ConnectionTimeout 00:10:00 -ConnectionInactivityTimeout 00:05:00"),
        );
    }
}

/// C9: a banner begins with 220 and a space or hyphen, in 7 bits, on one line.
pub fn banner(case: &Case<'_>, found: &mut Findings) {
    let banner = case.connector.banner.as_str();
    let begins = banner.strip_prefix("220").is_some_and(|rest| rest.starts_with([' ', '-']));
    let why = if banner.is_empty() {
        return;
    } else if !begins {
        "a banner begins with 220 and a space or a hyphen"
    } else if !banner.is_ascii() {
        "a banner has 7-bit characters only"
    } else if banner.chars().any(char::is_control) {
        "a banner is one line without control characters"
    } else {
        return;
    };
    let finding = Finding::new(Rule::C9, rows::BANNER.name(), format!("parameter Banner: `{banner}`: {why}"));
    found.refuse(finding.hint("-Banner \"220 mail.contoso.com ready\""));
}

/// C10: `BinaryMimeEnabled` needs `ChunkingEnabled`.
pub fn binary_mime(case: &Case<'_>, found: &mut Findings) {
    if case.connector.binary_mime && !case.connector.chunking {
        found.refuse(
            Finding::new(
                Rule::C10,
                rows::BINARY_MIME_ENABLED.name(),
                "parameter BinaryMimeEnabled: `True` needs ChunkingEnabled, which is `False`",
            )
            .hint("-ChunkingEnabled:true, or -BinaryMimeEnabled:false with it"),
        );
    }
}

/// C11: what an Edge Transport server has not.
pub fn edge(case: &Case<'_>, found: &mut Findings) {
    let Case { connector: c, server, .. } = case;
    if !server.is_edge() {
        return;
    }
    if c.access.groups().contains(PermissionGroup::ExchangeLegacyServers) {
        let typed = rows::PERMISSION_GROUPS.print_plain(c);
        found.refuse(
            Finding::new(Rule::C11, rows::PERMISSION_GROUPS.name(), format!("parameter PermissionGroups: `{typed}`: an Edge Transport server has no group ExchangeLegacyServers"))
                .hint("-PermissionGroups ExchangeServers"),
        );
    }
    if c.transport_role != TransportRole::HubTransport {
        found.refuse(no_transport_role(c.transport_role.into()));
    }
}

/// C11 for a TransportRole that was given on an Edge Transport server, whatever its value.
#[must_use]
pub fn no_transport_role(typed: &str) -> Finding {
    Finding::new(
        Rule::C11,
        rows::TRANSPORT_ROLE.name(),
        format!("parameter TransportRole: `{typed}`: an Edge Transport server has no transport roles"),
    )
    .hint("leave -TransportRole out")
}

/// C11: LongAddressesEnabled neither on Edge nor on a FrontendTransport connector.
pub fn long_addresses(case: &Case<'_>, found: &mut Findings) {
    let Case { connector: c, server, .. } = case;
    let place = match (server.is_edge(), c.transport_role) {
        (true, _) => "an Edge Transport server",
        (false, TransportRole::FrontendTransport) => "a FrontendTransport connector",
        _ => return,
    };
    if c.long_addresses {
        found.refuse(
            Finding::new(
                Rule::C11,
                rows::LONG_ADDRESSES_ENABLED.name(),
                format!("parameter LongAddressesEnabled: `True` does not go on {place}"),
            )
            .hint("-LongAddressesEnabled:false"),
        );
    }
}

/// C12: a property that the server's version does not have keeps its default.
pub fn versions(case: &Case<'_>, found: &mut Findings) {
    let Case { connector: c, server, .. } = case;
    let platform = server.platform();
    for row in rows::ROWS
        .iter()
        .filter(|row| !row.exists_in(server.release()) && row.param.default.on(platform).is_some())
    {
        if row.stored(c).is_some_and(|value| value != row.default_on(platform)) {
            found.refuse(Finding {
                hint: Some(newer(&row.param, server)),
                ..missing_in_version(&row.param, server)
            });
        }
    }
}

/// C12 in words: which versions have the property, and the line that helps.
#[must_use]
pub fn missing_in_version(param: &Param, server: &Server) -> Finding {
    let (name, release) = (param.name, server.release());
    let message = format!(
        "parameter {name} does not exist in Exchange {}, the version of server {}: {}",
        release.name(),
        server.name,
        param.had_by()
    );
    let finding = Finding::new(Rule::C12, name, message);
    if param.exists_in(release.version) {
        return finding.hint(format!("leave -{name} out, or {}", newer(param, server)));
    }
    finding.hint(format!("leave -{name} out"))
}

/// The line that gives a server the release that brought a property. It alone helps where the value is on no command line,
/// as one that an undone revision brings back.
fn newer(param: &Param, server: &Server) -> String {
    let first = param.first();
    let release = match first.pack {
        _ if !param.exists_in(server.version) => format!("-Version {}", first.version.name()),
        pack => format!("-ServicePack {}", pack.name()),
    };
    format!("exch set-exchangeserver {} {release}", quote::bash(&server.name))
}

/// The row's own condition: SuppressXAnonymousTls needs UseDowngradedExchangeServerAuth on the server.
pub fn suppress_x_anonymous_tls(case: &Case<'_>, found: &mut Findings) {
    let Case { connector: c, server, .. } = case;
    if c.suppress_x_anonymous_tls && !server.downgraded_auth {
        found.refuse(
            Finding::new(Rule::C12, rows::SUPPRESS_X_ANONYMOUS_TLS.name(), format!("parameter SuppressXAnonymousTls: `True` needs UseDowngradedExchangeServerAuth on server {}", server.name))
                .hint(format!("exch set-exchangeserver {} -UseDowngradedExchangeServerAuth:true", server.name)),
        );
    }
}

/// The row's own condition: AcceptCloudServicesMail from 2013 on; AcceptOorgProtocol and AcceptOorgHeader on all.
pub(crate) fn capabilities(case: &Case<'_>, found: &mut Findings) {
    const NEWER: &str = "AcceptCloudServicesMail";
    let Case { connector: c, server, .. } = case;
    if server.version >= Version::V2013 {
        return;
    }
    if let Some(typed) = c.tls_domain_capabilities.iter().find(|text| text.contains(NEWER)) {
        let version = server.version.name();
        found.refuse(
            Finding::new(
                Rule::C12,
                rows::TLS_DOMAIN_CAPABILITIES.name(),
                format!(
                    "parameter TlsDomainCapabilities: `{typed}`: Exchange {version} has no capability {NEWER}"
                ),
            )
            .hint("it has AcceptOorgProtocol and AcceptOorgHeader"),
        );
    }
}

/// V8: an underscore in Fqdn, which the product accepts and certificates do not.
pub(crate) fn fqdn_underscore(case: &Case<'_>, found: &mut Findings) {
    let Some(fqdn) = case.connector.fqdn.as_deref().filter(|fqdn| fqdn.contains('_')) else { return };
    found.warn(Finding::new(
        Rule::V8,
        rows::FQDN.name(),
        format!("the Fqdn `{fqdn}` has an underscore: no public certificate can hold that name"),
    ));
}
