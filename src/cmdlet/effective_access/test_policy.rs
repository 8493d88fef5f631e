//! Test-AccessPolicy: whether the access policies hold, and what breaks one (AC6).

use super::policies::{Broken, audit};
use super::shown;
use crate::answer::{Column, Exit, Object, Problem, TableView};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::AccessPolicy;
use crate::param::{Completes, Group, Kind, Noun, Param, Value, Verb, param};

const TEST: &[Verb] = &[Verb::Test];

static IDENTITY: Param =
    param("Identity", Kind::List(&Kind::Identity), "The policies, by name or with a wildcard. Default: all")
        .on(TEST)
        .position(1, TEST)
        .completes(Completes::ObjectOf(AccessPolicy::NAME))
        .group(Group::Identity);

static RESULT: TableView = TableView::new(
    "AccessPolicyResult",
    &["Identity", "Effect", "Result", "Server", "Client", "Ability", "From"],
    "Identity",
);

static COLUMNS: [Column; 10] = [
    ("Identity", "The policy"),
    ("Effect", "Whether it forbids or requires"),
    ("Result", "Pass or Fail"),
    ("Server", "The server on which it does not hold"),
    ("Connector", "The connector that answers there"),
    ("Client", "Who can do what it forbids, or cannot do what it requires"),
    ("Ability", "What they can do, or cannot"),
    ("From", "The first range of addresses that they come from, and the number of others"),
    ("RemoteIPRanges", "All of these ranges"),
    ("Try", "The line that tries a session"),
];

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Test,
    noun: "AccessPolicy",
    synopsis: "Check whether the access policies hold; exit 3 when one does not",
    help: Help::new(
        "Holds each access policy against every server that it is about. A policy that holds has one row; one that does not has a row for each client and ability that breaks it, with a session to try. It exits with 3 when a policy does not hold.",
        &[
            Example::new("test-accesspolicy", "Checks every policy."),
            Example::new("test-accesspolicy 'No relay' -Output json", "Checks one, for a pipeline."),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || vec![&IDENTITY],
    effect: Effect::Reads,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let scene = crud::scene(call, draft)?;
    let all = draft.members::<AccessPolicy>()?.to_vec();
    let named = call.args.texts(&IDENTITY);
    let mut places: Vec<usize> = (0..all.len()).filter(|_| named.is_empty()).collect();
    for text in &named {
        places.extend(crud::places(text, &all, &scene)?);
    }
    let policies: Vec<AccessPolicy> = places.into_iter().filter_map(|at| all.get(at).cloned()).collect();
    let found = audit(draft, &policies)?;
    let mut objects = Vec::new();
    for policy in &policies {
        let own: Vec<&Broken> = found.iter().filter(|one| one.policy.name == policy.name).collect();
        if own.is_empty() {
            objects.push(object(policy, None));
        }
        objects.extend(own.into_iter().map(|one| object(policy, Some(one))));
    }
    let exit = if found.is_empty() { Exit::Done } else { Exit::No };
    let mut outcome = Outcome { exit, ..Outcome::of(objects) };
    if all.is_empty() {
        outcome.notices.push("there is no access policy: `exch new-accesspolicy` makes one".to_owned());
    }
    Ok(outcome)
}

fn object(policy: &AccessPolicy, broken: Option<&Broken>) -> Object {
    let breach = broken.map(|one| &one.breach);
    let values = [
        Value::Text(policy.name.clone()),
        Value::Choice(policy.effect.into()),
        Value::Text(if broken.is_none() { "Pass" } else { "Fail" }.to_owned()),
        Value::optional(broken.map(|one| one.server.clone())),
        Value::optional(broken.and_then(|one| one.connector.clone())),
        Value::optional(broken.map(|one| one.client.clone())),
        breach.map_or(Value::Null, |breach| Value::Choice(breach.ability.into())),
        breach.map_or(Value::Null, |breach| shown::short(&breach.ranges)),
        breach.map_or(Value::Null, |breach| shown::list(&breach.ranges)),
        broken.map_or(Value::Null, |broken| Value::Line(broken.try_line())),
    ];
    Object::result(&RESULT, &COLUMNS, values)
}
