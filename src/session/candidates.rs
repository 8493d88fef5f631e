//! Every connector of a server with the reason why it answers a session or does not (S2 to S4).
//!
//! A plain scan, which says what [`super::selection`]'s table keeps silent about.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use super::selection::Listener;
use crate::net::{Binding, RemoteRange};

/// A connector and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its place in the list.
    pub connector: usize,
    /// Why it answers or does not.
    pub fate: Fate,
}

/// What became of a connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It answers, at this binding and by this range.
    Answers {
        /// The binding that the session arrived at.
        binding: Binding,
        /// Its smallest range that holds the remote address.
        range: RemoteRange,
    },
    /// It does not listen at the local address and port.
    NotBound,
    /// It listens there, and none of its ranges holds the remote address.
    OutOfRange,
    /// It would be a candidate and is disabled.
    Disabled,
    /// Its range has more addresses than the winner's (S3).
    Wider {
        /// Its smallest range that holds the remote address.
        range: RemoteRange,
        /// The winner's.
        than: RemoteRange,
    },
    /// Its range is of the winner's size, and it is bound through the wildcard (S4).
    Wildcard {
        /// Its binding.
        binding: Binding,
        /// The winner's.
        than: Binding,
    },
    /// Equal to the winner in everything, which U3 does not allow; the first in the list answers.
    Later,
}

impl Fate {
    /// The rule that decides it.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Fate::Answers { .. } | Fate::Wider { .. } => "S3",
            Fate::NotBound | Fate::OutOfRange | Fate::Disabled => "S2",
            Fate::Wildcard { .. } => "S4",
            Fate::Later => "U3",
        }
    }
}

impl fmt::Display for Fate {
    /// What follows the connector's name in a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fate::Answers { binding, range } => write!(f, "answers at `{binding}` for `{range}`"),
            Fate::NotBound => f.write_str("does not listen at this address and port"),
            Fate::OutOfRange => f.write_str("has no range that holds the remote address"),
            Fate::Disabled => f.write_str("is disabled"),
            Fate::Wider { range, than } => {
                write!(f, "has the wider range `{range}`, and `{than}` is smaller")
            }
            Fate::Wildcard { binding, than } => {
                write!(f, "is bound to every address by `{binding}`, and `{than}` is exact")
            }
            Fate::Later => f.write_str("claims the same as the one that answers, which stands before it"),
        }
    }
}

/// A connector's best claim on a session.
#[derive(Clone, Copy)]
struct Claim<'a> {
    binding: &'a Binding,
    range: &'a RemoteRange,
    enabled: bool,
}

impl Claim<'_> {
    /// S3, then S4: the least wins.
    fn rank(&self) -> (u128, bool) {
        (self.range.size(), self.binding.is_wildcard())
    }
}

/// What became of each connector, in the list's order, for a session from `remote` at `local`.
#[must_use]
pub fn candidates(listeners: &[Listener<'_>], local: SocketAddr, remote: IpAddr) -> Vec<Candidate> {
    let claims: Vec<_> = listeners.iter().map(|listener| claim(listener, local, remote)).collect();
    let standing = claims.iter().enumerate().filter_map(|(at, claim)| Some((at, *claim.as_ref().ok()?)));
    let winner = standing.filter(|(_, claim)| claim.enabled).min_by_key(|(at, claim)| (claim.rank(), *at));
    let fate = |(connector, claim): (usize, Result<Claim<'_>, Fate>)| Candidate {
        connector,
        fate: match (claim, &winner) {
            (Err(fate), _) => fate,
            (Ok(claim), Some((at, _))) if *at == connector => answers(&claim),
            (Ok(claim), Some((_, winner))) if claim.enabled => lost(&claim, winner),
            (Ok(_), _) => Fate::Disabled,
        },
    };
    claims.into_iter().enumerate().map(fate).collect()
}

fn claim<'a>(listener: &Listener<'a>, local: SocketAddr, remote: IpAddr) -> Result<Claim<'a>, Fate> {
    // The exact binding is the better claim of one connector too.
    let here = listener.bindings.iter().filter(|binding| is_at(binding, local));
    let binding = here.min_by_key(|binding| binding.is_wildcard()).ok_or(Fate::NotBound)?;
    let holding = listener.ranges.iter().filter(|range| range.contains(remote));
    let range = holding.min_by_key(|range| range.size()).ok_or(Fate::OutOfRange)?;
    Ok(Claim { binding, range, enabled: listener.enabled })
}

/// S2: the binding is that address and port, or the wildcard of that family and port.
pub(super) fn is_at(binding: &Binding, local: SocketAddr) -> bool {
    let (own, local) = (binding.endpoint(), SocketAddr::new(local.ip().to_canonical(), local.port()));
    let every = binding.is_wildcard() && own.is_ipv4() == local.is_ipv4() && own.port() == local.port();
    own == local || every
}

fn answers(claim: &Claim<'_>) -> Fate {
    Fate::Answers { binding: claim.binding.clone(), range: claim.range.clone() }
}

fn lost(claim: &Claim<'_>, winner: &Claim<'_>) -> Fate {
    let (mine, best) = (claim.rank(), winner.rank());
    if mine.0 > best.0 {
        Fate::Wider { range: claim.range.clone(), than: winner.range.clone() }
    } else if mine.1 && !best.1 {
        Fate::Wildcard { binding: claim.binding.clone(), than: winner.binding.clone() }
    } else {
        Fate::Later
    }
}
