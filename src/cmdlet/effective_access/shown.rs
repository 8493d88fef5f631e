//! How access is shown: addresses in short, conditions in words, and the session to try.

use enumset::EnumSet;

use crate::access::{Ability, Endpoint, Holding};
use crate::answer::TableView;
use crate::cmdlet::args::{Args, to_type};
use crate::cmdlet::{data_path, session::params};
use crate::connector::relay::public;
use crate::net::RemoteRange;
use crate::param::{Argument, Param, Size, Value};
use crate::session::{Client, Condition, Mechanism, Tls};

/// What clients can do.
pub(crate) static ACCESS: TableView =
    TableView::new("EffectiveAccess", &["Identity", "Client", "Abilities", "From", "Public"], "Identity");
/// What differs.
pub static CHANGE: TableView = TableView::new(
    "EffectiveAccessChange",
    &["Change", "Identity", "Client", "Abilities", "From", "Public"],
    "Identity",
);

/// Ranges in one cell: the first, and how many more there are.
#[must_use]
pub fn short(ranges: &[RemoteRange]) -> Value {
    let text = match ranges {
        [] => return Value::Null,
        [one] => one.to_string(),
        [first, more @ ..] => format!("{first} +{}", more.len()),
    };
    Value::Text(text)
}

/// Ranges as a list.
#[must_use]
pub fn list(ranges: &[RemoteRange]) -> Value {
    Value::List(ranges.iter().cloned().map(Value::Range).collect())
}

/// The public ones among ranges (R3).
#[must_use]
pub(crate) fn public_of(ranges: &[RemoteRange]) -> Vec<RemoteRange> {
    public(ranges)
}

/// Local endpoints as bindings are written.
#[must_use]
pub fn endpoints(all: &[Endpoint]) -> Value {
    Value::List(all.iter().map(|endpoint| Value::Text(endpoint.name.to_string())).collect())
}

/// What an ability depends on.
#[must_use]
pub fn condition(holding: Option<Holding>) -> Value {
    match holding {
        Some(Holding::If(conditions)) => {
            let texts: EnumSet<Condition> = conditions;
            let texts: Vec<&str> = texts.iter().map(Into::into).collect();
            Value::Text(texts.join("; "))
        }
        Some(Holding::Yes) | None => Value::Null,
    }
}

/// Abilities as flags are written.
#[must_use]
pub fn abilities(all: impl Iterator<Item = Ability>) -> Value {
    Value::Flags(all.map(Into::into).collect())
}

/// The lines that try these sessions, each once.
#[must_use]
pub fn lines(server: &str, sessions: impl Iterator<Item = Client>) -> Value {
    let mut lines: Vec<String> = Vec::new();
    for line in sessions.map(|session| line(server, &session)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Value::lines(lines)
}

/// The line that tries a session.
#[must_use]
pub fn line(server: &str, client: &Client) -> String {
    let mut args = Args::default();
    let mut say = |param: &'static Param, value: Value| args.push(param, Argument::Set(value));
    let text = |text: &str| Value::text(text);
    say(&params::SERVER, text(server));
    say(&params::REMOTE, Value::Address(client.remote));
    say(&params::LOCAL, Value::Address(client.local.ip()));
    if client.local.port() != 25 {
        say(params::PORT, Value::Int(client.local.port().into()));
    }
    if client.tls != Tls::None {
        say(&params::TLS, Value::Choice(client.tls.into()));
    }
    if !client.certificate.is_empty() {
        let names = client.certificate.iter().map(|name| text(name)).collect();
        say(&params::CERTIFICATE, Value::List(names));
    }
    if let Some(mechanism) = client.mechanism {
        say(&params::MECHANISM, Value::Choice(mechanism.into()));
    }
    if let Some(user) = &client.user {
        say(&params::USER, text(user));
    }
    if let Some(peer) = client.peer.filter(|_| client.mechanism == Some(Mechanism::ExchangeServer)) {
        say(&params::PEER_ROLE, Value::Choice(peer.into()));
    }
    if !client.mail_from.is_empty() {
        say(&params::MAIL_FROM, text(&client.mail_from));
    }
    if !client.recipients.is_empty() {
        say(&params::RCPT_TO, Value::List(client.recipients.iter().map(|to| text(to)).collect()));
    }
    if let Some(size) = client.size {
        say(&params::SIZE, Value::Size(Size::bytes(size)));
    }
    to_type(&data_path::test::CMDLET, &args, None)
}
