//! What the program tells of itself: help and the list of cmdlets. No store is opened, so a broken one does
//! not matter.

use std::cell::Cell;

use super::place::Place;
use super::read::unnamed;
use super::snapshot::{EmptyStore, Snapshot};
use super::{Options, World, ask, export, place, show};

use crate::answer::{Exit, Problem};
use crate::cmdlet::{self, Answers, Args, Call, Cmdlet, Draft, Source};
use crate::connector::Host;
use crate::manual::{Document, StorePlace, StoreState, TextLayout, View};
use crate::organization::{Organization, Part};
use crate::output::Ui;
use crate::server::Directory;

/// Runs a call that needs no store.
pub fn run(
    cmdlet: &'static Cmdlet,
    args: Args,
    world: &World,
    options: &Options,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    let lookup = ask::Lookup { names: &|_| Vec::new(), tries: &|_| Ok(()) };
    let args = ask::complete(cmdlet, args, None, &lookup, ui)?;
    let context = world.context(String::new());
    let nothing = EmptyStore(unnamed(None));
    let mut draft = Draft::new(&nothing, None, Answers::new())?;
    let outcome = (cmdlet.run)(&Call::new(cmdlet, args, context), &mut draft)?;
    if let Some(wanted) = &outcome.export {
        export::write(wanted, &world.environment)?;
    }
    show(&outcome, options, ui)?;
    Ok(outcome.exit)
}

/// Runs a call that may need no store, and gives what came of it where it asked for nothing in one: then a broken
/// store, or none, does not matter. A call with something missing or that names an old revision is left to who can ask.
pub(crate) fn try_without_store(
    cmdlet: &'static Cmdlet,
    args: &Args,
    world: &World,
    options: &Options,
    ui: &mut Ui<'_>,
) -> Option<Result<Exit, Problem>> {
    if options.at.is_some() || !cmdlet.missing(args).is_empty() {
        return None;
    }
    let unseen = ProbeStore { names: EmptyStore(unnamed(None)), asked: Cell::new(false) };
    let mut draft = Draft::of_broken(&unseen, None, Answers::new());
    let call = Call::new(cmdlet, args.clone(), world.context(String::new()));
    let outcome = cmdlet.answer(&call, &mut draft);
    let asks_rows = outcome.as_ref().is_ok_and(|outcome| outcome.rows.is_some());
    if unseen.asked.get() || asks_rows {
        return None;
    }
    Some(outcome.and_then(|outcome| show(&outcome, options, ui).map(|()| outcome.exit)))
}

/// A store that has not been opened yet, and whether a cmdlet wanted to.
struct ProbeStore {
    names: EmptyStore,
    asked: Cell<bool>,
}

impl Source for ProbeStore {
    fn directory(&self) -> Result<Directory, Problem> {
        self.names.directory()
    }

    fn server_names(&self) -> Result<Vec<String>, Problem> {
        self.asked.set(true);
        self.names.server_names()
    }

    fn host(&self, name: &str) -> Result<Option<Host>, Problem> {
        self.asked.set(true);
        self.names.host(name)
    }

    fn part(&self, part: Part, organization: &mut Organization) -> Result<(), Problem> {
        self.asked.set(true);
        self.names.part(part, organization)
    }
}

/// `exch` alone: what it is, the store in use, and what to type next.
///
/// # Errors
/// Standard output could not be written.
pub fn welcome(world: &World, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    let options = Options::read(&Args::default(), world)?;
    let place = place::find(&options, world).ok();
    let store =
        place.map(|place| StorePlace { state: glance(&place, world), path: place.dir.display().to_string() });
    print(&Document::Welcome(store), ui).map(|()| Exit::Done)
}

/// The store at a glance: what is wrong with it is told, never failed at. Server files are counted, not read.
fn glance(place: &Place, world: &World) -> StoreState {
    let unnamed = unnamed(world.machine.domain.as_deref());
    let servers = || -> Result<Option<usize>, Problem> {
        let Some(repository) = place::open(place)? else { return Ok(None) };
        let view = repository.read()?;
        let snapshot = Snapshot::new(view, unnamed);
        if !snapshot.exists()? {
            return Ok(None);
        }
        snapshot.directory()?;
        Ok(Some(snapshot.server_names()?.len()))
    };
    match servers() {
        Ok(None) => StoreState::None,
        Ok(Some(servers)) => StoreState::Sound(servers),
        Err(problem) => StoreState::Broken(problem.message),
    }
}

/// Help on a cmdlet, or the list of all.
///
/// # Errors
/// Standard output could not be written.
pub fn help(cmdlet: Option<&'static Cmdlet>, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    let document = match cmdlet {
        Some(cmdlet) => Document::Page(Box::new(cmdlet::help::pages::page(cmdlet)), View::Brief),
        None => cmdlet::help::pages::overview(),
    };
    print(&document, ui).map(|()| Exit::Done)
}

/// Prints something to read, as wide as the terminal.
pub(super) fn print(document: &Document, ui: &mut Ui<'_>) -> Result<(), Problem> {
    let screen = ui.screen();
    let safe = match document {
        Document::Report(report) => {
            Some(Document::Report(report.spelled(&|text| screen.safe(text).into_owned())))
        }
        _ => None,
    };
    let width = screen.width.filter(|width| *width > 0).unwrap_or(TextLayout::PLAIN);
    let text = safe.as_ref().unwrap_or(document).render(&TextLayout { width, bold: screen.colour });
    match document {
        Document::Page(..) | Document::Topic(_) | Document::Overview(..) => ui.page(&text),
        _ => ui.data(&text),
    }
}
