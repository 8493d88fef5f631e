//! The accepted domain that a Receive connector names as its DefaultDomain: no change, whichever cmdlet makes it,
//! leaves a name behind that is none. What a file said before is left alone, and told by Test-Store.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::crud;
use crate::cmdlet::shared::not_found::nearest;
use crate::cmdlet::transaction::difference::{Pair, connector_pairs};
use crate::cmdlet::transaction::{Damage, Draft};
use crate::connector::{Host, ReceiveConnector, rows};
use crate::organization::{AcceptedDomain, Part};
use crate::param::{check_domain, same_name};
use crate::powershell::quote;

/// How many connectors an error names.
const NAMED: usize = 5;

/// Refuses a draft in which a connector begins to name what is no accepted domain, or in which an accepted domain
/// goes that one names. A revision that is brought back is taken as it was.
///
/// # Errors
/// Exit 4 for a name, exit 1 for a domain that is in use, or where a file that this depends on cannot be read.
pub fn check(draft: &mut Draft<'_>) -> Result<(), Problem> {
    if draft.restores().is_some() {
        return Ok(());
    }
    let typed: Vec<String> = draft.changed_hosts().flat_map(new_names).collect();
    if !typed.is_empty() {
        let domains = draft.members::<AcceptedDomain>()?;
        if let Some(name) = typed.iter().find(|name| !is_accepted(name, domains)) {
            return Err(no_such_domain(name, domains));
        }
    }
    if draft.changed().parts.contains(Part::AcceptedDomains) { none_goes(draft) } else { Ok(()) }
}

/// Puts the domain in place of an accepted domain's name, Guid or distinguished name, where a call gives one as the
/// DefaultDomain of a connector.
///
/// # Errors
/// Where the accepted domains cannot be read.
pub fn resolve(
    connector: &mut ReceiveConnector,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<(), Problem> {
    if !call.args.has(&rows::DEFAULT_DOMAIN.param) {
        return Ok(());
    }
    let Some(name) = connector.default_domain.clone() else { return Ok(()) };
    let scene = crud::scene(call, draft)?;
    let domains = draft.members::<AcceptedDomain>()?;
    if let (false, [at]) = (is_accepted(&name, domains), crud::find(&name, domains, &scene).as_slice()) {
        connector.default_domain = domains.get(*at).map(|domain| domain.suffix().to_owned());
    }
    Ok(())
}

/// The names that connectors of one server have as their DefaultDomain since this change.
fn new_names((before, after): Pair<'_, Host>) -> Vec<String> {
    let new = |(old, new): Pair<'_, ReceiveConnector>| {
        let name = new?.default_domain.clone()?;
        let kept = old.and_then(|old| old.default_domain.as_ref()).is_some_and(|old| same_name(old, &name));
        (!kept).then_some(name)
    };
    connector_pairs(before, after).into_iter().filter_map(new).collect()
}

fn is_accepted(name: &str, domains: &[AcceptedDomain]) -> bool {
    domains.iter().any(|domain| domain.is_of(name))
}

/// What the product says of an object that is not there, and the domain that was meant, or the line that makes one.
fn no_such_domain(name: &str, domains: &[AcceptedDomain]) -> Problem {
    let parameter = rows::DEFAULT_DOMAIN.name();
    let message = format!(
        "The operation couldn't be performed because object '{name}' couldn't be found: parameter {parameter}: no such AcceptedDomain"
    );
    let problem = Problem::new(Exit::NotFound, message).about(parameter);
    let called = domains.iter().find(|domain| same_name(&domain.name, name)).map(AcceptedDomain::suffix);
    match called.or_else(|| alike(name, domains)).filter(|meant| *meant != "*") {
        Some(meant) if check_domain(name).is_err() => {
            problem.hint(format!("did you mean {}?", quote::bash(meant)))
        }
        Some(meant) => problem.hint(format!("did you mean {}? else {}", quote::bash(meant), making(name))),
        None if check_domain(name).is_err() => problem.hint("exch get-accepteddomain lists what there is"),
        None => problem.hint(making(name)),
    }
}

/// The domain most like `name` before its last label, which many domains share.
fn alike<'d>(name: &str, domains: &'d [AcceptedDomain]) -> Option<&'d str> {
    let head = |domain: &'d str| domain.rsplit_once('.').map_or(domain, |(head, _)| head);
    let suffixes = || domains.iter().map(AcceptedDomain::suffix);
    let typed = name.rsplit_once('.').map_or(name, |(head, _)| head);
    let meant = nearest(typed, suffixes().map(head))?;
    suffixes().find(|domain| head(domain) == meant)
}

fn making(name: &str) -> String {
    let name = quote::bash(name);
    format!("exch new-accepteddomain {name} -DomainName {name}")
}

/// An accepted domain that connectors name stays until they name another.
fn none_goes(draft: &mut Draft<'_>) -> Result<(), Problem> {
    let [before, after] =
        [draft.before(), draft.after()].map(|state| state.organization.accepted_domains.clone());
    if before.iter().all(|domain| is_accepted(domain.suffix(), &after)) {
        return Ok(());
    }
    let goes = |name: &str| is_accepted(name, &before) && !is_accepted(name, &after);
    let users: Vec<(String, String)> = all(draft, Err)?.into_iter().filter(|(_, name)| goes(name)).collect();
    let Some((first, domain)) = users.first() else { return Ok(()) };
    let named: Vec<&str> = users.iter().take(NAMED).map(|(connector, _)| connector.as_str()).collect();
    let more = match users.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let parameter = rows::DEFAULT_DOMAIN.name();
    let message = format!("`{domain}` is the {parameter} of {}{more}", named.join(", "));
    let hint =
        format!("exch set-receiveconnector {} -{parameter} '$null' before it is removed", quote::bash(first));
    Err(Problem::new(Exit::Refused, message).hint(hint).about("Identity"))
}

/// Every connector that has a DefaultDomain, with that. `unread` is what becomes of a server whose file cannot be
/// read.
fn all(
    draft: &mut Draft<'_>,
    unread: fn(Problem) -> Result<(), Problem>,
) -> Result<Vec<(String, String)>, Problem> {
    let mut found = Vec::new();
    for name in draft.server_names()? {
        match draft.host(&name) {
            Ok(Some(host)) => found.extend(host.connectors.iter().filter_map(|connector| {
                Some((identity(&host.server.name, &connector.name), connector.default_domain.clone()?))
            })),
            Ok(None) => {}
            Err(problem) => unread(problem)?,
        }
    }
    Ok(found)
}

/// The connectors whose DefaultDomain is no accepted domain, as far as the files can be read.
///
/// # Errors
/// Where the store cannot be read at all.
pub fn dangling(draft: &mut Draft<'_>) -> Result<Vec<Damage>, Problem> {
    let Ok(domains) = draft.members::<AcceptedDomain>().map(<[AcceptedDomain]>::to_vec) else {
        return Ok(Vec::new());
    };
    let parameter = rows::DEFAULT_DOMAIN.name();
    let damage = |(place, name): (String, String)| {
        let (making, quoted) = (making(&name), quote::bash(&place));
        let message = format!(
            "{parameter} is `{name}`, which is not an accepted domain: {making}, or exch set-receiveconnector {quoted} -{parameter} '$null'"
        );
        Damage { place, message }
    };
    let named = all(draft, |_| Ok(()))?;
    Ok(named.into_iter().filter(|(_, name)| !is_accepted(name, &domains)).map(damage).collect())
}
