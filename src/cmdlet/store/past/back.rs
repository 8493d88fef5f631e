//! One object as it was at a revision, put in the place of what it is now.

use super::three_way::place;
use super::{Kept, StoredObject, checked};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::shared::identity as joined;
use crate::cmdlet::transaction::{Draft, Past, Source, short};
use crate::connector::{Host, ReceiveConnector};
use crate::organization::{Member, Organization, with_part};
use crate::param::{Record, same_name};
use crate::powershell::quote;

/// Brings `object`, as it is called now or was called then, back as it was.
///
/// # Errors
/// Exit 4 where it was not there then, or the first rule that forbids the old state.
pub(in crate::cmdlet::store) fn bring(
    object: &StoredObject,
    past: &Past<'_>,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<(), Problem> {
    let source = past.source.as_ref();
    let absent = || not_there(object, &past.id);
    match &object.kept {
        Kept::Names => *draft.directory_mut() = source.directory()?,
        Kept::Server => {
            let host = source.host(&object.name)?.ok_or_else(absent)?;
            draft.put_back(&object.name, Some(host))?;
        }
        Kept::Connector(server) => {
            let then = source.host(server)?.ok_or_else(absent)?;
            connector(server, &object.name, &then, draft)?.ok_or_else(absent)?;
        }
        Kept::Member(part) => {
            with_part!(*part, member(&object.name, source, call, draft))?.ok_or_else(absent)?
        }
    }
    Ok(())
}

fn not_there(object: &StoredObject, id: &str) -> Problem {
    let identity = object.identity();
    let id = short(id);
    Problem::new(Exit::NotFound, format!("object '{identity}' was not there at revision {id}"))
        .hint(format!(
            "exch get-storehistory {} lists the revisions that were about it",
            quote::bash(&identity)
        ))
        .about("Identity")
}

/// The connector; nothing where it was not there.
fn connector(server: &str, name: &str, then: &Host, draft: &mut Draft<'_>) -> Result<Option<()>, Problem> {
    let Some(now) = draft.host(server)? else {
        let message = format!("object '{}' cannot come back: its server is not there", joined(server, name));
        return Err(Problem::new(Exit::NotFound, message)
            .hint(format!("-Identity {server} brings the server back with its connectors"))
            .about("Identity"));
    };
    let Some((mut wanted, at)) = counterpart(name, &then.connectors, &now.connectors) else {
        return Ok(None);
    };
    let mut host = Host::clone(&now);
    wanted.access = wanted.access.settled(host.server.platform());
    put::<ReceiveConnector>(&mut host.connectors, wanted, at);
    checked::host(Some(&now), &host)?;
    draft.put_back(server, Some(host))?;
    Ok(Some(()))
}

/// The object of the organization; nothing where it was not there.
fn member<N: Member>(
    name: &str,
    source: &dyn Source,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Option<()>, Problem> {
    let mut then = Organization::default();
    source.part(N::PART, &mut then)?;
    let mut all = draft.members::<N>()?.to_vec();
    let found = match N::list(&then).as_slice() {
        [only] if N::SINGLE => Some((only.clone(), (!all.is_empty()).then_some(0))),
        then => counterpart(name, then, &all),
    };
    let Some((wanted, at)) = found else { return Ok(None) };
    put(&mut all, wanted, at);
    draft.put_copied_members(all, &call.context)?;
    Ok(Some(()))
}

/// The object as it was then, and its place now: the one that is called so now, under its name of then, else the one
/// that was called so then, under its name of now.
fn counterpart<N: Record>(name: &str, then: &[N], now: &[N]) -> Option<(N, Option<usize>)> {
    let named = |all: &[N]| all.iter().position(|one| same_name(one.name(), name));
    if let Some(at) = named(now) {
        let same = place(&now[at], then).or_else(|| named(then))?;
        return Some((then[same].clone(), Some(at)));
    }
    let wanted = &then[named(then)?];
    Some((wanted.clone(), place(wanted, now)))
}

fn put<N: Record>(all: &mut Vec<N>, wanted: N, at: Option<usize>) {
    match at {
        Some(at) => all[at] = wanted,
        None => all.push(wanted),
    }
}
