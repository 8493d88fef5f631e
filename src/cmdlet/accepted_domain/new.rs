//! New-AcceptedDomain: another domain that the organization takes mail for.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::AcceptedDomain;
use crate::param::Verb;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::New,
    noun: "AcceptedDomain",
    synopsis: "Take mail for another domain",
    help: Help::new(
        "Adds a domain that the organization takes mail for. All mailboxes of an Authoritative domain are here, some of an InternalRelay one, none of an ExternalRelay one. A domain and *.domain are two objects.",
        &[
            Example::new(
                "new-accepteddomain Adatum -DomainName adatum.com",
                "Takes mail for a domain whose mailboxes are all here.",
            ),
            Example::new(
                "new-accepteddomain 'Adatum below' -DomainName '*.adatum.com' -DomainType InternalRelay",
                "Takes mail for a domain and all below it, and passes on what is not here.",
            ),
        ],
    ),
    params: || row_params::<AcceptedDomain>(Verb::New),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    crud::new::<AcceptedDomain>(call, &call.args, draft, |_, made, others, _| {
        made.default = others.is_empty();
        Ok(Vec::new())
    })
}
