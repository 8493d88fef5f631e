//! Remove-ADPermission: takes entries out of the access lists of connectors, after asking.

use super::change as ad_permission_change;
use crate::answer::Problem;
use crate::cmdlet::ad_permission::args::{common_sets, needs};
use crate::cmdlet::ad_permission::change::Way;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::Verb;
use crate::permission::rows::{self, AdPermission};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Remove,
    noun: "ADPermission",
    synopsis: "Take entries out of access lists",
    help: Help::new(
        "Asks before it removes; -Confirm:false does not ask. An entry that is not there is a warning and no revision. A permission group that loses an entry leaves the others as entries of their own, and PermissionGroups reads Custom.",
        &[
            Example::new(
                "remove-adpermission 'HUB01\\Relay' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Authoritative-Domain-Sender -Confirm:false",
                "Anonymous senders may no longer use the addresses of the organization.",
            ),
            Example::new(
                "remove-adpermission 'HUB01\\Relay' -User 'CONTOSO\\app1' -ExtendedRights ms-Exch-SMTP-Submit -Deny -WhatIf",
                "Shows what taking a Deny away would change.",
            ),
        ],
    )
    .sets(common_sets),
    params: || row_params_and::<AdPermission>(Verb::Remove, [&rows::INSTANCE]),
    effect: Effect::Changes,
    needs,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    ad_permission_change::run(call, draft, Way::Remove)
}
