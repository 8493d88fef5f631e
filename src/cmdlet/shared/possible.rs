//! What a call is refused for before anything that is missing is asked for: the server's version and role do not have it.

use enumset::EnumSet;

use super::crud;
use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector;
use crate::cmdlet::transaction::Draft;
use crate::organization::{Member, Part, with_part};

/// Checks a call that is not whole yet.
///
/// # Errors
/// What no further parameter can fix.
pub fn check(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    if std::ptr::eq(call.cmdlet, &receive_connector::new::CMDLET) {
        return receive_connector::new::possible(call, draft);
    }
    let is_of_organization =
        EnumSet::<Part>::all().iter().any(|part| with_part!(part, name()) == call.cmdlet.noun);
    if is_of_organization { crud::possible(call, draft) } else { Ok(()) }
}

fn name<N: Member>() -> &'static str {
    N::NAME
}
