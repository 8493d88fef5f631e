//! Protocol logs, read session by session in memory that does not grow with their length: files are found and read
//! here, what a session means is the cmdlet's to know.

mod copies;
mod find;
mod read;
mod repeated;

use std::collections::VecDeque;
use std::io::{ErrorKind, Read};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use self::copies::{Copied, without_copies};
use self::find::{Source, sources};
use self::read::{Message, Shared, start};
use self::repeated::Repeated;
use super::input::nothing_piped;
use super::shutdown::SHUTDOWN;
use super::{Options, World, left_out, remarks, show};
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::{Call, Draft, LogFiles, LogsRead, SessionHandler, to_type};
use crate::output::{Format, Progress, Stream, Ui};
use crate::protocol_log::{Broken, Join, LogError, Session, Totals};
use crate::text::grouped;

/// How long a wait for sessions may hide that the program was told to end.
const LOOK: Duration = Duration::from_millis(100);
/// The most files whose lines that were not understood are reported one by one.
const MOST_BROKEN: u64 = 5;
/// The most files that are no logs and are reported one by one, beside the last.
const MOST_REFUSED: u64 = 5;
/// So many rows at the end are printed together: of some megabytes.
const TOGETHER: usize = 10_000;
/// The most empty files that are named.
const MOST_EMPTY: usize = 5;
/// The most copies that are reported one by one.
const MOST_COPIES: usize = 5;

/// Reads the logs, and prints what the cmdlet makes of them.
///
/// # Errors
/// Exit 2 where no file can be read as a log, and what ends a run of any cmdlet.
pub fn run(
    files: &LogFiles,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    world: &World,
    options: &Options,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    let (sources, copied) = without_copies(sources(files, &world.environment.directory)?);
    report_copies(&copied, ui);
    let input = if sources.contains(&Source::Stdin) { (world.input)() } else { None };
    if input.is_none() && sources.contains(&Source::Stdin) {
        let line = to_type(call.cmdlet, &call.args, None);
        return Err(nothing_piped(files.parameter)
            .hint(format!("pipe a log in: zcat RECV2026100108-1.LOG.gz | {line}")));
    }
    let handler = (files.begin)(&files.args, draft)?;
    SHUTDOWN.listen();
    let mut run = Run {
        parameter: files.parameter,
        empty: Vec::new(),
        handler,
        read: LogsRead::default(),
        stream: Stream::new(options.format, &options.properties, Stream::MANY).in_lines(),
        streams: false,
        refused: None,
        refused_before: 0,
        broken: 0,
        repeated: Repeated::default(),
        repeating: 0,
        begun: 0,
        progress: progress(&sources, ui),
        shared: Shared::default(),
        json: options.format == Format::Json,
    };
    run.all(sources, input, draft, ui)?;
    run.progress.end();
    run.report_more(ui);
    if run.read.files == 0
        && let Some(problem) = run.refused.take().or_else(|| run.all_empty())
    {
        return Err(problem);
    }
    run.report_empty(ui);
    let outcome = match run.handler.end(&run.read, draft) {
        Ok(outcome) => outcome,
        Err(problem) => {
            // What was printed is whole, and a file that could not be read is named as well.
            if run.streams {
                let rest = run.stream.end(ui.screen())?;
                ui.data(&rest)?;
            }
            run.refused.iter().for_each(|refused| ui.error(refused, run.json));
            return Err(problem);
        }
    };
    if run.streams {
        let rest = run.stream.end(ui.screen())?;
        ui.data(&rest)?;
    }
    // What is said of a part is known to be that before it is read.
    if run.read.interrupted {
        ui.warning("interrupted: what is printed is of the part that was read", None);
    }
    if run.streams {
        outcome.notices.iter().for_each(|notice| ui.notice(notice));
        left_out(run.stream.absent(), ui);
    } else if let Some(first) = run.handler.row() {
        remarks(&outcome, ui);
        rows(first, &mut *run.handler, options, ui)?;
    } else {
        show(&outcome, options, ui)?;
    }
    if run.read.interrupted {
        return Ok(SHUTDOWN.requested().unwrap_or(Exit::Interrupted));
    }
    Ok(run.refused.map_or(outcome.exit, |problem| {
        ui.error(&problem, run.json);
        problem.exit
    }))
}

