//! Cells of a list: addresses, protocols, ports and actions as firewall teams write them.

use super::{BOTH, Names, everywhere};
use crate::datapath::path::Transport;
use crate::flow::area::EVERY_PORT;
use crate::flow::firewall::PortRange;
use crate::net::RemoteRange;

/// What parts the values of one cell.
const BETWEEN: [char; 5] = [',', ';', '|', '\n', '\r'];

/// What a protocol is to the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// TCP, UDP or both.
    By(Vec<Transport>),
    /// Something without ports, such as ICMP.
    Otherwise,
}

/// Why a cell was not read, and what to write.
pub type Refusal = (String, String);

fn is_any(text: &str) -> bool {
    ["any", "*", "all"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN).map(str::trim).filter(|text| !text.is_empty())
}

/// Addresses, ranges, names, or `any`.
pub fn addresses(cell: &str, names: Names<'_>) -> Result<Vec<RemoteRange>, Refusal> {
    let mut found = Vec::new();
    for text in values(cell) {
        if is_any(text) {
            return Ok(everywhere());
        }
        match (text.parse::<RemoteRange>(), names(text)) {
            (_, Some(own)) if !own.is_empty() => found.extend(own),
            (_, Some(_)) => {
                return Err((
                    format!("the store has no address of `{text}`"),
                    format!(
                        "write addresses in its place, or give it some: exch set-exchangeserver {text} -IPAddresses …"
                    ),
                ));
            }
            (Ok(range), None) => found.push(range),
            (Err(error), None) if looks_like_addresses(text) => {
                let hint = error.hint().unwrap_or_default();
                let hint = if hint.starts_with("such as") {
                    format!("write addresses {hint}")
                } else {
                    format!("write {hint}")
                };
                return Err((error.to_string(), hint));
            }
            (Err(_), None) => {
                return Err((
                    format!(
                        "`{text}` is neither an address nor a server, network endpoint or network zone of the store"
                    ),
                    format!(
                        "write its addresses, or give the name some: exch new-networkendpoint {text} -Kind … -IPAddresses …; names are not looked up in DNS"
                    ),
                ));
            }
        }
    }
    Ok(found)
}

fn looks_like_addresses(text: &str) -> bool {
    !text.contains(char::is_alphabetic) || text.contains(':')
}

/// `tcp`, `udp`, `tcp/udp`, `any`, their numbers, or a protocol without ports.
pub fn protocol(cell: &str) -> Result<Carried, Refusal> {
    let mut found = Vec::new();
    for text in cell.split([',', ';', '|', '/', '+', ' ', '\n', '\r']).filter(|text| !text.is_empty()) {
        match text.to_ascii_lowercase().as_str() {
            "tcp" | "6" => found.push(Transport::Tcp),
            "udp" | "17" => found.push(Transport::Udp),
            "any" | "*" | "all" | "ip" | "ipv4" | "ipv6" => found.extend(BOTH),
            "icmp" | "icmpv4" | "icmpv6" | "igmp" | "esp" | "ah" | "gre" | "sctp" | "ospf" | "1" | "50"
            | "51" | "47" | "58" => return Ok(Carried::Otherwise),
            _ => {
                return Err((
                    format!("`{text}` is not a protocol"),
                    "write TCP, UDP or any; lines of ICMP, ESP and GRE are left out".to_owned(),
                ));
            }
        }
    }
    Ok(Carried::By(found))
}

/// Ports with what carries them: `25`, `6005-6104`, `25/tcp`, `any`; `carried` where they do not say it.
pub fn services(cell: &str, carried: &[Transport]) -> Result<Vec<(Transport, PortRange)>, Refusal> {
    let mut found = Vec::new();
    for text in values(cell).flat_map(str::split_whitespace) {
        let (ports, own) = apart(text);
        let range = if is_any(ports) { EVERY_PORT } else { range(ports)? };
        let transports = own.map_or_else(|| carried.to_vec(), |own| vec![own]);
        if transports.is_empty() {
            return Err((
                format!("`{text}` has no protocol"),
                "write TCP or UDP under Protocol, or 25/TCP".to_owned(),
            ));
        }
        found.extend(transports.into_iter().map(|transport| (transport, range)));
    }
    Ok(found)
}

/// A port, and what carries it where the text says so.
fn apart(text: &str) -> (&str, Option<Transport>) {
    let transport = |word: &str| match word.to_ascii_lowercase().as_str() {
        "tcp" => Some(Transport::Tcp),
        "udp" => Some(Transport::Udp),
        _ => None,
    };
    match text.split_once(['/', '_', ':']) {
        Some((one, other)) => match (transport(one), transport(other)) {
            (Some(own), _) => (other, Some(own)),
            (None, Some(own)) => (one, Some(own)),
            (None, None) => (text, None),
        },
        None => (text, None),
    }
}

fn range(text: &str) -> Result<PortRange, Refusal> {
    let (first, last) = text.split_once(['-', '–', ':']).unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<u16>().ok();
    match (number(first), number(last)) {
        // Port 0 is no port that anybody connects to, but many lists write all ports as 0-65535.
        (Some(0), Some(last)) if last > 0 => Ok((1, last)),
        (Some(0), _) | (_, Some(0)) => Err(no_port(text)),
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        (Some(first), Some(last)) => {
            Err((format!("`{text}`: its first port is above its last"), format!("write {last}-{first}")))
        }
        _ => Err(no_port(text)),
    }
}

fn no_port(text: &str) -> Refusal {
    (
        format!("`{text}` is not a port"),
        "write numbers from 1 to 65535, such as 25 or 6005-6104; several in quotes: \"25,587\"; any for all"
            .to_owned(),
    )
}

/// Whether a line lets pass; an empty cell does.
pub(crate) fn lets_pass(cell: &str) -> Result<bool, Refusal> {
    match cell.to_ascii_lowercase().as_str() {
        "" | "allow" | "allowed" | "accept" | "permit" | "pass" | "open" | "yes" | "true" => Ok(true),
        "deny" | "denied" | "drop" | "block" | "blocked" | "reject" | "closed" | "no" | "false" => Ok(false),
        _ => Err((format!("`{cell}` is not an action"), "write allow or deny".to_owned())),
    }
}
