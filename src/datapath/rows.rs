//! A data path as Get-DataPath prints it, and what the tables can be asked for.

use strum::VariantNames;

use super::path::{NOT_STATED, Port};
use super::{Auth, DataPath, Edition, Note, Stated, Table};
use crate::param::{Completes, Group, Kind, Noun, Param, Row, Value, Verb, Version, param, rows};

const GET: &[Verb] = &[Verb::Get];
const TEST: &[Verb] = &[Verb::Test];
const BOTH: &[Verb] = &[Verb::Get, Verb::Test];
const GET_EXPORT: &[Verb] = &[Verb::Get, Verb::Export];
const EVERY: &[Verb] = &[Verb::Get, Verb::Test, Verb::Export];

impl Noun for DataPath {
    const NAME: &'static str = "DataPath";
    type Scene = Edition;

    fn rows() -> &'static [&'static Row<Self>] {
        ROWS
    }
}

/// What is typed on both cmdlets to narrow a question.
const fn asked(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, kind, help).on(BOTH).group(Group::Connections)
}

/// A list; `not stated` where it is empty (D5).
fn stated(texts: Vec<Value>) -> Value {
    if texts.is_empty() { Value::text(NOT_STATED) } else { Value::List(texts) }
}

fn names(auth: &[Auth]) -> Value {
    stated(auth.iter().map(|auth| Value::Choice(auth.name())).collect())
}

fn yes_or_no(stated: Stated) -> Value {
    stated.known().map_or_else(|| Value::text(NOT_STATED), Value::Bool)
}

fn port_numbers(path: &DataPath) -> Value {
    stated(path.port_numbers().iter().map(Value::text).collect())
}

rows! { DataPath:
    ID = computed(param("Id", Kind::List(&Kind::Text), "Data paths by name; wildcards are allowed").on(GET_EXPORT).position(1, GET).group(Group::Identity),
        |path, _| Value::text(path.id));
    TABLE = computed(param("Table", Kind::Choice(Table::VARIANTS), "The table of the source").on(GET).group(Group::Identity),
        |path, _| Value::Choice(path.table.name()));
    ROW = computed(param("Row", Kind::Count(0, 255), "The row of that table; 0 where it is none"),
        |path, _| Value::Int(u64::from(path.row)));
    FROM = computed(param("From", Kind::Text, "Where it comes from, where that is not the table"),
        |path, _| Value::optional(path.from));
    SOURCE = computed(param("Source", Kind::Text, "Who connects: a role such as HubTransport, or servers of the store").completes(Completes::RoleOrServer).on(EVERY).group(Group::Identity),
        |path, _| Value::text(path.source.name));
    DESTINATION = computed(param("Destination", Kind::Text, "To whom: a role such as EdgeTransport, or servers of the store").completes(Completes::RoleOrServer).on(EVERY).group(Group::Identity),
        |path, _| Value::text(path.destination.name));
    VERSION = computed(param("Version", Kind::Choice(Version::VARIANTS), "The edition of Exchange; the newest of the servers named, else 2010").on(EVERY).group(Group::Identity),
        |path, edition| Value::List(edition.versions_of(path).iter().map(|version| Value::Choice(version.name())).collect()));
    SERVICE = computed(param("Service", Kind::List(&Kind::Text), "What it is for"),
        |path, _| Value::texts(path.services.iter().copied()));
    PORT = computed(param("Port", Kind::Count(1, 65_535), "The port at the destination; of a session 25 unless given").on(TEST).group(Group::Connections), |_, _| Value::Null).unprinted();
    PROTOCOL = computed(asked("Protocol", Kind::Text, "What is spoken there, such as SMTP, or what carries it: TCP or UDP"), |_, _| Value::Null).unprinted();
    PORTS = computed(param("Ports", Kind::List(&Kind::Text), "The ports"),
        |path, _| port_numbers(path));
    PROTOCOLS = computed(param("Protocols", Kind::List(&Kind::Text), "The ports with what is spoken there"),
        |path, _| Value::texts(path.ports.iter().map(Port::describe)));
    PORTS_NOTE = computed(param("PortsNote", Kind::Text, "What the source says of ports in words"),
        |path, _| Value::optional(path.ports_note));
    DYNAMIC_PORTS = computed(param("DynamicPorts", Kind::Bool, "Whether dynamic or random ports belong to it"),
        |path, _| Value::Bool(path.dynamic_ports));
    AUTHENTICATION = computed(param("Authentication", Kind::Choice(Auth::VARIANTS), "Authentication, by default or supported").on(BOTH).group(Group::Security),
        |path, _| names(path.default_auth));
    AUTHENTICATION_NOTE = computed(param("AuthenticationNote", Kind::Text, "A remark on authentication by default"),
        |path, _| Value::optional(path.default_auth_note));
    SUPPORTED_AUTHENTICATION = computed(param("SupportedAuthentication", Kind::List(&Kind::Text), "Authentication that is supported"),
        |path, _| names(path.supported_auth));
    SUPPORTED_AUTHENTICATION_NOTE = computed(param("SupportedAuthenticationNote", Kind::Text, "A remark on that"),
        |path, _| Value::optional(path.supported_auth_note));
    ENCRYPTION_SUPPORTED = computed(param("EncryptionSupported", Kind::Text, "Whether it can be encrypted"),
        |path, _| yes_or_no(path.encryption_supported));
    ENCRYPTION = computed(param("Encryption", Kind::List(&Kind::Text), "How it can be encrypted"),
        |path, _| Value::texts(path.encryption.iter().copied()));
    ENCRYPTED = computed(param("Encrypted", Kind::Switch, "Encrypted by default; -Encrypted:false, not encrypted").two_sided().on(BOTH).group(Group::Security),
        |path, _| yes_or_no(path.encrypted_by_default));
    ENCRYPTED_NOTE = computed(param("EncryptedNote", Kind::Text, "Under which condition it is encrypted by default"),
        |path, _| Value::optional(path.encrypted_by_default_qualifier));
    ENCRYPTED_GROUND = computed(param("EncryptedGround", Kind::Text, "Where Encrypted was read: in the row, a note, another edition, or a table that others compiled"),
        |path, _| Value::optional(path.encrypted_by_default.known().map(|_| <&str>::from(path.encrypted_ground))));
    RECEIVE_CONNECTOR = computed(param("ReceiveConnector", Kind::Text, "The Receive connector that takes it"),
        |path, _| Value::optional(path.receive_connector));
    SEND_CONNECTOR = computed(param("SendConnector", Kind::Text, "The Send connector that sends it"),
        |path, _| Value::optional(path.send_connector));
    NOTES = computed(param("Notes", Kind::List(&Kind::Text), "What to know of it"),
        |path, edition| Value::texts(edition.notes_on(path).map(Note::describe)));
}

