//! New-EdgeSubscription: an Edge Transport server becomes part of a site, in one run for both sides.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, Missing, row_params};
use crate::cmdlet::edge_subscription::shared::{
    FORCE, SERVER, edge, is_forced, move_to_site, own_connectors, owner, site, typed, without_source,
};
use crate::cmdlet::edge_subscription::subscription_file::{FILE_DATA, server_name};
use crate::cmdlet::shared::{crud, identity};
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::manual::{Example, Help, ParameterSet};
use crate::organization::accepted_domain::DomainType;
use crate::organization::edge_subscription::{MADE, Made, PORTS, Port, REPORTED, rows};
use crate::organization::{AcceptedDomain, EdgeSubscription, SendConnector};
use crate::param::{Finding, Kind, Param, Rule, Verb, Version, param, same_name};

const NEW: &[Verb] = &[Verb::New];

/// The file that the product writes on the Edge Transport server.
static FILE_NAME: Param =
    param("FileName", Kind::Text, "Accepted, and no file is written: it would hold a password in clear text")
        .on(NEW);

/// How long the product's bootstrap account lives.
static ACCOUNT_EXPIRY_DURATION: Param = param(
    "AccountExpiryDuration",
    Kind::Span(120, MOST_SECONDS),
    "Accepted without effect: no account is made here",
)
.on(NEW)
.since(Version::V2010)
.default("1.00:00:00");

/// The longest span that can be written.
const MOST_SECONDS: u64 = 10_675_198 * 86_400;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::New,
    noun: "EdgeSubscription",
    synopsis: "Subscribe an Edge Transport server to a site",
    help: Help::new(
        "Makes an Edge Transport server part of a site, in one run where the product needs two and a file between them. Two Send connectors come with it: to the Internet, and from the server to the organization. Its default Receive connector, which setup makes for mail from the Internet, gets the authentication and the permission groups for mail from the organization too, unless those were changed by hand. The server's own Send connectors go, after a question; accepted domains and Send connectors are the organization's from then on, and changed there.",
        &[
            Example::new(
                "new-edgesubscription -Server EDGE03 -Site Berlin",
                "Subscribes a server, with both Send connectors.",
            ),
            Example::new(
                "new-edgesubscription -Server EDGE03 -Site Berlin -CreateInternetSendConnector:false -WhatIf",
                "Shows what a subscription would change where mail to the Internet goes another way.",
            ),
        ],
    )
    .sets(sets),
    params,
    effect: Effect::Changes,
    needs,
    run,
    ..DEFAULTS
};

fn params() -> Vec<&'static Param> {
    let mut params = vec![&SERVER];
    params.extend(row_params::<EdgeSubscription>(Verb::New));
    params.extend([&ACCOUNT_EXPIRY_DURATION, &FILE_DATA, &FILE_NAME, &FORCE]);
    params
}

/// By the server's name, and the product's two runs.
fn sets() -> Vec<ParameterSet> {
    let set = |switch, purpose, required| ParameterSet {
        switch: Some(switch),
        purpose,
        required,
        gives: Vec::new(),
    };
    vec![
        set(&SERVER, "names the server, and no file is needed", vec![&rows::SITE.param]),
        set(&FILE_DATA, "the second run of the product, with the file of the first", vec![&rows::SITE.param]),
        set(&FILE_NAME, "the first run of the product; here it makes nothing", Vec::new()),
    ]
}

/// The run of the Edge side: a file name, and nothing of the organization.
fn is_edge_side(args: &Args) -> bool {
    args.has(&FILE_NAME) && ![&SERVER, &FILE_DATA, &rows::SITE.param].iter().any(|param| args.has(param))
}

fn needs(args: &Args) -> Vec<Missing> {
    if is_edge_side(args) {
        return Vec::new();
    }
    let named = args.has(&SERVER) || args.has(&FILE_DATA);
    let missing = [(!named, &SERVER), (!args.has(&rows::SITE.param), &rows::SITE.param)];
    missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, param)| Missing::of(param)).collect()
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    if is_edge_side(&call.args) {
        return edge_side(call, draft);
    }
    crud::check_given(&call.args, &crud::scene(call, draft)?)?;
    let name = match typed(call, &SERVER) {
        Some(name) => name,
        None => server_name(call)?,
    };
    let server = edge(&name, draft)?.server.clone();
    let site = site(&typed(call, &rows::SITE.param).unwrap_or_default(), draft)?;
    let domain = server.fqdn.split_once('.').map_or("", |(_, domain)| domain);
    let mut made = EdgeSubscription::new(&server.name, &site, domain);
    made.internet_connector = call.args.flag(&rows::CREATE_INTERNET_SEND_CONNECTOR.param) != Some(false);
    made.inbound_connector = call.args.flag(&rows::CREATE_INBOUND_SEND_CONNECTOR.param) != Some(false);
    subscribe(call, draft, made)
}

/// The first of the product's two runs: nothing is made, and the notice names the one run that does both.
fn edge_side(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let local = identity::local_server(call, draft)?.filter(|host| host.server.is_edge());
    let server = local.map_or("EDGE01".to_owned(), |host| host.server.name.clone());
    let notice = format!(
        "no subscription file is written, since it would hold a password in clear text: `exch new-edgesubscription -Server {server} -Site NAME` does what both runs do"
    );
    Ok(Outcome { notices: vec![notice], ..Outcome::default() })
}

