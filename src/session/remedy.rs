//! What would let a refused session pass, in the domain's terms, and whether it would open a relay (R3).
//!
//! It spells no command line: whoever prints a verdict does.

use enumset::EnumSet;

use super::case::Case;
use super::client::{Mechanism, Tls};
use super::dialogue::Refusal;
use super::identity::{Who, principals};
use super::mechanism::needed;
use super::policy::Policy;
use super::rights::Deciding;
use super::sender;
use super::why::setting;
use crate::connector::relay::{Way, open};
use crate::connector::{AuthMechanism, ExtendedProtectionPolicy, ReceiveConnector, rows};
use crate::net::RemoteRange;
use crate::param::{Field, Platform, Row, Size, Value};
use crate::permission::{Entry, Evaluator, PermissionGroup, Principal, giver, grants};

/// One change that helps.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Turn the connector on.
    Enable,
    /// Let the connector answer one more range.
    AddRange(RemoteRange),
    /// Name one more permission group.
    AddGroup(PermissionGroup),
    /// Allow a right to a principal.
    Grant(Entry),
    /// Take an entry that denies away.
    RemoveDeny(Entry),
    /// Offer mechanisms of AuthMechanism.
    Offer(EnumSet<AuthMechanism>),
    /// Give a property another value.
    Set(&'static str, Value),
    /// Nothing on the server: what the client must do.
    Client(&'static str),
}

/// A change to a connector that helps.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The connector's place; nothing where the client must change.
    pub connector: Option<usize>,
    /// The change.
    pub action: Action,
    /// Whether the connector would be an open relay with it (R3).
    pub opens_relay: bool,
}

impl Remedy {
    /// The change to the connector at a place, weighed.
    pub(super) fn of(
        at: usize,
        connector: &ReceiveConnector,
        action: Action,
        platform: Platform,
        policy: &Policy,
    ) -> Self {
        let changed = action.on(connector, platform);
        let opens_relay =
            open(&Way { connector: &changed, platform, catch_all: policy.domains.catch_all() }).is_some();
        let connector = Some(at).filter(|_| !matches!(action, Action::Client(_)));
        Remedy { opens_relay: opens_relay && connector.is_some(), connector, action }
    }
}

impl Action {
    /// The connector after the change.
    #[must_use]
    pub fn on(&self, connector: &ReceiveConnector, platform: Platform) -> ReceiveConnector {
        let mut changed = connector.clone();
        match self {
            Action::Enable => changed.enabled = true,
            Action::AddRange(range) => changed.remote_ip_ranges.push(range.clone()),
            Action::AddGroup(group) => {
                let entries = grants(*group, platform);
                changed.access = changed.access.with(&entries, platform);
            }
            Action::Grant(entry) => {
                changed.access = changed.access.with(std::slice::from_ref(entry), platform);
            }
            Action::RemoveDeny(entry) => {
                changed.access = changed.access.without(std::slice::from_ref(entry), platform);
            }
            Action::Offer(mechanisms) => changed.auth |= *mechanisms,
            Action::Set(name, value) => {
                let row = rows::ROWS.iter().find(|row| row.name() == *name);
                // Values are made from the row that they are for.
                row.map(|row| row.assign(&mut changed, value.clone()).is_ok());
            }
            Action::Client(_) => {}
        }
        changed
    }
}

/// What would let the case's session pass the refusal, the first thing first.
pub(super) fn actions(
    case: &Case<'_>,
    refusal: Refusal,
    recipient: Option<&str>,
    list: &Evaluator,
) -> Vec<Action> {
    let set =
        |value| setting(refusal).map(|row: &Row<_>| Action::Set(row.name(), value)).into_iter().collect();
    match refusal {
        Refusal::NotBound | Refusal::NoRange => Vec::new(),
        Refusal::EhloDomain => vec![Action::Client("give a domain name after EHLO")],
        Refusal::TlsNotOffered => vec![tls(case)],
        Refusal::MechanismNotOffered => mechanism(case),
        Refusal::ExtendedProtection => protection(case),
        Refusal::SubmitAccount => right(case, case.session, Deciding::Submit, list),
        Refusal::SubmitAnonymous | Refusal::SubmitIdentified => {
            right(case, case.message, Deciding::Submit, list)
        }
        Refusal::TlsRequired => vec![Action::Client("use STARTTLS before MAIL FROM")],
        Refusal::DomainSecurity => {
            vec![Action::Client("use STARTTLS with a certificate that names the sender's domain")]
        }
        Refusal::SenderAnonymous | Refusal::Sender => of_sender(case, &case.client.mail_from, list),
        Refusal::HeaderSenderAnonymous | Refusal::HeaderSender => {
            of_sender(case, case.client.header_sender(), list)
        }
        Refusal::DeclaredSize | Refusal::Size => {
            set(Value::Size(Size::bytes(case.client.size.unwrap_or_default())))
        }
        Refusal::TooManyRecipients => set(Value::Int(case.client.recipients.len() as u64)),
        Refusal::ReservedTop | Refusal::ReservedSecond | Refusal::SingleLabel | Refusal::BareLinefeed => {
            set(false.value())
        }
        Refusal::Relay => recipient
            .map(|_| right(case, case.message, Deciding::AcceptAnyRecipient, list))
            .unwrap_or_default(),
        Refusal::HeaderSize => set(Value::Size(Size::bytes(case.client.header_size.unwrap_or_default()))),
        Refusal::Hops => set(Value::Int(case.client.hops.into())),
        Refusal::LocalHops => set(Value::Int(case.client.local_hops.into())),
    }
}

