//! The `bash` and `pwsh` columns, value by value: read as the line says, or refused; never as something else.
//!
//! Which parameters take lists is the binder's knowledge; here a short table of names stands in for it.

use super::{dialect, none_of};
use crate::outcome::Failed;
use exch::powershell::words::{self, Listed, Word};
use serde_json::{Value as Json, json};

const LISTS: &[&str] = &[
    "bindings",
    "remoteipranges",
    "extendedrights",
    "accessrights",
    "rcptto",
    "addressspaces",
    "smarthosts",
    "tlsreceivedomainsecurelist",
    "internalsmtpservers",
    "tlsdomaincapabilities",
];
const FLAGS: &[&str] = &["authmechanism", "permissiongroups"];
const BOOLEANS: &[&str] = &["enabled", "requiretls"];
const SWITCHES: &[&str] = &["confirm", "whatif", "custom", "deny"];

#[test]
fn bash() -> Result<(), Failed> {
    column("bash")
}

#[test]
fn pwsh() -> Result<(), Failed> {
    column("pwsh")
}

#[test]
fn pwsh_legacy() -> Result<(), Failed> {
    column("pwsh_legacy")
}

fn column(shell: &str) -> Result<(), Failed> {
    let mut problems = Vec::new();
    let (mut read, mut refused) = (0, 0);
    for row in dialect() {
        let Some(argv) = row[shell].as_array() else { continue };
        let argv: Vec<&str> = argv.iter().filter_map(Json::as_str).skip(1).collect();
        match (meant(&row, shell), pairs(&argv)) {
            (_, None) => refused += 1,
            (Some(meant), Some(pairs)) if meant != pairs => {
                problems.push(format!("{}\n  read {}\n  not  {}", row["line"], json!(pairs), json!(meant)))
            }
            _ => read += 1,
        }
    }
    // bash alone drops `$true`, which is then refused.
    if read < refused * 3 {
        problems.push(format!("only {read} read, {refused} refused"));
    }
    none_of(&problems)
}

/// What the line means, flattened; `None` where any reading will do or none may be noticed.
fn meant(row: &Json, shell: &str) -> Option<Vec<Json>> {
    let ours = row["ours"].as_str().unwrap_or_default();
    let line = row["line"].as_str().unwrap_or_default();
    // The store decides where an unquoted backslash is missed, the binder what follows a switch.
    let left_to_others = (shell == "bash" && line.contains('\\')) || line.ends_with("-Confirm $false");
    // Windows PowerShell takes quotes away inside a text, and empty elements of a list: nothing to notice.
    let lost = shell == "pwsh_legacy" && ["hello", "''", "$null"].iter().any(|part| line.contains(part));
    if row["pipeline"].is_array() || ours.starts_with("undetectable") || left_to_others || lost {
        return None;
    }
    let pairs = if row["ours"].is_array() { &row["ours"] } else { &row["reads"] };
    if ours == "refuse" || pairs.is_null() {
        return Some(vec![json!("refused")]);
    }
    Some(pairs.as_array()?.iter().map(flat).collect())
}

/// A pair of the fixture with the value as our readers return it.
fn flat(pair: &Json) -> Json {
    let name = pair[0].as_str().map(str::to_lowercase);
    let kind = name.as_deref().unwrap_or_default();
    let value = match pair.get(1) {
        None => return json!([name]),
        Some(Json::Array(single)) if single.len() == 1 && kind == "maxmessagesize" => single[0].clone(),
        Some(value) => value.clone(),
    };
    json!([name, normal(kind, value)])
}

fn normal(kind: &str, value: Json) -> Json {
    match value {
        Json::Object(object) if object.contains_key("null") => Json::Null,
        Json::Object(object) => {
            let half = |wanted: &str| {
                let table = object["hashtable"].as_object().into_iter().flatten();
                let mut named = table.filter(|(key, _)| key.eq_ignore_ascii_case(wanted));
                named.next().map(|(_, elements)| elements.clone())
            };
            json!({"edit": [half("Add"), half("Remove")]})
        }
        Json::String(text) if BOOLEANS.contains(&kind) => json!(text == "true" || text == "1"),
        Json::String(text) if FLAGS.contains(&kind) || LISTS.contains(&kind) && text.contains(',') => {
            text.split(',').map(str::trim).map(Json::from).collect()
        }
        Json::String(text) if LISTS.contains(&kind) => match text.strip_prefix("@{Add=\"") {
            Some(rest) => json!({"edit": [[rest.trim_end_matches("\"}")], null]}),
            None => json!([text]),
        },
        Json::Array(texts) if FLAGS.contains(&kind) => {
            let texts = texts.iter().filter_map(Json::as_str);
            texts.flat_map(|text| text.split(',')).map(str::trim).map(Json::from).collect()
        }
        other => other,
    }
}

/// A binder for the fixture alone; `None` is a refusal.
fn pairs(argv: &[&str]) -> Option<Vec<Json>> {
    let mut pairs = Vec::new();
    let mut rest = argv;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match words::word(first) {
            Word::EndOfParameters | Word::StopParsing => return None,
            Word::Value => pairs.push(json!([null, first])),
            Word::Parameter { name, attached, .. } => {
                let name = name.to_lowercase();
                let following = rest.iter().take_while(|word| words::word(word) == Word::Value).count();
                if SWITCHES.contains(&name.as_str()) {
                    let value = attached.map(words::boolean).transpose().ok()?;
                    pairs.push(value.map_or_else(|| json!([name]), |value| json!([name, value])));
                    continue;
                }
                let attached: Vec<&str> =
                    attached.into_iter().filter(|attached| !attached.is_empty()).collect();
                let own = if attached.is_empty() { &rest[..following] } else { &attached[..] };
                let (value, taken) = value(&name, own)?;
                rest = if attached.is_empty() { &rest[taken..] } else { rest };
                pairs.push(json!([name, value]));
            }
        }
    }
    Some(pairs)
}

/// The value of a parameter and how many words it took.
fn value(name: &str, own: &[&str]) -> Option<(Json, usize)> {
    if BOOLEANS.contains(&name) {
        return Some((json!(words::boolean(own.first()?).ok()?), 1));
    }
    let reading = match name {
        _ if FLAGS.contains(&name) => words::flags(own),
        _ if LISTS.contains(&name) => words::list(own),
        _ => {
            let reading = words::scalar(own).ok()?;
            return Some((json!(reading.value), reading.taken));
        }
    };
    let half = |elements: Vec<String>| if elements.is_empty() { Json::Null } else { json!(elements) };
    let value = match reading.ok()?.listed {
        Listed::Elements(elements) => json!(elements),
        Listed::Edit { add, remove } => json!({"edit": [half(add), half(remove)]}),
        Listed::Null => Json::Null,
    };
    Some((value, own.len()))
}