fn subscribe(call: &Call<'_>, draft: &mut Draft<'_>, mut made: EdgeSubscription) -> Result<Outcome, Problem> {
    let mut all = draft.members::<EdgeSubscription>()?.to_vec();
    let again = all.iter().position(|one| same_name(&one.name, &made.name));
    if let Some(other) = again.map(|at| &all[at]).filter(|one| !same_name(&one.site, &made.site)) {
        return Err(elsewhere(other));
    }
    let connectors = draft.members::<SendConnector>()?.to_vec();
    free_names(&connectors, &all, &made)?;
    // What a subscription brought is the organization's already.
    let own = if again.is_none() { own_connectors(&connectors, &made.name) } else { Vec::new() };
    let question = Question {
        operation: if again.is_some() { "Subscribe again" } else { "Subscribe" },
        target: made.name.clone(),
        along: own.clone(),
        removes: !own.is_empty(),
        always: (again.is_some() || !own.is_empty()) && !is_forced(call),
    };
    if !draft.confirm(question) {
        return Ok(Outcome::default());
    }
    let kept = if own.is_empty() { connectors } else { without_source(connectors, &made.name) };
    let scene = crud::scene(call, draft)?;
    draft.put_members(with_made(kept, &made, scene.version())?, &call.context)?;
    let (server, site) = (made.name.clone(), made.site.clone());
    let at = match again {
        Some(at) => {
            // What it brought before is its own still.
            made.internet_connector |= all[at].internet_connector;
            made.inbound_connector |= all[at].inbound_connector;
            made.metadata = all[at].metadata;
            all[at] = made;
            at
        }
        None => {
            all.push(made);
            all.len() - 1
        }
    };
    draft.put_members(all, &call.context)?;
    let connector = move_to_site(call, draft, &server, Some(site.clone()))?;
    let shown = crud::object(&draft.members::<EdgeSubscription>()?[at], &scene);
    let mut outcome = Outcome::of(vec![shown]);
    outcome.notices.extend(connector);
    outcome.notices.extend(notices(draft, &own, &site)?);
    Ok(outcome)
}

/// ES3.
fn elsewhere(other: &EdgeSubscription) -> Problem {
    let EdgeSubscription { name, site, .. } = other;
    let message = format!("parameter Site: {name} is subscribed to the site `{site}`, and to one alone");
    Finding::new(Rule::ES3, rows::SITE.name(), message)
        .hint(format!("exch remove-edgesubscription {name} removes that one first"))
        .into()
}

/// ES4: no connector has a name that is to be given and that no subscription gave.
fn free_names(
    connectors: &[SendConnector],
    all: &[EdgeSubscription],
    made: &EdgeSubscription,
) -> Result<(), Problem> {
    for new in MADE.iter().filter(|new| (new.wanted)(made)) {
        let name = new.name(&made.site);
        if connectors.iter().any(|one| same_name(&one.name, &name)) && owner(all, &name).is_none() {
            let switch = new.switch.name();
            let message =
                format!("the Send connector \"{name}\" is there already, and no subscription made it");
            return Err(Problem::new(Exit::Conflict, message)
                .hint(format!("-{switch}:false keeps that one"))
                .about(switch));
        }
    }
    Ok(())
}

/// The connectors with those that the subscription makes; one that is there gets another source.
fn with_made(
    mut connectors: Vec<SendConnector>,
    subscription: &EdgeSubscription,
    version: Version,
) -> Result<Vec<SendConnector>, Problem> {
    let EdgeSubscription { name: server, site, .. } = subscription;
    let wanted: Vec<&Made> = MADE.iter().filter(|made| (made.wanted)(subscription)).collect();
    for made in wanted {
        let name = made.name(site);
        match connectors.iter_mut().find(|one| same_name(&one.name, &name)) {
            Some(one) if one.source_transport_servers.iter().any(|source| same_name(source, server)) => {}
            Some(one) => one.source_transport_servers.push(server.clone()),
            None => connectors.push(made.connector(site, server, version)?),
        }
    }
    Ok(connectors)
}

/// What went, what the store cannot look at (ES5 to ES8), and what still needs a connector (ES11).
fn notices(draft: &mut Draft<'_>, own: &[String], site: &str) -> Result<Vec<String>, Problem> {
    let mut notices = Vec::new();
    if !own.is_empty() {
        notices.push(format!("the server's own Send connectors go: {}", own.join(", ")));
    }
    let ports: Vec<String> =
        PORTS.iter().filter(|port| port.firewall).map(|port| describe(port, site)).collect();
    notices.extend(REPORTED.iter().map(|one| match one.rule {
        Rule::ES6 => format!("needed: {}: {}", one.text, ports.join("; ")),
        _ => format!("needed: {}", one.text),
    }));
    let domains = draft.members::<AcceptedDomain>()?;
    let relayed = domains.iter().filter(|domain| domain.domain_type == DomainType::ExternalRelay);
    notices.extend(relayed.map(|domain| {
        format!(
            "the external relay domain {} needs a Send connector of its own with smart hosts: its MX record names the Edge server, and DNS routing would loop",
            domain.domain_name
        )
    }));
    Ok(notices)
}

fn describe(port: &Port, site: &str) -> String {
    let Port { port, protocol, from, to, .. } = port;
    format!("port {port}, {protocol}, from {from} to {to}").replace("<Site>", site)
}
