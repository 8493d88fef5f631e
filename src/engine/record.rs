//! Rows as text: CSV with a header, or JSON lines, one row a line, a line at a time and no longer than a bound.
//!
//! A line that is broken breaks nothing after it. It knows no column by name. Lines and rows are written over those before
//! them, in the same memory.

use std::io::{BufRead, Read};

use csv_core::ReadFieldResult;
use serde_json::Value as Json;

use crate::answer::{Exit, Problem};
use crate::cmdlet::InputRow;

/// The most bytes of one line.
const LONGEST: u64 = 1 << 16;

/// How rows are written, as the first line says.
enum Form {
    Json,
    Csv { reader: Box<csv_core::Reader>, delimiter: u8 },
}

/// The rows of a stream.
pub(super) struct Records<R> {
    input: R,
    parameter: &'static str,
    form: Option<Form>,
    line: u64,
    bytes: u64,
    buffer: Vec<u8>,
    /// The last row; of CSV its columns are the header.
    row: InputRow,
}

type Check<'c> = &'c mut dyn FnMut(&str) -> Result<(), Problem>;

impl<R: BufRead> Records<R> {
    /// The rows of `input`, which `parameter` named.
    pub fn new(input: R, parameter: &'static str) -> Self {
        Records { input, parameter, form: None, line: 0, bytes: 0, buffer: Vec::new(), row: Vec::new() }
    }

    /// The line of the last row, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next row; blank lines are none. A header's columns are shown to `check`.
    pub fn next(&mut self, check: Check<'_>) -> Option<Result<&InputRow, Problem>> {
        let mut buffer = std::mem::take(&mut self.buffer);
        let read = loop {
            let read = match self.read(&mut buffer) {
                Some(Ok(line)) if line.trim().is_empty() => None,
                Some(Ok(line)) => self.take(line, check),
                Some(Err(problem)) => Some(Err(problem)),
                None => break None,
            };
            if read.is_some() {
                break read;
            }
        };
        self.buffer = buffer;
        read.map(|read| read.map(|()| &self.row))
    }

    /// Makes the row what a line says; nothing for the header.
    fn take(&mut self, line: &str, check: Check<'_>) -> Option<Result<(), Problem>> {
        if let Some(Form::Csv { reader, delimiter }) = &mut self.form {
            return Some(of_csv(line, reader, *delimiter, &mut self.row));
        }
        if self.form.is_some() || line.trim_start().starts_with('{') {
            self.form = Some(Form::Json);
            return Some(of_json(line).map(|row| self.row = row));
        }
        match header(line, check) {
            Ok((form, row)) => (self.form, self.row) = (Some(form), row),
            Err(problem) => return Some(Err(self.whole(problem))),
        }
        None
    }

    /// The next line without its end; nothing at the end of the input.
    fn read<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Option<Result<&'b str, Problem>> {
        buffer.clear();
        let read = (&mut self.input).take(LONGEST + 1).read_until(b'\n', buffer);
        let read = match read.map_err(|why| self.broken(why)) {
            Ok(0) => return None,
            Ok(read) => u64::try_from(read).unwrap_or(u64::MAX),
            Err(problem) => return Some(Err(problem)),
        };
        self.line += 1;
        self.bytes += read;
        if read > LONGEST {
            return Some(self.skip(buffer).and_then(|()| {
                Err(refused(&format!("has more than {LONGEST} bytes"), "give one session a line"))
            }));
        }
        let bytes = buffer.strip_suffix(b"\n").unwrap_or(buffer);
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| self.line == 1).unwrap_or(bytes);
        Some(match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(_) if self.form.is_none() => {
                Err(self.whole(refused("is not UTF-8 text", "save or pipe it as UTF-8")))
            }
            Err(_) => Err(refused("is not UTF-8 text", "save or pipe it as UTF-8")),
        })
    }

    /// Past the end of a line that is too long.
    fn skip(&mut self, buffer: &mut Vec<u8>) -> Result<(), Problem> {
        while buffer.last() != Some(&b'\n') {
            buffer.clear();
            let read = (&mut self.input).take(LONGEST).read_until(b'\n', buffer);
            match read.map_err(|why| self.broken(why))? {
                0 => break,
                read => self.bytes += u64::try_from(read).unwrap_or(u64::MAX),
            }
        }
        Ok(())
    }

    fn broken(&self, why: std::io::Error) -> Problem {
        let message = format!(
            "parameter {}: the rows after line {} could not be read: {why}",
            self.parameter, self.line
        );
        Problem::new(Exit::NotUnderstood, message).about(self.parameter).because(why)
    }

    /// A problem that is about the parameter itself: no later row outlives it.
    fn whole(&self, problem: Problem) -> Problem {
        let message = format!("parameter {}: line {}: {}", self.parameter, self.line, problem.message);
        Problem { message, ..problem }.about(self.parameter)
    }
}

