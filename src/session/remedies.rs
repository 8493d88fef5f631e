//! How each kind of refusal is fixed: alternatives, those first that need no more rights than there are.

use super::candidates::is_at;
use super::case::Case;
use super::client::{Client, Mechanism, Tls};
use super::domain_security::Inbound;
use super::evidence::Facts;
use super::fix::{Change, ClientChange, Fix, OwnConnector, Remedy, SUBMISSION, ServerChange};
use super::identity::Who;
use super::mechanism::{needed, offers, offers_tls};
use super::recipient::is_accepted;
use super::rights::Deciding;
use super::rule::Step;
use super::selection::{Answer, Listener, Selection};
use super::sender;
use super::service::Service;
use super::steps::Refusal;
use super::walk::walk;
use crate::connector::rules::conflicts_of;
use crate::connector::{AuthMechanism, ExtendedProtectionPolicy, Host, ReceiveConnector, rows};
use crate::net::{Binding, RemoteRange};
use crate::param::{Field, Platform};
use crate::permission::{AccessList, Entry, Evaluator, Ground, PermissionGroup, Principal, giver, grants};

/// The port of SMTP.
const SMTP: u16 = 25;

/// A way of encryption that is not offered.
pub(super) fn encryption(facts: &Facts<'_>) -> Remedy {
    let connector = facts.case.connector;
    let offer = |mechanism: AuthMechanism| Fix::Connector(facts.at, Change::Offer(mechanism.into()));
    let mut fixes = Vec::new();
    match facts.case.client.tls {
        Tls::AnonymousTls if connector.auth.contains(AuthMechanism::ExchangeServer) => {
            fixes.push(facts.change(&rows::SUPPRESS_X_ANONYMOUS_TLS, false.value()));
        }
        Tls::AnonymousTls => {
            fixes.push(offer(AuthMechanism::ExchangeServer));
            if connector.suppress_x_anonymous_tls {
                fixes.push(facts.change(&rows::SUPPRESS_X_ANONYMOUS_TLS, false.value()));
            }
        }
        Tls::None | Tls::StartTls | Tls::Implicit => {
            if !connector.auth.contains(AuthMechanism::Tls) {
                fixes.push(offer(AuthMechanism::Tls));
            }
            if !facts.case.client.server_certificate {
                fixes.push(Fix::Server(ServerChange::Certificate));
            }
        }
    }
    facts.remedy(fixes)
}

/// P7: another mechanism that is offered, STARTTLS before LOGIN, or the mechanism offered.
pub(super) fn mechanism(facts: &Facts<'_>) -> Vec<Remedy> {
    let (case, connector) = (facts.case, facts.case.connector);
    let Some(mechanism) = case.mechanism() else { return Vec::new() };
    let missing = needed(mechanism) - connector.auth;
    let mut changes = Vec::new();
    if !missing.is_empty() {
        changes.push(Fix::Connector(facts.at, Change::Offer(missing)));
    }
    if mechanism == Mechanism::GSSAPI && !connector.enable_auth_gssapi {
        changes.push(facts.change(&rows::ENABLE_AUTH_GSSAPI, true.value()));
    }
    let other = instead(connector, case.client).filter(|_| mechanism.is_of_account());
    let other = match other {
        Some(one) => Some(Remedy::from(ClientChange::Authenticate(one))),
        None => farther(facts, ClientChange::StayAnonymous).filter(|_| mechanism.is_of_account()),
    };
    // A mechanism that no connector offers needs another one, and the connector to offer it.
    if changes.is_empty() && other.is_none() && mechanism == Mechanism::PLAIN {
        changes.push(Fix::Connector(facts.at, Change::Offer(AuthMechanism::Integrated.into())));
        changes.push(Fix::Client(ClientChange::Authenticate(Mechanism::NTLM)));
    }
    let waits = mechanism.is_basic() && missing.is_empty();
    let tls = waits.then(|| ClientChange::StartTls.into());
    let offered = (!changes.is_empty()).then(|| facts.remedy(changes));
    tls.into_iter().chain(offered).chain(other.filter(|_| !waits)).collect()
}

