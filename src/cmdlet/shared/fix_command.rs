//! The command that makes a fix, and what the fix is in words: for a session that is refused, for mail between servers
//! (D4), and for mail that leaves (P9).
//!
//! Commands are written from the cmdlets' own tables, so that a parameter that does not exist cannot be named.

use std::net::{IpAddr, SocketAddr};

use crate::cmdlet::args::{Args, to_type};
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::edge_subscription::{new as new_edge_subscription, shared as subscriptions};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transport_config::set as set_transport_config;
use crate::cmdlet::{accepted_domain, ad_permission, exchange_server, receive_connector, send_connector};
use crate::connector::relay::{Session, Way};
use crate::connector::usage::Usage;
use crate::connector::{AuthMechanism, Host, ReceiveConnector, rows};
use crate::net::{Binding, RemoteRange};
use crate::organization::accepted_domain::rows as domains;
use crate::organization::send_connector::rows as sending;
use crate::organization::{SendConnector, edge_subscription, transport_config};
use crate::param::{Argument, Field, Param, Value};
use crate::permission::{Entry, rows as entries};
use crate::server::rows as servers;
use crate::session::{
    Change, ClientChange, Fix, MailPath, MailRoute, Mechanism, MissingRequirement, Outbound, OwnConnector,
    Proof, Remedy, ServerChange, without,
};

