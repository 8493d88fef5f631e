//! An edit: what changed between two states of a document, as splices into the text of the first.
//!
//! Nothing is printed anew. A key that changed gets another value, a list other elements, a table comes or goes;
//! all other bytes are the user's own, and a guard holds every edit to that before it is handed out.

mod access;
mod array;
mod blocks;
mod guard;
mod lcs;
mod list;
mod members;
mod page;
mod pairs;
mod rows;
mod weave;

use std::ops::Range;

use super::blank;
use super::error::{DocumentError, Flaw};
use super::fresh::connector_table;
use super::host::assemble;
use super::keys::Keys;
use super::place::Place;
use super::section::{ConnectorTables, HostTables};
use super::source::Source;
use crate::connector::{Host, ReceiveConnector};
use crate::param::{Noun, Version};
use crate::server::Server;

pub(super) use members::edit_members;
pub(super) use page::Page;
pub(super) use rows::{Change, edit_rows};

/// `text` with the server and the connectors of `new`. Connectors are known again by their Guid, else by their
/// name, else by their place; new ones stand after those that precede them in `new`, and nothing else moves.
/// Where `new` is what the text says already, the text comes back as it is. Rules are the caller's to check.
///
/// # Errors
/// [`DocumentError::Broken`] where the text cannot be read, [`DocumentError::Unkeepable`] where a change meets
/// tables inside values, and [`DocumentError::Lost`] where the edit failed its own check.
pub fn edit_host<'p>(
    text: impl AsRef<[u8]>,
    place: impl Into<Place<'p>>,
    new: &Host,
) -> Result<String, DocumentError> {
    let place = place.into();
    let source = Source::read(text.as_ref(), place.file)?;
    match write(&source, place.domain, new)? {
        Some(edited) => guard::reread(&edited, place, new).map(|()| edited),
        None => Ok(source.whole(source.text())),
    }
}

/// The edited text; nothing where there is nothing to edit.
fn write(source: &Source<'_>, domain: &str, new: &Host) -> Result<Option<String>, DocumentError> {
    let tree = source.parse()?;
    let mut flaws = Vec::new();
    let tables = HostTables::of(tree.get_ref(), source.text(), &mut flaws);
    let old = assemble(&tables, domain, &mut flaws);
    if !flaws.is_empty() {
        return Err(source.broken(flaws));
    }
    if guard::difference(&old, new).is_none() {
        return Ok(None);
    }
    if let Some(inline) = tables.inline() {
        return Err(source.unkeepable(inside_a_value(inline.header.start, ReceiveConnector::NAME)));
    }
    let mut page = Page::of(source);
    Editor { page: &mut page, tables: &tables, domain, old: &old, new }.run();
    page.finish(source).map(Some)
}

fn inside_a_value(at: usize, name: &str) -> Flaw {
    let message =
        format!("a {name} that is written inside a value cannot be edited without printing it anew");
    Flaw::new(at, message, format!("write it as a table: [[{name}]] on a line, and its keys below"))
}

struct Editor<'e, 't> {
    page: &'e mut Page,
    tables: &'e HostTables<'t>,
    domain: &'e str,
    old: &'e Host,
    new: &'e Host,
}

impl Editor<'_, '_> {
    fn run(&mut self) {
        let pairs = pairs::pair(&self.old.connectors, &self.new.connectors);
        self.server();
        self.changed(&pairs);
        self.removed(&pairs);
        self.added(&pairs);
    }

    fn version(&self) -> Version {
        self.new.server.version
    }

    fn server(&mut self) {
        let change: Change<'_, Server> =
            Change { old: &self.old.server, new: &self.new.server, blank: &blank::server() };
        edit_rows(self.page, &self.tables.server, &Keys::new(), Some(self.version()), change, 0);
    }

    fn changed(&mut self, pairs: &[Option<usize>]) {
        let keys = Keys::new();
        let blank = &ReceiveConnector::new("", &self.new.server);
        let same_ground = *blank == ReceiveConnector::new("", &self.old.server)
            && self.old.server.platform() == self.new.server.platform();
        for (new, at) in self.new.connectors.iter().zip(pairs) {
            let place =
                at.and_then(|at| Some((self.old.connectors.get(at)?, self.tables.connectors.get(at)?)));
            let Some((old, tables)) = place.filter(|(old, _)| !same_ground || *old != new) else { continue };
            let start = tables.table.keys_start(&self.page.base);
            edit_rows(
                self.page,
                &tables.table,
                &keys,
                Some(self.version()),
                Change { old, new, blank },
                start,
            );
            if !same_ground || old.access != new.access {
                let platform = self.new.server.platform();
                let lists =
                    access::Lists { old: &old.access, new: &new.access, platform, domain: self.domain };
                let end = self.block(tables).end;
                lists.edit(self.page, tables, end);
            }
        }
    }

    fn removed(&mut self, pairs: &[Option<usize>]) {
        let mut stays = vec![false; self.old.connectors.len()];
        for at in pairs.iter().flatten() {
            if let Some(stays) = stays.get_mut(*at) {
                *stays = true;
            }
        }
        for (tables, _) in self.tables.connectors.iter().zip(stays).filter(|(_, stays)| !stays) {
            let block = self.block(tables);
            self.page.blocks.remove(block);
        }
    }

    fn added(&mut self, pairs: &[Option<usize>]) {
        let (keys, blank) = (Keys::new(), ReceiveConnector::new("", &self.new.server));
        let last = self.tables.connectors.last();
        let mut after = last.map_or_else(|| self.page.body_end(&self.tables.server), |t| self.block(t).end);
        for (new, at) in self.new.connectors.iter().zip(pairs) {
            match at.and_then(|at| self.tables.connectors.get(at)) {
                Some(tables) => after = self.block(tables).end,
                None => {
                    let text =
                        connector_table(&keys, new, &blank, self.version(), (self.domain, self.page.eol));
                    self.page.blocks.insert(after, text);
                }
            }
        }
    }

    /// The lines of a connector's tables, with the comment that stands directly above.
    fn block(&self, tables: &ConnectorTables<'_>) -> Range<usize> {
        let last = tables.permissions.last().unwrap_or(&tables.table);
        self.page.body_start(&tables.table)..self.page.body_end(last)
    }
}
