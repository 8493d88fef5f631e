//! Rules about authentication and permissions: C3 to C7, C15, and the certificate's name of C17.

use super::super::{AuthMechanism, ExtendedProtectionPolicy, ReceiveConnector, rows};
use super::Case;
use crate::param::{Finding, Findings, Rule, Version};
use crate::permission::PermissionGroup;
use crate::server::Server;

use AuthMechanism::{BasicAuth, BasicAuthRequireTLS, ExchangeServer, ExternalAuthoritative, Integrated, Tls};

const AUTH: &str = "AuthMechanism";

/// C3: `BasicAuthRequireTLS` needs `BasicAuth` and `Tls`.
pub(crate) fn basic_auth_require_tls(case: &Case<'_>, found: &mut Findings) {
    let auth = case.connector.auth;
    if auth.contains(BasicAuthRequireTLS) && !auth.is_superset(BasicAuth | Tls) {
        let typed = rows::AUTH_MECHANISM.print_plain(case.connector);
        found.refuse(
            Finding::new(Rule::C3, AUTH, format!("parameter {AUTH}: BasicAuthRequireTLS requires both BasicAuth and Tls, and `{typed}` does not include both"))
                .hint(format!("-{AUTH} Tls,BasicAuth,BasicAuthRequireTLS")),
        );
    }
}

/// C4: `RequireTLS` needs `Tls`.
pub fn require_tls(case: &Case<'_>, found: &mut Findings) {
    if case.connector.require_tls && !case.connector.auth.contains(Tls) {
        let typed = rows::AUTH_MECHANISM.print_plain(case.connector);
        found.refuse(
            Finding::new(
                Rule::C4,
                rows::REQUIRE_TLS.name(),
                format!("parameter RequireTLS: `True` needs Tls in {AUTH}, which is `{typed}`"),
            )
            .hint(format!("-{AUTH} Tls, or -RequireTLS:false")),
        );
    }
}

/// C5: `ExternalAuthoritative` goes with `Tls` only, and needs `ExchangeServers`.
pub(crate) fn external_authoritative(case: &Case<'_>, found: &mut Findings) {
    let c = case.connector;
    if !c.auth.contains(ExternalAuthoritative) {
        return;
    }
    let typed = rows::AUTH_MECHANISM.print_plain(c);
    if !c.auth.is_subset(ExternalAuthoritative | Tls) {
        found.refuse(
            Finding::new(
                Rule::C5,
                AUTH,
                format!("parameter {AUTH}: ExternalAuthoritative goes with Tls only, and `{typed}` has more"),
            )
            .hint(format!("-{AUTH} ExternalAuthoritative, or -{AUTH} Tls,ExternalAuthoritative")),
        );
    }
    if !c.access.groups().contains(PermissionGroup::ExchangeServers) {
        let groups = rows::PERMISSION_GROUPS.print_plain(c);
        found.refuse(
            Finding::new(Rule::C5, rows::PERMISSION_GROUPS.name(), format!("parameter PermissionGroups: ExternalAuthoritative requires ExchangeServers, and `{groups}` does not include it"))
                .hint("-PermissionGroups ExchangeServers"),
        );
    }
}

/// C6: `DomainSecureEnabled` needs `Tls` and excludes `ExternalAuthoritative`.
pub fn domain_secure(case: &Case<'_>, found: &mut Findings) {
    let c = case.connector;
    if c.domain_secure && (!c.auth.contains(Tls) || c.auth.contains(ExternalAuthoritative)) {
        let typed = rows::AUTH_MECHANISM.print_plain(c);
        found.refuse(
            Finding::new(Rule::C6, rows::DOMAIN_SECURE_ENABLED.name(), format!("parameter DomainSecureEnabled: `True` needs Tls and no ExternalAuthoritative in {AUTH}, which is `{typed}`"))
                .hint(format!("-{AUTH} Tls, or -DomainSecureEnabled:false")),
        );
    }
}

/// C7: with `ExchangeServer`, off Edge, Fqdn is the server's FQDN, its NetBIOS name, or empty.
pub(crate) fn exchange_server_fqdn(case: &Case<'_>, found: &mut Findings) {
    let Case { connector: c, server, .. } = case;
    let Some(fqdn) = c.fqdn.as_deref().filter(|_| c.auth.contains(ExchangeServer) && !server.is_edge())
    else {
        return;
    };
    let allowed = [server.fqdn.as_str(), server.name.as_str()];
    if !allowed.iter().any(|name| name.eq_ignore_ascii_case(fqdn)) {
        let when = match server.version {
            Version::V2007 => {
                "When the AuthMechanism parameter on a Receive connector is set to the value ExchangeServer"
            }
            _ => "If the AuthMechanism attribute on a Receive connector contains the value ExchangeServer",
        };
        found.refuse(
            Finding::new(Rule::C7, rows::FQDN.name(), format!(
                "{when}, you must set the FQDN parameter on the Receive connector to one of the following values: the FQDN of the transport server \"{}\", the NetBIOS name of the transport server \"{}\", or $null; `{fqdn}` is none of them",
                server.fqdn, server.name
            ))
            .hint(format!("-Fqdn {}, or leave ExchangeServer out of -{AUTH}", server.fqdn)),
        );
    }
}

/// C15: a policy of Require that no client can satisfy is a warning.
pub(crate) fn extended_protection(case: &Case<'_>, found: &mut Findings) {
    let c = case.connector;
    if c.extended_protection_policy == ExtendedProtectionPolicy::Require
        && !c.auth.is_superset(Integrated | Tls)
    {
        found.warn(
            Finding::new(
                Rule::C15,
                rows::EXTENDED_PROTECTION_POLICY.name(),
                "ExtendedProtectionPolicy Require without Integrated and Tls: no client can satisfy it",
            )
            .hint(format!("-{AUTH} Tls,Integrated")),
        );
    }
}

/// C17: a name for which setup made no certificate needs one; the store holds no certificates.
pub fn certificate(case: &Case<'_>, found: &mut Findings) {
    let name = name_without_certificate(case.connector, case.server);
    let before = case.before.and_then(|before| name_without_certificate(before, case.server));
    let Some(fqdn) = name.filter(|_| name != before) else { return };
    found.warn(Finding::new(Rule::C17, rows::FQDN.name(), format!(
        "TLS needs a certificate that holds the name `{fqdn}`; the store holds no certificates and takes a valid one for granted"
    )));
}

/// The name that the other side of TLS looks for, where setup's self-signed certificate does not do: it holds the server's
/// own names, and no partner of Domain Security trusts it. A connector that names its certificate has one.
fn name_without_certificate<'a>(connector: &'a ReceiveConnector, server: &Server) -> Option<&'a str> {
    let needs = !(connector.auth & (Tls | BasicAuthRequireTLS)).is_empty();
    let fqdn = connector.fqdn.as_deref().filter(|_| needs && connector.tls_certificate_name.is_none())?;
    let own = [&server.fqdn, &server.name].iter().any(|name| name.eq_ignore_ascii_case(fqdn));
    (connector.domain_secure || !own).then_some(fqdn)
}
