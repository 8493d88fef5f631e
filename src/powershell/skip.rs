//! Past a statement that was refused, so that what follows it is read too.

use super::chars::{is_blank, is_double_quote, is_newline, is_quote, is_single_quote};
use super::cursor::Cursor;

/// Texts within texts, `"$("…")"`: more than anybody writes, less than a stack holds.
const DEEPEST: usize = 8;

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
            c if is_quote(c) => drop(skip_quoted(&mut cursor)),
            _ => {}
        }
        if cursor.at() == before || c == '`' {
            cursor.bump();
        }
    }
    cursor.at()
}

/// Past what a key is set to: to the end of the line, a `;` or a `}` outside of its brackets; to the end of the text where
/// a quote or a comment in it is never closed.
pub(super) fn skip_value(cursor: &mut Cursor<'_>) {
    let mut depth = 0_usize;
    while let Some(c) = cursor.peek() {
        let before = cursor.at();
        match c {
            c if depth == 0 && (is_newline(c) || matches!(c, ';' | '}')) => break,
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            '`' => drop(cursor.bump()),
            '#' | '<' if cursor.skip_blanks().is_err() => skip_all(cursor),
            '@' if skip_here_string(cursor) => {}
            c if is_quote(c) && !skip_quoted(cursor) => skip_all(cursor),
            _ => {}
        }
        if cursor.at() == before || c == '`' {
            cursor.bump();
        }
    }
}

fn skip_all(cursor: &mut Cursor<'_>) {
    cursor.take_while(|_| true);
}

/// A quoted text, whatever it computes; false, and nothing is skipped, where it is never closed.
pub(super) fn skip_quoted(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = cursor.clone();
    let is_closed = past_quoted(&mut ahead, 0).is_some();
    if is_closed {
        *cursor = ahead;
    }
    is_closed
}

fn past_quoted(cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
    let double = is_double_quote(cursor.bump()?);
    let closes: fn(char) -> bool = if double { is_double_quote } else { is_single_quote };
    loop {
        match cursor.bump()? {
            '`' if double => drop(cursor.bump()),
            '$' if double && depth < DEEPEST && cursor.peek() == Some('(') => {
                past_parentheses(cursor, depth + 1)?;
            }
            c if closes(c) => match cursor.peek() {
                // Two are one that stays.
                Some(twin) if closes(twin) => drop(cursor.bump()),
                _ => return Some(()),
            },
            _ => {}
        }
    }
}

fn past_parentheses(cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
    let mut open = 0_usize;
    loop {
        match cursor.peek()? {
            c if is_quote(c) => {
                past_quoted(cursor, depth)?;
                continue;
            }
            '`' => drop(cursor.bump()),
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        cursor.bump();
        if open == 0 {
            return Some(());
        }
    }
}

/// A here-string, whatever it computes, to the end of the text where it is never closed; false, and nothing is skipped,
/// where none begins.
pub(super) fn skip_here_string(cursor: &mut Cursor<'_>) -> bool {
    let Some(quote) = cursor.second().filter(|c| is_quote(*c)) else { return false };
    let mut ahead = cursor.clone();
    ahead.bump();
    ahead.bump();
    ahead.take_while(is_blank);
    if !ahead.peek().is_some_and(is_newline) {
        return false;
    }
    *cursor = ahead;
    let closes: fn(char) -> bool = if is_double_quote(quote) { is_double_quote } else { is_single_quote };
    while cursor.bump().is_some() {
        if cursor.peek().is_some_and(closes) && cursor.second() == Some('@') {
            cursor.bump();
            cursor.bump();
            break;
        }
        cursor.take_while(|c| !is_newline(c));
    }
    true
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
