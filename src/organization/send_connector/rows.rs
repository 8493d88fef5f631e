//! The properties of a Send connector, in the order in which Format-List prints them.

use std::net::IpAddr;

use enumset::EnumSet;
use strum::VariantNames;

use super::super::accepted_domain::DOMAIN_PATTERN;
use super::super::{Scene, common};
use super::access::ENTRY;
use super::{
    ADDRESS_SPACE, ANY_ADDRESS, CREDENTIAL, ConnectorType, ErrorPolicy, LoggingLevel, SMART_HOST,
    SmartHostAuth, TlsAuthLevel,
};
use crate::param::{
    DefaultValue, Group, Kind, Metadata, Param, Platform, Row, Span, Tier, UnlimitedSize, Value, Verb,
    Version, param, rows,
};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];
/// The product's largest whole number.
const MOST: u64 = 2_147_483_647;

/// A parameter of New- and Set-.
const fn both(name: &'static str, kind: Kind, group: Group, help: &'static str) -> Param {
    param(name, kind, help).on(NEW_SET).group(group)
}

/// Something that the product leaves empty.
const fn empty(name: &'static str) -> Row<SendConnector> {
    common::constant(name, Kind::Text, "")
}

/// The server that keeps the connector in the product: the first of its sources.
fn first_source(connector: &SendConnector, _: &Scene) -> Value {
    connector.source_transport_servers.first().map_or(Value::Null, |name| Value::Text(name.clone()))
}

/// What the looking edition gives a connector that was written by hand without a limit.
fn usual_size(_: &SendConnector, scene: &Scene) -> Value {
    MAX_MESSAGE_SIZE.default_on(Platform { version: scene.version(), tier: Tier::Transport })
}

