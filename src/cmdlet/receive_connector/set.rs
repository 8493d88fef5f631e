//! Set-ReceiveConnector: changes what was given, on one connector or on all that a wildcard means.

use crate::answer::{Exit, Problem};
use crate::cmdlet::accepted_domain::references;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::receive_connector::shared::{
    apply_args, check, check_given, given_rows, has_peers, identity as joined, replaced, shown,
    unauthenticated_servers,
};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::rules::taken_name;
use crate::connector::{ReceiveConnector, rows, same_name};
use crate::manual::{Example, Help};
use crate::param::{Finding, Verb};
use crate::permission::{Changed, by_principal};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "ReceiveConnector",
    synopsis: "Change Receive connectors",
    help: Help::new(
        "Changes what is given and leaves the rest as it is. A list replaces the old one; '@{Add=\"…\";Remove=\"…\"}' in quotes adds and removes single values, and '$null' empties. A wildcard or several identities are asked about first and become one revision, all or none.",
        &[
            Example::new(
                "set-receiveconnector 'HUB01\\Relay' -RemoteIPRanges '@{Add=\"10.0.0.9\"}'",
                "Lets one more address in.",
            ),
            Example::new(
                "set-receiveconnector 'HUB01\\Relay' -MaxMessageSize 50MB -Banner '220 Relay'",
                "Changes two properties in one revision.",
            ),
            Example::new(
                "set-receiveconnector 'MBX01\\*' -ProtocolLoggingLevel Verbose -Confirm:false",
                "Logs sessions on every connector of a server, without asking.",
            ),
        ],
    ),
    params: || row_params::<ReceiveConnector>(Verb::Set),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    something_to_set::<ReceiveConnector>(&call.args)?;
    let targets = identity::targets(call, &rows::IDENTITY.param, draft)?;
    let mut outcome = Outcome { notices: targets.unmatched, ..Outcome::default() };
    let mut changed = Vec::new();
    for (server, name) in &targets.found {
        let question = Question {
            operation: "Set",
            target: joined(server, name),
            along: Vec::new(),
            removes: false,
            always: targets.many,
        };
        if draft.confirm(question) {
            let name = set_one(call, draft, (server, name, targets.many), &mut outcome)?;
            changed.push((server.clone(), name));
        }
    }
    outcome.objects = shown(&changed, draft)?.objects;
    Ok(outcome)
}

/// A Set- that sets nothing is a line whose values a shell took away.
///
/// # Errors
/// Exit 2 where nothing but the identity was given.
pub(crate) fn something_to_set<N: crate::param::Noun>(args: &Args) -> Result<(), Problem> {
    if given_rows::<N>(args).any(|(row, _)| row.name() != "Identity") {
        return Ok(());
    }
    Err(Problem::new(Exit::NotUnderstood, "there is nothing to set: no property was given")
        .hint("a shell may have taken it away ($true and $null are empty to bash); type -Enabled:true or -Banner '$null' in quotes"))
}

/// Changes one connector and gives its name, which may be new.
fn set_one(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    (server, name, many): (&str, &str, bool),
    outcome: &mut Outcome,
) -> Result<String, Problem> {
    let Some(host) = draft.host(server)? else { return Err(identity::no_server(server, draft)) };
    let Some(at) = host.connectors.iter().position(|c| same_name(&c.name, name)) else {
        return Ok(name.to_owned());
    };
    check_given(&call.args, &host.server)?;
    let before = &host.connectors[at];
    let mut connector = before.clone();
    let mut warnings = apply_args(&mut connector, &call.args)?;
    references::resolve(&mut connector, call, draft)?;
    let identity = joined(&host.server.name, &before.name);
    warnings.extend(replaced(before, &connector, &call.args, &identity));
    let platform = host.server.platform();
    connector.access = connector.access.settled(platform);
    if let Some(taken) = taken_name(&host, &connector.name).filter(|taken| taken.name != before.name) {
        let message =
            format!("the Receive connector \"{}\" is there already", joined(&host.server.name, &taken.name));
        return Err(Problem::new(Exit::Conflict, message)
            .hint("choose another -Name")
            .about(rows::NAME.name()));
    }
    // Other servers are looked at only where that decides a warning.
    let alone = check(&connector, Some(before), &host, false)?;
    let among_others = check(&connector, Some(before), &host, true)?;
    let differs = alone != among_others && has_peers(call, draft, &host.server)?;
    warnings.extend(if differs { among_others } else { alone });
    warnings.extend(unauthenticated_servers(&connector, Some(before), &host.server, draft)?);
    let among = |warning: Finding| if many { warning.on(&identity) } else { warning };
    outcome.warnings.extend(warnings.into_iter().map(among));
    let lost = Changed::between(&before.access, &connector.access, platform).gone;
    let target = joined(&host.server.name, &connector.name);
    let describe = |(who, rights): (String, String)| format!("`{target}`: {who} loses {rights}");
    outcome.notices.extend(by_principal(&lost, &draft.directory().netbios_domain).into_iter().map(describe));
    let new_name = connector.name.clone();
    let mut host = draft.take(host);
    host.connectors[at] = connector;
    draft.put(host, &call.context)?;
    Ok(new_name)
}
