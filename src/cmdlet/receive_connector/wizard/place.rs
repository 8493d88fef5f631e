//! Where a guided connector listens, by which transport service, and for whom: what its server still has to give.

use super::{choice, one_of, preset, typed};
use crate::cmdlet::args::Call;
use crate::cmdlet::shared::wizard::{Asks, Choice, Step};
use crate::connector::rules::conflicts_of;
use crate::connector::usage::Usage;
use crate::connector::{Host, ReceiveConnector, TransportRole, rows};
use crate::net::{Binding, BindingIndex, RemoteRange};
use crate::param::{Field, Param, Value, Version};
use crate::server::Server;

const EVERY_V4: &str = "0.0.0.0-255.255.255.255";

/// The transport services of a server that have connectors of their own; none on versions and roles without
/// TransportRole.
fn roles(server: &Server) -> Vec<TransportRole> {
    if !server.has_transport_roles() {
        return Vec::new();
    }
    let front = server.has_frontend_transport().then_some(TransportRole::FrontendTransport);
    front.into_iter().chain(server.is_hub().then_some(TransportRole::HubTransport)).collect()
}

/// The roles with which a connector can listen there, with those ranges as far as they are known. Where there is no
/// choice of roles, the one of every connector.
fn possible(bindings: &[Binding], ranges: &[RemoteRange], host: &Host) -> Vec<TransportRole> {
    let mut roles = roles(&host.server);
    if roles.is_empty() {
        roles.push(TransportRole::default());
    }
    let mut connector = ReceiveConnector::new("", &host.server);
    connector.bindings = bindings.to_vec();
    connector.remote_ip_ranges = ranges.to_vec();
    roles.retain(|role| {
        connector.transport_role = *role;
        conflicts_of(&connector, None, host).is_empty()
    });
    roles
}

fn as_bindings(values: &[Value]) -> Vec<Binding> {
    values.iter().filter_map(|v| if let Value::Binding(b) = v { Some(b.clone()) } else { None }).collect()
}

pub(super) fn as_ranges(values: &[Value]) -> Vec<RemoteRange> {
    values.iter().filter_map(|v| if let Value::Range(r) = v { Some(r.clone()) } else { None }).collect()
}

/// The bindings that were answered.
fn given(call: &Call<'_>) -> Vec<Binding> {
    as_bindings(&call.args.value(&rows::BINDINGS.param).map(Value::elements).unwrap_or_default())
}

/// A choice of values of a list.
fn choice_of(param: &'static Param, texts: &[&str], says: &str) -> Option<Choice> {
    let value = param.kind.parse_all(param.name, texts).ok()?;
    Some(choice(format!("{} ({says})", texts.join(", ")), value, Vec::new()))
}

fn other(example: String) -> Choice {
    let says = vec![example, SEVERAL.to_owned()];
    Choice { text: "others, typed in".to_owned(), value: None, says, also: Vec::new() }
}

const SEVERAL: &str = "Several on one line are separated by commas; an empty line ends the list.";

/// The usage's bindings or all addresses, then each address of the server at the same port, as far as another
/// connector does not keep a new one from there.
pub(super) fn bindings(usage: Usage, host: &Host) -> Step {
    let server = &host.server;
    let own = preset(usage, &rows::BINDINGS, server);
    let port = as_bindings(&own).first().map_or(25, Binding::port);
    let own: Vec<String> = match own.as_slice() {
        [] if server.version >= Version::V2013 => vec![format!("[::]:{port}"), format!("0.0.0.0:{port}")],
        [] => vec![format!("0.0.0.0:{port}")],
        own => own.iter().map(ToString::to_string).collect(),
    };
    let param = &rows::BINDINGS.param;
    let texts: Vec<&str> = own.iter().map(String::as_str).collect();
    let all = if own.len() > 1 { "every address" } else { "every IPv4 address" };
    let mut choices: Vec<Choice> = choice_of(param, &texts, all).into_iter().collect();
    for address in &server.addresses {
        let text = std::net::SocketAddr::new(*address, port).to_string();
        choices.extend(choice_of(param, &[&text], &format!("an address of {}", server.name)));
    }
    let ranges = as_ranges(&preset(usage, &rows::REMOTE_IP_RANGES, server));
    choices.retain(|choice| {
        let values = choice.value.as_ref().map(Value::elements).unwrap_or_default();
        !possible(&as_bindings(&values), &ranges, host).is_empty()
    });
    let address = server.addresses.first().map_or("192.0.2.25".to_owned(), ToString::to_string);
    let example = format!("Example: {address}:{port}, an address of {} and a port.", server.name);
    if choices.is_empty() {
        let says = format!(
            "Other connectors of {} listen at every address at port {port} for these senders.",
            server.name
        );
        return typed(param, vec![says, example, SEVERAL.to_owned()]);
    }
    choices.push(other(example));
    one_of(param, "Where it listens", choices)
}

/// The transport service, where the server has several: the one of the connectors that listen there already, else
/// it is asked for.
pub(super) fn transport_role(call: &Call<'_>, host: &Host) -> Option<Step> {
    let param = &rows::TRANSPORT_ROLE.param;
    if roles(&host.server).len() < 2 {
        return None;
    }
    let bindings = given(call);
    match possible(&bindings, &[], host).as_slice() {
        [] => None,
        [only] => {
            let index = BindingIndex::new(&bindings);
            let beside = host.connectors.iter().find(|c| index.overlap(&c.bindings).is_some());
            let says = beside.map_or_else(String::new, |beside| {
                format!(
                    "`{}` listens there as well; connectors at one port have the same TransportRole.",
                    beside.name
                )
            });
            let asks = Asks::Decided(only.value());
            Some(Step { param, says: vec![says], asks })
        }
        several => {
            let choices = several.iter().map(|role| {
                let says = match role {
                    TransportRole::FrontendTransport => "clients, devices and other organizations",
                    TransportRole::HubTransport => "transport services of the organization",
                };
                choice(format!("{} ({says})", <&str>::from(*role)), role.value(), Vec::new())
            });
            Some(one_of(param, "Which transport service takes the connections", choices.collect()))
        }
    }
}

/// Everybody is offered to the usages that are for everybody, where no other connector has the same; the others type
/// in who it is.
pub(super) fn ranges(call: &Call<'_>, usage: Usage, host: &Host) -> Step {
    let param = &rows::REMOTE_IP_RANGES.param;
    let own = !preset(usage, &rows::REMOTE_IP_RANGES, &host.server).is_empty() || usage == Usage::Client;
    let free = |choice: &Choice| {
        let ranges = as_ranges(&choice.value.as_ref().map(Value::elements).unwrap_or_default());
        let role = call.args.choice::<TransportRole>(&rows::TRANSPORT_ROLE.param);
        possible(&given(call), &ranges, host).iter().any(|can| role.is_none_or(|role| role == *can))
    };
    let every = choice_of(param, &[EVERY_V4], "every IPv4 address").filter(|every| own && free(every));
    let example = "Examples: 192.168.1.10, 192.168.1.10-192.168.1.20, 192.168.1.0/24.".to_owned();
    match every {
        Some(every) => one_of(param, "Which remote addresses may connect", vec![every, other(example)]),
        None => {
            let says = "The remote addresses that may connect.".to_owned();
            typed(param, vec![says, example, SEVERAL.to_owned()])
        }
    }
}
