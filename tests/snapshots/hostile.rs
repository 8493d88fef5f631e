//! Some of these trials again, as another user on another machine.

use libtest_mimic::Trial;

use crate::{host, other_user};

/// What is run again, by a part of its trials' names.
const AGAIN: [&str; 3] = ["cases::store::", "tours::", "manual::pages::docs/cmdlets/get-storehistory"];

/// What is run again as a CI system would; the others run without the variable CI.
const IN_CI: [&str; 2] = ["cases::store::", "tours::"];

/// The trials of this module. They compare, so they wait while expectations are written anew.
pub fn trials() -> Vec<Trial> {
    let again = |(part, ci): (&'static str, Option<&'static str>)| {
        // Without what would make it a filter of its own trial.
        let label = part.trim_end_matches(':').replace("::", ".");
        let name = format!("hostile::again_{}::{label}", ci.map_or("by_hand", |_| "in_ci"));
        Trial::test(name, move || Ok(other_user::again(part, ci)?)).with_ignored_flag(host::blesses())
    };
    let by_hand = AGAIN.map(|part| (part, None));
    by_hand.into_iter().chain(IN_CI.map(|part| (part, Some("true")))).map(again).collect()
}
