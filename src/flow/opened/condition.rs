//! The condition of one rule of nftables, and its verdict.

use serde_json::Value as Json;

use super::{BOTH, areas, everywhere};
use crate::datapath::path::Transport;
use crate::flow::area::{Area, EVERY_PORT};
use crate::flow::firewall::PortRange;
use crate::net::RemoteRange;

/// When a rule applies to a new connection.
pub enum Met {
    /// To none: it is about established ones, or about a protocol without ports.
    Never,
    /// To these.
    In(Vec<Area>),
    /// That depends on something which is not compared.
    Unknown(String),
}

/// A rule's condition and verdict.
pub struct Condition<'j> {
    /// When it applies.
    pub met: Met,
    /// `accept`, `drop`, `jump` and the like, with the chain that is jumped to.
    pub verdict: (&'j str, Option<&'j str>),
    /// Whether it applies at some interfaces alone.
    pub of_interface: bool,
}

/// Statements that decide nothing.
const SILENT: [&str; 6] = ["counter", "log", "comment", "limit", "notrack", "mangle"];
const VERDICTS: [&str; 7] = ["accept", "drop", "reject", "return", "continue", "jump", "goto"];

/// What the matches of a rule leave.
struct Left {
    sources: Vec<RemoteRange>,
    destinations: Vec<RemoteRange>,
    transports: Vec<Transport>,
    ports: Vec<PortRange>,
}

/// What one match says.
enum Part {
    Sources(Vec<RemoteRange>),
    Destinations(Vec<RemoteRange>),
    Transports(Vec<Transport>),
    Ports(Option<Transport>, Vec<PortRange>),
    Interface,
    Nothing,
    Never,
    Unknown(String),
}

/// The condition of a rule; `set` finds a named set of its table.
pub fn condition<'j>(rule: &'j Json, set: &dyn Fn(&str) -> Option<&'j Json>) -> Condition<'j> {
    let statements = rule.get("expr").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut rest = Left {
        sources: everywhere(),
        destinations: everywhere(),
        transports: BOTH.to_vec(),
        ports: vec![EVERY_PORT],
    };
    let (mut verdict, mut of_interface, mut unknown, mut never) = (("", None), false, None, false);
    for (name, body) in statements.iter().filter_map(Json::as_object).flatten() {
        let part = match name.as_str() {
            "match" => part(body, set),
            "vmap" => of_map(body),
            name if VERDICTS.contains(&name) => {
                verdict = (name, body.get("target").and_then(Json::as_str));
                Part::Nothing
            }
            name if SILENT.contains(&name) => Part::Nothing,
            other => Part::Unknown(other.to_owned()),
        };
        match part {
            Part::Sources(own) => rest.sources = both(&rest.sources, &own),
            Part::Destinations(own) => rest.destinations = both(&rest.destinations, &own),
            Part::Transports(own) => rest.transports.retain(|one| own.contains(one)),
            Part::Ports(transport, own) => {
                rest.transports.retain(|one| transport.is_none_or(|other| other == *one));
                rest.ports = own;
            }
            Part::Interface => of_interface = true,
            Part::Nothing => {}
            Part::Never => never = true,
            Part::Unknown(what) => unknown = unknown.or(Some(what)),
        }
    }
    let services: Vec<(Transport, PortRange)> = rest
        .transports
        .iter()
        .flat_map(|transport| rest.ports.iter().map(|ports| (*transport, *ports)))
        .collect();
    let met = match unknown {
        _ if never => Met::Never,
        Some(what) => Met::Unknown(what),
        None => Met::In(areas(&rest.sources, &rest.destinations, &services)),
    };
    Condition { met, verdict, of_interface }
}

fn both(some: &[RemoteRange], others: &[RemoteRange]) -> Vec<RemoteRange> {
    some.iter().flat_map(|one| others.iter().filter_map(|other| one.common(other))).collect()
}

/// A map of verdicts decides for established connections where it is by state; any other is not compared.
fn of_map(body: &Json) -> Part {
    let of_state = body.pointer("/key/ct/key").and_then(Json::as_str) == Some("state");
    if of_state { Part::Never } else { Part::Unknown("a verdict map".to_owned()) }
}

