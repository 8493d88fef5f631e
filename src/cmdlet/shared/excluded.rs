//! Parameters that do not go together: in PowerShell's words, those of two parameter sets.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::definition::Cmdlet;
use crate::manual::Exclusion;
use crate::param::Param;

/// What is said of two parameters of which one excludes the other.
#[must_use]
pub fn refusal(one: &Param, other: &Param, hint: Option<&str>) -> Problem {
    let message = format!(
        "Parameter set cannot be resolved using the specified named parameters: -{} does not go with -{}",
        one.name, other.name
    );
    let hint = hint.map_or_else(|| format!("leave -{} or -{} out", one.name, other.name), str::to_owned);
    Problem::new(Exit::NotUnderstood, message).hint(hint).about(one.name)
}

/// Refuses what an exclusion is about, for arguments that are not of one line.
///
/// # Errors
/// Exit 2 where both were given.
pub(in crate::cmdlet) fn check(exclusion: &Exclusion, args: &Args) -> Result<(), Problem> {
    match exclusion.others.iter().find(|other| args.says(exclusion.param) && args.says(other)) {
        Some(other) => Err(refusal(exclusion.param, other, exclusion.hint)),
        None => Ok(()),
    }
}

impl Cmdlet {
    /// Whether a parameter does not go with one of those that are given.
    #[must_use]
    pub fn is_excluded(&self, param: &Param, given: &[&'static Param]) -> bool {
        let excludes = (self.excludes)();
        given.iter().any(|other| excludes.iter().any(|one| one.parts(param.name, other.name)))
    }
}
