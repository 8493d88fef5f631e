//! A binding: the local address and port at which a connector listens (V1), and when two of them meet (U2).
//!
//! It does not know which addresses a server owns, nor which connector it belongs to.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use super::binding_text::{BindingError, BindingFault};

/// How two bindings meet (U2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meeting {
    /// The same address and port.
    Same,
    /// The same family and port, and exactly one of the two is the wildcard.
    Wildcard,
}

/// A local address and port, as `10.10.1.1:25` or `[fe80::1%11]:587` (V1).
///
/// Equality, order and hash see everything that is printed, the scope included; [`Binding::meets`] does not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Binding {
    address: IpAddr,
    port: u16,
    scope: Option<Box<str>>,
}

impl Binding {
    /// A binding without scope. Refused: port 0, a multicast address, the broadcast address (V1).
    pub fn new(address: IpAddr, port: u16) -> Result<Self, BindingError> {
        Self::checked(address, None, port)
            .map_err(|fault| BindingError::of(&SocketAddr::new(address, port).to_string(), fault))
    }

    /// The same with a scope, which the reader has found fit for an IPv6 address.
    pub(super) fn checked(address: IpAddr, scope: Option<&str>, port: u16) -> Result<Self, BindingFault> {
        match address.to_canonical() {
            _ if port == 0 => Err(BindingFault::Port),
            local if local.is_multicast() => Err(BindingFault::Multicast),
            IpAddr::V4(local) if local.is_broadcast() => Err(BindingFault::Broadcast),
            _ => Ok(Self { address, port, scope: scope.map(Into::into) }),
        }
    }

    /// The address as entered, without scope.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// The port, 1 to 65535.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The scope as entered: `11` or `eth0`.
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// Address and port as sessions arrive there: without scope, an IPv4-mapped address as IPv4 (S6).
    pub fn endpoint(&self) -> SocketAddr {
        SocketAddr::new(self.address.to_canonical(), self.port)
    }

    /// Whether this is every address of its family: `0.0.0.0` or `[::]`.
    pub fn is_wildcard(&self) -> bool {
        self.endpoint().ip().is_unspecified()
    }

    /// Whether and how the two meet (U2). Scopes do not count: a link-local address belongs to one adapter.
    pub fn meets(&self, other: &Self) -> Option<Meeting> {
        let (one, two) = (self.endpoint(), other.endpoint());
        if one == two {
            return Some(Meeting::Same);
        }
        let near = one.port() == two.port() && one.is_ipv4() == two.is_ipv4();
        (near && (self.is_wildcard() || other.is_wildcard())).then_some(Meeting::Wildcard)
    }
}

impl fmt::Display for Binding {
    /// As entered, the address canonical (V1).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, port, scope } = self;
        match (address, scope) {
            (IpAddr::V4(_), _) => write!(f, "{address}:{port}"),
            (IpAddr::V6(_), None) => write!(f, "[{address}]:{port}"),
            (IpAddr::V6(_), Some(scope)) => write!(f, "[{address}%{scope}]:{port}"),
        }
    }
}
