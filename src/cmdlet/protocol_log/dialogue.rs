//! A session of a log, line by line, as Test-DataPath shows one.

use jiff::Timestamp;

use super::columns::{Read, object};
use crate::manual::{Block, Report};
use crate::param::Value;
use crate::protocol_log::{Entry, EventKind, Outcome};

/// What the summary above the dialogue shows, where it is known.
const SHOWN: [&str; 14] = [
    "Connector",
    "Service",
    "Start",
    "End",
    "RemoteIPAddress",
    "LocalEndpoint",
    "ProxiedClients",
    "Helo",
    "Tls",
    "User",
    "RefusedUser",
    "Permissions",
    "Messages",
    "Recipients",
];

/// The whole session.
pub fn report(read: &Read<'_>) -> Report {
    let object = object(read);
    let shown = SHOWN.iter().filter_map(|name| {
        let value = object.get(name).filter(|value| !value.is_empty())?;
        let text = match value {
            Value::List(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            value => value.to_string(),
        };
        Some(((*name).to_owned(), text))
    });
    let entries = shown.collect();
    let mut blocks = vec![Block::Section("Session"), Block::Entries(entries), Block::Section("Dialogue")];
    let lines: Vec<String> = read.session.entries().map(|entry| line(&entry)).collect();
    blocks.push(Block::Screen(lines.join("\n")));
    let parts = [
        (!read.session.begun).then_some("The logs do not have its first line."),
        (!read.session.ended).then_some("The logs do not have its last line."),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        blocks.extend([Block::Section("Notes"), Block::prose(parts.join(" "))]);
    }
    Report { answer: sentence(read), blocks }
}

fn sentence(read: &Read<'_>) -> String {
    let (facts, connector) = (read.facts, &read.session.connector);
    let refusal = facts.refusal().map(|reply| format!(": {reply}")).unwrap_or_default();
    let taken = facts.taken().count();
    let messages = if taken == 1 { "message" } else { "messages" };
    match facts.outcome() {
        Outcome::Accepted => format!("accepted: {connector} took {taken} {messages}"),
        Outcome::Partial => {
            format!("accepted in part: {connector} took {taken} {messages}, and refused{refusal}")
        }
        Outcome::Refused => format!("refused by {connector}{refusal}"),
        Outcome::HandedOn => {
            format!(
                "authenticated: {connector} handed the client on to the Transport service, whose log has the mail"
            )
        }
        Outcome::NoMail => format!("no mail: the logs have none from this client of {connector}"),
    }
}

fn line(entry: &Entry<'_>) -> String {
    let clock = Timestamp::from_millisecond(entry.time).map(|time| time.strftime("%H:%M:%S").to_string());
    let clock = clock.unwrap_or_default();
    let both = match (entry.data, entry.context) {
        (data, "") => data.to_owned(),
        ("", context) => context.to_owned(),
        (data, context) => format!("{context}: {data}"),
    };
    let says = match entry.kind {
        EventKind::Client => format!("C: {both}"),
        EventKind::Server => format!("S: {both}"),
        EventKind::Connect => "(the client connects)".to_owned(),
        EventKind::Disconnect => match entry.context {
            "" => "(the session ends)".to_owned(),
            who => format!("(the session ends: {who})"),
        },
        EventKind::Information => format!("({})", both.trim()),
    };
    format!("{clock} {says}")
}
