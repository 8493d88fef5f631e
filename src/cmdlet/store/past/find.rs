//! Which object an identity means: of any noun, one that is there now, else one that there was.

use enumset::EnumSet;

use super::changes::{Revised, latest, of_file};
use super::{Kept, StoredObject};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::shared::crud::{find as find_members, scene};
use crate::cmdlet::shared::{identity, not_found};
use crate::cmdlet::transaction::{Answers, Archive, Draft, Past, StoreFile, short};
use crate::connector::ReceiveConnector;
use crate::organization::{Member, Part, with_part};
use crate::param::{Completes, Group, Kind, Noun, Param, Verb, param, same_name};
use crate::powershell::quote;
use crate::server::Server;
use crate::text::is_wild;

const BY_NOUN: &[Verb] = &[Verb::Get, Verb::Restore];

/// Which noun, where objects of several have the name.
pub(in crate::cmdlet::store) static NOUN: Param =
    param("Noun", Kind::Text, "The noun of the object, where objects of several nouns have its name")
        .completes(Completes::Noun)
        .on(BY_NOUN)
        .group(Group::Identity)
        .example("SendConnector");

/// The noun of the organization's names.
const NAMES: &str = "Store";

/// The object that an identity means.
///
/// # Errors
/// Exit 4 where there is none and was none, exit 2 where there are several.
pub(in crate::cmdlet::store) fn one(
    text: &str,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    archive: &dyn Archive,
) -> Result<StoredObject, Problem> {
    let noun = noun(call)?;
    if is_wild(text) {
        let message =
            format!("parameter Identity: `{text}` is a pattern, and this takes the name of one object");
        let problem = Problem::new(Exit::NotUnderstood, message).about("Identity");
        let typed = text
            .split_once('\\')
            .map(|(server, _)| server)
            .filter(|server| !server.is_empty() && !is_wild(server));
        let server = typed.map_or("SERVER".into(), quote::bash);
        return Err(
            problem.hint(format!("exch get-storehistory -Server {server} lists every change to a server"))
        );
    }
    let has_noun = |object: &StoredObject| noun.as_ref().is_none_or(|kept| same_kind(kept, &object.kept));
    let mut found: Vec<StoredObject> = here(text, call, draft)?.into_iter().filter(has_noun).collect();
    if found.is_empty() {
        found = once(text, call, draft, archive)?.into_iter().filter(has_noun).collect();
    }
    match found.as_slice() {
        [] => Err(unknown(text, draft)?),
        [_] => Ok(found.remove(0)),
        _ => Err(several(text, &found)),
    }
}

/// The object that an identity means now, else at a revision. A file that cannot be read now is passed over.
///
/// # Errors
/// Exit 4 where there is none, exit 2 where there are several.
pub(in crate::cmdlet::store) fn then_or_now(
    text: &str,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    past: &Past<'_>,
) -> Result<StoredObject, Problem> {
    let noun = noun(call)?;
    let has_noun = |object: &StoredObject| noun.as_ref().is_none_or(|kept| same_kind(kept, &object.kept));
    let mut found: Vec<StoredObject> = here(text, call, draft).unwrap_or_default();
    found.retain(has_noun);
    if found.is_empty() {
        let mut then = Draft::new(past.source.as_ref(), None, Answers::new())?;
        found = here(text, call, &mut then)?;
        found.retain(has_noun);
    }
    match found.as_slice() {
        [] => {
            let id = short(&past.id);
            let message = format!("object '{text}' couldn't be found, neither now nor at revision {id}");
            Err(Problem { message, ..unknown(text, draft)? })
        }
        [_] => Ok(found.remove(0)),
        _ => Err(several(text, &found)),
    }
}

/// The kind that -Noun names.
fn noun(call: &Call<'_>) -> Result<Option<Kept>, Problem> {
    let Some(typed) = call.args.text(&NOUN) else { return Ok(None) };
    let all = || {
        let members = EnumSet::<Part>::all().iter().map(Kept::Member);
        [Kept::Server, Kept::Connector(String::new()), Kept::Names].into_iter().chain(members)
    };
    if let Some(kept) = all().find(|kept| same_name(noun_of(kept), &typed)) {
        return Ok(Some(kept));
    }
    let names: Vec<&str> = all().map(|kept| noun_of(&kept)).collect();
    let message = format!("parameter {}: `{typed}` is not a noun that the store keeps", NOUN.name);
    Err(Problem::new(Exit::NotUnderstood, message)
        .hint(format!("one of {}", names.join(", ")))
        .about(NOUN.name))
}

fn same_kind(one: &Kept, other: &Kept) -> bool {
    noun_of(one) == noun_of(other)
}

