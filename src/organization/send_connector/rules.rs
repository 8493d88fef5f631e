//! What a Send connector must keep together (SC1 to SC13), whatever was typed and wherever it is written.
//!
//! What depends on its source servers is in [`super::check_sources`].

use super::address_space::Parts;
use super::{ErrorPolicy, SendConnector, SmartHostAuth, TlsAuthLevel, rows};
use crate::organization::common;
use crate::param::{Finding, Findings, Rule, UnlimitedSize};

/// Every rule of one connector, in the order of the specification: what is refused, then what is warned of.
const RULES: &[fn(&SendConnector, &mut Findings)] = &[
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
    auth_without_hosts,
    clear_text,
    secure_list,
    underscore,
];

/// What every rule says of one connector.
#[must_use]
pub fn check(connector: &SendConnector) -> Findings {
    let mut found = Findings::default();
    for rule in RULES {
        rule(connector, &mut found);
    }
    found
}

/// What the rules say, without the warnings that they gave of `before` already.
#[must_use]
pub(crate) fn check_change(connector: &SendConnector, before: Option<&SendConnector>) -> Findings {
    let found = check(connector);
    match before {
        Some(before) => found.since(&check(before)),
        None => found,
    }
}

/// Every refusal in all connectors, each with the place of the one it speaks of; names are unique.
pub(super) fn check_all(all: &[SendConnector]) -> Vec<(usize, Finding)> {
    let mut found = common::unique(all, &rows::NAME, |connector| Some(&connector.name));
    let each = all.iter().enumerate();
    found
        .extend(each.flat_map(|(at, connector)| check(connector).refusals.into_iter().map(move |f| (at, f))));
    found
}

/// SC1.
fn smart_hosts_or_dns(c: &SendConnector, found: &mut Findings) {
    let name = rows::SMART_HOSTS.name();
    found.refuse((c.dns_routing && !c.smart_hosts.is_empty()).then(|| {
        let hosts = c.smart_hosts.join(",");
        let why = format!("`{hosts}` needs DNSRoutingEnabled false, and it is `True`");
        Finding::of(Rule::SC1, name, why)
            .hint(format!("add -DNSRoutingEnabled:false, or empty the list: -{name} '$null'"))
    }));
}

/// SC2.
fn dns_or_smart_hosts(c: &SendConnector, found: &mut Findings) {
    let name = rows::DNS_ROUTING_ENABLED.name();
    found.refuse((!c.dns_routing && c.smart_hosts.is_empty()).then(|| {
        Finding::of(Rule::SC2, name, "`False` needs SmartHosts, and there is none")
            .hint(format!("add -SmartHosts smtp.contoso.com, or -{name}:true"))
    }));
}

/// Whether smart hosts want a user name and a password.
fn is_basic(auth: SmartHostAuth) -> bool {
    matches!(auth, SmartHostAuth::BasicAuth | SmartHostAuth::BasicAuthRequireTLS)
}

/// SC4.
fn credential(c: &SendConnector, found: &mut Findings) {
    let name = rows::SMART_HOST_AUTH_MECHANISM.name();
    found.refuse((is_basic(c.smart_host_auth) && c.credential.is_none()).then(|| {
        let auth: &str = c.smart_host_auth.into();
        let why = format!("`{auth}` needs AuthenticationCredential, and there is none");
        Finding::of(Rule::SC4, name, why).hint(
            "add the user name, -AuthenticationCredential 'CONTOSO\\mailuser'; a password is never taken here",
        )
    }));
}

/// SC6, routing: a smart host's certificate says nothing of the recipient's domain.
fn domain_secure_routes(c: &SendConnector, found: &mut Findings) {
    let name = rows::DOMAIN_SECURE_ENABLED.name();
    found.refuse((c.domain_secure && !c.dns_routing).then(|| {
        Finding::of(Rule::SC6, name, "`True` needs DNSRoutingEnabled, and mail goes to smart hosts")
            .hint(format!("-{name}:false, or -DNSRoutingEnabled:true -SmartHosts '$null'"))
    }));
}

