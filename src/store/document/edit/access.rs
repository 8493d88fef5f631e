//! The tables of one access list, edited: rights come and go in the table of their principal.

use std::collections::HashSet;

use toml::de::{DeArray, DeValue};

use super::super::access::{self, Grant, read, tables};
use super::super::section::{Entry as Key, ItemTables, Section};
use super::super::source::slice;
use super::super::spell::{Spelled, Word, fits, tall};
use super::lcs;
use super::list;
use super::page::Page;
use super::rows::within;
use crate::connector::ReceiveConnector;
use crate::param::{Noun, Platform};
use crate::permission::{AccessList, Entry, Right, giver};

/// What a connector's list was and is to be.
pub(in super::super) struct Lists<'a> {
    pub old: &'a AccessList,
    pub new: &'a AccessList,
    pub platform: Platform,
    /// The organization's.
    pub domain: &'a str,
}

type Table<'s, 't> = (&'s Section<'t>, Grant);

impl Lists<'_> {
    /// Brings the tables of a connector to the new list. What a whole group gives and a table says again stays,
    /// but for tables that taking the group apart would write anew; new principals get tables at `end`.
    pub fn edit(&self, page: &mut Page, connector: &ItemTables<'_>, end: usize) {
        let given: HashSet<Entry> = self.new.entries(self.platform).into_iter().collect();
        let mut missing: Vec<Entry> = self.new.own_entries().to_vec();
        // Tables with flaws never come this far.
        let read = |section| Some((section, read(section, self.domain, &mut Vec::new())?));
        let mut grants: Vec<Table<'_, '_>> = connector.inner.iter().filter_map(read).collect();
        let written: HashSet<Entry> = grants.iter().flat_map(|(_, grant)| grant.entries()).collect();
        missing.retain(|entry| !written.contains(entry));
        for (section, _) in grants.split_off(self.own_work(page, &grants)) {
            let lines = page.body_start(section)..page.body_end(section);
            page.blocks.remove(lines);
        }
        for (section, grant) in grants {
            let more = missing.iter().filter(|entry| grant.takes(entry)).map(|entry| entry.right);
            let all: Vec<&'static Right> = grant.rights.iter().copied().chain(more).collect();
            let grows = section.entry(grant.key).is_some_and(|entry| can_grow(page, entry, &all));
            let (mine, others) = missing.into_iter().partition(|entry| grows && grant.takes(entry));
            missing = others;
            table(page, section, &grant, &given, mine);
        }
        for text in tables(&missing, ReceiveConnector::NAME, self.domain, page.eol) {
            page.blocks.insert(end, text);
        }
    }

    /// From which of the tables on they stand as this program would write them, and say no more than groups that
    /// became whole.
    fn own_work(&self, page: &Page, grants: &[Table<'_, '_>]) -> usize {
        let came = self.new.groups() - self.old.groups();
        let comes = |entry: &Entry| giver(entry).is_some_and(|group| came.contains(group));
        let own: HashSet<&Entry> = self.old.own_entries().iter().collect();
        let was: Vec<Entry> = came
            .iter()
            .flat_map(|group| crate::permission::grants(group, self.platform))
            .filter(|entry| own.contains(entry))
            .collect();
        let texts = tables(&was, ReceiveConnector::NAME, self.domain, page.eol);
        let first = grants.len().saturating_sub(texts.len());
        let tail = grants.get(first..).unwrap_or_default();
        let alike = |((section, grant), text): (&Table<'_, '_>, &String)| {
            let (start, end) = (page.body_start(section), page.body_end(section));
            let apart = slice(&page.base, &(0..start)).ends_with(&page.eol.repeat(2));
            grant.entries().all(|entry| comes(&entry)) && apart && slice(&page.base, &(start..end)) == text
        };
        let same = texts.len() == tail.len() && tail.iter().zip(&texts).all(alike);
        if same { first } else { grants.len() }
    }
}

/// One table: rights that are no longer given go, `added` come; without any it goes as a whole.
fn table(page: &mut Page, section: &Section<'_>, grant: &Grant, given: &HashSet<Entry>, added: Vec<Entry>) {
    let stays = |right: &&'static Right| {
        let (principal, deny, inherited) = (grant.principal.clone(), grant.deny, grant.inherited);
        given.contains(&Entry { principal, right, deny, inherited })
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
    let Some(entry) = section.entry(grant.key) else { return };
    let text = rights_text(page, entry, &rights);
    page.replace(entry.lines(&page.base), entry.value.span(), text);
}

/// Whether other rights can come into a list and go again without a trace: not into a single text, and not
/// into a list that its author broke into lines before it had to be, which would be joined when they go.
fn can_grow(page: &Page, entry: &Key<'_>, all: &[&'static Right]) -> bool {
    let raw = slice(&page.base, &entry.value.span());
    let DeValue::Array(items) = entry.value.get_ref() else { return false };
    let early =
        is_tall(entry, items, raw, page.eol) && fits(entry.key, &on_one_line(&elements(entry, items, raw)));
    !early || fits(entry.key, &on_one_line(&spelled(all)))
}

/// The value of ExtendedRights with other rights, in its own layout: a list that was broken into lines because
/// it had to be is joined again when it need not be.
fn rights_text(page: &Page, entry: &Key<'_>, rights: &[&'static Right]) -> String {
    let raw = slice(&page.base, &entry.value.span());
    let words: Vec<Word> = rights.iter().map(|right| Word::Quoted(right.name.to_owned())).collect();
    let text = match (entry.value.get_ref(), words.as_slice()) {
        (DeValue::Array(items), words) => {
            let new: Vec<_> = rights.iter().copied().map(Some).collect();
            let kept = lcs::kept(&named(items), &new);
            let old = elements(entry, items, raw);
            let stay: Option<Vec<String>> = kept.iter().map(|at| old.get((*at)?).cloned()).collect();
            let stay = stay.map(|stay| on_one_line(&stay)).filter(|line| fits(entry.key, line));
            let had_to = is_tall(entry, items, raw, page.eol) && !fits(entry.key, &on_one_line(&old));
            stay.filter(|_| had_to)
                .or_else(|| list::edit(entry, raw, Some(list::by_kept(kept, words)), words, page.eol))
        }
        (_, [one]) => Some(one.like(raw)),
        _ => None,
    };
    text.unwrap_or_else(|| Spelled::Many(words).after(entry.key, page.eol))
}

/// The elements of a list as they stand.
fn elements(entry: &Key<'_>, items: &DeArray<'_>, raw: &str) -> Vec<String> {
    let text =
        |item: &toml::Spanned<DeValue<'_>>| slice(raw, &within(&entry.value.span(), &item.span())).to_owned();
    items.iter().map(text).collect()
}

/// Whether a list is broken into lines exactly as this program does it.
fn is_tall(entry: &Key<'_>, items: &DeArray<'_>, raw: &str, eol: &str) -> bool {
    raw == tall(&elements(entry, items, raw), eol)
}

fn on_one_line(items: &[String]) -> String {
    format!("[{}]", items.join(", "))
}

fn spelled(rights: &[&'static Right]) -> Vec<String> {
    rights.iter().map(|right| Word::Quoted(right.name.to_owned()).toml()).collect()
}

fn named(items: &DeArray<'_>) -> Vec<Option<&'static Right>> {
    items.iter().map(|item| item.get_ref().as_str().and_then(access::named)).collect()
}
