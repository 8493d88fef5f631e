//! One data path (D1): source, destination, ports, authentication, encryption, as the source states them.

use super::{Auth, Role, Table};
use crate::param::Version;

/// What the source says of a yes or no (D5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "yes and no say what they mean")]
pub enum Stated {
    Yes,
    No,
    /// The source says neither.
    NotStated,
}

/// Where a statement about encryption by default was read (D5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
pub enum Ground {
    /// The cell of the row.
    #[strum(serialize = "row")]
    Row,
    /// The text around the tables.
    #[strum(serialize = "note")]
    Note,
    /// The cell of the English edition; it is missing in the other copies.
    #[strum(serialize = "English edition")]
    EnglishEdition,
    /// The cell of a translation; it is missing in the copies of the English edition.
    #[strum(serialize = "translation")]
    Translation,
    /// A table that others compiled from the page.
    #[strum(serialize = "compiled table")]
    CompiledTable,
}

/// The remark on authentication of rows that know both ends on one server.
pub(crate) const ON_ONE_SERVER: &str = "Kerberos when both roles are on one server";

/// What is printed where the source says nothing (D5).
pub const NOT_STATED: &str = "not stated";

impl Stated {
    /// `true` or `false`; nothing where the source says neither.
    #[must_use]
    pub fn known(self) -> Option<bool> {
        match self {
            Stated::Yes => Some(true),
            Stated::No => Some(false),
            Stated::NotStated => None,
        }
    }
}

/// What carries a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the protocols' own names")]
pub enum Transport {
    Tcp,
    Udp,
}

/// A port of the destination, or a range of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port {
    /// Its number; of a range, the lowest.
    pub first: u16,
    /// The highest of a range, else its number.
    pub last: u16,
    /// What carries it.
    pub transport: Transport,
    /// What is spoken there, where the source names it.
    pub protocol: Option<&'static str>,
    /// A remark.
    pub note: Option<&'static str>,
}

/// A TCP port.
#[must_use]
pub const fn tcp(number: u16) -> Port {
    Port { first: number, last: number, transport: Transport::Tcp, protocol: None, note: None }
}

/// A UDP port.
#[must_use]
pub const fn udp(number: u16) -> Port {
    Port { transport: Transport::Udp, ..tcp(number) }
}

impl Port {
    /// The same with the protocol that is spoken there.
    #[must_use]
    pub const fn of(self, protocol: &'static str) -> Self {
        Port { protocol: Some(protocol), ..self }
    }

    /// The same with a remark.
    #[must_use]
    pub const fn note(self, note: &'static str) -> Self {
        Port { note: Some(note), ..self }
    }

    /// All ports from this one to `last`.
    #[must_use]
    pub(crate) const fn up_to(self, last: u16) -> Self {
        Port { last, ..self }
    }

    /// `25/TCP`, `1024-65535/UDP`.
    #[must_use]
    pub fn number(&self) -> String {
        let transport: &str = self.transport.into();
        match self.last - self.first {
            0 => format!("{}/{transport}", self.first),
            _ => format!("{}-{}/{transport}", self.first, self.last),
        }
    }

    /// `25/TCP SMTP (TLS)`.
    #[must_use]
    pub fn describe(&self) -> String {
        let protocol = self.protocol.map(|protocol| format!(" {protocol}")).unwrap_or_default();
        let note = self.note.map(|note| format!(" ({note})")).unwrap_or_default();
        format!("{}{protocol}{note}", self.number())
    }
}

/// One data path.
#[derive(Clone, Copy, Debug)]
pub struct DataPath {
    /// Its name, unique in its edition.
    pub id: &'static str,
    /// The table of the source that has it.
    pub table: Table,
    /// Its row there; 0 where it is none.
    pub row: u8,
    /// Where it comes from, where that is not the table.
    pub from: Option<&'static str>,
    /// Who connects.
    pub source: &'static Role,
    /// To whom.
    pub destination: &'static Role,
    /// What it is for.
    pub services: &'static [&'static str],
    /// The ports that the source lists.
    pub ports: &'static [Port],
    /// What the source says of ports in words.
    pub ports_note: Option<&'static str>,
    /// Whether every port and protocol belongs to it.
    pub any_port: bool,
    /// Whether dynamic or random ports belong to it.
    pub dynamic_ports: bool,
    /// Authentication by default; empty where the source states none.
    pub default_auth: &'static [Auth],
    /// A remark on that.
    pub default_auth_note: Option<&'static str>,
    /// Authentication that is supported; empty where the source states none.
    pub supported_auth: &'static [Auth],
    /// A remark on that.
    pub supported_auth_note: Option<&'static str>,
    /// Whether it can be encrypted.
    pub encryption_supported: Stated,
    /// How.
    pub encryption: &'static [&'static str],
    /// Whether it is encrypted by default.
    pub encrypted_by_default: Stated,
    /// Under which condition it is.
    pub encrypted_by_default_qualifier: Option<&'static str>,
    /// Where it was read whether it is.
    pub encrypted_ground: Ground,
    /// The Receive connector that takes it.
    pub receive_connector: Option<&'static str>,
    /// The Send connector that sends it.
    pub send_connector: Option<&'static str>,
    /// Whether it is between the nodes of one cluster, which run one version.
    pub of_cluster: bool,
    /// The versions that have it; empty where all of the edition's do.
    pub versions: &'static [Version],
}