/// Prints the rows of a handler, from the first one on. Tables and lists have a good many rows together, so that few have
/// columns of another width.
fn rows(
    first: Object,
    handler: &mut dyn SessionHandler,
    options: &Options,
    ui: &mut Ui<'_>,
) -> Result<(), Problem> {
    let many = if matches!(options.format, Format::Table | Format::List) { TOGETHER } else { Stream::MANY };
    let mut stream = Stream::new(options.format, &options.properties, many);
    let mut next = Some(first);
    while let Some(row) = next.take_if(|_| !ui.closed()) {
        let text = stream.put(row, ui.screen())?;
        if !text.is_empty() {
            ui.data(&text)?;
        }
        next = handler.row();
    }
    let rest = stream.end(ui.screen())?;
    ui.data(&rest)?;
    left_out(stream.absent(), ui);
    Ok(())
}

/// A session that is counted twice is a wrong number, so what is left out is named.
fn report_copies(copied: &[Copied], ui: &mut Ui<'_>) {
    for Copied { name, of, is_part } in copied.iter().take(MOST_COPIES) {
        let is = if *is_part { "an earlier copy" } else { "a copy" };
        ui.warning(&format!("`{name}` is {is} of `{of}`: its sessions are counted once"), None);
    }
    let more = copied.len().saturating_sub(MOST_COPIES);
    if more > 0 {
        let are = if more == 1 { "file is a copy" } else { "files are copies" };
        ui.warning(&format!("{more} more {are} of others: their sessions are counted once"), None);
    }
}

fn progress(sources: &[Source], ui: &Ui<'_>) -> Progress {
    let size = |source: &Source| match source {
        Source::Stdin => None,
        Source::File { size, .. } => Some(*size),
    };
    Progress::new(ui.err_screen(), sources.iter().map(size).sum())
}

struct Run<'o> {
    parameter: &'static str,
    /// Files without a byte: an error where there is no log beside them.
    empty: Vec<String>,
    handler: Box<dyn SessionHandler>,
    read: LogsRead,
    stream: Stream<'o>,
    /// Whether objects were printed while sessions came.
    streams: bool,
    /// The last file that could not be read; those before are reported.
    refused: Option<Problem>,
    /// Such files before the last.
    refused_before: u64,
    /// Files with lines that were not understood.
    broken: u64,
    repeated: Repeated,
    /// Files with sessions that were there before.
    repeating: usize,
    /// Lines of sessions of the file that is not read to its end.
    begun: u64,
    progress: Progress,
    shared: Shared,
    json: bool,
}

