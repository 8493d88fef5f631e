//! Files of a real organization's objects, as a user names them: files, directories of them, archives. They are read one
//! after the other and never kept as a whole.

mod find;

use std::io::{self, BufReader, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use find::Source;

use super::World;
use crate::answer::{Exit, Problem};
use crate::cmdlet::EXPORT_PATH;
use crate::exported::{self, Export, Format, Refused};
use crate::output::{Progress, Ui};

/// How much is read at a time.
const CHUNK: usize = 1 << 16;

/// The most objects whose refusal is shown.
const SHOWN: usize = 20;

/// Reads what `paths` name.
///
/// # Errors
/// Exit 2 for a file that cannot be read or is no export, and where no file is one; exit 1 where objects in it cannot be
/// taken in.
pub(super) fn read(paths: &[String], world: &World, ui: &mut Ui<'_>) -> Result<Export, Problem> {
    let files = find::sources(paths, world)?;
    let total = files.iter().map(|file| file.size).sum();
    let mut progress = Progress::beside(ui.err_screen(), ui.screen(), Some(total));
    let (mut export, mut done, mut taken) = (Export::default(), 0, 0);
    for file in &files {
        let mut at = |bytes| progress.at(done + bytes);
        let read = file.open(|input| one(file, input, &mut export, &mut at));
        match read.unwrap_or_else(|why| Err(Unread::Broken(reason(&why), EXPORT_AGAIN))) {
            Ok(()) => taken += 1,
            Err(Unread::Unknown(what)) if !file.named => {
                progress.suspend(|| ui.notice(&format!("`{}` is left out: it {what}", file.path)));
            }
            Err(Unread::Unknown(what)) => {
                return Err(unread(&file.path, &format!("it {what}"), EXPORT_AGAIN));
            }
            Err(Unread::Broken(what, hint)) => return Err(unread(&file.path, &what, hint)),
        }
        done += file.size;
    }
    progress.end();
    // What was not read cannot be said to be the same.
    if taken == 0 {
        let message = format!("parameter {}: `{}` has no export", EXPORT_PATH.name, paths.join("`, `"));
        return Err(Problem::new(Exit::NotUnderstood, message).hint(EXPORT_AGAIN).about(EXPORT_PATH.name));
    }
    export.finish();
    match refusals(&export.refused) {
        Some(problem) => Err(problem),
        None => Ok(export),
    }
}

/// Why a file is not read.
enum Unread {
    /// It is no export.
    Unknown(String),
    /// It is one, and cannot be read to its end; with what to do about it.
    Broken(String, &'static str),
}

fn one(
    file: &Source,
    input: &mut dyn Read,
    export: &mut Export,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Unread> {
    let broken = |why: io::Error| Unread::Broken(reason(&why), EXPORT_AGAIN);
    let mut head = [0; 4096];
    let length = fill(input, &mut head).map_err(broken)?;
    let head = head.get(..length).unwrap_or_default();
    let encoding = without_mark(head);
    let begins = decoded(head, encoding);
    // No Export-Clixml writes an empty file: it failed, or its copy did.
    if begins.trim().is_empty() && is_clixml(&file.path) {
        return Err(Unread::Broken("it is empty".to_owned(), EXPORT_AGAIN));
    }
    let begins = Format::of(&begins).ok_or_else(|| Unread::Unknown(Format::otherwise(&begins)))?;
    let counted = Counted { inner: io::Cursor::new(head.to_vec()).chain(input), read: 0, progress };
    let text = DecodeReaderBytesBuilder::new()
        .encoding(encoding)
        .utf8_passthru(encoding.is_none())
        .strip_bom(true)
        .build(counted);
    export.begin(file.path.clone(), begins, file.time);
    let hint = if begins.is_partial() { CORRECT } else { EXPORT_AGAIN };
    exported::read(begins, BufReader::with_capacity(CHUNK, text), export)
        .map_err(|what| Unread::Broken(what, hint))
}

/// Whether a file is called as what Export-Clixml writes.
fn is_clixml(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.ends_with(".xml") || path.ends_with(".clixml")
}

/// Reads until the buffer is full or the file ends.
fn fill(input: &mut dyn Read, head: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while let Some(rest) = head.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match input.read(rest)? {
            0 => break,
            read => length += read,
        }
    }
    Ok(length)
}

/// UTF-16 without a byte order mark: of an ASCII character one byte is zero.
fn without_mark(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [first, 0, ..] if *first != 0 => Some(UTF_16LE),
        [0, second, ..] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The beginning of a file as text.
fn decoded(head: &[u8], encoding: Option<&'static Encoding>) -> String {
    let found = Encoding::for_bom(head).map(|(encoding, _)| encoding).or(encoding);
    found.unwrap_or(encoding_rs::UTF_8).decode(head).0.into_owned()
}

/// Says how much was read.
struct Counted<'p, R> {
    inner: R,
    read: u64,
    progress: &'p mut dyn FnMut(u64),
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += u64::try_from(read).unwrap_or_default();
        (self.progress)(self.read);
        Ok(read)
    }
}

/// All objects that cannot be taken in, as one problem.
fn refusals(refused: &[Refused]) -> Option<Problem> {
    let mut problems = refused.iter().take(SHOWN).map(|refused| {
        let Refused { path, kind, object, finding } = refused;
        let message = format!("{path}: {} `{object}`: {}", kind.noun(), finding.message);
        let whole = || format!("export it whole: {}", kind.export_command());
        Problem::new(Exit::Refused, message)
            .hint(finding.hint.clone().unwrap_or_else(whole))
            .about(EXPORT_PATH.name)
    });
    let first = problems.next()?;
    Some(first.with(problems.collect()))
}

fn reason(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => why.to_string(),
    }
}

/// What to do about a file that is no whole export.
const EXPORT_AGAIN: &str = "export it again: Get-ReceiveConnector | Export-Clixml ReceiveConnector.xml";

/// The same about one that somebody writes.
const CORRECT: &str = "correct the file, or import an export of the server";

fn unread(path: &str, what: &str, hint: &str) -> Problem {
    let message = format!("parameter {}: `{path}` cannot be read: {what}", EXPORT_PATH.name);
    Problem::new(Exit::NotUnderstood, message).hint(hint).about(EXPORT_PATH.name)
}
