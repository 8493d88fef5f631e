//! The period that logs cover, and its days without a session.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::protocol_log::Session;

/// The milliseconds of a day.
const DAY: i64 = 86_400_000;
/// The most runs of days without a session that are named.
const MOST_SHOWN: usize = 4;

/// When sessions were.
#[derive(Default)]
pub struct Period {
    days: BTreeSet<i64>,
    /// The times of the first and of the last line.
    ends: Option<(i64, i64)>,
}

impl Period {
    /// Notes a session.
    pub fn add(&mut self, session: &Session) {
        let (start, end) = (session.start(), session.end());
        self.days.extend([start.div_euclid(DAY), end.div_euclid(DAY)]);
        let (first, last) = self.ends.unwrap_or((start, end));
        // Times can go back within a session.
        self.ends = Some((first.min(start).min(end), last.max(start).max(end)));
    }

    /// The time from the first to the last line, and the days without a session: of the time that is asked for, where the
    /// line says one.
    pub fn describe(&self, asked: (Option<i64>, Option<i64>), is_part: bool) -> String {
        let when = match asked {
            (None, None) => None,
            (Some(since), None) => Some(format!("from {} on", short(since))),
            (None, Some(until)) => Some(format!("before {}", short(until))),
            (Some(since), Some(until)) => Some(format!("between {} and {}", short(since), short(until))),
        };
        let Some((first, last)) = self.ends else {
            let logs = if is_part { "the part that was read has" } else { "the logs have" };
            return format!("{logs} no session{}", when.map(|when| format!(" {when}")).unwrap_or_default());
        };
        let (since, until) = asked;
        let from = since.unwrap_or(first).div_euclid(DAY);
        let to = until.map_or(last, |until| until - 1).div_euclid(DAY);
        format!(
            "{}{} {} to {} UTC: {}; a client that comes less often is not in them",
            when.map(|when| format!("{when}, ")).unwrap_or_default(),
            if is_part { "the part that was read covers" } else { "the logs cover" },
            shown(first, "%Y-%m-%d %H:%M"),
            shown(last, "%Y-%m-%d %H:%M"),
            missing(&self.gaps(from, to))
        )
    }

    /// The runs of days without a session, each by its first and its last day.
    fn gaps(&self, from: i64, to: i64) -> Vec<(i64, i64)> {
        let (mut gaps, mut next) = (Vec::new(), from);
        let within = self.days.iter().copied().filter(|day| (from..=to).contains(day));
        for day in within.chain([to + 1]) {
            if day > next {
                gaps.push((next, day - 1));
            }
            next = day + 1;
        }
        gaps
    }
}

/// `3 days have no session (2026-10-02, 2026-10-04 to 2026-10-05)`.
fn missing(gaps: &[(i64, i64)]) -> String {
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
        0 => "every day has sessions".to_owned(),
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
