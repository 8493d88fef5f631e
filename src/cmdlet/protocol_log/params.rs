//! The parameters that the cmdlets of protocol logs share, each with its type.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use strum::VariantNames;

use super::usage::Dimension;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::param::{Completes, Form, Group, Kind, Param, Refused, Value, Verb, param};
use crate::protocol_log::Outcome;
use crate::text::is_wild;

const GET: &[Verb] = &[Verb::Get];
const MEASURE: &[Verb] = &[Verb::Measure];
const TEST: &[Verb] = &[Verb::Test];
const ALL: &[Verb] = &[Verb::Get, Verb::Measure, Verb::Test];

/// A moment or a day, in UTC as in the logs.
static MOMENT: Form = Form {
    type_name: "System.DateTime",
    syntax: "a day or a moment in UTC, as the logs have them",
    example: "2026-10-01",
    other: "2026-10-01T08:00:00Z",
    read: |text| match moment(text) {
        Some(time) => Ok(Value::Text(time.to_string())),
        None => Err(Refused {
            instead: nearest(text),
            ..Refused::new("not a day or a moment as in the logs, year first")
        }),
    },
};

/// The moment that a text says; a day is its first moment.
pub fn moment(text: &str) -> Option<Timestamp> {
    let civil = || text.parse::<DateTime>().ok().or_else(|| text.parse::<Date>().ok().map(DateTime::from));
    let utc = || civil()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(utc)
}

/// The day that a text means which writes it otherwise: `21.11.2026`, or a day beyond the last of its month. A slash has
/// the month before it or behind it, so that a day up to the twelfth is not certain.
fn nearest(text: &str) -> Option<String> {
    let mark = ['-', '.', '/'].into_iter().find(|mark| text.matches(*mark).count() == 2)?;
    let parts: Vec<i16> = text.split(mark).map(|part| part.parse::<i16>().ok()).collect::<Option<_>>()?;
    let [first, second, third] = parts.try_into().ok()?;
    let (year, month, day) = match (first, second) {
        (1000.., _) => (first, second, third),
        _ if mark == '-' || third < 1000 => return None,
        (13.., 1..=12) => (third, second, first),
        _ if mark == '.' => (third, second, first),
        (1..=12, 13..) => (third, first, second),
        _ => return None,
    };
    let of_month = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let date = Date::new(year, of_month.month(), day).unwrap_or_else(|_| of_month.last_of_month());
    Some(date.to_string())
}

/// Every parameter, in the order in which help lists them.
static PARAMS: [&Param; 18] = [
    &PATH,
    &SESSION_ID,
    &AS_LOG,
    &GROUP_BY,
    &RELAYED,
    &UNUSED,
    &DIFFERENCES,
    &AGAINST,
    &SAMPLE,
    &SERVER,
    &IDENTITY,
    &SINCE,
    &UNTIL,
    &REMOTE,
    &USER,
    &OUTCOME,
    &ANONYMIZE,
    &TOP,
];

/// Those of the cmdlet of that verb.
pub fn of(verb: Verb) -> Vec<&'static Param> {
    PARAMS.into_iter().filter(|param| param.on.contains(&verb)).collect()
}

/// The logs.
pub static PATH: Param = param(
    "Path",
    Kind::List(&Kind::Text),
    "The logs: files, wildcards, folders with RECV*.LOG below them, - for standard input. Files in gzip and zip are read as they are",
)
.on(ALL)
.required(ALL)
.position(1, ALL)
.example("logs")
.completes(Completes::File)
.group(Group::Identity);
/// The servers.
pub static SERVER: Param = param(
    "Server",
    Kind::List(&Kind::Text),
    "Only sessions of these servers, by the names in the logs; wildcards are allowed",
)
.on(ALL)
.example("EX01")
.completes(Completes::Server)
.group(Group::Identity);
/// The connectors.
pub(crate) static IDENTITY: Param = param(
    "Identity",
    Kind::List(&Kind::Text),
    "Only sessions of these connectors, as in 'EX01\\Relay' or '*\\Relay'",
)
.on(ALL)
.example("'EX01\\Relay'")
.completes(Completes::Connector)
.group(Group::Identity);
/// From when.
pub(crate) static SINCE: Param =
    param("Since", Kind::Form(&MOMENT), "Only sessions that began then or later: a day or a moment, in UTC")
        .on(ALL)
        .example("2026-10-01")
        .group(Group::Other);
/// Until when.
pub(crate) static UNTIL: Param =
    param("Until", Kind::Form(&MOMENT), "Only sessions that began before: a day or a moment, in UTC")
        .on(ALL)
        .example("2026-10-02")
        .group(Group::Other);
