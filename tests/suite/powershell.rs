//! PowerShell's text: the fixture as judge of the strict reader, what shells hand over, and the laws of quoting.

mod judge;
mod laws;
mod resource;
mod script;
mod shells;
mod strict;
mod words;

use serde_json::Value as Json;

/// The typed lines, each with what PowerShell reads and what the shells hand over.
fn dialect() -> Vec<Json> {
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dialect.jsonl"))
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line of the fixture is JSON"))
        .collect()
}

/// Counts what differs and shows it, instead of stopping at the first.
fn none_of(problems: &[String]) -> Result<(), crate::outcome::Failed> {
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}
