//! The strict reader against what PowerShell's own parser made of 159 typed lines.

use super::{dialect, none_of};
use exch::powershell::read::{command, line};
use exch::powershell::{Element, Literal, ReadError, Trouble, Value};
use serde_json::{Value as Json, json};

fn all(check: fn(&Json) -> Option<String>) -> Vec<String> {
    dialect().iter().filter_map(check).collect()
}

/// What went wrong with one line of the fixture.
fn reads_alike(row: &Json) -> Option<String> {
    let text = row["line"].as_str().unwrap_or_default();
    if row["pipeline"].is_array() {
        let refused =
            matches!(line(text), Err(ReadError { trouble: Trouble::Pipeline | Trouble::Expression, .. }));
        return (!refused).then(|| format!("{text}\n  a pipeline was read"));
    }
    let read = command(text, 0).map(|command| pairs(text, command.elements.into_iter().skip(1)));
    match (&row["reads"], read) {
        (Json::Null, Err(error)) => (row["refused"] != error.to_string().as_str())
            .then(|| format!("{text}\n  refused with {error}\n  not with     {}", row["refused"])),
        (reads, Err(error)) if reads.to_string().contains("\"expression\"") => (error.trouble
            != Trouble::Expression)
            .then(|| format!("{text}\n  refused with {error}, but it is an expression")),
        (_, Err(error)) => Some(format!("{text}\n  refused: {error}")),
        (reads, Ok(read)) => {
            let ours = Json::Array(read);
            (*reads != ours).then(|| format!("{text}\n  read {ours}\n  not  {reads}"))
        }
    }
}

/// The fixture's form: a parameter paired with the word after it, the cmdlet's name left out.
pub(super) fn pairs(text: &str, elements: impl Iterator<Item = Element>) -> Vec<Json> {
    let mut pairs: Vec<Json> = Vec::new();
    let mut open = false;
    for element in elements {
        match element {
            Element::Parameter { name, attached, .. } => {
                open = attached.is_none();
                let mut pair = vec![json!(name)];
                pair.extend(attached.map(|value| form(text, &value)));
                pairs.push(Json::Array(pair));
            }
            Element::EndOfParameters(_) => {
                open = true;
                pairs.push(json!(["-"]));
            }
            Element::Argument(value) => {
                match pairs.last_mut().and_then(Json::as_array_mut).filter(|_| open) {
                    Some(pair) => {
                        pair.push(form(text, &value));
                        open = false;
                    }
                    None => pairs.push(json!([null, form(text, &value)])),
                }
            }
        }
    }
    pairs
}

/// A value in the fixture's form, where what stands in parentheses, or in a table, is always a list.
pub(super) fn form(text: &str, value: &Value) -> Json {
    let plain = match &value.literal {
        Literal::Text(read) => json!(read.text),
        Literal::Bool(read) => json!(read),
        Literal::Null => json!({"null": true}),
        Literal::List(values) => return values.iter().map(|value| form(text, value)).collect(),
        Literal::Table(entries) => {
            let entries = entries.iter().map(|entry| match form(text, &entry.value) {
                list @ Json::Array(_) => (entry.key.clone(), list),
                single => (entry.key.clone(), json!([single])),
            });
            return json!({"hashtable": entries.collect::<serde_json::Map<_, _>>()});
        }
    };
    if text[value.span.range()].starts_with('(') { json!([plain]) } else { plain }
}

#[test]
fn covers() -> Result<(), crate::outcome::Failed> {
    let rows = dialect().len();
    if rows == 159 { Ok(()) } else { Err(format!("the fixture holds {rows} lines").into()) }
}

/// The editor's entry refuses a second command, where the file's entry stops before it.
#[test]
fn one_command() -> Result<(), crate::outcome::Failed> {
    let text = "Get-X -Name a; Get-X -Name b";
    assert_eq!(command(text, 0).map(|read| read.end), Ok(13));
    assert_eq!(line(text).map_err(|error| (error.trouble, error.span.start)), Err((Trouble::Statements, 15)));
    assert!(line("Get-X -Name a; # done\n").is_ok());
    assert_eq!(line("Get-X | fl").map_err(|error| error.span.start), Err(6));
    Ok(())
}

#[test]
fn reads() -> crate::outcome::Done {
    none_of(&all(reads_alike))
}
