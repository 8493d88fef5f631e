//! What a Send connector must keep together (SC1 to SC13), whatever was typed and wherever it is written.
//!
//! What depends on its source servers is in [`super::check_sources`].

use super::address_space::Parts;
use super::{ErrorPolicy, SendConnector, SmartHostAuth, TlsAuthLevel, rows};
use crate::organization::common;
use crate::param::{Finding, UnlimitedSize};

/// A rule: what it refuses in one connector.
type Rule = fn(&SendConnector) -> Option<Finding>;

/// Every refusal, in the order of its rules.
const RULES: &[Rule] = &[
    smart_hosts_or_dns,
    dns_or_smart_hosts,
    credential,
    domain_secure_routes,
    domain_secure_speaks_tls,
    require_tls,
    tls_auth_level,
    tls_domain_unused,
    tls_domain_needed,
    other_types,
    some_space,
    one_space_twice,
    some_source,
    linked,
    error_policies,
];

/// Every refusal in one connector.
#[must_use]
pub fn check(connector: &SendConnector) -> Vec<Finding> {
    RULES.iter().filter_map(|rule| rule(connector)).collect()
}

/// Every refusal in all connectors, each with the place of the one it speaks of; names are unique.
pub(super) fn check_all(all: &[SendConnector]) -> Vec<(usize, Finding)> {
    let mut found = common::unique(all, &rows::NAME, |connector| Some(&connector.name));
    let each = all.iter().enumerate();
    found.extend(each.flat_map(|(at, connector)| check(connector).into_iter().map(move |f| (at, f))));
    found
}

/// SC1.
fn smart_hosts_or_dns(c: &SendConnector) -> Option<Finding> {
    let name = rows::SMART_HOSTS.name();
    (c.dns_routing && !c.smart_hosts.is_empty()).then(|| {
        let hosts = c.smart_hosts.join(",");
        let message = format!("parameter {name}: `{hosts}` needs DNSRoutingEnabled false, and it is `True`");
        Finding::new("SC1", name, message)
            .hint(format!("add -DNSRoutingEnabled:false, or empty the list: -{name} '$null'"))
    })
}

/// SC2.
fn dns_or_smart_hosts(c: &SendConnector) -> Option<Finding> {
    let name = rows::DNS_ROUTING_ENABLED.name();
    (!c.dns_routing && c.smart_hosts.is_empty()).then(|| {
        let message = format!("parameter {name}: `False` needs SmartHosts, and there is none");
        Finding::new("SC2", name, message).hint(format!("add -SmartHosts smtp.contoso.com, or -{name}:true"))
    })
}

/// Whether smart hosts want a user name and a password.
fn is_basic(auth: SmartHostAuth) -> bool {
    matches!(auth, SmartHostAuth::BasicAuth | SmartHostAuth::BasicAuthRequireTLS)
}

/// SC4.
fn credential(c: &SendConnector) -> Option<Finding> {
    let name = rows::SMART_HOST_AUTH_MECHANISM.name();
    (is_basic(c.smart_host_auth) && c.credential.is_none()).then(|| {
        let auth: &str = c.smart_host_auth.into();
        let message = format!("parameter {name}: `{auth}` needs AuthenticationCredential, and there is none");
        Finding::new("SC4", name, message).hint(
            "add the user name, -AuthenticationCredential 'CONTOSO\\mailuser'; a password is never taken here",
        )
    })
}

/// SC6, routing: a smart host's certificate says nothing of the recipient's domain.
fn domain_secure_routes(c: &SendConnector) -> Option<Finding> {
    let name = rows::DOMAIN_SECURE_ENABLED.name();
    (c.domain_secure && !c.dns_routing).then(|| {
        let message =
            format!("parameter {name}: `True` needs DNSRoutingEnabled, and mail goes to smart hosts");
        Finding::new("SC6", name, message)
            .hint(format!("-{name}:false, or -DNSRoutingEnabled:true -SmartHosts '$null'"))
    })
}

/// SC6, TLS.
fn domain_secure_speaks_tls(c: &SendConnector) -> Option<Finding> {
    without_starttls(c, c.domain_secure, "SC6", rows::DOMAIN_SECURE_ENABLED.name(), "True")
}

/// SC7.
fn require_tls(c: &SendConnector) -> Option<Finding> {
    without_starttls(c, c.require_tls, "SC7", rows::REQUIRE_TLS.name(), "True")
}