rows! {
    /// A Send connector.
    pub struct SendConnector with metadata: Metadata {
        DNS_ROUTING_ENABLED(dns_routing: bool) = stored(both("DNSRoutingEnabled", Kind::Bool, Group::Routing, "Find the next hop by MX records; without it mail goes to SmartHosts").usual()).default("true");
        TLS_DOMAIN(tls_domain: Option<String>) = stored(both("TlsDomain", Kind::Form(&DOMAIN_PATTERN), Group::Security, "The domain that the other side's certificate must name, with TlsAuthLevel DomainValidation")).since(Version::V2010);
        TLS_AUTH_LEVEL(tls_auth_level: Option<TlsAuthLevel>) = stored(both("TlsAuthLevel", Kind::Choice(TlsAuthLevel::VARIANTS), Group::Security, "What is checked of the other side's certificate; needs RequireTLS")).since(Version::V2010);
        ERROR_POLICIES(error_policies: EnumSet<ErrorPolicy>) = stored(both("ErrorPolicies", Kind::Flags(ErrorPolicy::VARIANTS, &[]), Group::Protocol, "Failures that count as less or more than they are; Default stands alone")).default("Default").since(Version::V2010);
        SMART_HOSTS(smart_hosts: Vec<String>) = stored(both("SmartHosts", Kind::List(&Kind::Form(&SMART_HOST)), Group::Routing, "Hosts that take all its mail; needs DNSRoutingEnabled false").usual());
        PORT(port: u32) = stored(both("Port", Kind::Count(0, 65_535), Group::Routing, "The port of smart hosts; of no effect with DNS routing")).default("25");
        CONNECTION_INACTIVITY_TIME_OUT(inactivity_timeout: Span) = stored(both("ConnectionInactivityTimeOut", Kind::Span(1, 86_400), Group::Limits, "How long an idle session is kept")).default("00:10:00");
        FORCE_HELO(force_helo: bool) = stored(both("ForceHELO", Kind::Bool, Group::Protocol, "Say HELO and never EHLO")).default("false");
        FRONTEND_PROXY_ENABLED(frontend_proxy: bool) = stored(both("FrontendProxyEnabled", Kind::Bool, Group::Routing, "Send through the Front End Transport service")).default("false").since(Version::V2013);
        IGNORE_STARTTLS(ignore_starttls: bool) = stored(both("IgnoreSTARTTLS", Kind::Bool, Group::Security, "Never use the TLS that is offered")).default("false");
        CLOUD_SERVICES_MAIL_ENABLED(cloud_services_mail: bool) = stored(both("CloudServicesMailEnabled", Kind::Bool, Group::Protocol, "Keep the organization's headers on the way to its mailboxes in the cloud")).default("false").since(Version::V2013);
        FQDN(fqdn: Option<String>) = stored(both("Fqdn", Kind::Domain, Group::Protocol, "The name said in EHLO and looked for in certificates; unless given, the source server's"));
        TLS_CERTIFICATE_NAME(tls_certificate_name: Option<String>) = stored(both("TlsCertificateName", Kind::Certificate, Group::Security, "The certificate to show: <I>issuer<S>subject")).since(Version::V2013);
        REQUIRE_TLS(require_tls: bool) = stored(both("RequireTLS", Kind::Bool, Group::Security, "Send over TLS or not at all")).default("false");
        REQUIRE_OORG(require_oorg: bool) = stored(both("RequireOorg", Kind::Bool, Group::Other, "Reserved by the product")).default("false").since(Version::V2010);
        ENABLED(enabled: bool) = stored(both("Enabled", Kind::Bool, Group::Identity, "Whether mail goes through it").usual()).default("true");
        PROTOCOL_LOGGING_LEVEL(protocol_logging: LoggingLevel) = stored(both("ProtocolLoggingLevel", Kind::Choice(LoggingLevel::VARIANTS), Group::Protocol, "Whether sessions are logged")).default("None");
        SMART_HOST_AUTH_MECHANISM(smart_host_auth: SmartHostAuth) = stored(both("SmartHostAuthMechanism", Kind::Choice(SmartHostAuth::VARIANTS), Group::Security, "How smart hosts are authenticated to")).default("None");
        // The user name alone: a password is never kept.
        AUTHENTICATION_CREDENTIAL(credential: Option<String>) = stored(both("AuthenticationCredential", Kind::Form(&CREDENTIAL), Group::Security, "The user name that smart hosts know, DOMAIN\\user or user@domain; never a password")).shown(|_, _| Value::text(CREDENTIAL.type_name));
        USE_EXTERNAL_DNS_SERVERS_ENABLED(external_dns_servers: bool) = stored(both("UseExternalDNSServersEnabled", Kind::Bool, Group::Routing, "Ask the DNS servers that the source server has for mail outside")).default("false");
        DOMAIN_SECURE_ENABLED(domain_secure: bool) = stored(both("DomainSecureEnabled", Kind::Bool, Group::Security, "Mutual TLS with domains on TLSSendDomainSecureList")).default("false");
        SOURCE_IP_ADDRESS(source_ip_address: IpAddr = ANY_ADDRESS) = stored(both("SourceIPAddress", Kind::Address, Group::Routing, "The local address to send from, on an Edge Transport server; 0.0.0.0 is any")).default("0.0.0.0");
        SMTP_MAX_MESSAGES_PER_CONNECTION(messages_per_connection: u32) = stored(both("SmtpMaxMessagesPerConnection", Kind::Count(0, MOST), Group::Limits, "Messages that one session carries")).default("20").since(Version::V2010);
        CONNECTOR_TYPE(connector_type: ConnectorType) = stored(both("ConnectorType", Kind::Choice(ConnectorType::VARIANTS), Group::Other, "Whether it joins an organization's two halves, here and in the cloud")).default("Default").since(Version::V2016);
        SMART_HOSTS_STRING = Row::computed(common::reported("SmartHostsString", Kind::Text, "SmartHosts as one text"),
            |c, _| Value::Text(c.smart_hosts.join(",")));
        CERTIFICATE_SUBJECT = empty("CertificateSubject").since(Version::V2013);
        REGION = common::constant("Region", Kind::Text, "NotSpecified").since(Version::V2013);
        ADDRESS_SPACES(address_spaces: Vec<String>) = stored(both("AddressSpaces", Kind::List(&Kind::Form(&ADDRESS_SPACE)), Group::Routing, "The domains that mail goes to through it, each with a cost").usual());
        CONNECTED_DOMAINS = Row::computed(common::reported("ConnectedDomains", Kind::List(&Kind::Text), "Reserved by the product"), |_, _| Value::List(Vec::new()));
        IS_SCOPED_CONNECTOR(scoped: bool) = stored(both("IsScopedConnector", Kind::Bool, Group::Routing, "Let servers of the same Active Directory site alone use it")).default("false");
        IS_SMTP_CONNECTOR = common::constant("IsSmtpConnector", Kind::Bool, "true");
        IS_COEXISTENCE_CONNECTOR(coexistence: bool) = stored(both("IsCoexistenceConnector", Kind::Bool, Group::Other, "Whether mail goes to the organization's mailboxes in the cloud through it")).default("false").versions(Version::V2010, Version::V2010);
        // `SERVER\Name`.
        LINKED_RECEIVE_CONNECTOR(linked_receive_connector: Option<String>) = stored(both("LinkedReceiveConnector", Kind::Text, Group::Routing, "A receive connector, all whose mail goes out through it, in place of AddressSpaces")).versions(Version::V2007, Version::V2010);
        COMMENT(comment: String) = stored(both("Comment", Kind::Text, Group::Other, "A remark"));
        SOURCE_ROUTING_GROUP = common::constant("SourceRoutingGroup", Kind::Text, "Exchange Routing Group (DWBGZMFD01QNBJR)");
        // Servers by name.
        SOURCE_TRANSPORT_SERVERS(source_transport_servers: Vec<String>) = stored(both("SourceTransportServers", Kind::List(&Kind::Text), Group::Routing, "The servers that send; unless given, the local one").usual());
        HOME_MTA = common::constant("HomeMTA", Kind::Text, "Microsoft MTA");
        HOME_MTA_SERVER_ID = Row::computed(common::reported("HomeMtaServerId", Kind::Text, "The first of SourceTransportServers"), first_source);
        // As it was made; else what the looking edition gives.
        MAX_MESSAGE_SIZE(max_message_size: Option<UnlimitedSize>) = stored(both("MaxMessageSize", Kind::UnlimitedSize(0, MOST), Group::Limits, "The largest message that it sends").usual()).defaults(DefaultValue::all("35 MB").before(Version::V2013, "10 MB")).unset(usual_size);
        // What its access list has otherwise than every Send connector begins with; see [`access`].
        AD_PERMISSION(permissions: Vec<String>) = stored(common::reported("ADPermission", Kind::List(&Kind::Form(&ENTRY)), "Entries of its access list that are otherwise than on a new connector; Add- and Remove-ADPermission change them")).unprinted();
        OWNER(owner: Option<String>) = stored(common::reported("Owner", Kind::Text, "Who owns the connector in the directory; Add-ADPermission -Owner sets it")).unprinted();
        ADMIN_DISPLAY_NAME = empty("AdminDisplayName");
        EXCHANGE_VERSION = common::constant("ExchangeVersion", Kind::Text, "0.1 (8.0.535.0)");
        NAME(name: String) = stored(param("Name", Kind::Name, "What it is called; unique").example("'To Fabrikam'").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity)).always_written();
        DISTINGUISHED_NAME = common::distinguished_name();
        IDENTITY = common::identity("The Send connector: its name, Guid or DistinguishedName");
        GUID = common::guid();
        OBJECT_CATEGORY = common::object_category();
        OBJECT_CLASS = Row::computed(common::reported("ObjectClass", Kind::List(&Kind::Text), "The directory's classes of it"),
            |_, _| Value::texts(["top", "msExchConnector", "mailGateway", "msExchRoutingSMTPConnector"]));
        WHEN_CHANGED = common::when_changed();
        WHEN_CREATED = common::when_created();
        WHEN_CHANGED_UTC = common::when_changed_utc();
        WHEN_CREATED_UTC = common::when_created_utc();
        ACCEPTED = common::accepted();
        ORGANIZATION_ID = empty("OrganizationId");
        ID = common::id();
        ORIGINATING_SERVER = common::originating_server();
        IS_VALID = common::constant("IsValid", Kind::Bool, "true");
        OBJECT_STATE = common::constant("ObjectState", Kind::Text, "Unchanged");
    }
}