/// SC6, TLS.
fn domain_secure_speaks_tls(c: &SendConnector, found: &mut Findings) {
    found.refuse(without_starttls(c, c.domain_secure, Rule::SC6, rows::DOMAIN_SECURE_ENABLED.name(), "True"));
}

/// SC7.
fn require_tls(c: &SendConnector, found: &mut Findings) {
    found.refuse(without_starttls(c, c.require_tls, Rule::SC7, rows::REQUIRE_TLS.name(), "True"));
}

/// What needs the TLS that IgnoreSTARTTLS leaves unused.
fn without_starttls(
    c: &SendConnector,
    is_on: bool,
    rule: Rule,
    name: &'static str,
    value: &str,
) -> Option<Finding> {
    (is_on && c.ignore_starttls).then(|| {
        let why = format!("`{value}` needs IgnoreSTARTTLS false, and it is `True`");
        Finding::of(rule, name, why).hint("-IgnoreSTARTTLS:false")
    })
}

/// SC8.
fn tls_auth_level(c: &SendConnector, found: &mut Findings) {
    let name = rows::TLS_AUTH_LEVEL.name();
    let Some(level) = c.tls_auth_level.map(<&str>::from) else { return };
    if c.require_tls {
        found.refuse(without_starttls(c, true, Rule::SC8, name, level));
        return;
    }
    let why = format!("`{level}` needs RequireTLS, and it is `False`");
    found.refuse(Finding::of(Rule::SC8, name, why).hint("add -RequireTLS:true"));
}

/// SC8: nothing looks at the domain on another level.
fn tls_domain_unused(c: &SendConnector, found: &mut Findings) {
    let name = rows::TLS_DOMAIN.name();
    let Some(domain) = c.tls_domain.as_ref() else { return };
    found.refuse((c.tls_auth_level != Some(TlsAuthLevel::DomainValidation)).then(|| {
        let why = format!("`{domain}` is used with TlsAuthLevel DomainValidation alone");
        Finding::of(Rule::SC8, name, why).hint(format!(
            "add -TlsAuthLevel DomainValidation -RequireTLS:true, or empty it: -{name} '$null'"
        ))
    }));
}

/// SC8: with DNS routing an empty one is the recipient's domain; a smart host's cannot be known.
fn tls_domain_needed(c: &SendConnector, found: &mut Findings) {
    let name = rows::TLS_AUTH_LEVEL.name();
    let validates = c.tls_auth_level == Some(TlsAuthLevel::DomainValidation);
    found.refuse((validates && !c.smart_hosts.is_empty() && c.tls_domain.is_none()).then(|| {
        Finding::of(Rule::SC8, name, "`DomainValidation` with smart hosts needs TlsDomain, and there is none")
            .hint("add -TlsDomain contoso.com")
    }));
}

/// SC9: the mail of another system goes to a gateway.
fn other_types(c: &SendConnector, found: &mut Findings) {
    let name = rows::ADDRESS_SPACES.name();
    let Some(other) = c.address_spaces.iter().find(|space| !Parts::of(space).is_smtp()) else { return };
    found.refuse(c.dns_routing.then(|| {
        let why = format!("`{other}` is not an SMTP address space, and needs DNSRoutingEnabled false");
        Finding::of(Rule::SC9, name, why).hint("add -DNSRoutingEnabled:false -SmartHosts gateway.contoso.com")
    }));
}

/// SC11.
fn some_space(c: &SendConnector, found: &mut Findings) {
    let name = rows::ADDRESS_SPACES.name();
    found.refuse((c.address_spaces.is_empty() && c.linked_receive_connector.is_none()).then(|| {
        Finding::of(Rule::SC11, name, "a Send connector has at least one address space")
            .hint(format!("-{name} '*' for every domain, or -{name} contoso.com"))
    }));
}

/// Two spaces that differ in their cost alone are one space twice.
fn one_space_twice(c: &SendConnector, found: &mut Findings) {
    let name = rows::ADDRESS_SPACES.name();
    let spaces: Vec<Parts<'_>> = c.address_spaces.iter().map(|space| Parts::of(space)).collect();
    let repeats = |at: &usize| spaces[..*at].iter().any(|first| first.same(spaces[*at]));
    let Some(twice) = (1..spaces.len()).find(repeats) else { return };
    let why = format!("`{}` is there twice", c.address_spaces[twice]);
    found.refuse(Finding::of(Rule::SC11, name, why).hint("name each address space once, with one cost"));
}

