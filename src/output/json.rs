//! JSON: an array of objects with the same property names, their values typed as a program wants them.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::escape::in_json;
use super::select::{Column, shown};
use crate::answer::Object;
use crate::param::Value;

/// The objects, indented by two, one line feed at the end.
pub(super) fn json(objects: &[Object], columns: Option<&[Column]>) -> String {
    let rows: Vec<Row<'_>> = objects.iter().map(|object| Row { object, columns }).collect();
    // Keys are texts and writing to memory cannot fail, so there is no error to report.
    let mut text = in_json(serde_json::to_string_pretty(&rows).unwrap_or_default());
    text.push('\n');
    text
}

/// The objects, each on a line of its own, as elements of an array whose brackets stand on other lines.
pub(super) fn lines(objects: &[Object], columns: Option<&[Column]>) -> String {
    let row = |object| in_json(serde_json::to_string(&Row { object, columns }).unwrap_or_default());
    objects.iter().map(row).collect::<Vec<_>>().join(",\n")
}

/// One object with the properties that are shown.
struct Row<'a> {
    object: &'a Object,
    columns: Option<&'a [Column]>,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = shown(self.object, &self.object.cells, self.columns);
        let mut map = serializer.serialize_map(Some(cells.len()))?;
        for (name, value) in cells {
            map.serialize_entry(name, &Typed(value))?;
        }
        map.end()
    }
}

/// A value: sizes are bytes, moments UTC, flags an array that is empty for none of them, everything else that
/// has no type in JSON its text.
struct Typed<'a>(&'a Value);

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(number) => serializer.serialize_u64(*number),
            Value::Size(size) => serializer.serialize_u64(size.as_bytes()),
            Value::Flags(names) => serializer.collect_seq(names),
            Value::List(items) => serializer.collect_seq(items.iter().map(Typed)),
            text => serializer.collect_str(text),
        }
    }
}
