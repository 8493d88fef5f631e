//! Clixml objects to items: every value by its text, lists by the texts of their elements.

use std::rc::Rc;

use super::item::INSIDE;
use super::{Cell, Item};
use crate::clixml::{Object, Value};

/// The exported objects of one that was read: itself, or the elements of a list that was exported as one.
pub(super) fn items(value: &Value) -> Vec<Item> {
    match value {
        Value::Object(object) => match &object.items {
            Some(items) if object.properties.is_empty() => items.iter().flat_map(self::items).collect(),
            _ => vec![item(object)],
        },
        _ => Vec::new(),
    }
}

fn item(object: &Object) -> Item {
    let mut cells = Vec::with_capacity(object.properties.len());
    for (name, value) in object.properties.iter().chain(&object.added) {
        if let Value::Object(inner) = value {
            for key in INSIDE {
                if let Some(Value::Text(text)) = inner.property(key) {
                    cells.push((format!("{name}.{key}"), Cell::Text(text.clone())));
                }
            }
        }
        cells.push((name.to_string(), cell(value)));
    }
    Item { types: Rc::clone(&object.types), cells }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null | Value::Bytes => Cell::Null,
        Value::Object(object) => match (&object.items, &object.text) {
            (Some(items), _) => Cell::of_texts(items.iter().map(text).collect()),
            (None, Some(text)) => Cell::of_text(text.clone()),
            (None, None) => Cell::Lost(object.types.first().cloned().unwrap_or_default()),
        },
        Value::Text(text) => Cell::of_text(text.clone()),
        plain => Cell::Text(text(plain)),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null | Value::Bytes => String::new(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) | Value::Guid(text) | Value::Time(text) => text.clone(),
        Value::Object(object) => object.text.clone().unwrap_or_else(|| {
            // An object without a text of its own is called by its type, as a value that was not kept is.
            object.types.first().cloned().unwrap_or_default()
        }),
    }
}
