//! The rules for a state that comes back: it may break none that is kept now.

use crate::answer::Problem;
use crate::connector::Host;
use crate::connector::rules::check_host;
use crate::server;

/// Refuses a server that breaks a rule which it keeps as it is now.
///
/// # Errors
/// The first such rule; of two connectors in each other's way, exit 5.
pub(in crate::cmdlet::store) fn host(now: Option<&Host>, then: &Host) -> Result<(), Problem> {
    let before = now.map(check_host).unwrap_or_default();
    let is_known = |message: &str| before.iter().any(|(_, finding)| finding.message == message);
    if let Some(refusal) = server::check(&then.server).refusals.into_iter().next() {
        return Err(refusal.into());
    }
    match check_host(then).into_iter().find(|(_, finding)| !is_known(&finding.message)) {
        Some((at, finding)) => {
            let connector = then.connectors.get(at).map(|connector| connector.name.as_str());
            let identity = format!("{}\\{}", then.server.name, connector.unwrap_or_default());
            let problem = Problem::from(finding);
            let message = format!("{identity}: {}", problem.message);
            Err(Problem { message, ..problem })
        }
        None => Ok(()),
    }
}
