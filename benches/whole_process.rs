//! Times whole processes of `exch` against git's on the same files, taking turns in one run, at 1 and at 10,000
//! servers of 20 connectors; and what TAB waits for. `cargo bench --bench whole_process`; `-- 1 1000` gives other sizes, `ROUNDS=n` other
//! rounds, `STORES=dir` keeps the stores there for another run. See docs/performance.md.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement has the disk, the clock and the terminal, and stops where it fails"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use exch::connector::{Host, ReceiveConnector};
use exch::permission::DOMAIN;
use exch::server::{Directory, Server};
use exch::store::{Change, Identity, Ownership, Person, StoreRepository, When, document};

const CONNECTORS: usize = 20;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1, 10_000] } else { sizes };
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let home = tempfile::tempdir().unwrap();
    let kept = std::env::var("STORES").map_or_else(|_| home.path().to_owned(), PathBuf::from);
    let worlds: Vec<World> = sizes.iter().map(|size| World::make(&kept, *size)).collect();
    let mut times = Times::default();
    for round in 0..rounds + 3 {
        // The first rounds warm caches.
        let mut note = |what: String, took: Duration| {
            if round >= 3 {
                times.0.entry(what).or_default().push(took);
            }
        };
        note("start, git".into(), run(&mut program("git", home.path(), &["--version"])));
        note("start, exch".into(), run(&mut program(EXCH, home.path(), &["--version"])));
        for world in &worlds {
            world.round(round, &mut note);
        }
    }
    times.print(&sizes);
}

const EXCH: &str = env!("CARGO_BIN_EXE_exch");

#[derive(Default)]
struct Times(BTreeMap<String, Vec<Duration>>);

impl Times {
    fn median(&self, what: &str) -> f64 {
        let mut all = self.0.get(what).cloned().unwrap_or_default();
        all.sort();
        all.get(all.len() / 2).map_or(f64::NAN, |took| took.as_secs_f64() * 1e3)
    }

    fn print(&self, sizes: &[usize]) {
        for (what, all) in &self.0 {
            let (least, most) = (all.iter().min().unwrap(), all.iter().max().unwrap());
            println!(
                "{what:28} median {:8.2} ms  least {:8.2}  most {:8.2}",
                self.median(what),
                least.as_secs_f64() * 1e3,
                most.as_secs_f64() * 1e3
            );
        }
        println!(
            "start, exch / git             {:.2}",
            self.median("start, exch") / self.median("start, git")
        );
        let (first, last) = (sizes[0], sizes[sizes.len() - 1]);
        let get = |size| self.median(&format!("get one, {size} servers"));
        println!("get one, {last} / {first} servers  {:.2}", get(last) / get(first));
        for size in sizes {
            let set = self.median(&format!("set one, {size} servers"));
            let git = self.median(&format!("git add+commit, {size} servers"));
            println!("set one / git, {size} servers   {:.2}", set / git);
        }
    }
}

/// A store, and the same files in a repository that git alone keeps.
struct World {
    home: PathBuf,
    store: PathBuf,
    plain: PathBuf,
    size: usize,
}

