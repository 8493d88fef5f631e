//! The tables of one access list, edited: rights come and go in the table of their principal.

use toml::de::{DeArray, DeValue};

use super::super::access::{Grant, RIGHTS_KEY, read, tables};
use super::super::section::{ConnectorTables, Entry as Key, Section};
use super::super::source::slice;
use super::super::spell::{Spelled, Word};
use super::lcs;
use super::list;
use super::page::Page;
use crate::connector::ReceiveConnector;
use crate::param::{Noun, Platform};
use crate::permission::{AccessList, Entry, Right, right};

/// Brings the tables of a connector to `new`. What a whole group gives and a table says again stays; new
/// principals get tables at `end`.
pub(super) fn edit(
    page: &mut Page,
    connector: &ConnectorTables<'_>,
    new: &AccessList,
    platform: Platform,
    end: usize,
) {
    let given = new.entries(platform);
    let mut missing: Vec<Entry> = new.own_entries().to_vec();
    let mut grants: Vec<(&Section<'_>, Grant)> = Vec::new();
    for section in &connector.permissions {
        // Tables with flaws never come this far.
        let Some(grant) = read(section, &mut Vec::new()) else { continue };
        missing.retain(|entry| !grant.entries().any(|own| own == *entry));
        grants.push((section, grant));
    }
    for (section, grant) in grants {
        let (mine, others) = missing.into_iter().partition(|entry| grant.takes(entry));
        missing = others;
        table(page, section, &grant, &given, mine);
    }
    for text in tables(&missing, ReceiveConnector::NAME, page.eol) {
        page.blocks.insert(end, text);
    }
}

/// One table: rights that are no longer given go, `added` come; without any it goes as a whole.
fn table(page: &mut Page, section: &Section<'_>, grant: &Grant, given: &[Entry], added: Vec<Entry>) {
    let stays = |right: &&'static Right| {
        given.contains(&Entry { right, principal: grant.principal.clone(), deny: grant.deny })
    };
    let stay: Vec<&'static Right> = grant.rights.iter().copied().filter(|right| stays(right)).collect();
    let rights: Vec<&'static Right> =
        stay.iter().copied().chain(added.iter().map(|entry| entry.right)).collect();
    if rights.is_empty() {
        let lines = page.body_start(section)..page.body_end(section);
        return page.blocks.remove(lines);
    }
    if rights == grant.rights {
        return;
    }
    let Some(entry) = section.entry(RIGHTS_KEY) else { return };
    let text = rights_text(page, entry, &rights);
    page.replace(entry.lines(&page.base), entry.value.span(), text);
}

/// The value of ExtendedRights with other rights, in its own layout.
fn rights_text(page: &Page, entry: &Key<'_>, rights: &[&'static Right]) -> String {
    let raw = slice(&page.base, &entry.value.span());
    let words: Vec<Word> = rights.iter().map(|right| Word::Quoted(right.name.to_owned())).collect();
    let text = match (entry.value.get_ref(), words.as_slice()) {
        (DeValue::Array(items), words) => {
            let new: Vec<_> = rights.iter().copied().map(Some).collect();
            let targets = list::by_kept(lcs::kept(&named(items), &new), words);
            list::edit(entry, raw, Some(targets), words, page.eol)
        }
        (_, [one]) => Some(one.like(raw)),
        _ => None,
    };
    text.unwrap_or_else(|| Spelled::Many(words).after(entry.key, page.eol))
}

fn named(items: &DeArray<'_>) -> Vec<Option<&'static Right>> {
    items.iter().map(|item| item.get_ref().as_str().and_then(right)).collect()
}
