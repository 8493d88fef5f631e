//! The topic `exit-codes`: what a script learns without reading a word.

use super::Topic;
use crate::answer::Exit;
use crate::cmdlet::help::pages::describe;
use crate::manual::Block;

pub(super) static TOPIC: Topic = Topic {
    name: "exit-codes",
    synopsis: "What each exit code means, and how a script reads errors",
    about: &[],
    blocks,
};

fn blocks() -> Vec<Block> {
    vec![
        Block::Section("Codes"),
        Block::Entries(Exit::all().iter().copied().map(describe).collect()),
        Block::Section("In a script"),
        Block::prose(
            "Data is on standard output; errors, warnings and notices are on standard error. With -Output json an error is one object on one line of standard error, with code, message, hint and parameter.",
        ),
        Block::prose(
            "Nothing is ever asked without a terminal, with -NonInteractive, or where the variable CI is set: what would be asked is refused with code 2, and the hint says what to add.",
        ),
        Block::prose(
            "A wildcard that finds nothing is no error; a name that finds nothing is code 4. A line that changes nothing because all is as it says is code 0 and makes no revision, so lines that set things may run again and again.",
        ),
    ]
}
