//! Set-Store: what the organization is called.

use super::receive_connector::apply_args;
use super::set_receive_connector::something_to_set;
use super::shapes::STORE;
use super::{Call, Cmdlet, Draft, Effect, Outcome, nothing_more, row_params};
use crate::answer::{Object, Problem};
use crate::manual::{Example, Help};
use crate::param::{Noun, Param, Value, Verb};
use crate::server::Directory;

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "Store",
    synopsis: "Change what the store's organization is called",
    help: Help::new(
        "Changes the names that identities, distinguished names and accounts are made of. Servers and connectors stay as they are.",
        &[
            Example::new("set-store -Organization 'Contoso Ltd'", "Renames the organization."),
            Example::new(
                "set-store -NetBiosDomain CONTOSO1 -WhatIf",
                "Shows what another NetBIOS name would change.",
            ),
        ],
    ),
    params,
    effect: Effect::Changes,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    row_params::<Directory>(Verb::Set)
}

/// The store as it is shown: its organization, and where it is.
#[must_use]
pub fn object(directory: &Directory, call: &Call<'_>) -> Object {
    let shown = Directory::rows().iter().map(|row| (row.name(), row.print(directory, &())));
    let cells = shown.chain([("Path", Value::Text(call.context.store.clone()))]).collect();
    Object::new(&STORE, cells)
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    something_to_set::<Directory>(&call.args)?;
    let warnings = apply_args(draft.directory_mut(), &call.args)?;
    Ok(Outcome { warnings, ..Outcome::of(vec![object(draft.directory(), call)]) })
}
