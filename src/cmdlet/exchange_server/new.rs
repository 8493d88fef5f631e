//! New-ExchangeServer: a server with the connectors that setup makes for its version and roles.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::exchange_server::shared::{check, shown, usual_roles};
use crate::cmdlet::receive_connector::shared::apply_args;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::{Host, setup};
use crate::manual::{Example, Help};
use crate::param::{Group, Kind, Param, Verb, param};
use crate::server::{Server, rows};

/// Leaves setup's connectors out.
static NO_DEFAULT_CONNECTORS: Param =
    param("NoDefaultConnectors", Kind::Switch, "Without the connectors that setup makes")
        .group(Group::Connections);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::New,
    noun: "ExchangeServer",
    synopsis: "Add a server, with the Receive connectors that setup makes for its version and roles",
    help: Help::new(
        "Adds a server to the store with the Receive connectors that setup makes for its version and roles. Nothing is installed anywhere: a server here is what its connectors belong to and take their defaults from. Version and roles decide which parameters and permission groups its connectors have.",
        &[
            Example::new(
                "new-exchangeserver MBX02 -Version 2019",
                "Adds a Mailbox server with its five default connectors.",
            ),
            Example::new(
                "new-exchangeserver EDGE01 -Version 2016 -ServerRole EdgeTransport -IPAddresses 192.0.2.25",
                "Adds an Edge Transport server with the address that it owns.",
            ),
            Example::new(
                "new-exchangeserver HUB02 -Version 2010 -NoDefaultConnectors",
                "Adds a Hub Transport server without connectors.",
            ),
        ],
    ),
    params: || row_params_and::<Server>(Verb::New, [&NO_DEFAULT_CONNECTORS]),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let name = call.args.text(&rows::NAME.param).unwrap_or_default();
    if let Some(taken) = draft.host(&name)? {
        let message = format!("the server \"{}\" is there already", taken.server.name);
        let hint = format!("exch set-exchangeserver {} changes it", taken.server.name);
        return Err(Problem::new(Exit::Conflict, message).hint(hint).about(rows::NAME.name()));
    }
    let fqdn = format!("{name}.{}", draft.directory().domain);
    if !call.args.has(&rows::FQDN.param) {
        let is_domain = rows::FQDN.param.kind.parse(rows::NAME.name(), &fqdn);
        is_domain.map_err(|finding| {
            Problem::from(finding).hint("a server's name is a host name; -Fqdn gives it another DNS name")
        })?;
    }
    let mut server = Server::new(&name, &fqdn);
    let mut warnings = apply_args(&mut server, &call.args)?;
    if !call.args.has(&rows::SERVER_ROLE.param) {
        server.roles = usual_roles(server.version);
    }
    let leave_out = call.args.flag(&NO_DEFAULT_CONNECTORS) == Some(true);
    let connectors = if leave_out { Vec::new() } else { setup::default_connectors(&server) };
    let host = Host { server, connectors };
    warnings.extend(check(&host)?);
    let mut outcome = Outcome { warnings, ..Outcome::default() };
    if !host.connectors.is_empty() {
        let names: Vec<&str> = host.connectors.iter().map(|c| c.name.as_str()).collect();
        outcome.notices.push(format!("made the default connectors {}", names.join(", ")));
    }
    draft.put(host, &call.context)?;
    outcome.objects = shown(&name, draft)?;
    Ok(outcome)
}
