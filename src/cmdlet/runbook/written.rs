//! Lines as a text: what `-Output powershell` prints and Export-Runbook writes.

use super::{Path, path};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::shared::common_params::{AT, OUTPUT};
use crate::cmdlet::transaction::{Archive, Draft, Outcome, State, short};
use crate::param::{Match, match_name};

/// What a text of lines begins with.
pub const MARK: &str = "# exch: ";

/// Whether `-Output` asks for lines.
#[must_use]
pub fn wants_lines(call: &Call<'_>) -> bool {
    let format = call.args.text(&OUTPUT).unwrap_or_default();
    !matches!(match_name(&format, &["powershell"]), Match::None)
}

/// The lines that lead from one state to another; exit 3 where there are any.
#[must_use]
pub fn difference(call: &Call<'_>, from: State, to: &State, between: &str) -> Outcome {
    let path = path(from, to, &call.context);
    let differs = !path.lines.is_empty() || !path.unreached.is_empty();
    let outcome = written(&format!("{MARK}{}, {between}", call.context.store), &path);
    if differs {
        Outcome { exit: Exit::No, ..outcome }
    } else {
        Outcome { script: Some(String::new()), ..outcome }
    }
}

/// The lines that make a whole store of none.
///
/// # Errors
/// Where the store cannot be read.
pub fn whole(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let goal = State::of(draft.source())?;
    let path = path(State::nothing(), &goal, &call.context);
    Ok(written(&heading(call, draft.archive())?, &path))
}

/// `# exch: /srv/store at 1a2b3c4, 2026-11-27T10:00:00Z`.
pub(super) fn heading(call: &Call<'_>, archive: Option<&dyn Archive>) -> Result<String, Problem> {
    let store = &call.context.store;
    let at = match archive {
        Some(archive) => {
            let one = archive.revision(&call.args.text(&AT).unwrap_or_else(|| "HEAD".to_owned()))?;
            format!(" at {}, {}", short(&one.id), one.when)
        }
        None => String::new(),
    };
    Ok(format!("{MARK}{store}{at}"))
}

/// The lines below their heading; what they do not reach stands at the end.
pub(super) fn written(heading: &str, path: &Path) -> Outcome {
    let lines = path.lines.iter().map(ToString::to_string);
    let unreached = path.unreached.iter();
    let unreached =
        unreached.map(|(identity, why)| format!("# not reached: {identity}: {}", why.replace('\n', " ")));
    let text: String =
        std::iter::once(heading.to_owned()).chain(lines).chain(unreached).map(|line| line + "\n").collect();
    let notices = match path.unreached.len() {
        0 => Vec::new(),
        1 => vec!["one difference is not reached by the lines; the last one says which".to_owned()],
        some => vec![format!("{some} differences are not reached by the lines; the last ones say which")],
    };
    Outcome { script: Some(text), notices, ..Outcome::default() }
}
