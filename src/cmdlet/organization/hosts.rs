//! Servers and their receive connectors: those of an export in place of those of the store.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::Lists;
use super::members::{self, Became, is_same, merged};
use super::notes::Notes;
use super::report::Report;
use super::scope::{Scope, newest};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::transaction::Draft;
use crate::connector::{Host, ReceiveConnector, TransportRole, rows, rules};
use crate::exported::{Export, ExportKind, Filled, FoundConnector, ServerFacts};
use crate::param::{Finding, Release, Rule, Value, Version};
use crate::powershell::quote;
use crate::server::{self, Server, ServerRole};

/// What an export has of one server.
#[derive(Default)]
struct Part<'e> {
    name: String,
    facts: Option<&'e ServerFacts>,
    connectors: Vec<(usize, &'e FoundConnector)>,
}

impl Part<'_> {
    /// Whether the files hold all connectors of the server.
    fn is_whole(&self) -> bool {
        self.connectors.iter().any(|(_, found)| !found.partial)
    }
}

/// What an export has of each server in scope, by name in small letters.
///
/// # Errors
/// Exit 1 where configurations, which name a part of a server's connectors, stand beside an export that names all.
fn parts<'e>(export: &'e Export, scope: &Scope) -> Result<BTreeMap<String, Part<'e>>, Problem> {
    let mut parts: BTreeMap<String, Part<'e>> = BTreeMap::new();
    if scope.has(ExportKind::ExchangeServer) {
        let files = &export.files;
        let time = |file: usize| files.get(file).and_then(|file| file.time);
        let mut servers: Vec<_> = export.servers.iter().collect();
        servers.sort_by_key(|found| (time(found.file), found.file));
        for found in servers {
            let name = &found.object.filled.object.name;
            let part = parts.entry(name.to_lowercase()).or_default();
            part.name.clone_from(name);
            part.facts = Some(&found.object);
        }
    }
    if scope.has(ExportKind::ReceiveConnector) {
        for found in &export.connectors {
            let name = &found.object.server;
            let part = parts.entry(name.to_lowercase()).or_default();
            if part.name.is_empty() {
                part.name.clone_from(name);
            }
            part.connectors.push((found.file, &found.object));
        }
    }
    parts.retain(|_, part| scope.has_server(&part.name));
    parts.values().try_for_each(|part| of_one_form(export, part))?;
    Ok(parts)
}

/// Which of the two is newer cannot be told property by property.
fn of_one_form(export: &Export, part: &Part<'_>) -> Result<(), Problem> {
    let path = |partial: bool| {
        let (file, _) = part.connectors.iter().find(|(_, found)| found.partial == partial)?;
        export.files.get(*file).map(|file| &file.path)
    };
    let (Some(configuration), Some(whole)) = (path(true), path(false)) else { return Ok(()) };
    let message = format!(
        "the DSC configuration `{configuration}` and the export `{whole}` both have receive connectors of {}",
        part.name
    );
    Err(Problem::new(Exit::Refused, message).hint("read one after the other: each is a command of its own"))
}

fn taken<'e>(
    export: &'e Export,
    part: &Part<'e>,
    older: &mut Vec<(usize, usize)>,
) -> Vec<&'e FoundConnector> {
    let found = part.connectors.iter().map(|(file, connector)| (*file, *connector));
    newest(found, |found| found.filled.object.name.to_lowercase(), &export.files, older)
}

/// The connectors of the store that the files do not hold, where they hold others of the same server.
///
/// # Errors
/// Where the store cannot be read.
pub fn removed(export: &Export, scope: &Scope, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let mut gone = Vec::new();
    if scope.merge {
        return Ok(gone);
    }
    for part in parts(export, scope)?.values().filter(|part| part.is_whole()) {
        let Some(host) = draft.host(&part.name)? else { continue };
        let taken = taken(export, part, &mut Vec::new());
        let is_there = |old: &ReceiveConnector| taken.iter().any(|new| is_same(old, &new.filled.object));
        let missing = host.connectors.iter().filter(|old| !is_there(old));
        gone.extend(missing.map(|old| format!("{}\\{}", host.server.name, old.name)));
    }
    Ok(gone)
}

