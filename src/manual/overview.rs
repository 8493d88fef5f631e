//! What there is: the program in a few lines, every cmdlet under its noun, every topic.

use super::text_layout::{INDENT, Text, TextLayout};

/// What the program is, in one line.
pub(super) const SYNOPSIS: &str = "Exchange Server's transport cmdlets over a versioned store of TOML files";

/// The same in two.
pub(super) const ABOUT: [&str; 2] = [
    "exch: Exchange Server's transport cmdlets over a versioned store of TOML files.",
    "Receive connectors as in the Exchange Management Shell, without a server.",
];

/// How a line looks.
pub(super) const LINE: &str = "exch <Verb-Noun> [-Parameter value] ...";

/// How a line is read.
pub(super) const READ: &str = "Lines are read as PowerShell reads them: any case, beginnings of parameter names, lists with commas. Put a value with spaces, a backslash or @{ } in quotes.";

/// The variables that matter.
pub(super) const ENVIRONMENT: [(&str, &str); 7] = [
    ("EXCH_STORE", "The store's directory, where -Store names none"),
    ("EXCH_SERVER", "The local server, in place of this machine's name"),
    ("GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL", "The author of revisions, in place of git's configuration"),
    ("GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL", "Who commits revisions, in place of git's configuration"),
    ("GIT_CONFIG_GLOBAL", "The file of git's settings that stands for the user's own"),
    ("CI", "Where it is set, nothing is ever asked"),
    ("NO_COLOR", "Where it is set, nothing is coloured"),
];

/// One cmdlet in the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its noun.
    pub noun: &'static str,
    /// `Verb-Noun`.
    pub name: String,
    /// One line.
    pub synopsis: &'static str,
}

/// `exch --help`.
pub(super) fn overview(
    entries: &[Entry],
    topics: &[(&'static str, &'static str)],
    sheet: &TextLayout,
) -> String {
    let mut text = Text::new(sheet);
    text.prose(0, ABOUT[0]);
    usage(&mut text);
    text.blank();
    text.heading(0, "CMDLETS");
    // No blank lines between nouns: the list is read as a whole.
    let mut noun = "";
    let column = INDENT + entries.iter().map(|entry| entry.name.len()).max().unwrap_or(0) + 2;
    for entry in entries {
        if entry.noun != noun {
            noun = entry.noun;
            text.heading(2, noun);
        }
        text.entry(INDENT, &entry.name, column, entry.synopsis);
    }
    text.blank();
    text.heading(0, "TOPICS");
    for (name, says) in topics {
        text.entry(INDENT, name, column, says);
    }
    text.blank();
    more(&mut text);
    text.done()
}

fn usage(text: &mut Text<'_>) {
    text.blank();
    text.heading(0, "USAGE");
    text.line(INDENT, LINE);
    text.prose(INDENT, READ);
}

fn more(text: &mut Text<'_>) {
    let lines = [
        ("exch get-help new-receiveconnector", "parameters and examples of one cmdlet"),
        ("exch get-help receiveconnector", "the cmdlets of a noun"),
        ("exch get-help relay", "a topic"),
        ("exch get-command -Verb Get", "cmdlets by verb or noun"),
        ("exch --version", "the version"),
    ];
    text.heading(0, "MORE");
    commands(text, &lines);
}

/// Lines to type, each with what it does.
pub(super) fn commands(text: &mut Text<'_>, lines: &[(&str, &str)]) {
    let column = INDENT + lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0) + 2;
    for (line, says) in lines {
        text.entry(INDENT, line, column, says);
    }
}
