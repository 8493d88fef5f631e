//! What the cmdlets for receive connectors share: applying what was given, checking, showing.

use crate::answer::{Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::shared::table_views::RECEIVE_CONNECTOR;
use crate::cmdlet::shared::{common_params, crud};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::rules::{self, Case};
use crate::connector::{AuthMechanism, Host, ReceiveConnector, Scene, rows};
use crate::organization::EdgeSubscription;
use crate::param::{Argument, Finding, Kind, Noun, Row, Rule, Value, apply};
use crate::powershell::quote;
use crate::server::{Server, ServerRole};

/// Puts everything that was given for rows of `object` into it, and says what was so already (V9).
///
/// # Errors
/// Where a value is of another type than its property.
pub(crate) fn apply_args<N: Noun>(object: &mut N, args: &Args) -> Result<Vec<Finding>, Problem> {
    let mut notes = Vec::new();
    for (row, argument) in given_rows::<N>(args) {
        let Some(old) = row.stored(object) else { continue };
        let (value, already) = apply(argument, &old);
        row.assign(object, value)?;
        let note =
            |text: String| Finding::new(Rule::V9, row.name(), format!("parameter {}: {text}", row.name()));
        notes.extend(already.into_iter().map(note));
    }
    Ok(notes)
}

/// What to say of a list that replaced a longer one with other values: the usual accident where one was to be added.
/// Nothing where the line says that it is meant, by -Force or -Confirm:false.
pub fn replaced<N: Noun>(before: &N, after: &N, args: &Args, target: &str) -> Vec<Finding> {
    if args.flag(&common_params::FORCE) == Some(true) || args.flag(&common_params::CONFIRM) == Some(false) {
        return Vec::new();
    }
    let sentence = |(row, argument): (&'static Row<N>, &Argument)| {
        let (Kind::List(_), Argument::Set(Value::List(_))) = (row.param.kind, argument) else { return None };
        let (old, new) = (row.stored(before)?, row.stored(after)?);
        let (old, new) = (old.elements(), new.elements());
        let gone: Vec<String> =
            old.iter().filter(|one| !new.contains(one)).map(ToString::to_string).collect();
        let added: Vec<String> =
            new.iter().filter(|one| !old.contains(one)).map(ToString::to_string).collect();
        let name = row.name();
        (!gone.is_empty() && !added.is_empty() && new.len() < old.len()).then(|| {
            let few = gone.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
            let more = if gone.len() > 4 { format!(" and {} more", gone.len() - 4) } else { String::new() };
            let edit = quote::bash(&quote::powershell_edit(&added, &[]).replace('\'', "\""));
            let message = format!("`{target}`: {name} no longer has {few}{more}");
            Finding::new(Rule::V9, name, message).hint(format!("to add to the list instead: -{name} {edit}"))
        })
    };
    given_rows::<N>(args).filter_map(sentence).collect()
}

/// The rows for which something was given, with what.
pub(crate) fn given_rows<N: Noun>(args: &Args) -> impl Iterator<Item = (&'static Row<N>, &Argument)> {
    N::rows().iter().filter_map(|row| Some((*row, args.get(&row.param)?)))
}

/// C11 and C12: refuses what was given and the server cannot have.
///
/// # Errors
/// Every such parameter.
pub(crate) fn check_given(args: &Args, server: &Server) -> Result<(), Problem> {
    let refused = |row: &'static Row<ReceiveConnector>| {
        if row.name() == rows::TRANSPORT_ROLE.name() && server.is_edge() {
            let typed = args.text(&row.param).unwrap_or_default();
            return Some(rules::no_transport_role(&typed));
        }
        (!row.exists_in(server.release())).then(|| rules::missing_in_version(&row.param, server))
    };
    let refused = given_rows::<ReceiveConnector>(args).filter_map(|(row, _)| refused(row));
    Problem::of_all(refused).map_or(Ok(()), Err)
}

/// Checks a connector as it would be on `host`, and gives the warnings.
///
/// # Errors
/// The first refusal of the rules, then the first conflict with another connector (exit 5).
pub fn check(
    connector: &ReceiveConnector,
    before: Option<&ReceiveConnector>,
    host: &Host,
    has_peers: bool,
) -> Result<Vec<Finding>, Problem> {
    let case = Case { connector, server: &host.server, before, has_peers };
    let found = rules::check_change(&case);
    let accepted = before.map(|before| before.metadata.accepted).unwrap_or_default();
    if let Some(refusal) = found.refusals.into_iter().find(|refusal| !accepted.contains(refusal.rule)) {
        return Err(refusal.into());
    }
    match rules::conflicts_of(connector, before, host).into_iter().next() {
        Some(conflict) => Err(conflict.into()),
        None => {
            let was = before.and_then(|before| rules::equal_through_wildcard(before, host));
            let doubt = rules::equal_through_wildcard(connector, host).filter(|_| was.is_none());
            Ok(found.warnings.into_iter().chain(doubt).collect())
        }
    }
}

