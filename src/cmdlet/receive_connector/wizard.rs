//! The guided New-ReceiveConnector: who will send, then name, bindings, ranges and groups.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::new::{USAGE, has_transport, host, usage};
use crate::cmdlet::shared::wizard::{Asks, Choice, Guide, Step};
use crate::cmdlet::transaction::Draft;
use crate::connector::rules::taken_name;
use crate::connector::scenario::SCENARIOS;
use crate::connector::usage::Usage;
use crate::connector::{ReceiveConnector, rows};
use crate::param::{Param, Row, Value, Version};
use crate::server::Server;

/// The guide.
pub static GUIDE: Guide = Guide { next, together: &[&rows::BINDINGS.param, &rows::REMOTE_IP_RANGES.param] };

const EVERY_V4: &str = "0.0.0.0-255.255.255.255";

/// What the permission groups stand for, in the order of their names.
const GROUPS: [(&str, &str); 5] = [
    ("AnonymousUsers", "anybody, without logging on"),
    ("ExchangeUsers", "users who log on"),
    ("ExchangeServers", "Exchange servers, and what is externally secured"),
    ("ExchangeLegacyServers", "Exchange 2003 servers"),
    ("Partners", "domains that prove themselves by mutual TLS"),
];

fn next(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Option<Step>, Problem> {
    let lacks = |param: &Param| !call.args.has(param);
    let host = match host(call, draft) {
        Ok((host, _)) => host,
        Err(problem) if problem.exit == Exit::NotUnderstood && lacks(&rows::SERVER.param) => {
            return which_server(problem, draft).map(Some);
        }
        Err(problem) => return Err(problem),
    };
    let server = &host.server;
    has_transport(server)?;
    if lacks(&USAGE) {
        return Ok(Some(who_sends(server)));
    }
    let usage = usage(&call.args)?;
    if lacks(&rows::NAME.param) {
        let taken: Vec<String> = host.connectors.iter().map(|c| c.name.clone()).collect();
        let says = if taken.is_empty() { String::new() } else { format!("Taken: {}", taken.join(", ")) };
        return Ok(Some(typed(&rows::NAME.param, vec![says])));
    }
    let name = call.args.text(&rows::NAME.param).unwrap_or_default();
    if let Some(taken) = taken_name(&host, &name) {
        let message = format!("the Receive connector \"{}\\{}\" is there already", server.name, taken.name);
        return Err(Problem::new(Exit::Conflict, message)
            .hint("choose another name")
            .about(rows::NAME.name()));
    }
    if lacks(&rows::BINDINGS.param) {
        return Ok(Some(bindings(usage, server)));
    }
    if lacks(&rows::REMOTE_IP_RANGES.param) {
        return Ok(Some(ranges(usage, server)));
    }
    Ok(lacks(&rows::PERMISSION_GROUPS.param).then(|| groups(usage, server)))
}

fn typed(param: &'static Param, says: Vec<String>) -> Step {
    Step { param, says, asks: Asks::Typed }
}

fn one_of(param: &'static Param, heading: &str, choices: Vec<Choice>) -> Step {
    Step { param, says: Vec::new(), asks: Asks::OneOf(heading.to_owned(), choices) }
}

/// The store has several servers, and none of them is this machine.
fn which_server(problem: Problem, draft: &Draft<'_>) -> Result<Step, Problem> {
    let names = draft.server_names()?;
    if names.is_empty() {
        return Err(problem);
    }
    let choice =
        |name: String| Choice { text: name.clone(), value: Some(Value::Text(name)), says: Vec::new() };
    Ok(one_of(&rows::SERVER.param, "On which server", names.into_iter().map(choice).collect()))
}

/// The scenarios of the server's role, each with the usage that fits, and a way out for everything else.
fn who_sends(server: &Server) -> Step {
    let choice = |text: &str, usage: Usage, note: &str| {
        let mut says = vec![
            format!("Sender: {text}."),
            format!("Usage {} is for {}.", usage.name(), usage.preset().purpose),
        ];
        if !note.is_empty() {
            says.push(format!("Note: {note}."));
        }
        let text = format!("{text} (usage {})", usage.name());
        Choice { text, value: Some(Value::Choice(usage.name())), says }
    };
    let fit = SCENARIOS.iter().filter(|scenario| scenario.fits(server));
    let mut choices: Vec<Choice> = fit.map(|s| choice(s.source, s.usage, s.note)).collect();
    choices.push(choice("somebody else, such as a device or a program", Usage::Custom, ""));
    one_of(&USAGE, &format!("Who will send mail to {}", server.name), choices)
}

/// The usage's own value of a property, if it has one there.
fn preset(usage: Usage, row: &Row<ReceiveConnector>, server: &Server) -> Vec<Value> {
    let values = usage.preset().values(server.platform());
    let own = values.into_iter().find(|(set, _)| set.name() == row.name());
    own.map(|(_, value)| value.elements()).unwrap_or_default()
}

/// A choice of values of a list.
fn choice_of(param: &'static Param, texts: &[&str], says: &str) -> Option<Choice> {
    let value = param.kind.parse_all(param.name, texts).ok()?;
    Some(Choice { text: format!("{} ({says})", texts.join(", ")), value: Some(value), says: Vec::new() })
}

fn other() -> Choice {
    Choice { text: "others, typed in".to_owned(), value: None, says: Vec::new() }
}

/// The usage's bindings or all addresses, then each address of the server at the same port.
fn bindings(usage: Usage, server: &Server) -> Step {
    let own = preset(usage, &rows::BINDINGS, server);
    let port = match own.first() {
        Some(Value::Binding(binding)) => binding.port(),
        _ => 25,
    };
    let own: Vec<String> = match own.as_slice() {
        [] if server.version >= Version::V2013 => vec![format!("[::]:{port}"), format!("0.0.0.0:{port}")],
        [] => vec![format!("0.0.0.0:{port}")],
        own => own.iter().map(ToString::to_string).collect(),
    };
    let param = &rows::BINDINGS.param;
    let texts: Vec<&str> = own.iter().map(String::as_str).collect();
    let all = if own.len() > 1 { "every address" } else { "every IPv4 address" };
    let mut choices: Vec<Choice> = choice_of(param, &texts, all).into_iter().collect();
    for address in &server.addresses {
        let text = std::net::SocketAddr::new(*address, port).to_string();
        choices.extend(choice_of(param, &[&text], &format!("an address of {}", server.name)));
    }
    choices.push(other());
    one_of(param, "Where it listens", choices)
}

/// Everybody is offered to the usages that are for everybody; the others type in who it is.
fn ranges(usage: Usage, server: &Server) -> Step {
    let param = &rows::REMOTE_IP_RANGES.param;
    let own = !preset(usage, &rows::REMOTE_IP_RANGES, server).is_empty() || usage == Usage::Client;
    let every = choice_of(param, &[EVERY_V4], "every IPv4 address").filter(|_| own);
    match every {
        Some(every) => one_of(param, "Which addresses it answers", vec![every, other()]),
        None => typed(
            param,
            vec![
                "Which addresses it answers, one a line; an empty line ends the list.".to_owned(),
                "Examples: 192.168.1.1, 192.168.1.10-192.168.1.20, 192.168.1.0/24.".to_owned(),
            ],
        ),
    }
}

/// The permission groups, the usage's own marked.
fn groups(usage: Usage, server: &Server) -> Step {
    let own: Vec<String> =
        preset(usage, &rows::PERMISSION_GROUPS, server).iter().map(ToString::to_string).collect();
    let marked = |name: &str| own.iter().any(|own| own == name);
    let names = GROUPS.map(|(name, says)| (name, says.to_owned(), marked(name))).to_vec();
    let says = if own.is_empty() {
        "This usage marks no group. Without one it accepts no mail."
    } else {
        "This usage's groups are marked."
    };
    Step {
        param: &rows::PERMISSION_GROUPS.param,
        says: vec![says.to_owned()],
        asks: Asks::AnyOf("Who may submit".to_owned(), names),
    }
}
