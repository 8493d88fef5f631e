//! Add-ADPermission: puts entries into the access lists of connectors, or names an owner.

use super::change as ad_permission_change;
use crate::answer::{Object, Problem};
use crate::cmdlet::ad_permission::args::{common_sets, needs, new_principal};
use crate::cmdlet::ad_permission::change::{Way, identities};
use crate::cmdlet::ad_permission::holder::{self, Holder};
use crate::cmdlet::ad_permission::shared::Shown;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::{Host, same_name};
use crate::manual::{Example, Exclusion, Help, ParameterSet};
use crate::organization::SendConnector;
use crate::param::{Finding, Rule, Verb};
use crate::permission::rows::{self, AdPermission};
use crate::server::Directory;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Add,
    noun: "ADPermission",
    synopsis: "Give or deny rights on connectors",
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
                "add-adpermission 'To Fabrikam' -User 'MS Exchange\\Partner Servers' -ExtendedRights ms-Exch-Send-Headers-Organization",
                "Sends the organization's headers on to partners, by a Send connector.",
            ),
            Example::new(
                "add-adpermission '*\\Relay' -User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Sender -Deny -Confirm:false",
                "Denies a right on the connector of that name of every server.",
            ),
        ],
    )
    .sets(sets),
    params: || row_params_and::<AdPermission>(Verb::Add, [&rows::OWNER, &rows::INSTANCE]),
    effect: Effect::Changes,
    needs,
    excludes,
    run,
    ..DEFAULTS
};

/// An owner is named for connectors, and by nothing else.
fn excludes() -> Vec<Exclusion> {
    let own = [rows::OWNER.name, rows::IDENTITY.name()];
    let others = (CMDLET.params)().into_iter().filter(|param| !own.contains(&param.name));
    vec![Exclusion::new(&rows::OWNER, others)]
}

fn sets() -> Vec<ParameterSet> {
    let mut sets = common_sets();
    let purpose = "names an owner in place of rights";
    let required = vec![&rows::IDENTITY.param];
    sets.insert(1, ParameterSet { switch: Some(&rows::OWNER), purpose, required, gives: Vec::new() });
    sets
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    match call.args.text(&rows::OWNER) {
        Some(name) => own(call, draft, &name),
        None => ad_permission_change::run(call, draft, Way::Add),
    }
}

/// Names the owner of connectors.
fn own(call: &Call<'_>, draft: &mut Draft<'_>, name: &str) -> Result<Outcome, Problem> {
    let owner = new_principal(&rows::OWNER, name, draft)?.name_in(&draft.directory().netbios_domain);
    let directory = draft.directory().clone();
    let holders = holder::changed(&identities(&call.args), call, draft)?;
    let mut outcome = Outcome::default();
    for holder in &holders.found {
        let target = holder.identity();
        let owned = owner_of(holder, draft)?;
        if owned.as_deref() == Some(owner.as_str()) {
            let message = format!("`{target}`: {owner} is the owner already");
            outcome.warnings.push(Finding::new(Rule::P4, rows::OWNER.name, message));
            continue;
        }
        let question =
            Question { operation: "Add", target, along: Vec::new(), removes: false, always: holders.many };
        if draft.confirm(question) {
            outcome.objects.extend(name_owner(holder, &owner, &directory, call, draft)?);
        }
    }
    Ok(outcome)
}

fn owner_of(holder: &Holder, draft: &mut Draft<'_>) -> Result<Option<String>, Problem> {
    Ok(match holder {
        Holder::Receive(server, name) => {
            draft.host(server)?.and_then(|host| host.connector(name)?.owner.clone())
        }
        Holder::Send(name) => holder::send_connector(name, draft)?.and_then(|connector| connector.owner),
    })
}

fn name_owner(
    holder: &Holder,
    owner: &str,
    directory: &Directory,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Option<Object>, Problem> {
    let owner = Some(owner.to_owned());
    match holder {
        Holder::Receive(server, name) => {
            let Some(host) = draft.host(server)? else { return Err(identity::no_server(server, draft)) };
            let mut host = Host::clone(&host);
            let Some(at) = host.connectors.iter().position(|c| same_name(&c.name, name)) else {
                return Ok(None);
            };
            host.connectors[at].owner = owner;
            let shown = Shown::new(&host.connectors[at], &host, directory).owner();
            draft.put(host, &call.context)?;
            Ok(Some(shown))
        }
        Holder::Send(name) => {
            let Some(connector) = holder::send_connector(name, draft)? else { return Ok(None) };
            let connector = SendConnector { owner, ..connector };
            let shown = Shown::of_send(&connector, directory).owner();
            holder::put(connector, call, draft)?;
            Ok(Some(shown))
        }
    }
}
