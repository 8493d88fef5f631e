//! What an Edge subscription would change of a refused session with an Edge Transport server.

use crate::answer::Problem;
use crate::cmdlet::shared::crud::is_subscribed;
use crate::cmdlet::shared::fix_command;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::connector::edge_default::{EdgeState, Settled, settle};
use crate::session::{Client, Mechanism, Policy, Service, Verdict};

/// The line that subscribes the server, where a server's session is refused now and is not once the subscription has set
/// the default connector. A change of that connector by hand would keep the subscription from setting it.
///
/// # Errors
/// Where a file of the store cannot be read.
pub(super) fn remedy(
    host: &Host,
    policy: &Policy,
    client: &Client,
    verdict: &Verdict,
    draft: &mut Draft<'_>,
) -> Result<Option<String>, Problem> {
    let server = &host.server;
    let asks = server.is_edge() && client.mechanism == Some(Mechanism::ExchangeServer);
    if !asks || !verdict.decision.outcome.is_rejected() || is_subscribed(draft, &server.name)? {
        return Ok(None);
    }
    let mut subscribed = host.clone();
    let (_, settled) = settle(&mut subscribed, EdgeState::Subscribed);
    let helps = || !Service::new(&subscribed, policy).verdict(client).decision.outcome.is_rejected();
    if !matches!(settled, Settled::Changed(_)) || !helps() {
        return Ok(None);
    }
    Ok(site(draft)?.map(|site| fix_command::subscribing(&server.name, &site)))
}

/// The first site in which a server moves the organization's mail.
fn site(draft: &mut Draft<'_>) -> Result<Option<String>, Problem> {
    for name in draft.server_names()? {
        let hub = draft.host(&name)?.filter(|host| host.server.is_hub());
        if let Some(site) = hub.and_then(|host| host.server.site.clone()) {
            return Ok(Some(site));
        }
    }
    Ok(None)
}
