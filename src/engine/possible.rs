//! A call in which something is missing: what the server's version and role do not have is refused before it is asked for.

use super::World;
use super::place::{self, Place};
use super::read::unnamed;
use super::snapshot::Snapshot;
use crate::answer::Problem;
use crate::cmdlet::{Answers, Call, Draft};

/// Checks it. A store that cannot be opened is reported by the call itself, once it is whole.
///
/// # Errors
/// What no further parameter can fix.
pub(super) fn check(call: &Call<'_>, place: &Place, world: &World) -> Result<(), Problem> {
    let Ok(Some(repository)) = place::open(place) else { return Ok(()) };
    let Ok(view) = repository.read() else { return Ok(()) };
    let snapshot = Snapshot::new(view, unnamed(world.machine.domain.as_deref()));
    match Draft::new(&snapshot, None, Answers::new()) {
        Ok(mut draft) => (call.cmdlet.possible)(call, &mut draft),
        Err(_) => Ok(()),
    }
}
