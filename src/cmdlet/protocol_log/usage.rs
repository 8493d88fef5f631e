//! Sessions counted: by connector, range, client, account, day, or several of these together.

use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use strum::{EnumMessage as _, VariantArray as _};

use super::columns::{recipients, time};
use super::places::{Places, range_of};
use crate::answer::{Column, Object, Problem, TableView, cells};
use crate::cmdlet::transaction::Draft;
use crate::param::Value;
use crate::protocol_log::{Facts, Outcome, Session};
use crate::session::Domains;

/// What sessions are counted by.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    strum::VariantNames,
    strum::VariantArray,
    strum::EnumMessage,
    strum::IntoStaticStr,
    strum::EnumString,
)]
pub enum Dimension {
    /// The server.
    Server,
    /// The transport service.
    Service,
    /// The connector that answered.
    Connector,
    /// Where the connection comes from.
    RemoteIPAddress,
    /// The connector's range that it comes from.
    RemoteIPRange,
    /// The client that a front end names, else where the connection comes from.
    Client,
    /// The account.
    User,
    /// The name after EHLO.
    Helo,
    /// The protocol of TLS.
    Tls,
    /// The day in UTC.
    Day,
}

/// Sessions, counted: the columns of its dimensions come first.
pub(crate) static USAGE: TableView = TableView {
    noun: "ProtocolLogUsage",
    table: &[
        "Server",
        "Service",
        "Connector",
        "RemoteIPAddress",
        "RemoteIPRange",
        "Client",
        "User",
        "Helo",
        "Tls",
        "Day",
        "Sessions",
        "Messages",
        "Recipients",
        "Refused",
        "Relayed",
        "LastSeen",
    ],
    headings: &[("RemoteIPAddress", "Remote"), ("RemoteIPRange", "Range")],
    name: "Connector",
};

/// The columns of the counts.
static COUNTS: [Column; 9] = [
    ("Sessions", "How many sessions there are"),
    ("Messages", "How many messages were accepted"),
    ("Recipients", "How many recipients these have"),
    ("Refused", "How many sessions were refused in whole or in part"),
    ("Relayed", "How many recipients are in no accepted domain; empty without a store"),
    ("TlsPercent", "How many of a hundred sessions were encrypted"),
    ("Bytes", "The bytes of the messages, as far as replies say"),
    ("FirstSeen", "The time of the first line"),
    ("LastSeen", "The time of the last line"),
];

/// The columns of a row: its dimensions, then the counts.
pub fn columns() -> Vec<Column> {
    let dimensions = Dimension::VARIANTS.iter();
    let dimensions = dimensions.map(|one| (one.into(), one.get_documentation().unwrap_or_default()));
    dimensions.chain(COUNTS).collect()
}

/// One part of what rows are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    Nothing,
    Text(Rc<str>),
    Address(IpAddr),
    /// Days since 1970.
    Day(i64),
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    sessions: u64,
    messages: u64,
    recipients: u64,
    refused: u64,
    relayed: u64,
    encrypted: u64,
    bytes: u64,
    first: i64,
    last: i64,
}

/// The milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Sessions by dimensions.
pub struct Usage {
    by: Vec<Dimension>,
    rows: HashMap<Box<[Part]>, Count>,
    names: HashMap<String, Rc<str>>,
    places: Places,
    /// The accepted domains; nothing where there is no store.
    domains: Option<Domains>,
}

impl Usage {
    /// Nothing yet.
    pub fn new(by: Vec<Dimension>, domains: Option<Domains>) -> Self {
        Usage { by, rows: HashMap::new(), names: HashMap::new(), places: Places::default(), domains }
    }

    /// Counts a session.
    ///
    /// # Errors
    /// Where a server's file cannot be read that a range is looked up in.
    pub fn add(
        &mut self,
        session: &Session,
        facts: &Facts<'_>,
        draft: &mut Draft<'_>,
    ) -> Result<(), Problem> {
        let by = std::mem::take(&mut self.by);
        let key: Result<Box<[Part]>, Problem> =
            by.iter().map(|dimension| self.part(*dimension, session, facts, draft)).collect();
        self.by = by;
        let relayed = self.relayed(facts);
        let (start, end) = (session.start(), session.end());
        let count = self.rows.entry(key?).or_insert(Count { first: start, last: end, ..Count::default() });
        let number = |count: usize| u64::try_from(count).unwrap_or_default();
        let refused = matches!(facts.outcome(), Outcome::Refused | Outcome::Partial);
        count.sessions += 1;
        count.messages += number(facts.taken().count());
        count.recipients += number(recipients(facts));
        count.refused += u64::from(refused);
        count.relayed += relayed;
        count.encrypted += u64::from(facts.tls.is_some());
        count.bytes += facts.bytes;
        // Times can go back within a session.
        count.first = count.first.min(start.min(end));
        count.last = count.last.max(end);
        Ok(())
    }

