//! What mail between servers lacks, in words (D4): what follows "lacks", and whose it is.

use std::net::SocketAddr;

use crate::connector::rows;
use crate::organization::transport_config;
use crate::param::Field;
use crate::permission::{Entry, rows as entries};
use crate::server::rows as servers;
use crate::session::{Action, Lack, MailPath, Remedy};

/// What lacks, as it follows "lacks".
#[must_use]
pub fn lacking(lack: &Lack, path: &MailPath<'_>, local: &SocketAddr, domain: &str) -> String {
    match lack {
        Lack::Change(remedy) => changed(&remedy.action, domain),
        Lack::Unowned { binding, .. } => {
            let at = binding.endpoint().ip();
            match path.policy.server_at(at) {
                Some(owner) => format!("an address of its own server: {} owns {at}", owner.name),
                None => format!("an address of its own server: nobody owns {at}"),
            }
        }
        Lack::Listener => format!("a connector at {local}"),
        Lack::Unlisted(name) => format!("{name} on TLSReceiveDomainSecureList"),
        Lack::External(_) => "a session that is not externally secured".to_owned(),
        Lack::Sender(what) => format!("nothing; the sender has to {what}"),
        Lack::Refused(refusal) => format!("nothing that is known ({})", refusal.rule()),
    }
}

fn changed(action: &Action, domain: &str) -> String {
    let entry = |entry: &Entry| format!("{} for {}", entry.right.name, principal(entry, domain));
    match action {
        Action::Enable => format!("{} True", rows::ENABLED.name()),
        Action::AddRange(range) => format!("{range} in {}", rows::REMOTE_IP_RANGES.name()),
        Action::AddGroup(group) => format!("{} in {}", <&str>::from(*group), rows::PERMISSION_GROUPS.name()),
        Action::Grant(missing) => entry(missing),
        Action::RemoveDeny(denied) => format!("{}, which an entry denies", entry(denied)),
        Action::Offer(mechanisms) => {
            format!("{} in {}", mechanisms.value(), rows::AUTH_MECHANISM.name())
        }
        Action::Set(name, value) => format!("{name} {value}"),
        Action::Client(what) => format!("nothing; the sender has to {what}"),
    }
}

/// The principal of an entry as it is typed.
#[must_use]
pub fn principal(entry: &Entry, domain: &str) -> String {
    entry.principal.name_in(domain)
}

/// The connector's place that is to be changed.
#[must_use]
pub fn place(lack: &Lack) -> Option<usize> {
    match lack {
        Lack::Change(remedy) => remedy.connector,
        Lack::Unowned { connector, .. } | Lack::External(connector) => Some(*connector),
        Lack::Listener | Lack::Unlisted(_) | Lack::Sender(_) | Lack::Refused(_) => None,
    }
}

/// The property that is to be changed.
#[must_use]
pub fn parameter(lack: &Lack) -> &'static str {
    match lack {
        Lack::Change(Remedy { action, .. }) => match action {
            Action::Enable => rows::ENABLED.name(),
            Action::AddRange(_) => rows::REMOTE_IP_RANGES.name(),
            Action::AddGroup(_) => rows::PERMISSION_GROUPS.name(),
            Action::Grant(_) | Action::RemoveDeny(_) => entries::EXTENDED_RIGHTS.name(),
            Action::Offer(_) | Action::Client(_) => rows::AUTH_MECHANISM.name(),
            Action::Set(name, _) => name,
        },
        Lack::Unowned { .. } => servers::IP_ADDRESSES.name(),
        Lack::Listener => rows::BINDINGS.name(),
        Lack::Unlisted(_) => transport_config::rows::TLS_RECEIVE_DOMAIN_SECURE_LIST.name(),
        Lack::External(_) | Lack::Sender(_) | Lack::Refused(_) => rows::AUTH_MECHANISM.name(),
    }
}