/// What a command is made of.
type Given = (&'static Param, Argument);

/// The lines of a remedy: commands, and comments on what is no command of this program.
#[must_use]
pub fn remedy(remedy: &Remedy, host: &Host, domain: &str) -> Vec<String> {
    remedy.fixes.iter().flat_map(|fix| lines(fix, host, domain)).collect()
}

fn lines(fix: &Fix, host: &Host, domain: &str) -> Vec<String> {
    match fix {
        Fix::Client(change) => vec![format!("# the client: {}", client(change))],
        Fix::Server(change) => vec![format!("# on the server: {}", server(*change, host))],
        Fix::AcceptedDomain(name) => vec![
            format!("# only if {name} is a domain of the organization:"),
            typed(
                &accepted_domain::new::CMDLET,
                vec![(&domains::NAME.param, text(name)), (&domains::DOMAIN_NAME.param, text(name))],
            ),
        ],
        Fix::OwnConnector(own) => own_connector(own, host, domain),
        Fix::Connector(at, change) => {
            condition(change, host, *at).into_iter().chain(command(fix, host, domain)).collect()
        }
        Fix::SecureDomain(_) | Fix::ServerAddress(_) => command(fix, host, domain).into_iter().collect(),
    }
}

/// What must be true of the clients that can relay without AUTH by a change of the connector at a place.
fn condition(change: &Change, host: &Host, at: usize) -> Option<String> {
    let (connector, platform) = (host.connectors.get(at)?, host.server.platform());
    let outsider = |connector| Way { connector, platform, catch_all: false }.outsider();
    let (before, after) = (outsider(connector), outsider(&change.on(connector, platform))?);
    let identity = identity(&host.server.name, &connector.name);
    let is_one = connector.remote_ip_ranges.iter().map(RemoteRange::size).eq([0]);
    match change {
        Change::AddRange(range) if after == Session::External => {
            Some(format!("# only if {range} is trusted as a server, as every client of {identity} is:"))
        }
        Change::AddRange(range) => {
            Some(format!("# only if {range} may relay, as every client of {identity} can:"))
        }
        _ if before.is_none() && !is_one => Some(format!("# only if every client of {identity} may relay:")),
        _ => None,
    }
}

/// The command that makes a fix; nothing where it takes none or several.
fn command(fix: &Fix, host: &Host, domain: &str) -> Option<String> {
    match fix {
        Fix::Connector(at, change) => Some(changing(change, host, host.connectors.get(*at)?, domain)),
        Fix::SecureDomain(name) => Some(typed(
            &set_transport_config::CMDLET,
            vec![(
                &transport_config::rows::TLS_RECEIVE_DOMAIN_SECURE_LIST.param,
                added(Value::Text(name.clone())),
            )],
        )),
        Fix::ServerAddress(address) => Some(typed(
            &exchange_server::set::CMDLET,
            vec![
                (&servers::IDENTITY.param, text(&host.server.name)),
                (&servers::IP_ADDRESSES.param, added(Value::Address(*address))),
            ],
        )),
        Fix::OwnConnector(_) | Fix::AcceptedDomain(_) | Fix::Server(_) | Fix::Client(_) => None,
    }
}

/// What the client must do.
#[must_use]
pub fn client(change: &ClientChange) -> String {
    match change {
        ClientChange::Greet => "send a domain name with EHLO".to_owned(),
        ClientChange::StartTls => "use STARTTLS".to_owned(),
        ClientChange::Certificate(domain) => format!("use STARTTLS with a certificate for {domain}"),
        ClientChange::BindChannel => "use STARTTLS and bind the authentication to the TLS channel".to_owned(),
        ClientChange::Authenticate(Mechanism::NTLM) => "authenticate with AUTH NTLM".to_owned(),
        ClientChange::Authenticate(Mechanism::GSSAPI) => "authenticate with AUTH GSSAPI".to_owned(),
        ClientChange::Authenticate(_) => {
            "authenticate with AUTH LOGIN, after STARTTLS where it is offered".to_owned()
        }
        ClientChange::StayAnonymous => "send without authentication".to_owned(),
        ClientChange::Port(587) => "connect to port 587 and use STARTTLS".to_owned(),
        ClientChange::Port(port) => format!("connect to port {port}"),
        ClientChange::Sender(address) => format!("send as {address}, the account's own address"),
    }
}

/// What to do on the server: commands of the Exchange Management Shell.
fn server(change: ServerChange, host: &Host) -> String {
    let server = &host.server;
    match change {
        ServerChange::Activate(component) => {
            format!(
                "Set-ServerComponentState {} -Component {component} -State Active -Requester Maintenance",
                server.name
            )
        }
        ServerChange::Certificate => {
            "install a certificate for the connector's Fqdn, then Enable-ExchangeCertificate -Services SMTP"
                .to_owned()
        }
    }
}

/// A connector of its own, then its rights.
fn own_connector(own: &OwnConnector, host: &Host, domain: &str) -> Vec<String> {
    let (connector, server) = (&*own.connector, &host.server);
    let list = |values: Vec<Value>| Argument::Set(Value::List(values));
    let mut given =
        vec![(&rows::NAME.param, text(&connector.name)), (&rows::SERVER.param, text(&server.name))];
    if server.has_transport_roles() {
        given.push((&rows::TRANSPORT_ROLE.param, Argument::Set(connector.transport_role.value())));
    }
    given.extend([
        (&receive_connector::new::USAGE, choice(Usage::Custom)),
        (&rows::BINDINGS.param, list(connector.bindings.iter().cloned().map(Value::Binding).collect())),
        (
            &rows::REMOTE_IP_RANGES.param,
            list(connector.remote_ip_ranges.iter().cloned().map(Value::Range).collect()),
        ),
        (&rows::PERMISSION_GROUPS.param, groups(connector.access.groups())),
    ]);
    let rights =
        own.rights.iter().map(|right| entry(&ad_permission::add::CMDLET, right, host, connector, domain));
    let condition = "# only if this client may relay, a connector of its own:".to_owned();
    [condition, typed(&receive_connector::new::CMDLET, given)].into_iter().chain(rights).collect()
}

/// What a fix brings, as it follows "requires".
fn brings(fix: &Fix, domain: &str) -> String {
    match fix {
        Fix::Connector(_, change) => changed(change, domain),
        Fix::OwnConnector(own) => format!("connector {}", own.connector.name),
        Fix::AcceptedDomain(name) => format!("accepted domain {name}"),
        Fix::SecureDomain(name) => format!("{name} on TLSReceiveDomainSecureList"),
        Fix::ServerAddress(address) => format!("{address} in {}", servers::IP_ADDRESSES.name()),
        Fix::Server(ServerChange::Activate(_)) => "an active transport service".to_owned(),
        Fix::Server(ServerChange::Certificate) => "a certificate".to_owned(),
        Fix::Client(change) => format!("that the sender does this: {}", client(change)),
    }
}

fn changed(change: &Change, domain: &str) -> String {
    let entry = |entry: &Entry| format!("{} for {}", entry.right.name, principal(entry, domain));
    match change {
        Change::Enable => format!("{} True", rows::ENABLED.name()),
        Change::AddRange(range) => format!("{range} in {}", rows::REMOTE_IP_RANGES.name()),
        Change::AddGroup(group) => format!("{} in {}", <&str>::from(*group), rows::PERMISSION_GROUPS.name()),
        Change::Grant(missing) => entry(missing),
        Change::RemoveDeny(denied) => format!("{}, which an entry denies", entry(denied)),
        Change::Offer(mechanisms) => format!("{} in {}", mechanisms.value(), rows::AUTH_MECHANISM.name()),
        Change::NotExternal => format!("{} without ExternalAuthoritative", rows::AUTH_MECHANISM.name()),
        Change::Rebind { to, .. } => format!("{to} in {}", rows::BINDINGS.name()),
        Change::Set(property, value) => format!("{} {value}", property.row().name()),
    }
}

/// A requirement of mail between servers, as it follows "requires" (D4).
#[must_use]
pub fn requirement(
    missing: &MissingRequirement,
    path: &MailPath<'_>,
    local: &SocketAddr,
    domain: &str,
) -> String {
    match missing {
        MissingRequirement::Fix(fix) => brings(fix, domain),
        MissingRequirement::Address { binding, .. } => {
            let at = binding.endpoint().ip();
            match path.policy.server_at(at) {
                Some(owner) => format!("an address of its own server; {at} belongs to {}", owner.name),
                None => format!("an address of its own server; {at} belongs to no server"),
            }
        }
        MissingRequirement::Listener => format!("a connector at {local}"),
        MissingRequirement::Unknown(refusal) => format!("something that is not known ({})", refusal.number()),
    }
}

/// The place of the connector that a requirement is about.
#[must_use]
pub fn place(missing: &MissingRequirement) -> Option<usize> {
    match missing {
        MissingRequirement::Fix(Fix::Connector(at, _)) => Some(*at),
        MissingRequirement::Address { connector, .. } => Some(*connector),
        MissingRequirement::Fix(_) | MissingRequirement::Listener | MissingRequirement::Unknown(_) => None,
    }
}

/// The property that a requirement is about.
#[must_use]
pub fn property(missing: &MissingRequirement) -> &'static str {
    match missing {
        MissingRequirement::Fix(Fix::Connector(_, change)) => match change {
            Change::Enable => rows::ENABLED.name(),
            Change::AddRange(_) => rows::REMOTE_IP_RANGES.name(),
            Change::AddGroup(_) => rows::PERMISSION_GROUPS.name(),
            Change::Grant(_) | Change::RemoveDeny(_) => entries::EXTENDED_RIGHTS.name(),
            Change::Offer(_) | Change::NotExternal => rows::AUTH_MECHANISM.name(),
            Change::Rebind { .. } => rows::BINDINGS.name(),
            Change::Set(property, _) => property.row().name(),
        },
        MissingRequirement::Fix(Fix::SecureDomain(_)) => {
            transport_config::rows::TLS_RECEIVE_DOMAIN_SECURE_LIST.name()
        }
        MissingRequirement::Address { .. } | MissingRequirement::Fix(Fix::ServerAddress(_)) => {
            servers::IP_ADDRESSES.name()
        }
        MissingRequirement::Listener => rows::BINDINGS.name(),
        MissingRequirement::Fix(
            Fix::OwnConnector(_) | Fix::AcceptedDomain(_) | Fix::Server(_) | Fix::Client(_),
        )
        | MissingRequirement::Unknown(_) => rows::AUTH_MECHANISM.name(),
    }
}