/// Whether another server of the organization sends mail to `server` (C17), which to an Edge Transport server none
/// does before its subscription; reads other servers only where the call changes what the answer is for.
///
/// # Errors
/// Where another server's file cannot be read.
pub fn has_peers(call: &Call<'_>, draft: &mut Draft<'_>, server: &Server) -> Result<bool, Problem> {
    let asks = [&rows::FQDN, &rows::AUTH_MECHANISM, &rows::PERMISSION_GROUPS];
    if !asks.iter().any(|row| call.args.has(&row.param)) {
        return Ok(false);
    }
    if server.is_edge() { crud::is_subscribed(draft, &server.name) } else { peers(draft, server) }
}

/// Whether another server of the organization sends mail to `server`.
///
/// # Errors
/// Where another server's file cannot be read.
pub fn peers(draft: &mut Draft<'_>, server: &Server) -> Result<bool, Problem> {
    for name in draft.server_names()? {
        let Some(other) = draft.host(&name)? else { continue };
        let transport = ServerRole::HubTransport | ServerRole::Mailbox | ServerRole::EdgeTransport;
        let sends = !(other.server.roles & transport).is_empty();
        if sends && !crate::connector::same_name(&name, &server.name) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A change reads no more files of other servers than these for a warning.
const MOST_READ: usize = 100;

/// The warning of servers of the organization whose mail `connector` takes without Exchange Server authentication (C17).
/// Other servers are read only where the connector could be one to warn of, and there are few of them.
///
/// # Errors
/// Where another server's file cannot be read.
pub fn unauthenticated_servers(
    connector: &ReceiveConnector,
    before: Option<&ReceiveConnector>,
    server: &Server,
    draft: &mut Draft<'_>,
) -> Result<Option<Finding>, Problem> {
    let narrow = connector.remote_ip_ranges.iter().any(|range| !range.is_everything());
    let same = before.is_some_and(|before| {
        before.auth == connector.auth && before.remote_ip_ranges == connector.remote_ip_ranges
    });
    if !narrow || same || connector.auth.contains(AuthMechanism::ExchangeServer) {
        return Ok(None);
    }
    if !rules::reached_by_servers(connector) || draft.least_server_count()? > MOST_READ {
        return Ok(None);
    }
    let subscriptions = draft.members::<EdgeSubscription>()?.to_vec();
    let subscribed =
        |edge: &str| subscriptions.iter().any(|one| crate::connector::same_name(&one.name, edge));
    let mut senders = Vec::new();
    for name in draft.server_names()? {
        let Some(other) =
            draft.host(&name)?.filter(|other| !crate::connector::same_name(&other.server.name, &server.name))
        else {
            continue;
        };
        let transports = ServerRole::HubTransport | ServerRole::Mailbox;
        let sends = match (other.server.is_edge(), server.is_edge()) {
            (true, true) => false,
            (true, false) => subscribed(&other.server.name),
            (false, true) => subscribed(&server.name) && !(other.server.roles & transports).is_empty(),
            (false, false) => !(other.server.roles & transports).is_empty(),
        };
        senders.extend(sends.then_some(other));
    }
    let senders: Vec<&Server> = senders.iter().map(|host| &host.server).collect();
    Ok(rules::unauthenticated_servers(connector, before, &senders))
}

/// A connector as Get- shows it.
///
/// # Errors
/// Where the accepted domains cannot be read, on which it depends who can relay.
pub fn object(
    connector: &ReceiveConnector,
    server: &Server,
    draft: &mut Draft<'_>,
) -> Result<Object, Problem> {
    let catch_all = draft.catches_all()?;
    let scene = Scene { directory: draft.directory().clone(), server: server.clone(), catch_all };
    Ok(Object::of(&RECEIVE_CONNECTOR, connector, &scene, server.release()))
}

/// An outcome that shows the connectors of these names as they are now.
///
/// # Errors
/// As [`object`].
pub fn shown(names: &[(String, String)], draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let mut objects = Vec::new();
    for (server, name) in names {
        if let Ok(Some(host)) = draft.host(server)
            && let Some(connector) = host.connector(name)
        {
            objects.push(object(connector, &host.server, draft)?);
        }
    }
    Ok(Outcome::of(objects))
}

/// `SERVER\Name`.
#[must_use]
pub fn identity(server: &str, name: &str) -> String {
    format!("{server}\\{name}")
}
