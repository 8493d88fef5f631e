//! Set-Store: what the organization is called.

use std::collections::BTreeSet;

use crate::answer::{Column, Object, Problem, cells};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::receive_connector::set::something_to_set;
use crate::cmdlet::receive_connector::shared::{apply_args, identity};
use crate::cmdlet::shared::table_views::STORE;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::Host;
use crate::manual::{Example, Help};
use crate::organization::{AcceptedDomain, Member as _};
use crate::param::{Noun, Platform, Value, Verb, same_name};
use crate::permission::{AccessList, Entry, Principal};
use crate::server::Directory;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "Store",
    synopsis: "Change what the store's organization is called",
    help: Help::new(
        "Changes the names that identities, distinguished names and accounts are made of. Servers and connectors stay as they are, but for entries of the organization's own groups: they follow a new NetBIOS name, and are listed.",
        &[
            Example::new("set-store -Organization 'Contoso Ltd'", "Renames the organization."),
            Example::new(
                "set-store -NetBiosDomain CONTOSO1 -WhatIf",
                "Shows what another NetBIOS name would change.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || row_params::<Directory>(Verb::Set),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

/// Its column beside the properties of the organization.
pub static COLUMNS: [Column; 1] = [("Path", "The store's directory")];

/// The store as it is shown: its organization, and where it is.
#[must_use]
pub fn object(directory: &Directory, call: &Call<'_>) -> Object {
    let shown = Directory::rows().iter().map(|row| (row.name(), row.print(directory, &())));
    let path = cells(&COLUMNS, [Value::Text(call.context.store.clone())]);
    Object::new(&STORE, shown.chain(path).collect())
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    something_to_set::<Directory>(&call.args)?;
    let old = draft.directory().clone();
    let warnings = apply_args(draft.directory_mut(), &call.args)?;
    let mut notices = keep_accepted(&old, call, draft)?;
    notices.extend(follow_domain(&old.netbios_domain, call, draft)?);
    Ok(Outcome { warnings, notices, ..Outcome::of(vec![object(draft.directory(), call)]) })
}

/// AD3: the first accepted domain is made with the store. What mail is taken for stays when the store's domain gets
/// another name, also where no file said so yet; says what is not taken.
fn keep_accepted(old: &Directory, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let new = draft.directory().domain.clone();
    if same_name(&old.domain, &new) {
        return Ok(Vec::new());
    }
    let domains = draft.members::<AcceptedDomain>()?.to_vec();
    if !draft.source().exists() {
        let first = AcceptedDomain::first(draft.directory());
        if domains == AcceptedDomain::first(old) {
            draft.put_members(first, &call.context)?;
        }
        return Ok(Vec::new());
    }
    let is_accepted = domains.iter().any(|domain| domain.is_of(&new));
    draft.put_members(domains, &call.context)?;
    let notice = format!(
        "accepted domains stay: `exch new-accepteddomain {new} -DomainName {new}` takes mail for `{new}`"
    );
    Ok((!is_accepted).then_some(notice).into_iter().collect())
}

/// Another NetBIOS domain: the organization's own groups follow in the access lists that name them, and what was
/// an account of the new domain by such a name is the group now. Says so, once a connector and principal.
fn follow_domain(old: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let new = draft.directory().netbios_domain.clone();
    let mut notices = Vec::new();
    for server in if old == new { Vec::new() } else { draft.server_names()? } {
        let Some(host) = draft.host(&server)? else { continue };
        let mut host = Host::clone(&host);
        let platform = host.server.platform();
        for connector in &mut host.connectors {
            let entries = connector.access.own_entries();
            let described: BTreeSet<String> =
                entries.iter().filter_map(|entry| describe(&entry.principal, old, &new)).collect();
            let identity = identity(&host.server.name, &connector.name);
            notices.extend(described.iter().map(|described| format!("`{identity}`: {described}")));
            if entries.iter().any(|entry| joins(&entry.principal, &new)) {
                connector.access = in_domain(&connector.access, &new, platform);
            }
        }
        draft.put(host, &call.context)?;
    }
    Ok(notices)
}

/// What becomes of one principal; nothing for most.
fn describe(principal: &Principal, old: &str, new: &str) -> Option<String> {
    let (before, after) = (principal.name_in(old), principal.name_in(new));
    match before == after {
        false => Some(format!("entries of {before} are those of {after} now")),
        true => joins(principal, new)
            .then(|| format!("entries of {before} are those of the organization's own group now")),
    }
}

/// Whether an account is one of the organization's own groups in that domain.
fn joins(principal: &Principal, domain: &str) -> bool {
    matches!(principal, Principal::Account(_))
        && matches!(Principal::read_in(principal.name(), domain), Principal::WellKnown(_))
}

/// An access list as it reads in that domain.
fn in_domain(list: &AccessList, domain: &str, platform: Platform) -> AccessList {
    let read = |entry: &Entry| match joins(&entry.principal, domain) {
        true => Entry { principal: Principal::read_in(entry.principal.name(), domain), ..entry.clone() },
        false => entry.clone(),
    };
    AccessList::from_parts(list.groups(), list.own_entries().iter().map(read).collect(), platform)
}
