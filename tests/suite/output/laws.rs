//! Laws over objects of any text, in every format.

use exch::answer::Object;
use exch::output::Format;
use exch::param::Value;
use exch::text::wrap::{JOIN, Measured, fill, wrap};
use proptest::prelude::{Strategy, any, prop};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use unicode_width::UnicodeWidthStr;

use super::{pipe, shown, terminal, texts, thing};
use crate::outcome::Failed;

/// Texts with what printing stumbles over: blanks, line ends, controls, directions, wide and joined
/// characters.
fn any_text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        " ",
        "  ",
        "\n",
        "\r",
        "\t",
        "\u{1b}[31m",
        "\u{9b}",
        "\u{202e}",
        "\u{2028}",
        "\u{200d}",
        "\u{fe0f}",
        "\u{301}",
        "東",
        "👩\u{200d}💻",
        "🇫🇷",
        "👍🏽",
        "لا",
        "\"",
        ",",
        "=",
        "|",
        "\\",
        "{",
        "\u{0}",
        "\u{ad}",
        "#\u{fe0f}\u{20e3}",
    ]);
    let piece = proptest::prop_oneof![
        odd.prop_map(str::to_owned),
        "[a-zA-Z0-9]{1,20}".prop_map(|word| word),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Words, joined ones among them.
fn any_sentence() -> impl Strategy<Value = String> {
    let blank = prop::sample::select(vec![" ", " ", "  ", JOIN]);
    prop::collection::vec((any_text(), blank), 0..8)
        .prop_map(|words| words.into_iter().map(|(word, blank)| word + blank).collect())
}

fn any_value() -> impl Strategy<Value = Value> {
    proptest::prop_oneof![
        4 => any_text().prop_map(Value::Text),
        2 => prop::collection::vec(any_text(), 0..9).prop_map(texts),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<u64>().prop_map(Value::Int),
    ]
}

fn any_objects() -> impl Strategy<Value = Vec<Object>> {
    let cell = |name| any_value().prop_map(move |value| (name, value));
    let object = (cell("Name"), cell("List"), cell("AnotherPropertyOfIt"))
        .prop_map(|(name, list, other)| thing(vec![name, list, other]));
    prop::collection::vec(object, 1..4)
}

fn law<S: Strategy>(strategy: S, test: fn(S::Value) -> Result<(), String>) -> Result<(), Failed> {
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let test = |value| test(value).map_err(TestCaseError::fail);
    TestRunner::new(config).run(&strategy, test).map_err(|failure| failure.to_string().into())
}

#[test]
fn law_json_reads_back() -> Result<(), Failed> {
    law(any_objects(), |objects| {
        let json = shown(&objects, Format::Json, &[], &pipe());
        let read: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(&json).map_err(|error| error.to_string())?;
        for (object, read) in objects.iter().zip(&read) {
            let names = object.cells.iter().map(|cell| cell.0);
            if !read.keys().map(String::as_str).eq(names) {
                return Err(format!("other names in {json}"));
            }
            let texts = object.cells.iter().filter_map(|(name, value)| match value {
                Value::Text(text) => Some((*name, text)),
                _ => None,
            });
            for (name, text) in texts {
                if read[name] != **text {
                    return Err(format!("{text:?} reads as {:?}", read[name]));
                }
            }
        }
        if read.len() == objects.len() { Ok(()) } else { Err("other objects".to_owned()) }
    })
}

/// A plain reader of RFC 4180.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut inside) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => inside = !inside,
            ',' if !inside => row.push(std::mem::take(&mut cell)),
            '\r' if !inside && chars.peek() == Some(&'\n') => {
                chars.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn law_csv_reads_back() -> Result<(), Failed> {
    law(any_objects(), |objects| {
        let rows = read_csv(&shown(&objects, Format::Csv, &[], &pipe()));
        if rows.len() != objects.len() + 1 || rows.iter().any(|row| row.len() != 3) {
            return Err(format!("{rows:?}"));
        }
        for (object, row) in objects.iter().zip(rows.iter().skip(1)) {
            for ((_, value), cell) in object.cells.iter().zip(row) {
                let Value::Text(text) = value else { continue };
                if cell != text && *cell != format!("'{text}") {
                    return Err(format!("{text:?} reads as {cell:?}"));
                }
            }
        }
        Ok(())
    })
}

const FORMATS: [Format; 5] = [Format::Table, Format::List, Format::Json, Format::Csv, Format::Name];

/// Written apart from the program's own list.
fn acts(c: char) -> bool {
    let directions =
        "\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    c.is_control() && c != '\n' || directions.contains(c) || "\u{2028}\u{2029}".contains(c)
}

#[test]
fn law_a_terminal_is_handed_no_control() -> Result<(), Failed> {
    law((any_objects(), 0usize..200), |(objects, width)| {
        for format in FORMATS {
            let shown = shown(&objects, format, &[], &terminal(width));
            if let Some(found) = shown.chars().find(|c| acts(*c)) {
                return Err(format!("{found:?} in {format:?}"));
            }
        }
        Ok(())
    })
}

#[test]
fn law_lines_keep_to_the_width() -> Result<(), Failed> {
    law((any_objects(), 4usize..120), |(objects, width)| {
        for (format, properties) in
            [(Format::List, vec![]), (Format::Table, vec![]), (Format::Table, vec!["*"])]
        {
            let shown = shown(&objects, format, &properties, &terminal(width));
            if let Some(line) = shown.lines().find(|line| line.width() > width) {
                return Err(format!("{line:?} takes {} of {width} columns in {format:?}", line.width()));
            }
        }
        Ok(())
    })
}

/// A mark of no columns makes a picture of the digit before it, of two columns.
#[test]
fn a_word_of_no_columns_does_not_join_the_line_before_it() {
    assert_eq!(wrap("aaa00  \u{fe0f}", 5), ["aaa00", "\u{fe0f}"]);
}

#[test]
fn law_a_measured_text_has_the_lines_that_it_fills() -> Result<(), Failed> {
    law((any_sentence(), 0_usize..40), |(text, limit)| {
        let (measured, filled) = (Measured::new(&text).lines(limit), fill(&text, limit));
        if measured == filled.len() {
            Ok(())
        } else {
            Err(format!("{text:?} at {limit}: {measured} and {filled:?}"))
        }
    })
}
