//! Test-Store: reads the whole store and names everything that is wrong with it.

use std::collections::HashMap;

use crate::answer::{Column, Exit, Object, Problem};
use crate::cmdlet::accepted_domain;
use crate::cmdlet::args::Call;
use crate::cmdlet::data_path;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::effective_access::policies;
use crate::cmdlet::receive_connector::relay_notice::open_relays;
use crate::cmdlet::shared::table_views::DAMAGE;
use crate::cmdlet::store::accepted;
use crate::cmdlet::transaction::{Damage, Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Value, Verb};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Test,
    noun: "Store",
    synopsis: "Check the whole store: files, rules, history",
    help: Help::new(
        "Reads every file and holds it against every rule, and checks that the history is whole. A connector's DefaultDomain that is no accepted domain is a finding, and so are a name that a server, a network endpoint and a network zone have in common, an open relay and an access policy that does not hold. It prints a row for each finding and exits with 3 when there is one. What a real server breaks and Import-Organization accepted is a row too, and no reason for exit 3.",
        &[
            Example::new("test-store", "Checks the store."),
            Example::new("test-store -Output json", "Prints the findings as a JSON array, for a pipeline."),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: Vec::new,
    effect: Effect::Audits,
    run,
    ..DEFAULTS
};

fn run(_: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(archive) = draft.archive() else { return Ok(Outcome::default()) };
    let mut damage = archive.damage()?;
    if damage.is_empty() {
        damage = repeated_identifiers(draft)?;
        damage.extend(policies::damage(draft)?);
    }
    damage.extend(accepted_domain::references::dangling(draft)?);
    damage.extend(data_path::names::shared(draft)?);
    damage.extend(relays(draft)?);
    let accepted = accepted::findings(draft)?;
    let exit = if damage.is_empty() { Exit::Done } else { Exit::No };
    let notice = match damage.len() {
        0 => match draft.server_names()?.len() {
            1 => "the store is sound: 1 server".to_owned(),
            several => format!("the store is sound: {several} servers"),
        },
        1 => "1 finding".to_owned(),
        several => format!("{several} findings"),
    };
    let mut notices = vec![notice];
    match accepted.len() {
        0 => {}
        1 => notices.push("1 finding is accepted".to_owned()),
        several => notices.push(format!("{several} findings are accepted")),
    }
    let objects = damage.iter().chain(&accepted).map(object).collect();
    Ok(Outcome { exit, notices, ..Outcome::of(objects) })
}

static COLUMNS: [Column; 2] =
    [("Place", "The file, the revision or the object"), ("Message", "What is wrong with it")];

fn object(damage: &Damage) -> Object {
    let values = [&damage.place, &damage.message].map(|text| Value::Text(text.clone()));
    Object::result(&DAMAGE, &COLUMNS, values)
}

/// Open relays (R3), as far as the files can be read: no damage, and nothing that should go unseen either.
fn relays(draft: &mut Draft<'_>) -> Result<Vec<Damage>, Problem> {
    let mut found = Vec::new();
    let catch_all = draft.catches_all().unwrap_or_default();
    for name in draft.server_names()? {
        let Ok(Some(host)) = draft.host(&name) else { continue };
        found.extend(open_relays(&host, catch_all).map(|(place, message)| Damage { place, message }));
    }
    Ok(found)
}

/// Two objects with one Guid: a file was copied by hand.
fn repeated_identifiers(draft: &mut Draft<'_>) -> Result<Vec<Damage>, Problem> {
    let mut seen = HashMap::new();
    let mut damage = Vec::new();
    for name in draft.server_names()? {
        let Some(host) = draft.host(&name)? else { continue };
        let connectors =
            host.connectors.iter().filter_map(|c| Some((c.metadata.guid?, format!("{name}\\{}", c.name))));
        let server = host.server.metadata.guid.map(|guid| (guid, name.clone()));
        for (guid, identity) in connectors.chain(server) {
            if let Some(first) = seen.insert(guid, identity.clone()) {
                let message = format!(
                    "`{identity}` has the Guid of `{first}`: take the line out of one of them, and the next change gives it a new one"
                );
                damage.push(Damage { place: identity, message });
            }
        }
    }
    Ok(damage)
}
