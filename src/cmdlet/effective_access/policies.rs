//! Access policies held against servers: for Test-AccessPolicy, Test-Store, and every change (AC6).

use super::organization::Shared;
use super::shown;
use crate::access::{Breach, ServerAccess, breaches};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::common_params::FORCE;
use crate::cmdlet::transaction::{Answers, Damage, Draft, HostChange, Outcome};
use crate::connector::Host;
use crate::organization::{AccessPolicy, Part};

/// One policy broken at one server.
pub struct Broken {
    /// The policy.
    pub policy: AccessPolicy,
    /// The server's name.
    pub server: String,
    /// The connector that gives what is forbidden, as `SERVER\Name`.
    pub connector: Option<String>,
    /// Who can, or cannot.
    pub client: String,
    /// What breaks it.
    pub breach: Breach,
}

impl Broken {
    /// One sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Broken { policy, server, client, breach, .. } = self;
        let (ability, effect): (&str, &str) = (breach.ability.into(), policy.effect.into());
        let from = shown::short(&breach.ranges);
        let how = match &self.connector {
            Some(connector) => format!("{client} from {from} can {ability} through `{connector}`"),
            None => format!("{client} from {from} cannot {ability} at {server}"),
        };
        format!("the access policy `{}` ({effect}) is broken: {how}", policy.name)
    }

    /// The line that shows it.
    #[must_use]
    pub fn try_line(&self) -> String {
        shown::line(&self.server, &self.breach.witness)
    }
}

/// Every policy that a server breaks.
fn of_server<'p>(
    host: &'p Host,
    access: &'p ServerAccess<'_>,
    policies: &'p [AccessPolicy],
) -> impl Iterator<Item = Broken> + 'p {
    let here = policies.iter().filter(|policy| policy.has_server(&host.server.name));
    here.flat_map(move |policy| breaches(access, policy).into_iter().map(move |breach| (policy, breach))).map(
        move |(policy, breach)| {
            let server = host.server.name.clone();
            let connector = breach.connector.and_then(|at| host.connectors.get(at));
            Broken {
                policy: policy.clone(),
                connector: connector.map(|one| identity(&server, &one.name)),
                client: connector.map_or_else(|| policy.user.clone(), |one| breach.identity.name(one)),
                server,
                breach,
            }
        },
    )
}

/// Every policy that a server of the store breaks; of one that is required at a server which is not there, nothing.
///
/// # Errors
/// Where a file cannot be read.
pub fn audit(draft: &mut Draft<'_>, policies: &[AccessPolicy]) -> Result<Vec<Broken>, Problem> {
    collect(draft, policies, |draft, name| draft.forget(name))
}

/// The same for a change, which keeps what it read.
fn broken(draft: &mut Draft<'_>, policies: &[AccessPolicy]) -> Result<Vec<Broken>, Problem> {
    collect(draft, policies, |_, _| ())
}

fn collect(
    draft: &mut Draft<'_>,
    policies: &[AccessPolicy],
    done: fn(&mut Draft<'_>, &str),
) -> Result<Vec<Broken>, Problem> {
    let mut found = Vec::new();
    if policies.is_empty() {
        return Ok(found);
    }
    let shared = Shared::of(draft)?;
    for name in draft.server_names()? {
        let Some(host) = draft.host(&name)? else { continue };
        found.extend(of_server(&host, &shared.access(&host), policies));
        done(draft, &name);
    }
    Ok(found)
}

/// Policies that do not hold, as Test-Store reports them.
///
/// # Errors
/// Where a file cannot be read.
pub fn damage(draft: &mut Draft<'_>) -> Result<Vec<Damage>, Problem> {
    let policies = draft.members::<AccessPolicy>()?.to_vec();
    let damage = |one: Broken| Damage { message: one.sentence(), place: one.connector.unwrap_or(one.server) };
    Ok(audit(draft, &policies)?.into_iter().map(damage).collect())
}

/// Refuses a change after which a policy is broken that held before, unless it is forced. A policy that is new or was
/// changed does not refuse itself: that it does not hold is a warning.
///
/// # Errors
/// The first policy that the change breaks, with the session that breaks it.
pub fn enforce(call: &Call<'_>, draft: &mut Draft<'_>, outcome: &mut Outcome) -> Result<(), Problem> {
    let changes = draft.changes();
    let shared = Part::AcceptedDomains | Part::TransportConfig | Part::Principals;
    let of_organization = !draft.changed_parts().is_disjoint(shared);
    let of_policies = draft.changed_parts().contains(Part::AccessPolicies);
    if changes.is_empty() && !of_organization && !of_policies {
        return Ok(());
    }
    let policies = draft.members::<AccessPolicy>()?.to_vec();
    if policies.is_empty() {
        return Ok(());
    }
    let old = draft.organizations().0.access_policies.clone();
    let (kept, new): (Vec<_>, Vec<_>) = policies.into_iter().partition(|policy| old.contains(policy));
    let mut found = Vec::new();
    if of_organization {
        found = broken(draft, &kept)?;
    } else {
        let after = Shared::of(draft)?;
        for host in changes.iter().filter_map(|HostChange { after, .. }| after.as_deref()) {
            found.extend(of_server(host, &after.access(host), &kept));
        }
    }
    if !found.is_empty() {
        let before = held_before(draft, &kept)?;
        found.retain(|one| !before.iter().any(|old| old.is_like(one)));
    }
    let forced = call.args.flag(&FORCE) == Some(true);
    if let Some(first) = found.first().filter(|_| !forced) {
        return Err(Problem::new(Exit::Refused, first.sentence()).hint(format!(
            "-Force makes the change all the same; after it, this shows the session: {}",
            first.try_line()
        )));
    }
    outcome.notices.extend(found.iter().map(Broken::sentence));
    let unmet = broken(draft, &new)?;
    outcome.notices.extend(unmet.iter().map(|one| format!("{}: {}", one.sentence(), one.try_line())));
    Ok(())
}

impl Broken {
    /// Whether another breach is of the same kind at the same server, and no wider.
    fn is_like(&self, other: &Broken) -> bool {
        self.policy.name == other.policy.name
            && self.server == other.server
            && self.breach.ability == other.breach.ability
    }
}

/// What was broken already before the change.
fn held_before(draft: &Draft<'_>, policies: &[AccessPolicy]) -> Result<Vec<Broken>, Problem> {
    let mut before = Draft::new(draft.source(), draft.archive(), Answers::new())?;
    broken(&mut before, policies)
}
