//! Runbooks: files of cmdlet lines that run as one change, and the lines that lead from one state to another.

mod by_server;
mod detour;
pub(super) mod export;
pub(super) mod invoke;
mod line;
mod next_line;
mod path;
mod remade;
mod statement;
mod task;
mod written;

pub use invoke::{PATH, ROWS_OF};
pub use line::Line;
pub use path::{Path, path};
pub use remade::remade;
pub use statement::{End, Location, Runbook, Statement, Step};
pub use written::{MARK, difference, wants_lines, whole};
