//! Whether the connectors of one server may stand beside each other (U1 to U6).
//!
//! It sees a connector as a claim: a name, bindings, ranges and a role that can only be compared. What else a
//! connector holds, and whether it is enabled, it refuses to know: disabled connectors count (U1).

mod report;
mod sweep;

use crate::net::{
    Binding, BindingIndex, BindingOverlap, IntervalIndex, Meeting, Point, Relation, RemoteRange,
};

pub use sweep::check_all;

/// What one connector claims of its server.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a, R> {
    /// `SERVER\Name`, as messages print it.
    pub name: &'a str,
    /// Where it listens.
    pub bindings: &'a [Binding],
    /// Whom it answers, at every one of its bindings.
    pub ranges: &'a [RemoteRange],
    /// Its TransportRole, which is compared and nothing else.
    pub role: R,
}

/// The rule that a conflict breaks. In this order they are looked for; the first of two connectors is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// U5: two transport roles share an address and port, wildcard included.
    Roles,
    /// U3: at the same address and port, two ranges are equal or partly overlap.
    SameEndpoint,
    /// U4: at bindings that meet through a wildcard, two ranges partly overlap.
    ThroughWildcard,
}

impl Rule {
    /// Its rule: U3, U4 or U5.
    pub fn number(self) -> crate::param::Rule {
        match self {
            Self::Roles => crate::param::Rule::U5,
            Self::SameEndpoint => crate::param::Rule::U3,
            Self::ThroughWildcard => crate::param::Rule::U4,
        }
    }
}

/// Two ranges that may not stand beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeClash {
    /// The range of the connector in question.
    pub mine: RemoteRange,
    /// The other connector's.
    pub theirs: RemoteRange,
    /// How `mine` lies to `theirs`: `Equal` or `Overlap`.
    pub relation: Relation,
}

/// Two connectors of one server that may not stand beside each other. `Display` gives the message of U5 or U6.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The rule that is broken.
    pub rule: Rule,
    /// The name of the connector in question.
    pub subject: String,
    /// The name of the connector that it conflicts with.
    pub other: String,
    /// The binding of the connector in question.
    pub mine: Binding,
    /// The other's binding, which it meets (U2).
    pub theirs: Binding,
    /// The ranges, except under U5, where ranges do not matter.
    pub ranges: Option<RangeClash>,
}

/// The conflicts of a new or changed connector with the others of its server, one for each connector that it
/// conflicts with, in their order. The candidate's own former self must not be among the others.
pub fn conflicts<R: Copy + Eq>(candidate: &Claim<'_, R>, others: &[Claim<'_, R>]) -> Vec<Conflict> {
    let candidate = Candidate::new(candidate);
    others.iter().filter_map(|other| candidate.against(other)).collect()
}

/// The first of the others that the candidate meets through a wildcard with an equal range, which U4 allows and one
/// source says the product refuses.
pub(crate) fn equal_through_wildcard<R: Copy + Eq>(
    candidate: &Claim<'_, R>,
    others: &[Claim<'_, R>],
) -> Option<Conflict> {
    let candidate = Candidate::new(candidate);
    others.iter().find_map(|other| candidate.equal_through_wildcard(other))
}

/// Owners in the candidate's set of ranges: its own, and whoever asks.
const OWN: usize = 0;
const ASKING: usize = 1;

/// A claim made ready to be compared with many.
struct Candidate<'a, R> {
    claim: &'a Claim<'a, R>,
    bindings: BindingIndex,
    spans: IntervalIndex<Point>,
}

impl<'a, R: Copy + Eq> Candidate<'a, R> {
    fn new(claim: &'a Claim<'a, R>) -> Self {
        let spans = IntervalIndex::new(claim.ranges.iter().map(|range| (range.points(), OWN)));
        Self { claim, bindings: BindingIndex::new(claim.bindings), spans }
    }

    /// What is wrong between the candidate and one other connector, by the first rule that it breaks.
    fn against(&self, other: &Claim<'_, R>) -> Option<Conflict> {
        let met = self.bindings.overlap(other.bindings)?;
        let (rule, ranges) = if self.claim.role != other.role {
            (Rule::Roles, None)
        } else if met.meeting == Meeting::Same {
            (Rule::SameEndpoint, Some(self.clash(other, true)?))
        } else {
            (Rule::ThroughWildcard, Some(self.clash(other, false)?))
        };
        self.conflict(other, &met, rule, ranges)
    }

    fn equal_through_wildcard(&self, other: &Claim<'_, R>) -> Option<Conflict> {
        let met = self.bindings.overlap(other.bindings)?;
        if self.claim.role != other.role || met.meeting == Meeting::Same {
            return None;
        }
        let clash = self.clash(other, true)?;
        self.conflict(other, &met, Rule::ThroughWildcard, Some(clash))
    }

    fn conflict(
        &self,
        other: &Claim<'_, R>,
        met: &BindingOverlap,
        rule: Rule,
        ranges: Option<RangeClash>,
    ) -> Option<Conflict> {
        Some(Conflict {
            rule,
            subject: self.claim.name.to_owned(),
            other: other.name.to_owned(),
            mine: self.claim.bindings.get(met.mine)?.clone(),
            theirs: other.bindings.get(met.theirs)?.clone(),
            ranges,
        })
    }

    /// The first of the other's ranges that partly overlaps one of the candidate's, or equals it where that is
    /// refused too.
    fn clash(&self, other: &Claim<'_, R>, equal_refused: bool) -> Option<RangeClash> {
        other.ranges.iter().find_map(|theirs| {
            let points = theirs.points();
            let equal = if equal_refused { self.spans.equal(&points, ASKING) } else { None };
            let hit = equal.or_else(|| self.spans.overlap(&points, ASKING))?;
            let mine = self.claim.ranges.get(hit.place)?;
            Some(RangeClash { mine: mine.clone(), theirs: theirs.clone(), relation: mine.relation(theirs) })
        })
    }
}
