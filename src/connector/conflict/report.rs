//! A conflict in words: the product's sentence first and verbatim, then what meets, then what would fix it (U5, U6).

use std::fmt;

use crate::net::{Relation, RemoteRange};

use super::{Conflict, RangeClash};

const CONFLICT: &str =
    "The values that you specified for the Bindings and RemoteIPRanges parameters conflict with the";
const ROLES: &str = "Receive connectors assigned to different Transport roles on a single server must listen on \
                     unique local IP address & port bindings.";

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { other, mine, theirs, .. } = self;
        let Some(clash) = &self.ranges else {
            return write!(
                f,
                "{CONFLICT} settings on Receive connector \"{other}\". {ROLES} Binding `{mine}` meets binding `{theirs}` of Receive connector \"{other}\"."
            );
        };
        write!(f, "{CONFLICT} settings on Receive connector \"{other}\". Binding `{mine}` ")?;
        match mine == theirs {
            true => write!(f, "is bound by both, ")?,
            false => write!(f, "meets its binding `{theirs}`, ")?,
        }
        write!(f, "and range `{}` {} its range `{}`", clash.mine, clash.relation, clash.theirs)?;
        match clash.shared() {
            Some(shared) if clash.relation == Relation::Overlap => {
                write!(f, ": `{shared}` would be in both.")
            }
            _ => write!(f, "."),
        }
    }
}

impl std::error::Error for Conflict {}

impl Conflict {
    /// What would fix it: another range where one can be named, else another address or port.
    pub fn hint(&self) -> Option<String> {
        let port = self.mine.port();
        let elsewhere = match self.mine.is_wildcard() || self.theirs.is_wildcard() {
            true => {
                format!("bind one of the two to a port other than {port}, or both to addresses of their own")
            }
            false => format!("bind one of the two to another address, or to a port other than {port}"),
        };
        Some(match &self.ranges {
            // What helped wherever this was asked: the role of the connector that has the port already.
            None => format!(
                "use the TransportRole of \"{}\", which at ports 25 and 587 is -TransportRole FrontendTransport; or {elsewhere}",
                self.other
            ),
            Some(clash) => match clash.remainder() {
                Some(rest) => format!("give `{rest}` in place of `{}`, or {elsewhere}", clash.mine),
                None => format!("take `{}` from one of the two, or {elsewhere}", clash.mine),
            },
        })
    }

    /// What can be answered where the bindings alone are asked for: beside a wildcard no other address helps.
    pub fn answer(&self) -> String {
        let Self { mine, theirs, other, .. } = self;
        let port = mine.port();
        match (theirs.is_wildcard(), mine.is_wildcard()) {
            (true, _) => format!("give a port other than {port}: \"{other}\" listens at `{theirs}`"),
            (_, true) => {
                format!("give addresses other than {}, or a port other than {port}", theirs.address())
            }
            _ => format!("give another address, or a port other than {port}"),
        }
    }
}

impl RangeClash {
    /// The addresses that both ranges hold.
    fn shared(&self) -> Option<RemoteRange> {
        let shared = self.mine.span().common(self.theirs.span())?;
        RemoteRange::new(shared.first(), shared.last())
    }

    /// What is left of `mine` without `theirs` when they partly overlap; always one range.
    fn remainder(&self) -> Option<RemoteRange> {
        if self.relation != Relation::Overlap {
            return None;
        }
        match self.mine.first() < self.theirs.first() {
            true => self.mine.below(self.theirs.first()),
            false => self.mine.above(self.theirs.last()),
        }
    }
}