    fn part(
        &mut self,
        dimension: Dimension,
        session: &Session,
        facts: &Facts<'_>,
        draft: &mut Draft<'_>,
    ) -> Result<Part, Problem> {
        let remote = session.remote.map(|remote| remote.ip());
        let address = |address: Option<IpAddr>| address.map_or(Part::Nothing, Part::Address);
        Ok(match dimension {
            Dimension::Server => self.text(session.server()),
            Dimension::Service => session.service.map_or(Part::Nothing, |one| self.text(one.into())),
            Dimension::Connector => self.text(&session.connector),
            Dimension::RemoteIPAddress => address(remote),
            Dimension::Client => {
                let mut clients = facts.proxied.iter().filter_map(|client| client.address);
                let first = clients.next();
                address(first.filter(|first| clients.all(|other| other == *first)).or(remote))
            }
            Dimension::User => facts.user.map_or(Part::Nothing, |user| self.text(user)),
            Dimension::Helo => facts.helo.map_or(Part::Nothing, |helo| self.text(helo)),
            Dimension::Tls => match facts.tls {
                None => self.text("None"),
                Some(tls) => self.text(tls.protocol.unwrap_or("not logged")),
            },
            Dimension::Day => Part::Day(session.start().div_euclid(DAY)),
            Dimension::RemoteIPRange => {
                let host = self.places.host(session, draft)?;
                let connector = host.as_ref().and_then(|host| host.connector(session.connector_name()));
                let range = connector.zip(remote).and_then(|(connector, remote)| {
                    connector.remote_ip_ranges.get(range_of(connector, remote)?)
                });
                range.map_or(Part::Nothing, |range| self.text(range.as_str()))
            }
        })
    }

    /// A name, kept once; names are compared in any case.
    fn text(&mut self, name: &str) -> Part {
        if let Some(known) = self.names.get(name) {
            return Part::Text(known.clone());
        }
        let folded = name.to_lowercase();
        let kept = self.names.entry(folded).or_insert_with(|| name.into()).clone();
        self.names.insert(name.to_owned(), kept.clone());
        Part::Text(kept)
    }

    /// Recipients that were taken and are in no accepted domain.
    fn relayed(&self, facts: &Facts<'_>) -> u64 {
        let Some(domains) = &self.domains else { return 0 };
        let outside = |address: &str| {
            address.rsplit_once('@').is_some_and(|(_, domain)| domains.find(domain).is_none())
        };
        let of_message = |message| facts.accepted(message).filter(|to| outside(to.address)).count();
        u64::try_from(facts.taken().map(of_message).sum::<usize>()).unwrap_or_default()
    }

    /// The rows, those with most sessions first; `most` of them.
    pub fn objects(self, most: Option<usize>) -> Vec<Object> {
        let Usage { by, rows, domains, .. } = self;
        let mut rows: Vec<(Box<[Part]>, Count)> = rows.into_iter().collect();
        rows.sort_by_cached_key(|(key, count)| {
            let names: Vec<String> = key.iter().map(|part| value(part).to_string()).collect();
            (std::cmp::Reverse(count.sessions), names)
        });
        rows.truncate(most.unwrap_or(usize::MAX));
        rows.iter().map(|(key, count)| object(&by, key, count, domains.is_some())).collect()
    }
}

fn value(part: &Part) -> Value {
    match part {
        Part::Nothing => Value::Null,
        Part::Text(text) => Value::Text(text.to_string()),
        Part::Address(address) => Value::Address(*address),
        Part::Day(day) => {
            let noon =
                Timestamp::from_second(day * DAY / 1000).map(|time| time.to_zoned(TimeZone::UTC).date());
            noon.map_or(Value::Null, |date| Value::Text(date.to_string()))
        }
    }
}

fn object(by: &[Dimension], key: &[Part], count: &Count, knows_domains: bool) -> Object {
    let name = |dimension: &Dimension| <&'static str>::from(*dimension);
    let mut all: Vec<(&'static str, Value)> =
        by.iter().zip(key).map(|(dimension, part)| (name(dimension), value(part))).collect();
    let share = count.encrypted * 100 / count.sessions.max(1);
    let relayed = if knows_domains { Value::Int(count.relayed) } else { Value::Null };
    let values = [
        Value::Int(count.sessions),
        Value::Int(count.messages),
        Value::Int(count.recipients),
        Value::Int(count.refused),
        relayed,
        Value::Int(share),
        Value::Int(count.bytes),
        time(count.first),
        time(count.last),
    ];
    all.extend(cells(&COUNTS, values));
    Object::new(&USAGE, all)
}
