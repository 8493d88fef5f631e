//! The names that completion offers, from the store as it is now. It takes no lock and reports no error: what
//! cannot be read is not offered.

use std::collections::BTreeSet;
use std::io::{BufRead, Read};

use strum::VariantNames;

use super::file;
use super::place;
use super::read::unnamed;
use super::snapshot::Snapshot;
use super::{Options, World};
use crate::cmdlet::{Args, CompletionCandidate, CompletionRequest, Source, begins};
use crate::connector::{Host, ReceiveConnector, same_name};
use crate::datapath::EDITIONS;
use crate::organization::{Member, Organization, Part, with_part};
use crate::output::Format;
use crate::param::Completes;
use crate::permission::{DOMAIN, PRINCIPALS, RIGHTS, WellKnown};
use crate::store::StoreRepository;

/// So many revisions are offered.
const REVISIONS: usize = 50;
/// Of so many servers a prompt shows the connectors.
const SERVERS_SHOWN: usize = 4;
/// No command line is as long.
const LONGEST: u64 = 1 << 20;

/// The first line of standard input, however much follows.
#[must_use]
pub fn input_line() -> String {
    let mut line = Vec::new();
    // What cannot be read is not answered.
    let _ = std::io::stdin().lock().take(LONGEST).read_until(b'\n', &mut line);
    String::from_utf8_lossy(&line).into_owned()
}

/// The names that begin as typed, in the order in which they are offered.
#[must_use]
pub fn known(world: &World, asked: &CompletionRequest<'_>) -> Vec<CompletionCandidate> {
    let typed = |known: &CompletionCandidate| begins(&known.text, asked.typed);
    all(world, asked).into_iter().filter(typed).collect()
}

/// The names that may stand for a value, as a prompt shows them; none of values that are no names.
#[must_use]
pub(super) fn whole_names(world: &World, store: Option<&str>, what: Completes) -> Vec<String> {
    let stored = |typed: &str| stored(world, &CompletionRequest { what, typed, store }).unwrap_or_default();
    match what {
        Completes::Connector => {
            let first = stored("");
            let whole = first.iter().filter(|one| one.whole).map(|one| one.text.clone());
            let beginnings = first.iter().filter(|one| !one.whole).take(SERVERS_SHOWN);
            let elsewhere = beginnings.flat_map(|server| stored(&server.text)).map(|one| one.text);
            let whole: Vec<String> = whole.collect();
            if whole.is_empty() { elsewhere.collect() } else { whole }
        }
        Completes::File => file::names(world),
        what => {
            let asked = CompletionRequest { what, typed: "", store };
            all(world, &asked).into_iter().map(|one| one.text).collect()
        }
    }
}

fn all(world: &World, asked: &CompletionRequest<'_>) -> Vec<CompletionCandidate> {
    match asked.what {
        Completes::Format => {
            let drawn = |name: &&&str| name.parse().is_ok_and(Format::is_made_by_few);
            Format::VARIANTS
                .iter()
                .filter(|name| !drawn(name))
                .map(|name| CompletionCandidate::whole(*name, ""))
                .collect()
        }
        Completes::Right => {
            RIGHTS.iter().map(|right| CompletionCandidate::whole(right.name, right.decides)).collect()
        }
        Completes::RoleOrServer => {
            let servers = stored(world, asked).unwrap_or_default();
            roles().chain(servers).collect()
        }
        Completes::Connector
        | Completes::Server
        | Completes::Revision
        | Completes::Principal
        | Completes::ObjectOf(_) => stored(world, asked).unwrap_or_default(),
        Completes::Nothing | Completes::File | Completes::Cmdlet | Completes::Noun | Completes::Verb => {
            Vec::new()
        }
    }
}

fn stored(world: &World, asked: &CompletionRequest<'_>) -> Option<Vec<CompletionCandidate>> {
    let mut options = Options::read(&Args::default(), world).ok()?;
    options.store = asked.store.map(Into::into);
    let repository = place::open(&place::find(&options, world).ok()?).ok()??;
    if asked.what == Completes::Revision {
        return revisions(&repository);
    }
    let snapshot = Snapshot::new(repository.read().ok()?, unnamed(world.machine.domain.as_deref()));
    match asked.what {
        Completes::Principal => Some(principals(&snapshot)),
        Completes::ObjectOf(noun) => Some(objects(&snapshot, Part::named(noun)?)),
        Completes::Server => Some(whole_servers(&snapshot)),
        Completes::RoleOrServer => {
            let endpoints = objects(&snapshot, Part::NetworkEndpoints);
            Some(whole_servers(&snapshot).into_iter().chain(endpoints).collect())
        }
        _ => Some(match asked.typed.split_once('\\') {
            Some((server, _)) => on_server(&snapshot, server),
            None => here_and_servers(world, &snapshot),
        }),
    }
}

