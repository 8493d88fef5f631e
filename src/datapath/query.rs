//! What is asked of the tables (D2), and which parts of a question a data path does not fit.

use super::path::Port;
use super::{Auth, Condition, DataPath, Edition, Note, Role, Stated};
use crate::param::Version;

/// A question. What it leaves open fits everything.
#[derive(Clone, Debug)]
pub struct Query {
    /// The version that is asked about.
    pub version: Version,
    /// Who connects: any of these.
    pub source: Option<Vec<&'static Role>>,
    /// To whom: any of these.
    pub destination: Option<Vec<&'static Role>>,
    /// The port.
    pub port: Option<u16>,
    /// What is spoken, or what carries it: `SMTP`, `UDP`.
    pub protocol: Option<String>,
    /// The authentication, by default or supported.
    pub auth: Option<Auth>,
    /// Whether it is encrypted by default.
    pub encrypted: Option<bool>,
    /// What is said of the way.
    pub conditions: Vec<Condition>,
}

/// A part of a question that a data path does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[expect(missing_docs, reason = "named as the parameters are")]
pub enum Part {
    Source,
    Destination,
    Port,
    Protocol,
    Authentication,
    Encrypted,
}

/// How a port and protocol are found among those of a data path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ports {
    /// Only where the source lists them.
    Listed,
    /// Also as one of its dynamic ports.
    Dynamic,
}

/// The lowest port that Windows hands out by itself.
const LOWEST_DYNAMIC: u16 = 1025;

impl Query {
    /// A question about a version that leaves everything open.
    #[must_use]
    pub fn new(version: Version) -> Self {
        Query {
            version,
            source: None,
            destination: None,
            port: None,
            protocol: None,
            auth: None,
            encrypted: None,
            conditions: Vec::new(),
        }
    }

    /// The data paths that fit everything the question says, in the order of the source.
    #[must_use]
    pub fn fitting(&self, ports: Ports) -> Vec<&'static DataPath> {
        let paths = Edition::of(self.version).paths(self.version);
        paths.filter(|path| self.failed(path, ports).is_empty()).collect()
    }

    /// The parts of the question that `path` does not fit, in the order of the question.
    #[must_use]
    pub fn failed(&self, path: &DataPath, ports: Ports) -> Vec<Part> {
        let at = |end: &Option<Vec<&Role>>, role| end.as_ref().is_none_or(|end| end.contains(&role));
        let mut failed = Vec::new();
        let mut check = |fits: bool, part| {
            if !fits {
                failed.push(part)
            }
        };
        check(at(&self.source, path.source), Part::Source);
        check(at(&self.destination, path.destination), Part::Destination);
        let (port, protocol) = self.port_failed(path, ports);
        check(!port, Part::Port);
        check(!protocol, Part::Protocol);
        check(self.auth.is_none_or(|auth| takes(path, auth)), Part::Authentication);
        check(self.encrypted.is_none_or(|is| self.encryption_fits(path, is)), Part::Encrypted);
        failed
    }

    /// Whether the port, and whether the protocol, is none of the path's. Both are asked of one port: where each
    /// is there by itself and not together, the protocol is the wrong one.
    fn port_failed(&self, path: &DataPath, ports: Ports) -> (bool, bool) {
        let dynamic = ports == Ports::Dynamic && self.is_dynamic(path);
        if path.any_port || dynamic || path.ports.iter().any(|port| self.at(port) && self.speaks(port)) {
            return (false, false);
        }
        let port = self.port.is_some() && !path.ports.iter().any(|port| self.at(port));
        let protocol = self.protocol.is_some() && (!port || !path.ports.iter().any(|port| self.speaks(port)));
        (port, protocol)
    }

    /// Whether the port can be one that the path gets dynamically: RPC's, or one of which no more is stated.
    fn is_dynamic(&self, path: &DataPath) -> bool {
        let spoken = match self.protocol.as_deref() {
            None => true,
            Some(named) => {
                let rpc = path.ports.iter().any(|port| port.protocol == Some("RPC"));
                rpc && (named.eq_ignore_ascii_case("RPC") || named.eq_ignore_ascii_case("TCP"))
            }
        };
        path.dynamic_ports && spoken && self.port.is_none_or(|port| port >= LOWEST_DYNAMIC)
    }

    /// Encryption is asked of the ports that fit, where the question names a port or a protocol that the path lists;
    /// else of the path.
    fn encryption_fits(&self, path: &DataPath, is: bool) -> bool {
        let named = self.port.is_some() || self.protocol.is_some();
        let mut ports =
            path.ports.iter().filter(|port| named && self.at(port) && self.speaks(port)).peekable();
        match ports.peek() {
            None => path.encrypted_by_default.known() == Some(is),
            Some(_) => ports.any(|port| path.encrypted_at(port).known() == Some(is)),
        }
    }

    fn at(&self, port: &Port) -> bool {
        self.port.is_none_or(|number| (port.first..=port.last).contains(&number))
    }

    /// Whether the protocol is what is spoken on `port`, one of several spoken there, or what carries it.
    fn speaks(&self, port: &Port) -> bool {
        let Some(named) = self.protocol.as_deref() else { return true };
        let transport: &str = port.transport.into();
        let spoken = port.protocol.into_iter().flat_map(|spoken| spoken.split('/').chain([spoken]));
        spoken.chain([transport]).any(|one| one.eq_ignore_ascii_case(named))
    }

    /// Whether a note matters to the question.
    #[must_use]
    pub(crate) fn concerns(&self, note: &Note) -> bool {
        note.when.is_none_or(|when| self.conditions.contains(&when))
    }
}

