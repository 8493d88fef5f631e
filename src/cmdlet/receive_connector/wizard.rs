//! The guided New-ReceiveConnector: who will send, then name, bindings, transport role, ranges, and what they may send.

mod outside;
mod place;

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::new::{USAGE, has_transport, host, usage};
use crate::cmdlet::shared::wizard::{Asks, Choice, Guide, Names, Step};
use crate::cmdlet::transaction::Draft;
use crate::connector::rules::taken_name;
use crate::connector::scenario::{Outside, SCENARIOS};
use crate::connector::usage::Usage;
use crate::connector::{ReceiveConnector, rows};
use crate::param::{Param, Row, Value, Version};
use crate::server::Server;

use outside::OUTSIDE;

/// The guide.
pub(crate) static GUIDE: Guide = Guide {
    next,
    settle: outside::settle,
    together: &[&rows::BINDINGS.param, &rows::TRANSPORT_ROLE.param, &rows::REMOTE_IP_RANGES.param],
};

/// A permission group as the guide offers it.
struct Group {
    name: &'static str,
    /// Whom it stands for.
    says: &'static str,
    /// Authentication mechanisms of which its members need at least one.
    by: &'static [&'static str],
}

/// The permission groups, in the order of their names.
const GROUPS: [Group; 5] = [
    Group { name: "AnonymousUsers", says: "everyone, without authentication", by: &[] },
    Group { name: "ExchangeUsers", says: "users who authenticate", by: &["BasicAuth", "Integrated"] },
    Group {
        name: "ExchangeServers",
        says: "Exchange servers, externally secured senders",
        by: &["ExchangeServer", "ExternalAuthoritative"],
    },
    Group { name: "ExchangeLegacyServers", says: "Exchange 2003 servers", by: &["ExchangeServer"] },
    Group { name: "Partners", says: "domains that authenticate by mutual TLS", by: &[] },
];

fn next(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Option<Step>, Problem> {
    let is_missing = |param: &Param| !call.args.has(param);
    let host = match host(call, draft) {
        Ok((host, _)) => host,
        Err(problem) if problem.exit == Exit::NotUnderstood && is_missing(&rows::SERVER.param) => {
            return which_server(problem, draft).map(Some);
        }
        Err(problem) => return Err(problem),
    };
    let server = &host.server;
    has_transport(server)?;
    if is_missing(&USAGE) {
        return Ok(Some(who_sends(server)));
    }
    let usage = usage(&call.args);
    if is_missing(&rows::NAME.param) {
        let taken: Vec<String> = host.connectors.iter().map(|c| c.name.clone()).collect();
        let says =
            if taken.is_empty() { String::new() } else { format!("Names in use: {}.", taken.join(", ")) };
        return Ok(Some(typed(&rows::NAME.param, vec![says, "Example: Printers.".to_owned()])));
    }
    let name = call.args.text(&rows::NAME.param).unwrap_or_default();
    if let Some(taken) = taken_name(&host, &name) {
        let message = format!("the Receive connector \"{}\\{}\" is there already", server.name, taken.name);
        return Err(Problem::new(Exit::Conflict, message)
            .hint("choose another name")
            .about(rows::NAME.name()));
    }
    if is_missing(&rows::BINDINGS.param) {
        return Ok(Some(place::bindings(usage, &host)));
    }
    if is_missing(&rows::TRANSPORT_ROLE.param)
        && let Some(step) = place::transport_role(call, &host)
    {
        return Ok(Some(step));
    }
    if is_missing(&rows::REMOTE_IP_RANGES.param) {
        return Ok(Some(place::ranges(call, usage, &host)));
    }
    if is_missing(&OUTSIDE) {
        return Ok(Some(outside::step(call, server)));
    }
    let asks = outside::leaves_groups(call) && is_missing(&rows::PERMISSION_GROUPS.param);
    Ok(asks.then(|| groups(call, usage, server)))
}

fn typed(param: &'static Param, says: Vec<String>) -> Step {
    Step { param, says, asks: Asks::Typed }
}

fn one_of(param: &'static Param, heading: &str, choices: Vec<Choice>) -> Step {
    Step { param, says: Vec::new(), asks: Asks::OneOf(heading.to_owned(), choices) }
}

/// A choice that answers nothing else.
fn choice(text: String, value: Value, says: Vec<String>) -> Choice {
    Choice { text, value: Some(value), says, also: Vec::new() }
}

/// The store has several servers, and none of them is this machine.
fn which_server(problem: Problem, draft: &Draft<'_>) -> Result<Step, Problem> {
    let names = draft.server_names()?;
    if names.is_empty() {
        return Err(problem);
    }
    let choices = names.into_iter().map(|name| choice(name.clone(), Value::Text(name), Vec::new()));
    Ok(one_of(&rows::SERVER.param, "On which server", choices.collect()))
}

/// The scenarios of the server's role and version, each with the usage that fits, and a way out for everything else.
fn who_sends(server: &Server) -> Step {
    let choice = |text: &str, usage: Usage, asked: Outside, note: &str| {
        let mut says = vec![
            format!("Sender: {text}."),
            format!("Usage {} is for {}.", usage.name(), usage.preset().purpose),
        ];
        // The usage may say of itself what the scenario notes.
        if !note.is_empty() && !usage.preset().purpose.ends_with(note) {
            says.push(format!("Note: {note}."));
        }
        Choice { also: outside::known(asked), ..choice(text.to_owned(), Value::Choice(usage.name()), says) }
    };
    let fit = SCENARIOS.iter().filter(|scenario| scenario.fits(server));
    let mut choices: Vec<Choice> = fit.map(|s| choice(s.source, s.usage, s.outside, s.note)).collect();
    let other = "another sender, such as a printer or an application";
    choices.push(choice(other, Usage::Custom, Outside::Ask, ""));
    one_of(&USAGE, &format!("Who will send mail to {}", server.name), choices)
}

/// The usage's own value of a property, if it has one there.
fn preset(usage: Usage, row: &Row<ReceiveConnector>, server: &Server) -> Vec<Value> {
    let values = usage.preset().values(server.platform());
    let own = values.into_iter().find(|(set, _)| set.name() == row.name());
    own.map(|(_, value)| value.elements()).unwrap_or_default()
}

/// The permission groups that the server can have. Those of the usage are marked, and AnonymousUsers where the
/// senders are no Exchange servers and no users.
fn groups(call: &Call<'_>, usage: Usage, server: &Server) -> Step {
    let own: Vec<String> =
        preset(usage, &rows::PERMISSION_GROUPS, server).iter().map(ToString::to_string).collect();
    let asked = outside::was_asked(call);
    let marked = |name: &str| own.iter().any(|own| own == name) || asked && name == GROUPS[0].name;
    // Exchange 2003 stood beside 2007 and 2010 alone.
    let has_legacy = !server.is_edge() && server.version < Version::V2013;
    let here = GROUPS.iter().filter(|group| has_legacy || group.name != "ExchangeLegacyServers");
    let names = here.map(|group| (group.name, group.says.to_owned(), marked(group.name))).collect();
    Step {
        param: &rows::PERMISSION_GROUPS.param,
        says: vec!["The groups that fit these senders are marked.".to_owned()],
        asks: Asks::AnyOf(Names {
            heading: "Who may send mail".to_owned(),
            names,
            none: "Without a permission group the connector accepts no mail: select at least one.",
        }),
    }
}