/// A mechanism for accounts that the connector offers a client that uses STARTTLS if it can.
fn instead(connector: &ReceiveConnector, client: &Client) -> Option<Mechanism> {
    let tls = if offers_tls(connector, Tls::StartTls, client.server_certificate) {
        Tls::StartTls
    } else {
        Tls::None
    };
    let all = [Mechanism::BasicAuth, Mechanism::NTLM, Mechanism::GSSAPI];
    all.into_iter().find(|mechanism| offers(connector, *mechanism, tls))
}

/// P12: a client that binds its authentication, or a server that does not require it.
pub(super) fn protection(facts: &Facts<'_>) -> Vec<Remedy> {
    let allow = facts.set(ExtendedProtectionPolicy::Allow.value());
    let possible = offers_tls(facts.case.connector, Tls::StartTls, facts.case.client.server_certificate);
    let bind = possible.then(|| ClientChange::BindChannel.into());
    bind.into_iter().chain(allow).collect()
}

/// An account that may not submit: the port for accounts where it is another, else the right.
pub(super) fn submit_account(facts: &Facts<'_>) -> Vec<Remedy> {
    let port = at_port(facts, SUBMISSION);
    port.into_iter().chain(facts.give(facts.case.session, Deciding::Submit)).collect()
}

/// A stranger who may not submit: authenticate where accounts may, take port 25, come to another connector that takes the
/// session, and last a connector for strangers, which one for accounts never becomes.
pub(super) fn submit_anonymous(facts: &Facts<'_>) -> Vec<Remedy> {
    let accounts = Principal::read("S-1-5-11");
    let list = facts.lists.get(facts.at);
    let admits = list.is_some_and(|list| list.allows(&accounts.session(), Deciding::Submit.right()));
    let mechanism = instead(facts.case.connector, facts.case.client).filter(|_| admits);
    let is_client_port = facts.case.client.local.port() == SUBMISSION;
    let port = at_port(facts, SMTP).filter(|_| is_client_port);
    let authenticate = mechanism.and_then(|one| farther(facts, ClientChange::Authenticate(one)));
    let closed = is_client_port && (authenticate.is_some() || port.is_some());
    let open = elsewhere(facts).into_iter().chain(facts.give(Who::Anonymous, Deciding::Submit));
    authenticate.into_iter().chain(port).chain(open.filter(|_| !closed)).collect()
}

/// The session at another port of the server, where it comes farther there.
fn at_port(facts: &Facts<'_>, port: u16) -> Option<Remedy> {
    farther(facts, ClientChange::Port(port)).filter(|_| facts.case.client.local.port() != port)
}

/// A change of the client, where the session comes farther with it.
fn farther(facts: &Facts<'_>, change: ClientChange) -> Option<Remedy> {
    let mut client = facts.case.client.clone();
    change.apply(&mut client);
    let here = facts.service.decide(facts.case.client);
    let there = facts.service.decide(&client);
    let is_farther = there.connector.is_some() && there.outcome.is_farther(here.outcome);
    is_farther.then(|| change.into())
}

/// P9: every condition that fails, together.
pub(super) fn domain_security(facts: &Facts<'_>) -> Vec<Remedy> {
    let failing = facts.case.domain_security.unwrap_or_default();
    let domain = facts.case.domain(&facts.case.client.mail_from).unwrap_or_default();
    let mut fixes: Vec<Fix> = Vec::new();
    for fix in failing.iter().filter_map(|condition| secured(condition, facts.at, domain)) {
        if !fixes.contains(&fix) {
            fixes.push(fix);
        }
    }
    // A partner submits by the rights of Partners.
    let session = facts.session(Who::Partner);
    if let Some(list) = facts.lists.get(facts.at)
        && !list.allows(&session, Deciding::Submit.right())
    {
        let changes = giving(&session, Who::Partner, Deciding::Submit, facts.case.platform, list);
        fixes.extend(changes.into_iter().map(|change| Fix::Connector(facts.at, change)));
    }
    vec![facts.remedy(fixes)]
}

/// What makes a condition of Domain Security hold for mail of a domain.
pub(super) fn secured(condition: Inbound, at: usize, domain: &str) -> Option<Fix> {
    Some(match condition {
        Inbound::Enabled => {
            Fix::Connector(at, Change::Set((&rows::DOMAIN_SECURE_ENABLED).into(), true.value()))
        }
        Inbound::TlsOffered => Fix::Connector(at, Change::Offer(AuthMechanism::Tls.into())),
        Inbound::NotExternal => Fix::Connector(at, Change::NotExternal),
        Inbound::Listed => Fix::SecureDomain(domain.to_owned()),
        Inbound::TlsUsed | Inbound::Certificate => Fix::Client(ClientChange::Certificate(domain.to_owned())),
    })
}

