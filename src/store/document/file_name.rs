//! Server names as file names: what a file system or git would not take is percent-encoded, and can be read back.

use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

const SUFFIX: &str = ".toml";

/// Device names of Windows, taken whatever follows their first dot.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
const NUMBERED: [&str; 2] = ["COM", "LPT"];

/// The file of the server called `name`. Names that differ only by case give twins, which the caller refuses.
#[must_use]
pub fn file_name(name: &str) -> String {
    let last = name.chars().count().saturating_sub(1);
    let device = is_device(name);
    let mut out = String::new();
    for (at, c) in name.chars().enumerate() {
        let at_an_end = at == 0 && (c == '.' || device) || at == last && matches!(c, '.' | ' ');
        if at_an_end || is_reserved(c) {
            encode(c, &mut out);
        } else {
            out.push(c);
        }
    }
    out + SUFFIX
}

/// The server whose file is called `file`; nothing for a file that [`file_name`] does not make.
#[must_use]
pub fn server_name(file: &str) -> Option<String> {
    let stem = file.strip_suffix(SUFFIX)?;
    // Most names are written as they are; a directory may hold 10,000 of them.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !stem.is_empty() && stem.bytes().all(plain) && !is_device(stem) {
        return Some(stem.to_owned());
    }
    let name = percent_decode_str(stem).decode_utf8().ok()?.into_owned();
    (!name.is_empty() && file_name(&name) == file).then_some(name)
}

fn is_reserved(c: char) -> bool {
    c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let numbered = |prefix: &&str| {
        let rest = stem.get(..prefix.len()).filter(|head| head.eq_ignore_ascii_case(prefix));
        let mut digits = rest.and_then(|head| stem.get(head.len()..)).unwrap_or_default().chars();
        matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) || NUMBERED.iter().any(numbered)
}

fn encode(c: char, out: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
}
