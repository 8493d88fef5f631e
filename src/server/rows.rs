//! The properties of a server, in the order in which Format-List prints them, and those of this program last.
//!
//! An export's every property is here: what follows from version, roles and names is computed, and what only a running
//! server knows is empty.

use std::net::IpAddr;

use enumset::EnumSet;
use strum::VariantNames;

use super::directory::server_dn;
use super::{Directory, ServerRole};
use crate::param::{
    Completes, Field, Group, Kind, Metadata, Param, Row, ServicePack, Value, Verb, Version, param, record,
    rows,
};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];
const NAMED: &[Verb] = &[Verb::Get, Verb::Set, Verb::Remove];
const CHANGED: &[Verb] = &[Verb::Set, Verb::Remove];

/// What is kept and means nothing to connectors.
const fn kept(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, kind, help).on(&[Verb::Set])
}

/// A read-only property.
const fn reported(
    name: &'static str,
    kind: Kind,
    help: &'static str,
    compute: fn(&Server, &Directory) -> Value,
) -> Row<Server> {
    Row::computed(param(name, kind, help), compute)
}

/// What only a running server knows.
const fn unknown(name: &'static str) -> Row<Server> {
    reported(name, Kind::Text, "Empty: only a running server knows it", |_, _| Value::text(""))
}

/// The same for a list.
const fn unknown_list(name: &'static str) -> Row<Server> {
    reported(name, Kind::List(&Kind::Text), "Empty: only a running server knows it", |_, _| {
        Value::List(Vec::new())
    })
}

/// Whether the server has a role, under whatever name its version has it.
const fn is(name: &'static str, help: &'static str, fits: fn(&Server, &Directory) -> Value) -> Row<Server> {
    reported(name, Kind::Bool, help, fits)
}

/// Its version by number, as far as it is known: of 2007 and 2010 the second part is the service pack.
fn number(server: &Server) -> String {
    let (number, pack) = (server.version.number(), server.release().pack);
    if server.version <= Version::V2010 { format!("{number}.{}", pack as u8) } else { number.to_owned() }
}

/// The last service pack of its edition; nothing where the edition has none.
fn last_pack(server: &Server) -> Value {
    let last = server.version.service_packs().last();
    last.map_or(Value::Null, |pack| Value::Choice(pack.name()))
}

