//! What shells hand over: single words whose quotes may be lost, read as the line they came from means.
//!
//! bash takes quotes off and splits at blanks, PowerShell 7 hands a written list over with its quotes on and cut
//! at its blanks. Which parameters exist is another room's knowledge; it asks these readers for values.

mod boolean;
mod edit;
mod error;
mod joined;
mod list;
mod names;
mod parameter;
mod scalar;

pub use boolean::{BooleanError, boolean};
pub use error::WordsError;
pub use list::{ListReading, Listed, flags, list, table_words};
pub use names::{NamesReading, names, parts};
pub use parameter::{Word, word};
pub use scalar::{ScalarReading, scalar};

/// Something read in the user's favour that the user should know of, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// Curly quotes were read as quotes.
    CurlyQuotes,
    /// A long dash was read as a hyphen.
    LongDash,
}

impl Notice {
    /// The sentence to show.
    pub fn sentence(self) -> &'static str {
        match self {
            Notice::CurlyQuotes => {
                "curly quotes are read as quotes; write straight ones, shells know no others"
            }
            Notice::LongDash => "a long dash before a parameter is read as a hyphen",
        }
    }
}

/// Whether a word is the base64 that PowerShell makes of a script block: UTF-16 text behind base64.
pub fn is_encoded_block(word: &str) -> bool {
    let digits = word.trim_end_matches('=');
    if word.len() < 12 || !word.len().is_multiple_of(4) || word.len() - digits.len() > 2 {
        return false;
    }
    let Some(bytes) = decode(digits) else {
        return false;
    };
    bytes.len().is_multiple_of(2)
        && bytes
            .chunks(2)
            .all(|pair| matches!(pair, [low, 0] if low.is_ascii_graphic() || b" \t\r\n".contains(low)))
}

fn decode(digits: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(value)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

/// Whether a word is what PowerShell prints of a value it cannot hand over.
fn is_lost_value(word: &str) -> bool {
    ["System.Collections.Hashtable", "System.Object[]"].contains(&word.trim())
}
