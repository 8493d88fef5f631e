//! Get-DataPath: the published tables of ports, authentication and encryption, row by row.

use std::sync::Arc;

use super::shared as data_path;
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::ad_permission::args::apart;
use crate::cmdlet::args::Call;
use crate::cmdlet::data_path::shared::End;
use crate::cmdlet::definition::{Cmdlet, Effect, nothing_more, row_params};
use crate::cmdlet::shared::identity;
use crate::cmdlet::shared::table_views::DATA_PATH;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::Host;
use crate::datapath::{DataPath, Edition, Ports, Query, Role, Table, rows};
use crate::manual::{Example, Help};
use crate::param::{Param, Verb, Version};
use crate::text;

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "DataPath",
    synopsis: "Show which ports, authentication and encryption are documented",
    help: Help::new(
        "Shows the published tables of data paths of a version of Exchange, 2010 unless it is named. What a line names narrows them: the ends by role or by a server of the store, a port, a protocol, authentication by default or supported, encryption by default. What the source does not state is printed as not stated, and -Output list shows everything with the notes.",
        &[
            Example::new("get-datapath -Version 2007", "Shows every data path of Exchange 2007."),
            Example::new(
                "get-datapath -Source HubTransport -Destination EdgeTransport -Output list",
                "Shows what leads from Hub to Edge Transport servers, with notes.",
            ),
            Example::new("get-datapath -Server HUB01 -Port 25", "Shows the paths of a server on a port."),
        ],
    ),
    params,
    effect: Effect::Consults,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    let mut params = row_params::<DataPath>(Verb::Get);
    params.push(&rows::SERVER);
    params
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let (source, destination) = (&rows::SOURCE.param, &rows::DESTINATION.param);
    apart(&call.args, &rows::SERVER, &[source, destination])?;
    let ends = [data_path::end(source, &call.args, draft)?, data_path::end(destination, &call.args, draft)?];
    let servers = servers(call, draft)?;
    let named = ends.iter().flatten().filter_map(End::host);
    let version = data_path::version(&call.args, named.chain(servers.iter().flatten().map(|host| &**host)));
    let roles =
        |param, end: &Option<End>| end.as_ref().map(|end| data_path::roles(param, end, version)).transpose();
    let query = Query {
        source: roles(source, &ends[0])?,
        destination: roles(destination, &ends[1])?,
        ..data_path::query(call, version)
    };
    let mut paths = query.fitting(Ports::Listed);
    if let Some(hosts) = &servers {
        of_servers(hosts, version, &mut paths)?;
    }
    of_table(call, version, &mut paths)?;
    of_names(call, version, &mut paths)?;
    let edition = Edition::of(version);
    let object = |path: &&DataPath| Object::of(&DATA_PATH, *path, edition, Version::NEWEST);
    let notices = if paths.is_empty() { vec![none_fits(edition, version)] } else { Vec::new() };
    Ok(Outcome { notices, ..Outcome::of(paths.iter().map(object).collect()) })
}

fn none_fits(edition: &Edition, version: Version) -> String {
    let complete = if edition.complete { "" } else { ", and its tables are incomplete" };
    format!("no data path of Exchange {} fits{complete}", version.name())
}

/// The servers that `-Server` names.
fn servers(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Option<Vec<Arc<Host>>>, Problem> {
    if !call.args.has(&rows::SERVER) {
        return Ok(None);
    }
    let mut hosts = Vec::new();
    for typed in call.args.texts(&rows::SERVER) {
        for name in identity::servers(&typed, draft)? {
            hosts.extend(draft.host(&name)?);
        }
    }
    Ok(Some(hosts))
}

/// Keeps the paths that begin or end at one server, or lead from one of several to another.
fn of_servers(hosts: &[Arc<Host>], version: Version, paths: &mut Vec<&DataPath>) -> Result<(), Problem> {
    let roles: Vec<Vec<&Role>> =
        hosts.iter().map(|host| data_path::server_roles(&host.server, version)).collect::<Result<_, _>>()?;
    let leads = |from: &[&Role], to: &[&Role], path: &DataPath| {
        from.contains(&path.source) && to.contains(&path.destination)
    };
    paths.retain(|path| match roles.as_slice() {
        [only] => only.contains(&path.source) || only.contains(&path.destination),
        several => several.iter().enumerate().any(|(at, from)| {
            several.iter().enumerate().any(|(other, to)| at != other && leads(from, to, path))
        }),
    });
    Ok(())
}

/// Keeps the paths of the table that was named.
fn of_table(call: &Call<'_>, version: Version, paths: &mut Vec<&DataPath>) -> Result<(), Problem> {
    let param = &rows::TABLE.param;
    let Some(table) = call.args.text(param).and_then(|name| name.parse::<Table>().ok()) else {
        return Ok(());
    };
    let mut tables: Vec<&str> = Edition::of(version).paths(version).map(|path| path.table.name()).collect();
    tables.dedup();
    if !tables.contains(&table.name()) {
        let message = format!("parameter Table: Exchange {} has no table `{}`", version.name(), table.name());
        return Err(Problem::new(Exit::NotUnderstood, message)
            .hint(format!("-Table takes, for Exchange {}, {}", version.name(), tables.join(", ")))
            .about(param.name));
    }
    paths.retain(|path| path.table == table);
    Ok(())
}

/// Keeps the paths that were named.
fn of_names(call: &Call<'_>, version: Version, paths: &mut Vec<&DataPath>) -> Result<(), Problem> {
    let param = &rows::ID.param;
    if !call.args.has(param) {
        return Ok(());
    }
    let patterns = call.args.texts(param);
    let is = |pattern: &str, path: &DataPath| identity::matches(pattern, path.id);
    for name in patterns.iter().filter(|pattern| !pattern.contains(['*', '?'])) {
        if !Edition::of(version).paths(version).any(|path| is(name, path)) {
            return Err(no_path(name, version));
        }
    }
    paths.retain(|path| patterns.iter().any(|pattern| is(pattern, path)));
    Ok(())
}

/// Exit 4 for a data path, with the version that has it, or the nearest name.
fn no_path(name: &str, version: Version) -> Problem {
    let message = format!("parameter Id: Exchange {} has no data path `{name}`", version.name());
    let problem = Problem::new(Exit::NotFound, message).about(rows::ID.name());
    let has = |edition: &Edition, v| edition.paths(v).any(|path| path.id.eq_ignore_ascii_case(name));
    if let Some(other) = data_path::version_with(has) {
        return problem.hint(format!("-Version {} has it", other.name()));
    }
    let names = Edition::of(version).paths(version).map(|path| path.id.to_owned());
    match text::nearest(name, names, text::LIKE) {
        Some(near) => problem.hint(format!("did you mean {near}?")),
        None => problem.hint(format!("exch get-datapath -Version {} lists them", version.name())),
    }
}
