//! What `Export-Clixml` writes: the fixtures as names and plain values, and files that are no exports.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use exch::clixml::{Error, Object, Objects, Value};

/// A value of an exported property. Whatever has a text of its own (`ToString`) is that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clixml {
    /// `Nil`.
    Null,
    /// `B`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// `S`, and objects by their text: `36 MB (37,748,736 bytes)`, `Tls, Integrated`, `Unlimited`, `5000`.
    Text(String),
    /// `G`.
    Guid(String),
    /// `DT`, in RFC 3339: with `Z` where the product means UTC, else with the exporting server's offset.
    Time(String),
    /// `LST`.
    List(Vec<Clixml>),
}

/// The exported objects of a file with their properties in order, without those that remoting adds.
pub fn objects(path: &Path) -> Vec<Vec<(String, Clixml)>> {
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    let bytes = std::fs::read(path).unwrap();
    let plain = |(name, value): &(std::rc::Rc<str>, Value)| (name.to_string(), plain(value));
    Objects::new(bytes.as_slice())
        .map(|object| match object.unwrap() {
            Value::Object(object) => object.properties.iter().map(plain).collect(),
            other => panic!("{other:?} is no object"),
        })
        .collect()
}

fn plain(value: &Value) -> Clixml {
    match value {
        Value::Null => Clixml::Null,
        Value::Bool(value) => Clixml::Bool(*value),
        Value::Number(value) => Clixml::Number(*value),
        Value::Text(text) => Clixml::Text(text.clone()),
        Value::Guid(text) => Clixml::Guid(text.clone()),
        Value::Time(text) => Clixml::Time(text.clone()),
        Value::Bytes => Clixml::Text(String::new()),
        Value::Object(object) => match &object.items {
            Some(items) => Clixml::List(items.iter().map(plain).collect()),
            None => Clixml::Text(object.text.clone().unwrap_or_default()),
        },
    }
}

fn read(inside: &str) -> Result<Vec<Value>, Error> {
    Objects::new(format!("<Objs>{inside}</Objs>").as_bytes()).collect()
}

fn object(value: &Value) -> &Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other:?} is no object"),
    }
}

#[test]
fn references_lists_and_dictionaries_are_read() {
    let read = read(
        "<Obj RefId=\"0\"><TN RefId=\"0\"><T>A</T><T>B</T></TN><ToString>a_x000A_b &amp; c_x</ToString><I32>7</I32>\
         <Props><Nil N=\"None\" /><Obj N=\"List\" RefId=\"1\"><TNRef RefId=\"0\" /><LST><S>x</S><S></S></LST></Obj>\
         <Ref N=\"Again\" RefId=\"1\" /></Props><MS><BA N=\"Data\">AA==</BA></MS></Obj>\
         <Obj RefId=\"2\"><DCT><En><S N=\"Key\">k</S><B N=\"Value\">true</B></En></DCT></Obj><Ref RefId=\"0\" />\
         <Obj RefId=\"3\"><LST><Obj RefId=\"4\"><Props><S N=\"A\">1</S></Props></Obj>\
         <Obj RefId=\"5\"><Props><Ref N=\"B\" RefId=\"0\" /><Ref N=\"Self\" RefId=\"5\" /></Props></Obj></LST></Obj>",
    )
    .unwrap();
    let first = object(&read[0]);
    assert_eq!(first.types.as_ref(), ["A", "B"]);
    assert_eq!(first.text.as_deref(), Some("a\nb & c_x"));
    assert_eq!(first.plain, Some(Value::Number(7)));
    assert_eq!(first.property("none"), Some(&Value::Null));
    let list = object(first.property("List").unwrap());
    assert_eq!(list.items, Some(vec![Value::Text("x".to_owned()), Value::Text(String::new())]));
    assert_eq!(list.types, first.types);
    assert_eq!(first.property("List"), first.property("Again"));
    assert_eq!(first.added, [("Data".into(), Value::Bytes)]);
    let entry = object(&object(&read[1]).items.as_ref().unwrap()[0]);
    assert_eq!(entry.property("Key"), Some(&Value::Text("k".to_owned())));
    assert_eq!(entry.property("Value"), Some(&Value::Bool(true)));
    // An object a second time is not given out again, and the elements of a list are given out one by one.
    assert_eq!(object(&read[2]).property("A"), Some(&Value::Text("1".to_owned())));
    let last = object(&read[3]);
    assert_eq!(object(last.property("B").unwrap()).text, first.text);
    assert_eq!(object(last.property("Self").unwrap()).text, None);
    assert_eq!(object(&read[4]).items, Some(Vec::new()), "the list itself, without them");
    assert_eq!(read.len(), 5);
}

/// A billion elements by references, and memory of a few: a level is ten references to the one before.
#[test]
fn references_to_references_cost_what_they_are_long() {
    let level = |at: usize| {
        let before = format!("<Ref RefId=\"{}\" />", at - 1).repeat(10);
        format!("<Obj RefId=\"{at}\" N=\"L{at}\"><LST>{before}</LST></Obj>")
    };
    let levels: String = (1..=40).map(level).collect();
    let all = read(&format!(
        "<Obj RefId=\"99\"><Props><Obj RefId=\"0\"><LST><S>ha</S></LST></Obj>{levels}</Props></Obj>"
    ));
    assert_eq!(object(&all.unwrap()[0]).properties.len(), 41);
}

#[test]
fn a_file_that_is_no_export_is_refused() {
    let message = |text: &str| {
        let read: Result<Vec<Value>, Error> = Objects::new(text.as_bytes()).collect();
        read.unwrap_err().to_string()
    };
    let laughs = "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><Objs><S>&b;</S></Objs>";
    assert_eq!(message(laughs), "the file has a document type, which Export-Clixml does not write");
    let page = "<html><body>503</body></html>";
    assert_eq!(message(page), "the file is not Clixml: its first element is <html>, not <Objs>");
    assert_eq!(message(""), "the file is not Clixml: it has no element");
    assert_eq!(
        message("<Objs><I32>seven</I32></Objs>"),
        "<I32> holds \"seven\", which is not a value of that type"
    );
    assert_eq!(message("<Objs><Ref RefId=\"9\" /></Objs>"), "<Ref RefId=\"9\"> refers to nothing before it");
    let deep = format!("<Objs>{}", "<Obj><LST>".repeat(100_000));
    assert_eq!(message(&deep), "the file has more than 512 elements inside each other");
    assert!(message("<Objs><S>&b;</S></Objs>").starts_with("the file is not well-formed XML: "));
}

#[test]
fn a_fixture_cut_anywhere_is_refused() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange-2019-accepted-domains.clixml");
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    let bytes = std::fs::read(path).unwrap();
    let whole = bytes.trim_ascii_end().len();
    for end in (0..whole).step_by(67) {
        let read: Result<Vec<Value>, Error> = Objects::new(&bytes[..end]).collect();
        assert!(read.is_err(), "the first {end} bytes are read as a whole file");
    }
}

/// A list as the product prints it, its dates as this program prints them: the product names no time zone.
pub fn with_iso_dates(list: &str) -> String {
    let line = |line: &str| match line.split_once(" : ") {
        Some((name, date)) => match jiff::civil::DateTime::strptime("%m/%d/%Y %H:%M:%S", date) {
            Ok(moment) => format!("{name} : {}\n", moment.strftime("%Y-%m-%d %H:%M:%SZ")),
            Err(_) => format!("{line}\n"),
        },
        None => format!("{line}\n"),
    };
    list.lines().map(line).collect()
}
