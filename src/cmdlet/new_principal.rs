//! New-Principal: what the store knows of an account or group.

use super::shapes::PRINCIPAL;
use super::{Call, Cmdlet, Draft, Effect, Outcome, member, nothing_more, row_params};
use crate::answer::Problem;
use crate::manual::{Example, Help};
use crate::organization::Principal;
use crate::param::{Param, Verb};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::New,
    noun: "Principal",
    synopsis: "Say what is known of an account or group",
    help: Help::new(
        "Says what is known of an account or group that access lists name: its groups, its own addresses, and those from which it may send as another. Test-DataPath needs it to decide for sessions of that account; access lists do without.",
        &[
            Example::new(
                "new-principal 'CONTOSO\\scanner' -EmailAddresses 'scanner@contoso.com' -MemberOf 'CONTOSO\\Relay Users'",
                "Says who a scanner is, and which group it is in.",
            ),
            Example::new(
                "new-principal 'CONTOSO\\Relay Users' -Sid S-1-5-21-1004336348-1177238915-682003330-1105",
                "Gives a group its security identifier, by which access lists may name it.",
            ),
        ],
    ),
    params,
    effect: Effect::Changes,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<Principal>(Verb::New)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    member::new::<Principal>(call, draft, &PRINCIPAL, |_, _, _| Ok(Vec::new()))
}