/// Roles of the tables of data paths, as servers call them, each once.
fn roles() -> impl Iterator<Item = CompletionCandidate> {
    let all = EDITIONS.iter().flat_map(|edition| edition.roles).flat_map(|role| role.spellings());
    let names: BTreeSet<&str> = all.filter(|name| !name.contains([' ', '-'])).collect();
    names.into_iter().map(|name| CompletionCandidate::whole(name, ""))
}

fn revisions(repository: &StoreRepository) -> Option<Vec<CompletionCandidate>> {
    let revisions = repository.history(None).ok()?.take(REVISIONS).map_while(Result::ok);
    Some(
        revisions.map(|revision| CompletionCandidate::whole(revision.id.short(), revision.subject)).collect(),
    )
}

fn principals(snapshot: &Snapshot<'_>) -> Vec<CompletionCandidate> {
    let domain = snapshot.domain();
    let known =
        |known: &WellKnown| CompletionCandidate::whole(known.name.replace(DOMAIN, domain), known.session);
    objects(snapshot, Part::Principals).into_iter().chain(PRINCIPALS.iter().map(known)).collect()
}

/// The organization's objects of one noun, by name.
fn objects(snapshot: &Snapshot<'_>, part: Part) -> Vec<CompletionCandidate> {
    let mut organization = Organization::default();
    // What cannot be read is not offered.
    let _ = snapshot.part(part, &mut organization);
    with_part!(part, names(&organization))
}

fn names<N: Member>(organization: &Organization) -> Vec<CompletionCandidate> {
    N::list(organization).iter().map(|object| CompletionCandidate::whole(object.name(), "")).collect()
}

fn servers(snapshot: &Snapshot<'_>, known: fn(String) -> CompletionCandidate) -> Vec<CompletionCandidate> {
    snapshot.present_servers().into_iter().map(known).collect()
}

fn whole_servers(snapshot: &Snapshot<'_>) -> Vec<CompletionCandidate> {
    servers(snapshot, |name| CompletionCandidate::whole(name, ""))
}

/// The connectors of one server, by `SERVER\Name`.
fn on_server(snapshot: &Snapshot<'_>, server: &str) -> Vec<CompletionCandidate> {
    let Ok(Some(host)) = snapshot.host(server) else { return Vec::new() };
    connectors(&host, |name| format!("{}\\{name}", host.server.name))
}

/// The local server's connectors by name, then `SERVER\` for every server; of other servers no file is read.
fn here_and_servers(world: &World, snapshot: &Snapshot<'_>) -> Vec<CompletionCandidate> {
    let beginning = |mut name: String| {
        name.push('\\');
        CompletionCandidate { text: name, help: String::new(), whole: false }
    };
    let names = servers(snapshot, beginning);
    let local = local(world, &names).and_then(|name| snapshot.host(name).ok().flatten());
    let mut known = local.map(|host| connectors(&host, str::to_owned)).unwrap_or_default();
    known.extend(names);
    known
}

/// The local server among those that there are, found as identities find it.
fn local<'n>(world: &World, names: &'n [CompletionCandidate]) -> Option<&'n str> {
    let mut names = names.iter().map(|known| known.text.trim_end_matches('\\'));
    let wanted = world.environment.server.as_ref().unwrap_or(&world.machine.name);
    match names.clone().find(|name| same_name(name, wanted)) {
        None if world.environment.server.is_none() => names.next().filter(|_| names.next().is_none()),
        found => found,
    }
}

fn connectors(host: &Host, text: impl Fn(&str) -> String) -> Vec<CompletionCandidate> {
    let known = |connector: &ReceiveConnector| {
        let bindings: Vec<String> = connector.bindings.iter().map(ToString::to_string).collect();
        CompletionCandidate::whole(text(&connector.name), bindings.join(", "))
    };
    host.connectors.iter().map(known).collect()
}
