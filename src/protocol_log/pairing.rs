//! Which reply belongs to which command. With pipelining commands stand before their replies, and copies lose lines.

use std::collections::VecDeque;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// An SMTP command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// EHLO or HELO.
    Hello,
    /// STARTTLS.
    StartTls,
    /// X-ANONYMOUSTLS.
    AnonymousTls,
    /// AUTH or X-EXPS.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA.
    Data,
    /// BDAT.
    Bdat,
    /// RSET.
    Reset,
    /// QUIT.
    Quit,
    /// XPROXY or XPROXYFROM: the client of a front end.
    Proxy,
    /// Another one.
    Other,
}

static VERBS: [(&str, Verb); 19] = [
    ("EHLO", Verb::Hello),
    ("HELO", Verb::Hello),
    ("STARTTLS", Verb::StartTls),
    ("X-ANONYMOUSTLS", Verb::AnonymousTls),
    ("AUTH", Verb::Auth),
    ("X-EXPS", Verb::Auth),
    ("MAIL", Verb::Mail),
    ("RCPT", Verb::Rcpt),
    ("DATA", Verb::Data),
    ("BDAT", Verb::Bdat),
    ("RSET", Verb::Reset),
    ("QUIT", Verb::Quit),
    ("XPROXY", Verb::Proxy),
    ("XPROXYFROM", Verb::Proxy),
    ("NOOP", Verb::Other),
    ("VRFY", Verb::Other),
    ("EXPN", Verb::Other),
    ("HELP", Verb::Other),
    ("XEXCH50", Verb::Other),
];

impl Verb {
    /// The command that a line begins with; nothing where it is none that is known.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let end = line.bytes().position(|byte| matches!(byte, b' ' | b':' | b'\t'));
        let word = line.get(..end.unwrap_or(line.len())).unwrap_or_default();
        VERBS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, verb)| *verb)
    }
}

/// The three digits of a reply.
pub fn code(reply: &str) -> Option<u16> {
    let digits = reply.as_bytes().first_chunk::<3>()?;
    let add = |sum: u16, digit: &u8| digit.is_ascii_digit().then(|| sum * 10 + u16::from(digit - b'0'));
    digits.iter().try_fold(0, add)
}

/// The enhanced status code of a reply: `5.7.1`.
pub fn enhanced(reply: &str) -> Option<&str> {
    let rest = reply.get(4..)?;
    let (mut dots, mut digits) = (0, 0);
    for (at, byte) in rest.bytes().chain([b' ']).enumerate() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' if digits > 0 => (dots, digits) = (dots + 1, 0),
            b' ' if dots == 2 && digits > 0 => return rest.get(..at),
            _ => break,
        }
    }
    None
}

/// Where ` Hello [` is, with which a server greets.
pub(crate) fn greeting(text: &str) -> Option<usize> {
    static HELLO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" Hello ["));
    HELLO.find(text.as_bytes())
}

/// Whether a line of an answer greets.
pub(crate) fn greets(line: &str) -> bool {
    greeting(line).is_some()
}

/// The command that a reply certainly belongs to, by what it says.
fn owner(reply: &str, code: u16) -> Option<Verb> {
    let rest = reply.get(4..).unwrap_or_default();
    Some(match (code, enhanced(reply).unwrap_or_default()) {
        (354, _) => Verb::Data,
        (334 | 235 | 535, _) | (504, "5.7.4") => Verb::Auth,
        (221, _) => Verb::Quit,
        (220, "2.0.0") => Verb::StartTls,
        (250, "2.1.0") => Verb::Mail,
        (250, "2.1.5") | (550, "5.1.1" | "5.1.10" | "5.7.54") => Verb::Rcpt,
        (250, "2.6.0") => Verb::Data,
        (250, _) if greets(rest) => Verb::Hello,
        (250, _) if rest.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("XProxy")) => Verb::Proxy,
        (550, _) if rest.contains("Unable to relay") => Verb::Rcpt,
        _ => return None,
    })
}

/// Commands that wait for their replies, by their place in the session.
#[derive(Default)]
pub struct Waiting(VecDeque<(usize, Verb)>);

impl Waiting {
    /// A command was given.
    pub fn command(&mut self, at: usize, verb: Verb) {
        self.0.push_back((at, verb));
    }

    /// The command that a reply belongs to: the one that it certainly answers, else the first. Those before it lost
    /// their replies.
    pub fn reply(&mut self, reply: &str) -> Option<usize> {
        let code = code(reply)?;
        let fits = |wanted: Verb, verb: Verb| match wanted {
            Verb::Data => matches!(verb, Verb::Data | Verb::Bdat),
            Verb::StartTls => matches!(verb, Verb::StartTls | Verb::AnonymousTls),
            _ => verb == wanted,
        };
        let place = match owner(reply, code) {
            Some(wanted) => self.0.iter().position(|(_, verb)| fits(wanted, *verb))?,
            None => 0,
        };
        self.0.drain(..place);
        let (at, verb) = *self.0.front()?;
        // These are followed by more: the credentials, the message.
        let goes_on = code == 334 || code == 354 && verb == Verb::Data;
        if !goes_on {
            self.0.pop_front();
        }
        Some(at)
    }
}
