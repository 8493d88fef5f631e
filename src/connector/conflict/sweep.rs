//! All connectors of a server at once, for a file that was edited by hand and for Test-Store (U1 to U5).
//!
//! Sorted by endpoint, each group of connectors that meet shares one set of ranges, so that nothing is compared
//! pair by pair. It finds who conflicts with whom; the words come from comparing those two alone.

use std::net::IpAddr;

use crate::net::{Interval, IntervalIndex, Point};

use super::{Candidate, Claim, Conflict, Rule};

/// Conflicts among all connectors of a server: every connector that conflicts with another is named in at least
/// one, by the first rule of [`Rule`] that it breaks, and no pair is named twice. At most one a connector, so
/// that a thousand equal ones give a thousand lines and not half a million.
pub fn check_all<R: Copy + Eq>(claims: &[Claim<'_, R>]) -> Vec<Conflict> {
    let partners = partners(claims);
    let named = |at: usize, other: usize| other < at && partners[other].is_some_and(|(_, back)| back == at);
    let pairs = partners.iter().enumerate().filter_map(|(at, partner)| Some((at, (*partner)?.1)));
    let fresh = pairs.filter(|&(at, other)| !named(at, other));
    fresh.filter_map(|(at, other)| Candidate::new(&claims[at]).against(&claims[other])).collect()
}

/// A binding's port and address, and whose it is. Sorted, each family of a port begins with its wildcard.
type LocalEndpoint = (u16, IpAddr, usize);

/// For each claim one that it conflicts with, by the first rule that it breaks with any.
fn partners<R: Copy + Eq>(claims: &[Claim<'_, R>]) -> Vec<Option<(Rule, usize)>> {
    let bindings = claims
        .iter()
        .enumerate()
        .flat_map(|(at, claim)| claim.bindings.iter().map(move |b| (b.endpoint(), at)));
    let mut endpoints: Vec<LocalEndpoint> =
        bindings.map(|(endpoint, at)| (endpoint.port(), endpoint.ip(), at)).collect();
    endpoints.sort_unstable();
    endpoints.dedup();
    let mut partners = vec![None; claims.len()];
    for block in endpoints.chunk_by(|one, two| one.0 == two.0 && one.1.is_ipv4() == two.1.is_ipv4()) {
        judge_block(claims, block, &mut partners);
    }
    partners
}

/// The claims of one port and family: each against those of its own address, and against those that it meets
/// through the wildcard.
fn judge_block<R: Copy + Eq>(
    claims: &[Claim<'_, R>],
    block: &[LocalEndpoint],
    partners: &mut [Option<(Rule, usize)>],
) {
    let wild = block.partition_point(|endpoint| endpoint.1.is_unspecified());
    // Where all are wildcards, or none is, nobody meets through one.
    let mixed = wild > 0 && wild < block.len();
    let wildcards = mixed.then(|| Party::new(claims, &block[..wild]));
    let everybody = mixed.then(|| Party::new(claims, block));
    for group in block.chunk_by(|one, two| one.1 == two.1) {
        let own = Party::new(claims, group);
        for &(_, address, claim) in group {
            let through = if address.is_unspecified() { &everybody } else { &wildcards };
            let through = through.as_ref().and_then(|party| party.against(claim, false));
            let found = [own.against(claim, true), through, partners[claim]];
            partners[claim] = found.into_iter().flatten().min();
        }
    }
}

/// Claims that are met together: the union of their ranges, and two of them whose roles differ.
struct Party<'a, R> {
    claims: &'a [Claim<'a, R>],
    spans: IntervalIndex<Point>,
    leader: Option<usize>,
    stranger: Option<usize>,
}

impl<'a, R: Copy + Eq> Party<'a, R> {
    fn new(claims: &'a [Claim<'a, R>], endpoints: &[LocalEndpoint]) -> Self {
        let mut members: Vec<usize> = endpoints.iter().map(|endpoint| endpoint.2).collect();
        members.sort_unstable();
        members.dedup();
        let leader = members.first().copied();
        let stranger =
            members.iter().copied().find(|at| leader.is_some_and(|l| claims[l].role != claims[*at].role));
        let spans =
            members.iter().flat_map(|&at| claims[at].ranges.iter().map(move |range| (range.points(), at)));
        Self { claims, spans: IntervalIndex::new(spans), leader, stranger }
    }

    /// The rule that the claim breaks with one of the party, and with whom. `same`: at the same address.
    fn against(&self, claim: usize, same: bool) -> Option<(Rule, usize)> {
        let asking = &self.claims[claim];
        let mut others = [self.leader, self.stranger].into_iter().flatten();
        if let Some(other) = others.find(|other| self.claims[*other].role != asking.role) {
            return Some((Rule::Roles, other));
        }
        let rule = if same { Rule::SameEndpoint } else { Rule::ThroughWildcard };
        asking.ranges.iter().find_map(|range| Some((rule, self.clash(&range.points(), claim, same)?)))
    }

    fn clash(&self, span: &Interval<Point>, claim: usize, equal_refused: bool) -> Option<usize> {
        let equal = if equal_refused { self.spans.equal(span, claim) } else { None };
        equal.or_else(|| self.spans.overlap(span, claim)).map(|hit| hit.owner)
    }
}
