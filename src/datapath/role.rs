//! Who stands at an end of a data path, and by which names it is known.

use crate::param::Version;
use crate::server::{Server, ServerRole};

/// An end of data paths: a server role, a service, a kind of client.
#[derive(Debug)]
pub struct Role {
    /// Its own name, unique in its edition: `hub-transport`.
    pub name: &'static str,
    /// Other names that may be typed.
    pub names: &'static [&'static str],
    /// The roles of servers that it is, by their versions.
    pub servers: &'static [(&'static [Version], &'static [ServerRole])],
}

/// Begins a role that is no server of a store.
#[must_use]
pub const fn role(name: &'static str, names: &'static [&'static str]) -> Role {
    Role { name, names, servers: &[] }
}

impl Role {
    /// The same with the server roles that it is.
    #[must_use]
    pub const fn servers(self, servers: &'static [(&'static [Version], &'static [ServerRole])]) -> Self {
        Role { servers, ..self }
    }

    /// Whether a server stands at this end by one of its roles (D2).
    #[must_use]
    pub(crate) fn is_of(&self, server: &Server) -> bool {
        self.server_roles(server.version).any(|role| server.roles.contains(role))
    }

    /// Whether `typed` is one of its names, or of the server roles that it is in `version` (D2).
    #[must_use]
    pub(crate) fn is_called(&self, typed: &str, version: Version) -> bool {
        let typed = plain(typed);
        let server_role = |role: ServerRole| plain(role.into()) == typed;
        self.spellings().any(|name| plain(name) == typed) || self.server_roles(version).any(server_role)
    }

    /// Its own name and the others.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.names.iter().copied())
    }

    /// The server roles that it is on servers of `version`.
    fn server_roles(&self, version: Version) -> impl Iterator<Item = ServerRole> {
        let of_version = self.servers.iter().filter(move |(versions, _)| versions.contains(&version));
        of_version.flat_map(|(_, roles)| roles.iter().copied())
    }
}

impl PartialEq for Role {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A name as names are compared: without case, blanks, hyphens and a final "server" or "servers".
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let name: String = kept.flat_map(char::to_lowercase).collect();
    let short = name.strip_suffix("servers").or_else(|| name.strip_suffix("server"));
    short.filter(|short| !short.is_empty()).map(str::to_owned).unwrap_or(name)
}

/// Declares the roles of an edition, each under the name that its data paths call it by, and their table.
macro_rules! roles {
    ($($name:ident = $role:expr;)+) => {
        $(#[doc = concat!("The role ", stringify!($name), ".")] pub static $name: $crate::datapath::Role = $role;)+
        /// Every role, in the order of the source.
        pub static ROLES: &[&$crate::datapath::Role] = &[$(&$name),+];
    };
}
pub(super) use roles;
