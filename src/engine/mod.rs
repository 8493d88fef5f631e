//! Runs one call: finds the store, makes a draft, asks, commits once, and shows what came of it.
//!
//! It knows no cmdlet by name and no format; it is where the pure rooms meet the store and the terminal.

mod archive;
mod ask;
mod change;
mod changes;
mod completion_names;
mod each_line;
mod export;
mod exports;
mod fault;
mod file;
mod guide;
mod input;
mod live;
mod logs;
mod message;
mod offline;
mod options;
mod per_server;
mod place;
mod possible;
mod read;
mod record;
mod rows;
mod runbook;
mod shutdown;
mod snapshot;
mod trial;
mod what_if;
mod world;

use std::rc::Rc;

use crate::answer::{Exit, Problem};
use crate::cmdlet::runbook::{End, Statement};
use crate::cmdlet::shared::{common_params, identity_list};
use crate::cmdlet::{Answers, Archive, Args, Call, Cmdlet, Draft, Effect, Outcome, Source};
use crate::manual::Document;
use crate::output::{self, Format, Ui};
use crate::param::merged;
use crate::picture::Form;

pub use crate::output::prompt::{Asker, Interrupted};
pub use completion_names::{input_line, known};
pub use file::{has_file, has_only_file, list_file};
pub use live::ask as ask_servers;
pub use offline::{help, welcome};
pub use options::Options;
pub use shutdown::{CommitGuard, SHUTDOWN, Shutdown};
pub use world::{Environment, Quoting, World};

/// One call on its way through the engine.
pub(crate) struct Run<'r, 'w> {
    pub call: Call<'w>,
    /// What was given, as it was typed: what hints show.
    pub typed: Args,
    pub options: Options,
    pub place: place::Place,
    pub world: &'r World,
    pub asker: Option<&'r mut (dyn Asker + 'r)>,
    pub guided: bool,
}

/// Reads a runbook, by its name and its text, or a table whose rows are lines of a cmdlet; the errors name their places.
pub type ReadRunbook = fn(&str, &str, Option<&str>) -> Result<Vec<Statement>, Problem>;

/// Runs one call of `cmdlet` and prints its outcome.
///
/// # Errors
/// The problem that ended it; nothing was changed then.
pub fn run<'r>(
    cmdlet: &'static Cmdlet,
    args: Args,
    read_runbook: ReadRunbook,
    world: &'r World,
    asker: Option<&'r mut (dyn Asker + 'r)>,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    if args.flag(&common_params::VERBOSE) == Some(true) {
        ui.show_causes();
    }
    if common_params::silences_errors(&args) {
        ui.silence_errors();
    }
    let options = Options::read(&args, world)?;
    options.check_format(cmdlet)?;
    if cmdlet.effect == Effect::Tells {
        return offline::run(cmdlet, args, world, &options, ui);
    }
    if cmdlet.effect == Effect::Consults
        && let Some(described) = offline::try_without_store(cmdlet, &args, world, &options, ui)
    {
        return described;
    }
    let place = place::find(&options, world)?;
    let context = world.context(place.dir.display().to_string());
    let mut asker = asker.filter(|_| !options.non_interactive);
    let guide = guide::of(cmdlet, &args).filter(|_| asker.is_some());
    let args = match guide {
        Some(_) => args,
        None => {
            let mut call = Call::new(cmdlet, args, Rc::clone(&context));
            if !cmdlet.missing(&call.args).is_empty() {
                possible::check(&call, &place, world)?;
            }
            let args = std::mem::take(&mut call.args);
            let store = args.text(&common_params::STORE);
            let names = |what| completion_names::whole_names(world, store.as_deref(), what);
            let tries = |args: &Args| trial::could_run(cmdlet, args, read_runbook, (&options, &place), world);
            let asker = asker.as_mut().map(|asker| &mut **asker as &mut dyn Asker);
            ask::complete(cmdlet, args, asker, &ask::Lookup { names: &names, tries: &tries }, ui)?
        }
    };
    let typed = args.clone();
    let mut call = Call::new(cmdlet, args, context);
    if cmdlet.runs_lines {
        call.runbook = runbook::read(read_runbook, &call.args, world)?;
        if !call.is_line_by_line() {
            call.runbook.watch = runbook::progress(call.runbook.statements.len(), ui);
        }
    }
    if let Some(paths) = cmdlet.takes_export(&call.args) {
        call.export = Some(exports::read(&paths, world, ui)?.into());
    }
    for sentence in options.notices(&call.args) {
        ui.warning(&sentence, None);
    }
    if identity_list::from_input(&typed) {
        let found = input::read(cmdlet, &typed, world)?;
        if found.identities.is_empty() {
            if found.is_empty {
                return Err(input::nothing_came(cmdlet, &typed));
            }
            ui.notice("standard input names no object: nothing to do");
            return show(&Outcome::default(), &options, ui).map(|()| Exit::Done);
        }
        let entries =
            found.entries.is_some_and(|text| identity_list::put_entries(cmdlet, &mut call.args, text));
        if !entries {
            identity_list::put(&mut call.args, found.identities);
        }
    }
    let mut run = Run { call, typed, options, place, world, asker, guided: guide.is_some() };
    if let Some(guide) = guide {
        guide::fill(guide, &mut run, ui)?;
    }
    match cmdlet.effect {
        Effect::Tells | Effect::Reads | Effect::Consults | Effect::Audits => read::run(run, ui),
        Effect::Changes | Effect::Restores if run.call.is_line_by_line() => each_line::run(run, ui),
        Effect::Changes | Effect::Restores => change::run(run, ui),
    }
}

