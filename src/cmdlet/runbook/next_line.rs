//! The next line that brings one object to what it is to be.
//!
//! Lines are written from the cmdlets' own tables: what New- and Set- take is what the rows say.

use super::Line;
use crate::cmdlet::CMDLETS;
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::edge_subscription::shared::SERVER as EDGE;
use crate::cmdlet::receive_connector::new::USAGE;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::common_params::CONFIRM;
use crate::cmdlet::transaction::difference::same;
use crate::cmdlet::{accepted_domain, ad_permission, exchange_server, receive_connector, store as stores};
use crate::connector::usage::Usage;
use crate::connector::{Host, ReceiveConnector, rows};
use crate::organization::{Member, SendConnector};
use crate::param::{Argument, Field, Noun, Param, Row, Value, Verb};
use crate::permission::{AccessList, Changed, Entry, rows as entries};
use crate::server::{Directory, Server};

/// What a line is made of.
type Given = Vec<(&'static Param, Argument)>;

/// The organization's names.
pub(super) fn store(now: &Directory, then: &Directory) -> Option<Line> {
    let given = differing(now, then, Verb::Set, |_| true);
    (!given.is_empty()).then(|| Line::new(&stores::set::CMDLET, given, Directory::OURS))
}

/// A server. Exchange's are made by its setup, so that lines about one are hidden from it.
pub(super) fn server(now: Option<&Server>, then: Option<&Server>) -> Option<Line> {
    match (now, then) {
        (None, Some(then)) => {
            let exists = |row: &Row<Server>| row.exists_in(then.release());
            let usual = Server::new(&then.name, &then.fqdn);
            let given = defining(then).into_iter().chain(differing(&usual, then, Verb::New, exists));
            Some(Line::new(&exchange_server::new::CMDLET, given, Server::OURS))
        }
        (Some(now), Some(then)) => {
            let given = differing(now, then, Verb::Set, |row| row.exists_in(then.release()));
            changing(&exchange_server::set::CMDLET, &now.name, given, Server::OURS)
        }
        (Some(now), None) => Some(removing(&exchange_server::remove::CMDLET, &now.name, Server::OURS)),
        (None, None) => None,
    }
}

/// An object of the organization.
pub(super) fn member<N: Member>(now: Option<&N>, then: Option<&N>, directory: &Directory) -> Option<Line> {
    match (now, then) {
        (None, Some(then)) => {
            let given = defining(then).into_iter().chain(differing(&N::blank(), then, Verb::New, |_| true));
            Some(Line::new(cmdlet::<N>(Verb::New)?, given, N::OURS))
        }
        (Some(now), Some(then)) => {
            let given = differing(now, then, Verb::Set, |_| true);
            let set = cmdlet::<N>(Verb::Set).and_then(|set| changing(set, now.name(), given, N::OURS));
            set.or_else(|| list_of_member(now, then, directory))
        }
        (Some(now), None) => Some(removing(cmdlet::<N>(Verb::Remove)?, now.name(), N::OURS)),
        (None, None) => None,
    }
}

/// A subscription is made of a server's name, and asks whether the server's own connectors may go.
pub(super) fn subscribed(mut line: Line, edge: &str) -> Line {
    if line.cmdlet.verb == Verb::New {
        line.args.put(&EDGE, text(edge));
        line.args.put(&CONFIRM, Argument::Set(false.value()));
    }
    line
}

/// Another default domain.
pub(super) fn default_domain(name: &str) -> Line {
    let given = [(&accepted_domain::set::MAKE_DEFAULT, Argument::Set(true.value()))];
    let mut line = Line::new(&accepted_domain::set::CMDLET, [], false);
    name_it(&mut line, name);
    given.into_iter().for_each(|(param, argument)| line.args.put(param, argument));
    line
}

/// A connector of `host`.
pub(super) fn connector(
    host: &Host,
    now: Option<&ReceiveConnector>,
    then: Option<&ReceiveConnector>,
    directory: &Directory,
) -> Option<Line> {
    let server = &host.server;
    let exists = |row: &Row<ReceiveConnector>| row.exists_in(server.release());
    let (now, then) = match (now, then) {
        (None, Some(then)) => {
            let mut usual = ReceiveConnector::new(&then.name, server);
            for (row, value) in Usage::Custom.preset().values(server.platform()) {
                // A preset's value is of its row's type.
                let _ = row.assign(&mut usual, value);
            }
            let mut given: Given = vec![
                (&rows::NAME.param, text(&then.name)),
                (&rows::SERVER.param, text(&server.name)),
                (&USAGE, Argument::Set(Value::Choice(Usage::Custom.into()))),
            ];
            given.extend(
                [&rows::BINDINGS, &rows::REMOTE_IP_RANGES].map(|row| (&row.param, stored(row, then))),
            );
            given.extend(differing(&usual, then, Verb::New, exists));
            return Some(Line::new(&receive_connector::new::CMDLET, with_groups(given, &then.access), false));
        }
        (Some(now), None) => {
            let name = identity(&server.name, &now.name);
            return Some(removing(&receive_connector::remove::CMDLET, &name, false));
        }
        (None, None) => return None,
        (Some(now), Some(then)) => (now, then),
    };
    let name = identity(&server.name, &now.name);
    let mut given = differing(now, then, Verb::Set, exists);
    if now.access.groups() == then.access.groups() {
        given.retain(|(param, _)| param.name != rows::PERMISSION_GROUPS.name());
    }
    let set = changing(&receive_connector::set::CMDLET, &name, with_groups(given, &then.access), false);
    if set.is_some() {
        return set;
    }
    let changed = Changed::between(&now.access, &then.access, server.platform());
    listed(&name, &changed, (now.owner.as_ref(), then.owner.as_ref()), directory)
}

/// The access list of an object of the organization, and its owner.
fn list_of_member<N: Member>(now: &N, then: &N, directory: &Directory) -> Option<Line> {
    let entries = |one: &N| {
        let list = one.access_list(&directory.netbios_domain);
        list.map(|list| list.entries(SendConnector::PLATFORM)).unwrap_or_default()
    };
    let changed = Changed::of(&entries(now), &entries(then));
    listed(now.name(), &changed, (now.owner(), then.owner()), directory)
}

/// The next line about an access list or its owner.
fn listed(
    name: &str,
    changed: &Changed,
    (owned, owner): (Option<&String>, Option<&String>),
    directory: &Directory,
) -> Option<Line> {
    let (gone, come) = (own(&changed.gone), own(&changed.come));
    let gone = of_one_principal(&gone).map(|gone| (&ad_permission::remove::CMDLET, gone));
    let come = || of_one_principal(&come).map(|come| (&ad_permission::add::CMDLET, come));
    if let Some((cmdlet, entries)) = gone.or_else(come) {
        return Some(granting(cmdlet, name, &entries, directory));
    }
    Some(owning(name, owner.filter(|owner| owned != Some(owner))?))
}

/// The entries of the object itself: inherited ones come from its parents, which no line changes.
fn own(entries: &[Entry]) -> Vec<Entry> {
    entries.iter().filter(|entry| !entry.inherited).cloned().collect()
}

/// The line that names the owner of a connector.
pub(super) fn owning(connector: &str, owner: &str) -> Line {
    let given = [(&entries::IDENTITY.param, text(connector)), (&entries::OWNER, text(owner))];
    Line::new(&ad_permission::add::CMDLET, given, false)
}

/// The line that adds or removes entries of one principal.
pub(super) fn granting(
    cmdlet: &'static Cmdlet,
    connector: &str,
    of_one: &[&Entry],
    directory: &Directory,
) -> Line {
    let first = of_one.first();
    let user = first.map(|entry| entry.principal.name_in(&directory.netbios_domain)).unwrap_or_default();
    let rights = of_one.iter().map(|entry| Value::text(entry.right.name)).collect();
    let is_extended = first.is_none_or(|entry| entry.right.is_extended());
    let rights_row = if is_extended { &entries::EXTENDED_RIGHTS } else { &entries::ACCESS_RIGHTS };
    let mut given: Given = vec![
        (&entries::IDENTITY.param, text(connector)),
        (&entries::USER.param, text(&user)),
        (&rights_row.param, Argument::Set(Value::List(rights))),
    ];
    if first.is_some_and(|entry| entry.deny) {
        given.push((&entries::DENY.param, Argument::Set(true.value())));
    }
    if cmdlet.verb == Verb::Remove {
        given.push((&CONFIRM, Argument::Set(false.value())));
    }
    Line::new(cmdlet, given, false)
}

/// The entries that are as the first one: of its principal, allowed or denied as it is, and of its kind of rights.
pub(super) fn of_one_principal(entries: &[Entry]) -> Option<Vec<&Entry>> {
    let first = entries.first()?;
    let is_extended = |entry: &Entry| entry.right.is_extended();
    let same = |entry: &&Entry| {
        entry.principal == first.principal
            && entry.deny == first.deny
            && is_extended(entry) == is_extended(first)
    };
    Some(entries.iter().filter(same).collect())
}

/// `Custom` is no group that can be given: entries of its own follow line by line.
fn with_groups(mut given: Given, access: &AccessList) -> Given {
    for (param, argument) in &mut given {
        if param.name == rows::PERMISSION_GROUPS.name() {
            *argument = Argument::Set(Value::Flags(access.groups().iter().map(Into::into).collect()));
        }
    }
    given
}

/// The rows that New- takes and every file names, whatever they say: what the object is.
fn defining<N: Noun>(then: &N) -> Given {
    let rows = N::rows().iter().filter(|row| row.param.on.contains(&Verb::New) && row.always_written);
    let mut given: Given = rows.map(|row| (&row.param, stored(row, then))).collect();
    given.sort_by_key(|(param, _)| (param.position.is_none(), !param.required.contains(&Verb::New)));
    given
}

/// The rows that `verb` takes and in which two objects differ, each with the value that it is to have.
fn differing<N: Noun>(now: &N, then: &N, verb: Verb, exists: impl Fn(&Row<N>) -> bool) -> Given {
    let rows = N::rows().iter().filter(|row| row.param.on.contains(&verb) && exists(row));
    let differs = |row: &&&'static Row<N>| match (row.stored(now), row.stored(then)) {
        (Some(before), Some(after)) => !same(&before, &after),
        _ => false,
    };
    rows.filter(differs).map(|row| (&row.param, stored(row, then))).collect()
}

