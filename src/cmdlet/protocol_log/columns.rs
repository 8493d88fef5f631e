//! A session as an object: its properties, each with what it is.

use crate::answer::{Object, TableView};
use crate::param::Value;
use crate::protocol_log::{Facts, Message, Offer, Session};
use jiff::Timestamp;

/// Sessions of logs.
pub(crate) static SESSION: TableView = TableView {
    noun: "ProtocolLogSession",
    table: &["Start", "Connector", "RemoteIPAddress", "User", "Messages", "Outcome", "Reply"],
    headings: &[("RemoteIPAddress", "Remote")],
    name: "SessionId",
};

/// A session with what its lines say.
pub struct Read<'s> {
    pub session: &'s Session,
    pub facts: &'s Facts<'s>,
}

struct Column {
    name: &'static str,
    help: &'static str,
    value: fn(&Read<'_>) -> Value,
}

const fn column(name: &'static str, help: &'static str, value: fn(&Read<'_>) -> Value) -> Column {
    Column { name, help, value }
}

/// The properties, in printed order.
#[rustfmt::skip]
static COLUMNS: &[Column] = &[
    column("SessionId", "The identifier, unique in one run of one service", |r| Value::text(&r.session.id)),
    column("Server", "The server", |r| Value::text(r.session.server())),
    column("Service", "The transport service, where the path names it", |r| r.session.service.map_or(Value::Null, |service| Value::Choice(service.into()))),
    column("Connector", "The connector that answered", |r| Value::text(&r.session.connector)),
    column("Start", "The time of its first line", |r| time(r.session.start())),
    column("End", "The time of its last line", |r| time(r.session.end())),
    column("Complete", "Whether the logs have its first and last line", |r| Value::Bool(r.session.begun && r.session.ended)),
    column("RemoteIPAddress", "The client's address", |r| r.session.remote.map_or(Value::Null, |remote| Value::Address(remote.ip()))),
    column("LocalEndpoint", "The address and port that it connected to", |r| r.session.local.map_or(Value::Null, |local| Value::Text(local.to_string()))),
    column("ProxiedClients", "The clients that a front end names", |r| Value::texts(r.facts.proxied.iter().filter_map(|client| client.address).map(|address| address.to_string()))),
    column("Helo", "The name after EHLO", |r| Value::optional(r.facts.helo)),
    column("Tls", "The protocol of TLS; True where it is not logged", tls),
    column("User", "The account that authenticated", |r| Value::optional(r.facts.user)),
    column("RefusedUser", "The account of a logon that failed", |r| Value::optional(r.facts.refused_user)),
    column("Keywords", "The last answer to EHLO", |r| Value::texts(r.facts.offers.last().into_iter().flat_map(Offer::keywords))),
    column("Permissions", "The permissions that were set last", |r| Value::texts(r.facts.permissions.last().into_iter().flat_map(|set| set.names.iter().map(ToString::to_string)))),
    column("MailFrom", "The senders", |r| Value::texts(once(r.facts.messages.iter().filter_map(|message| message.sender)))),
    column("RcptTo", "The recipients that were not refused", |r| Value::texts(once(r.facts.messages.iter().flat_map(|message| r.facts.accepted(message)).map(|to| to.address)))),
    column("Messages", "Messages that were accepted", |r| count(r.facts.taken().count())),
    column("Recipients", "Their recipients", |r| count(recipients(r.facts))),
    column("Bytes", "Their bytes, as far as replies say", |r| Value::Int(r.facts.bytes)),
    column("Tarpits", "How often the server delayed a reply", |r| Value::Int(r.facts.tarpits.into())),
    column("Outcome", "Accepted, Partial, Refused, HandedOn (to the Transport service) or NoMail", |r| Value::Choice(r.facts.outcome().into())),
    column("Reply", "The first reply that refused something, or why a logon failed", |r| Value::optional(r.facts.refusal())),
    column("Lines", "How many lines of the logs it has", |r| count(r.session.len())),
];

fn count(number: usize) -> Value {
    Value::Int(u64::try_from(number).unwrap_or(u64::MAX))
}

/// Milliseconds since 1970 as a moment.
pub fn time(millis: i64) -> Value {
    Timestamp::from_millisecond(millis).map_or(Value::Null, Value::Utc)
}

fn once<'t>(texts: impl Iterator<Item = &'t str>) -> impl Iterator<Item = String> {
    let mut seen = std::collections::BTreeSet::new();
    texts.filter(move |text| seen.insert(*text)).map(str::to_owned)
}

fn tls(read: &Read<'_>) -> Value {
    match read.facts.tls {
        None => Value::Null,
        Some(tls) => tls.protocol.map_or(Value::Bool(true), Value::text),
    }
}

/// How many recipients the messages have that were taken.
pub fn recipients(facts: &Facts<'_>) -> usize {
    facts.taken().map(|message: &Message<'_>| facts.accepted(message).count()).sum()
}

/// The names of the properties with what each is.
pub fn columns() -> Vec<(&'static str, &'static str)> {
    COLUMNS.iter().map(|column| (column.name, column.help)).collect()
}

/// Their names.
pub fn names() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.name).collect()
}

/// The session as an object.
pub fn object(read: &Read<'_>) -> Object {
    Object::new(&SESSION, COLUMNS.iter().map(|column| (column.name, (column.value)(read))).collect())
}
