//! What several cmdlets share, described once: topics of Get-Help, made of the tables that the program runs on.
//!
//! A topic names the nouns that it helps with; their pages name it in turn.

mod dialect;
mod exit_codes;
mod permissions;
mod ranges;
mod relay;
mod store;
mod usage;

use crate::cmdlet::CMDLETS;
use crate::manual::{Block, Chapter, Example, Reference};

/// One topic.
pub struct Topic {
    /// What is typed after Get-Help.
    pub name: &'static str,
    /// One line, without a full stop.
    pub synopsis: &'static str,
    /// The nouns whose pages lead here.
    pub about: &'static [&'static str],
    /// What it says.
    pub blocks: fn() -> Vec<Block>,
}

/// Every topic, in the order in which help lists them.
pub static TOPICS: &[&Topic] = &[
    &dialect::TOPIC,
    &usage::TOPIC,
    &ranges::TOPIC,
    &permissions::TOPIC,
    &relay::TOPIC,
    &store::TOPIC,
    &exit_codes::TOPIC,
];

/// What PowerShell puts before the names of its topics.
const ABOUT: &str = "about_";

impl Topic {
    /// The topic as a chapter.
    #[must_use]
    pub fn chapter(&self) -> Chapter {
        let cmdlets = CMDLETS.iter().filter(|cmdlet| self.about.contains(&cmdlet.noun));
        let cmdlets = cmdlets.map(|cmdlet| Reference::Cmdlet(cmdlet.name()));
        Chapter {
            about: Reference::Topic(self.name),
            synopsis: self.synopsis.to_owned(),
            blocks: (self.blocks)(),
            see: std::iter::once(Reference::Program).chain(cmdlets).collect(),
        }
    }
}

/// The topic of that name, in any case, with or without PowerShell's `about_`.
#[must_use]
pub fn of(name: &str) -> Option<&'static Topic> {
    let name = name.to_lowercase().replace(['–', '—', '―'], "-");
    let bare = name.strip_prefix(ABOUT).unwrap_or(&name);
    TOPICS.iter().copied().find(|topic| topic.name == bare)
}

/// Every topic with its one line.
pub(in crate::cmdlet) fn lines() -> Vec<(&'static str, &'static str)> {
    TOPICS.iter().map(|topic| (topic.name, topic.synopsis)).collect()
}

/// Lines that run one after another, on one store.
fn story(lines: &'static [Example]) -> Block {
    Block::examples(lines)
}
