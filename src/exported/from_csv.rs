//! What Export-Csv writes to items: any delimiter, with or without the line of types.

use std::io::{BufRead, Read};
use std::rc::Rc;

use super::{Cell, Item};

/// The delimiters that regions and spreadsheets use.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// Before the type of the objects, which Windows PowerShell writes first.
pub(super) const TYPE: &str = "#TYPE ";

/// The delimiter of a line of names: the one that parts it most often.
pub(super) fn delimiter(header: &str) -> Option<char> {
    let count = |delimiter: &char| header.matches(*delimiter).count();
    DELIMITERS.into_iter().max_by_key(count).filter(|delimiter| count(delimiter) > 0)
}

/// Hands every row of the text to `take`.
pub(super) fn read(mut source: impl BufRead, take: &mut dyn FnMut(Item)) -> Result<(), String> {
    let broken = |why: &dyn std::fmt::Display| format!("the file is not CSV: {why}");
    let mut head = String::new();
    source.read_line(&mut head).map_err(|why| broken(&why))?;
    let types: Rc<[String]> =
        head.strip_prefix(TYPE).map(|name| name.trim().to_owned()).into_iter().collect();
    if !types.is_empty() {
        head.clear();
        source.read_line(&mut head).map_err(|why| broken(&why))?;
    }
    let delimiter = delimiter(&head).unwrap_or(',');
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .flexible(false)
        .from_reader(std::io::Cursor::new(head.into_bytes()).chain(source));
    let names: Vec<String> = rows.headers().map_err(|why| broken(&why))?.iter().map(str::to_owned).collect();
    for row in rows.records() {
        let row = row.map_err(|why| broken(&why))?;
        let cells = names.iter().zip(&row).map(|(name, text)| (name.clone(), cell(text)));
        take(Item { types: Rc::clone(&types), cells: cells.collect() });
    }
    Ok(())
}

/// Null and an empty text look the same.
fn cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Null } else { Cell::of_text(text.to_owned()) }
}
