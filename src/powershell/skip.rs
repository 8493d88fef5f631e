//! Past a statement that was refused, so that what follows it is read too.

use super::chars::{is_double_quote, is_newline, is_quote, is_single_quote};
use super::cursor::Cursor;

/// The end of a statement that was refused: past its brackets, quotes and comments, to the next line or `;`, but not
/// before the place that was refused.
pub(super) fn skip_statement(text: &str, start: usize, refused: usize) -> usize {
    let mut cursor = Cursor::new(text, start);
    let mut depth = 0_usize;
    let mut last = ' ';
    while let Some(c) = cursor.peek() {
        let ends = (is_newline(c) || c == ';') && depth == 0 && last != '|';
        if ends && cursor.at() >= refused && !goes_on(&cursor) {
            break;
        }
        let before = cursor.at();
        last = if c.is_whitespace() || c == '#' { last } else { c };
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            '`' => drop(cursor.bump()),
            '#' | '<' => drop(cursor.skip_blanks()),
            '@' if cursor.second().is_some_and(is_quote) => drop(cursor.here_string()),
            c if is_quote(c) => skip_quoted(&mut cursor),
            _ => {}
        }
        if cursor.at() == before || c == '`' {
            cursor.bump();
        }
    }
    cursor.at()
}

/// Past what a key is set to: to the end of the line, a `;` or a `}` outside of its brackets.
pub(super) fn skip_value(cursor: &mut Cursor<'_>) {
    let mut depth = 0_usize;
    while let Some(c) = cursor.peek() {
        let before = cursor.at();
        match c {
            c if depth == 0 && (is_newline(c) || matches!(c, ';' | '}')) => break,
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            '`' => drop(cursor.bump()),
            '#' | '<' => drop(cursor.skip_blanks()),
            '@' if cursor.second().is_some_and(is_quote) => drop(cursor.here_string()),
            c if is_quote(c) => skip_quoted(cursor),
            _ => {}
        }
        if cursor.at() == before || c == '`' {
            cursor.bump();
        }
    }
}

/// A quoted text, whatever it computes; to the end of the line where it is never closed.
pub(super) fn skip_quoted(cursor: &mut Cursor<'_>) {
    let Some(quote) = cursor.bump() else { return };
    let same = |c: char| {
        if is_single_quote(quote) { is_single_quote(c) } else { is_double_quote(c) }
    };
    let mut ahead = cursor.clone();
    while let Some(c) = ahead.bump() {
        if c == '`' && is_double_quote(quote) {
            ahead.bump();
        } else if same(c) {
            *cursor = ahead;
            return;
        }
    }
}

/// Whether the next line begins with a pipe, or with what goes on with an `if` or a `try`.
fn goes_on(cursor: &Cursor<'_>) -> bool {
    let mut ahead = cursor.clone();
    if ahead.skip_lines(false).is_err() {
        return false;
    }
    let at_pipe = ahead.peek() == Some('|');
    let word = ahead.take_while(|c| c.is_alphabetic());
    at_pipe || ["else", "elseif", "catch", "finally", "while", "until"].contains(&word)
}
