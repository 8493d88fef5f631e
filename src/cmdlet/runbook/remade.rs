//! The lines that make the objects which a Get- cmdlet shows, where there are none of them.

use std::sync::Arc;

use super::next_line::{granting, of_one_principal, owning};
use super::written::{heading, written};
use super::{Path, path};
use crate::answer::{Object, Problem};
use crate::cmdlet::ad_permission;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::shared::table_views::OWNER;
use crate::cmdlet::transaction::{Draft, Outcome, State};
use crate::connector::edge_default::EdgeState;
use crate::connector::{Host, ReceiveConnector, setup};
use crate::organization::{Member, Part, SendConnector, with_part};
use crate::param::{Noun, Verb, same_name};
use crate::permission::Entry;
use crate::permission::rows::{AdPermission, USER};
use crate::server::Server;

impl Cmdlet {
    /// Whether `-Output powershell` prints lines that make the objects it shows.
    #[must_use]
    pub fn shows_what_lines_make(&self) -> bool {
        let of_server = [ReceiveConnector::NAME, AdPermission::NAME, Server::NAME];
        self.verb == Verb::Get && (of_server.contains(&self.noun) || Part::named(self.noun).is_some())
    }
}

/// The outcome of a Get- with the lines that make its objects, where there are none of them.
///
/// # Errors
/// Where the store cannot be read.
pub fn remade(call: &Call<'_>, outcome: Outcome, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let outcome = outcome.whole(draft)?;
    let goal = State::of(draft.source())?;
    let path = if call.cmdlet.noun == AdPermission::NAME {
        permissions(&outcome.objects, &goal)
    } else {
        let before = without(call.cmdlet.noun, &outcome.objects, &goal);
        path(before, &goal, &call.context)
    };
    let heading = heading(call, draft.archive())?;
    let Outcome { script, mut notices, .. } = written(&heading, &path);
    notices.splice(0..0, outcome.notices);
    Ok(Outcome { script, notices, warnings: outcome.warnings, ..Outcome::default() })
}

/// The store without objects, so that lines make them anew; setup's connectors are there as setup makes
/// them and a subscription sets them.
fn without(noun: &str, objects: &[Object], goal: &State) -> State {
    let names: Vec<String> = objects.iter().filter_map(name).collect();
    let mut before = goal.clone();
    let edge_subscriptions = &goal.organization.edge_subscriptions;
    if noun == Server::NAME {
        before.hosts.retain(|_, host| !names.iter().any(|name| same_name(name, &host.server.name)));
    } else if noun == ReceiveConnector::NAME {
        for name in &names {
            let Some((server, connector)) = name.split_once('\\') else { continue };
            let Some(host) = before.host_of(server) else { continue };
            let mut host = Host::clone(host);
            let subscribed = edge_subscriptions.iter().any(|one| same_name(&one.name, &host.server.name));
            let state = if subscribed { EdgeState::Subscribed } else { EdgeState::Alone };
            let usual = setup::default_connectors_of(&host.server, state);
            host.connectors.retain(|one| !same_name(&one.name, connector));
            host.connectors.extend(usual.into_iter().filter(|one| same_name(&one.name, connector)));
            before.put(Arc::new(host));
        }
    } else if let Some(part) = Part::named(noun) {
        with_part!(part, take_out(&names, goal, &mut before));
    }
    before
}

fn take_out<N: Member>(names: &[String], goal: &State, before: &mut State) {
    let usual = N::first(&goal.directory);
    let named = |one: &N| N::SINGLE || names.iter().any(|name| same_name(name, one.name()));
    let list = N::list_mut(&mut before.organization);
    list.retain(|one| !named(one));
    list.extend(usual.into_iter().filter(|one| named(one)));
}

fn name(object: &Object) -> Option<String> {
    object.get(object.shape.name).map(ToString::to_string)
}

/// Entries as lines, or the owners, where those are shown.
fn permissions(objects: &[Object], goal: &State) -> Path {
    let mut path = Path::default();
    let mut seen = Vec::new();
    for object in objects {
        let (Some(identity), user) = (
            object.get("Identity").map(ToString::to_string),
            object.get(USER.name()).map(ToString::to_string),
        ) else {
            continue;
        };
        if seen.contains(&(identity.clone(), user.clone())) {
            continue;
        }
        let Some((owner, mut entries)) = list_of(&identity, goal) else { continue };
        if std::ptr::eq(object.shape, &OWNER) {
            path.lines.extend(owner.map(|owner| owning(&identity, &owner)));
        } else {
            let of_user = |one: &Entry| {
                !one.inherited
                    && user
                        .as_ref()
                        .is_none_or(|user| one.principal.name_in(&goal.directory.netbios_domain) == *user)
            };
            entries.retain(of_user);
            while let Some(of_one) = of_one_principal(&entries) {
                path.lines.push(granting(&ad_permission::add::CMDLET, &identity, &of_one, &goal.directory));
                let (first, deny) = (of_one[0].principal.clone(), of_one[0].deny);
                entries.retain(|one| one.principal != first || one.deny != deny);
            }
        }
        seen.push((identity, user));
    }
    path
}

/// Who owns a connector, and every entry of its access list.
fn list_of(identity: &str, goal: &State) -> Option<(Option<String>, Vec<Entry>)> {
    if let Some((server, name)) = identity.split_once('\\') {
        let host = goal.host_of(server)?;
        let connector = host.connector(name)?;
        return Some((connector.owner.clone(), connector.access.entries(host.server.platform())));
    }
    let connector = goal.organization.send_connectors.iter().find(|one| same_name(&one.name, identity))?;
    let list = connector.access(&goal.directory.netbios_domain);
    Some((connector.owner.clone(), list.entries(SendConnector::PLATFORM)))
}
