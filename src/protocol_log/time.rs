//! The time of a line in milliseconds since 1970, UTC.

use jiff::Timestamp;

/// `2026-10-01T08:02:00.000Z`.
const LENGTH: usize = 24;
/// The part that most lines share with the line before.
const MINUTE: usize = 17;

/// Reads times; the minute of the last one is kept, as most lines are of the same.
#[derive(Default)]
pub struct Clock {
    minute: [u8; MINUTE],
    at: i64,
}

impl Clock {
    /// The time that a field says.
    pub fn read(&mut self, field: &[u8]) -> Option<i64> {
        let usual = field.first_chunk::<LENGTH>()?;
        let whole = || std::str::from_utf8(field).ok()?.parse::<Timestamp>().ok();
        let seconds = match usual.get(MINUTE..) {
            Some([a, b, b'.', c, d, e, b'Z']) if field.len() == LENGTH => number(&[*a, *b, *c, *d, *e]),
            _ => None,
        };
        let Some(millis) = seconds.filter(|millis| *millis < 60_000) else {
            return whole().map(Timestamp::as_millisecond);
        };
        let minute = usual.first_chunk::<MINUTE>()?;
        if self.minute != *minute {
            self.at = whole()?.as_millisecond() - millis;
            self.minute = *minute;
        }
        Some(self.at + millis)
    }

    /// The same of a field of another length, as in `2026-10-01T08:02:00.4Z`.
    pub(crate) fn read_any(&mut self, field: &[u8]) -> Option<i64> {
        if field.len() >= LENGTH {
            return self.read(field);
        }
        std::str::from_utf8(field).ok()?.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
    }
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}
