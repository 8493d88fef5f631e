//! Set-AcceptedDomain: changes what was given, and moves the default.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::AcceptedDomain;
use crate::param::{Kind, Param, Verb, param};

const SET: &[Verb] = &[Verb::Set];

/// Moves the default here.
pub(in crate::cmdlet) static MAKE_DEFAULT: Param =
    param("MakeDefault", Kind::Bool, "Make it the domain of addresses without one; printed as Default")
        .on(SET);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "AcceptedDomain",
    synopsis: "Change accepted domains",
    help: Help::new(
        "Changes what is given and leaves the rest as it is. The domain itself never changes: it is removed and made anew. One domain is always the default; -MakeDefault:true moves the default here.",
        &[
            Example::new(
                "set-accepteddomain contoso.com -DomainType InternalRelay",
                "Passes mail on for recipients that are not here.",
            ),
            Example::new(
                "set-accepteddomain contoso.com -MatchSubDomains:true",
                "Takes mail for all domains below it.",
            ),
        ],
    ),
    params: || row_params_and::<AcceptedDomain>(Verb::Set, [&MAKE_DEFAULT]),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let make_default = call.args.flag(&MAKE_DEFAULT);
    crud::set::<AcceptedDomain>(call, &call.args, draft, |_, all, at, _| {
        match make_default {
            Some(true) => all.iter_mut().enumerate().for_each(|(place, domain)| domain.default = place == at),
            Some(false) if all[at].default => return Err(one_is_default(&all[at].name)),
            _ => {}
        }
        Ok(Vec::new())
    })
}

fn one_is_default(name: &str) -> Problem {
    let message = format!("parameter MakeDefault: `{name}` is the default domain, and one domain always is");
    Problem::new(Exit::Refused, message)
        .hint("exch set-accepteddomain OTHER -MakeDefault:true moves the default to another one")
        .about(MAKE_DEFAULT.name)
}
