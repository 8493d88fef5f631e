//! What a server, a network endpoint and a network zone are called: an end of data paths and a list of open ports take
//! each of them by its name, so no name is of two (D8, D9). What a file said before is left alone, and reported by
//! Test-Store.

use crate::answer::{Exit, Problem};
use crate::cmdlet::transaction::difference::Pair;
use crate::cmdlet::transaction::{Damage, Draft, unless_damaged};
use crate::connector::Host;
use crate::organization::{Member, NetworkEndpoint, NetworkZone};
use crate::param::same_name;
use crate::powershell::quote;

/// Refuses a draft in which a name begins to be of two of them. A revision that is brought back is taken as it was.
///
/// # Errors
/// Exit 5 for such a name, exit 6 where the disk does not give the names that are there.
pub(crate) fn check(draft: &mut Draft<'_>) -> Result<(), Problem> {
    if draft.restores().is_some() {
        return Ok(());
    }
    let made = |(before, after): Pair<'_, Host>| {
        after.filter(|_| before.is_none()).map(|host| host.server.name.clone())
    };
    let servers: Vec<String> = draft.changed_hosts().filter_map(made).collect();
    let (endpoints, zones) = (new_names::<NetworkEndpoint>(draft), new_names::<NetworkZone>(draft));
    if servers.is_empty() && endpoints.is_empty() && zones.is_empty() {
        return Ok(());
    }
    let kinds = [
        ("server", unless_damaged(draft.server_names())?.unwrap_or_default(), servers),
        ("network endpoint", names::<NetworkEndpoint>(draft)?, endpoints),
        ("network zone", names::<NetworkZone>(draft)?, zones),
    ];
    for (at, (_, _, new)) in kinds.iter().enumerate() {
        let others = kinds.iter().enumerate().filter(|(other, _)| *other != at);
        for (_, (what, all, _)) in others {
            let is_taken = |name: &&String| all.iter().any(|other| same_name(other, name));
            if let Some(name) = new.iter().find(is_taken) {
                return Err(taken(name, what));
            }
        }
    }
    Ok(())
}

/// The names that two of them have, as far as the files can be read: the file of the one whose name can be changed.
///
/// # Errors
/// Where the names of the servers cannot be read, or the disk does not give the others.
pub(crate) fn shared(draft: &mut Draft<'_>) -> Result<Vec<Damage>, Problem> {
    let servers = draft.server_names()?;
    let (endpoints, zones) = (names::<NetworkEndpoint>(draft)?, names::<NetworkZone>(draft)?);
    let mut found = Vec::new();
    let beside_server = ("server", servers.as_slice());
    renamed::<NetworkEndpoint>(&endpoints, &[beside_server], &mut found);
    renamed::<NetworkZone>(&zones, &[beside_server, ("network endpoint", &endpoints)], &mut found);
    Ok(found)
}

/// Those of one noun whose name one of the others has, with what to do.
fn renamed<N: Member>(own: &[String], others: &[(&str, &[String])], found: &mut Vec<Damage>) {
    for name in own {
        let has_it = |(_, all): &&(&str, &[String])| all.iter().any(|other| same_name(other, name));
        let Some((what, _)) = others.iter().find(has_it) else { continue };
        let (noun, quoted) = (N::NAME, quote::bash(name));
        let message = format!(
            "the {noun} `{name}` has the name of a {what}, so lines about data paths cannot tell them apart: exch set-{} {quoted} -Name NAME gives it another",
            noun.to_lowercase()
        );
        found.push(Damage { place: N::PART.file().to_owned(), message });
    }
}

/// The names of one noun; none where its file cannot be read, which is another line's trouble.
fn names<N: Member>(draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let all = unless_damaged(draft.members::<N>())?.unwrap_or_default();
    Ok(all.iter().map(|one| one.name().to_owned()).collect())
}

/// The names of one noun that were not there before.
fn new_names<N: Member>(draft: &Draft<'_>) -> Vec<String> {
    let before = N::list(&draft.before().organization);
    let is_new = |one: &&N| !before.iter().any(|old| same_name(old.name(), one.name()));
    N::list(&draft.after().organization).iter().filter(is_new).map(|one| one.name().to_owned()).collect()
}

fn taken(name: &str, what: &str) -> Problem {
    Problem::new(Exit::Conflict, format!("the name `{name}` is that of a {what}"))
        .hint("give it another name: lines about data paths name servers, endpoints and zones alike")
}
