//! The topic `dialect`: how a line is read, and what to quote in bash and in PowerShell.

use super::{Topic, story};
use crate::manual::{Block, Example};

pub(super) static TOPIC: Topic = Topic {
    name: "dialect",
    synopsis: "How a line is read, and what to quote in bash and in PowerShell",
    about: &[],
    blocks,
};

/// What may be typed, and what it means.
const WRITTEN: [(&str, &str); 13] = [
    (
        "-RemoteIPRanges, -remoteipranges, -RemoteIP",
        "any case, and any beginning that fits one parameter alone",
    ),
    ("-Name x, -Name:x, -Name=x, --Name x", "the same"),
    (
        "-Enabled:true, -Enabled true",
        "a boolean: true, false, 1, 0, $true and $false where the shell leaves them alone",
    ),
    ("-WhatIf, -Confirm:false", "a switch takes no word; its value stands after a colon"),
    (
        "-Bindings 0.0.0.0:25,[::]:25",
        "a list: commas, spaces after commas, several words, or all in one word",
    ),
    (
        "-RemoteIPRanges '@{Add=\"10.0.0.5\";Remove=\"10.0.0.6\"}'",
        "an edit of a list; what is not named stays",
    ),
    (
        "-RemoteIPRanges '@ranges.txt', '@-'",
        "the lines of a file, or of standard input, as a list; # begins a comment; also in '@{Add=\"@ranges.txt\"}'",
    ),
    ("-Banner '$null'", "empties a text or a list"),
    ("36MB, 1.5GB, 0x10, 5kb", "PowerShell's numbers, for numbers and sizes alone"),
    ("-Name Te,st", "a comma in a single text is text"),
    ("-TransportRole Front", "the beginning of a value that fits one alone"),
    ("a word without a name", "the parameter at that position: mostly Identity, on New- the Name"),
    ("--", "what follows are values, whatever they begin with"),
];

const LINES: &[Example] = &[
    Example::new(
        "set-receiveconnector 'HUB01\\Relay' -Enabled:false -WhatIf",
        "A boolean that every shell leaves alone.",
    ),
    Example::new(
        "set-receiveconnector 'HUB01\\Relay' -RemoteIPRanges '@{Add=\"10.0.0.9\"}'",
        "An edit stands in single quotes: bash would run what follows the semicolon, PowerShell would read a table of its own.",
    ),
    Example::new(
        "set-receiveconnector 'HUB01\\Relay' -maxmess 36MB -WhatIf",
        "The beginning of a name, in any case, and a size.",
    ),
    Example::new("receiveconnector get 'HUB01\\Relay'", "The noun first."),
];

fn blocks() -> Vec<Block> {
    vec![
        Block::Section("Description"),
        Block::prose(
            "A line that runs in the Exchange Management Shell runs here, and means the same, or is refused with what to type. What a shell takes away before the program sees it cannot be read; such lines are refused, never guessed.",
        ),
        Block::Section("What may be typed"),
        Block::entries(&WRITTEN),
        Block::Section("Quoting"),
        Block::prose(
            "These lines are the same in bash, zsh and PowerShell 7. Single quotes keep a shell from changing what stands in them: a backslash, a dollar sign, spaces, parentheses, @{ } and semicolons need them.",
        ),
        story(LINES),
        Block::prose(
            "An unquoted `$true` is nothing to bash, and an unquoted `@{Add=1;Remove=2}` ends at its semicolon; both are refused. Long dashes and curly quotes, as web pages have them, are read as hyphens and quotes, with a notice.",
        ),
        Block::Section("What is not read"),
        Block::prose(
            "Variables, expressions and pipes of PowerShell mean nothing to a program. In place of a pipe, a list of identities or a wildcard names the objects: `exch set-receiveconnector '*\\Relay' -Enabled:false` asks first and is one revision. Formatting is -Output and -Property, which stand on every cmdlet.",
        ),
    ]
}
