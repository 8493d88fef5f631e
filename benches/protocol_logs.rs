//! Protocol logs: what it takes to read them, to make facts of a session and to decide it again, in memory.
//! `cargo bench --bench protocol_logs`; followed by `-- write DIR MB` it writes logs for benches/protocol-logs.sh.

#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]
#![expect(clippy::disallowed_methods, reason = "logs are written to files")]

#[path = "logs/generator.rs"]
mod generator;

use std::collections::HashMap;
use std::fs::{File, create_dir_all};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;

use criterion::{Criterion, Throughput};
use exch::protocol_log::{Broken, Facts, Session, Sessions, read_file};
use exch::replay::Model;
use exch::session::{Layout, Service};
use generator::{Generator, HEADER, Log, host, policy};

/// The bytes of a file, as servers have it by default.
const FILE: usize = 10 << 20;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", directory, megabytes, ..] => {
            write(Path::new(directory), megabytes.parse::<usize>().unwrap() << 20)
        }
        _ => measure(),
    }
}

/// Writes that many bytes of logs, both services' below their folders, in files of [`FILE`] bytes.
fn write(directory: &Path, bytes: usize) {
    let host = host();
    let policy = policy(&host);
    let mut generator = Generator::new(&host, &policy, 1, u64::MAX);
    let mut files: HashMap<Log, (usize, usize, BufWriter<File>)> = HashMap::new();
    let (mut text, mut written) = (String::new(), 0);
    while written < bytes {
        let Some(log) = generator.next_line(&mut text) else { break };
        let number = files.get(&log).map_or(0, |(number, ..)| *number);
        if files.get(&log).is_none_or(|(_, size, _)| *size >= FILE) {
            let folder = match log {
                Log::FrontEnd => "FrontEnd",
                Log::Hub => "Hub",
            };
            let folder = directory.join(folder).join("ProtocolLog/SmtpReceive");
            create_dir_all(&folder).unwrap();
            let path = folder.join(format!("RECV2026100108-{}.LOG", number + 1));
            let mut file = BufWriter::new(File::create(path).unwrap());
            file.write_all(HEADER.as_bytes()).unwrap();
            files.insert(log, (number + 1, 0, file));
        }
        let (_, size, file) = files.get_mut(&log).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        *size += text.len();
        written += text.len();
    }
    files.into_values().for_each(|(_, _, mut file)| file.flush().unwrap());
}

#[derive(Default)]
struct Got(Vec<Session>);

impl Sessions for Got {
    fn session(&mut self, session: Session) {
        self.0.push(session);
    }

    fn broken(&mut self, _: Broken) {}

    fn is_enough(&mut self, _: u64) -> bool {
        false
    }
}

fn read(text: &str) -> Vec<Session> {
    let mut got = Got::default();
    read_file(text.as_bytes(), None, &mut got).1.unwrap();
    got.0
}

fn measure() {
    let host = host();
    let policy = policy(&host);
    let mut generator = Generator::new(&host, &policy, 1, 5_000);
    let (mut log, mut line) = (HEADER.to_owned(), String::new());
    while generator.next_line(&mut line).is_some() {
        log.push_str(&line);
    }
    let sessions = read(&log);
    let layout = Layout::new(&host);
    let service = Service::laid_out(&host, &policy, &layout);
    let model = Model { host: &host, policy: &policy, service: &service };
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("a log of 5,000 clients");
    group.throughput(Throughput::Bytes(log.len() as u64));
    group.bench_function("read to sessions", |b| b.iter(|| read(black_box(&log)).len()));
    group.throughput(Throughput::Elements(sessions.len() as u64));
    group.bench_function("facts", |b| {
        b.iter(|| {
            sessions.iter().map(|session| Facts::of(black_box(session)).exchanges.len()).sum::<usize>()
        });
    });
    let facts: Vec<Facts<'_>> = sessions.iter().map(Facts::of).collect();
    group.bench_function("decide again", |b| {
        b.iter(|| {
            let all = sessions.iter().zip(&facts);
            all.map(|(session, facts)| model.replay(black_box(session), facts).findings.len()).sum::<usize>()
        });
    });
    group.finish();
    criterion.final_summary();
}
