//! What ConvertTo-Json writes to items: one object or an array, values by what the product prints of them.
//!
//! Objects within a property are read back by what their type consists of; one that `-Depth` cut, or that has nothing
//! that says its value, is lost.

use std::io::Read;
use std::rc::Rc;

use jiff::Timestamp;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Cell, Item};

/// Hands every object of the text to `take`, one after the other.
pub(super) fn read(source: impl Read, take: &mut dyn FnMut(Item)) -> Result<(), String> {
    let mut texts = serde_json::Deserializer::from_reader(source);
    loop {
        match texts.deserialize_any(Objects { take }) {
            Ok(()) => {}
            Err(why) if why.is_eof() && why.to_string().starts_with("EOF while parsing a value") => {
                return Ok(());
            }
            Err(why) if why.is_eof() => return Err(format!("the file is truncated: {why}")),
            Err(why) => return Err(format!("the file is not JSON: {why}")),
        }
    }
}

/// Objects, read one after the other wherever they stand.
struct Objects<'t> {
    take: &'t mut dyn FnMut(Item),
}

impl<'de> Visitor<'de> for Objects<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object, or an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        while let Some(value) = all.next_element::<Value>()? {
            if let Value::Object(object) = value {
                objects(object, self.take);
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        let mut object = Map::new();
        while let Some((name, value)) = all.next_entry::<String, Value>()? {
            object.insert(name, value);
        }
        objects(object, self.take);
        Ok(())
    }
}

/// The object, or the elements of an array that Windows PowerShell wrote as `{"value": […], "Count": 2}`.
fn objects(mut object: Map<String, Value>, take: &mut dyn FnMut(Item)) {
    let is_wrapped = object.len() == 2 && object.contains_key("Count");
    match object.remove("value") {
        Some(Value::Array(all)) if is_wrapped => {
            for value in all {
                if let Value::Object(object) = value {
                    take(item(&object));
                }
            }
        }
        other => {
            object.extend(other.map(|value| ("value".to_owned(), value)));
            take(item(&object));
        }
    }
}

fn item(object: &Map<String, Value>) -> Item {
    let mut cells = Vec::with_capacity(object.len());
    for (name, value) in object {
        for key in super::item::INSIDE {
            if let Some(text) = value.get(key).and_then(Value::as_str) {
                cells.push((format!("{name}.{key}"), Cell::Text(text.to_owned())));
            }
        }
        cells.push((name.clone(), cell(value)));
    }
    Item { types: Rc::default(), cells }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Array(items) => match items.iter().map(text).collect::<Option<Vec<String>>>() {
            Some(texts) => Cell::of_texts(texts),
            None => Cell::Lost("an object without its value".to_owned()),
        },
        other => match text(other) {
            Some(text) => Cell::of_text(text),
            None => Cell::Lost("an object without its value".to_owned()),
        },
    }
}

/// What the product prints of a value; nothing where it is not there.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(true) => Some("True".to_owned()),
        Value::Bool(false) => Some("False".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(date(text).unwrap_or_else(|| text.clone())),
        Value::Array(_) => None,
        Value::Object(object) => of_object(object),
    }
}

/// `/Date(1629535434000)/`, as Windows PowerShell writes a moment.
fn date(text: &str) -> Option<String> {
    let inside = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let sign = inside.get(1..)?.find(['+', '-']).map_or(inside.len(), |at| at + 1);
    let milliseconds = inside.get(..sign)?.parse().ok()?;
    Timestamp::from_millisecond(milliseconds).ok().map(|time| time.to_string())
}

/// How values of one type are read back: the members that it has, and what they say.
type Form = (&'static [&'static str], fn(&Map<String, Value>) -> Option<String>);

/// The types that properties have, the most special first.
const FORMS: [Form; 12] = [
    (&["value", "DateTime"], |object| member(object, "value")),
    (&["IsUnlimited"], unlimited),
    (&["Ticks"], span),
    (&["Expression"], |object| member(object, "Expression")),
    (&["LowerBound", "UpperBound"], |object| {
        Some(format!("{}-{}", member(object, "LowerBound")?, member(object, "UpperBound")?))
    }),
    (&["Address", "Port"], binding),
    (&["IPAddressToString"], |object| member(object, "IPAddressToString")),
    (&["Address", "Type", "Cost"], |object| {
        Some(format!(
            "{}:{};{}",
            member(object, "Type")?,
            member(object, "Address")?,
            member(object, "Cost")?
        ))
    }),
    (&["CertificateIssuer", "CertificateSubject"], |object| {
        Some(format!(
            "<I>{}<S>{}",
            member(object, "CertificateIssuer")?,
            member(object, "CertificateSubject")?
        ))
    }),
    (&["Major", "Minor", "Build", "Revision"], |object| {
        let part = |name| member(object, name);
        Some(format!(
            "Version {}.{} (Build {}.{})",
            part("Major")?,
            part("Minor")?,
            part("Build")?,
            part("Revision")?
        ))
    }),
    (&["IsIPAddress", "Domain"], |object| match object.get("IsIPAddress") {
        Some(Value::Bool(true)) => member(object, "Address").map(|address| format!("[{address}]")),
        _ => member(object, "Domain"),
    }),
    (&["Domain"], |object| member(object, "Address").or_else(|| member(object, "Domain"))),
];

fn of_object(object: &Map<String, Value>) -> Option<String> {
    let has = |names: &&[&str]| names.iter().all(|name| object.contains_key(*name));
    let form = FORMS.iter().find(|(names, _)| has(names));
    match form {
        Some((_, read)) => read(object),
        None => member(object, "UserName").or_else(|| member(object, "Name")),
    }
}

/// A member that is there and not empty.
fn member(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name).and_then(text).filter(|text| !text.is_empty())
}

fn unlimited(object: &Map<String, Value>) -> Option<String> {
    match object.get("IsUnlimited") {
        Some(Value::Bool(true)) => Some("Unlimited".to_owned()),
        _ => member(object, "Value"),
    }
}

/// A time span by its ticks of 100 ns.
fn span(object: &Map<String, Value>) -> Option<String> {
    let ticks = object.get("Ticks").and_then(Value::as_u64)?;
    Some(crate::param::Span::seconds(ticks / 10_000_000).to_string())
}

/// An address and a port; an IPv6 address in brackets.
fn binding(object: &Map<String, Value>) -> Option<String> {
    let (address, port) = (member(object, "Address")?, member(object, "Port")?);
    let is_v6 = address.contains(':');
    Some(if is_v6 { format!("[{address}]:{port}") } else { format!("{address}:{port}") })
}