fn part<'j>(body: &'j Json, set: &dyn Fn(&str) -> Option<&'j Json>) -> Part {
    let (Some(left), Some(right)) = (body.get("left"), body.get("right")) else { return unknown("a match") };
    let is_equal = body.get("op").and_then(Json::as_str).is_none_or(|op| op == "==" || op == "in");
    if left.pointer("/ct/key").and_then(Json::as_str) == Some("state") {
        let has_new = values(right, set).iter().any(|value| value.as_str() == Some("new"));
        return if has_new == is_equal { Part::Nothing } else { Part::Never };
    }
    if let Some(key) = left.pointer("/meta/key").and_then(Json::as_str) {
        return match key {
            "l4proto" if is_equal => by_protocol(&values(right, set)),
            "nfproto" | "protocol" if is_equal => of_family(&values(right, set)),
            "iifname" | "oifname" | "iif" | "oif" | "iifgroup" | "oifgroup" => Part::Interface,
            other => unknown(other),
        };
    }
    let of = |key: &str| left.pointer(&format!("/payload/{key}")).and_then(Json::as_str);
    let (Some(protocol), Some(field)) = (of("protocol"), of("field")) else {
        return unknown("joined fields");
    };
    if protocol.starts_with("icmp") {
        return Part::Never;
    }
    if !is_equal {
        return unknown(&format!("{protocol} {field} !="));
    }
    let values = values(right, set);
    match (protocol, field) {
        ("ip" | "ip6", "saddr") => ranges(&values).map_or_else(|| unknown("ip saddr"), Part::Sources),
        ("ip" | "ip6", "daddr") => ranges(&values).map_or_else(|| unknown("ip daddr"), Part::Destinations),
        ("ip", "protocol") | ("ip6", "nexthdr") => by_protocol(&values),
        ("tcp" | "udp" | "th", "dport") => {
            let transport = match protocol {
                "tcp" => Some(Transport::Tcp),
                "udp" => Some(Transport::Udp),
                _ => None,
            };
            ports(&values).map_or_else(|| unknown("dport"), |ports| Part::Ports(transport, ports))
        }
        _ => unknown(&format!("{protocol} {field}")),
    }
}

fn unknown(what: &str) -> Part {
    Part::Unknown(what.to_owned())
}

/// The values of the right side: of a set, of a named set, or one.
fn values<'j>(right: &'j Json, set: &dyn Fn(&str) -> Option<&'j Json>) -> Vec<&'j Json> {
    let inner = |value: &'j Json| value.pointer("/elem/val").unwrap_or(value);
    let list = match right {
        Json::Array(list) => Some(list),
        Json::String(name) => match name.strip_prefix('@') {
            // A set without elements matches nothing.
            Some(name) => {
                return set(name)
                    .and_then(|set| set.get("elem"))
                    .and_then(Json::as_array)
                    .map(|list| list.iter().map(inner).collect())
                    .unwrap_or_default();
            }
            None => None,
        },
        other => other.get("set").and_then(Json::as_array),
    };
    list.map_or_else(|| vec![right], |list| list.iter().map(inner).collect())
}

fn by_protocol(values: &[&Json]) -> Part {
    let transport = |value: &&Json| match (value.as_str(), value.as_u64()) {
        (Some("tcp"), _) | (_, Some(6)) => Some(Transport::Tcp),
        (Some("udp"), _) | (_, Some(17)) => Some(Transport::Udp),
        _ => None,
    };
    match values.iter().filter_map(transport).collect::<Vec<_>>() {
        none if none.is_empty() => Part::Never,
        found => Part::Transports(found),
    }
}

fn of_family(values: &[&Json]) -> Part {
    let names: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
    let is_asked = |ipv6: bool| names.iter().any(|name| name.contains('6') == ipv6);
    let kept = everywhere().into_iter().filter(|range| is_asked(range.first().is_ipv6()));
    Part::Sources(kept.collect())
}

fn ranges(values: &[&Json]) -> Option<Vec<RemoteRange>> {
    values.iter().map(|value| range(value)).collect()
}

fn range(value: &Json) -> Option<RemoteRange> {
    if let Some(text) = value.as_str() {
        return text.parse().ok();
    }
    if let Some(prefix) = value.get("prefix") {
        let (address, length) = (prefix.get("addr")?.as_str()?, prefix.get("len")?.as_u64()?);
        return format!("{address}/{length}").parse().ok();
    }
    let ends = value.get("range")?.as_array()?;
    format!("{}-{}", ends.first()?.as_str()?, ends.get(1)?.as_str()?).parse().ok()
}

fn ports(values: &[&Json]) -> Option<Vec<PortRange>> {
    let number = |value: &Json| value.as_u64().and_then(|number| u16::try_from(number).ok());
    let one = |value: &&Json| match value.get("range").and_then(Json::as_array) {
        Some(ends) => Some((number(ends.first()?)?, number(ends.get(1)?)?)),
        None => number(value).map(|port| (port, port)),
    };
    values.iter().map(one).collect()
}