/// What needs the TLS that IgnoreSTARTTLS leaves unused.
fn without_starttls(
    c: &SendConnector,
    is_on: bool,
    rule: &'static str,
    name: &'static str,
    value: &str,
) -> Option<Finding> {
    (is_on && c.ignore_starttls).then(|| {
        let message = format!("parameter {name}: `{value}` needs IgnoreSTARTTLS false, and it is `True`");
        Finding::new(rule, name, message).hint("-IgnoreSTARTTLS:false")
    })
}

/// SC8.
fn tls_auth_level(c: &SendConnector) -> Option<Finding> {
    let name = rows::TLS_AUTH_LEVEL.name();
    let level: &str = c.tls_auth_level?.into();
    if c.require_tls {
        return without_starttls(c, true, "SC8", name, level);
    }
    let message = format!("parameter {name}: `{level}` needs RequireTLS, and it is `False`");
    Some(Finding::new("SC8", name, message).hint("add -RequireTLS:true"))
}

/// SC8: nothing looks at the domain on another level.
fn tls_domain_unused(c: &SendConnector) -> Option<Finding> {
    let name = rows::TLS_DOMAIN.name();
    let domain = c.tls_domain.as_ref()?;
    (c.tls_auth_level != Some(TlsAuthLevel::DomainValidation)).then(|| {
        let message =
            format!("parameter {name}: `{domain}` is used with TlsAuthLevel DomainValidation alone");
        Finding::new("SC8", name, message).hint(format!(
            "add -TlsAuthLevel DomainValidation -RequireTLS:true, or empty it: -{name} '$null'"
        ))
    })
}

/// SC8: with DNS routing an empty one is the recipient's domain; a smart host's cannot be known.
fn tls_domain_needed(c: &SendConnector) -> Option<Finding> {
    let name = rows::TLS_AUTH_LEVEL.name();
    let validates = c.tls_auth_level == Some(TlsAuthLevel::DomainValidation);
    (validates && !c.smart_hosts.is_empty() && c.tls_domain.is_none()).then(|| {
        let message = format!(
            "parameter {name}: `DomainValidation` with smart hosts needs TlsDomain, and there is none"
        );
        Finding::new("SC8", name, message).hint("add -TlsDomain contoso.com")
    })
}

/// SC9: the mail of another system goes to a gateway.
fn other_types(c: &SendConnector) -> Option<Finding> {
    let name = rows::ADDRESS_SPACES.name();
    let other = c.address_spaces.iter().find(|space| !Parts::of(space).is_smtp())?;
    c.dns_routing.then(|| {
        let message = format!(
            "parameter {name}: `{other}` is no SMTP address space, and needs DNSRoutingEnabled false"
        );
        Finding::new("SC9", name, message)
            .hint("add -DNSRoutingEnabled:false -SmartHosts gateway.contoso.com")
    })
}

/// SC11.
fn some_space(c: &SendConnector) -> Option<Finding> {
    let name = rows::ADDRESS_SPACES.name();
    (c.address_spaces.is_empty() && c.linked_receive_connector.is_none()).then(|| {
        let message = format!("parameter {name}: a Send connector has at least one address space");
        Finding::new("SC11", name, message)
            .hint(format!("-{name} '*' for every domain, or -{name} contoso.com"))
    })
}

/// Two spaces that differ in their cost alone are one space twice.
fn one_space_twice(c: &SendConnector) -> Option<Finding> {
    let name = rows::ADDRESS_SPACES.name();
    let spaces: Vec<Parts<'_>> = c.address_spaces.iter().map(|space| Parts::of(space)).collect();
    let twice = (1..spaces.len()).find(|at| spaces[..*at].iter().any(|first| first.same(spaces[*at])))?;
    let message = format!("parameter {name}: `{}` is there twice", c.address_spaces[twice]);
    Some(Finding::new("SC11", name, message).hint("name each address space once, with one cost"))
}

/// SC12: somebody sends.
fn some_source(c: &SendConnector) -> Option<Finding> {
    let name = rows::SOURCE_TRANSPORT_SERVERS.name();
    c.source_transport_servers.is_empty().then(|| {
        let message = format!("parameter {name}: a Send connector has at least one source server");
        Finding::new("SC12", name, message)
            .hint(format!("-{name} HUB01, as `exch get-exchangeserver` lists them"))
    })
}