impl Run<'_> {
    /// Standard input, then every file in order; as many are read at once as there are processors.
    fn all(
        &mut self,
        sources: Vec<Source>,
        input: Option<Box<dyn Read + Send>>,
        draft: &mut Draft<'_>,
        ui: &mut Ui<'_>,
    ) -> Result<(), Problem> {
        let at_once = thread::available_parallelism().map_or(1, usize::from);
        let mut join = Join::default();
        let mut files = sources.into_iter().filter_map(|source| match source {
            Source::Stdin => None,
            Source::File { path, shown, .. } => Some((path, shown)),
        });
        let mut reading: VecDeque<Receiver<Message>> = VecDeque::new();
        if let Some(input) = input {
            reading.push_back(read::stdin(input, &self.shared).map_err(no_thread)?);
        }
        loop {
            for (path, name) in files.by_ref().take(at_once.saturating_sub(reading.len())) {
                reading.push_back(start(path, name, &self.shared).map_err(no_thread)?);
            }
            let Some(messages) = reading.pop_front() else { break };
            if !self.file(&messages, &mut join, draft, ui)? {
                self.shared.stop.store(true, Ordering::Relaxed);
                break;
            }
        }
        // Of a file that was left, what was taken of it counts.
        if self.begun > 0 {
            self.read.files += 1;
            self.read.totals.add(&Totals { lines: self.begun, events: self.begun, ..Totals::default() });
        }
        self.take(join.finish(), draft, ui)
    }

    /// One file to its end; whether to go on with the next.
    fn file(
        &mut self,
        messages: &Receiver<Message>,
        join: &mut Join,
        draft: &mut Draft<'_>,
        ui: &mut Ui<'_>,
    ) -> Result<bool, Problem> {
        loop {
            match messages.recv_timeout(LOOK) {
                Ok(message) => {
                    if !self.message(message, join, draft, ui)? {
                        return Ok(false);
                    }
                }
                Err(RecvTimeoutError::Timeout) if self.is_told_to_end() => return Ok(false),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(true),
            }
        }
    }

    fn is_told_to_end(&mut self) -> bool {
        self.read.interrupted = SHUTDOWN.requested().is_some();
        self.read.interrupted
    }

    /// Takes what was read; whether to read on.
    fn message(
        &mut self,
        message: Message,
        join: &mut Join,
        draft: &mut Draft<'_>,
        ui: &mut Ui<'_>,
    ) -> Result<bool, Problem> {
        match message {
            Message::Sessions(sessions) => {
                let mut over = Vec::with_capacity(sessions.len());
                let lines: usize = sessions.iter().map(Session::len).sum();
                self.begun += u64::try_from(lines).unwrap_or_default();
                let repeated = &mut self.repeated;
                let new = sessions.into_iter().filter(|one| !repeated.has(one));
                new.for_each(|one| join.push(one, &mut |session| over.push(session)));
                self.take(over, draft, ui)?;
                self.progress.at(self.shared.bytes.load(Ordering::Relaxed));
            }
            Message::Done { name, totals, broken, result } => self.done(&name, &totals, broken, result, ui),
        }
        Ok(!self.is_told_to_end() && !ui.closed())
    }

    fn take(
        &mut self,
        sessions: Vec<Session>,
        draft: &mut Draft<'_>,
        ui: &mut Ui<'_>,
    ) -> Result<(), Problem> {
        let mut text = String::new();
        for session in sessions {
            self.read.sessions += 1;
            self.read.cover(&session);
            for object in self.handler.session(&session, draft)? {
                self.streams = true;
                text.push_str(&self.stream.put(object, ui.screen())?);
            }
            text.push_str(&self.handler.text());
        }
        if !text.is_empty() && ui.screen().terminal {
            self.progress.give_way();
        }
        ui.data(&text)
    }

    /// Reports sessions of a file that were there before.
    fn again(&mut self, name: &str, ui: &mut Ui<'_>) {
        let count = self.repeated.take();
        self.repeating += usize::from(count > 0);
        if count > 0 && self.repeating <= MOST_COPIES {
            let are = if count == 1 { "session was" } else { "sessions were" };
            let sentence = format!("{name}: {} {are} read before, and counted once", grouped(count));
            self.progress.suspend(|| ui.warning(&sentence, None));
        }
    }

    /// Reports how many files have what was reported of the first ones alone.
    fn report_more(&self, ui: &mut Ui<'_>) {
        let repeating = self.repeating.saturating_sub(MOST_COPIES);
        let all = [
            (self.broken.saturating_sub(MOST_BROKEN), "has lines", "have lines", "that were not understood"),
            (
                u64::try_from(repeating).unwrap_or(u64::MAX),
                "has sessions",
                "have sessions",
                "that were read before",
            ),
            (self.refused_before.saturating_sub(MOST_REFUSED), "was", "were", "not read as receive logs"),
        ];
        for (more, one, many, rest) in all.into_iter().filter(|(more, ..)| *more > 0) {
            let files = if more == 1 { format!("file {one}") } else { format!("files {many}") };
            ui.warning(&format!("{} more {files} {rest}", grouped(more)), None);
        }
    }

    /// Names files without a byte: the newest log of a server is one until it writes to it, and no other log misses it.
    fn report_empty(&self, ui: &mut Ui<'_>) {
        let mut names: Vec<String> =
            self.empty.iter().take(MOST_EMPTY).map(|name| format!("`{name}`")).collect();
        match self.empty.len().saturating_sub(MOST_EMPTY) {
            0 => {}
            more => names.push(format!("{more} more")),
        }
        match names.as_slice() {
            [] => {}
            [one] => ui.notice(&format!("{one} is empty: the server has not written to it yet")),
            [first @ .., last] => {
                let names = first.join(", ");
                ui.notice(&format!("{names} and {last} are empty: the server has not written to them yet"));
            }
        }
    }

    /// Why nothing was read where every file is empty.
    fn all_empty(&self) -> Option<Problem> {
        self.empty.last().map(|name| refused(self.parameter, name, LogError::Empty))
    }

    /// Counts a file, or reports why it cannot be.
    fn done(
        &mut self,
        name: &str,
        totals: &Totals,
        broken: Vec<Broken>,
        result: Result<(), LogError>,
        ui: &mut Ui<'_>,
    ) {
        self.again(name, ui);
        self.begun = 0;
        let is_log = result.is_ok() || totals.events > 0;
        self.read.files += u64::from(is_log);
        if is_log {
            self.read.totals.add(totals);
        }
        if is_log && !broken.is_empty() {
            self.broken += 1;
            if self.broken <= MOST_BROKEN {
                let sentence = format!("{name}: {}", not_understood(&broken, totals.broken));
                self.progress.suspend(|| ui.warning(&sentence, None));
            }
        }
        if matches!(result, Err(LogError::Empty)) {
            self.empty.push(name.to_owned());
        } else if let Err(error) = result {
            self.read.cut |= is_log || error.is_of_log();
            let problem = refused(self.parameter, name, error);
            if let Some(before) = self.refused.replace(problem) {
                self.refused_before += 1;
                if self.refused_before <= MOST_REFUSED {
                    self.progress.suspend(|| ui.error(&before, self.json));
                }
            }
        }
    }
}

