//! What a call is refused for before anything that is missing is asked for: the server's version and role do not have it.

use super::crud;
use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::transaction::Draft;
use crate::organization::Part;

/// Checks a call that is not whole yet by what holds of every object of its noun.
///
/// # Errors
/// What no further parameter can fix.
pub fn of_noun(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    if Part::named(call.cmdlet.noun).is_some() { crud::possible(call, draft) } else { Ok(()) }
}
