//! Set-Principal: changes what the store knows of accounts and groups.

use super::shapes::PRINCIPAL;
use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::Principal;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "Principal",
    synopsis: "Change what is known of accounts and groups",
    help: Help::new(
        "Changes what is given and leaves the rest as it is. A list replaces the old one; '@{Add=\"…\";Remove=\"…\"}' in quotes adds and removes single values.",
        &[
            Example::new(
                "set-principal 'CONTOSO\\app1' -SendAs '@{Add=\"noreply@contoso.com\"}'",
                "Lets an account send as another address.",
            ),
            Example::new("set-principal 'CONTOSO\\app1' -MemberOf '$null'", "Says that it is in no group."),
        ],
    ),
    params,
    effect: Effect::Changes,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<Principal>(Verb::Set)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::set::<Principal>(call, draft, &PRINCIPAL, |_, _, _| Ok(Vec::new()))
}
