//! Access policies held against servers: for Test-AccessPolicy, Test-Store, and every change (AC6).

use std::collections::BTreeSet;

use super::organization::Shared;
use super::shown;
use crate::access::{Breach, ServerAccess, breaches, session_from};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::common_params::FORCE;
use crate::cmdlet::transaction::{Answers, Damage, Draft, Outcome};
use crate::connector::Host;
use crate::net::{RangeSubtraction, RemoteRange};
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
    pub(crate) fn try_line(&self) -> String {
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

/// Every policy that a server of the store breaks; of a server that is not there a policy says nothing.
///
/// # Errors
/// Where a file cannot be read.
pub(crate) fn audit(draft: &mut Draft<'_>, policies: &[AccessPolicy]) -> Result<Vec<Broken>, Problem> {
    let names = draft.server_names()?;
    collect(draft, &names, policies, |draft, name| draft.forget(name))
}

/// The same of some servers, and what to do when one is answered: a change keeps what it read.
fn collect(
    draft: &mut Draft<'_>,
    servers: &[String],
    policies: &[AccessPolicy],
    done: fn(&mut Draft<'_>, &str),
) -> Result<Vec<Broken>, Problem> {
    let mut found = Vec::new();
    if policies.is_empty() {
        return Ok(found);
    }
    let shared = Shared::of(draft)?;
    for name in servers {
        let Some(host) = draft.host(name)? else { continue };
        found.extend(of_server(&host, &shared.access(&host), policies));
        done(draft, name);
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

/// Refuses a change that lets a client break a policy from addresses from which it did not before, unless it is forced. A
/// policy that is new or was changed does not refuse itself: that it does not hold is reported.
///
/// # Errors
/// The first policy that the change breaks, with the session that breaks it.
pub(crate) fn enforce(call: &Call<'_>, draft: &mut Draft<'_>, outcome: &mut Outcome) -> Result<(), Problem> {
    let changed = draft.changed();
    let shared = Part::AcceptedDomains | Part::TransportConfig | Part::Principals;
    let of_organization = !changed.parts.is_disjoint(shared);
    let of_policies = changed.parts.contains(Part::AccessPolicies);
    if changed.servers.is_empty() && !of_organization && !of_policies {
        return Ok(());
    }
    let policies = draft.members::<AccessPolicy>()?.to_vec();
    if policies.is_empty() {
        return Ok(());
    }
    let old = draft.before().organization.access_policies.clone();
    let (kept, new): (Vec<_>, Vec<_>) = policies.into_iter().partition(|policy| old.contains(policy));
    let every = if of_organization || !new.is_empty() { draft.server_names()? } else { Vec::new() };
    let now = collect(draft, if of_organization { &every } else { &changed.servers }, &kept, |_, _| ())?;
    let found = since(draft, now, &kept)?;
    let forced = call.args.flag(&FORCE) == Some(true);
    if let Some(first) = found.first().filter(|_| !forced) {
        let force = if call.cmdlet.runs_lines { "-Force for the whole run" } else { "-Force" };
        return Err(Problem::new(Exit::Refused, first.sentence()).hint(format!(
            "{force} makes the change all the same; after it, this shows the session: {}",
            first.try_line()
        )));
    }
    outcome.notices.extend(found.iter().map(Broken::sentence));
    let unmet = collect(draft, &every, &new, |_, _| ())?;
    outcome.notices.extend(unmet.iter().map(|one| format!("{}: {}", one.sentence(), one.try_line())));
    Ok(())
}

/// What of `now` was not so before the change: of each breach the addresses that are new.
fn since(draft: &Draft<'_>, now: Vec<Broken>, policies: &[AccessPolicy]) -> Result<Vec<Broken>, Problem> {
    if now.is_empty() {
        return Ok(now);
    }
    let mut before = Draft::new(draft.source(), draft.archive(), Answers::new())?;
    let servers: BTreeSet<String> = now.iter().map(|one| one.server.clone()).collect();
    let servers: Vec<String> = servers.into_iter().collect();
    let before = collect(&mut before, &servers, policies, |_, _| ())?;
    let left = |one: Broken| {
        let like = before.iter().filter(|old| old.is_like(&one));
        let had: Vec<RemoteRange> = like.flat_map(|old| old.breach.ranges.clone()).collect();
        one.without(&RangeSubtraction::new(&had))
    };
    Ok(now.into_iter().filter_map(left).collect())
}

impl Broken {
    /// Whether another is of the same policy, server, client and ability.
    fn is_like(&self, other: &Broken) -> bool {
        let key = |one: &Broken| (one.policy.name.clone(), one.server.clone(), one.client.clone());
        key(self) == key(other) && self.breach.ability == other.breach.ability
    }

    /// The same without some addresses; nothing where none is left.
    fn without(mut self, had: &RangeSubtraction) -> Option<Self> {
        self.breach.ranges = self.breach.ranges.iter().flat_map(|range| had.left(range)).collect();
        let Breach { ranges, endpoints, witness, .. } = &self.breach;
        self.breach.witness = session_from(witness, ranges, endpoints)?;
        Some(self)
    }
}
