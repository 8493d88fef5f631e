//! What there is: every cmdlet under its noun, and the few lines that `exch` alone prints.

use super::sheet::{INDENT, Sheet, Text};

/// What the program is, in two lines.
const ABOUT: [&str; 2] = [
    "exch: Exchange Server's transport cmdlets over a versioned store of TOML files.",
    "Receive connectors as in the Exchange Management Shell, without a server.",
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

/// The place that a command run here and now would use.
#[derive(Clone, Debug)]
pub struct StorePlace {
    /// The directory.
    pub path: String,
    /// Whether a store is there.
    pub exists: bool,
}

/// `exch --help`.
pub(super) fn overview(entries: &[Entry], sheet: &Sheet) -> String {
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
    more(&mut text);
    text.done()
}

fn usage(text: &mut Text<'_>) {
    text.blank();
    text.heading(0, "USAGE");
    let says = "Lines are read as PowerShell reads them: any case, beginnings of parameter names, lists with commas. A value with blanks, a backslash or @{ } stands in quotes.";
    text.line(INDENT, "exch <Verb-Noun> [-Parameter value] ...");
    text.prose(INDENT, says);
}

fn more(text: &mut Text<'_>) {
    let lines = [
        ("exch get-help new-receiveconnector", "parameters and examples of one cmdlet"),
        ("exch get-help receiveconnector", "the cmdlets of a noun"),
        ("exch get-command -Verb Get", "cmdlets by verb or noun"),
        ("exch --version", "the version"),
    ];
    text.heading(0, "MORE");
    commands(text, &lines);
}

fn commands(text: &mut Text<'_>, lines: &[(&str, &str)]) {
    let column = INDENT + lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0) + 2;
    for (line, says) in lines {
        text.entry(INDENT, line, column, says);
    }
}

/// `exch` alone.
pub(super) fn welcome(store: Option<&StorePlace>, sheet: &Sheet) -> String {
    let mut text = Text::new(sheet);
    for line in ABOUT {
        text.prose(0, line);
    }
    text.blank();
    let (says, next) = match store {
        Some(StorePlace { path, exists: true }) => (format!("Store: {path}"), &USED),
        Some(StorePlace { path, .. }) => {
            (format!("Store: none yet; the first change makes one in {path}"), &FRESH)
        }
        None => ("Store: no place for one; -Store DIR or EXCH_STORE names it".to_owned(), &FRESH),
    };
    text.prose(0, &says);
    text.blank();
    text.heading(0, "Next:");
    commands(&mut text, next);
    text.done()
}

/// What to type where there is a store.
const USED: [(&str, &str); 3] = [
    ("exch get-receiveconnector", "the connectors of every server"),
    ("exch get-storehistory", "who changed what"),
    ("exch --help", "every cmdlet"),
];

/// What to type before there is one.
const FRESH: [(&str, &str); 3] = [
    ("exch new-exchangeserver HUB01", "a server with its default connectors"),
    ("exch get-help new-receiveconnector", "how to add a connector"),
    ("exch --help", "every cmdlet"),
];
