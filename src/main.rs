//! Arguments and environment in, exit code out.

#![expect(
    clippy::disallowed_methods,
    reason = "main reads the environment, the clock and the arguments, once"
)]

mod pager;
mod signals;

use std::env;
use std::io::{self, IsTerminal};
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use exch::cmdlet::Machine;
use exch::engine::{Environment, Quoting, World};
use exch::output::prompt::{Asker, Terminal};
use exch::output::{Screen, Ui};
use exch::store::{Identity, Person};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Where a fault of the program is reported.
const REPORT: &str = concat!(
    "this is a fault of exch ",
    env!("CARGO_PKG_VERSION"),
    ": please report it in the issue tracker of the project, with the command line and this text"
);

fn main() -> ExitCode {
    panic::set_hook(Box::new(|fault| {
        use std::io::Write;
        // Standard error may be closed; there is nobody left to tell then.
        let _ = writeln!(io::stderr(), "error: {fault}\nhint: {REPORT}");
    }));
    let run = panic::catch_unwind(|| {
        let (mut out, mut err) = (io::stdout(), io::stderr());
        let world = world();
        let out_screen = screen(out.is_terminal(), &world);
        let mut err_screen = screen(err.is_terminal(), &world);
        err_screen.bars = err_screen.terminal && !is_pipe(&out);
        let mut ui = Ui::new(&mut out, out_screen, &mut err, err_screen);
        ui.page_with(pager::show);
        let mut terminal = Terminal::open(env::var_os("TERM").is_some_and(|term| term == "dumb"));
        signals::watch(terminal.as_ref().map(Terminal::keeper));
        let asker = terminal.as_mut().map(|terminal| terminal as &mut dyn Asker);
        exch::run(&world, exch::words(env::args_os()), asker, &mut ui)
    });
    ExitCode::from(run.map_or(exch::answer::Exit::Fault, |exit| exit).code())
}

fn world() -> World {
    World {
        clock,
        zone,
        environment: Environment {
            store: text("EXCH_STORE").map(PathBuf::from),
            server: text("EXCH_SERVER"),
            author: identity("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"),
            committer: identity("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"),
            git_config: env::var_os("GIT_CONFIG_GLOBAL").map(PathBuf::from),
            data_dir: data_dir(),
            directory: env::current_dir().unwrap_or_default(),
            ci: text("CI").is_some(),
            program: env::current_exe().ok(),
            quoting: quoting(),
        },
        machine: machine(),
        user,
        new_guid: Uuid::new_v4,
        input,
        dial: exch::engine::ask_servers,
    }
}

/// The clock, in whole seconds: git and documents keep no more.
fn clock() -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default()
}

/// How lines to type are quoted: for PowerShell where it is at hand and no POSIX shell is.
fn quoting() -> Quoting {
    match (text("PSModulePath"), text("SHELL")) {
        (Some(_), None) => Quoting::PowerShell,
        _ => Quoting::Posix,
    }
}

/// Standard input, unless somebody would have to type it.
fn input() -> Option<Box<dyn io::Read + Send>> {
    let input = io::stdin();
    if input.is_terminal() { None } else { Some(Box::new(input)) }
}

/// A variable that is set and not empty.
fn text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Somebody as git's own variables name them: `GIT_AUTHOR_NAME` and its kin.
fn identity(name: &str, email: &str) -> Identity {
    Identity { name: text(name), email: text(email) }
}

/// The user's data directory. On Windows it is the local one: a roaming profile is copied file by file when the user
/// signs out, and a half-copied repository is a damaged one.
fn data_dir() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    if cfg!(windows)
        && let Some(local) = text("LOCALAPPDATA")
    {
        return Some(PathBuf::from(local));
    }
    etcetera::choose_base_strategy().ok().map(|strategy| strategy.data_dir())
}

/// The time zone, without a look at the database of all zones where the system names one file.
fn zone() -> TimeZone {
    // Each date that is printed asks for it.
    static ZONE: LazyLock<TimeZone> = LazyLock::new(|| {
        let local = if env::var_os("TZ").is_none() { std::fs::read("/etc/localtime").ok() } else { None };
        let local = local.and_then(|bytes| TimeZone::tzif("Local", &bytes).ok());
        local.unwrap_or_else(TimeZone::system)
    });
    ZONE.clone()
}

/// The machine's name, and its domain where the name has one.
fn machine() -> Machine {
    let whole = gethostname::gethostname().to_string_lossy().into_owned();
    let (name, domain) = match whole.split_once('.') {
        Some((name, domain)) if !domain.is_empty() => (name.to_owned(), Some(domain.to_owned())),
        _ => (whole.trim_end_matches('.').to_owned(), None),
    };
    Machine { name, domain, addresses }
}

/// The addresses that other machines reach this one at.
fn addresses() -> Vec<std::net::IpAddr> {
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    let mut addresses: Vec<_> =
        all.iter().filter(|i| !i.is_loopback() && !i.is_link_local()).map(|i| i.ip()).collect();
    addresses.sort();
    addresses.dedup();
    addresses
}

/// The login name and host, for revisions when git's configuration names nobody.
fn user() -> Person {
    let name = whoami::username().unwrap_or_else(|_| "unknown".to_owned());
    let email = format!("{name}@{}", gethostname::gethostname().to_string_lossy());
    Person { name, email }
}

/// Whether somebody reads standard output through a pipe, who may draw on the terminal: a pager.
#[cfg(unix)]
fn is_pipe(out: &io::Stdout) -> bool {
    use rustix::fs::FileType;
    let kind = rustix::fs::fstat(out).map(|stat| FileType::from_raw_mode(stat.st_mode));
    kind.is_ok_and(|kind| matches!(kind, FileType::Fifo | FileType::Socket))
}

/// Whether somebody reads standard output through a pipe: it is no terminal, and nothing that has metadata as files have.
#[cfg(windows)]
fn is_pipe(out: &io::Stdout) -> bool {
    use std::os::windows::io::AsHandle;
    let file = out.as_handle().try_clone_to_owned().map(std::fs::File::from);
    !out.is_terminal() && file.and_then(|file| file.metadata()).is_err()
}

fn screen(terminal: bool, world: &World) -> Screen {
    let mut screen = Screen::file(world.zone);
    if terminal {
        screen.terminal = true;
        screen.width = console::Term::stderr().size_checked().map(|(_, width)| usize::from(width));
        screen.colour = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    }
    screen
}
