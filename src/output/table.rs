//! Format-Table: columns as wide as their content, dashes under the headings, numbers and booleans to the
//! right.
//!
//! comfy-table draws; which width a column has and what stands in a cell is decided here, so that it never
//! cuts.

use comfy_table::{CellAlignment, Table, presets};

use super::fit::{Span, shortened, widest, widest_word, widths};
use super::list::list;
use super::screen::Screen;
use super::select::{Column, names};
use crate::answer::{Object, TableView};
use crate::param::Value;
use crate::text::wrap::wrap;

/// comfy-table counts columns in 16 bits and would break what is wider.
const WIDEST: usize = u16::MAX as usize - 1;

/// One column before it is drawn.
struct Grid<'a> {
    name: &'static str,
    head: &'static str,
    values: Vec<Option<&'a Value>>,
    texts: Vec<String>,
    natural: usize,
    right: bool,
    to_type: bool,
}

/// The objects as a table, or as a list where no table can hold them: a terminal too narrow for so many
/// columns.
pub(super) fn table(objects: &[Object], columns: Option<&[Column]>, screen: &Screen) -> String {
    let named = |columns: &[Column]| columns.iter().map(|column| (column.name, column.name)).collect();
    let chosen: Vec<(&'static str, &'static str)> = columns.map_or_else(|| usual(objects), named);
    if chosen.is_empty() {
        return String::new();
    }
    let mut grid: Vec<Grid<'_>> =
        chosen.into_iter().map(|(name, head)| Grid::of(name, head, objects, screen)).collect();
    if !fit(&mut grid, screen) {
        let columns: Vec<Column> =
            grid.iter().map(|column| Column { name: column.name, always: true }).collect();
        return list(objects, Some(&columns), screen);
    }
    format!("\n{}\n\n", drawn(&grid))
}

/// The columns that the nouns of the objects have by themselves, each with its heading: those that an object has.
fn usual(objects: &[Object]) -> Vec<(&'static str, &'static str)> {
    let mut columns: Vec<(&'static str, &'static str)> = Vec::new();
    // Thousands of objects are of a few nouns, and a column that none has is looked for in all of them.
    let mut shapes: Vec<&'static TableView> = Vec::new();
    for object in objects {
        if !shapes.iter().any(|known| std::ptr::eq(*known, object.shape)) {
            shapes.push(object.shape);
        }
    }
    for shape in shapes {
        for name in shape.table {
            let head =
                shape.headings.iter().find(|(column, _)| column == name).map_or(name, |(_, head)| head);
            let has = || objects.iter().any(|object| object.get(name).is_some());
            if !columns.iter().any(|(column, _)| column == name) && has() {
                columns.push((name, head));
            }
        }
    }
    if columns.is_empty() { names(objects).into_iter().map(|name| (name, name)).collect() } else { columns }
}

impl<'a> Grid<'a> {
    fn of(name: &'static str, head: &'static str, objects: &'a [Object], screen: &Screen) -> Self {
        let values: Vec<Option<&Value>> = objects.iter().map(|object| object.get(name)).collect();
        let texts: Vec<String> =
            values.iter().map(|value| value.map_or_else(String::new, |value| screen.text(value))).collect();
        let natural = texts.iter().map(|text| widest(text)).max().unwrap_or(0).max(head.len());
        let right = is_number(&values);
        let to_type = values.iter().flatten().any(|value| value.is_line());
        Grid { name, head, values, texts, natural, right, to_type }
    }

    /// How wide and how narrow it may be.
    fn span(&self) -> Span {
        let Grid { natural, right, to_type, .. } = *self;
        if to_type {
            let head = widest(self.head);
            return Span { natural: head, word: head, rigid: true };
        }
        let words = self.texts.iter().map(|text| widest_word(text)).max().unwrap_or(0).max(self.head.len());
        Span { natural, word: if right { natural } else { words }, rigid: right }
    }

    /// Breaks and shortens what is wider than the column; `lists` are the lists of each row.
    fn narrow(&mut self, columns: usize, lists: &[Vec<&Value>], screen: &Screen) {
        for ((text, value), lists) in self.texts.iter_mut().zip(&self.values).zip(lists) {
            if widest(text) <= columns {
                continue;
            }
            if let Some(value @ Value::List(items)) = value {
                let other = match lists.as_slice() {
                    [one, other] if std::ptr::eq(*one, *value) => Some(other),
                    [other, _] => Some(other),
                    _ => None,
                };
                let described = other.map(|other| texts(&other.elements(), screen)).unwrap_or_default();
                *text = shortened(&texts(items, screen), &described, columns);
            }
            *text = wrap(text, columns).join("\n");
        }
    }
}

fn texts(items: &[Value], screen: &Screen) -> Vec<String> {
    items.iter().map(|item| screen.text(item)).collect()
}

/// The lists of each row.
fn lists<'a>(grid: &[Grid<'a>]) -> Vec<Vec<&'a Value>> {
    let rows = 0..grid.first().map_or(0, |column| column.values.len());
    let is_list = |value: &&Value| matches!(value, Value::List(_));
    rows.map(|row| grid.iter().filter_map(|c| c.values.get(row).copied().flatten()).filter(is_list).collect())
        .collect()
}

/// Whether a column stands to the right: booleans and numbers, and nothing else but blanks and Unlimited.
fn is_number(values: &[Option<&Value>]) -> bool {
    let number = |value: &Value| matches!(value, Value::Bool(_) | Value::Int(_));
    let neutral = |value: &Value| matches!(value, Value::Null | Value::Unlimited);
    let mut present = values.iter().flatten();
    present.clone().any(|value| number(value)) && present.all(|value| number(value) || neutral(value))
}

/// Fits the columns to the screen; false where they cannot be.
fn fit(grid: &mut [Grid<'_>], screen: &Screen) -> bool {
    let gaps = grid.len().saturating_sub(1);
    let whole = grid.iter().map(|column| column.natural).sum::<usize>() + gaps;
    match screen.bound() {
        Some(bound) if whole > bound => {
            let spans: Vec<Span> = grid.iter().map(Grid::span).collect();
            let Some(room) = bound.min(WIDEST).checked_sub(gaps) else { return false };
            let Some(fitted) = widths(&spans, room) else { return false };
            let lists = lists(grid);
            // Lines to type go over the edge, where the terminal goes on without a break.
            for (column, width) in grid.iter_mut().zip(fitted).filter(|(column, _)| !column.to_type) {
                column.narrow(width, &lists, screen);
                column.natural = width;
            }
            true
        }
        _ => grid.iter().all(|column| column.natural <= WIDEST),
    }
}

/// The lines of the table, the headings first.
fn drawn(grid: &[Grid<'_>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).force_no_tty();
    let heads: Vec<String> = grid.iter().map(|column| wrap(column.head, column.natural).join("\n")).collect();
    table.add_row(heads.clone());
    table.add_row(heads.iter().map(|head| "-".repeat(widest(head))));
    for row in 0..grid.first().map_or(0, |column| column.texts.len()) {
        table.add_row(grid.iter().map(|column| column.texts.get(row).map_or("", String::as_str)));
    }
    let last = grid.len().saturating_sub(1);
    for (at, (column, layout)) in grid.iter().zip(table.column_iter_mut()).enumerate() {
        layout.set_padding((0, u16::from(at < last)));
        if column.right {
            layout.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}