impl World {
    fn make(home: &Path, size: usize) -> Self {
        let world = World {
            home: home.to_owned(),
            store: home.join(format!("store{size}")),
            plain: home.join(format!("plain{size}")),
            size,
        };
        if world.plain.join(".git").exists() {
            return world;
        }
        let mut files: BTreeMap<String, Option<Vec<u8>>> =
            (0..size).map(|n| (path(n), Some(document::new_host(&host(n), DOMAIN).into_bytes()))).collect();
        let names = Directory::new("First Organization", "contoso.com");
        files.insert("exch.toml".into(), Some(document::new_directory(&names).into_bytes()));
        for (name, bytes) in &files {
            let at = world.plain.join(name);
            std::fs::create_dir_all(at.parent().unwrap()).unwrap();
            std::fs::write(at, bytes.as_deref().unwrap()).unwrap();
        }
        let change = Change {
            files,
            message: "first".into(),
            author: Identity::default(),
            committer: Identity::default(),
            git_config: None,
            fallback: Person { name: "bench".into(), email: "bench@example.com".into() },
            when: When { seconds: 1_795_000_000, offset_minutes: 0 },
        };
        let begun = Instant::now();
        let repository = StoreRepository::create(&world.store, Ownership::Own).unwrap();
        repository.lock(Duration::from_secs(1)).unwrap().commit(&change).unwrap();
        println!("first revision of {size} servers: exch {:.2?}", begun.elapsed());
        let begun = Instant::now();
        for words in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "first"]] {
            run(&mut world.git(words));
        }
        println!("first revision of {size} servers: git  {:.2?}", begun.elapsed());
        world
    }

    /// One get, one set, and what git does for the same change.
    fn round(&self, round: usize, note: &mut dyn FnMut(String, Duration)) {
        let name = format!("{}\\Relay 7", server(self.size / 2));
        let store = self.store.to_string_lossy().into_owned();
        let size = self.size;
        let get = ["get-receiveconnector", &name, "-Store", &store];
        note(format!("get one, {size} servers"), run(&mut program(EXCH, &self.home, &get)));
        let complete = |typed: &str| {
            let line = format!("exch set-receiveconnector -Store '{store}' {typed}");
            run(&mut program(EXCH, &self.home, &["complete-line", "bash", &line, "", typed]))
        };
        note(format!("TAB, every server, {size} servers"), complete(""));
        note(format!("TAB, one server, {size} servers"), complete(&format!("'{}\\Rel", server(size / 2))));
        note(format!("TAB, a parameter, {size} servers"), complete("-"));
        // Another value than the last one, in a store that an earlier run kept too.
        let hops = (1 + (std::process::id() as usize + round) % 500).to_string();
        let set = ["set-receiveconnector", &name, "-MaxHopCount", &hops, "-Store", &store];
        note(format!("set one, {size} servers"), run(&mut program(EXCH, &self.home, &set)));
        let file = path(self.size / 2);
        std::fs::copy(self.store.join(&file), self.plain.join(&file)).unwrap();
        let begun = Instant::now();
        run(&mut self.git(&["add", &file]));
        run(&mut self.git(&["commit", "-q", "-m", "set one"]));
        note(format!("git add+commit, {size} servers"), begun.elapsed());
    }

    fn git(&self, words: &[&str]) -> Command {
        let own = ["-c", "core.fsync=all", "-c", "gc.auto=0", "-c", "maintenance.auto=false"];
        let mut git = program("git", &self.home, &own);
        git.current_dir(&self.plain).args(words);
        git
    }
}

fn server(n: usize) -> String {
    format!("HUB{n:05}")
}

fn path(n: usize) -> String {
    format!("servers/{}", document::file_name(&server(n)))
}

fn host(n: usize) -> Host {
    let name = server(n);
    let server = Server::new(&name, &format!("{}.contoso.com", name.to_lowercase()));
    let connector = |at: usize| {
        let mut connector = ReceiveConnector::new(&format!("Relay {at}"), &server);
        connector.bindings = vec!["0.0.0.0:25".parse().unwrap()];
        connector.remote_ip_ranges = vec![format!("10.{}.{at}.0/24", n % 250).parse().unwrap()];
        connector.metadata.guid = Some(uuid::Uuid::from_u128((n * CONNECTORS + at) as u128 + 1));
        connector.metadata.created = "2026-11-22T05:00:00Z".parse().ok();
        connector.metadata.changed = connector.metadata.created;
        connector
    };
    Host { connectors: (0..CONNECTORS).map(connector).collect(), server }
}

/// A program without anybody's configuration.
fn program(name: &str, home: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.env_remove("EXCH_STORE").env_remove("EXCH_SERVER").env("HOME", home);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "bench").env(format!("GIT_{who}_EMAIL"), "bench@example.com");
    }
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn run(command: &mut Command) -> Duration {
    let begun = Instant::now();
    let status = command.status().unwrap();
    let took = begun.elapsed();
    assert!(status.success(), "{command:?}: {status}");
    took
}
