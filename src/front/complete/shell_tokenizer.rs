//! A command as typed, cut into the words that its shell would hand over, each character with the place where it
//! was typed. A quote may still be open; variables and substitutions are kept as text.

use crate::cmdlet::Shell;
use crate::powershell::chars::{is_double_quote, is_single_quote};

/// A quote: what closes it and what it leaves alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// `'`
    Single,
    /// `"`
    Double,
}

/// A quote that was opened, and where.
pub type Opened = (usize, Quote);

/// One character of a word.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// The character that the program would get.
    pub c: char,
    /// The byte at which it, or what escapes it, was typed.
    pub at: usize,
    /// The quote that it stands in.
    pub quote: Option<Opened>,
}

/// A word.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// The byte at which it begins.
    pub start: usize,
    /// Its characters.
    pub units: Vec<Unit>,
    /// The quote that nothing closed.
    pub open: Option<Opened>,
}

impl Word {
    /// What the program would get.
    pub fn text(&self) -> String {
        self.from(0)
    }

    /// The same from one character on.
    pub fn from(&self, at: usize) -> String {
        self.units.iter().skip(at).map(|unit| unit.c).collect()
    }
}

/// What a shell's quotes and escapes are.
struct Habits {
    escape: char,
    /// What the escape escapes in single quotes, and in double ones; none for any character.
    in_single: &'static str,
    in_double: Option<&'static str>,
    /// Whether a quote twice is one, and curly ones are quotes too.
    powershell: bool,
}

fn habits(shell: Shell) -> Habits {
    let (escape, in_single, in_double) = match shell {
        Shell::Bash | Shell::Zsh => ('\\', "", Some("$`\"\\\n")),
        Shell::Fish => ('\\', "\\'", Some("$\"\\\n")),
        Shell::Pwsh => ('`', "", None),
    };
    Habits { escape, in_single, in_double, powershell: shell == Shell::Pwsh }
}

impl Habits {
    fn quote(&self, c: char) -> Option<Quote> {
        match c {
            '\'' => Some(Quote::Single),
            '"' => Some(Quote::Double),
            c if self.powershell && is_single_quote(c) => Some(Quote::Single),
            c if self.powershell && is_double_quote(c) => Some(Quote::Double),
            _ => None,
        }
    }

    /// Whether an escape in that quote means `next`.
    fn escapes(&self, quote: Option<Quote>, next: char) -> bool {
        match quote {
            None => true,
            Some(Quote::Single) => self.in_single.contains(next),
            Some(Quote::Double) => self.in_double.is_none_or(|some| some.contains(next)),
        }
    }
}

/// What a backslash before a letter or a digit is, outside of quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Backslash {
    /// An escape without a purpose, which the shell takes away.
    Escape,
    /// What it is meant as: the one of `HUB01\Relay`.
    Itself,
}

/// The words of a text. The last is the one at its end: an empty one where a space comes before.
pub fn cut(text: &str, shell: Shell, backslash: Backslash) -> Vec<Word> {
    let habits = habits(shell);
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut left = text.char_indices().peekable();
    while let Some((at, c)) = left.next() {
        let open = word.as_ref().and_then(|word| word.open);
        if open.is_none() && c.is_whitespace() {
            words.extend(word.take());
            continue;
        }
        let next = left.peek().map(|(_, next)| *next);
        let meant = |next: &char| open.is_none() && c == '\\' && next.is_alphanumeric();
        let escaped = next
            .filter(|next| c == habits.escape && habits.escapes(open.map(|o| o.1), *next))
            .filter(|next| backslash == Backslash::Escape || !meant(next));
        if escaped == Some('\n') {
            left.next();
            continue;
        }
        let word = word.get_or_insert_with(|| Word { start: at, ..Word::default() });
        let unit = |c| Unit { c, at, quote: open };
        match (habits.quote(c), open) {
            _ if escaped.is_some() => {
                word.units.extend(left.next().map(|(_, c)| unit(c)));
            }
            (Some(quote), None) => word.open = Some((at, quote)),
            (Some(quote), Some((_, opened))) if quote == opened => {
                if habits.powershell && next.and_then(|next| habits.quote(next)) == Some(quote) {
                    word.units.extend(left.next().map(|(_, c)| unit(c)));
                } else {
                    word.open = None;
                }
            }
            _ => word.units.push(unit(c)),
        }
    }
    words.push(word.unwrap_or_else(|| Word { start: text.len(), ..Word::default() }));
    words
}
