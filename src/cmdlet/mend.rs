//! What helps, as the line to type: for a session that is refused, for mail between servers (D4), and for mail that
//! leaves (P9).
//!
//! Lines are written from the cmdlets' own tables, so that a parameter that is not there cannot be named.

use std::net::{IpAddr, SocketAddr};

use super::lacking::{place, principal};
use super::receive_connector::identity;
use super::{
    Args, Cmdlet, add_ad_permission, new_edge_subscription, new_receive_connector, remove_ad_permission,
    set_exchange_server, set_receive_connector, set_send_connector, set_transport_config, to_type,
};
use crate::connector::{AuthMechanism, Host, ReceiveConnector, rows};
use crate::net::{Binding, RemoteRange};
use crate::organization::send_connector::rows as sending;
use crate::organization::{SendConnector, edge_subscription, transport_config};
use crate::param::{Argument, Field, Param, Value};
use crate::permission::{Entry, rows as entries};
use crate::server::rows as servers;
use crate::session::{Action, Crossing, Lack, MailPath, Outbound, Proof, without};

/// What a line is made of.
type Given = (&'static Param, Argument);

/// The line that mends it; nothing where no change of the store does.
#[must_use]
pub fn line(lack: &Lack, path: &MailPath<'_>, crossing: &Crossing, domain: &str) -> Option<String> {
    let host = path.destination;
    let connector = place(lack).and_then(|at| host.connectors.get(at));
    match lack {
        Lack::Change(remedy) => changing(&remedy.action, host, connector?, domain),
        Lack::Unowned { binding, .. } => Some(match path.policy.server_at(binding.endpoint().ip()) {
            Some(_) => set(host, connector?, vec![moved(connector?, binding, crossing.local)]),
            None => typed(
                &set_exchange_server::CMDLET,
                vec![
                    identified(&servers::IDENTITY.param, host.server.name.clone()),
                    (&servers::IP_ADDRESSES.param, added(Value::Address(binding.endpoint().ip()))),
                ],
            ),
        }),
        Lack::Listener => Some(new_connector(path, crossing)),
        Lack::Unlisted(name) => Some(typed(
            &set_transport_config::CMDLET,
            vec![(
                &transport_config::rows::TLS_RECEIVE_DOMAIN_SECURE_LIST.param,
                added(Value::Text(name.clone())),
            )],
        )),
        Lack::External(_) => {
            let offered = (connector?.auth - AuthMechanism::ExternalAuthoritative) | AuthMechanism::Tls;
            Some(set(host, connector?, vec![(&rows::AUTH_MECHANISM.param, Argument::Set(offered.value()))]))
        }
        Lack::Sender(_) | Lack::Refused(_) => None,
    }
}

/// The line that makes a condition of Domain Security hold on the way out (P9).
#[must_use]
pub fn of_sending(failing: Outbound, connector: &SendConnector, domain: &str) -> Option<String> {
    let set = |param: &'static Param, argument: Argument| {
        let name = identified(&sending::IDENTITY.param, connector.name.clone());
        let emptied = (&sending::SMART_HOSTS.param, Argument::Set(Value::Null));
        let without =
            Some(emptied).filter(|_| failing == Outbound::DnsRouting && !connector.smart_hosts.is_empty());
        let given = [name, (param, argument)].into_iter().chain(without).collect();
        Some(typed(&set_send_connector::CMDLET, given))
    };
    let flag = |flag: bool| Argument::Set(Value::Bool(flag));
    match failing {
        Outbound::AddressSpace => set(&sending::ADDRESS_SPACES.param, added(Value::Text(domain.to_owned()))),
        Outbound::Listed => Some(typed(
            &set_transport_config::CMDLET,
            vec![(
                &transport_config::rows::TLS_SEND_DOMAIN_SECURE_LIST.param,
                added(Value::Text(domain.to_owned())),
            )],
        )),
        Outbound::Enabled => set(&sending::DOMAIN_SECURE_ENABLED.param, flag(true)),
        Outbound::DnsRouting => set(&sending::DNS_ROUTING_ENABLED.param, flag(true)),
        Outbound::StartTls => set(&sending::IGNORE_STARTTLS.param, flag(false)),
    }
}

/// The line for a change to a connector; nothing where the sender has to change.
#[must_use]
pub fn changing(action: &Action, host: &Host, connector: &ReceiveConnector, domain: &str) -> Option<String> {
    let entry = |cmdlet, entry: &Entry| {
        let text = |text: String| Argument::Set(Value::Text(text));
        let mut given = vec![
            identified(&entries::IDENTITY.param, identity(&host.server.name, &connector.name)),
            (&entries::USER.param, text(principal(entry, domain))),
            (&entries::EXTENDED_RIGHTS.param, text(entry.right.name.to_owned())),
        ];
        if entry.deny {
            given.push((&entries::DENY.param, Argument::Set(Value::Bool(true))));
        }
        typed(cmdlet, given)
    };
    let given = match action {
        Action::Enable => vec![(&rows::ENABLED.param, Argument::Set(Value::Bool(true)))],
        Action::AddRange(range) => vec![(&rows::REMOTE_IP_RANGES.param, added(Value::Range(range.clone())))],
        Action::AddGroup(group) => {
            let groups = connector.access.groups() | *group;
            let names = groups.iter().map(Into::into).collect();
            vec![(&rows::PERMISSION_GROUPS.param, Argument::Set(Value::Flags(names)))]
        }
        Action::Offer(mechanisms) => offering(*mechanisms, host, connector),
        Action::Set(name, value) => {
            let row = rows::ROWS.iter().find(|row| row.name() == *name)?;
            vec![(&row.param, Argument::Set(value.clone()))]
        }
        Action::Grant(missing) => return Some(entry(&add_ad_permission::CMDLET, missing)),
        Action::RemoveDeny(denied) => return Some(entry(&remove_ad_permission::CMDLET, denied)),
        Action::Client(_) => return None,
    };
    Some(set(host, connector, given))
}

