//! Chapters: what the manual says of the program, of a cmdlet or of a topic, in the same blocks whatever they
//! are written on.

use super::block::{Block, Fact, Reference};
use super::facts::typed;
use super::groups::{grouped, heading};
use super::overview::{self, Entry};
use super::page::Page;
use super::{parameters, syntax, view};
use crate::param::{Group, Param};
use crate::text::wrap::JOIN;

/// One chapter.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// What it is about.
    pub about: Reference,
    /// One line, without a full stop.
    pub synopsis: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where to read on.
    pub see: Vec<Reference>,
}

impl From<&Page> for Chapter {
    fn from(page: &Page) -> Self {
        let mut blocks = vec![Block::Section("Syntax"), Block::Syntax(plain(syntax::all(page, true)))];
        blocks.extend([Block::Section("Description"), Block::prose(page.description)]);
        let sets = page.sets.iter().filter_map(|set| Some((set.switch?, set)));
        let ways: Vec<(String, String)> = sets
            .map(|(switch, set)| (format!("-{}", switch.name), view::purpose(set).replace(JOIN, " ")))
            .collect();
        blocks.extend((!ways.is_empty()).then_some(Block::Entries(ways)));
        blocks.push(Block::Section("Parameters"));
        blocks.extend(view::legend(page, true).map(Block::prose));
        blocks.extend(all_parameters(page));
        if !page.columns.is_empty() {
            blocks.extend([Block::Section("Outputs"), Block::entries(&page.columns)]);
        }
        blocks.extend([Block::Section("Examples"), Block::examples(page.examples)]);
        blocks.extend([Block::Section("Exit status"), Block::Entries(page.exits.clone())]);
        let kin = page.links.iter().map(|name| Reference::Cmdlet(name.clone()));
        let topics = page.topics.iter().map(|name| Reference::Topic(name));
        Chapter {
            about: Reference::Cmdlet(page.name.clone()),
            synopsis: page.synopsis.to_owned(),
            blocks,
            see: std::iter::once(Reference::Program).chain(kin).chain(topics).collect(),
        }
    }
}

fn plain(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| line.replace(JOIN, " ")).collect()
}

fn all_parameters(page: &Page) -> Vec<Block> {
    let block = |(group, params): (Group, Vec<&'static Param>)| {
        let facts = |param| Fact { param, typed: typed(param), rows: parameters::rows(page, param) };
        let says = if group == Group::Ignored {
            let names: Vec<String> = params.iter().map(|param| format!("-{}", param.name)).collect();
            Block::Prose(names.join(", "))
        } else {
            Block::Parameters(params.into_iter().map(facts).collect())
        };
        [Block::Group(heading(group).to_owned()), says]
    };
    grouped(page).into_iter().flat_map(block).collect()
}

impl Chapter {
    /// The program as a whole: every cmdlet by noun, every topic, and what the surroundings say to it.
    #[must_use]
    pub(crate) fn of_program(
        cmdlets: &[Entry],
        topics: &[(&'static str, &'static str)],
        exits: Vec<(String, String)>,
    ) -> Self {
        let mut blocks = vec![Block::Section("Syntax"), Block::Syntax(vec![overview::LINE.to_owned()])];
        blocks.extend([Block::Section("Description"), Block::prose(overview::ABOUT[1])]);
        blocks.extend([Block::prose(overview::READ), Block::Section("Cmdlets")]);
        for of_noun in cmdlets.chunk_by(|one, other| one.noun == other.noun) {
            blocks.extend(of_noun.first().map(|entry| Block::Group(entry.noun.to_owned())));
            let line = |entry: &Entry| (Reference::Cmdlet(entry.name.clone()), entry.synopsis.to_owned());
            blocks.push(Block::Index(of_noun.iter().map(line).collect()));
        }
        let topic = |(name, says): &(&'static str, &str)| (Reference::Topic(name), (*says).to_owned());
        blocks.extend([Block::Section("Topics"), Block::Index(topics.iter().map(topic).collect())]);
        blocks.extend([Block::Section("Environment"), Block::entries(&overview::ENVIRONMENT)]);
        blocks.extend([Block::Section("Exit status"), Block::Entries(exits)]);
        let see = topics.iter().map(|(name, _)| Reference::Topic(name)).collect();
        Chapter { about: Reference::Program, synopsis: overview::SYNOPSIS.to_owned(), blocks, see }
    }
}
