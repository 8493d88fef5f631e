//! The properties of a receive connector, in the order in which Format-List prints them.
//!
//! Product documentation, and a real 2019 export where the two disagree; docs/semantics.md marks the choices.

use enumset::EnumSet;
use strum::VariantNames;

use super::{
    AuthMechanism, ExtendedProtectionPolicy, MessageRateSource, ProtocolLoggingLevel, Scene, SizeEnabled,
    TransportRole,
    relay::{Session, Way},
};
use crate::net::{Binding, RemoteRange};
use crate::param::{
    Completes, DefaultValue as D, Form, Group, Kind, Metadata, Param, Row, ServicePack, Size, Span, Tier,
    Unlimited, Value, Verb, Version, param, record, rows,
};
use crate::permission::{AccessList, PermissionGroup};

const NEW: &[Verb] = &[Verb::New];
const SET: &[Verb] = &[Verb::Set];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];
const NEW_SET_COPY: &[Verb] = &[Verb::New, Verb::Set, Verb::Copy];
const NAMED: &[Verb] = &[Verb::Get, Verb::Set, Verb::Remove, Verb::Copy, Verb::Compare];
const CHANGED: &[Verb] = &[Verb::Set, Verb::Remove, Verb::Copy];

const MOST: u64 = 2_147_483_647;
const DAY: u64 = 86_400;
const TEN_MINUTES: u64 = 600;

use ServicePack::Sp1;
use Version::{V2010, V2013, V2016, V2019};

/// A parameter of New- and Set-.
const fn both(name: &'static str, kind: Kind, group: Group, help: &'static str) -> Param {
    param(name, kind, help).on(NEW_SET).group(group)
}

/// A switch of the protocol that New- and Set- take.
const fn protocol(name: &'static str, help: &'static str) -> Param {
    both(name, Kind::Bool, Group::Protocol, help)
}

/// A read-only property.
const fn reported(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, kind, help)
}

/// A row of a property that is made from the connector and what is around it.
const fn computed(param: Param, compute: fn(&ReceiveConnector, &Scene) -> Value) -> Row<ReceiveConnector> {
    Row::computed(param, compute)
}

/// The sessions that can relay (R3), or `none`.
fn relay(connector: &ReceiveConnector, scene: &Scene) -> Value {
    let way = Way { connector, platform: scene.server.platform(), catch_all: scene.catch_all };
    Value::Flags(way.sessions().iter().map(Into::into).collect())
}

/// What names an accepted domain. Which one it is, only a store knows.
static ACCEPTED_DOMAIN: Form = Form {
    type_name: "AcceptedDomainIdParameter",
    syntax: "an accepted domain",
    example: "contoso.com",
    other: "fabrikam.com",
    read: |text| match text.trim() {
        "" => Ok(Value::Null),
        text => Ok(Value::text(text)),
    },
};