/// Puts servers and receive connectors in.
///
/// # Errors
/// Exit 1 where a connector that is new does not say where it listens.
pub fn apply(
    export: &Export,
    scope: &Scope,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    report: &mut Report,
) -> Result<(), Problem> {
    let mut notes = Notes::default();
    let domain = draft.directory().netbios_domain.clone();
    let mut parts = parts(export, scope)?;
    Lists { export, scope, domain: &domain }.alone(draft, |name| {
        parts.entry(name.to_lowercase()).or_insert_with(|| Part { name, ..Part::default() });
    })?;
    for part in parts.values() {
        let old = draft.host(&part.name)?;
        let server = server_of(part, old.as_deref(), draft, (report, &mut notes))?;
        let mut host = Host { server, connectors: Vec::new() };
        let lists = Lists { export, scope, domain: &domain };
        if part.connectors.is_empty() {
            host.connectors = old.as_ref().map(|old| old.connectors.clone()).unwrap_or_default();
            lists.put(&mut host, report);
        } else {
            let mut older = Vec::new();
            let taken = taken(export, part, &mut older);
            report.older(&format!("the receive connectors of {}", host.server.name), &export.files, &older);
            let (old, merge) = (old.as_deref(), scope.merge || !part.is_whole());
            connectors(&mut host, &Incoming { taken, old, merge, lists }, (report, &mut notes))?;
        }
        for connector in &mut host.connectors {
            let before = connector.clone();
            notes.without(connector, &host.server, |_| true);
            if *connector != before {
                connector.metadata.changed = None;
            }
        }
        accept(&mut host, report)?;
        draft.put_copied(host, &call.context)?;
    }
    report.missing_servers = missing(export, scope, draft)?;
    notes.say(report);
    Ok(())
}

/// Takes connectors in that break rules, as their servers have them: the rules are noted down on each.
fn accept(host: &mut Host, report: &mut Report) -> Result<(), Problem> {
    let (warned, broken) = (rules::check_host(host), rules::broken(host));
    let server = host.server.name.clone();
    members::accept(
        &mut host.connectors,
        (warned, broken),
        &|connector| format!("{server}\\{}", connector.name),
        report,
    )
}

/// The servers of the store in scope that an export of servers does not hold.
fn missing(export: &Export, scope: &Scope, draft: &Draft<'_>) -> Result<Vec<String>, Problem> {
    if scope.merge || export.servers.is_empty() || !scope.has(ExportKind::ExchangeServer) {
        return Ok(Vec::new());
    }
    let held: BTreeSet<String> =
        export.servers.iter().map(|found| found.object.filled.object.name.to_lowercase()).collect();
    let mut names = draft.server_names()?;
    names.retain(|name| scope.has_server(name) && !held.contains(&name.to_lowercase()));
    Ok(names)
}

/// The server of a part: as the store has it, with what the export says of it.
fn server_of(
    part: &Part<'_>,
    old: Option<&Host>,
    draft: &Draft<'_>,
    (report, notes): (&mut Report, &mut Notes),
) -> Result<Server, Problem> {
    let base = match old {
        Some(host) => host.server.clone(),
        None => inferred(part, draft, (&mut *report, notes)),
    };
    let Some(facts) = part.facts else { return Ok(base) };
    if let Some(build) = &facts.unknown_build {
        let message = format!(
            "the server {}: `{build}` is not a build of an edition that is known here; it is taken for Exchange {}",
            base.name,
            base.version.name()
        );
        report.warnings.push(Finding::new(Rule::C18, server::rows::VERSION.name(), message));
    }
    let mut filled = facts.filled.clone();
    settle_pack(&mut filled, &base)?;
    let (server, became) = merged(&filled, &base, old.map(|host| &host.server));
    if let Some(build) = facts.unknown_pack.as_ref().filter(|_| server.service_pack.is_none()) {
        report.warnings.push(unknown_pack(build, &server));
    }
    let tally = report.tally("", ExportKind::ExchangeServer);
    match became {
        Became::Added => tally.added += 1,
        Became::Changed => tally.changed += 1,
        Became::Unchanged => tally.unchanged += 1,
    }
    match server::check(&server).refusals.into_iter().next() {
        Some(refusal) => Err(Problem {
            message: format!("the server {}: {}", server.name, refusal.message),
            ..refusal.into()
        }),
        None => Ok(server),
    }
}

