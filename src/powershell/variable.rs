//! What begins with a dollar sign: `$true`, `$false` and `$null` are literals, all else is computed.

use super::chars::ends_word;
use super::cursor::Cursor;
use super::error::{ReadError, Trouble};
use super::value::Literal;

impl Cursor<'_> {
    /// The constant whose `$` stands here.
    pub(super) fn constant(&mut self) -> Result<Literal, ReadError> {
        let start = self.at();
        self.bump();
        let name = self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '?' | '$' | '^'));
        constant(name).ok_or_else(|| self.error(Trouble::Expression, start))
    }

    /// Refuses what PowerShell would compute with the value that just ended: `.x`, `[0]`, `::x`, or, after a
    /// variable, a word that goes on.
    pub(super) fn refuse_member(&mut self, start: usize, variable: bool) -> Result<(), ReadError> {
        let goes_on = match self.peek() {
            Some('.' | '[') => true,
            Some(':') => self.second() == Some(':'),
            Some(c) => variable && !ends_word(c),
            None => false,
        };
        if goes_on {
            self.take_while(|c| !ends_word(c));
            return Err(self.error(Trouble::Expression, start));
        }
        Ok(())
    }
}

/// The value of a constant by its name without dollar sign, in any case.
pub(super) fn constant(name: &str) -> Option<Literal> {
    [("true", Literal::Bool(true)), ("false", Literal::Bool(false)), ("null", Literal::Null)]
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, literal)| literal)
}
