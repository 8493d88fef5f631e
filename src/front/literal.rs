//! A literal of a runbook as the value of a parameter: typed as PowerShell hands it over, so that no quoting is undone.

use super::value;
use crate::answer::{Exit, Problem};
use crate::param::{Argument, Kind, Param, Value};
use crate::powershell::{Entry, Literal, quote, words};

/// The texts that a literal holds; `$null` holds none.
pub(super) fn texts(literal: &Literal) -> Vec<String> {
    match literal {
        Literal::Text(text) => vec![text.text.clone()],
        Literal::Bool(true) => vec!["True".to_owned()],
        Literal::Bool(false) => vec!["False".to_owned()],
        Literal::List(values) => values.iter().flat_map(|value| texts(&value.literal)).collect(),
        Literal::Table(_) | Literal::Null => Vec::new(),
    }
}

/// The argument that a literal is to `param`.
///
/// # Errors
/// Exit 1 where the value is refused (V1 to V9), exit 2 for a list or a hashtable where one value stands.
pub(super) fn argument(param: &'static Param, literal: &Literal) -> Result<Argument, Problem> {
    match (param.kind, literal) {
        (Kind::Switch | Kind::Bool, Literal::Bool(flag)) => Ok(Argument::Set(Value::Bool(*flag))),
        (kind, Literal::Table(entries)) if kind.is_multivalued() && !kind.is_identities() => {
            edit(param, entries)
        }
        (_, Literal::Table(_)) => Err(wrong_type(param, "System.Collections.Hashtable")),
        (kind, Literal::Null)
            if kind.is_multivalued() && !matches!(kind, Kind::Flags(..)) && !kind.is_identities() =>
        {
            Ok(Argument::Set(Value::List(Vec::new())))
        }
        (_, Literal::Null) => value::scalar(param, "$null"),
        (Kind::Flags(..), _) => {
            let texts = texts(literal);
            let texts: Vec<&str> = texts.iter().flat_map(|text| text.split(',')).map(str::trim).collect();
            Ok(Argument::Set(param.kind.parse_all(param.name, &texts)?))
        }
        (kind, _) if kind.is_multivalued() || kind.is_identities() => {
            let texts = texts(literal);
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            Ok(Argument::Set(param.kind.parse_all(param.name, &texts)?))
        }
        (Kind::Switch | Kind::Bool, Literal::Text(text)) => match words::boolean(&text.text) {
            Ok(flag) => Ok(Argument::Set(Value::Bool(flag))),
            Err(_) => Err(value::refused_boolean(param, &text.text)),
        },
        (_, Literal::List(values)) if values.len() != 1 => Err(wrong_type(param, "System.Object[]")),
        _ => match texts(literal).as_slice() {
            [text] if text.eq_ignore_ascii_case("$null") => Ok(Argument::Set(param.parse(text)?)),
            [text] => value::scalar(param, text),
            _ => Err(wrong_type(param, "System.Object[]")),
        },
    }
}

/// `@{Add=…;Remove=…}`.
fn edit(param: &'static Param, entries: &[Entry]) -> Result<Argument, Problem> {
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for entry in entries {
        let texts = texts(&entry.value.literal);
        match entry.key.to_ascii_lowercase().as_str() {
            "add" => add = texts,
            "remove" => remove = texts,
            _ => {
                let message =
                    format!("parameter {}: the key `{}` is neither Add nor Remove", param.name, entry.key);
                return Err(Problem::new(Exit::NotUnderstood, message)
                    .hint(format!("-{} @{{Add='…';Remove='…'}}", param.name))
                    .about(param.name));
            }
        }
    }
    Ok(value::edit(param, &add, &remove, quote::powershell_edit)?)
}

fn wrong_type(param: &'static Param, found: &str) -> Problem {
    let message = format!(
        "Cannot process argument transformation on parameter '{}'. Cannot convert value \"{found}\" to type \"{}\"",
        param.name,
        param.kind.type_name()
    );
    Problem::new(Exit::NotUnderstood, message)
        .hint(format!("-{} {}", param.name, param.sample()))
        .about(param.name)
}