/// A sender that is not the account's own: its own address, or the right.
pub(super) fn sender(facts: &Facts<'_>, address: &str) -> Vec<Remedy> {
    let case = facts.case;
    let known = case.client.user.as_deref().and_then(|user| case.policy.known(user));
    let known = known.filter(|_| case.message == Who::Account && !case.edge);
    let own = known.and_then(|account| account.addresses.as_ref()?.first());
    let own = own.map(|own| ClientChange::Sender(sender::plain(own).to_owned()).into());
    let right = sender::needed(case, address);
    own.into_iter().chain(facts.give_at(facts.sender_at(), case.message, right)).collect()
}

/// A recipient of a domain that is not accepted: the client's address in the ranges of a connector that relays, the right
/// for whom the connector is, and a connector of its own for the client. Where the right would open a relay it comes
/// last, and the domain first, if it is one's own.
pub(super) fn relay(facts: &Facts<'_>) -> Vec<Remedy> {
    let grant = facts.give(facts.case.message, Deciding::AcceptAnyRecipient);
    let opens = grant.iter().any(|remedy| remedy.opens_relay);
    let client = facts.case.client.remote;
    let single = |range: &RemoteRange| RemoteRange::new(client, client).is_some_and(|one| one.same(range));
    if !opens && facts.case.connector.remote_ip_ranges.iter().all(single) {
        return grant;
    }
    let domain = facts.to.filter(|_| opens).and_then(|to| facts.case.domain(to));
    let accept = domain.and_then(|domain| accept(facts, domain));
    let own = own_connector(facts).map(|own| facts.remedy(vec![Fix::OwnConnector(own)]));
    let (grant, last) = if opens { (Vec::new(), grant) } else { (grant, Vec::new()) };
    accept.into_iter().chain(elsewhere(facts)).chain(grant).chain(own).chain(last).collect()
}

/// One more accepted domain, where the session comes farther with it. Where the sender is of that domain it may be
/// refused next, since not everybody may send as the organization.
fn accept(facts: &Facts<'_>, domain: &str) -> Option<Remedy> {
    let policy = facts.service.policy.clone().accepting(domain);
    let accepted = Case { policy: &policy, ..*facts.case };
    let [here, there] = [facts.case, &accepted].map(|case| walk(case, Step::End, &mut ()));
    let is_sender_next = there.refusal().is_some_and(Refusal::is_of_sender);
    let helps = there.is_farther(here) && !is_sender_next;
    helps.then(|| facts.remedy(vec![Fix::AcceptedDomain(domain.to_owned())]))
}

/// Another connector at the same place where the whole session of an anonymous client passes: enabled, where the client
/// is in its ranges, else with the client's address in them.
fn elsewhere(facts: &Facts<'_>) -> Option<Remedy> {
    let (service, client) = (facts.service, facts.case.client);
    if !facts.case.message.is_anonymous() {
        return None;
    }
    let alone = RemoteRange::new(client.remote, client.remote)?;
    // Mail to the organization needs no connector that relays.
    let relays = client.recipients.iter().any(|to| !is_accepted(facts.case, to));
    let change = |connector: &ReceiveConnector| {
        if connector.enabled {
            return relays.then(|| Change::AddRange(alone.clone()));
        }
        connector.remote_ip_ranges.iter().any(|range| range.contains(client.remote)).then_some(Change::Enable)
    };
    let takes = |(at, connector): &(usize, &ReceiveConnector)| {
        *at != facts.at
            && connector.bindings.iter().any(|binding| is_at(binding, client.local))
            && service.is_meant(connector, client)
            && !connector.auth.contains(AuthMechanism::ExternalAuthoritative)
            && service.passes(*at, client, Step::End)
    };
    let changed = |(at, connector): (usize, &ReceiveConnector)| {
        let change = change(connector)?;
        let changed = change.on(connector, facts.case.platform);
        // Who answers now is more specific than all others.
        let table = Selection::new(&[Listener::from(facts.case.connector), Listener::from(&changed)]);
        let answers = table.answer(client.local, client.remote) == Answer::Connector(1);
        let stands = answers && conflicts_of(&changed, Some(connector), service.host).is_empty();
        stands.then(|| facts.remedy(vec![Fix::Connector(at, change)]))
    };
    let found = service.host.connectors.iter().enumerate().filter(takes);
    let enables = |remedy: &Remedy| matches!(remedy.fixes.as_slice(), [Fix::Connector(_, Change::Enable)]);
    // One that is there for the client comes before one that is not.
    found.filter_map(changed).filter(|remedy| !remedy.opens_relay).min_by_key(|remedy| !enables(remedy))
}

