//! Get-DataPath: the published tables of ports, authentication and encryption, row by row.

use super::shared::whole_or_ends;
use super::{ends, flow_object, picture, shared as data_path};
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::shared::common_params::wants_picture;
use crate::cmdlet::shared::identity;
use crate::cmdlet::shared::table_views::DATA_PATH;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::datapath::{DataPath, Edition, Ports, Query, Table, rows};
use crate::manual::{Example, Help};
use crate::organization::NetworkZone;
use crate::param::{Verb, Version};
use crate::picture::Drawing;
use crate::picture::Form;
use crate::text;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "DataPath",
    synopsis: "Show which ports, authentication and encryption are documented",
    help: Help::new(
        "Shows the published tables of data paths of a version of Exchange, 2010 unless it is named. What a line names narrows them: the ends by role, a port, a protocol, authentication by default or supported, encryption by default. What the source does not state is printed as not stated, and -Output list shows everything with the notes. With servers of the store each row is of two servers, with their addresses and the ports that their connectors bind, from the tables of the newer one; a role that no server has is shown by its name, and -Output svg, html, mermaid or dot draws them.",
        &[
            Example::new("get-datapath -Version 2007", "Shows every data path of Exchange 2007."),
            Example::new(
                "get-datapath -Source HubTransport -Destination EdgeTransport -Output list",
                "Shows what leads from Hub to Edge Transport servers, with notes.",
            ),
            Example::new("get-datapath -Server HUB01 -Port 25", "Shows the paths of a server on a port."),
            Example::new("get-datapath -Server '*'", "Shows what every two servers of the store need between them."),
        ],
    )
    .columns(flow_object::columns),
    params: || {
        row_params_and::<DataPath>(
            Verb::Get,
            [&rows::ASKED_PORTS, &rows::SERVER, &rows::SITE, &rows::CROSSING],
        )
    },
    effect: Effect::Consults,
    pictures: &[Form::Svg, Form::Html, Form::Mermaid, Form::Dot],
    excludes: whole_or_ends,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    if ends::are_servers(&call.args, draft)? {
        return between_servers(call, draft);
    }
    if wants_picture(&call.args) {
        return Err(no_picture());
    }
    let version = data_path::asked_version(&call.args).unwrap_or(Version::V2010);
    let mut roles = |param| {
        let end = data_path::end(param, &call.args, draft)?;
        end.map(|end| data_path::roles(param, &end, version)).transpose()
    };
    let (source, destination) = (roles(&rows::SOURCE.param)?, roles(&rows::DESTINATION.param)?);
    let of_ends = |query| Query { source: source.clone(), destination: destination.clone(), ..query };
    let queries: Vec<Query> = data_path::queries(call, version).into_iter().map(of_ends).collect();
    let fits = |path: &&DataPath| queries.iter().any(|query| query.failed(path, Ports::Listed).is_empty());
    let mut paths: Vec<&DataPath> = Edition::of(version).paths(version).filter(fits).collect();
    of_table(call, version, &mut paths)?;
    of_names(call, version, &mut paths)?;
    let edition = Edition::of(version);
    let object = |path: &&DataPath| Object::of(&DATA_PATH, *path, edition, Version::NEWEST);
    let notices = if paths.is_empty() { vec![none_fits(edition, version)] } else { Vec::new() };
    Ok(Outcome { notices, ..Outcome::of(paths.iter().map(object).collect()) })
}

/// The rows between servers of the store, with names and addresses (D6).
fn between_servers(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let ends::Found { flows, without_rows, warnings } = ends::flows(call, draft)?;
    let mut notices: Vec<String> = without_rows.into_iter().map(ends::no_rows).collect();
    notices.extend(flows.is_empty().then(|| ends::NOTHING_FITS.to_owned()));
    let zones = if wants_picture(&call.args) { Some(draft.members::<NetworkZone>()?.to_vec()) } else { None };
    let picture = zones.map(|zones| Drawing::Network(picture::network(&flows, &zones)));
    Ok(Outcome { notices, warnings, picture, ..Outcome::of(flows.iter().map(flow_object::object).collect()) })
}

fn no_picture() -> Problem {
    Problem::new(
        Exit::NotUnderstood,
        "parameter Output: there is a picture of servers, and none of roles alone",
    )
    .hint("-Server '*' draws every server of the store")
    .about("Output")
}

fn none_fits(edition: &Edition, version: Version) -> String {
    let complete = if edition.complete { "" } else { ", and its tables are incomplete" };
    format!("no data path of Exchange {} fits{complete}", version.name())
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
pub(super) fn no_path(name: &str, version: Version) -> Problem {
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