/// Begins a data path of which nothing more is stated.
#[must_use]
pub const fn path(
    id: &'static str,
    (table, row): (Table, u8),
    source: &'static Role,
    destination: &'static Role,
) -> DataPath {
    DataPath {
        id,
        table,
        row,
        from: None,
        source,
        destination,
        services: &[],
        ports: &[],
        ports_note: None,
        any_port: false,
        dynamic_ports: false,
        default_auth: &[],
        default_auth_note: None,
        supported_auth: &[],
        supported_auth_note: None,
        encryption_supported: Stated::NotStated,
        encryption: &[],
        encrypted_by_default: Stated::NotStated,
        encrypted_by_default_qualifier: None,
        encrypted_ground: Ground::Row,
        receive_connector: None,
        send_connector: None,
        of_cluster: false,
        versions: &[],
    }
}

/// What the tables are written with: each gives the same path with one more thing stated.
#[expect(missing_docs, reason = "each sets the field of its name")]
#[rustfmt::skip]
impl DataPath {
    #[must_use] pub const fn from(self, from: &'static str) -> Self { DataPath { from: Some(from), ..self } }
    #[must_use] pub const fn serving(self, services: &'static [&'static str]) -> Self { DataPath { services, ..self } }
    #[must_use] pub const fn ports(self, ports: &'static [Port]) -> Self { DataPath { ports, ..self } }
    #[must_use] pub const fn ports_note(self, note: &'static str) -> Self { DataPath { ports_note: Some(note), ..self } }
    #[must_use] pub const fn any_port(self) -> Self { DataPath { any_port: true, ..self } }
    #[must_use] pub const fn dynamic(self) -> Self { DataPath { dynamic_ports: true, ..self } }
    #[must_use] pub const fn default_auth_note(self, note: &'static str) -> Self { DataPath { default_auth_note: Some(note), ..self } }
    #[must_use] pub const fn supported_auth_note(self, note: &'static str) -> Self { DataPath { supported_auth_note: Some(note), ..self } }
    #[must_use] pub const fn qualified(self, by: &'static str) -> Self { DataPath { encrypted_by_default_qualifier: Some(by), ..self } }
    #[must_use] pub const fn on_ground(self, ground: Ground) -> Self { DataPath { encrypted_ground: ground, ..self } }
    #[must_use] pub const fn of_cluster(self) -> Self { DataPath { of_cluster: true, ..self } }
    #[must_use] pub const fn taken_by(self, connector: &'static str) -> Self { DataPath { receive_connector: Some(connector), ..self } }
    #[must_use] pub const fn sent_by(self, connector: &'static str) -> Self { DataPath { send_connector: Some(connector), ..self } }
    #[must_use] pub const fn on(self, versions: &'static [Version]) -> Self { DataPath { versions, ..self } }
}

impl DataPath {
    /// The same with authentication by default, and what is supported.
    #[must_use]
    pub const fn auth(self, default: &'static [Auth], supported: &'static [Auth]) -> Self {
        DataPath { default_auth: default, supported_auth: supported, ..self }
    }

    /// The same with encryption: whether it is supported, how, and whether it is on by default.
    #[must_use]
    pub const fn encrypted(self, supported: Stated, how: &'static [&'static str], default: Stated) -> Self {
        DataPath { encryption_supported: supported, encryption: how, encrypted_by_default: default, ..self }
    }

    /// Whether what goes to `port`, one of its own, is encrypted by default: a port with or without SSL of its own says so
    /// by itself, another is as the path is.
    #[must_use]
    pub fn encrypted_at(&self, port: &Port) -> Stated {
        let beside = |protocol| self.ports.iter().any(|other| other.protocol == Some(protocol));
        match (port.protocol, port.note) {
            (_, Some("no SSL")) => Stated::No,
            (Some("HTTP"), _) if beside("HTTPS") => Stated::No,
            (Some("LDAP"), _) if beside("LDAPS") => Stated::No,
            (_, Some("SSL")) | (Some("HTTPS" | "LDAPS"), _) => Stated::Yes,
            _ => self.encrypted_by_default,
        }
    }

    /// Its ports in short: `25/TCP`, `dynamic`, `any`; nothing where the source names none.
    #[must_use]
    pub(crate) fn port_numbers(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.ports.iter().map(Port::number).collect();
        let is_range = self.ports.iter().any(|port| port.first < port.last);
        if self.any_port {
            texts.push("any".to_owned());
        } else if self.dynamic_ports && !is_range {
            texts.push("dynamic".to_owned());
        }
        texts
    }
}

/// The same row: identifiers are unique in an edition, and two editions are never compared.
impl PartialEq for DataPath {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
