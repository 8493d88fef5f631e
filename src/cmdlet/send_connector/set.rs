//! Set-SendConnector: changes what was given.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::send_connector::shared::{check, resolved};
use crate::cmdlet::shared::common_params::FORCE;
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::SendConnector;
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "SendConnector",
    synopsis: "Change Send connectors",
    help: Help::new(
        "Changes what is given and leaves the rest as it is. A list replaces the old one; '@{Add=\"…\";Remove=\"…\"}' in quotes adds and removes single values, and '$null' empties. Smart hosts and DNS routing exclude each other, so the two change on one line.",
        &[
            Example::new(
                "set-sendconnector 'To Fabrikam' -AddressSpaces '@{Add=\"*.fabrikam.com\"}'",
                "Sends mail for the domains below it too.",
            ),
            Example::new(
                "set-sendconnector 'To Fabrikam' -DNSRoutingEnabled:false -SmartHosts mx.fabrikam.com",
                "Hands mail to a smart host and asks DNS no more.",
            ),
        ],
    ),
    params: || row_params_and::<SendConnector>(Verb::Set, [&FORCE]),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let args = resolved(call, draft)?;
    let old = draft.members::<SendConnector>()?.to_vec();
    crud::set::<SendConnector>(call, &args, draft, |draft, all, at, scene| {
        check(draft, &all[at], old.get(at), &args, scene)
    })
}