/// A draft for a call: of a store that may be broken, for those who repair or examine it.
pub(crate) fn draft<'s>(
    run: &Run<'_, '_>,
    source: &'s dyn Source,
    archive: Option<&'s dyn Archive>,
    answers: &Answers,
) -> Result<Draft<'s>, Problem> {
    match run.call.cmdlet.effect {
        Effect::Audits | Effect::Restores => Ok(Draft::of_broken(source, archive, answers.clone())),
        _ => Draft::new(source, archive, answers.clone()),
    }
}

/// Prints what a cmdlet answered: data, then warnings and notices.
pub(crate) fn show(outcome: &Outcome, options: &Options, ui: &mut Ui<'_>) -> Result<(), Problem> {
    remarks(outcome, ui);
    let properties = if outcome.heeds_property { &[] } else { options.properties.as_slice() };
    let asks_for_objects = options.format != Format::Table || !properties.is_empty();
    // A report is made of objects, even of none.
    let is_asked = |document: &&Document| {
        !asks_for_objects || outcome.objects.is_empty() && !matches!(document, Document::Report(_))
    };
    if let Some(document) = outcome.document.as_ref().filter(is_asked) {
        return offline::print(document, ui);
    }
    for (objects, end) in &outcome.printed {
        let (format, properties) = match (options.format, end) {
            (Format::Table, End::Table(properties)) => (Format::Table, properties),
            (Format::Table, End::List(properties)) => (Format::List, properties),
            (format, End::Table(properties) | End::List(properties)) => (format, properties),
            (format, End::Print | End::Discard) => (format, &options.properties),
        };
        ui.data(&output::render(objects, format, properties, ui.screen())?)?;
    }
    if let Some(script) = &outcome.script {
        return ui.data(script);
    }
    if let Some(text) = outcome.picture.as_ref().and_then(|picture| picture.write(form(options.format))) {
        return ui.data(&text);
    }
    let text = output::render(&outcome.objects, options.format, properties, ui.screen())?;
    left_out(output::absent(&outcome.objects, properties), ui);
    ui.data(&text)
}

/// Prints the warnings and notices of an outcome.
pub(crate) fn remarks(outcome: &Outcome, ui: &mut Ui<'_>) {
    for warning in merged(&outcome.warnings) {
        ui.warning(&warning.sentence(), warning.hint.as_deref());
    }
    for notice in &outcome.notices {
        ui.notice(notice);
    }
}

/// Warns of properties that were asked for and that no object has.
fn left_out(absent: impl IntoIterator<Item = Problem>, ui: &mut Ui<'_>) {
    for problem in absent {
        ui.warning(&problem.message, problem.hint.as_deref());
    }
}

/// The form of pictures that `-Output` asks for.
fn form(format: Format) -> Form {
    match format {
        Format::Html => Form::Html,
        Format::Mermaid => Form::Mermaid,
        Format::Dot => Form::Dot,
        _ => Form::Svg,
    }
}
