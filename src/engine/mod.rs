//! Runs one call: finds the store, makes a draft, asks, commits once, and shows what came of it.
//!
//! It knows no cmdlet by name and no format; it is where the pure rooms meet the store and the terminal.

mod archive;
mod ask;
mod change;
mod fault;
mod message;
mod options;
mod place;
mod read;
mod snapshot;
mod tell;
mod world;

use crate::answer::{Exit, Problem};
use crate::cmdlet::{Args, Call, Cmdlet, Context, Effect, Outcome};
use crate::output::{self, Ui};

pub use ask::{Asker, Interrupted};
pub use options::Options;
pub use tell::{help, welcome};
pub use world::{Environment, World};

/// One call on its way through the engine.
pub(crate) struct Run<'r, 'w> {
    pub call: Call<'w>,
    pub options: Options,
    pub place: place::Place,
    pub world: &'r World,
    pub asker: Option<&'r mut (dyn Asker + 'r)>,
}

/// Runs one call of `cmdlet` and prints its outcome.
///
/// # Errors
/// The problem that ended it; nothing was changed then.
pub fn run<'r>(
    cmdlet: &'static Cmdlet,
    args: Args,
    world: &'r World,
    asker: Option<&'r mut (dyn Asker + 'r)>,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    let options = Options::read(&args, world)?;
    if cmdlet.effect == Effect::Tells {
        return tell::run(cmdlet, args, world, &options, ui);
    }
    let place = place::find(&options, &world.environment)?;
    let context = Context {
        now: world.now,
        store: place.dir.display().to_string(),
        local_server: world.environment.server.clone(),
        machine: world.machine.clone(),
        new_guid: std::cell::RefCell::new(Box::new(world.new_guid)),
    };
    let mut asker = asker.filter(|_| !options.non_interactive);
    let args = ask::complete(cmdlet, args, asker.as_mut().map(|asker| &mut **asker as &mut dyn Asker))?;
    let call = Call { cmdlet, args, context };
    for sentence in options.notices(&call.args) {
        ui.warning(&sentence, None);
    }
    let run = Run { call, options, place, world, asker };
    match cmdlet.effect {
        Effect::Tells | Effect::Reads => read::run(run, ui),
        Effect::Changes | Effect::Restores => change::run(run, ui),
    }
}

/// Prints what a cmdlet answered: data, then warnings and notices.
pub(crate) fn show(outcome: &Outcome, options: &Options, ui: &mut Ui<'_>) -> Result<(), Problem> {
    for warning in &outcome.warnings {
        ui.warning(&warning.message, warning.hint.as_deref());
    }
    for notice in &outcome.notices {
        ui.notice(notice);
    }
    if let Some(document) = &outcome.document {
        return tell::print(document, ui);
    }
    let text = output::render(&outcome.objects, options.format, &options.properties, ui.screen())?;
    ui.data(&text)
}
