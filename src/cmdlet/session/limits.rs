//! Limits that a message meets after the session has taken it: of the organization, and of the Send connector on its
//! way out. They are notes: the session's verdict does not depend on them.

use crate::answer::Problem;
use crate::cmdlet::transaction::Draft;
use crate::organization::send_connector::best;
use crate::organization::{SendConnector, TransportConfig};
use crate::param::{Field, Size, UnlimitedSize};
use crate::session::{Client, Policy, Verdict, Who};

/// The limits that are lower than what a session takes; none where it takes nothing.
///
/// # Errors
/// Where one of the organization's files cannot be read.
pub fn notes(
    client: &Client,
    policy: &Policy,
    verdict: &Verdict,
    draft: &mut Draft<'_>,
) -> Result<Vec<String>, Problem> {
    let Some(size) = client.size.filter(|_| verdict.treatment.is_some()) else { return Ok(Vec::new()) };
    let internal = verdict.treatment.is_some_and(|treatment| treatment.internal);
    let mut notes = Vec::new();
    // Whether the organization's limits hold for mail that is trusted whole is not known.
    let trusted = verdict.decision.who == Some(Who::ExternallySecured);
    if let Some(config) = draft.members::<TransportConfig>()?.first().filter(|_| !trusted) {
        let (name, limit) = match internal {
            true => ("MaxSendSize", config.max_send_size),
            false => ("MaxReceiveSize", config.max_receive_size),
        };
        notes.extend(note(size, limit, &format!("{name} of the organization")));
    }
    let taken = verdict.recipients.iter().filter(|one| one.refusal.is_none());
    let domains = taken.filter_map(|one| one.address.rsplit_once('@').map(|(_, domain)| domain.to_owned()));
    for domain in domains.filter(|domain| policy.domains.find(domain).is_none()) {
        let connectors = draft.members::<SendConnector>()?;
        let way = best(&domain, false, connectors).into_iter().next();
        let limit = way.and_then(|(connector, _)| Some((&connector.name, connector.max_message_size?)));
        let found = limit.and_then(|(name, limit)| {
            note(size, limit, &format!("MaxMessageSize of Send connector `{name}`"))
        });
        notes.extend(found.filter(|sentence| !notes.contains(sentence)));
    }
    Ok(notes)
}

fn note(size: u64, limit: UnlimitedSize, whose: &str) -> Option<String> {
    let limit: Size = limit.0.filter(|limit| size > limit.as_bytes())?;
    Some(format!("{whose} is {}: the message is taken here and returned to the sender later", limit.value()))
}
