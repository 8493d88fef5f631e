//! Whether a call could be run, before it is: what a rule refuses of an answer is then asked for again.

use super::{Options, ReadRunbook, Run, World, change, place, runbook};
use crate::answer::Problem;
use crate::cmdlet::shared::identity_list;
use crate::cmdlet::{Answers, Args, Call, Cmdlet, Effect};

/// Whether a call with these arguments could be run now. Nothing is changed, printed or asked, and what only reads is
/// not tried.
///
/// # Errors
/// What the call would be refused for.
pub(super) fn could_run(
    cmdlet: &'static Cmdlet,
    args: &Args,
    read_runbook: ReadRunbook,
    (options, place): (&Options, &place::Place),
    world: &World,
) -> Result<(), Problem> {
    if cmdlet.runs_lines {
        return runbook::read(read_runbook, args, world).map(drop);
    }
    let reads_files = cmdlet.takes_export(args).is_some() || identity_list::from_input(args);
    if cmdlet.effect != Effect::Changes || reads_files {
        return Ok(());
    }
    let call = Call::new(cmdlet, args.clone(), world.context(place.dir.display().to_string()));
    let (options, place) = (options.clone(), place.clone());
    let run = Run { call, typed: args.clone(), options, place, world, asker: None, guided: false };
    let work = |run: &Run<'_, '_>, draft: &mut crate::cmdlet::Draft<'_>| {
        let mut call = Call::new(cmdlet, args.clone(), std::rc::Rc::clone(&run.call.context));
        if identity_list::is_open(args) {
            identity_list::put(&mut call.args, identity_list::settled(&run.call, draft)?);
        }
        cmdlet.work(&call, draft).map(drop)
    };
    change::on_draft(&run, &Answers::new(), work).map(drop)
}
