//! What a shell's script says: which shell, the command as typed before and after the cursor, and what of it the
//! shell would replace.

use std::str::FromStr;

use serde::Deserialize;

use crate::cmdlet::Shell;

/// A line with a cursor in it.
pub struct Request {
    /// Who asks.
    pub shell: Shell,
    /// The command up to the cursor, as typed.
    pub before: String,
    /// The command from the cursor on.
    pub after: String,
    /// The end of `before` that bash and zsh replace: their word, which begins after some `:`, `=` or quote.
    pub replaced: String,
    /// How many columns a line of the list may take; none for as many as it needs.
    pub width: Option<usize>,
    /// Whether the list is shown, with help, and not put into the line as it is.
    pub listed: bool,
}

/// One line of PowerShell's script. Its cursor counts UTF-16 units, as .NET does.
#[derive(Deserialize)]
struct Written {
    line: String,
    cursor: usize,
}

impl Request {
    /// Reads `SHELL BEFORE AFTER REPLACED WIDTH TYPE`, of which the last ones may be missing; for PowerShell,
    /// which loses quotes on that way, the JSON on standard input.
    pub fn read(words: &[String], input: impl FnOnce() -> String) -> Option<Self> {
        let word = |at: usize| words.get(at).cloned().unwrap_or_default();
        let shell = Shell::from_str(&word(0)).ok()?;
        let (before, after) = match shell {
            Shell::Pwsh => written(&input())?,
            _ => (word(1), word(2)),
        };
        let replaced = word(3);
        // Readline's codes for completions that are inserted one after the other, or all at once.
        let listed = !matches!(word(5).as_str(), "37" | "42");
        Some(Request { shell, before, after, replaced, width: word(4).parse().ok(), listed })
    }
}

fn written(input: &str) -> Option<(String, String)> {
    let Written { line, cursor } = serde_json::from_str(input.trim_start_matches('\u{feff}')).ok()?;
    let mut units = 0;
    let mut is_behind = |c: &char| {
        units += c.len_utf16();
        units > cursor
    };
    let at = line.chars().position(|c| is_behind(&c)).unwrap_or(usize::MAX);
    let before: String = line.chars().take(at).collect();
    let after = line.get(before.len()..).unwrap_or_default().to_owned();
    Some((before, after))
}