/// The clients.
pub(crate) static REMOTE: Param = param(
    "RemoteIPAddress",
    Kind::List(&Kind::Range),
    "Only sessions of clients at these addresses: an address, a network or a range. A client that a front end names counts too",
)
.on(ALL)
.example("10.1.1.0/24")
.group(Group::Connections);
/// The accounts.
pub static USER: Param = param(
    "User",
    Kind::List(&Kind::Text),
    "Only sessions of these accounts, as they are logged; wildcards are allowed",
)
.on(ALL)
.example("'CONTOSO\\app1'")
.group(Group::Security);
/// How sessions came out.
pub(crate) static OUTCOME: Param =
    param("Outcome", Kind::List(&Kind::Choice(Outcome::VARIANTS)), "Only sessions that came out like that")
        .on(ALL)
        .example("Refused")
        .group(Group::Other);
/// One session.
pub(crate) static SESSION_ID: Param =
    param("SessionId", Kind::Text, "The session with this identifier, as a dialogue")
        .on(GET)
        .example("08DF000000000002")
        .usual()
        .group(Group::Identity);
/// What sessions are counted by.
pub(crate) static GROUP_BY: Param = param(
    "GroupBy",
    Kind::List(&Kind::Choice(Dimension::VARIANTS)),
    "What sessions are counted by: one row for each combination. Client is the client that a front end names, else the remote address; RemoteIPRange the range of the connector in the store",
)
.on(MEASURE)
.default("Connector")
.example("Connector,RemoteIPAddress")
.usual()
.group(Group::Identity);
/// The most rows.
pub static TOP: Param = param(
    "Top",
    Kind::Count(1, 1_000_000),
    "The most rows: those with most sessions, with -Relayed those with most relayed recipients",
)
.on(MEASURE)
.group(Group::Other);
/// Who relays.
pub(crate) static RELAYED: Param = param(
    "Relayed",
    Kind::Switch,
    "Only rows with recipients in no accepted domain of the store, those with most of them first",
)
.on(MEASURE)
.usual()
.group(Group::Identity);
/// What is not used.
pub(crate) static UNUSED: Param = param(
    "Unused",
    Kind::Switch,
    "The connectors and remote ranges of the store that no session used, each with the line that disables or removes it",
)
.on(MEASURE)
.usual()
.group(Group::Identity);
/// What differs alone.
pub(crate) static DIFFERENCES: Param =
    param("Differences", Kind::Switch, "Only what differs: nothing that cannot be decided")
        .on(TEST)
        .usual()
        .group(Group::Identity);
/// Pseudonyms.
pub(crate) static ANONYMIZE: Param = param(
    "Anonymize",
    Kind::Switch,
    "Show pseudonyms in place of clients' addresses, accounts, mailboxes, foreign domains and host names: the same one for the same name, and an address in the same ranges",
)
.on(ALL)
.group(Group::Other);
/// A log again.
pub(crate) static AS_LOG: Param =
    param("AsLog", Kind::Switch, "Print the sessions as a protocol log, session by session")
        .on(GET)
        .group(Group::Other);
/// How many sessions a row names.
pub(crate) static SAMPLE: Param =
    param("Sample", Kind::Count(1, 1_000), "How many sessions each row names as examples")
        .on(TEST)
        .default("1")
        .group(Group::Other);
/// The revision to compare with.
pub(crate) static AGAINST: Param = param(
    "Against",
    Kind::Text,
    "Show which sessions come out otherwise now than as of this revision: identifier, tag, HEAD~2 or date",
)
.on(TEST)
.example("HEAD~1")
.completes(Completes::Revision)
.group(Group::Safety);

/// The servers that the line names: logs have their short names, and a name with wildcards stays as it is.
pub fn servers(args: &Args) -> Vec<String> {
    let short = |name: String| match name.split_once('.') {
        Some((short, _)) if !is_wild(&name) => short.to_owned(),
        _ => name,
    };
    args.texts(&SERVER).into_iter().map(short).collect()
}

/// Refuses a time that ends before it begins.
///
/// # Errors
/// Exit 1 where -Until is not after -Since.
pub fn period(args: &Args) -> Result<(), Problem> {
    let (Some(since), Some(until)) = (args.text(&SINCE), args.text(&UNTIL)) else { return Ok(()) };
    if moment(&since) < moment(&until) {
        return Ok(());
    }
    let message = format!(
        "parameters Since and Until: `{since}` is not before `{until}`, so no session can begin in between"
    );
    Err(Problem::new(Exit::Refused, message)
        .hint("a day is its first moment: -Since 2026-10-01 -Until 2026-10-02 is the first of October")
        .about(UNTIL.name))
}

/// How many sessions each row names.
pub fn sample(args: &Args) -> usize {
    match args.value(&SAMPLE) {
        Some(Value::Int(count)) => usize::try_from(*count).unwrap_or(usize::MAX),
        _ => 1,
    }
}
