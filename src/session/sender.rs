//! Whether a session may send as an address (P8 to P11): of the envelope, and of the header.

use super::case::Case;
use super::identity::Who;
use super::rights::Deciding;
use crate::organization::accepted_domain::DomainType;

/// What became of the check of a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SenderCheck {
    /// There is none: `<>` passes (P11).
    Empty,
    /// The right that its domain needs is there (P8).
    Right(Deciding),
    /// Domain Security holds (P9).
    DomainSecurity,
    /// A front end does not check anonymous sessions (P10).
    Frontend,
    /// It is the account's own address (P11).
    Own,
    /// The account may send as it (P11).
    SendAs,
    /// Nobody says whether it is the account's own (P11).
    Unknown,
    /// It may not.
    Refused(Deciding),
}

impl SenderCheck {
    /// The rule that decides it.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            SenderCheck::Right(_) | SenderCheck::Refused(_) => "P8",
            SenderCheck::DomainSecurity => "P9",
            SenderCheck::Frontend => "P10",
            SenderCheck::Empty | SenderCheck::Own | SenderCheck::SendAs | SenderCheck::Unknown => "P11",
        }
    }
}

/// The right that a sender of this address needs: one for our own domains, another for all others.
pub(super) fn needed(case: &Case<'_>, address: &str) -> Deciding {
    let accepted = case.domain(address).and_then(|domain| case.policy.domains.find(domain));
    match accepted {
        Some(domain) if domain.domain_type == DomainType::Authoritative => {
            Deciding::AcceptAuthoritativeDomainSender
        }
        _ => Deciding::AcceptAnySender,
    }
}

/// Whether the session may send as `address`.
pub(super) fn check(case: &Case<'_>, address: &str) -> SenderCheck {
    if address.is_empty() {
        return SenderCheck::Empty;
    }
    let right = needed(case, address);
    // P10: a session that is handed on is checked where it goes.
    let rights = case.backend.map_or(case.rights, |(_, rights)| rights);
    if rights.has(right) {
        SenderCheck::Right(right)
    } else if case.is_domain_secured() {
        SenderCheck::DomainSecurity
    } else if case.frontend && case.message.is_anonymous() {
        SenderCheck::Frontend
    } else if case.message == Who::Account {
        of_account(case, address, right)
    } else {
        SenderCheck::Refused(right)
    }
}

/// P11: an account without the sender rights. An Edge Transport server has no address list to look addresses up in.
fn of_account(case: &Case<'_>, address: &str, right: Deciding) -> SenderCheck {
    if case.edge {
        return SenderCheck::Refused(right);
    }
    let known = case.client.user.as_deref().and_then(|user| case.policy.known(user));
    let Some(account) = known else { return SenderCheck::Unknown };
    let among = |list: &[String]| list.iter().any(|own| same_address(own, address));
    match account.addresses.as_deref() {
        Some(own) if among(own) => SenderCheck::Own,
        _ if among(&account.send_as) => SenderCheck::SendAs,
        Some(_) => SenderCheck::Refused(right),
        None => SenderCheck::Unknown,
    }
}

/// Addresses are compared ignoring case, without the `SMTP:` that the directory writes before them.
fn same_address(listed: &str, address: &str) -> bool {
    let plain = plain(listed);
    plain == address || plain.to_lowercase() == address.to_lowercase()
}

/// An address without the `SMTP:` that the directory writes before it.
#[must_use]
pub fn plain(listed: &str) -> &str {
    match listed.get(..5) {
        Some(head) if head.eq_ignore_ascii_case("smtp:") => &listed[5..],
        _ => listed,
    }
}