/// The command that meets a requirement; nothing where no change of the store does.
#[must_use]
pub fn line(
    missing: &MissingRequirement,
    path: &MailPath<'_>,
    crossing: &MailRoute,
    domain: &str,
) -> Option<String> {
    let host = path.destination;
    match missing {
        MissingRequirement::Fix(fix) => command(fix, host, domain),
        MissingRequirement::Address { connector, binding } => {
            let address = binding.endpoint().ip();
            let fix = match path.policy.server_at(address) {
                Some(_) => {
                    Fix::Connector(*connector, Change::Rebind { from: binding.clone(), to: crossing.local })
                }
                None => Fix::ServerAddress(address),
            };
            command(&fix, host, domain)
        }
        MissingRequirement::Listener => Some(new_connector(path, crossing)),
        MissingRequirement::Unknown(_) => None,
    }
}

/// The command that makes a condition of Domain Security hold on the way out (P9).
#[must_use]
pub(crate) fn of_sending(failing: Outbound, connector: &SendConnector, domain: &str) -> Option<String> {
    let set = |param: &'static Param, argument: Argument| {
        let name = (&sending::IDENTITY.param, text(&connector.name));
        let emptied = (&sending::SMART_HOSTS.param, Argument::Set(Value::Null));
        let without =
            Some(emptied).filter(|_| failing == Outbound::DnsRouting && !connector.smart_hosts.is_empty());
        let given = [name, (param, argument)].into_iter().chain(without).collect();
        Some(typed(&send_connector::set::CMDLET, given))
    };
    let flag = |flag: bool| Argument::Set(flag.value());
    match failing {
        Outbound::AddressSpace => set(&sending::ADDRESS_SPACES.param, added(Value::text(domain))),
        Outbound::Listed => Some(typed(
            &set_transport_config::CMDLET,
            vec![(&transport_config::rows::TLS_SEND_DOMAIN_SECURE_LIST.param, added(Value::text(domain)))],
        )),
        Outbound::Enabled => set(&sending::DOMAIN_SECURE_ENABLED.param, flag(true)),
        Outbound::DnsRouting => set(&sending::DNS_ROUTING_ENABLED.param, flag(true)),
        Outbound::StartTls => set(&sending::IGNORE_STARTTLS.param, flag(false)),
    }
}

