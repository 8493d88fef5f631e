//! The cmdlets' pages: the table of cmdlets turned into what the manual renders, and searched by name.

use super::topics::{self, TOPICS, Topic};
use crate::answer::{Column, Exit, Object};
use crate::cmdlet::CMDLETS;
use crate::cmdlet::definition::{Cmdlet, Effect};
use crate::cmdlet::shared::identity;
use crate::cmdlet::shared::table_views::COMMAND;
use crate::manual::{self, Chapter, Document, Entry, Page};
use crate::param::{Value, Verb};

/// A cmdlet's page.
#[must_use]
pub fn page(cmdlet: &Cmdlet) -> Page {
    let kin = CMDLETS.iter().filter(|other| other.noun == cmdlet.noun && other.verb != cmdlet.verb);
    Page {
        name: cmdlet.name(),
        verb: cmdlet.verb,
        synopsis: cmdlet.synopsis,
        description: cmdlet.help.description,
        params: cmdlet.all_params(),
        sets: (cmdlet.help.sets)(),
        excludes: (cmdlet.excludes)(),
        columns: cmdlet.columns(),
        examples: cmdlet.help.examples,
        exits: exits(cmdlet).into_iter().map(describe).collect(),
        links: kin.map(|other| other.name()).collect(),
        topics: TOPICS.iter().filter(|topic| topic.about.contains(&cmdlet.noun)).map(|t| t.name).collect(),
    }
}

/// The codes that a cmdlet can exit with, but for faults of ours and signals, which any program has.
fn exits(cmdlet: &Cmdlet) -> Vec<Exit> {
    let can = |exit: &Exit| match exit {
        Exit::Done | Exit::Refused | Exit::NotUnderstood => true,
        Exit::No => matches!(cmdlet.verb, Verb::Compare | Verb::Test),
        Exit::NotFound => cmdlet.verb != Verb::Export,
        Exit::Conflict => {
            matches!(cmdlet.effect, Effect::Changes | Effect::Restores) || cmdlet.verb == Verb::Export
        }
        Exit::Store => cmdlet.effect != Effect::Tells || cmdlet.verb == Verb::Export,
        Exit::Fault | Exit::Interrupted | Exit::Terminated => false,
    };
    Exit::all().iter().copied().filter(can).collect()
}

/// A code and what it means.
#[must_use]
pub fn describe(exit: Exit) -> (String, String) {
    (exit.code().to_string(), exit.means().to_owned())
}

/// The manual: the program as a whole, every cmdlet, every topic.
#[must_use]
pub fn manual() -> Vec<Chapter> {
    let exits = Exit::all().iter().copied().map(describe).collect();
    let program = Chapter::of_program(&entries(), &topics::lines(), exits);
    let cmdlets = CMDLETS.iter().map(|cmdlet| Chapter::from(&page(cmdlet)));
    std::iter::once(program).chain(cmdlets).chain(TOPICS.iter().map(|topic| topic.chapter())).collect()
}

fn entries() -> Vec<Entry> {
    let entry =
        |cmdlet: &&Cmdlet| Entry { noun: cmdlet.noun, name: cmdlet.name(), synopsis: cmdlet.synopsis };
    CMDLETS.iter().map(entry).collect()
}

/// The list of every cmdlet.
#[must_use]
pub fn overview() -> Document {
    Document::Overview(entries(), topics::lines())
}

/// The columns of a cmdlet.
pub static COLUMNS: [Column; 5] = [
    ("Name", "The cmdlet"),
    ("Synopsis", "What it does, in one sentence"),
    ("Verb", "Its verb"),
    ("Noun", "Its noun"),
    ("Definition", "Its syntax"),
];

/// A cmdlet as Get-Command shows it.
#[must_use]
pub fn object(cmdlet: &Cmdlet) -> Object {
    let verb: &str = cmdlet.verb.into();
    let syntax = manual::syntax(&page(cmdlet));
    let values = [&cmdlet.name(), cmdlet.synopsis, verb, cmdlet.noun, &syntax].map(Value::text);
    Object::result(&COMMAND, &COLUMNS, values)
}

/// A topic in the same list.
#[must_use]
pub(crate) fn topic_object(topic: &Topic) -> Object {
    let text = |text: &str| Value::Text(text.to_owned());
    let values = [text(topic.name), text(topic.synopsis), Value::Null, Value::Null, Value::Null];
    Object::result(&COMMAND, &COLUMNS, values)
}

/// The cmdlets that `text` means: the one of that name or alias, else those whose name fits the pattern or
/// begins so, else those of that noun, else those with the text in their name.
#[must_use]
pub(crate) fn matching(text: &str) -> Vec<&'static Cmdlet> {
    let wanted = text.to_lowercase();
    let name = |cmdlet: &Cmdlet| cmdlet.name().to_lowercase();
    if let Some((_, cmdlet)) = crate::cmdlet::ALIASES.iter().find(|(alias, _)| *alias == wanted) {
        return vec![cmdlet];
    }
    let ways: [&dyn Fn(&Cmdlet) -> bool; 6] = [
        &|cmdlet| name(cmdlet) == wanted,
        &|cmdlet| name(cmdlet).replace('-', "") == wanted,
        &|cmdlet| identity::matches(text, &name(cmdlet)),
        &|cmdlet| name(cmdlet).starts_with(&wanted),
        &|cmdlet| cmdlet.noun.to_lowercase() == wanted,
        &|cmdlet| name(cmdlet).contains(&wanted),
    ];
    let found = ways.iter().map(|fits| CMDLETS.iter().copied().filter(|c| fits(c)).collect::<Vec<_>>());
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}
