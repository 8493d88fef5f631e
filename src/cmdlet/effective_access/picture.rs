//! The address space of each local endpoint as a bar: who answers where, what stands inside of what, and what clients
//! can do there.

use std::collections::BTreeSet;

use super::scope::Scope;
use super::shown;
use crate::access::{Ability, ClientIdentity, Endpoint, Grant};
use crate::cmdlet::receive_connector::shared::identity;
use crate::connector::Host;
use crate::connector::relay::public;
use crate::net::{Point, RemoteRange};
use crate::picture::{Bar, Block, Picture, Segment};

/// The letters of what clients without authentication can do.
const MARKS: [(char, Ability); 7] = [
    ('S', Ability::Submit),
    ('R', Ability::Relay),
    ('F', Ability::Spoof),
    ('A', Ability::BypassAntiSpam),
    ('L', Ability::BypassMessageSizeLimit),
    ('H', Ability::ForgeHeaders),
    ('C', Ability::SubmitInClear),
];

/// Where addresses of private networks begin and end, which parts a bar (RFC 1918, RFC 4193).
const PRIVATE: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/// A picture that grows by a server at a time.
pub struct Drawing<'s> {
    scope: &'s Scope,
    picture: Picture,
}

impl<'s> Drawing<'s> {
    /// An empty one of what a line is about.
    #[must_use]
    pub fn new(scope: &'s Scope) -> Self {
        let marks = MARKS.iter().map(|(mark, ability)| (*mark, ability.into())).collect();
        let title = "What clients without authentication can do, by address".to_owned();
        let headings = vec!["Connector", "Client", "Abilities", "From", "Local endpoints"];
        Drawing { scope, picture: Picture { title, marks, headings, ..Picture::default() } }
    }

    /// The picture.
    #[must_use]
    pub fn finish(self) -> Picture {
        self.picture
    }

    /// A row of the table beside it.
    pub fn row(&mut self, cells: [String; 5]) {
        self.picture.rows.push(cells.into());
    }

    /// The bars of one server.
    pub fn server(&mut self, host: &Host, endpoints: &[Endpoint], grants: &[Grant]) {
        let owners: Vec<Option<usize>> =
            host.connectors.iter().map(|one| one.enabled.then(|| self.owner(host, &one.name))).collect();
        for endpoint in endpoints {
            let bar = EndpointBar { scope: self.scope, host, endpoint: *endpoint, grants, owners: &owners };
            self.picture.bars.push(bar.draw());
        }
    }

    /// The number of a connector in the legend.
    fn owner(&mut self, host: &Host, name: &str) -> usize {
        self.picture.legend.push(identity(&host.server.name, name));
        self.picture.legend.len() - 1
    }
}

struct EndpointBar<'b> {
    scope: &'b Scope,
    host: &'b Host,
    endpoint: Endpoint,
    grants: &'b [Grant],
    owners: &'b [Option<usize>],
}