fn refused(why: &str, hint: &str) -> Problem {
    Problem::new(Exit::NotUnderstood, format!("the row {why}")).hint(hint)
}

/// A header, and a row with its columns; spreadsheets part them by semicolons where commas mean something else, and by
/// tabs.
fn header(line: &str, check: Check<'_>) -> Result<(Form, InputRow), Problem> {
    let parted = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(parted).unwrap_or(b',');
    let mut reader = Box::new(csv_core::ReaderBuilder::new().delimiter(delimiter).build());
    let mut row = InputRow::new();
    cells(line, &mut reader, delimiter, |name| row.push((name.into(), vec![String::new()])))?;
    row.iter().try_for_each(|(name, _)| check(name))?;
    Ok((Form::Csv { reader, delimiter }, row))
}

fn of_csv(
    line: &str,
    reader: &mut csv_core::Reader,
    delimiter: u8,
    row: &mut InputRow,
) -> Result<(), Problem> {
    let mut count = 0;
    cells(line, reader, delimiter, |cell| {
        if let Some((_, texts)) = row.get_mut(count) {
            texts.iter_mut().for_each(|text| cell.clone_into(text));
        }
        count += 1;
    })?;
    if count != row.len() {
        let why = format!("has {count} cells, and the header has {}", row.len());
        return Err(refused(&why, "put a cell that holds a comma in quotes"));
    }
    Ok(())
}

/// The cells of one line, one after the other; the reader is left as it was before.
fn cells(
    line: &str,
    reader: &mut csv_core::Reader,
    delimiter: u8,
    mut take: impl FnMut(&str),
) -> Result<(), Problem> {
    let is_quoted = line.bytes().fold(false, |any, byte| any | matches!(byte, b'"' | b'\r'));
    if !is_quoted {
        line.split(char::from(delimiter)).for_each(|cell| take(cell.trim()));
        return Ok(());
    }
    if line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        return Err(refused(
            "has a quote that is not closed",
            "close it; a quote within quotes is written twice",
        ));
    }
    reader.reset();
    let mut input = line.as_bytes();
    let mut cell = Vec::new();
    let mut buffer = [0; 256];
    loop {
        let (result, read, written) = reader.read_field(input, &mut buffer);
        input = input.get(read..).unwrap_or_default();
        cell.extend_from_slice(buffer.get(..written).unwrap_or_default());
        match result {
            // The end of the line is the end of the input: an empty one says so.
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                take(String::from_utf8_lossy(&cell).trim());
                cell.clear();
                if record_end {
                    return Ok(());
                }
            }
            ReadFieldResult::End => return Ok(()),
        }
    }
}

fn of_json(line: &str) -> Result<InputRow, Problem> {
    let no_object =
        || refused("is not a JSON object", r#"{"Server": "HUB01", "RemoteIPAddress": "192.168.5.77"}"#);
    let Ok(Json::Object(cells)) = serde_json::from_str::<Json>(line) else { return Err(no_object()) };
    cells.into_iter().map(|(name, value)| Ok((name.into(), texts(value).ok_or_else(no_object)?))).collect()
}

/// A value's texts; nothing for an object in it.
fn texts(value: Json) -> Option<Vec<String>> {
    Some(match value {
        Json::Null => Vec::new(),
        Json::Bool(flag) => vec![flag.to_string()],
        Json::Number(number) => vec![number.to_string()],
        Json::String(text) => vec![text],
        Json::Array(items) => items.into_iter().map(texts).collect::<Option<Vec<_>>>()?.concat(),
        Json::Object(_) => return None,
    })
}
