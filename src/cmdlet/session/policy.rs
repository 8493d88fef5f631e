//! What the store knows that bears on sessions and paths: domains, accounts, and which server owns an address.

use crate::answer::Problem;
use crate::cmdlet::shared::identity;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::organization::{AcceptedDomain, Principal, TransportConfig, principal};
use crate::session::{Account, Domains, Peer, PeerServer, Policy};

/// The organization as sessions meet it, without the addresses of its servers.
///
/// # Errors
/// Where one of the organization's files cannot be read.
pub fn policy(draft: &mut Draft<'_>) -> Result<Policy, Problem> {
    let domains = draft.members::<AcceptedDomain>()?.to_vec();
    let mut policy = Policy::new(&draft.directory().netbios_domain, Domains::new(&domains));
    policy.default_domain =
        domains.iter().find(|domain| domain.default).map(|domain| domain.suffix().to_owned());
    if let Some(config) = draft.members::<TransportConfig>()?.first() {
        policy.xexch50 = config.xexch50_enabled;
        policy = policy.secure(&config.tls_receive_domain_secure_list, &config.tls_send_domain_secure_list);
    }
    with_accounts(policy, draft)
}

/// What is known of accounts and groups alone, for questions that no domain bears on.
///
/// # Errors
/// Where their file cannot be read.
pub fn accounts(draft: &mut Draft<'_>) -> Result<Policy, Problem> {
    let policy = Policy::new(&draft.directory().netbios_domain, Domains::new(&[]));
    with_accounts(policy, draft)
}

fn with_accounts(policy: Policy, draft: &mut Draft<'_>) -> Result<Policy, Problem> {
    let accounts = draft.members::<Principal>()?;
    Ok(accounts.iter().fold(policy, |policy, known| policy.account(account(known, accounts))))
}

/// An account as sessions meet it; addresses that are not given are unknown rather than none (P11).
fn account(known: &Principal, all: &[Principal]) -> Account {
    Account {
        name: known.name.clone(),
        sid: known.sid.clone(),
        groups: principal::groups(&known.name, all).unwrap_or_default(),
        addresses: (!known.email_addresses.is_empty()).then(|| known.email_addresses.clone()),
        send_as: known.send_as.clone(),
    }
}

/// The same with an account in more groups than the store says, and in the groups that those are in (P6).
///
/// # Errors
/// Where the file of accounts cannot be read.
pub fn member_of(
    policy: Policy,
    user: &str,
    groups: &[String],
    draft: &mut Draft<'_>,
) -> Result<Policy, Problem> {
    if groups.is_empty() {
        return Ok(policy);
    }
    let accounts = draft.members::<Principal>()?;
    let unknown = || Account { name: user.to_owned(), ..Account::default() };
    let mut account = policy.known(user).cloned().unwrap_or_else(unknown);
    for group in groups {
        account.groups.push(group.clone());
        account.groups.extend(principal::groups(group, accounts).unwrap_or_default());
    }
    Ok(policy.account(account))
}

/// The same with the servers that own addresses, which reads every server's file (P6).
///
/// # Errors
/// Where a server's file cannot be read.
pub(crate) fn with_peers(mut policy: Policy, draft: &mut Draft<'_>) -> Result<Policy, Problem> {
    for name in draft.server_names()? {
        let Some(host) = draft.host(&name)? else { continue };
        for address in &host.server.addresses {
            policy = policy.peer(*address, peer(&host));
        }
    }
    Ok(policy)
}

/// What a server is to another one.
#[must_use]
pub fn peer(host: &Host) -> PeerServer {
    PeerServer { name: host.server.name.clone(), peer: Peer::of(&host.server) }
}

/// The one server that an identity means.
///
/// # Errors
/// Exit 4 where there is none of that name.
pub fn server(text: &str, draft: &mut Draft<'_>) -> Result<std::sync::Arc<Host>, Problem> {
    let found = identity::find_servers(text, draft)?;
    match found.first() {
        Some(name) => {
            draft.host(name)?.ok_or_else(|| crate::cmdlet::shared::not_found::no_server(text, draft))
        }
        None => Err(crate::cmdlet::shared::not_found::no_server(text, draft)),
    }
}
