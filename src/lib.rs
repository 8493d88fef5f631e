//! `exch`: Exchange Server's transport cmdlets over a versioned store of TOML files.
//!
//! Nouns are tables, verbs are thin files, laws are pure. The map of rooms and the arrows between them are
//! drawn in `docs/architecture.md`; a test holds the code to that picture.

pub mod access;
pub mod answer;
pub mod clixml;
pub mod cmdlet;
pub mod connector;
pub mod datapath;
pub mod engine;
pub mod exported;
pub mod filter;
pub mod flow;
pub mod front;
pub mod live;
pub mod manual;
pub mod net;
pub mod organization;
pub mod output;
pub mod param;
pub mod permission;
pub mod picture;
pub mod powershell;
pub mod protocol_log;
pub mod replay;
pub mod server;
pub mod session;
pub mod store;
pub mod text;

use std::ffi::OsString;

use answer::{Exit, Problem};
use engine::{Asker, World};
use front::{Request, WorkingDirectory};
use output::Ui;

/// The words of a command line, from all that the program was started with: its own name is left out, unless it
/// is a cmdlet's, as that of a link is (`New-ReceiveConnector`, in any case, with `.exe` or without).
pub fn words(argv: impl IntoIterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut argv = argv.into_iter();
    let cmdlet = argv.next().and_then(|program| front::linked(&program));
    cmdlet.map(OsString::from).into_iter().chain(argv)
}

/// Runs one command line, the program's name left out, and gives the code to exit with. Nothing is read or
/// written but through `world`, `asker`, `ui` and the store that the line means.
pub fn run<'r>(
    world: &'r World,
    argv: impl IntoIterator<Item = OsString>,
    asker: Option<&'r mut (dyn Asker + 'r)>,
    ui: &mut Ui<'_>,
) -> Exit {
    let argv: Vec<OsString> = argv.into_iter().collect();
    let known = |asked: &cmdlet::CompletionRequest<'_>| engine::known(world, asked);
    if let Some(text) = front::complete::answer(&argv, engine::input_line, &known) {
        // There is nobody to tell: the user pressed a key.
        let _ = ui.data(&text);
        return Exit::Done;
    }
    ui.quote_for(world.environment.quoting);
    let words = front::texts(argv);
    let json = words.as_ref().is_ok_and(|words| front::wants_json(words));
    let here = WorkingDirectory {
        has: &|name| engine::has_file(world, name),
        has_only: &|name| engine::has_only_file(world, name),
        read: &|name| engine::list_file(world, name),
    };
    let done = words
        .and_then(|words| front::read(&words, here))
        .and_then(|request| answer(world, request, asker, ui));
    done.unwrap_or_else(|problem| {
        ui.error(&problem, json);
        problem.exit
    })
}

fn answer<'r>(
    world: &'r World,
    request: Request,
    asker: Option<&'r mut (dyn Asker + 'r)>,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    match request {
        Request::Version => ui.data(&manual::version(store::document::SCHEMA)).map(|()| Exit::Done),
        Request::Welcome => engine::welcome(world, ui),
        Request::Help(cmdlet) => engine::help(cmdlet, ui),
        Request::Call { cmdlet, args, notices } => {
            notices.iter().for_each(|notice| ui.notice(notice));
            engine::run(cmdlet, args, front::statements, world, asker, ui)
        }
    }
}
