//! A reply of SMTP (RFC 5321, 4.2), read line by line: three digits, a hyphen where more lines follow, a text.

use std::fmt;

/// More lines than any reply of a server has.
const MOST_LINES: usize = 100;

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its three digits.
    pub code: u16,
    /// The text of each line, without code.
    pub lines: Vec<String>,
}

impl Reply {
    /// The first line as it came: `220 mail.contoso.com ESMTP`.
    #[must_use]
    pub(crate) fn first_line(&self) -> String {
        let text = self.lines.first().map(String::as_str).unwrap_or_default();
        format!("{} {text}", self.code).trim_end().to_owned()
    }
}

/// Why a line is none of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It does not begin with three digits and a space or hyphen.
    NoCode(String),
    /// Its code is another than that of the lines before.
    OtherCode(String),
    /// There are more lines than any server sends.
    Endless,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::NoCode(line) => write!(f, "`{line}` does not begin with a code of three digits"),
            Broken::OtherCode(line) => write!(f, "`{line}` has another code than the line before"),
            Broken::Endless => write!(f, "it has more than {MOST_LINES} lines"),
        }
    }
}

/// The lines of a reply as far as they came.
#[derive(Debug, Default)]
pub struct ReplyReader {
    code: Option<u16>,
    lines: Vec<String>,
}

impl ReplyReader {
    /// Takes a line, without its end; the reply where that was its last.
    ///
    /// # Errors
    /// Where the line is none of a reply.
    pub fn line(&mut self, bytes: &[u8]) -> Result<Option<Reply>, Broken> {
        let text = String::from_utf8_lossy(bytes);
        let shown = || text.chars().take(80).collect::<String>().escape_debug().to_string();
        let digits = text.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
        let code: u16 = digits
            .and_then(|code| code.parse().ok())
            .filter(|code| (200..600).contains(code))
            .ok_or_else(|| Broken::NoCode(shown()))?;
        let rest = text.get(3..).unwrap_or_default();
        let more = rest.starts_with('-');
        if !rest.is_empty() && !more && !rest.starts_with(' ') {
            return Err(Broken::NoCode(shown()));
        }
        if self.code.is_some_and(|own| own != code) {
            return Err(Broken::OtherCode(shown()));
        }
        if self.lines.len() == MOST_LINES {
            return Err(Broken::Endless);
        }
        self.code = Some(code);
        self.lines.push(rest.get(1..).unwrap_or_default().trim_end().to_owned());
        Ok((!more).then(|| Reply { code, lines: std::mem::take(&mut self.lines) }))
    }
}
