//! PowerShell's number spellings (V3), read exactly: `36MB`, `1.5GB`, `0x10000`, `1e1`, `60l`.
//!
//! Only a parameter that takes a number or a size asks for them; to any other `36MB` and `007` are text.

/// An exact decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    digits: i128,
    decimals: u32,
}

impl Number {
    /// The number, when it is a whole one.
    pub fn whole(self) -> Option<i128> {
        let unit = 10_i128.checked_pow(self.decimals)?;
        (self.digits % unit == 0).then(|| self.digits / unit)
    }

    /// The whole number next to it, a half towards the even one: what PowerShell makes of `1.5` for an integer.
    pub fn rounded(self) -> Option<i128> {
        let unit = 10_i128.checked_pow(self.decimals)?;
        let (floor, rest) = (self.digits.div_euclid(unit), self.digits.rem_euclid(unit));
        let up = rest > unit - rest || (rest == unit - rest && floor % 2 != 0);
        floor.checked_add(i128::from(up))
    }
}

/// Reads a number: an optional sign, decimal digits with point and exponent, or `0x` and hexadecimal ones, then
/// perhaps `l` or `d`, then perhaps KB, MB, GB, TB or PB of 1024.
///
/// `None` for anything else, for what does not fit an `i128`, and for hexadecimal numbers whose top bit makes them
/// negative in PowerShell.
pub fn number(text: &str) -> Option<Number> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (text, factor) = multiplier(text)?;
    let read = match text.get(..2) {
        Some("0x" | "0X") => hexadecimal(text.get(2..)?)?,
        _ => decimal(text.strip_suffix(['l', 'L', 'd', 'D']).unwrap_or(text))?,
    };
    let digits = read.digits.checked_mul(factor)?;
    Some(Number { digits: if negative { digits.checked_neg()? } else { digits }, decimals: read.decimals })
}

/// The text before a unit, and what the unit multiplies by. `0x1b` has none: its `b` is a digit.
fn multiplier(text: &str) -> Option<(&str, i128)> {
    let Some(before) = text.strip_suffix(['b', 'B']) else {
        return Some((text, 1));
    };
    let power = match before.chars().next_back()?.to_ascii_lowercase() {
        'k' => 10,
        'm' => 20,
        'g' => 30,
        't' => 40,
        'p' => 50,
        _ => return Some((text, 1)),
    };
    Some((before.get(..before.len() - 1)?, 1 << power))
}

fn hexadecimal(text: &str) -> Option<Number> {
    let text = text.strip_suffix(['l', 'L']).unwrap_or(text);
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let significant = text.trim_start_matches('0');
    let value = i128::from_str_radix(text, 16).ok()?;
    let fits = match significant.len() {
        0..=7 => true,
        8 => value <= i128::from(i32::MAX),
        _ => value <= i128::from(i64::MAX),
    };
    fits.then_some(Number { digits: value, decimals: 0 })
}

fn decimal(text: &str) -> Option<Number> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, signed(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    if all.is_empty() || all.len() > 60 || !all.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: i128 = all.parse().ok()?;
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let power = 10_i128.checked_pow(shift.unsigned_abs())?;
    if shift < 0 {
        return Some(Number { digits, decimals: shift.unsigned_abs() });
    }
    Some(Number { digits: digits.checked_mul(power)?, decimals: 0 })
}

/// The digits after an `e`, with a sign at most.
fn signed(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}
