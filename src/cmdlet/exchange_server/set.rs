//! Set-ExchangeServer: changes a server; with another version or role, what its connectors do stays (C18).

use crate::answer::Problem;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::edge_subscription::shared::orphans;
use crate::cmdlet::exchange_server::shared::{check, shown, usual_roles};
use crate::cmdlet::receive_connector::set::something_to_set;
use crate::cmdlet::receive_connector::shared::apply_args;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::change::move_to;
use crate::connector::setup::connector_roles;
use crate::connector::{Host, rows as connector_rows};
use crate::manual::{Example, Help};
use crate::param::{Finding, Group, Kind, Param, Verb, param};
use crate::server::{Server, allowed_roles, rows};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "ExchangeServer",
    synopsis: "Change servers; what their connectors do stays",
    help: Help::new(
        "Changes a server. With another version or other roles, what its connectors do stays: where a default differs between the versions, the old value is kept and named. Connectors that came with a role that goes, unchanged, go with it after a question.",
        &[
            Example::new(
                "set-exchangeserver HUB01 -IPAddresses 10.0.0.10,10.0.0.11",
                "Says which addresses a server owns; bindings are checked against them.",
            ),
            Example::new(
                "set-exchangeserver MBX01 -Version SE -WhatIf",
                "Shows what an upgrade would change.",
            ),
        ],
    ),
    params: || row_params_and::<Server>(Verb::Set, [&PRODUCT_KEY]),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

/// Accepted, no effect, and never repeated.
static PRODUCT_KEY: Param =
    param("ProductKey", Kind::Text, "Accepted without effect: the store keeps no product keys")
        .secret()
        .group(Group::Ignored);

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    if !call.args.has(&PRODUCT_KEY) {
        something_to_set::<Server>(&call.args)?;
    }
    let texts = call.args.texts(&rows::IDENTITY.param);
    let many = texts.len() > 1 || texts.iter().any(|text| text.contains(['*', '?']));
    let mut outcome = Outcome::default();
    let orphaned = orphans(draft)?;
    for name in identity::all_servers(&texts, draft)? {
        set_one(call, draft, &name, many, &mut outcome)?;
    }
    outcome.warnings.extend(orphans(draft)?.into_iter().filter(|one| !orphaned.contains(one)));
    Ok(outcome)
}

fn set_one(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    name: &str,
    many: bool,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let Some(before) = draft.host(name)? else { return Err(identity::no_server(name, draft)) };
    let mut host = Host::clone(&before);
    let mut server = host.server.clone();
    let mut warnings = apply_args(&mut server, &call.args)?;
    if server.version != before.server.version && !call.args.has(&rows::SERVICE_PACK.param) {
        server.service_pack = None;
    }
    let new_roles = follow_version(&before.server, &mut server, &call.args);
    if let Some(problem) = Problem::of_all(crate::server::check(&server).refusals) {
        return Err(problem);
    }
    let moves = (server.release(), server.roles) != (before.server.release(), before.server.roles);
    let mut notices: Vec<String> =
        new_roles.into_iter().chain(follow_fqdn(&mut host, &server.fqdn)).collect();
    let mut dropped = Vec::new();
    if moves {
        let effects = move_to(&mut host, server)?;
        notices.extend(effects.notes);
        notices.extend(
            effects
                .dropped
                .iter()
                .map(|c| format!("`{c}` came with a role that goes, unchanged, and goes with it")),
        );
        dropped = effects.dropped;
    } else {
        host.server = server;
    }
    warnings.extend(check(&host)?);
    warnings.retain(|warning| !crate::server::check(&before.server).warnings.contains(warning));
    let removes = !dropped.is_empty();
    let question = Question {
        operation: "Set",
        target: name.to_owned(),
        along: dropped,
        removes,
        always: many || removes,
    };
    if draft.confirm(question) {
        draft.put(host, &call.context)?;
        outcome.objects.extend(shown(name, draft)?);
        outcome.notices.extend(notices);
        let among = |warning: Finding| if many { warning.on(name) } else { warning };
        outcome.warnings.extend(warnings.into_iter().map(among));
    }
    Ok(())
}

/// Where no roles were named, a server that received mail does so in its new version too: its roles are then
/// those of the version's own that it had, and the version's usual ones. Says so.
fn follow_version(before: &Server, server: &mut Server, args: &Args) -> Option<String> {
    let receives = |server: &Server| !(server.roles & connector_roles(server.version)).is_empty();
    let stray = server.roles - allowed_roles(server.version);
    if args.has(&rows::SERVER_ROLE.param) || stray.is_empty() && receives(before) <= receives(server) {
        return None;
    }
    server.roles = (server.roles - stray) | usual_roles(server.version);
    let roles: Vec<&str> = server.roles.iter().map(Into::into).collect();
    Some(format!(
        "server {} has the roles of Exchange {} now: {}; -{} names others",
        server.name,
        server.version.name(),
        roles.join(", "),
        rows::SERVER_ROLE.name()
    ))
}

/// Connectors that bear the server's name bear its new one: C7 holds them to it.
fn follow_fqdn(host: &mut Host, fqdn: &str) -> Vec<String> {
    let old = host.server.fqdn.clone();
    let mut notices = Vec::new();
    for connector in host.connectors.iter_mut().filter(|_| old != fqdn) {
        if connector.fqdn.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&old)) {
            connector.fqdn = Some(fqdn.to_owned());
            notices.push(format!(
                "`{}`: {} follows the server's, {fqdn}",
                connector.name,
                connector_rows::FQDN.name()
            ));
        }
    }
    notices
}