fn tls(case: &Case<'_>) -> Action {
    match case.client.tls {
        Tls::AnonymousTls if case.connector.auth.contains(AuthMechanism::ExchangeServer) => {
            Action::Set(rows::SUPPRESS_X_ANONYMOUS_TLS.name(), false.value())
        }
        Tls::AnonymousTls => Action::Offer(AuthMechanism::ExchangeServer.into()),
        _ => Action::Offer(AuthMechanism::Tls.into()),
    }
}

/// P7: LOGIN may wait for TLS, GSSAPI for its switch; others are offered by a value of AuthMechanism.
fn mechanism(case: &Case<'_>) -> Vec<Action> {
    let Some(mechanism) = case.mechanism() else { return Vec::new() };
    let missing = needed(mechanism) - case.connector.auth;
    let mut actions = Vec::new();
    if !missing.is_empty() {
        actions.push(Action::Offer(missing));
    }
    match mechanism {
        Mechanism::Gssapi if !case.connector.enable_auth_gssapi => {
            actions.push(Action::Set(rows::ENABLE_AUTH_GSSAPI.name(), true.value()));
        }
        Mechanism::Login if missing.is_empty() => {
            actions.push(Action::Client("use STARTTLS before AUTH LOGIN"))
        }
        Mechanism::Other => actions.push(Action::Client("authenticate with NTLM, GSSAPI or LOGIN")),
        _ => {}
    }
    actions
}

fn protection(case: &Case<'_>) -> Vec<Action> {
    let client = match case.client.tls {
        Tls::None => "use STARTTLS before AUTH, and bind the authentication to the channel",
        _ => "bind the authentication to the TLS channel",
    };
    let allow = ExtendedProtectionPolicy::Allow.value();
    vec![Action::Client(client), Action::Set(rows::EXTENDED_PROTECTION_POLICY.name(), allow)]
}

fn of_sender(case: &Case<'_>, address: &str, list: &Evaluator) -> Vec<Action> {
    right(case, case.message, sender::needed(case, address), list)
}

fn right(case: &Case<'_>, who: Who, right: Deciding, list: &Evaluator) -> Vec<Action> {
    giving(&principals(who, case.client, case.policy), who, right, case.platform, list)
}

/// What gives the session a right: without the entries that deny it, and by the group that gives it or an entry.
pub(super) fn giving(
    session: &[Principal],
    who: Who,
    right: Deciding,
    platform: Platform,
    list: &Evaluator,
) -> Vec<Action> {
    let effect = list.effects(session).into_iter().find(|effect| effect.right == right.right());
    let (allowed, denied) = effect.map(|effect| (effect.allowed, effect.denied)).unwrap_or_default();
    let mut actions: Vec<_> = denied.into_iter().map(|ground| Action::RemoveDeny(ground.entry)).collect();
    if allowed.is_empty() {
        actions.extend(session.first().map(|principal| grant(principal, who, right, platform)));
    }
    actions
}

/// Submit comes with its whole group, since a session needs more of it; any other right by itself.
fn grant(principal: &Principal, who: Who, right: Deciding, platform: Platform) -> Action {
    let entry = |principal| Entry { principal, right: right.right(), deny: false };
    let everybody = Principal::read("S-1-5-11");
    let whose = if who == Who::Account { everybody } else { principal.clone() };
    let given = entry(whose);
    let helps = |group: &PermissionGroup| grants(*group, platform).contains(&given);
    let group = giver(&given).filter(helps).filter(|_| right == Deciding::Submit);
    group.map_or_else(|| Action::Grant(entry(principal.clone())), Action::AddGroup)
}
