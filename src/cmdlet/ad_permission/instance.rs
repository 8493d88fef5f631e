//! `-Instance`: entries as Get-ADPermission prints them, taken as if their properties had been typed.

use serde_json::Value as Json;

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::receive_connector::shared::given_rows;
use crate::param::{Argument, Noun, Row, Verb};
use crate::permission::rows::{self, AdPermission};

/// The calls that a call stands for: one for each entry of `-Instance`, or itself. What was given beside wins.
///
/// # Errors
/// Exit 2 for what is no entry, exit 1 for a value that is refused.
pub fn calls(args: &Args) -> Result<Vec<Args>, Problem> {
    let Some(text) = args.text(&rows::INSTANCE) else {
        // What was piped in names connectors, so the line must say the rest.
        return match missing(args) {
            Some(row) => Err(no_entry(&format!("what is piped in has no {}", row.name()))),
            None => Ok(vec![args.clone()]),
        };
    };
    let entries = match serde_json::from_str(&text) {
        Ok(Json::Array(entries)) => entries,
        Ok(one @ Json::Object(_)) => vec![one],
        _ => return Err(no_entry("it is not a JSON object")),
    };
    entries.iter().map(|entry| call(args, entry)).collect()
}

/// What an entry cannot do without.
fn missing(args: &Args) -> Option<&'static Row<AdPermission>> {
    let has_rights = args.has(&rows::EXTENDED_RIGHTS.param) || args.has(&rows::ACCESS_RIGHTS.param);
    let rights = Some(&rows::EXTENDED_RIGHTS).filter(|_| !has_rights);
    Some(&rows::USER).filter(|row| !args.has(&row.param)).or(rights)
}

fn call(given: &Args, entry: &Json) -> Result<Args, Problem> {
    let Json::Object(properties) = entry else { return Err(no_entry("it is not a JSON object")) };
    let mut args = Args::default();
    for (row, argument) in given_rows::<AdPermission>(given) {
        args.push(&row.param, argument.clone());
    }
    for (name, value) in properties {
        let row = AdPermission::rows().iter().find(|row| row.name().eq_ignore_ascii_case(name));
        let row = row.ok_or_else(|| no_entry(&format!("an entry has no property `{name}`")))?;
        let texts = texts(value).ok_or_else(|| no_entry(&format!("its {} is not text", row.name())))?;
        if texts.is_empty() || args.has(&row.param) || !row.param.on.contains(&Verb::Add) {
            continue;
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        args.push(&row.param, Argument::Set(row.param.kind.parse_all(row.name(), &texts)?));
    }
    let identity = Some(&rows::IDENTITY).filter(|row| !args.has(&row.param));
    match identity.or_else(|| missing(&args)) {
        Some(row) => Err(no_entry(&format!("it has no {}", row.name()))),
        None => Ok(args),
    }
}

/// A property's value as it would be typed; nothing of an empty one.
fn texts(value: &Json) -> Option<Vec<String>> {
    match value {
        Json::Null => Some(Vec::new()),
        Json::Bool(flag) => Some(vec![flag.to_string()]),
        Json::String(text) => Some(Some(text.clone()).filter(|text| !text.is_empty()).into_iter().collect()),
        Json::Array(items) => {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        }
        Json::Number(_) | Json::Object(_) => None,
    }
}

fn no_entry(why: &str) -> Problem {
    let name = rows::INSTANCE.name;
    Problem::new(Exit::NotUnderstood, format!("parameter {name} takes entries of an access list, and {why}"))
        .hint("give what `exch get-adpermission SERVER\\\\Name -User X -Output json` prints")
        .about(name)
}