rows! {
    /// An Exchange server.
    pub struct Server with metadata: Metadata {
        NAME(name: String) = stored(param("Name", Kind::Name, "The server's name, such as HUB01").example("HUB01").on(NEW).required(NEW).position(1, NEW).group(Group::Identity)).always_written();
        DATA_PATH = unknown("DataPath");
        DOMAIN = Row::computed(param("Domain", Kind::Domain, "The domain of its FQDN; on Get-, the servers of this domain alone").on(&[Verb::Get]).example("contoso.com").group(Group::Identity),
            |s, _| Value::text(s.domain()));
        EDITION = unknown("Edition");
        EXCHANGE_LEGACY_DN = reported("ExchangeLegacyDN", Kind::Text, "Its place in the directory of Exchange 5.5", |s, d| Value::text(format!("/o={}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn={}", d.organization, s.name)));
        EXCHANGE_LEGACY_SERVER_ROLE = Row::constant(param("ExchangeLegacyServerRole", Kind::Count(0, 0), "Reserved by the product"), "0");
        FQDN(fqdn: String) = stored(param("Fqdn", Kind::Domain, "The server's DNS name; its name and the organization's domain unless given").on(NEW_SET)).always_written();
        CUSTOMER_FEEDBACK_ENABLED(customer_feedback: Option<bool>) = stored(kept("CustomerFeedbackEnabled", Kind::Bool, "Whether it takes part in the Customer Experience Improvement Program")).since(Version::V2010);
        INTERNET_WEB_PROXY(internet_web_proxy: String) = stored(kept("InternetWebProxy", Kind::Text, "The proxy by which it reaches the Internet")).since(Version::V2010);
        INTERNET_WEB_PROXY_BYPASS_LIST(internet_web_proxy_bypass_list: Vec<String>) = stored(kept("InternetWebProxyBypassList", Kind::List(&Kind::Text), "What it reaches without InternetWebProxy")).since(Version::V2016);
        IS_HUB_TRANSPORT_SERVER = is("IsHubTransportServer", "Whether it has the Transport service", |s, _| s.is_hub().value());
        IS_CLIENT_ACCESS_SERVER = is("IsClientAccessServer", "Whether it has the client access services", |s, _| s.has_client_access().value());
        IS_EXCHANGE2007_OR_LATER = Row::constant(param("IsExchange2007OrLater", Kind::Bool, "Whether it runs 2007 or later"), "true");
        IS_EDGE_SERVER = is("IsEdgeServer", "Whether it is an Edge Transport server", |s, _| s.is_edge().value());
        IS_MAILBOX_SERVER = is("IsMailboxServer", "Whether it has the Mailbox role", |s, _| s.roles.contains(ServerRole::Mailbox).value());
        IS_E14_OR_LATER = is("IsE14OrLater", "Whether it runs 2010 or later", |s, _| (s.version >= Version::V2010).value()).since(Version::V2010);
        IS_E15_OR_LATER = is("IsE15OrLater", "Whether it runs 2013 or later", |s, _| (s.version >= Version::V2013).value()).since(Version::V2013);
        IS_PROVISIONED_SERVER = Row::constant(param("IsProvisionedServer", Kind::Bool, "Whether it is there before its setup"), "false");
        IS_UNIFIED_MESSAGING_SERVER = is("IsUnifiedMessagingServer", "Whether it has Unified Messaging, which ended with 2016", |s, _| s.has_unified_messaging().value());
        IS_FRONTEND_TRANSPORT_SERVER = is("IsFrontendTransportServer", "Whether it has the Front End Transport service", |s, _| s.has_frontend_transport().value()).since(Version::V2013);
        NETWORK_ADDRESS = reported("NetworkAddress", Kind::List(&Kind::Text), "Its names by protocol", |s, _| Value::texts(["ncacn_vns_spp", "netbios", "ncacn_np", "ncacn_spx"].map(|of| format!("{of}:{}", s.name)).into_iter().chain([format!("ncacn_ip_tcp:{}", s.fqdn), format!("ncalrpc:{}", s.name)])));
        ORGANIZATIONAL_UNIT = reported("OrganizationalUnit", Kind::Text, "Its place in the domain", |s, _| Value::text(format!("{}/{}", s.domain(), s.name)));
        ADMIN_DISPLAY_VERSION = reported("AdminDisplayVersion", Kind::Text, "The version by its number; the store knows no build", |s, _| Value::text(format!("Version {}", number(s))));
        SITE(site: Option<String>) = stored(param("Site", Kind::Text, "Its Active Directory site").on(NEW_SET));
        SERVER_ROLE(roles: EnumSet<ServerRole>) = stored(param("ServerRole", Kind::Flags(ServerRole::VARIANTS, &[]), "Its roles; which exist and combine depends on the version").on(NEW_SET)).always_written();
        ERROR_REPORTING_ENABLED(error_reporting: Option<bool>) = stored(kept("ErrorReportingEnabled", Kind::Bool, "Whether it sends error reports"));
        STATIC_DOMAIN_CONTROLLERS(static_domain_controllers: Vec<String>) = stored(kept("StaticDomainControllers", Kind::List(&Kind::Text), "The domain controllers that it uses"));
        STATIC_GLOBAL_CATALOGS(static_global_catalogs: Vec<String>) = stored(kept("StaticGlobalCatalogs", Kind::List(&Kind::Text), "The global catalogs that it uses"));
        STATIC_CONFIG_DOMAIN_CONTROLLER(static_config_domain_controller: String) = stored(kept("StaticConfigDomainController", Kind::Text, "The domain controller that it reads its configuration from"));
        STATIC_EXCLUDED_DOMAIN_CONTROLLERS(static_excluded_domain_controllers: Vec<String>) = stored(kept("StaticExcludedDomainControllers", Kind::List(&Kind::Text), "The domain controllers that it does not use"));
        MONITORING_GROUP(monitoring_group: String) = stored(kept("MonitoringGroup", Kind::Text, "The servers that it is monitored with")).since(Version::V2013);
        WORKLOAD_MANAGEMENT_POLICY = unknown("WorkloadManagementPolicy").since(Version::V2013);
        CURRENT_DOMAIN_CONTROLLERS = unknown_list("CurrentDomainControllers");
        CURRENT_GLOBAL_CATALOGS = unknown_list("CurrentGlobalCatalogs");
        CURRENT_CONFIG_DOMAIN_CONTROLLER = unknown("CurrentConfigDomainController");
        PRODUCT_ID = unknown("ProductID");
        IS_EXCHANGE_TRIAL_EDITION = unknown("IsExchangeTrialEdition");
        IS_EXPIRED_EXCHANGE_TRIAL_EDITION = unknown("IsExpiredExchangeTrialEdition");
        MAILBOX_PROVISIONING_ATTRIBUTES = unknown("MailboxProvisioningAttributes").since(Version::V2013);
        REMAINING_TRIAL_PERIOD = unknown("RemainingTrialPeriod");
        DATA_COLLECTION_ENABLED(data_collection: Option<bool>) = stored(kept("DataCollectionEnabled", Kind::Bool, "Whether it sends optional diagnostic data")).since(Version::V2016);
        MITIGATIONS_ENABLED(mitigations_enabled: bool) = stored(kept("MitigationsEnabled", Kind::Bool, "Whether the emergency mitigation service may act on it")).default("true").since(Version::V2016);
        MITIGATIONS_APPLIED(mitigations_applied: Vec<String>) = stored(kept("MitigationsApplied", Kind::List(&Kind::Text), "The mitigations that act")).since(Version::V2016);
        MITIGATIONS_BLOCKED(mitigations_blocked: Vec<String>) = stored(kept("MitigationsBlocked", Kind::List(&Kind::Text), "The mitigations that must not act")).since(Version::V2016);
        RING_LEVEL(ring_level: u32) = stored(kept("RingLevel", Kind::Count(0, 2), "The ring in which it gets changes of features: 0, 1 or 2")).default("1").since(Version::V2019);
        ADMIN_DISPLAY_NAME = reported("AdminDisplayName", Kind::Text, "Reserved by the product", |_, _| Value::text(""));
        EXCHANGE_VERSION = Row::constant(param("ExchangeVersion", Kind::Text, "The schema of the directory object"), "0.1 (8.0.535.0)");
        DISTINGUISHED_NAME = reported("DistinguishedName", Kind::Text, "Its place in the directory", |s, d| Value::text(server_dn(s, d)));
        IDENTITY = Row::computed(param("Identity", Kind::List(&Kind::Identity), "The servers: name, Guid, FQDN or a wildcard; several as a list, - reads them from standard input").example("HUB01").completes(Completes::Server).on(NAMED).required(CHANGED).position(1, NAMED).group(Group::Identity),
            |s, _| Value::Text(s.name.clone()));
        GUID = record::guid();
        OBJECT_CATEGORY = reported("ObjectCategory", Kind::Text, "The directory's class of it", |_, d| Value::text(format!("{}/Configuration/Schema/ms-Exch-Exchange-Server", d.domain)));
        OBJECT_CLASS = reported("ObjectClass", Kind::List(&Kind::Text), "The directory's classes of it", |_, _| Value::texts(["top", "server", "msExchExchangeServer"].map(str::to_owned)));
        WHEN_CHANGED = record::when_changed();
        WHEN_CREATED = record::when_created();
        WHEN_CHANGED_UTC = record::when_changed_utc();
        WHEN_CREATED_UTC = record::when_created_utc();
        ORGANIZATION_ID = reported("OrganizationId", Kind::Text, "Empty outside hosted organizations", |_, _| Value::text(""));
        ID = reported("Id", Kind::Text, "Its Identity", |s, _| Value::text(&s.name));
        ORIGINATING_SERVER = reported("OriginatingServer", Kind::Text, "The domain controller that answered; the store knows none", |_, _| Value::text(""));
        IS_VALID = Row::constant(param("IsValid", Kind::Bool, "Always True: what breaks a rule is never printed"), "true");
        OBJECT_STATE = reported("ObjectState", Kind::Text, "Unchanged", |_, _| Value::text("Unchanged"));
        VERSION(version: Version = Version::NEWEST) = stored(param("Version", Kind::Choice(Version::VARIANTS), "The edition it runs").on(NEW_SET)).default("2019").always_written();
        SERVICE_PACK(service_pack: Option<ServicePack>) = stored(param("ServicePack", Kind::Choice(ServicePack::VARIANTS), "Its service pack, of 2007 (SP1 and later), 2010 and 2013; the last one unless given").on(NEW_SET).whole()).on_request().unset(|s, _| last_pack(s));
        IP_ADDRESSES(addresses: Vec<IpAddr>) = stored(param("IPAddresses", Kind::List(&Kind::Address), "The addresses it owns, against which bindings are checked").on(NEW_SET).group(Group::Connections));
        USE_DOWNGRADED_EXCHANGE_SERVER_AUTH(downgraded_auth: bool) = stored(param("UseDowngradedExchangeServerAuth", Kind::Bool, "Accept Exchange Server authentication over a GSSAPI without channel protection").on(NEW_SET).group(Group::Security)).default("false").since(Version::V2010);
        COMMENT(comment: String) = stored(param("Comment", Kind::Text, "A remark").on(NEW_SET));
    }
}
