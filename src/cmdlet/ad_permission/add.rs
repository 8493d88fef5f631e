//! Add-ADPermission: puts entries into the access lists of connectors, or names an owner.

use super::change as ad_permission_change;
use crate::answer::Problem;
use crate::cmdlet::ad_permission::args::{apart, common_sets, needs, new_principal};
use crate::cmdlet::ad_permission::change::{Way, identities};
use crate::cmdlet::ad_permission::shared::Shown;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, Effect, row_params};
use crate::cmdlet::receive_connector::shared::identity as joined;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::{Host, same_name};
use crate::manual::{Example, Help, ParameterSet};
use crate::param::{Finding, Param, Rule, Verb};
use crate::permission::rows::{self, AdPermission};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Add,
    noun: "ADPermission",
    synopsis: "Give or deny rights on Receive connectors",
    help: Help::new(
        "Adds one entry for each right: Allow, or with -Deny the opposite, which wins. What is there already is a warning and no revision. A group that the new entries make whole is named by PermissionGroups from then on; a wildcard or several identities are asked about first and become one revision, all or none.",
        &[
            Example::new(
                "add-adpermission 'HUB01\\Relay' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient",
                "Lets whoever the connector answers relay to any recipient.",
            ),
            Example::new(
                "add-adpermission 'HUB01\\Relay' -User 'CONTOSO\\app1' -ExtendedRights ms-Exch-SMTP-Submit,ms-Exch-Bypass-Anti-Spam -WhatIf",
                "Shows what two rights for one account would change.",
            ),
            Example::new(
                "add-adpermission '*\\Relay' -User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Sender -Deny -Confirm:false",
                "Denies a right on the connector of that name of every server.",
            ),
        ],
    )
    .sets(sets),
    params,
    effect: Effect::Changes,
    needs,
    run,
};

fn params() -> Vec<&'static Param> {
    let mut params = row_params::<AdPermission>(Verb::Add);
    params.extend([&rows::OWNER, &rows::INSTANCE]);
    params
}

fn sets() -> Vec<ParameterSet> {
    let mut sets = common_sets();
    let purpose = "names an owner in place of rights";
    let required = vec![&rows::IDENTITY.param];
    sets.insert(1, ParameterSet { switch: Some(&rows::OWNER), purpose, required, gives: Vec::new() });
    sets
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let with_owner: Vec<&Param> = params()
        .into_iter()
        .filter(|p| p.name != rows::OWNER.name && p.name != rows::IDENTITY.name())
        .collect();
    apart(&call.args, &rows::OWNER, &with_owner)?;
    match call.args.text(&rows::OWNER) {
        Some(name) => own(call, draft, &name),
        None => ad_permission_change::run(call, draft, Way::Add),
    }
}

/// Names the owner of connectors.
fn own(call: &Call<'_>, draft: &mut Draft<'_>, name: &str) -> Result<Outcome, Problem> {
    let owner = new_principal(&rows::OWNER, name, draft)?.name_in(&draft.directory().netbios_domain);
    let directory = draft.directory().clone();
    let targets = identity::targets_of(&identities(&call.args), call, draft)?;
    let mut outcome = Outcome::default();
    for (server, name) in &targets.found {
        let Some(host) = draft.host(server)? else { return Err(identity::no_server(server, draft)) };
        let mut host = Host::clone(&host);
        let Some(at) = host.connectors.iter().position(|c| same_name(&c.name, name)) else { continue };
        let target = joined(server, name);
        if host.connectors[at].owner.as_deref() == Some(owner.as_str()) {
            let message = format!("`{target}`: {owner} is the owner already");
            outcome.warnings.push(Finding::new(Rule::P4, rows::OWNER.name, message));
            continue;
        }
        let question =
            Question { operation: "Add", target, along: Vec::new(), removes: false, always: targets.many };
        if draft.confirm(question) {
            host.connectors[at].owner = Some(owner.clone());
            outcome.objects.push(Shown::new(&host.connectors[at], &host, &directory).owner());
            draft.put(host, &call.context)?;
        }
    }
    Ok(outcome)
}