/// A service pack of another edition goes with it; the last one of the edition is as it was said before, or not at all.
fn settle_pack(filled: &mut Filled<Server>, base: &Server) -> Result<(), Problem> {
    let pack = &server::rows::SERVICE_PACK;
    let is_said = filled.has(pack);
    let version = if filled.has(&server::rows::VERSION) { filled.object.version } else { base.version };
    if !is_said && version != base.version {
        filled.put(pack, Value::Null)?;
    }
    let came = Server { version, ..filled.object.clone() }.release();
    if is_said && (came == base.release() || came == Release::from(version)) {
        let kept = base.service_pack.filter(|_| came == base.release());
        filled.put(pack, kept.map_or(Value::Null, |kept| Value::Choice(kept.name())))?;
    }
    Ok(())
}

/// A build that says of its service pack what is not known here.
fn unknown_pack(build: &str, server: &Server) -> Finding {
    let release = server.release();
    let message = format!(
        "the server {}: `{build}` is of no service pack of Exchange {} that is known here; it is taken for {}",
        server.name,
        release.version.name(),
        release.pack.name()
    );
    let first = release.version.service_packs().first().map_or("", |pack| pack.name());
    Finding::new(Rule::C18, server::rows::SERVICE_PACK.name(), message).hint(format!(
        "exch set-exchangeserver {} -ServicePack {first} names another",
        quote::bash(&server.name)
    ))
}

/// A server of which no file says anything but through its connectors.
fn inferred(part: &Part<'_>, draft: &Draft<'_>, (report, notes): (&mut Report, &mut Notes)) -> Server {
    let connectors: Vec<&FoundConnector> = part.connectors.iter().map(|(_, found)| *found).collect();
    let mut server = Server::new(&part.name, &fqdn(&part.name, &connectors, &draft.directory().domain));
    server.version = edition(&connectors).unwrap_or(server.version);
    server.roles = roles(server.version, &connectors).into();
    let is_said =
        |facts: &ServerFacts| facts.unknown_build.is_some() || facts.filled.has(&server::rows::VERSION);
    if !part.facts.is_some_and(is_said) {
        notes.editions.entry(server.version).or_default().push(server.name.clone());
    }
    if part.facts.is_none() {
        report.tally("", ExportKind::ExchangeServer).added += 1;
    }
    server
}

/// A server's DNS name: of the connectors' names in EHLO, the one that begins with the server's own.
fn fqdn(name: &str, connectors: &[&FoundConnector], domain: &str) -> String {
    let own = |fqdn: &&String| fqdn.split_once('.').is_some_and(|(host, _)| host.eq_ignore_ascii_case(name));
    let mut names = connectors.iter().filter_map(|found| found.filled.object.fqdn.as_ref());
    names.find(own).cloned().unwrap_or_else(|| format!("{name}.{domain}"))
}

/// How many of the properties that every edition has an export of whole connectors may be without.
const MOST_ABSENT: usize = 6;

/// The edition whose properties connectors have. 2016 and 2019 have the same ones, and differ in what setup makes of
/// SmtpUtf8Enabled.
fn edition(connectors: &[&FoundConnector]) -> Option<Version> {
    let first = &connectors.first()?.filled;
    // A selection of properties says nothing of the others.
    if first.absent().filter(|row| row.param.since == Version::OLDEST).count() > MOST_ABSENT {
        return None;
    }
    let newest = rows::ROWS.iter().filter(|row| first.has(row)).map(|row| row.param.since).max()?;
    let utf8 = connectors.iter().any(|found| found.filled.object.smtp_utf8);
    Some(if newest == Version::V2016 && utf8 { Version::V2019 } else { newest })
}

