//! Sessions counted: by connector, range, client, account, day, or several of these together.

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use strum::{EnumMessage as _, VariantArray as _};

use super::columns::{recipients, time};
use super::counts::{Count, Counts, Order, Part};
use super::interned::Names;
use super::places::{Places, range_of};
use crate::answer::{Column, Object, Problem, TableView, cells};
use crate::cmdlet::transaction::Draft;
use crate::param::Value;
use crate::protocol_log::{Facts, Outcome, Session};
use crate::session::Domains;
use crate::text::grouped;

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

/// The milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Sessions by dimensions.
pub struct Usage {
    by: Vec<Dimension>,
    /// The row of the session that is counted.
    key: Vec<Part>,
    counts: Counts,
    names: Names,
    places: Places,
    /// The accepted domains; nothing where there is no store.
    domains: Option<Domains>,
    /// Messages whose recipients are not in the logs.
    without_recipients: u64,
}

impl Usage {
    /// Nothing yet.
    pub fn new(by: Vec<Dimension>, domains: Option<Domains>) -> Self {
        let (counts, names, places) = (Counts::new(by.len()), Names::default(), Places::default());
        Usage { by, key: Vec::new(), counts, names, places, domains, without_recipients: 0 }
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
        self.key.clear();
        for dimension in &by {
            let part = self.part(*dimension, session, facts, draft)?;
            self.key.push(part);
        }
        self.by = by;
        let relayed = self.relayed(facts);
        let without = facts.taken().filter(|message| facts.accepted(message).next().is_none()).count();
        self.without_recipients += u64::try_from(without).unwrap_or_default();
        let (start, end) = (session.start(), session.end());
        let new = Count { first: start, last: end, ..Count::default() };
        let number = |count: usize| u64::try_from(count).unwrap_or_default();
        let refused = matches!(facts.outcome(), Outcome::Refused | Outcome::Partial);
        self.counts.change(&self.key, new, |count| {
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
        });
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
            Dimension::Day => i32::try_from(session.start().div_euclid(DAY)).map_or(Part::Nothing, Part::Day),
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

    fn text(&mut self, name: &str) -> Part {
        Part::Text(self.names.number(name))
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

    /// That no row has a relayed recipient, as far as that is known.
    pub fn nothing_relayed(&self) -> String {
        let known = "no recipient that these sessions accepted is outside the accepted domains";
        match self.without_recipients {
            0 => known.to_owned(),
            1 => format!("{known}; the recipients of 1 message are not in the logs"),
            many => format!("{known}; the recipients of {} messages are not in the logs", grouped(many)),
        }
    }

    /// The first rows in this order; `most` of them.
    pub fn rows(self, order: Order, most: Option<usize>) -> impl ExactSizeIterator<Item = Object> {
        let rows = self.counts.first(order, most, &self.names);
        rows.into_iter().map(move |row| self.object(row))
    }

    fn object(&self, row: u32) -> Object {
        let (key, count) = self.counts.row(row);
        let name = |dimension: &Dimension| <&'static str>::from(*dimension);
        let parts = self.by.iter().zip(key);
        let mut all: Vec<(&'static str, Value)> =
            parts.map(|(dimension, part)| (name(dimension), self.value(*part))).collect();
        let share = count.encrypted * 100 / count.sessions.max(1);
        let values = [
            Value::Int(count.sessions),
            Value::Int(count.messages),
            Value::Int(count.recipients),
            Value::Int(count.refused),
            if self.domains.is_some() { Value::Int(count.relayed) } else { Value::Null },
            Value::Int(share),
            Value::Int(count.bytes),
            time(count.first),
            time(count.last),
        ];
        all.extend(cells(&COUNTS, values));
        Object::new(&USAGE, all)
    }

    fn value(&self, part: Part) -> Value {
        match part {
            Part::Nothing => Value::Null,
            Part::Text(number) => Value::text(self.names.name(number)),
            Part::Address(address) => Value::Address(address),
            Part::Day(day) => {
                let midnight = Timestamp::from_second(i64::from(day) * DAY / 1000);
                let date = midnight.map(|time| time.to_zoned(TimeZone::UTC).date());
                date.map_or(Value::Null, |date| Value::Text(date.to_string()))
            }
        }
    }
}