/// A connector at the same place for the client alone, by which anonymous mail is relayed (R1). Nothing where another
/// one has that address already, or this one would not take the session either.
fn own_connector(facts: &Facts<'_>) -> Option<OwnConnector> {
    let (case, host) = (facts.case, facts.service.host);
    if !case.message.is_anonymous() {
        return None;
    }
    let (anonymous, remote) = (Who::Anonymous.principal()?, case.client.remote.to_canonical());
    let name = format!("Relay {}", remote.to_string().replace(':', "-"));
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let name = std::iter::once(name.clone()).chain(numbered).find(|name| host.connector(name).is_none())?;
    let mut connector = ReceiveConnector::new(&name, &host.server);
    connector.bindings = vec![Binding::new(case.client.local.ip(), case.client.local.port()).ok()?];
    connector.remote_ip_ranges = vec![RemoteRange::new(remote, remote)?];
    connector.transport_role = case.connector.transport_role;
    connector.access = AccessList::of(PermissionGroup::AnonymousUsers.into());
    let right = Entry::own(anonymous, Deciding::AcceptAnyRecipient.right(), false);
    let own = OwnConnector { connector: Box::new(connector), rights: vec![right] };
    let alone = Host { server: host.server.clone(), connectors: vec![own.made(case.platform)] };
    let decision = Service::new(&alone, facts.service.policy).decide(case.client);
    let stands = conflicts_of(&own.connector, None, host).is_empty();
    (stands && !decision.outcome.is_rejected()).then_some(own)
}

impl Facts<'_> {
    /// What gives the session a right on the connector that answers.
    pub fn give(&self, who: Who, right: Deciding) -> Vec<Remedy> {
        self.give_at(self.at, who, right)
    }

    /// What gives the session a right on the connector at a place.
    fn give_at(&self, at: usize, who: Who, right: Deciding) -> Vec<Remedy> {
        let Some(list) = self.lists.get(at) else { return Vec::new() };
        let changes = giving(&self.session(who), who, right, self.case.platform, list);
        vec![self.remedy(changes.into_iter().map(|change| Fix::Connector(at, change)).collect())]
    }
}

/// What gives a session a right: without the entries that deny it, and by the group that gives it or an entry.
pub(super) fn giving(
    session: &[Principal],
    who: Who,
    right: Deciding,
    platform: Platform,
    list: &Evaluator,
) -> Vec<Change> {
    let effect = list.effect(session, right.right());
    let (allowed, denied) = effect.map(|effect| (effect.allowed, effect.denied)).unwrap_or_default();
    let (inherited, own): (Vec<_>, Vec<_>) = denied.into_iter().partition(|ground| ground.entry.inherited);
    let mut changes: Vec<_> = own.into_iter().map(|ground| Change::RemoveDeny(ground.entry)).collect();
    // An entry of the connector itself wins over an inherited one, which is not taken away here.
    let stays = |ground: &Ground| !ground.entry.inherited || inherited.is_empty();
    if !allowed.iter().any(stays) {
        changes.extend(session.first().map(|principal| grant(principal, who, right, platform)));
    }
    changes
}

/// Submit comes with its whole group, since a session needs more of it; any other right by itself.
fn grant(principal: &Principal, who: Who, right: Deciding, platform: Platform) -> Change {
    let entry = |principal| Entry::own(principal, right.right(), false);
    let everybody = Principal::read("S-1-5-11");
    let whose = if who == Who::Account { everybody } else { principal.clone() };
    let given = entry(whose);
    let helps = |group: &PermissionGroup| grants(*group, platform).contains(&given);
    let group = giver(&given).filter(helps).filter(|_| right == Deciding::Submit);
    group.map_or_else(|| Change::Grant(entry(principal.clone())), Change::AddGroup)
}
