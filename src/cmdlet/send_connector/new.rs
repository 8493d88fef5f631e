//! New-SendConnector: where mail goes, from a usage type and what was given (SC14).

use strum::VariantNames;

use crate::answer::Problem;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, Missing, row_params_and};
use crate::cmdlet::exchange_server::shared::here;
use crate::cmdlet::send_connector::shared::{check, resolved};
use crate::cmdlet::shared::common_params::FORCE;
use crate::cmdlet::shared::crud;
use crate::cmdlet::shared::usage_switches::{Usages, switches};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Exclusion, Help, ParameterSet};
use crate::organization::send_connector::{Usage, rows};
use crate::organization::{Scene, SendConnector};
use crate::param::{Argument, Group, Kind, Param, Platform, Tier, Value, Verb, Version, param};

/// The usage type by name.
static USAGE: Param =
    param("Usage", Kind::Choice(Usage::VARIANTS), "What the connector is for").group(Group::Identity);

/// The usage types as switches, in the order of [`Usage::ALL`]. A switch asks for what is missing.
static SWITCHES: [Param; 4] = switches!["Custom", "Internal", "Internet", "Partner"];

static USAGES: Usages<Usage> = Usages { by_name: &USAGE, switches: &SWITCHES, all: &Usage::ALL };

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::New,
    noun: "SendConnector",
    synopsis: "Make a Send connector",
    help: Help::new(
        "A connector takes the mail for the domains in -AddressSpaces from the servers in -SourceTransportServers, and finds the next hop by MX records or hands everything to -SmartHosts. Of several that fit a recipient the narrowest address space decides, then the lowest cost. A usage, by its switch or as -Usage NAME, gives what is not given here. A credential is kept as its user name alone.",
        &[
            Example::new(
                "new-sendconnector 'To the Internet' -Internet -AddressSpaces '*' -SourceTransportServers MBX01",
                "Sends mail for every domain by MX records.",
            ),
            Example::new(
                "new-sendconnector 'Through the provider' -AddressSpaces '*' -DNSRoutingEnabled:false -SmartHosts smtp.fabrikam.com -RequireTLS:true -SourceTransportServers MBX01",
                "Hands all mail to a smart host, over TLS or not at all.",
            ),
            Example::new(
                "new-sendconnector Woodgrove -Usage Partner -AddressSpaces woodgrovebank.com -SourceTransportServers MBX01 -WhatIf",
                "Shows what a connector with mutual TLS to a partner would be, and makes nothing.",
            ),
        ],
    )
    .sets(sets),
    params: || row_params_and::<SendConnector>(Verb::New, [&USAGE, &FORCE].into_iter().chain(&SWITCHES)),
    effect: Effect::Changes,
    needs,
    excludes,
    run,
    ..DEFAULTS
};

/// The usages, as help shows them: what each is for, needs and gives on the newest version.
fn sets() -> Vec<ParameterSet> {
    let set = |(usage, switch): (Usage, &'static Param)| ParameterSet {
        switch: Some(switch),
        purpose: usage.purpose(),
        required: vec![&rows::ADDRESS_SPACES.param],
        gives: usage
            .settings(Version::NEWEST)
            .into_iter()
            .map(|(row, text)| (&row.param, text.to_owned()))
            .collect(),
    };
    let linked = ParameterSet {
        switch: Some(&rows::LINKED_RECEIVE_CONNECTOR.param),
        purpose: "2007 and 2010: all mail of one receive connector",
        required: vec![&rows::SMART_HOSTS.param],
        gives: Vec::new(),
    };
    Usage::ALL.into_iter().zip(&SWITCHES).map(set).chain([linked]).collect()
}

/// Every usage needs address spaces; a linked connector has none.
fn needs(args: &Args) -> Vec<Missing> {
    if args.has(&rows::LINKED_RECEIVE_CONNECTOR.param) {
        return Vec::new();
    }
    USAGES.missing(args, Usage::Custom, |_| vec![&rows::ADDRESS_SPACES.param])
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let usage = USAGES.one(&call.args).unwrap_or(Usage::Custom);
    let mut args = resolved(call, draft)?;
    let mut notices = Vec::new();
    if !args.has(&rows::SOURCE_TRANSPORT_SERVERS.param) {
        let (host, described) = here(call, draft, &rows::SOURCE_TRANSPORT_SERVERS.param)?;
        let local = Value::List(vec![Value::Text(host.server.name.clone())]);
        args.push(&rows::SOURCE_TRANSPORT_SERVERS.param, Argument::Set(local));
        notices = described;
    }
    let mut outcome = crud::new(call, &args, draft, |draft, made, _, scene| {
        preset(made, usage, &args, scene)?;
        check(draft, made, None, &args, scene)
    })?;
    outcome.notices.append(&mut notices);
    Ok(outcome)
}

/// One usage, and a linked connector is a way to call the cmdlet of its own.
fn excludes() -> Vec<Exclusion> {
    let (linked, scoped) = (&rows::LINKED_RECEIVE_CONNECTOR.param, &rows::IS_SCOPED_CONNECTOR.param);
    USAGES.excludes().into_iter().chain([Exclusion::new(linked, [scoped])]).collect()
}

/// What the usage gives and was not given, then the edition's limit: written out, since a connector keeps what it
/// was made with.
fn preset(made: &mut SendConnector, usage: Usage, args: &Args, scene: &Scene) -> Result<(), Problem> {
    for (row, text) in usage.settings(scene.version()) {
        if !args.has(&row.param) {
            row.assign(made, row.param.parse(text)?)?;
        }
    }
    if made.max_message_size.is_none() {
        let platform = Platform { version: scene.version(), tier: Tier::Transport };
        rows::MAX_MESSAGE_SIZE.assign(made, rows::MAX_MESSAGE_SIZE.default_on(platform))?;
    }
    Ok(())
}