/// The value of a row as an argument: an empty one is typed as `$null`.
fn stored<N: Noun>(row: &Row<N>, object: &N) -> Argument {
    Argument::Set(row.stored(object).filter(|value| !value.is_empty()).unwrap_or(Value::Null))
}

fn text(text: &str) -> Argument {
    Argument::Set(Value::text(text))
}

fn changing(cmdlet: &'static Cmdlet, name: &str, given: Given, hidden: bool) -> Option<Line> {
    if given.is_empty() {
        return None;
    }
    let mut line = Line::new(cmdlet, [], hidden);
    name_it(&mut line, name);
    given.into_iter().for_each(|(param, argument)| line.args.put(param, argument));
    Some(line)
}

fn removing(cmdlet: &'static Cmdlet, name: &str, hidden: bool) -> Line {
    let mut line = Line::new(cmdlet, [], hidden);
    name_it(&mut line, name);
    line.args.put(&CONFIRM, Argument::Set(false.value()));
    line
}

/// Says which object a line is about, where its cmdlet is to know.
fn name_it(line: &mut Line, name: &str) {
    let identity = line.cmdlet.positional(1).filter(|param| param.required.contains(&line.cmdlet.verb));
    if let Some(identity) = identity {
        line.args.put(identity, text(name));
    }
}

/// The cmdlet of that verb for a noun.
fn cmdlet<N: Noun>(verb: Verb) -> Option<&'static Cmdlet> {
    CMDLETS.iter().find(|cmdlet| cmdlet.verb == verb && cmdlet.noun == N::NAME).copied()
}
