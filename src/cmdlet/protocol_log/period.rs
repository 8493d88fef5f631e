//! The period that logs cover, and the days on which a server has no session.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cmdlet::transaction::LogsRead;
use crate::protocol_log::Session;

/// The milliseconds of a day.
const DAY: i64 = 86_400_000;
/// The most runs of days without a session that are named, and the most servers.
const MOST_SHOWN: usize = 4;

/// When sessions were.
#[derive(Default)]
pub struct Period {
    /// The times of the first and of the last line.
    ends: Option<(i64, i64)>,
    /// The days with sessions, by the server of the store: each has logs of its own, which may be missing.
    servers: BTreeMap<String, BTreeSet<i64>>,
}

impl Period {
    /// Notes a session of a server; nothing where the store does not have it.
    pub fn add(&mut self, session: &Session, server: Option<&str>) {
        let (start, end) = (session.start(), session.end());
        let (first, last) = self.ends.unwrap_or((start, end));
        // Times can go back within a session.
        self.ends = Some((first.min(start).min(end), last.max(start).max(end)));
        let Some(server) = server else { return };
        let days = [start.div_euclid(DAY), end.div_euclid(DAY)];
        match self.servers.get_mut(server) {
            Some(known) => known.extend(days),
            None => drop(self.servers.insert(server.to_owned(), days.into())),
        }
    }

    /// The time from the first to the last line, and the days without a session of each server that is meant: of the
    /// time that is asked for, where the line says one.
    pub fn describe(
        &self,
        asked: (Option<i64>, Option<i64>),
        read: &LogsRead,
        is_meant: impl Fn(&str) -> bool,
    ) -> String {
        let is_part = read.is_part();
        let when = asked_for(asked);
        let Some((first, last)) = self.ends else {
            let logs = if is_part { "the part that was read has" } else { "the logs have" };
            let when = when.map(|when| format!(" {when}")).unwrap_or_default();
            return format!("{logs} no session{when}{}", covering(read));
        };
        let (since, until) = asked;
        let from = since.unwrap_or(first).div_euclid(DAY);
        let to = until.map_or(last, |until| until - 1).div_euclid(DAY);
        let servers = self.servers.iter().filter(|(name, _)| is_meant(name));
        let servers: Vec<_> = servers.map(|(name, days)| (name.as_str(), gaps(days, from, to))).collect();
        format!(
            "{}{} {} to {} UTC: {}; a client that comes less often is not in them",
            when.map(|when| format!("{when}, ")).unwrap_or_default(),
            if is_part { "the part that was read covers" } else { "the logs cover" },
            minute(first),
            minute(last),
            missing(&servers)
        )
    }
}

/// The time that a line asks for: `between 2026-10-01 and 2026-10-02`.
pub(super) fn asked_for(asked: (Option<i64>, Option<i64>)) -> Option<String> {
    match asked {
        (None, None) => None,
        (Some(since), None) => Some(format!("from {} on", short(since))),
        (None, Some(until)) => Some(format!("before {}", short(until))),
        (Some(since), Some(until)) => Some(format!("between {} and {}", short(since), short(until))),
    }
}

/// The time that logs cover, behind a sentence that none of their sessions is meant: who asks for another one sees it.
pub(super) fn covering(read: &LogsRead) -> String {
    let ends = read.covered.map(|(first, last)| (minute(first), minute(last)));
    ends.map(|(first, last)| format!("; the logs cover {first} to {last} UTC")).unwrap_or_default()
}

/// `2026-10-01 08:02`.
fn minute(millis: i64) -> String {
    shown(millis, "%Y-%m-%d %H:%M")
}

/// `2026-10-01 08:02:00 UTC`.
pub(super) fn moment(millis: i64) -> String {
    shown(millis, "%Y-%m-%d %H:%M:%S UTC")
}

/// Runs of days, each by its first and its last day.
type Gaps = Vec<(i64, i64)>;

/// Those from one day to another that are not among `days`.
fn gaps(days: &BTreeSet<i64>, from: i64, to: i64) -> Gaps {
    let (mut gaps, mut next) = (Vec::new(), from);
    let within = days.iter().copied().filter(|day| (from..=to).contains(day));
    for day in within.chain([to + 1]) {
        if day > next {
            gaps.push((next, day - 1));
        }
        next = day + 1;
    }
    gaps
}

/// The days without a session: of one server, or of each of several that has such days.
fn missing(servers: &[(&str, Gaps)]) -> String {
    let silent: Vec<_> = servers.iter().filter(|(_, gaps)| !gaps.is_empty()).collect();
    match (servers, silent.as_slice()) {
        ([] | [_], []) => "every day has sessions".to_owned(),
        (_, []) => "every day has sessions of each server".to_owned(),
        ([(_, gaps)], _) => days(gaps),
        (_, silent) => {
            let (named, rest) = silent.split_at(silent.len().min(MOST_SHOWN));
            let mut all: Vec<String> =
                named.iter().map(|(name, gaps)| format!("of {name}, {}", days(gaps))).collect();
            match rest.len() {
                0 => {}
                1 => all.push("1 more server has such days".to_owned()),
                more => all.push(format!("{more} more servers have such days")),
            }
            all.join("; ")
        }
    }
}

/// `3 days have no session (2026-10-02, 2026-10-04 to 2026-10-05)`.
fn days(gaps: &[(i64, i64)]) -> String {
    let count = |gaps: &[(i64, i64)]| gaps.iter().map(|(first, last)| last - first + 1).sum::<i64>();
    let day = |day: i64| shown(day.saturating_mul(DAY), "%Y-%m-%d");
    let run = |&(first, last): &(i64, i64)| match first == last {
        true => day(first),
        false => format!("{} to {}", day(first), day(last)),
    };
    let (named, rest) = gaps.split_at(gaps.len().min(MOST_SHOWN));
    let mut names: Vec<String> = named.iter().map(run).collect();
    if !rest.is_empty() {
        names.push(format!("and {} more", count(rest)));
    }
    match count(gaps) {
        1 => format!("1 day has no session ({})", names.join(", ")),
        many => format!("{many} days have no session ({})", names.join(", ")),
    }
}

/// A moment that a line says: a day is its first moment.
fn short(millis: i64) -> String {
    shown(millis, if millis.rem_euclid(DAY) == 0 { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" })
}

fn shown(millis: i64, form: &str) -> String {
    let time = Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(TimeZone::UTC);
    time.strftime(form).to_string()
}