/// SC12: somebody sends.
fn some_source(c: &SendConnector, found: &mut Findings) {
    let name = rows::SOURCE_TRANSPORT_SERVERS.name();
    found.refuse(c.source_transport_servers.is_empty().then(|| {
        Finding::of(Rule::SC12, name, "a Send connector has at least one source server")
            .hint(format!("-{name} HUB01, as `exch get-exchangeserver` lists them"))
    }));
}

/// SC13, on the editions that have the parameter.
fn linked(c: &SendConnector, found: &mut Findings) {
    let name = rows::LINKED_RECEIVE_CONNECTOR.name();
    let Some(linked) = c.linked_receive_connector.as_ref() else { return };
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
    found.refuse((!needs.is_empty()).then(|| {
        let why = format!("`{linked}` needs {}", needs.join(", "));
        Finding::of(Rule::SC13, name, why).hint(format!("add {}", add.join(" ")))
    }));
}

/// Default is the word for none of them.
fn error_policies(c: &SendConnector, found: &mut Findings) {
    let name = rows::ERROR_POLICIES.name();
    let alone = if c.error_policies.contains(ErrorPolicy::Default) { 1 } else { usize::MAX };
    found.refuse((c.error_policies.is_empty() || c.error_policies.len() > alone).then(|| {
        Finding::of(Rule::C2, name, "Default stands alone, and is the word for no policy")
            .hint(format!("-{name} Default, or the others without Default"))
    }));
}

/// SC3.
fn auth_without_hosts(c: &SendConnector, found: &mut Findings) {
    let name = rows::SMART_HOST_AUTH_MECHANISM.name();
    found.warn((c.smart_host_auth != SmartHostAuth::None && c.smart_hosts.is_empty()).then(|| {
        let auth: &str = c.smart_host_auth.into();
        Finding::new(Rule::SC3, name, format!("{name} `{auth}` is of no use without a smart host"))
            .hint("-DNSRoutingEnabled:false -SmartHosts smtp.contoso.com")
    }));
}

/// SC5.
fn clear_text(c: &SendConnector, found: &mut Findings) {
    let name = rows::SMART_HOST_AUTH_MECHANISM.name();
    found.warn((c.smart_host_auth == SmartHostAuth::BasicAuth).then(|| {
        Finding::new(
            Rule::SC5,
            name,
            format!("{name} `BasicAuth` sends user name and password in clear text"),
        )
        .hint(format!("-{name} BasicAuthRequireTLS"))
    }));
}

/// SC6: what else Domain Security needs (P9).
fn secure_list(c: &SendConnector, found: &mut Findings) {
    let name = rows::DOMAIN_SECURE_ENABLED.name();
    let domains: Vec<&str> = c.address_spaces.iter().filter_map(|space| Parts::of(space).domain()).collect();
    found.warn(c.domain_secure.then(|| {
        let which = if domains.is_empty() { "each domain".to_owned() } else { domains.join(", ") };
        let message = format!(
            "Domain Security also needs {which}, without a wildcard, on TLSSendDomainSecureList of the transport configuration"
        );
        Finding::new(Rule::SC6, name, message)
    }));
}

/// V8.
fn underscore(c: &SendConnector, found: &mut Findings) {
    let name = rows::FQDN.name();
    let Some(fqdn) = c.fqdn.as_ref().filter(|fqdn| fqdn.contains('_')) else { return };
    let message = format!("{name} `{fqdn}` has an underscore, which no certificate may name");
    found.warn(Finding::new(Rule::V8, name, message));
}

/// Whether a space is written as 2007 alone writes it; gives the first such.
#[must_use]
pub(crate) fn written_local(connector: &SendConnector) -> Option<&str> {
    connector.address_spaces.iter().map(String::as_str).find(|space| Parts::of(space).local)
}
