//! Get-ADPermission: the access lists of connectors, entry by entry, or what they come to.

use crate::answer::Problem;
use crate::cmdlet::ad_permission::args::{apart, of_send_connector, principal};
use crate::cmdlet::ad_permission::change::identities;
use crate::cmdlet::ad_permission::effective::effective;
use crate::cmdlet::ad_permission::shared::Shown;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, Effect, Missing, row_params};
use crate::cmdlet::session::policy::accounts;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Param, Verb, Version, same_name};
use crate::permission::rows::{self, AdPermission};
use crate::permission::{AccessList, Principal};
use crate::session::Policy;

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "ADPermission",
    synopsis: "Show who may do what on Receive connectors",
    help: Help::new(
        "Shows one row for each entry of the access list, those of permission groups too. -Effective shows one row for each principal and right: whether it is allowed, what gives it and what denies it. A group with missing entries is reported by name.",
        &[
            Example::new("get-adpermission 'HUB01\\Relay'", "Shows the access list of a connector."),
            Example::new(
                "get-adpermission 'HUB01\\*' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -Effective",
                "Shows what anonymous sessions may do on the connectors of a server.",
            ),
            Example::new("get-adpermission 'HUB01\\Relay' -Owner", "Shows who owns a connector."),
        ],
    ),
    params,
    effect: Effect::Reads,
    needs,
    run,
};

fn params() -> Vec<&'static Param> {
    let mut params = row_params::<AdPermission>(Verb::Get);
    params.extend([&rows::SHOW_OWNER, &rows::EFFECTIVE]);
    params
}

fn needs(args: &Args) -> Vec<Missing> {
    let identity = &rows::IDENTITY.param;
    (!args.has(identity)).then_some(Missing { param: identity, ask: true }).into_iter().collect()
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    apart(&call.args, &rows::SHOW_OWNER, &[&rows::USER.param, &rows::EFFECTIVE])?;
    let flag = |param: &Param| call.args.flag(param) == Some(true);
    let user = call.args.text(&rows::USER.param);
    let user = user.map(|name| asked(&name, draft)).transpose()?;
    let directory = draft.directory().clone();
    let (mut outcome, mut alone, mut newer, mut access) = (Outcome::default(), false, false, false);
    let names = identities(&call.args);
    let found = match identity::all_connectors(&names, call, draft) {
        Ok(found) => found,
        Err(problem) => return Err(of_send_connector(problem, &names, call, draft)),
    };
    for (server, name) in found {
        let Some(host) = draft.host(&server)? else { continue };
        let Some(connector) = host.connector(&name) else { continue };
        let shown = Shown::new(connector, &host, &directory);
        if flag(&rows::SHOW_OWNER) {
            outcome.objects.push(shown.owner());
            continue;
        }
        outcome.notices.extend(shown.incomplete_groups());
        if flag(&rows::EFFECTIVE) {
            let policy = accounts(draft)?;
            alone |= speaks_of_strangers(&connector.access, user.as_ref(), &policy);
            outcome.objects.extend(effective(connector, &host, user.as_ref(), (&directory, &policy)));
            continue;
        }
        newer |= host.server.version > Version::V2007;
        let entries = connector.access.entries(host.server.platform());
        let wanted: Vec<_> =
            entries.iter().filter(|e| user.as_ref().is_none_or(|user| *user == e.principal)).collect();
        access |= wanted.iter().any(|entry| !entry.right.is_extended());
        outcome.objects.extend(wanted.into_iter().map(|entry| shown.entry(entry)));
    }
    Shown::head(&mut outcome.objects, !newer, access);
    if alone {
        outcome.notices.push("an account is taken with Authenticated Users and without its own groups, which the store does not know".to_owned());
    }
    Ok(outcome)
}

/// Whom a filter means: a name without its domain is the account of an access list that is called so.
fn asked(name: &str, draft: &mut Draft<'_>) -> Result<Principal, Problem> {
    let found = principal(&rows::USER.param, name, draft);
    if found.is_ok() || name.contains(['\\', '@']) {
        return found;
    }
    for server in draft.server_names()? {
        let Some(host) = draft.host(&server)? else { continue };
        let entries = host.connectors.iter().flat_map(|connector| connector.access.own_entries());
        for entry in entries {
            let is_last =
                |account: &str| account.rsplit('\\').next().is_some_and(|last| same_name(last, name));
            if matches!(&entry.principal, Principal::Account(account) if is_last(account)) {
                return Ok(entry.principal.clone());
            }
        }
    }
    found
}

/// Whether somebody is asked about whose groups are not known (P6).
fn speaks_of_strangers(list: &AccessList, user: Option<&Principal>, policy: &Policy) -> bool {
    let stranger =
        |principal: &Principal| matches!(principal, Principal::Account(name) if policy.known(name).is_none());
    user.map_or_else(|| list.own_entries().iter().any(|entry| stranger(&entry.principal)), stranger)
}
