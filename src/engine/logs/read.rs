//! Files and standard input read to sessions: by threads, one each, never further ahead than a few batches.

#![expect(clippy::disallowed_methods, reason = "protocol logs are no part of a store")]

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use zip::ZipArchive;
use zip::result::ZipError;

use super::find::{is_member, sort_names};
use crate::param::STDIN;
use crate::protocol_log::{
    Broken, LogError, Packing, Service, Session, Sessions, Totals, packing, read_file, text,
};

/// Sessions that are handed over together.
const BATCH: usize = 64;
/// The most lines of a file that are not understood and are named.
const MOST_LINES: usize = 5;
/// Batches that may wait.
const AHEAD: usize = 16;

/// What a thread says of its file.
pub enum Message {
    /// Sessions that are over, or parts.
    Sessions(Vec<Session>),
    /// The file's end.
    Done {
        /// The file, as the user calls it; of an archive with the member.
        name: String,
        /// What was read of it.
        totals: Totals,
        /// The first lines that are not understood.
        broken: Vec<Broken>,
        /// Why it was not read to its end.
        result: Result<(), LogError>,
    },
}

/// What all threads share.
#[derive(Clone, Default)]
pub struct Shared {
    /// Whether they are to end.
    pub stop: Arc<AtomicBool>,
    /// Bytes of files that were read, packed as they are.
    pub bytes: Arc<AtomicU64>,
}

/// Begins to read a file.
///
/// # Errors
/// Where the system gives no thread.
pub fn start(path: PathBuf, name: String, shared: &Shared) -> io::Result<Receiver<Message>> {
    spawn(name, shared, move |worker, name| {
        let service = Service::of_path(&path.to_string_lossy());
        File::open(path).and_then(|file| worker.file(name, file, service))
    })
}

/// Begins to read standard input. Nobody waits for a pipe into which nothing comes, so it has a thread as well.
///
/// # Errors
/// Where the system gives no thread.
pub fn stdin(input: Box<dyn Read + Send>, shared: &Shared) -> io::Result<Receiver<Message>> {
    spawn(STDIN.to_owned(), shared, move |worker, name| worker.pipe(name, input, None))
}

fn spawn(
    name: String,
    shared: &Shared,
    read: impl FnOnce(&mut Worker<'_>, &str) -> io::Result<()> + Send + 'static,
) -> io::Result<Receiver<Message>> {
    let (sender, receiver) = sync_channel(AHEAD);
    let shared = shared.clone();
    thread::Builder::new().spawn(move || {
        let mut deliver = |message| sender.send(message).is_ok();
        let mut worker = Worker::new(&mut deliver, &shared);
        let read = read(&mut worker, &name);
        worker.end(name, read);
    })?;
    Ok(receiver)
}

/// A reader that counts.
struct Counted<R>(R, Arc<AtomicU64>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1.fetch_add(u64::try_from(read).unwrap_or_default(), Ordering::Relaxed);
        Ok(read)
    }
}

struct Worker<'d> {
    deliver: &'d mut dyn FnMut(Message) -> bool,
    shared: &'d Shared,
    batch: Vec<Session>,
    broken: Vec<Broken>,
}

impl<'d> Worker<'d> {
    fn new(deliver: &'d mut dyn FnMut(Message) -> bool, shared: &'d Shared) -> Self {
        Worker { deliver, shared, batch: Vec::new(), broken: Vec::new() }
    }

    fn end(&mut self, name: String, read: io::Result<()>) {
        if let Err(error) = read {
            self.done(name, Totals::default(), Err(LogError::Unread(error)));
        }
    }

    /// A pipe cannot be read twice, and an archive has its list at the end: it is kept in a file meanwhile.
    fn pipe(&mut self, name: &str, input: impl Read, service: Option<Service>) -> io::Result<()> {
        let (packing, mut input) = packing(Counted(input, self.shared.bytes.clone()))?;
        if packing == Packing::Zip {
            let mut kept = tempfile::tempfile()?;
            io::copy(&mut input, &mut kept)?;
            kept.rewind()?;
            return self.archive(name, kept, service);
        }
        let (totals, result) = read_file(text(input)?, service, self);
        self.done(name.to_owned(), totals, result);
        Ok(())
    }

    fn file(&mut self, name: &str, mut file: File, service: Option<Service>) -> io::Result<()> {
        // What `<(…)` names is a pipe.
        if !file.metadata()?.is_file() {
            return self.pipe(name, file, service);
        }
        let (packing, _) = packing(&mut file)?;
        file.rewind()?;
        if packing == Packing::Zip {
            return self.archive(name, file, service);
        }
        let input = text(Counted(file, self.shared.bytes.clone()))?;
        let (totals, result) = read_file(input, service, self);
        self.done(name.to_owned(), totals, result);
        Ok(())
    }

    /// Every log of an archive.
    fn archive(&mut self, name: &str, file: File, service: Option<Service>) -> io::Result<()> {
        let mut archive = ZipArchive::new(BufReader::new(file))?;
        let names = archive.file_names().map(str::to_owned).enumerate().map(|(at, name)| (name, at));
        let mut members: Vec<(String, usize)> = names.filter(|(name, _)| is_member(name)).collect();
        sort_names(&mut members);
        if members.is_empty() {
            self.done(name.to_owned(), Totals::default(), Err(LogError::NotALog));
        }
        let mut encrypted = 0;
        for (member, at) in members {
            let file = match archive.by_index(at) {
                Ok(file) => file,
                Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                    encrypted += 1;
                    continue;
                }
                Err(error) => {
                    self.done(
                        format!("{name}: {member}"),
                        Totals::default(),
                        Err(LogError::Unread(error.into())),
                    );
                    continue;
                }
            };
            let packed = file.compressed_size();
            let service = Service::of_path(&member).or(service);
            let (totals, result) = read_file(text(file)?, service, self);
            self.shared.bytes.fetch_add(packed, Ordering::Relaxed);
            self.done(format!("{name}: {member}"), totals, result);
        }
        if encrypted > 0 {
            self.done(name.to_owned(), Totals::default(), Err(LogError::Encrypted(encrypted)));
        }
        Ok(())
    }

    fn send(&mut self, message: Message) {
        if !(self.deliver)(message) {
            self.shared.stop.store(true, Ordering::Relaxed);
        }
    }

    fn flush(&mut self) {
        if !self.batch.is_empty() {
            let batch = std::mem::take(&mut self.batch);
            self.send(Message::Sessions(batch));
        }
    }

    fn done(&mut self, name: String, totals: Totals, result: Result<(), LogError>) {
        self.flush();
        let result = match result {
            Err(LogError::Io { line: 0, error }) => Err(LogError::Unread(error)),
            result => result,
        };
        let broken = std::mem::take(&mut self.broken);
        self.send(Message::Done { name, totals, broken, result });
    }
}

impl Sessions for Worker<'_> {
    fn session(&mut self, session: Session) {
        self.batch.push(session);
        if self.batch.len() >= BATCH {
            self.flush();
        }
    }

    fn broken(&mut self, broken: Broken) {
        if self.broken.len() < MOST_LINES {
            self.broken.push(broken);
        }
    }

    fn is_enough(&mut self, _bytes: u64) -> bool {
        self.shared.stop.load(Ordering::Relaxed)
    }
}
