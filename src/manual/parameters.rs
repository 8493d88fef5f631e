//! Parameters on a page: one line each under their groups, or everything about one.

use super::facts::{accepts, bounds, default, defaults, rule, type_name, typed, versions};
use super::groups::{grouped, heading};
use super::page::Page;
use super::text_layout::{INDENT, Text, height};
use crate::param::{Group, Kind, Param, Verb, Version};
use crate::text::wrap::Measured;

/// The narrowest column of names that is tried.
const NARROWEST: usize = 16;

/// With at least this many columns, names are followed by their types.
const WIDE: usize = 120;

/// Every parameter, the common ones of each group first.
pub(super) fn brief(page: &Page, text: &mut Text<'_>) {
    let wide = text.width() >= WIDE;
    let name = |param: &Param| {
        if wide && param.group != Group::Ignored { typed(param) } else { format!("-{}", param.name) }
    };
    let says: Vec<(Group, Vec<(String, String)>)> = grouped(page)
        .into_iter()
        .map(|(group, params)| (group, params.iter().map(|p| (name(p), one_line(page, p, wide))).collect()))
        .collect();
    let column = shortest(&says, text.width());
    for (group, entries) in says {
        text.blank();
        text.heading(2, heading(group));
        if group == Group::Ignored {
            let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
            text.prose(INDENT, &names.join(", "));
            continue;
        }
        for (name, says) in entries {
            text.entry(INDENT, &name, column, &says);
        }
    }
}

/// The column for the second text at which the page has the fewest lines; of several, the widest.
fn shortest(says: &[(Group, Vec<(String, String)>)], width: usize) -> usize {
    let described = says.iter().filter(|(group, _)| *group != Group::Ignored);
    let entries = described.flat_map(|(_, entries)| entries);
    let entries: Vec<_> = entries.map(|(name, says)| (name.as_str(), Measured::new(says))).collect();
    let longest = entries.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines = |column: &usize| -> usize {
        entries.iter().map(|(name, says)| height(INDENT, name, *column, says, width)).sum()
    };
    let columns = INDENT + NARROWEST..=(INDENT + longest + 2).min(width / 2);
    columns.rev().min_by_key(lines).unwrap_or(INDENT + NARROWEST)
}

/// The help of a parameter with what matters of its facts in parentheses; on a narrow page those of the common
/// ones alone, so that sixty parameters stay readable.
fn one_line(page: &Page, param: &Param, wide: bool) -> String {
    if !wide && !param.usual && !page.requires(param) {
        return param.help.to_owned();
    }
    let required = page.requires(param).then(|| "required".to_owned());
    let default = default(page, param);
    // Practically every server has what came with 2010.
    let versions = versions(param).filter(|_| param.since > Version::V2010 || param.until < Version::NEWEST);
    let facts: Vec<String> =
        [required, default, bounds(param.kind), versions].into_iter().flatten().collect();
    if facts.is_empty() { param.help.to_owned() } else { format!("{} ({})", param.help, facts.join("; ")) }
}

/// Everything about one parameter.
pub(super) fn full(page: &Page, param: &Param, text: &mut Text<'_>) {
    text.heading(INDENT, &typed(param));
    text.prose(INDENT * 2, &format!("{}.", param.help));
    text.blank();
    for (name, says) in rows(page, param) {
        text.entry(INDENT * 2, name, INDENT * 2 + 18, &says);
    }
    text.blank();
}

/// How many of the parameters that one excludes are named.
const NAMED: usize = 6;

/// `-A, -B`, or the first of many and how many others there are.
fn few(names: &[&str]) -> String {
    match names.split_at_checked(NAMED) {
        Some((named, others @ [_, _, ..])) => format!("-{} and {} others", named.join(", -"), others.len()),
        _ => format!("-{}", names.join(", -")),
    }
}

/// Get-Help's table of a parameter.
pub(super) fn rows(page: &Page, param: &Param) -> Vec<(&'static str, String)> {
    let sets = page.required_with(param);
    let required = match (page.requires(param), sets.as_slice()) {
        (true, _) => "true".to_owned(),
        (false, []) => "false".to_owned(),
        (false, names) => format!("with -{}", names.join(", -")),
    };
    let not_with = page.not_with(param);
    let position = page.place(param).map_or_else(|| "named".to_owned(), |place| place.to_string());
    let list = param.kind.is_multivalued();
    let mut rows = vec![("Required?", required), ("Position?", position)];
    rows.extend((!not_with.is_empty()).then(|| ("Not with", few(&not_with))));
    let names = match type_name(param.kind) {
        Some(_) => param.kind.type_name(),
        None => "a switch: takes no value, or one after a colon, -Name:false",
    };
    // A type in brackets may go to the next line: some are wider than a screen together.
    rows.push(("Type", names.replace('[', " [")));
    rows.push(("Default value", defaults(page, param).unwrap_or_else(|| "none".to_owned())));
    rows.extend(accepts(param.kind).map(|says| ("Accepted values", says)));
    if list && matches!(param.kind, Kind::List(_)) {
        let kept = matches!(page.verb, Verb::New | Verb::Set) && param.group < Group::Safety;
        let edit = "a comma list replaces; '@{Add=\"…\";Remove=\"…\"}' edits; '$null' empties";
        rows.push(("Several values", if kept { edit } else { "joined by commas" }.to_owned()));
    }
    rows.push(("Versions", versions(param).unwrap_or_else(|| "all".to_owned())));
    rows.extend(rule(param.kind).map(|rule| ("Rule", rule.to_owned())));
    rows.extend(param.alias.map(|alias| ("Aliases", alias.to_owned())));
    rows
}
