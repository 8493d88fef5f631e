//! What Format-List prints to items, as a console or a forum has it: names and values with a colon between them, long
//! values broken into lines that begin with blanks.

use std::io::BufRead;
use std::rc::Rc;

use super::{Cell, Item};

/// The name and the value of a line; nothing for what is no such line.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(" : ").or_else(|| Some((line.trim_end().strip_suffix(" :")?, "")))?;
    let name = name.trim_end();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name.then(|| (name, value.trim()))
}

/// Hands every object of the text to `take`.
pub(super) fn read(source: impl BufRead, take: &mut dyn FnMut(Item)) -> Result<(), String> {
    let mut object: Vec<(String, String)> = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let line = line.map_err(|why| why.to_string())?;
        if line.trim().is_empty() {
            finish(&mut object, take);
        } else if let Some((name, value)) = pair(&line) {
            // Copies of a console lose blank lines: the first name again begins another object.
            if object.first().is_some_and(|(first, _)| first == name) {
                finish(&mut object, take);
            }
            object.push((name.to_owned(), value.to_owned()));
        } else if let Some((_, value)) = object.last_mut().filter(|_| line.starts_with(' ')) {
            value.push(' ');
            value.push_str(line.trim());
        } else {
            return Err(format!("line {} is not a line of Format-List: `{}`", number + 1, shortened(&line)));
        }
    }
    finish(&mut object, take);
    Ok(())
}

fn shortened(line: &str) -> String {
    line.trim().chars().take(40).collect()
}

fn finish(object: &mut Vec<(String, String)>, take: &mut dyn FnMut(Item)) {
    if !object.is_empty() {
        let cells = object.drain(..).map(|(name, value)| (name, cell(value)));
        take(Item { types: Rc::default(), cells: cells.collect() });
    }
}

fn cell(value: String) -> Cell {
    let list = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).map(str::to_owned);
    match list {
        _ if value.is_empty() => Cell::Null,
        Some(list) if list.ends_with("...") || list.ends_with('…') => Cell::Lost(value),
        Some(list) => {
            Cell::of_texts(list.split(", ").filter(|text| !text.is_empty()).map(str::to_owned).collect())
        }
        None => Cell::of_text(value),
    }
}
