//! The topic `store`: where the store is, what is in it, and how to look back and go back.

use super::{Topic, story};
use crate::manual::{Block, Example};

pub(super) static TOPIC: Topic = Topic {
    name: "store",
    synopsis: "Where the store is, what is in it, its history, and editing by hand",
    about: &["Store", "StoreHistory", "StoreRevision"],
    blocks,
};

/// Where the store is looked for, in order.
const PLACES: [(&str, &str); 4] = [
    ("-Store DIR", "on the line"),
    ("EXCH_STORE", "the variable"),
    ("exch.toml", "the nearest directory upward from here that holds it"),
    ("the data directory", "exch below the user's data directory, as in ~/.local/share/exch"),
];

/// What is in it.
const FILES: [(&str, &str); 3] = [
    ("exch.toml", "the schema and the organization's names"),
    ("servers/NAME.toml", "one file a server, with its Receive connectors; defaults are left out"),
    (
        "organization/*.toml",
        "one file a noun: accepted domains, Send connectors, the transport configuration, Edge subscriptions, principals, access policies",
    ),
];

const LINES: &[Example] = &[
    Example::new(
        "set-receiveconnector 'HUB01\\Relay' -MaxHopCount 20 -Reason 'loops seen in March'",
        "The reason becomes the subject of the revision; the line itself is its body.",
    ),
    Example::new("get-storehistory -Server HUB01 -ResultSize 2", "Who changed a server last."),
    Example::new(
        "get-storehistory 'HUB01\\Relay' -Property MaxHopCount",
        "Who changed one property, and how.",
    ),
    Example::new(
        "get-receiveconnector 'HUB01\\Relay' -At HEAD~1 -Property Name,MaxHopCount",
        "How something was: an identifier, a tag, HEAD~2, a date, or a date and time. A date means the end of that day; without an offset, both are of the local time zone.",
    ),
    Example::new(
        "restore-storerevision HEAD~1 -Identity 'HUB01\\Relay'",
        "One object as it was; everything else stays.",
    ),
    Example::new("undo-storerevision HEAD", "What one revision changed, taken back; later changes stay."),
    Example::new("restore-storerevision HEAD~1", "The store as it was, as a new revision."),
    Example::new("test-store", "Every file and rule, and the history."),
];

fn blocks() -> Vec<Block> {
    vec![
        Block::Section("Description"),
        Block::prose(
            "The store is a directory of TOML files under git. The first change makes one; every change is one revision, all of it or nothing. Several may write at once: one waits for the other.",
        ),
        Block::Section("Where it is"),
        Block::entries(&PLACES),
        Block::Section("What is in it"),
        Block::entries(&FILES),
        Block::Section("By hand"),
        Block::prose(
            "Edit the files as you like, with comments. The next change records that first, as a revision of its own, after every rule was checked; what a change does not speak of is left as it was written. `git log`, branches, merges and pull requests work as in any repository; `exch test-store` reports what a merge broke, each finding with its line.",
        ),
        Block::Section("Looking back and going back"),
        story(LINES),
    ]
}
