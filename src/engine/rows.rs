//! Rows of a file or of standard input, answered one after the other in constant memory: what is printed of one is
//! forgotten before the next but some is read.
//!
//! What a row means is the cmdlet's to know; how rows are written is [`super::record`]'s.

#![expect(clippy::disallowed_methods, reason = "a file of questions is no part of a store")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};

use encoding_rs_io::DecodeReaderBytesBuilder;

use super::input::nothing_piped;
use super::record::Records;
use super::{Options, World, left_out};
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Batch, Call, Draft, RowHandler, to_type};
use crate::output::{Format, Progress, Stream, Ui};
use crate::param::STDIN;

/// Answers every row of the file.
///
/// # Errors
/// Exit 2 where the file cannot be read or its columns mean nothing, and what ends a run of any cmdlet.
pub fn run(
    rows: &Batch,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    world: &World,
    options: &Options,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    let (input, size) = open(rows, call, world)?;
    let mut progress = Progress::beside(ui.err_screen(), ui.screen(), size);
    let mut records = Records::new(BufReader::new(utf8(input)), rows.parameter);
    let mut answering = (rows.begin)(rows.defaults.clone());
    // Whoever pipes rows in may wait for each answer; a table has columns, so it waits for some.
    let waits = if rows.file == STDIN && options.format != Format::Table { 1 } else { Stream::MANY };
    let mut stream = Stream::new(options.format, &options.properties, waits);
    let (mut tally, json) = (Tally::default(), options.format == Format::Json);
    while let Some(record) = records.next(&mut |name| answering.column(name)) {
        match record.and_then(|record| answered(&mut *answering, record, draft, &mut tally)) {
            Ok(object) => match stream.put(object, ui.screen())? {
                waiting if waiting.is_empty() => {}
                text => ui.data(&text)?,
            },
            Err(problem) if ends(&problem, rows) => return Err(problem),
            Err(problem) => {
                tally.bad += 1;
                progress.suspend(|| ui.error(&at_line(problem, records.line()), json));
            }
        }
        progress.at(records.bytes());
        if ui.closed() {
            break;
        }
    }
    ui.data(&stream.end(ui.screen())?)?;
    left_out(stream.absent(), ui);
    progress.end();
    ui.notice(&tally.describe());
    Ok(tally.exit())
}

/// Whether no further row can fare better: the store is at fault, or the file itself.
fn ends(problem: &Problem, rows: &Batch) -> bool {
    let of_row = matches!(problem.exit, Exit::Refused | Exit::NotUnderstood | Exit::NotFound);
    !of_row || problem.parameter == Some(rows.parameter)
}

fn answered(
    answering: &mut dyn RowHandler,
    record: &crate::cmdlet::InputRow,
    draft: &mut Draft<'_>,
    tally: &mut Tally,
) -> Result<crate::answer::Object, Problem> {
    let answered = answering.answer(record, draft)?;
    *tally.outcomes.entry(answered.outcome).or_default() += 1;
    tally.unwanted += u64::from(!answered.wanted);
    tally.expects |= answered.expects;
    Ok(answered.object)
}

fn at_line(problem: Problem, line: u64) -> Problem {
    Problem { message: format!("line {line}: {}", problem.message), ..problem }
}

/// UTF-8 of what is UTF-16 by its mark, as Windows PowerShell's `>` and Export-Csv write it; all else as it is.
fn utf8(input: Box<dyn Read>) -> impl Read {
    DecodeReaderBytesBuilder::new().utf8_passthru(true).strip_bom(true).build(input)
}

/// The file with its size, where it has one.
fn open(rows: &Batch, call: &Call<'_>, world: &World) -> Result<(Box<dyn Read>, Option<u64>), Problem> {
    let refused = |why: &str, hint: &str| {
        let message = format!("parameter {}: {why}", rows.parameter);
        Problem::new(Exit::NotUnderstood, message).hint(hint).about(rows.parameter)
    };
    if rows.file == STDIN {
        let input = (world.input)().ok_or_else(|| {
            let line = to_type(call.cmdlet, &call.args, None);
            nothing_piped(rows.parameter).hint(format!("pipe rows in: … | {line}"))
        })?;
        return Ok((input, None));
    }
    let file = File::open(world.environment.directory.join(&rows.file));
    let file = file.and_then(|file| Ok((file.metadata()?, file))).map_err(|why| {
        refused(
            &format!("`{}` could not be read: {why}", rows.file),
            "name a file that is there, or - for standard input",
        )
        .because(why)
    })?;
    let size = Some(file.0.len()).filter(|_| file.0.is_file());
    Ok((Box::new(file.1), size))
}

/// What came of all rows.
#[derive(Default)]
struct Tally {
    outcomes: BTreeMap<&'static str, u64>,
    unwanted: u64,
    /// Whether any row said what is wanted.
    expects: bool,
    bad: u64,
}

impl Tally {
    /// `12 rows: 10 accepted, 2 rejected; 1 row was not understood`.
    fn describe(&self) -> String {
        let all: u64 = self.outcomes.values().sum();
        let each: Vec<String> =
            self.outcomes.iter().map(|(name, count)| format!("{count} {}", name.to_lowercase())).collect();
        let rows = if all == 1 { "1 row" } else { "rows" };
        let counted = if all == 1 { rows.to_owned() } else { format!("{all} {rows}") };
        let mut described = if each.is_empty() { counted } else { format!("{counted}: {}", each.join(", ")) };
        if self.unwanted > 0 && self.expects {
            described.push_str(&format!("; {} not as expected", self.unwanted));
        }
        if self.bad > 0 {
            let were = if self.bad == 1 { "row was" } else { "rows were" };
            described.push_str(&format!("; {} {were} not understood", self.bad));
        }
        described
    }

    fn exit(&self) -> Exit {
        match (self.bad, self.unwanted) {
            (0, 0) => Exit::Done,
            (0, _) => Exit::No,
            _ => Exit::NotUnderstood,
        }
    }
}