rows! {
    /// A receive connector.
    pub struct ReceiveConnector with metadata: Metadata {
        AUTH_MECHANISM(auth: EnumSet<AuthMechanism>) = stored(both("AuthMechanism", Kind::Flags(AuthMechanism::VARIANTS, &[]), Group::Security, "What a client may authenticate with").usual()).always_written();
        BANNER(banner: String) = stored(both("Banner", Kind::Text, Group::Protocol, "The greeting in place of the usual one; begins with 220").usual());
        BINARY_MIME_ENABLED(binary_mime: bool) = stored(protocol("BinaryMimeEnabled", "Offer BINARYMIME; needs ChunkingEnabled")).default("true");
        BINDINGS(bindings: Vec<Binding>) = stored(both("Bindings", Kind::List(&Kind::Binding), Group::Connections, "Local addresses and ports it listens at, such as 0.0.0.0:25").on(NEW_SET_COPY).usual()).always_written();
        CHUNKING_ENABLED(chunking: bool) = stored(protocol("ChunkingEnabled", "Offer CHUNKING")).default("true");
        DEFAULT_DOMAIN(default_domain: Option<String>) = stored(both("DefaultDomain", Kind::Form(&ACCEPTED_DOMAIN), Group::Protocol, "The accepted domain that is added to addresses without one: its domain, name, Guid or DistinguishedName").completes(Completes::ObjectOf("AcceptedDomain")));
        DELIVERY_STATUS_NOTIFICATION_ENABLED(dsn: bool) = stored(protocol("DeliveryStatusNotificationEnabled", "Offer DSN")).default("true");
        EIGHT_BIT_MIME_ENABLED(eight_bit_mime: bool) = stored(protocol("EightBitMimeEnabled", "Offer 8BITMIME")).default("true");
        SMTP_UTF8_ENABLED(smtp_utf8: bool) = stored(param("SmtpUtf8Enabled", Kind::Bool, "Offer SMTPUTF8").on(SET).group(Group::Protocol)).defaults(D::all("true").before(V2019, "false")).since(V2016);
        BARE_LINEFEED_REJECTION_ENABLED(bare_linefeed_rejection: bool) = stored(param("BareLinefeedRejectionEnabled", Kind::Bool, "Refuse messages with a line feed that no carriage return precedes").on(SET).group(Group::Protocol)).default("false").since(V2010).since_pack(Sp1);
        DOMAIN_SECURE_ENABLED(domain_secure: bool) = stored(both("DomainSecureEnabled", Kind::Bool, Group::Security, "Demand mutual TLS of the domains on TLSReceiveDomainSecureList")).default("false");
        ENHANCED_STATUS_CODES_ENABLED(enhanced_status_codes: bool) = stored(protocol("EnhancedStatusCodesEnabled", "Offer ENHANCEDSTATUSCODES")).default("true");
        LONG_ADDRESSES_ENABLED(long_addresses: bool) = stored(protocol("LongAddressesEnabled", "Offer XLONGADDR; not on Edge or FrontendTransport")).default("false");
        ORAR_ENABLED(orar: bool) = stored(protocol("OrarEnabled", "Offer XORAR")).default("false");
        SUPPRESS_X_ANONYMOUS_TLS(suppress_x_anonymous_tls: bool) = stored(protocol("SuppressXAnonymousTls", "Leave X-ANONYMOUSTLS out; needs UseDowngradedExchangeServerAuth on the server")).default("false").since(V2010);
        PROXY_ENABLED(proxy: bool) = stored(param("ProxyEnabled", Kind::Bool, "Reserved by the product").on(SET)).default("false").since(V2013);
        ADVERTISE_CLIENT_SETTINGS(advertise_client_settings: bool) = stored(both("AdvertiseClientSettings", Kind::Bool, Group::Other, "Show this connector's settings to users in Outlook on the web")).default("false").since(V2010);
        FQDN(fqdn: Option<String>) = stored(both("Fqdn", Kind::Domain, Group::Security, "The name in the banner, in EHLO and of the certificate; the server's unless given").on(NEW_SET_COPY).usual()).always_written();
        SERVICE_DISCOVERY_FQDN(service_discovery_fqdn: Option<String>) = stored(both("ServiceDiscoveryFqdn", Kind::Domain, Group::Other, "The name under which clients look for this connector")).since(V2013);
        TLS_CERTIFICATE_NAME(tls_certificate_name: Option<String>) = stored(both("TlsCertificateName", Kind::Certificate, Group::Security, "The certificate, as <I>issuer<S>subject").usual()).since(V2013);
        COMMENT(comment: String) = stored(both("Comment", Kind::Text, Group::Other, "A remark").usual());
        ENABLED(enabled: bool) = stored(both("Enabled", Kind::Bool, Group::Connections, "Whether it answers").usual()).default("true").always_written();
        CONNECTION_TIMEOUT(connection_timeout: Span) = stored(both("ConnectionTimeout", Kind::Span(1, DAY), Group::Limits, "How long a session may last")).defaults(D::all("00:10:00").tier(Tier::Edge, "00:05:00"));
        CONNECTION_INACTIVITY_TIMEOUT(connection_inactivity_timeout: Span) = stored(both("ConnectionInactivityTimeout", Kind::Span(1, DAY), Group::Limits, "How long a session may be silent; below ConnectionTimeout")).defaults(D::all("00:05:00").tier(Tier::Edge, "00:01:00"));
        MESSAGE_RATE_LIMIT(message_rate_limit: Unlimited) = stored(both("MessageRateLimit", Kind::Unlimited(1, MOST), Group::Limits, "Messages a minute from one source").usual()).defaults(D::all("Unlimited").tier(Tier::Edge, "600"));
        MESSAGE_RATE_SOURCE(message_rate_source: MessageRateSource) = stored(both("MessageRateSource", Kind::Choice(MessageRateSource::VARIANTS), Group::Limits, "By what MessageRateLimit counts")).default("IPAddress").since(V2010);
        MAX_INBOUND_CONNECTION(max_inbound_connection: Unlimited) = stored(both("MaxInboundConnection", Kind::Unlimited(1, MOST), Group::Limits, "Connections at one time").usual()).default("5000");
        MAX_INBOUND_CONNECTION_PER_SOURCE(max_inbound_connection_per_source: Unlimited) = stored(both("MaxInboundConnectionPerSource", Kind::Unlimited(1, 10_000), Group::Limits, "Connections at one time from one address").usual()).default("20");
        MAX_INBOUND_CONNECTION_PERCENTAGE_PER_SOURCE(max_inbound_connection_percentage_per_source: u32) = stored(both("MaxInboundConnectionPercentagePerSource", Kind::Count(1, 100), Group::Limits, "Share of the free connections that one address may take, in per cent")).default("2");
        MAX_HEADER_SIZE(max_header_size: Size) = stored(both("MaxHeaderSize", Kind::Size(1, MOST), Group::Limits, "Bytes of header that a message may have")).defaults(D::all("256KB").before(V2016, "64KB"));
        MAX_HOP_COUNT(max_hop_count: u32) = stored(both("MaxHopCount", Kind::Count(1, 500), Group::Limits, "Received headers before a message counts as looping")).defaults(D::all("60").before(V2016, "30"));
        MAX_LOCAL_HOP_COUNT(max_local_hop_count: u32) = stored(both("MaxLocalHopCount", Kind::Count(0, 50), Group::Limits, "Received headers of this server before a message counts as looping; 0 for never")).defaults(D::all("5").before(V2016, "8"));
        MAX_LOGON_FAILURES(max_logon_failures: u32) = stored(both("MaxLogonFailures", Kind::Count(0, 10), Group::Limits, "Failed logons before the session is closed; 0 for never")).default("3");
        MAX_MESSAGE_SIZE(max_message_size: Size) = stored(both("MaxMessageSize", Kind::Size(65_536, MOST), Group::Limits, "Bytes that a message may have").usual()).defaults(D::all("36MB").before(V2013, "10MB"));
        MAX_PROTOCOL_ERRORS(max_protocol_errors: Unlimited) = stored(both("MaxProtocolErrors", Kind::Unlimited(0, MOST), Group::Limits, "SMTP errors before the session is closed")).default("5");
        MAX_RECIPIENTS_PER_MESSAGE(max_recipients_per_message: u32) = stored(both("MaxRecipientsPerMessage", Kind::Count(1, 512_000), Group::Limits, "Recipients that one message may have").usual()).default("200");
        PERMISSION_GROUPS(access: AccessList) = stored(both("PermissionGroups", Kind::Flags(PermissionGroup::VARIANTS, &["Custom"]), Group::Security, "Who may submit: groups of well-known accounts with their rights").usual()).always_written();
        OWNER(owner: Option<String>) = stored(reported("Owner", Kind::Text, "Who owns the connector in the directory; Add-ADPermission -Owner sets it")).unprinted();
        PIPELINING_ENABLED(pipelining: bool) = stored(protocol("PipeliningEnabled", "Offer PIPELINING")).default("true");
        PROTOCOL_LOGGING_LEVEL(protocol_logging_level: ProtocolLoggingLevel) = stored(both("ProtocolLoggingLevel", Kind::Choice(ProtocolLoggingLevel::VARIANTS), Group::Other, "Whether sessions are logged").usual()).default("None");
        REMOTE_IP_RANGES(remote_ip_ranges: Vec<RemoteRange>) = stored(both("RemoteIPRanges", Kind::List(&Kind::Range), Group::Connections, "Remote addresses it answers: 192.168.1.1, 192.168.1.10-192.168.1.20, 192.168.1.0/24 or 192.168.1.0(255.255.255.0)").usual()).always_written();
        REQUIRE_EHLO_DOMAIN(require_ehlo_domain: bool) = stored(protocol("RequireEHLODomain", "Refuse EHLO and HELO without a domain name")).default("false");
        REQUIRE_TLS(require_tls: bool) = stored(both("RequireTLS", Kind::Bool, Group::Security, "Take mail in TLS alone; needs Tls in AuthMechanism").usual()).default("false");
        ENABLE_AUTH_GSSAPI(enable_auth_gssapi: bool) = stored(both("EnableAuthGSSAPI", Kind::Bool, Group::Security, "Offer GSSAPI beside NTLM")).default("false");
        EXTENDED_PROTECTION_POLICY(extended_protection_policy: ExtendedProtectionPolicy) = stored(both("ExtendedProtectionPolicy", Kind::Choice(ExtendedProtectionPolicy::VARIANTS), Group::Security, "Whether GSSAPI and NTLM are bound to the TLS channel")).default("None").since(V2010).since_pack(Sp1);
        EXTENDED_PROTECTION_TLS_TERMINATED_AT_PROXY(extended_protection_tls_terminated_at_proxy: bool) = stored(param("ExtendedProtectionTlsTerminatedAtProxy", Kind::Bool, "TLS ends at a proxy, so the channel cannot be bound").on(SET).group(Group::Security)).default("false").versions(V2010, V2010).since_pack(Sp1).on_request();
        LIVE_CREDENTIAL_ENABLED(live_credential: bool) = stored(param("LiveCredentialEnabled", Kind::Bool, "Reserved by the product").on(SET)).default("false").since(V2010);
        TLS_DOMAIN_CAPABILITIES(tls_domain_capabilities: Vec<String>) = stored(both("TlsDomainCapabilities", Kind::List(&Kind::Capability), Group::Security, "What domains that prove themselves by TLS may do, as contoso.com:AcceptCloudServicesMail")).since(V2010);
        SERVER = computed(param("Server", Kind::Text, "The server; the local one unless given").completes(Completes::Server).on(&[Verb::New]).group(Group::Identity),
            |_, scene| Value::Text(scene.server.name.clone()));
        TRANSPORT_ROLE(transport_role: TransportRole) = stored(both("TransportRole", Kind::Choice(TransportRole::VARIANTS), Group::Connections, "Which service owns the connector").on(NEW_SET_COPY).usual()).defaults(D::all("HubTransport").tier(Tier::FrontEnd, "FrontendTransport")).since(V2013).always_written();
        REJECT_RESERVED_TOP_LEVEL_RECIPIENT_DOMAINS(reject_reserved_top_level: bool) = stored(protocol("RejectReservedTopLevelRecipientDomains", "Refuse recipients in reserved top-level domains (RFC 2606)")).default("false").since(V2016);
        REJECT_RESERVED_SECOND_LEVEL_RECIPIENT_DOMAINS(reject_reserved_second_level: bool) = stored(protocol("RejectReservedSecondLevelRecipientDomains", "Refuse recipients in reserved second-level domains (RFC 2606)")).default("false").since(V2016);
        REJECT_SINGLE_LABEL_RECIPIENT_DOMAINS(reject_single_label: bool) = stored(protocol("RejectSingleLabelRecipientDomains", "Refuse recipients in domains of a single label")).default("false").since(V2016);
        ACCEPT_CONSUMER_MAIL(accept_consumer_mail: bool) = stored(reported("AcceptConsumerMail", Kind::Bool, "Reserved by the product")).default("false").since(V2016);
        SIZE_ENABLED(size_enabled: SizeEnabled) = stored(both("SizeEnabled", Kind::Choice(SizeEnabled::VARIANTS), Group::Protocol, "How SIZE is offered")).default("Enabled");
        TARPIT_INTERVAL(tarpit_interval: Span) = stored(both("TarpitInterval", Kind::Span(0, TEN_MINUTES), Group::Limits, "How long a reply waits that a guessing client would learn from")).default("00:00:05");
        AUTH_TARPIT_INTERVAL(auth_tarpit_interval: Span) = stored(both("AuthTarpitInterval", Kind::Span(0, TEN_MINUTES), Group::Limits, "How long the reply to a failed logon waits")).default("00:00:05").since(V2016);
        MAX_ACKNOWLEDGEMENT_DELAY(max_acknowledgement_delay: Span) = stored(both("MaxAcknowledgementDelay", Kind::Span(0, MOST), Group::Limits, "How long the last reply waits for delivery to be confirmed")).default("00:00:30").since(V2010);
        ADMIN_DISPLAY_NAME(admin_display_name: String) = stored(reported("AdminDisplayName", Kind::Text, "Reserved by the product"));
        EXCHANGE_VERSION = computed(reported("ExchangeVersion", Kind::Text, "The schema of the directory object"),
            |_, _| Value::text("0.1 (8.0.535.0)"));
        NAME(name: String) = stored(both("Name", Kind::Name, Group::Identity, "The connector's name, unique on its server").example("Relay").on(NEW_SET_COPY).required(NEW).position(1, NEW)).always_written();
        DISTINGUISHED_NAME = computed(reported("DistinguishedName", Kind::Text, "Its place in the directory"),
            |c, scene| Value::Text(super::identity::distinguished_name(c, &scene.server, &scene.directory)));
        IDENTITY = computed(param("Identity", Kind::List(&Kind::Identity), "SERVER\\Name, Name, Guid, DistinguishedName or a wildcard; several as a list, - reads them from standard input").example(r"'HUB01\Relay'").completes(Completes::Connector).on(NAMED).required(CHANGED).position(1, NAMED).group(Group::Identity),
            |c, scene| Value::Text(super::identity::identity(c, scene)));
        GUID = record::guid();
        OBJECT_CATEGORY = computed(reported("ObjectCategory", Kind::Text, "The directory's class of it"),
            |_, scene| Value::Text(format!("{}/Configuration/Schema/ms-Exch-Smtp-Receive-Connector", scene.directory.domain)));
        OBJECT_CLASS = computed(reported("ObjectClass", Kind::List(&Kind::Text), "The directory's classes of it"),
            |_, _| Value::texts(["top", "msExchSmtpReceiveConnector"]));
        WHEN_CHANGED = record::when_changed();
        WHEN_CREATED = record::when_created();
        WHEN_CHANGED_UTC = record::when_changed_utc();
        WHEN_CREATED_UTC = record::when_created_utc();
        ORGANIZATION_ID = computed(reported("OrganizationId", Kind::Text, "Empty outside hosted organizations"),
            |_, _| Value::Text(String::new()));
        ID = computed(reported("Id", Kind::Text, "Its Identity"),
            |c, scene| Value::Text(super::identity::identity(c, scene)));
        ORIGINATING_SERVER = computed(reported("OriginatingServer", Kind::Text, "The domain controller that answered; the store knows none"),
            |_, _| Value::Text(String::new()));
        IS_VALID = computed(reported("IsValid", Kind::Bool, "Always True: what breaks a rule is never printed"),
            |_, _| Value::Bool(true));
        OBJECT_STATE = computed(reported("ObjectState", Kind::Text, "Unchanged"),
            |_, _| Value::text("Unchanged"));
        ACCEPTED = record::accepted();
        // Whether it was imported without entries that PermissionGroups says are there.
        ACCESS_LIST_INCOMPLETE(access_incomplete: bool) = stored(reported(record::ACCESS_LIST_INCOMPLETE, Kind::Bool, "PermissionGroups read Custom when it was imported, and no file had the other entries of the access list").group(Group::Store)).default("false").on_request();
        RELAY = computed(reported("Relay", Kind::Flags(Session::VARIANTS, &[]), "Who can relay through it: None, anonymous, authenticated, external").group(Group::Store),
            relay);
    }
}