/// The first lines that are not understood, of so many: those with one reason together.
fn not_understood(broken: &[Broken], all: u64) -> String {
    let were = if all == 1 { "line was" } else { "lines were" };
    let reasons = broken.chunk_by(|one, next| one.why == next.why).map(|alike| {
        let numbers: Vec<String> = alike.iter().map(|one| one.line.to_string()).collect();
        let lines = if alike.len() == 1 { "line" } else { "lines" };
        let why = alike.first().map_or("", |one| one.why);
        format!("; {lines} {}: {why}", numbers.join(", "))
    });
    let more = all.saturating_sub(u64::try_from(broken.len()).unwrap_or(all));
    let more = if more > 0 { format!("; and {} more", grouped(more)) } else { String::new() };
    format!("{} {were} not understood{}{more}", grouped(all), reasons.collect::<String>())
}

fn no_thread(why: std::io::Error) -> Problem {
    Problem::new(Exit::Store, format!("the system starts no thread to read a file: {why}")).because(why)
}

/// Why a file is no log, or not read to its end.
fn refused(parameter: &'static str, name: &str, error: LogError) -> Problem {
    let hint = match &error {
        LogError::Send | LogError::Turned(..) => {
            "name receive logs: RECV*.LOG in the folder SmtpReceive of a service"
        }
        LogError::Io { .. } => "what was read before is counted; copy the file again",
        LogError::Behind { .. } => "what was read before is counted; name the receive logs themselves",
        LogError::Unread(error) if error.kind() == ErrorKind::PermissionDenied => find::NOT_ALLOWED,
        LogError::Unread(error) if error.kind() == ErrorKind::Unsupported => {
            "unpack it, and name the folder of the logs"
        }
        LogError::Unread(_) => "copy the file again",
        LogError::Encrypted(_) => "unpack it with its password, and name the folder of the logs",
        LogError::Tar => "unpack it, and name the folder of the logs",
        LogError::NoLine { .. } => {
            "name receive logs as the server wrote them: another program may have changed the dates or the columns"
        }
        LogError::Empty => "a log that the server has not written to yet is empty; leave it out",
        LogError::Columns | LogError::Other(_) | LogError::NotALog => {
            "name receive logs: RECV*.LOG, as they are, in gzip or in zip"
        }
    };
    let message = format!("parameter {parameter}: `{}`: {error}", name);
    Problem::new(Exit::NotUnderstood, message).hint(hint).about(parameter).because(error)
}
