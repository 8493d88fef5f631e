//! Initialize-Store: makes a store, and says what the organization is called.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::receive_connector::shared::{apply_args, given_rows};
use crate::cmdlet::store::set::{COLUMNS, object};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::Verb;
use crate::server::{Directory, directory};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Initialize,
    noun: "Store",
    synopsis: "Make a store",
    help: Help::new(
        "Makes a store, a directory of TOML files under git, and names the organization in it. Optional: the first change creates a store too, with names that Set-Store changes later. A store that is there already with the same names is no error.",
        &[
            Example::new(
                "initialize-store -Organization Contoso -Domain contoso.com",
                "Makes a store for an organization.",
            ),
            Example::new(
                "initialize-store -Store lab -Domain lab.example",
                "Makes another store in the directory lab.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || row_params::<Directory>(Verb::Initialize),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let mut wanted = draft.directory().clone();
    apply_args(&mut wanted, &call.args)?;
    let named_netbios = call.args.has(&directory::NETBIOS_DOMAIN.param);
    if call.args.has(&directory::DOMAIN.param) && !named_netbios {
        wanted = Directory::new(&wanted.organization, &wanted.domain);
    }
    let exists = draft.archive().is_some();
    if exists && wanted != *draft.directory() {
        let given: Vec<&str> = given_rows::<Directory>(&call.args).map(|(row, _)| row.name()).collect();
        return Err(Problem::new(
            Exit::Conflict,
            format!(
                "the store in {} is there already, with another {}",
                call.context.store,
                given.join(", ")
            ),
        )
        .hint("exch set-store changes it, -Store DIR names another place"));
    }
    *draft.directory_mut() = wanted;
    draft.initialize();
    let mut outcome = Outcome::of(vec![object(draft.directory(), call)]);
    if exists {
        outcome.notices.push(format!("the store in {} is there already", call.context.store));
    }
    Ok(outcome)
}
