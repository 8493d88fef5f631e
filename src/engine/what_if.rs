//! `-WhatIf`: what would change, every warning of the real run, and what the change does to logged sessions. Nothing is
//! asked and nothing is made.

use super::change::Tried;
use super::{Run, changes, logs, remarks, show};
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Difference, Draft, Outcome, logs_of_change, sentences};
use crate::output::{Format, Ui};

/// Shows what came of a run on a draft. Formats that programs read have the sessions of `-ProtocolLog` alone, so that
/// their objects are of one kind.
pub(super) fn what_if(
    run: &Run<'_, '_>,
    tried: &Tried,
    draft: &mut Draft<'_>,
    ui: &mut Ui<'_>,
) -> Result<Exit, Problem> {
    let Tried { outcome, differences, .. } = tried;
    for path in &tried.edited {
        ui.notice(&format!("{path} was edited by hand; the real run records that first"));
    }
    for (operation, target) in changes::targets(run, tried) {
        ui.notice(&format!("What if: Performing the operation \"{operation}\" on target \"{target}\""));
    }
    if differences.is_empty() {
        ui.notice("What if: nothing would change");
    }
    let (options, logs) = (&run.options, &run.options.protocol_log);
    let is_read = matches!(options.format, Format::Table | Format::List) && options.properties.is_empty();
    if is_read || logs.is_empty() {
        let mut objects: Vec<_> = differences.iter().map(Difference::object).collect();
        if matches!(options.format, Format::Json | Format::Csv) {
            objects.extend(tried.effect.iter().map(|one| one.difference().object()));
        }
        show(&Outcome { objects, ..outcome.clone() }, options, ui)?;
    } else {
        remarks(outcome, ui);
    }
    sentences(&tried.effect).iter().for_each(|sentence| ui.notice(sentence));
    if logs.is_empty() {
        return Ok(Exit::Done);
    }
    logs::run(&logs_of_change(logs.clone()), &run.call, draft, run.world, options, ui)
}