/// Negotiate is Kerberos, then NTLM.
fn takes(path: &DataPath, auth: Auth) -> bool {
    let negotiated = matches!(auth, Auth::Kerberos | Auth::Ntlm);
    let is = |one: &Auth| *one == auth || negotiated && *one == Auth::Negotiate;
    path.default_auth.iter().chain(path.supported_auth).any(is)
}

/// What a data path has in place of the part that failed: `25/TCP`, `DirectTrust`, `not stated`.
#[must_use]
pub fn instead(path: &DataPath, part: Part) -> String {
    let listed = |texts: Vec<String>| match texts.as_slice() {
        [] => super::path::NOT_STATED.to_owned(),
        texts => texts.join(", "),
    };
    let names = |texts: &[Auth]| listed(texts.iter().map(|auth| auth.name().to_owned()).collect());
    match part {
        Part::Source => path.source.name.to_owned(),
        Part::Destination => path.destination.name.to_owned(),
        Part::Port => listed(path.port_numbers()),
        Part::Protocol => listed(path.ports.iter().map(Port::describe).collect()),
        Part::Authentication if path.supported_auth.is_empty() => names(path.default_auth),
        Part::Authentication => names(path.supported_auth),
        Part::Encrypted => encrypted(path),
    }
}

/// Whether a data path is encrypted by default, and how it can be: `False (IPsec supported)`,
/// `True (LDAPS; not at 50389/TCP)`.
#[must_use]
pub fn encrypted(path: &DataPath) -> String {
    let clear = path.ports.iter().filter(|port| path.encrypted_at(port) == Stated::No).map(Port::number);
    let clear: Vec<String> = clear.collect();
    let at = format!("; not at {}", clear.join(", "));
    let but = if clear.is_empty() { "" } else { &at };
    let how = path.encryption.join(", ");
    match (path.encrypted_by_default, path.encrypted_by_default_qualifier) {
        (Stated::Yes, Some(qualifier)) => format!("True ({how}, {qualifier}{but})"),
        (Stated::Yes, None) if how.is_empty() => "True".to_owned(),
        (Stated::Yes, None) => format!("True ({how}{but})"),
        (Stated::No, _) if how.is_empty() => "False".to_owned(),
        (Stated::No, _) => format!("False ({how} supported)"),
        (Stated::NotStated, _) if how.is_empty() => super::path::NOT_STATED.to_owned(),
        (Stated::NotStated, _) => format!("{} ({how} supported)", super::path::NOT_STATED),
    }
}
