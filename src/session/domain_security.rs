//! Domain Security (P9): mutual TLS with the domains on a list, inbound and outbound, condition by condition.

use enumset::{EnumSet, EnumSetType};
use strum::IntoStaticStr;

use super::client::{Client, Tls};
use super::domains::folded;
use super::policy::Policy;
use crate::connector::{AuthMechanism, ReceiveConnector};

/// A condition of Domain Security on a Receive connector.
#[derive(EnumSetType, Debug, IntoStaticStr)]
pub enum Inbound {
    /// DomainSecureEnabled is on.
    #[strum(serialize = "DomainSecureEnabled is False")]
    Enabled,
    /// The connector offers TLS.
    #[strum(serialize = "AuthMechanism does not include Tls")]
    TlsOffered,
    /// The session came by STARTTLS: X-ANONYMOUSTLS asks for no client certificate.
    #[strum(serialize = "the session does not use STARTTLS")]
    TlsUsed,
    /// The connector is not externally secured.
    #[strum(serialize = "AuthMechanism includes ExternalAuthoritative")]
    NotExternal,
    /// The sender's domain is on TLSReceiveDomainSecureList, without a wildcard.
    #[strum(serialize = "the sender's domain is not on TLSReceiveDomainSecureList")]
    Listed,
    /// The client's certificate names the sender's domain.
    #[strum(serialize = "the client's certificate does not name the sender's domain")]
    Certificate,
}

/// A condition of Domain Security on the way out.
#[derive(EnumSetType, Debug, IntoStaticStr)]
pub enum Outbound {
    /// The domain is among the Send connector's address spaces.
    #[strum(serialize = "the domain is not among the Send connector's AddressSpaces")]
    AddressSpace,
    /// The domain is on TLSSendDomainSecureList.
    #[strum(serialize = "the domain is not on TLSSendDomainSecureList")]
    Listed,
    /// DomainSecureEnabled is on.
    #[strum(serialize = "DomainSecureEnabled is False")]
    Enabled,
    /// DNSRoutingEnabled is on.
    #[strum(serialize = "DNSRoutingEnabled is False")]
    DnsRouting,
    /// IgnoreSTARTTLS is off.
    #[strum(serialize = "IgnoreSTARTTLS is True")]
    StartTls,
}

/// What a Send connector is to one recipient's domain.
#[derive(Clone, Copy, Debug)]
pub struct SendPath {
    /// Whether one of its address spaces holds the domain.
    pub in_address_spaces: bool,
    /// DomainSecureEnabled.
    pub domain_secure: bool,
    /// DNSRoutingEnabled.
    pub dns_routing: bool,
    /// IgnoreSTARTTLS.
    pub ignore_starttls: bool,
}

/// The conditions that fail for mail from `domain`; none of them when Domain Security holds.
#[must_use]
pub fn failing_inbound(
    connector: &ReceiveConnector,
    client: &Client,
    domain: Option<&str>,
    policy: &Policy,
) -> EnumSet<Inbound> {
    let named = |domain: &str| client.certificate.iter().any(|name| folded(name) == folded(domain));
    let conditions = [
        (Inbound::Enabled, connector.domain_secure),
        (Inbound::TlsOffered, connector.auth.contains(AuthMechanism::Tls)),
        (Inbound::TlsUsed, client.tls == Tls::StartTls),
        (Inbound::NotExternal, !connector.auth.contains(AuthMechanism::ExternalAuthoritative)),
        (Inbound::Listed, domain.is_some_and(|domain| policy.is_receive_secure(domain))),
        (Inbound::Certificate, domain.is_some_and(named)),
    ];
    conditions.into_iter().filter(|(_, holds)| !holds).map(|(condition, _)| condition).collect()
}

/// The conditions that fail for mail to `domain` by that path.
#[must_use]
pub fn failing_outbound(path: &SendPath, domain: &str, policy: &Policy) -> EnumSet<Outbound> {
    let conditions = [
        (Outbound::AddressSpace, path.in_address_spaces),
        (Outbound::Listed, policy.is_send_secure(domain)),
        (Outbound::Enabled, path.domain_secure),
        (Outbound::DnsRouting, path.dns_routing),
        (Outbound::StartTls, !path.ignore_starttls),
    ];
    conditions.into_iter().filter(|(_, holds)| !holds).map(|(condition, _)| condition).collect()
}
