//! A runbook line by line: each one its own revision, and a line that is refused keeps no other from running.

use std::rc::Rc;

use super::shutdown::SHUTDOWN;
use super::{Run, change};
use crate::answer::{Exit, Problem};
use crate::cmdlet::Call;
use crate::cmdlet::runbook::Runbook;
use crate::output::prompt::Asker;
use crate::output::{Format, Ui};

/// Runs every line. The exit code is that of the last line that failed.
///
/// # Errors
/// Where the run is interrupted.
pub(super) fn run(mut run: Run<'_, '_>, ui: &mut Ui<'_>) -> Result<Exit, Problem> {
    let statements = Rc::clone(&run.call.runbook.statements);
    let (mut exit, mut failed) = (Exit::Done, 0);
    for statement in statements.iter() {
        SHUTDOWN.check()?;
        let call = Call {
            cmdlet: run.call.cmdlet,
            args: run.call.args.clone(),
            context: Rc::clone(&run.call.context),
            runbook: Runbook::new([statement.clone()]),
            export: None,
            then: Vec::new(),
        };
        let one = Run {
            call,
            typed: run.typed.clone(),
            options: run.options.clone(),
            place: run.place.clone(),
            world: run.world,
            asker: run.asker.as_mut().map(|asker| &mut **asker as &mut dyn Asker),
            guided: false,
        };
        match change::run(one, ui) {
            Ok(Exit::Done) => {}
            // Ctrl-C at a question is a key, so no signal ends the run.
            Err(problem) if matches!(problem.exit, Exit::Interrupted | Exit::Terminated) => {
                return Err(problem);
            }
            Ok(other) => (exit, failed) = (other, failed + 1),
            Err(problem) => {
                ui.error(&problem, run.options.format == Format::Json);
                (exit, failed) = (problem.exit, failed + 1);
            }
        }
    }
    if failed > 0 {
        let all = statements.len();
        ui.notice(&format!("{failed} of {all} lines failed; the others ran"));
    }
    Ok(exit)
}
