//! A CSV file as a runbook: each row is a line of one cmdlet, and the headers are its parameters.

use super::bind::{Named, ambiguous, parameter};
use super::bound_parameter::BoundParameter;
use super::expanded::WorkingDirectory;
use super::{grammar, name, runbook, value};
use crate::answer::{Exit, Problem};
use crate::cmdlet::runbook::{End, Location, Statement, Step};
use crate::cmdlet::{Args, Cmdlet};
use crate::param::Param;

/// The delimiters that regions and spreadsheets use.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// What Windows PowerShell's Export-Csv writes first.
const TYPE: &str = "#TYPE";
/// What parts the elements of a list in a cell, beside commas.
const BETWEEN: char = '|';

/// Reads a table whose rows are lines of the cmdlet that is called so; `file` is its name for messages. A row that is
/// refused is a statement all the same, so that the others are checked beside it.
///
/// # Errors
/// A header that is refused, and a table without rows.
pub fn table(file: &str, text: &str, cmdlet: &str) -> Result<Vec<Statement>, Problem> {
    let cmdlet = runbook::running(name::by_name(cmdlet).ok_or_else(|| name::unknown(cmdlet))?)?;
    let (skipped, body) = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with(TYPE) => (1, rest),
        _ => (0, text),
    };
    let header = body.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(body.as_bytes());
    let lines: Vec<&str> = body.lines().collect();
    let location = |line: usize| place(file, line + skipped, lines.get(line.wrapping_sub(1)).copied());
    let headers = rows.headers().map_err(|why| location(1).of(broken(&why)))?.clone();
    let params = columns(cmdlet, &headers).map_err(|problem| location(1).of(problem))?;
    let statements: Vec<Statement> = rows
        .records()
        .map(|row| {
            let position = row.as_ref().map_or_else(csv::Error::position, csv::StringRecord::position);
            let location = location(position.map_or(1, |at| line_at(body, at)));
            let (args, refused) = match row {
                Ok(row) => args(cmdlet, &params, &row),
                Err(why) => (Args::default(), Some(broken(&why))),
            };
            let refused = refused.map(|problem| location.of(problem));
            Statement {
                input: Vec::new(),
                steps: vec![Step { cmdlet, args, location }],
                end: End::Print,
                refused,
            }
        })
        .collect();
    if statements.is_empty() {
        return Err(location(1).of(Problem::new(
            Exit::NotUnderstood,
            "the file has no row below its headers",
        )
        .hint("the first line names parameters, and each line below it is one object")));
    }
    Ok(statements)
}

/// The line of a record: a position may stand before the line end that precedes it.
fn line_at(body: &str, position: &csv::Position) -> usize {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(body.len());
    let (before, rest) = body.as_bytes().split_at(at);
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    before.iter().chain(blank).filter(|byte| **byte == b'\n').count() + 1
}

fn place(file: &str, line: usize, text: Option<&str>) -> Location {
    let excerpt = text.map(|text| format!("  {line} | {text}")).unwrap_or_default();
    Location { file: file.to_owned(), line, column: 1, excerpt }
}

fn broken(why: &csv::Error) -> Problem {
    let sentence = match why.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} cells, and the headers are {expected_len}")
        }
        _ => why.to_string(),
    };
    let hint = "a row has a cell for each header: an empty one without a value, in quotes with commas in it, `\"a, b\"`";
    Problem::new(Exit::NotUnderstood, sentence).hint(hint)
}

/// The parameters that the headers name.
fn columns(cmdlet: &'static Cmdlet, headers: &csv::StringRecord) -> Result<Vec<&'static Param>, Problem> {
    let params = cmdlet.all_params();
    let mut found: Vec<&'static Param> = Vec::new();
    for header in headers {
        let header = header.trim().trim_start_matches('\u{feff}');
        let param = match parameter(&params, header) {
            Named::One(param) if runbook::is_of_the_run(param) => {
                let message = format!("parameter {} is for all rows, not for one", param.name);
                return Err(Problem::new(Exit::NotUnderstood, message).about(param.name));
            }
            Named::One(param) => param,
            Named::Several(fits) => return Err(ambiguous(header, &fits)),
            Named::None => {
                grammar::check(cmdlet, &[], Some(header))?;
                return Err(Problem::new(Exit::Fault, "an unknown parameter was let through"));
            }
        };
        if found.iter().any(|known| known.name == param.name) {
            return Err(runbook::twice(cmdlet, param));
        }
        found.push(param);
    }
    Ok(found)
}

/// What a row says, and why it is refused: an empty cell says nothing, and a list stands between commas or `|`. Of a row
/// that is refused, the cells that could be read.
fn args(
    cmdlet: &'static Cmdlet,
    params: &[&'static Param],
    row: &csv::StringRecord,
) -> (Args, Option<Problem>) {
    let filled = params.iter().zip(row).filter(|(_, cell)| !cell.trim().is_empty());
    let given: Vec<BoundParameter> = filled
        .map(|(param, cell)| {
            let is_list = param.kind.is_multivalued() || param.kind.is_identities();
            let parts = cell.split(BETWEEN).map(|part| part.trim().to_owned());
            let words = if is_list && cell.contains(BETWEEN) {
                parts.collect()
            } else {
                vec![cell.trim().to_owned()]
            };
            BoundParameter { param, words }
        })
        .collect();
    let read = |given: &[BoundParameter]| value::read_all(cmdlet, given, WorkingDirectory::NONE);
    match grammar::check(cmdlet, &given, None)
        .and_then(|()| read(&given))
        .and_then(|args| grammar::exclusive(cmdlet, &args).map(|()| args))
    {
        Ok(args) => (args, None),
        Err(problem) => {
            let mut args = Args::default();
            let cells = given.iter().filter_map(|cell| read(std::slice::from_ref(cell)).ok());
            cells.for_each(|cell| {
                cell.iter().for_each(|(param, argument)| args.push(param, argument.clone()))
            });
            (args, Some(problem))
        }
    }
}
