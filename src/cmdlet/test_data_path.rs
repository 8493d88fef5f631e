//! Test-DataPath: whether one end may reach another, told with the reasons.

use super::{Args, Call, Cmdlet, Draft, Effect, Missing, Outcome, test_data_path_roles as by_roles};
use crate::answer::Problem;
use crate::manual::{Example, Help, ParameterSet};
use crate::param::Verb;

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Test,
    noun: "DataPath",
    synopsis: "Tell whether a data path is documented and supported",
    help: Help::new(
        "Looks for data paths between two roles, or two servers of the store, that fit everything the line names. The answer is Documented, NotSupported, NotDocumented, or NotKnown where the tables of a version are incomplete; all but the first exit with 3 and say which part failed and what comes nearest.",
        &[
            Example::new(
                "test-datapath -Source HubTransport -Destination EdgeTransport",
                "Tells how mail and EdgeSync reach an Edge Transport server of 2010.",
            ),
            Example::new(
                "test-datapath -Source ClientAccess -Destination Mailbox -Version 2007 -Port 135",
                "Tells whether a port is one of those between two roles.",
            ),
            Example::new(
                "test-datapath -Source HUB01 -Destination Mailbox -Authentication NTLM",
                "Takes role and version of one end from a server of the store.",
            ),
        ],
    )
    .sets(sets),
    params: by_roles::params,
    effect: Effect::Consults,
    needs,
    run,
};

fn sets() -> Vec<ParameterSet> {
    vec![by_roles::set()]
}

fn needs(args: &Args) -> Vec<Missing> {
    by_roles::needs(args)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    by_roles::run(call, draft)
}