fn roles(version: Version, connectors: &[&FoundConnector]) -> ServerRole {
    let on = |role| connectors.iter().all(|found| found.filled.object.transport_role == role);
    if connectors.iter().any(|found| found.edge) {
        ServerRole::EdgeTransport
    } else if version < Version::V2013 {
        ServerRole::HubTransport
    } else if version == Version::V2013 && on(TransportRole::FrontendTransport) {
        ServerRole::ClientAccess
    } else {
        ServerRole::Mailbox
    }
}

/// The connectors that come to one server.
struct Incoming<'e> {
    taken: Vec<&'e FoundConnector>,
    old: Option<&'e Host>,
    merge: bool,
    lists: Lists<'e>,
}

fn connectors(
    host: &mut Host,
    incoming: &Incoming<'_>,
    (report, notes): (&mut Report, &mut Notes),
) -> Result<(), Problem> {
    let (server, taken) = (host.server.clone(), &incoming.taken);
    let old = incoming.old.map(|host| host.connectors.as_slice()).unwrap_or_default();
    let tally = report.tally(&server.name, ExportKind::ReceiveConnector);
    let mut came = vec![false; taken.len()];
    for one in old {
        let at = taken.iter().enumerate().position(|(at, new)| !came[at] && is_same(one, &new.filled.object));
        match at {
            Some(at) => {
                came[at] = true;
                let (new, became) = connector(taken[at], &server, Some(one), incoming.lists, notes)?;
                *(if became == Became::Changed { &mut tally.changed } else { &mut tally.unchanged }) += 1;
                host.connectors.push(new);
            }
            None if incoming.merge => {
                tally.unchanged += 1;
                host.connectors.push(one.clone());
            }
            None => tally.removed += 1,
        }
    }
    for (new, _) in taken.iter().zip(&came).filter(|(_, came)| !**came) {
        host.connectors.push(connector(new, &server, None, incoming.lists, notes)?.0);
        tally.added += 1;
    }
    Ok(())
}

/// One connector, with its access list.
fn connector(
    found: &FoundConnector,
    server: &Server,
    old: Option<&ReceiveConnector>,
    lists: Lists<'_>,
    notes: &mut Notes,
) -> Result<(ReceiveConnector, Became), Problem> {
    let mut filled = found.filled.clone();
    let name = filled.object.name.clone();
    let identity = format!("{}\\{name}", server.name);
    if old.is_none() {
        present(&filled, &identity)?;
        notes.defaults(&filled, server);
    }
    let said = filled.clone();
    notes.without(&mut filled.object, server, |row| said.has(row));
    let (access, incomplete) = lists.access(found, (&filled, old), server);
    filled.object.access = access;
    filled.put(&rows::ACCESS_LIST_INCOMPLETE, Value::Bool(incomplete))?;
    if incomplete {
        notes.custom.push(identity);
    }
    let base = old.cloned().unwrap_or_else(|| ReceiveConnector::new(&name, server));
    Ok(merged(&filled, &base, old))
}

/// What a connector that is new cannot do without.
fn present(filled: &Filled<ReceiveConnector>, identity: &str) -> Result<(), Problem> {
    let missing = [&rows::BINDINGS, &rows::REMOTE_IP_RANGES].into_iter().find(|row| !filled.has(row));
    let Some(row) = missing else { return Ok(()) };
    let message = format!("the connector `{identity}` is new, and the file does not have its {}", row.name());
    let hint = format!("export it whole: {}", ExportKind::ReceiveConnector.export_command());
    Err(Problem::new(Exit::Refused, message).hint(hint).about(super::PATH.name))
}