/// SC13, on the editions that have the parameter.
fn linked(c: &SendConnector) -> Option<Finding> {
    let name = rows::LINKED_RECEIVE_CONNECTOR.name();
    let linked = c.linked_receive_connector.as_ref()?;
    let lacks = [
        (!c.address_spaces.is_empty(), "AddressSpaces empty", "-AddressSpaces '$null'"),
        (c.dns_routing, "DNSRoutingEnabled false", "-DNSRoutingEnabled:false"),
        (c.smart_hosts.is_empty(), "SmartHosts", "-SmartHosts gateway.contoso.com"),
        (
            c.max_message_size != Some(UnlimitedSize(None)),
            "MaxMessageSize Unlimited",
            "-MaxMessageSize Unlimited",
        ),
        (
            c.smart_host_auth == SmartHostAuth::None,
            "SmartHostAuthMechanism",
            "-SmartHostAuthMechanism ExternalAuthoritative",
        ),
    ];
    let (needs, add): (Vec<_>, Vec<_>) =
        lacks.into_iter().filter(|(lacks, ..)| *lacks).map(|(_, needs, add)| (needs, add)).unzip();
    (!needs.is_empty()).then(|| {
        let message = format!("parameter {name}: `{linked}` needs {}", needs.join(", "));
        Finding::new("SC13", name, message).hint(format!("add {}", add.join(" ")))
    })
}

/// Default is the word for none of them.
fn error_policies(c: &SendConnector) -> Option<Finding> {
    let name = rows::ERROR_POLICIES.name();
    let alone = if c.error_policies.contains(ErrorPolicy::Default) { 1 } else { usize::MAX };
    (c.error_policies.is_empty() || c.error_policies.len() > alone).then(|| {
        let message = format!("parameter {name}: Default stands alone, and is the word for no policy");
        Finding::new("C2", name, message).hint(format!("-{name} Default, or the others without Default"))
    })
}

/// What may stand and hardly was meant: SC3, SC5, SC6 and V8. `before` is the connector that is changed, whose
/// own warnings are not told again.
#[must_use]
pub fn warnings(connector: &SendConnector, before: Option<&SendConnector>) -> Vec<Finding> {
    let all: [Rule; 4] = [auth_without_hosts, clear_text, secure_list, underscore];
    let told = |finding: &Finding| {
        before.is_some_and(|old| all.iter().any(|rule| rule(old).as_ref() == Some(finding)))
    };
    all.iter().filter_map(|rule| rule(connector)).filter(|finding| !told(finding)).collect()
}

/// SC3.
fn auth_without_hosts(c: &SendConnector) -> Option<Finding> {
    let name = rows::SMART_HOST_AUTH_MECHANISM.name();
    (c.smart_host_auth != SmartHostAuth::None && c.smart_hosts.is_empty()).then(|| {
        let auth: &str = c.smart_host_auth.into();
        Finding::new("SC3", name, format!("{name} `{auth}` is of no use without a smart host"))
            .hint("-DNSRoutingEnabled:false -SmartHosts smtp.contoso.com")
    })
}

/// SC5.
fn clear_text(c: &SendConnector) -> Option<Finding> {
    let name = rows::SMART_HOST_AUTH_MECHANISM.name();
    (c.smart_host_auth == SmartHostAuth::BasicAuth).then(|| {
        Finding::new("SC5", name, format!("{name} `BasicAuth` sends user name and password in clear text"))
            .hint(format!("-{name} BasicAuthRequireTLS"))
    })
}

/// SC6: what else Domain Security needs (P9).
fn secure_list(c: &SendConnector) -> Option<Finding> {
    let name = rows::DOMAIN_SECURE_ENABLED.name();
    let domains: Vec<&str> = c.address_spaces.iter().filter_map(|space| Parts::of(space).domain()).collect();
    c.domain_secure.then(|| {
        let which = if domains.is_empty() { "each domain".to_owned() } else { domains.join(", ") };
        let message = format!(
            "Domain Security also needs {which}, without a wildcard, on TLSSendDomainSecureList of the transport configuration"
        );
        Finding::new("SC6", name, message)
    })
}

/// V8.
fn underscore(c: &SendConnector) -> Option<Finding> {
    let name = rows::FQDN.name();
    let fqdn = c.fqdn.as_ref().filter(|fqdn| fqdn.contains('_'))?;
    let message = format!("{name} `{fqdn}` has an underscore, which no certificate may name");
    Some(Finding::new("V8", name, message))
}

/// Whether a space is written as 2007 alone writes it; gives the first such.
#[must_use]
pub fn written_local(connector: &SendConnector) -> Option<&str> {
    connector.address_spaces.iter().map(String::as_str).find(|space| Parts::of(space).local)
}