/// The ports of a question to the tables, which may be about several.
pub(crate) static ASKED_PORTS: Param = param(
    "Port",
    Kind::List(&Kind::Count(1, 65_535)),
    "Data paths with one of these ports at the destination",
)
.on(GET)
.example("25,587")
.group(Group::Connections);
/// The servers whose data paths are shown.
pub static SERVER: Param = param(
    "Server",
    Kind::List(&Kind::Text),
    "The servers whose data paths are shown: of one, all that begin or end there; of several, those between them and with network endpoints",
)
.on(GET_EXPORT)
.group(Group::Identity);
/// The servers of a site.
pub(crate) static SITE: Param = param(
    "Site",
    Kind::List(&Kind::Text),
    "The data paths between the servers of these Active Directory sites",
)
.on(GET_EXPORT)
.example("Berlin")
.group(Group::Identity);
/// Two zones.
pub(crate) static CROSSING: Param = param(
    "Crossing",
    Kind::List(&Kind::Text),
    "What passes the firewall between two network zones; Outside is every address that no zone has",
)
.on(EVERY)
.completes(Completes::ObjectOf("NetworkZone"))
.example("Perimeter,Internal")
.group(Group::Identity);
/// The path crosses a firewall.
pub(crate) static THROUGH_FIREWALL: Param =
    param("ThroughFirewall", Kind::Switch, "The path crosses a firewall that filters")
        .on(&[Verb::Test])
        .group(Group::Connections);
/// A server of the path stands in a perimeter network.
pub(crate) static PERIMETER: Param =
    param("Perimeter", Kind::Switch, "A server of the path stands in a perimeter network")
        .on(&[Verb::Test])
        .group(Group::Connections);