impl EndpointBar<'_> {
    fn draw(&self) -> Bar {
        let parts = self.parts();
        let segments = parts.iter().map(|part| self.segment(part)).collect();
        let title = format!("{} at {}", self.host.server.name, self.endpoint.name);
        Bar { title, segments, blocks: self.blocks(&parts) }
    }

    /// Everybody who listens there, with the ranges of the endpoint's family.
    fn ranges(&self) -> Vec<(usize, &RemoteRange)> {
        let bound = |at: &usize| {
            let here = |one: &crate::net::Binding| {
                let endpoint = one.endpoint();
                endpoint == self.endpoint.name
                    || endpoint.port() == self.endpoint.name.port()
                        && endpoint.ip().is_unspecified()
                        && endpoint.is_ipv4() == self.endpoint.name.is_ipv4()
            };
            let connector = self.host.connectors.get(*at);
            connector.is_some_and(|one| one.enabled && one.bindings.iter().any(here))
        };
        let all = (0..self.host.connectors.len()).filter(bound);
        let of = |at: usize| self.host.connectors[at].remote_ip_ranges.iter().map(move |range| (at, range));
        all.flat_map(of)
            .filter(|(_, range)| range.first().is_ipv4() == self.endpoint.local.is_ipv4())
            .collect()
    }

    /// The addresses from the first to the last that anybody answers, parted where a range or a private network begins.
    fn parts(&self) -> Vec<RemoteRange> {
        let ranges = self.ranges();
        let private: Vec<RemoteRange> = PRIVATE.iter().filter_map(|text| text.parse().ok()).collect();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        let own = ranges.iter().map(|(_, range)| *range);
        let bounds: BTreeSet<Point> = own
            .clone()
            .chain(private.iter().filter(|one| own.clone().any(|range| range.common(one).is_some())))
            .flat_map(|range| [Some(range.points().first()), behind(range.points().last())])
            .flatten()
            .collect();
        for range in own {
            first.push(range.points().first());
            last.push(range.points().last());
        }
        let (Some(lowest), Some(highest)) = (first.into_iter().min(), last.into_iter().max()) else {
            return Vec::new();
        };
        let bounds: Vec<Point> =
            bounds.into_iter().filter(|point| *point >= lowest && *point <= highest).collect();
        let ends = bounds.iter().skip(1).map(|(family, next)| (*family, next - 1)).chain([highest]);
        bounds.iter().zip(ends).filter_map(|(from, to)| RemoteRange::of(*from, to)).collect()
    }

    fn segment(&self, part: &RemoteRange) -> Segment {
        let address = part.first();
        let here = |grant: &&Grant| {
            grant.endpoints.contains(&self.endpoint)
                && grant.ranges.iter().any(|range| range.contains(address))
                && self.scope.has_ability(grant.ability)
        };
        let found: Vec<&Grant> = self.grants.iter().filter(here).collect();
        let ranges = self.ranges();
        let answering = ranges.iter().filter(|(_, range)| range.contains(address));
        let own = answering.min_by_key(|(at, range)| (range.size(), *at)).map(|(at, _)| *at);
        let at = found.first().map(|grant| grant.connector).or(own);
        let stranger = |ability: Ability| {
            found
                .iter()
                .any(|grant| grant.ability == ability && grant.identity == ClientIdentity::Unauthenticated)
        };
        let marks = MARKS.iter().filter(|(_, ability)| stranger(*ability)).map(|(mark, _)| *mark).collect();
        Segment {
            label: address.to_string(),
            weight: weight(part),
            owner: at.and_then(|at| self.owners.get(at).copied().flatten()),
            marks,
            shaded: !public(std::slice::from_ref(part)).is_empty(),
            text: self.describe(part, at, &found),
        }
    }

    /// The part in words: who answers, and what each client can do.
    fn describe(&self, part: &RemoteRange, at: Option<usize>, found: &[&Grant]) -> String {
        let Some(connector) = at.and_then(|at| self.host.connectors.get(at)) else {
            return format!("{part}: no connector answers");
        };
        let mut text = format!("{part}: {}", identity(&self.host.server.name, &connector.name));
        let clients: BTreeSet<&ClientIdentity> = found.iter().map(|grant| &grant.identity).collect();
        for client in clients.into_iter().filter(|one| self.scope.has_client(one, connector)) {
            let own = found.iter().filter(|grant| grant.identity == *client);
            text.push_str(&format!(
                "; {}: {}",
                client.name(connector),
                shown::abilities(own.map(|grant| grant.ability))
            ));
        }
        text
    }

    /// Each configured range above the parts that it spans, the outermost lowest.
    fn blocks(&self, parts: &[RemoteRange]) -> Vec<Block> {
        let ranges = self.ranges();
        let within = |range: &RemoteRange| {
            let wider = ranges.iter().filter(|(_, other)| other.size() > range.size());
            let sizes: BTreeSet<u128> = wider
                .filter(|(_, other)| other.common(range).is_some())
                .map(|(_, other)| other.size())
                .collect();
            sizes.len()
        };
        let block = |(at, range): &(usize, &RemoteRange)| {
            let spans = |part: &RemoteRange| range.contains(part.first());
            Some(Block {
                first: parts.iter().position(spans)?,
                last: parts.iter().rposition(spans)?,
                level: within(range),
                owner: self.owners.get(*at).copied().flatten()?,
                text: format!(
                    "{range}: {}",
                    identity(&self.host.server.name, &self.host.connectors[*at].name)
                ),
            })
        };
        ranges.iter().filter_map(block).collect()
    }
}

fn behind((family, last): Point) -> Option<Point> {
    Some((family, last.checked_add(1)?))
}

/// A width that grows with the length of the prefix, alike for both families.
fn weight(part: &RemoteRange) -> f64 {
    let bits = f64::from(128 - part.size().leading_zeros());
    if part.first().is_ipv4() { bits / 2.0 } else { bits / 8.0 }
}