/// AuthMechanism whole: passwords in TLS alone, externally secured with nothing but Tls (C5), and ExchangeServer off
/// Edge with a name of the server's as Fqdn (C7).
fn offering(
    mechanisms: enumset::EnumSet<AuthMechanism>,
    host: &Host,
    connector: &ReceiveConnector,
) -> Vec<Given> {
    let mut offered = connector.auth | mechanisms;
    if !mechanisms.is_subset(AuthMechanism::Tls.into()) {
        offered.remove(AuthMechanism::ExternalAuthoritative);
    }
    if mechanisms.contains(AuthMechanism::BasicAuth) {
        offered |= AuthMechanism::Tls | AuthMechanism::BasicAuthRequireTLS;
    }
    let mut given = vec![(&rows::AUTH_MECHANISM.param, Argument::Set(offered.value()))];
    let server = &host.server;
    let own = |fqdn: &str| [&server.fqdn, &server.name].iter().any(|name| name.eq_ignore_ascii_case(fqdn));
    let strange = connector.fqdn.as_deref().is_some_and(|fqdn| !fqdn.is_empty() && !own(fqdn));
    if strange && offered.contains(AuthMechanism::ExchangeServer) && !server.is_edge() {
        given.push((&rows::FQDN.param, Argument::Set(Value::Text(server.fqdn.clone()))));
    }
    given
}

/// The line by which a connector does not answer an address any more; nothing where it has no other.
#[must_use]
pub fn excluding(host: &Host, connector: &ReceiveConnector, address: IpAddr) -> Option<String> {
    let ranges = &connector.remote_ip_ranges;
    let left = without(ranges, address)?;
    let values = |from: &[RemoteRange], other: &[RemoteRange]| {
        let strange = from.iter().filter(|range| !other.iter().any(|one| one.same(range)));
        strange.cloned().map(Value::Range).collect()
    };
    let edit = Argument::Edit { add: values(&left, ranges), remove: values(ranges, &left) };
    Some(set(host, connector, vec![(&rows::REMOTE_IP_RANGES.param, edit)]))
}

/// A binding moved to an address of the server.
fn moved(connector: &ReceiveConnector, from: &Binding, to: SocketAddr) -> Given {
    let binding = Binding::new(to.ip(), to.port()).map(Value::Binding);
    let edit = Argument::Edit {
        add: binding.into_iter().collect(),
        remove: connector.bindings.iter().filter(|one| *one == from).cloned().map(Value::Binding).collect(),
    };
    (&rows::BINDINGS.param, edit)
}

/// A connector of the destination for the source's addresses, where it has none.
fn new_connector(path: &MailPath<'_>, crossing: &Crossing) -> String {
    let usage = match path.proof {
        Proof::DomainSecurity => "Partner",
        Proof::Anonymous => "Internet",
        _ => "Internal",
    };
    let text = |text: &str| Argument::Set(Value::Text(text.to_owned()));
    let ranges = Value::Address(crossing.remote);
    let binding = Value::Text(crossing.local.to_string());
    typed(
        &new_receive_connector::CMDLET,
        vec![
            (&rows::NAME.param, text(&format!("From {}", path.source.name))),
            (&rows::SERVER.param, text(&path.destination.server.name)),
            (&new_receive_connector::USAGE, text(usage)),
            (&rows::BINDINGS.param, Argument::Set(binding)),
            (&rows::REMOTE_IP_RANGES.param, Argument::Set(ranges)),
        ],
    )
}

/// The line that subscribes an Edge Transport server.
#[must_use]
pub fn subscribing(edge: &str, site: &str) -> String {
    let site = Argument::Set(Value::Text(site.to_owned()));
    let given = vec![
        identified(&super::edge_subscription::SERVER, edge.to_owned()),
        (&edge_subscription::rows::SITE.param, site),
    ];
    typed(&new_edge_subscription::CMDLET, given)
}

fn set(host: &Host, connector: &ReceiveConnector, given: Vec<Given>) -> String {
    let identity = identified(&rows::IDENTITY.param, identity(&host.server.name, &connector.name));
    typed(&set_receive_connector::CMDLET, std::iter::once(identity).chain(given).collect())
}

fn identified(param: &'static Param, text: String) -> Given {
    (param, Argument::Set(Value::Text(text)))
}

fn added(value: Value) -> Argument {
    Argument::Edit { add: vec![value], remove: Vec::new() }
}

fn typed(cmdlet: &Cmdlet, given: Vec<Given>) -> String {
    let mut args = Args::default();
    for (param, argument) in given {
        args.push(param, argument);
    }
    to_type(cmdlet, &args, None)
}
