//! Moments as they are typed and printed: ISO 8601 with the offset from UTC; where none is typed, the reader's zone.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A moment as it was typed, before a time zone settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// With an offset.
    Instant(Timestamp),
    /// A date and a time on the reader's clock.
    Local(DateTime),
    /// A whole day on the reader's calendar.
    Day(Date),
}

/// What Exchange prints and PowerShell reads in any culture: month, day, year.
const MONTH_FIRST: &[&str] =
    &["%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p"];

impl Moment {
    /// Reads `2026-11-22`, `2026-11-22 13:19[:55]`, with `T` for the space, with `Z` or an offset behind it, and
    /// `11/22/2026 13:19:55` as Exchange prints it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Moment> {
        let text = text.trim();
        if text.len() == "2026-11-22".len() && text.contains('-') {
            return text.parse().ok().map(Moment::Day);
        }
        if let Ok(day) = Date::strptime("%m/%d/%Y", text) {
            return Some(Moment::Day(day));
        }
        if let Some(local) = MONTH_FIRST.iter().find_map(|form| DateTime::strptime(form, text).ok()) {
            return Some(Moment::Local(local));
        }
        // A date alone, in another form than the one above, is a number or the beginning of an identifier.
        if !text.contains(':') {
            return None;
        }
        let joined = text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z");
        let instant = joined.parse().ok().map(Moment::Instant);
        instant.or_else(|| text.parse().ok().map(Moment::Local))
    }

    /// The first second that it means in `zone`.
    #[must_use]
    pub fn first(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Moment::Instant(moment) => Some(moment),
            Moment::Local(moment) => moment.to_zoned(zone.clone()).ok().map(|moment| moment.timestamp()),
            Moment::Day(day) => day.to_zoned(zone.clone()).ok().map(|moment| moment.timestamp()),
        }
    }

    /// The last second that it means in `zone`: of a day, the one before midnight.
    #[must_use]
    pub fn last(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Moment::Day(day) => {
                let next = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?.timestamp();
                next.checked_sub(SignedDuration::from_secs(1)).ok()
            }
            other => other.first(zone),
        }
    }
}

/// A moment on the clock of `zone`, to the second: `2026-11-22 05:00:00+01:00`; `Z` stands for UTC.
#[must_use]
pub fn print_moment(moment: Timestamp, zone: TimeZone) -> String {
    let zoned = moment.to_zoned(zone);
    let form = if zoned.offset().is_zero() { "%Y-%m-%d %H:%M:%SZ" } else { "%Y-%m-%d %H:%M:%S%:z" };
    zoned.strftime(form).to_string()
}
