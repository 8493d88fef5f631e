//! What was given for one parameter: a value in place of the old one, or an edit of a list (rule V9).

use super::Value;

/// The word that stands for standard input where a parameter names a file or objects.
pub const STDIN: &str = "-";

/// One parameter's argument, typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Replaces what is there; `$null` is [`Value::Null`].
    Set(Value),
    /// `@{Add=…;Remove=…}`: edits what is there.
    Edit {
        /// Values to put in.
        add: Vec<Value>,
        /// Values to take out.
        remove: Vec<Value>,
    },
}

/// The value after `argument` is applied to `old`, and one sentence for each edit that was already so.
#[must_use]
pub fn apply(argument: &Argument, old: &Value) -> (Value, Vec<String>) {
    let Argument::Edit { add, remove } = argument else {
        let Argument::Set(value) = argument else { return (old.clone(), Vec::new()) };
        return (value.clone(), Vec::new());
    };
    let (mut items, mut notes) = (old.elements(), Vec::new());
    for value in remove {
        match items.iter().position(|item| alike(item, value)) {
            Some(at) => drop(items.remove(at)),
            None => notes.push(format!("`{value}` is not there, so there is nothing to remove")),
        }
    }
    for value in add {
        match items.iter().find(|item| alike(item, value)) {
            Some(_) => notes.push(format!("`{value}` is there already")),
            None => items.push(value.clone()),
        }
    }
    (rebuild(old, items), notes)
}

/// Whether two elements are the same one: texts in any case, as PowerShell compares them.
fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => super::same_name(a, b),
        _ => a == b,
    }
}

/// Elements back into the shape they came from: flags stay flags.
fn rebuild(old: &Value, items: Vec<Value>) -> Value {
    if !matches!(old, Value::Flags(_)) {
        return Value::List(items);
    }
    Value::Flags(
        items
            .into_iter()
            .filter_map(|item| if let Value::Choice(name) = item { Some(name) } else { None })
            .collect(),
    )
}
