//! Receive connectors of a desired state configuration to items: the blocks of ExchangeDsc's `ExchReceiveConnector` and
//! xExchange's `xExchReceiveConnector`, and the entries that they add to access lists.
//!
//! A configuration says what is to be, and not all that is: what it does not name stays.

use std::io::BufRead;
use std::rc::Rc;

use super::{Cell, Item};
use crate::permission::rows::{DENY, EXTENDED_RIGHTS, IDENTITY, USER};
use crate::powershell::resource::{Block, Setting, blocks};
use crate::powershell::{Literal, Value};

/// The end of the resource's name, with or without `x`.
const RESOURCE: &str = "ExchReceiveConnector";

/// Keys that say how the configuration is applied, and nothing of the connector.
const OF_THE_RESOURCE: [&str; 7] = [
    "Credential",
    "PsDscRunAsCredential",
    "DependsOn",
    "DomainController",
    "AllowServiceRestart",
    "Ensure",
    "Usage",
];

/// The keys of entries, and whether they deny.
const ENTRIES: [(&str, bool); 2] = [("ExtendedRightAllowEntries", false), ("ExtendedRightDenyEntries", true)];

/// Whether a text that begins so is a configuration.
pub(super) fn begins(head: &str) -> bool {
    let word = code(head).split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("configuration")
        || is_resource(word)
        || head.to_ascii_lowercase().contains("import-dscresource")
}

/// A text without the blanks and comments that it begins with.
fn code(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let end = match text {
            _ if text.starts_with("<#") => text.find("#>").map(|at| at + "#>".len()),
            _ if text.starts_with('#') => text.find('\n'),
            _ => return text,
        };
        text = end.and_then(|end| text.get(end..)).unwrap_or_default();
    }
}

fn is_resource(kind: &str) -> bool {
    let kind = kind.strip_prefix(['x', 'X']).unwrap_or(kind);
    kind.eq_ignore_ascii_case(RESOURCE)
}

/// Hands every connector of the text, and every entry of an access list, to `take`.
pub(super) fn read(mut source: impl BufRead, take: &mut dyn FnMut(Item)) -> Result<(), String> {
    let mut text = String::new();
    source.read_to_string(&mut text).map_err(|why| why.to_string())?;
    for block in blocks(&text, is_resource).map_err(|open| open.to_string())? {
        let mut connector = connector(&block);
        let ensure = block.settings.iter().find(|(key, _)| key.eq_ignore_ascii_case("Ensure"));
        match ensure.map(|(key, setting)| (key, cell(setting))) {
            // Not to be there: an object of no kind, which is counted.
            Some((_, Cell::Text(text))) if text.eq_ignore_ascii_case("Absent") => {
                take(Item::default());
                continue;
            }
            // Whether it is to be there is not known: no less than its name is lost.
            Some((key, Cell::Lost(text))) => {
                connector.cells.push(("Name".to_owned(), Cell::Lost(format!("{key} = {text}"))));
            }
            _ => {}
        }
        take(connector);
        entries(&block, take);
    }
    Ok(())
}

fn connector(block: &Block) -> Item {
    let is_property = |(key, _): &&(String, Setting)| {
        let others = OF_THE_RESOURCE.iter().chain(ENTRIES.iter().map(|(name, _)| name));
        !others.into_iter().any(|other| other.eq_ignore_ascii_case(key))
    };
    let properties = block.settings.iter().filter(is_property);
    let mut cells: Vec<_> = properties.map(|(key, setting)| (key.clone(), cell(setting))).collect();
    // A connector is named by its Identity: where that is computed, the name is lost too, and not guessed.
    let is_lost = |(key, cell): &&(String, Cell)| {
        key.eq_ignore_ascii_case(IDENTITY.name()) && matches!(cell, Cell::Lost(_))
    };
    let lost = cells.iter().find(is_lost).map(|(_, cell)| ("Name".to_owned(), cell.clone()));
    cells.extend(lost);
    Item { types: Rc::new(["ReceiveConnector".to_owned()]), cells }
}

fn entries(block: &Block, take: &mut dyn FnMut(Item)) {
    let find = |name: &str| block.settings.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    let Some((_, identity)) = find(IDENTITY.name()) else { return };
    for (name, deny) in ENTRIES {
        let Some((_, setting)) = find(name) else { continue };
        let deny = if deny { "True" } else { "False" };
        let mut entry = |user: Cell, rights: Cell| {
            let cells = vec![
                (IDENTITY.name().to_owned(), cell(identity)),
                (USER.name().to_owned(), user),
                (EXTENDED_RIGHTS.name().to_owned(), rights),
                (DENY.name().to_owned(), Cell::Text(deny.to_owned())),
            ];
            take(Item { types: Rc::new(["ADAcePresentationObject".to_owned()]), cells });
        };
        let Setting::Blocks(pairs) = setting else {
            if !matches!(setting, Setting::Literal(value) if is_nothing(value)) {
                entry(Cell::Null, lost(setting, name));
            }
            continue;
        };
        for pair in pairs {
            let of = |key: &str| {
                let found = pair.settings.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
                found
                    .map_or_else(|| Cell::Lost(format!("a pair without {key}")), |(_, setting)| cell(setting))
            };
            entry(of("Key"), of("Value"));
        }
    }
}

/// An empty list, or `$null`.
fn is_nothing(value: &Value) -> bool {
    match &value.literal {
        Literal::Null => true,
        Literal::List(values) => values.is_empty(),
        _ => false,
    }
}

/// What stands in place of pairs.
fn lost(setting: &Setting, name: &str) -> Cell {
    match cell(setting) {
        Cell::Lost(text) => Cell::Lost(text),
        _ => Cell::Lost(format!("{name} without pairs")),
    }
}

fn cell(setting: &Setting) -> Cell {
    match setting {
        Setting::Literal(value) => literal(value),
        Setting::Blocks(_) => Cell::Lost("blocks".to_owned()),
        Setting::Computed(text) => Cell::Lost(text.clone()),
    }
}

fn literal(value: &Value) -> Cell {
    match &value.literal {
        Literal::Text(text) => Cell::Text(text.text.clone()),
        Literal::Bool(true) => Cell::Text("True".to_owned()),
        Literal::Bool(false) => Cell::Text("False".to_owned()),
        Literal::Null => Cell::Null,
        Literal::List(values) => {
            let texts = values.iter().map(|value| match literal(value) {
                Cell::Text(text) => Some(text),
                _ => None,
            });
            match texts.collect::<Option<Vec<String>>>() {
                Some(texts) => Cell::List(texts),
                None => Cell::Lost("a list of lists".to_owned()),
            }
        }
        Literal::Table(_) => Cell::Lost("a table".to_owned()),
    }
}
