//! How answers look: objects as tables, lists, JSON, CSV or names, and messages on standard error.
//!
//! Objects and problems in, text out, and one way out for the text ([`Ui`]). This room does not
//! know which cmdlet answered, where the objects are kept, or what was typed.

mod csv;
mod escape;
mod fit;
mod format;
mod json;
mod list;
mod messages;
mod name;
mod progress;
pub mod prompt;
mod screen;
mod select;
mod stream;
mod table;
mod ui;

pub use format::Format;
pub use messages::{error, notice, quoted, warning};
pub use progress::Progress;
pub use screen::Screen;
pub use stream::Stream;
pub use ui::Ui;

use crate::answer::{Object, Problem};

/// The objects in that format: everything that goes to standard output, its line ends included.
///
/// `properties` are names and patterns with `*` and `?`, in any case; none means what the format shows by
/// itself: the columns of the noun for a table, every property in JSON, elsewhere those that the product has.
/// No objects are no text, but for JSON's `[]`.
///
/// # Errors
/// Names without wildcard of which the objects have none (exit 2). Where they have another one, those that they do not
/// have are left out: see [`absent`].
pub fn render(
    objects: &[Object],
    format: Format,
    properties: &[String],
    screen: &Screen,
) -> Result<String, Problem> {
    let columns = select::columns(objects, properties)?;
    let columns = columns.as_deref();
    Ok(match format {
        _ if objects.is_empty() && format != Format::Json => String::new(),
        // A noun without columns of its own is read as a list, as the product shows it.
        Format::Table if columns.is_none() && objects.iter().all(|object| object.shape.table.is_empty()) => {
            list::list(objects, None, screen)
        }
        Format::Table => table::table(objects, columns, screen),
        Format::List => list::list(objects, columns, screen),
        Format::Json => json::json(objects, columns),
        Format::Csv => csv::csv(objects, columns, screen),
        Format::Name => name::names(objects, screen),
        // Those are made of more than the objects: the cmdlets that have them answer with them.
        Format::Powershell | Format::Svg | Format::Html | Format::Mermaid | Format::Dot => String::new(),
    })
}

/// What is to be said of the properties that were asked for by name and that no object has (as Format-List, which leaves
/// them out): a sentence and a hint each.
#[must_use]
pub fn absent(objects: &[Object], properties: &[String]) -> Vec<Problem> {
    select::absent(objects, properties).into_iter().map(|(_, problem)| problem).collect()
}
