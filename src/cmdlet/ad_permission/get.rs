//! Get-ADPermission: the access lists of connectors, entry by entry, or what they come to.

use crate::answer::Problem;
use crate::cmdlet::ad_permission::args::principal;
use crate::cmdlet::ad_permission::change::identities;
use crate::cmdlet::ad_permission::effective::{COLUMNS, effective};
use crate::cmdlet::ad_permission::holder::{self, Holder};
use crate::cmdlet::ad_permission::shared::{OWNER_COLUMNS, Shown};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, Missing, row_params_and};
use crate::cmdlet::session::policy::accounts;
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::ReceiveConnector;
use crate::manual::{Example, Exclusion, Help};
use crate::organization::SendConnector;
use crate::organization::send_connector::access::is_known;
use crate::param::{Param, Platform, Verb, Version, same_name};
use crate::permission::rows::{self, AdPermission};
use crate::permission::{AccessList, Principal};
use crate::server::Directory;
use crate::session::Policy;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "ADPermission",
    synopsis: "Show who may do what on connectors",
    help: Help::new(
        "Shows one row for each entry of the access list, those of permission groups too. -Effective shows one row for each principal and right: whether it is allowed, what gives it and what denies it. A group with missing entries is reported by name. Entries of Send connectors decide which headers are sent to whom.",
        &[
            Example::new("get-adpermission 'HUB01\\Relay'", "Shows the access list of a connector."),
            Example::new(
                "get-adpermission 'HUB01\\*' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -Effective",
                "Shows what anonymous sessions may do on the connectors of a server.",
            ),
            Example::new(
                "get-adpermission 'To Fabrikam' -User 'ANONYMOUS LOGON'",
                "Shows what a Send connector sends to servers outside.",
            ),
            Example::new("get-adpermission 'HUB01\\Relay' -Owner", "Shows who owns a connector."),
        ],
    )
    .columns(|| COLUMNS.into_iter().chain(OWNER_COLUMNS).collect()),
    params: || row_params_and::<AdPermission>(Verb::Get, [&rows::SHOW_OWNER, &rows::EFFECTIVE]),
    effect: Effect::Reads,
    needs,
    excludes: || vec![Exclusion::new(&rows::SHOW_OWNER, [&rows::USER.param, &rows::EFFECTIVE])],
    run,
    ..DEFAULTS
};

fn needs(args: &Args) -> Vec<Missing> {
    let identity = &rows::IDENTITY.param;
    (!args.has(identity)).then_some(Missing::of(identity)).into_iter().collect()
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let flag = |param: &Param| call.args.flag(param) == Some(true);
    let user = call.args.text(&rows::USER.param);
    let user = user.map(|name| asked(&name, draft)).transpose()?;
    let directory = draft.directory().clone();
    let (mut outcome, mut alone, mut newer, mut access) = (Outcome::default(), false, false, false);
    for holder in holder::shown(&identities(&call.args), call, draft)? {
        let Some(list) = List::of(&holder, call, draft, &directory)? else { continue };
        if flag(&rows::SHOW_OWNER) {
            outcome.objects.push(list.shown.owner());
            outcome.notices.extend(list.shown.without_owner());
            continue;
        }
        outcome.notices.extend(list.shown.incomplete_groups());
        if flag(&rows::EFFECTIVE) {
            let policy = accounts(draft)?;
            alone |= speaks_of_strangers(&list.access, user.as_ref(), &policy);
            let named = (holder.identity(), &list.access, list.platform);
            outcome.objects.extend(effective(
                (&named.0, named.1, named.2),
                user.as_ref(),
                (&directory, &policy),
            ));
            continue;
        }
        newer |= list.version > Version::V2007;
        let mut entries = list.access.entries(list.platform);
        entries.retain(|entry| is_known(entry.right, list.version));
        let wanted: Vec<_> =
            entries.iter().filter(|e| user.as_ref().is_none_or(|user| *user == e.principal)).collect();
        access |= wanted.iter().any(|entry| !entry.right.is_extended());
        outcome.objects.extend(wanted.into_iter().map(|entry| list.shown.entry(entry)));
    }
    Shown::head(&mut outcome.objects, !newer, access);
    if alone {
        outcome.notices.push("an account is taken with Authenticated Users and without its own groups, which the store does not know".to_owned());
    }
    Ok(outcome)
}

/// The access list of one connector.
struct List<'d> {
    access: AccessList,
    platform: Platform,
    version: Version,
    shown: Shown<'d>,
}

impl<'d> List<'d> {
    fn of(
        holder: &Holder,
        call: &Call<'_>,
        draft: &mut Draft<'_>,
        directory: &'d Directory,
    ) -> Result<Option<Self>, Problem> {
        match holder {
            Holder::Receive(server, name) => {
                let Some(host) = draft.host(server)? else { return Ok(None) };
                let list = |connector: &ReceiveConnector| List {
                    access: connector.access.clone(),
                    platform: host.server.platform(),
                    version: host.server.version,
                    shown: Shown::new(connector, &host, directory),
                };
                Ok(host.connector(name).map(list))
            }
            Holder::Send(name) => {
                let version = crud::scene(call, draft)?.version();
                let list = |connector: SendConnector| List {
                    access: connector.access(&directory.netbios_domain),
                    platform: SendConnector::PLATFORM,
                    version,
                    shown: Shown::of_send(&connector, directory),
                };
                Ok(holder::send_connector(name, draft)?.map(list))
            }
        }
    }
}

/// Whom a filter means: a name without its domain is the account of an access list that is called so.
fn asked(name: &str, draft: &mut Draft<'_>) -> Result<Principal, Problem> {
    let found = principal(&rows::USER.param, name, draft);
    if found.is_ok() || name.contains(['\\', '@']) {
        return found;
    }
    for server in draft.server_names()? {
        let Some(host) = draft.host(&server)? else { continue };
        let lists = host.connectors.iter().map(|connector| &connector.access);
        if let Some(account) = lists.filter_map(|list| called(list, name)).next() {
            return Ok(account);
        }
    }
    let domain = draft.directory().netbios_domain.clone();
    let lists = draft.members::<SendConnector>()?.iter().map(|connector| connector.access(&domain));
    lists.filter_map(|list| called(&list, name)).next().map_or(found, Ok)
}

/// The account of a list whose name without its domain is that.
fn called(list: &AccessList, name: &str) -> Option<Principal> {
    let is_last = |account: &str| account.rsplit('\\').next().is_some_and(|last| same_name(last, name));
    let principals = list.own_entries().iter().map(|entry| &entry.principal);
    let mut found = principals.filter(|one| matches!(one, Principal::Account(account) if is_last(account)));
    found.next().cloned()
}

/// Whether somebody is asked about whose groups are not known (P6).
fn speaks_of_strangers(list: &AccessList, user: Option<&Principal>, policy: &Policy) -> bool {
    let stranger =
        |principal: &Principal| matches!(principal, Principal::Account(name) if policy.known(name).is_none());
    user.map_or_else(|| list.own_entries().iter().any(|entry| stranger(&entry.principal)), stranger)
}