/// The noun of cmdlets for objects of a kind.
fn noun_of(kept: &Kept) -> &'static str {
    fn name<N: Noun>() -> &'static str {
        N::NAME
    }
    match kept {
        Kept::Server => Server::NAME,
        Kept::Connector(_) => ReceiveConnector::NAME,
        Kept::Member(part) => with_part!(*part, name()),
        Kept::Names => NAMES,
    }
}

/// The objects of every noun that there are now.
fn here(text: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<StoredObject>, Problem> {
    let mut found = Vec::new();
    for name in identity::find_servers(text, draft)? {
        found.push(StoredObject { kept: Kept::Server, name });
    }
    let connectors = match identity::find(text, call, draft) {
        // The local server may be what is looked for.
        Err(problem) if problem.exit == Exit::NotFound => Vec::new(),
        connectors => connectors?,
    };
    for (server, name) in connectors {
        found.push(StoredObject { kept: Kept::Connector(server), name });
    }
    for part in EnumSet::all() {
        let names = with_part!(part, members(text, call, draft))?;
        found.extend(names.into_iter().map(|name| StoredObject { kept: Kept::Member(part), name }));
    }
    let organization = &draft.directory().organization;
    if same_name(text, organization) {
        found.push(StoredObject { kept: Kept::Names, name: organization.clone() });
    }
    Ok(found)
}

fn members<N: Member>(text: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    if N::SINGLE {
        return Ok(same_name(text, N::NAME).then(|| N::NAME.to_owned()).into_iter().collect());
    }
    let scene = scene(call, draft)?;
    let all = draft.members::<N>()?;
    Ok(find_members(text, all, &scene).into_iter().map(|at| all[at].name().to_owned()).collect())
}

/// The objects that there were, by the names that their files' histories have.
fn once(
    text: &str,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    archive: &dyn Archive,
) -> Result<Vec<StoredObject>, Problem> {
    let mut candidates = Vec::new();
    let object = |kept: Kept, name: &str| StoredObject { kept, name: name.to_owned() };
    match text.split_once('\\') {
        Some((server, name)) => {
            let server = server_once(server, draft, archive)?;
            candidates.extend(server.map(|server| object(Kept::Connector(server), name)));
        }
        None => {
            candidates.extend(server_once(text, draft, archive)?.map(|name| object(Kept::Server, &name)));
            let local =
                identity::local_server(call, draft).ok().flatten().map(|host| host.server.name.clone());
            candidates.extend(local.map(|server| object(Kept::Connector(server), text)));
        }
    }
    candidates.extend(EnumSet::<Part>::all().iter().map(|part| object(Kept::Member(part), text)));
    let mut found = Vec::new();
    for candidate in candidates {
        found.extend(latest(&candidate, &of_file(archive, &candidate.file())?));
    }
    Ok(found)
}

/// A server's name as it was spelled while it was there; nothing where there never was one.
pub(in crate::cmdlet::store) fn server_once(
    typed: &str,
    draft: &mut Draft<'_>,
    archive: &dyn Archive,
) -> Result<Option<String>, Problem> {
    if let Some(name) = identity::find_servers(typed, draft)?.into_iter().next() {
        return Ok(Some(name));
    }
    let mut found = None;
    archive.history(None, &mut |revision| {
        found = revision.servers.into_iter().find(|server| same_name(server, typed));
        Ok(found.is_none())
    })?;
    Ok(found)
}

fn unknown(text: &str, draft: &mut Draft<'_>) -> Result<Problem, Problem> {
    let server = text.split_once('\\').map(|(server, _)| server);
    let problem = match server {
        Some(server) if draft.host(server)?.is_none() => not_found::no_server(server, draft),
        Some(_) => not_found::not_found(text, draft)?,
        None => not_found::no_object(text, draft)?,
    };
    let message = format!(
        "The operation couldn't be performed because object '{text}' couldn't be found: there is no such object, and the history names none"
    );
    Ok(Problem { message, ..problem }.about("Identity"))
}

fn several(text: &str, found: &[StoredObject]) -> Problem {
    let named: Vec<String> =
        found.iter().map(|one| format!("{} {}", noun_of(&one.kept), quote::bash(&one.identity()))).collect();
    let message = format!("the identity `{text}` means several objects: {}", named.join(", "));
    let problem = Problem::new(Exit::NotUnderstood, message).about("Identity");
    match found {
        [first, second, ..] if same_kind(&first.kept, &second.kept) => {
            problem.hint(format!("name the server too: {}", quote::bash(&first.identity())))
        }
        [first, ..] => problem.hint(format!("-{} {}", NOUN.name, noun_of(&first.kept))),
        [] => problem,
    }
}

/// The revisions that were about an object, from the newest.
///
/// # Errors
/// Where the history cannot be read.
pub(in crate::cmdlet::store) fn revisions(
    object: &StoredObject,
    archive: &dyn Archive,
) -> Result<Vec<Revised>, Problem> {
    let file: StoreFile = object.file();
    Ok(super::changes::about(object, of_file(archive, &file)?))
}