/// The principal of an entry as it is typed.
fn principal(entry: &Entry, domain: &str) -> String {
    entry.principal.name_in(domain)
}

/// The parameter that names the right of an entry.
fn rights_param(entry: &Entry) -> &'static Param {
    let row = if entry.right.is_extended() { &entries::EXTENDED_RIGHTS } else { &entries::ACCESS_RIGHTS };
    &row.param
}

/// The command that adds or removes an entry of a connector's access list.
fn entry(cmdlet: &Cmdlet, entry: &Entry, host: &Host, connector: &ReceiveConnector, domain: &str) -> String {
    let mut given = vec![
        (&entries::IDENTITY.param, text(&identity(&host.server.name, &connector.name))),
        (&entries::USER.param, text(&principal(entry, domain))),
        (rights_param(entry), text(entry.right.name)),
    ];
    if entry.deny {
        given.push((&entries::DENY.param, Argument::Set(true.value())));
    }
    typed(cmdlet, given)
}

fn groups(groups: enumset::EnumSet<crate::permission::PermissionGroup>) -> Argument {
    Argument::Set(Value::Flags(groups.iter().map(Into::into).collect()))
}

/// The command for a change to a connector.
fn changing(change: &Change, host: &Host, connector: &ReceiveConnector, domain: &str) -> String {
    let given = match change {
        Change::Enable => vec![(&rows::ENABLED.param, Argument::Set(true.value()))],
        Change::AddRange(range) => vec![(&rows::REMOTE_IP_RANGES.param, added(Value::Range(range.clone())))],
        Change::AddGroup(group) => {
            vec![(&rows::PERMISSION_GROUPS.param, groups(connector.access.groups() | *group))]
        }
        Change::Offer(mechanisms) => offering(*mechanisms, host, connector),
        Change::NotExternal => {
            let offered = (connector.auth - AuthMechanism::ExternalAuthoritative) | AuthMechanism::Tls;
            vec![(&rows::AUTH_MECHANISM.param, Argument::Set(offered.value()))]
        }
        Change::Rebind { from, to } => vec![moved(connector, from, *to)],
        Change::Set(property, value) => vec![(&property.row().param, Argument::Set(value.clone()))],
        Change::Grant(missing) => {
            return entry(&ad_permission::add::CMDLET, missing, host, connector, domain);
        }
        Change::RemoveDeny(denied) => {
            return entry(&ad_permission::remove::CMDLET, denied, host, connector, domain);
        }
    };
    set(host, connector, given)
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

/// The command after which a connector no longer answers an address; nothing where it has no other range.
#[must_use]
pub(crate) fn excluding(host: &Host, connector: &ReceiveConnector, address: IpAddr) -> Option<String> {
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
fn new_connector(path: &MailPath<'_>, crossing: &MailRoute) -> String {
    let usage = match path.proof {
        Proof::DomainSecurity => Usage::Partner,
        Proof::Anonymous => Usage::Internet,
        Proof::DirectTrust | Proof::ExchangeServer | Proof::Integrated | Proof::Basic => Usage::Internal,
    };
    let binding = Binding::new(crossing.local.ip(), crossing.local.port()).map(Value::Binding);
    let range = RemoteRange::new(crossing.remote, crossing.remote).map(Value::Range);
    typed(
        &receive_connector::new::CMDLET,
        vec![
            (&rows::NAME.param, text(&format!("From {}", path.source.name))),
            (&rows::SERVER.param, text(&path.destination.server.name)),
            (&receive_connector::new::USAGE, choice(usage)),
            (&rows::BINDINGS.param, Argument::Set(Value::List(binding.into_iter().collect()))),
            (&rows::REMOTE_IP_RANGES.param, Argument::Set(Value::List(range.into_iter().collect()))),
        ],
    )
}

/// The command that subscribes an Edge Transport server.
#[must_use]
pub(crate) fn subscribing(edge: &str, site: &str) -> String {
    let given =
        vec![(&subscriptions::SERVER, text(edge)), (&edge_subscription::rows::SITE.param, text(site))];
    typed(&new_edge_subscription::CMDLET, given)
}

fn set(host: &Host, connector: &ReceiveConnector, given: Vec<Given>) -> String {
    let identity = (&rows::IDENTITY.param, text(&identity(&host.server.name, &connector.name)));
    typed(&receive_connector::set::CMDLET, std::iter::once(identity).chain(given).collect())
}

fn text(text: &str) -> Argument {
    Argument::Set(Value::text(text))
}

fn choice<E: crate::param::Closed>(one: E) -> Argument {
    Argument::Set(Value::Choice(one.into()))
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
