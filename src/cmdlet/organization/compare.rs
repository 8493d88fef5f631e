//! Compare-Organization: what differs between the store and exports of the servers.

use std::collections::{BTreeSet, HashMap};

use super::apply::apply;
use super::import::export;
use super::params::{KIND, PATH, PROPERTY, SERVER};
use super::report::{Report, few};
use super::scope::Scope;
use crate::answer::{Column, Exit, Object, Problem, TableView};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::runbook::{difference, wants_lines};
use crate::cmdlet::transaction::{Difference, Draft, INHERITED, Outcome, State, differences};
use crate::manual::{Example, Help};
use crate::param::{Kind, Noun, Param, Value, Verb, param, record};
use crate::server::Server;
use crate::text::Wildcard;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Compare,
    noun: "Organization",
    synopsis: "Show how the store and exports of Exchange servers differ; exit 3 when they do",
    help: Help::new(
        "Compares the store with what Import-Organization would bring in from the same files, and changes nothing. One row is shown for each property and each entry of an access list that differs, and one, with the Name, for an object that only one side has. Lists have no order, ranges count by their first and last address, and identifiers, dates and what the product computes are not compared; it exits with 3 when something differs and with 0 when nothing does. -Output powershell prints the lines that bring the servers to what the store says; -Server and -Kind narrow them, -Property does not.",
        &[
            Example::new("compare-organization exports", "Shows what differs from the servers."),
            Example::new(
                "compare-organization exports -Kind ReceiveConnector -Property RemoteIPRanges -Output json",
                "Shows whose ranges differ, for a program.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || vec![&PATH, &SERVER, &KIND, &PROPERTY, &REVERSE],
    effect: Effect::Reads,
    prints_lines: true,
    run,
    ..DEFAULTS
};

/// The other direction.
static REVERSE: Param = param(
    "Reverse",
    Kind::Switch,
    "With -Output powershell, the lines that bring the store to the servers, not the servers to the store",
)
.on(&[Verb::Compare]);

/// A property in which store and servers differ.
static DRIFT: TableView =
    TableView::new("OrganizationDrift", &["Identity", "Property", "Store", "Servers"], "Identity");

/// Its columns.
static COLUMNS: [Column; 4] = [
    ("Identity", "The object: a server, a connector, or one of the organization"),
    ("Property", "The property that differs; ADPermission is an entry of the access list"),
    ("Store", "What the store has"),
    ("Servers", "What the servers have, by their exports"),
];

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let report = apply(export(call)?, &Scope::of(&call.args), call, draft)?;
    if wants_lines(call) {
        return lines(call, draft, report);
    }
    let mut found = condensed(differences(draft));
    found.extend(report.missing_servers.iter().map(|name| Difference {
        noun: <Server as Noun>::NAME,
        identity: name.clone(),
        property: NAME,
        before: Value::Text(name.clone()),
        after: Value::Null,
    }));
    found.retain(|difference| !record::is_remark(difference.property));
    if call.args.has(&PROPERTY) {
        let wanted: Vec<Wildcard> =
            call.args.texts(&PROPERTY).iter().map(|text| Wildcard::new(text)).collect();
        found.retain(|difference| wanted.iter().any(|wanted| wanted.matches(difference.property)));
    }
    let exit = if found.is_empty() { Exit::Done } else { Exit::No };
    let objects = found.iter().map(object).collect();
    Ok(Outcome { exit, warnings: report.warnings, notices: report.notices, ..Outcome::of(objects) })
}

/// The lines that bring the servers to what the store says, or with `-Reverse` the store to what the servers have.
fn lines(call: &Call<'_>, draft: &Draft<'_>, report: Report) -> Result<Outcome, Problem> {
    let (servers, store) = (State::after(draft)?, State::of(draft.source())?);
    let outcome = if call.args.flag(&REVERSE) == Some(true) {
        difference(call, store, &servers, "the store to the servers")
    } else {
        difference(call, servers, &store, "the servers to the store")
    };
    let inherited = inherited(&differences(draft));
    let notices = report.notices.into_iter().chain(outcome.notices.clone()).chain(inherited).collect();
    Ok(Outcome { warnings: report.warnings, notices, ..outcome })
}

/// That inherited entries differ, which no line changes.
fn inherited(found: &[Difference]) -> Option<String> {
    let is_inherited = |value: &Value| value.to_string().starts_with(INHERITED);
    let of: BTreeSet<&str> = found
        .iter()
        .filter(|difference| is_inherited(&difference.before) || is_inherited(&difference.after))
        .map(|difference| difference.identity.as_str())
        .collect();
    let names: Vec<String> = of.into_iter().map(str::to_owned).collect();
    let (which, _) = few(&names);
    (!names.is_empty()).then(|| {
        format!(
            "inherited entries of {which} differ: they are changed at the parent in the directory, by no line"
        )
    })
}

/// The property that every object has.
const NAME: &str = "Name";

/// Of an object that only one side has, its name alone.
fn condensed(found: Vec<Difference>) -> Vec<Difference> {
    let one_sided = |difference: &Difference| difference.before.is_empty() || difference.after.is_empty();
    let names = found.iter().filter(|difference| difference.property == NAME && one_sided(difference));
    let alone: HashMap<String, bool> =
        names.map(|difference| (difference.identity.clone(), difference.before.is_empty())).collect();
    let stays = |difference: &Difference| match alone.get(&difference.identity) {
        Some(is_new) => difference.property == NAME && difference.before.is_empty() == *is_new,
        None => true,
    };
    found.into_iter().filter(stays).collect()
}

fn object(difference: &Difference) -> Object {
    let [identity, property] = [difference.identity.clone(), difference.property.to_owned()].map(Value::Text);
    let values = [identity, property, difference.before.clone(), difference.after.clone()];
    Object::result(&DRIFT, &COLUMNS, values)
}
