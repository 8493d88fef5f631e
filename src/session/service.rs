//! A server made ready for many sessions, and the decision: connector, identity and refusal without a text.
//!
//! [`super::verdict`] comes to the same by other ways and says why.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::net::SocketAddr;

use strum::VariantNames;

use super::candidates::is_at;
use super::case::Case;
use super::client::{Client, Tls};
use super::ehlo::{EhloContext, keywords, settings};
use super::evidence::Evidence;
use super::headers::{Treatment, treatment};
use super::identity::{Who, possible};
use super::policy::Policy;
use super::rights::{Held, Rights};
use super::rule::{self, Condition, Rule, Step};
use super::selection::{Answer, Listener, Selection};
use super::steps::Refusal;
use super::walk::{Observer, Outcome, walk};
use crate::connector::{Host, ReceiveConnector, TransportRole};
use crate::permission::Evaluator;

/// A server and what its organization knows, laid out for many questions.
pub struct Service<'a> {
    pub(super) host: &'a Host,
    pub(super) policy: &'a Policy,
    layout: Cow<'a, Layout>,
}

/// A server's connectors laid out: what takes time to make, and depends on nothing but the server. Each part is made
/// when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    table: OnceCell<Selection>,
    rights: OnceCell<Vec<Rights>>,
    offers: OnceCell<Vec<Offers>>,
    lists: OnceCell<Vec<OnceCell<Evaluator>>>,
}

/// What one connector answers to EHLO, by how the session is encrypted, whether there is a certificate, and
/// Xexch50Enabled.
type Offers = [[[OnceCell<Vec<String>>; 2]; 2]; Tls::VARIANTS.len()];

impl Layout {
    /// The layout of a server's connectors, made at once.
    #[must_use]
    pub fn new(host: &Host) -> Self {
        let layout = Layout::default();
        let _ = (layout.table(host), layout.rights(host));
        layout
    }

    fn table(&self, host: &Host) -> &Selection {
        self.table.get_or_init(|| {
            let listeners: Vec<_> = host.connectors.iter().map(Listener::from).collect();
            Selection::new(&listeners)
        })
    }

    fn rights(&self, host: &Host) -> &[Rights] {
        self.rights.get_or_init(|| {
            let platform = host.server.platform();
            host.connectors.iter().map(|connector| Rights::new(&connector.access, platform)).collect()
        })
    }

    /// The access list of the connector at a place, with its grounds.
    fn list(&self, host: &Host, at: usize) -> Option<&Evaluator> {
        let lists = self.lists.get_or_init(|| host.connectors.iter().map(|_| OnceCell::default()).collect());
        let (list, connector) = (lists.get(at)?, host.connectors.get(at)?);
        Some(list.get_or_init(|| Evaluator::new(&connector.access, host.server.platform())))
    }
}

/// What becomes of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The place of the connector that answers.
    pub connector: Option<usize>,
    /// Who the session is for its message; nothing where no connector answers or it is not known (P6).
    pub who: Option<Who>,
    /// What came of it.
    pub outcome: Outcome,
}

impl Decision {
    /// The reply's three digits: 250 for a message that is taken or may be. Nothing where no reply is sent or
    /// none is documented.
    #[must_use]
    pub fn code(&self) -> Option<u16> {
        match self.outcome {
            Outcome::Rejected(refusal) => refusal.reply().map(|reply| reply.code),
            Outcome::Accepted | Outcome::Partial(_) | Outcome::Undecided(_) => {
                Some(super::replies::QUEUED.code)
            }
        }
    }

    pub(super) fn unanswered(refusal: Refusal) -> Self {
        Decision { connector: None, who: None, outcome: Outcome::Rejected(refusal) }
    }
}

impl<'a> Service<'a> {
    /// The server's connectors and what the organization knows.
    #[must_use]
    pub fn new(host: &'a Host, policy: &'a Policy) -> Self {
        Service { host, policy, layout: Cow::Owned(Layout::default()) }
    }

    /// The same of a server that was laid out before.
    #[must_use]
    pub fn laid_out(host: &'a Host, policy: &'a Policy, layout: &'a Layout) -> Self {
        Service { host, policy, layout: Cow::Borrowed(layout) }
    }

    /// Which connector answers whom, of the enabled ones.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        self.layout.table(self.host)
    }

    /// The keywords with which the connector at a place answers EHLO (E).
    #[must_use]
    pub fn offered(&self, at: usize, tls: Tls, certificate: bool) -> &[String] {
        let all = || self.host.connectors.iter().map(|_| Offers::default()).collect();
        let offers = self.layout.offers.get_or_init(all).get(at).and_then(|of| of.get(tls as usize));
        let (Some(offers), Some(connector)) = (offers, self.host.connectors.get(at)) else { return &[] };
        let xexch50 = self.policy.xexch50;
        let [without, with] = offers;
        let [off, on] = if certificate { with } else { without };
        (if xexch50 { on } else { off }).get_or_init(|| {
            keywords(&EhloContext { connector, server: &self.host.server, tls, certificate, xexch50 })
        })
    }

    /// The settings that decide how the connector at a place offers these keywords (E).
    #[must_use]
    pub fn offer_settings(&self, at: usize, keywords: &[&str]) -> Vec<Evidence> {
        let Some(connector) = self.host.connectors.get(at) else { return Vec::new() };
        let (server, xexch50) = (&self.host.server, self.policy.xexch50);
        settings(&EhloContext { connector, server, tls: Tls::None, certificate: true, xexch50 }, keywords)
    }

    /// What the access list of the connector at a place comes to.
    fn rights_at(&self, at: usize) -> Option<&Rights> {
        self.layout.rights(self.host).get(at)
    }

    /// The access list of the connector at a place, with its grounds.
    pub(super) fn list(&self, at: usize) -> Option<&Evaluator> {
        self.layout.list(self.host, at)
    }

    /// The server's own addresses, as far as the store knows them.
    #[must_use]
    pub fn addresses(&self) -> &[std::net::IpAddr] {
        &self.host.server.addresses
    }

    /// What becomes of the session.
    #[must_use]
    pub fn decide(&self, client: &Client) -> Decision {
        self.decide_each(client, |_, _| ())
    }

    /// What becomes of the session, and how its message is treated where it is taken. A peer that is not named is
    /// treated as the first that it may be.
    #[must_use]
    pub(crate) fn decide_treated(&self, client: &Client) -> (Decision, Option<Treatment>) {
        let mut treated = None;
        let decision = self.decide_each(client, |case, outcome| {
            if !outcome.is_rejected() {
                treated.get_or_insert_with(|| treatment(case, &self.host.server));
            }
        });
        (decision, treated)
    }

    fn decide_each(&self, client: &Client, mut saw: impl FnMut(&Case<'_>, Outcome)) -> Decision {
        let at = match self.selection().answer(client.local, client.remote) {
            Answer::NotBound => return Decision::unanswered(Refusal::NotBound),
            Answer::NoRange => return Decision::unanswered(self.silence(client)),
            Answer::Connector(at) => at,
        };
        if !self.host.connectors.get(at).is_some_and(|connector| self.is_meant(connector, client)) {
            return Decision::unanswered(Refusal::NotBound);
        }
        let each = self.cases(at, client).map(|case| {
            let outcome = walk(&case, Step::End, &mut ());
            saw(&case, outcome);
            (case.message, outcome)
        });
        merged(at, each)
    }

    /// Who the client may be on the connector at a place (P6).
    fn whos(&self, at: usize, client: &Client) -> impl Iterator<Item = Who> {
        let connector = self.host.connectors.get(at);
        let everyone = self.rights_at(at).is_some_and(|rights| rights.names_everyone);
        let whos = connector.map(|connector| possible(client, connector, self.policy, everyone));
        whos.into_iter().flat_map(|(whos, count)| whos.into_iter().take(count))
    }

    /// The client on the connector at a place: a case for each that it may be.
    pub(super) fn cases<'c>(&'c self, at: usize, client: &'c Client) -> impl Iterator<Item = Case<'c>> {
        let held = move |at: usize, who| self.held(at, who, client);
        let connector = self.host.connectors.get(at);
        let backend = connector.and_then(|connector| self.backend(connector, client));
        let case = move |who| Case::new(client, self.policy, self.host, at, (who, backend), &held);
        self.whos(at, client).filter_map(case)
    }

    fn held(&self, at: usize, who: Who, client: &Client) -> Held {
        self.rights_at(at).map(|rights| rights.held(who, client, self.policy)).unwrap_or_default()
    }

    /// Whether the session comes past every step up to `last` with all its recipients, whoever of those it may be, on the
    /// connector at a place: what nearly all sessions of a log do, so that they need no more than this.
    #[must_use]
    pub fn passes(&self, at: usize, client: &Client, last: Step) -> bool {
        let mut cases = self.cases(at, client).peekable();
        cases.peek().is_some() && cases.all(|case| walk(&case, last, &mut ()) == Outcome::Accepted)
    }

    /// Why each recipient is refused on the connector at a place, as far as a session that is decided so comes.
    #[must_use]
    pub fn refused_recipients(&self, at: usize, client: &Client, decision: Decision) -> Vec<Option<Refusal>> {
        let walked = |case: Case<'_>| {
            let mut refused = RefusedRecipients::default();
            let outcome = walk(&case, Step::End, &mut refused);
            (outcome, refused.0)
        };
        let walks: Vec<_> = self.cases(at, client).map(walked).collect();
        telling(&walks, |(outcome, _)| *outcome, decision)
            .map(|(_, refused)| refused.clone())
            .unwrap_or_default()
    }

    /// The line with which the connector at a place refuses; nothing where none is sent or its text is not documented.
    #[must_use]
    pub fn refusal_line(&self, at: usize, refusal: Refusal) -> Option<String> {
        let enhanced = self.host.connectors.get(at)?.enhanced_status_codes;
        refusal.reply().map(|reply| reply.line(self.host.server.version, enhanced))
    }

    /// The rights that a client has on the connector at a place: one set for each that the session may be (P6).
    pub fn rights(&self, at: usize, client: &Client) -> impl Iterator<Item = Held> {
        self.whos(at, client).map(move |who| self.held(at, who, client))
    }

    /// S5 where something listens: unless the role that is meant does not.
    fn silence(&self, client: &Client) -> Refusal {
        let meant = client.role.is_none()
            || self.host.connectors.iter().any(|c| {
                c.enabled && self.is_meant(c, client) && c.bindings.iter().any(|b| is_at(b, client.local))
            });
        if meant { Refusal::NoRange } else { Refusal::NotBound }
    }

    /// U5: the connectors of one endpoint are of one role, so it is enough to look at the one that answers.
    pub(super) fn is_meant(&self, connector: &ReceiveConnector, client: &Client) -> bool {
        let has_roles = self.host.server.has_transport_roles();
        client.role.is_none_or(|role| !has_roles || role == connector.transport_role)
    }

    /// The Transport service's connector that an authenticated session of a front end goes on to (P10): at port
    /// 465 for clients' port 587, else at 2525, reached from the server's own address.
    pub(super) fn backend(&self, front: &ReceiveConnector, client: &Client) -> Option<usize> {
        client.mechanism.filter(|_| super::ehlo::is_frontend(front, &self.host.server))?;
        self.backend_of(client.local)
    }

    /// Where authenticated sessions that arrive at `local` go on to, if a front end owns its connector (P10).
    #[must_use]
    pub fn backend_of(&self, local: SocketAddr) -> Option<usize> {
        let port = if local.port() == 587 { 465 } else { 2525 };
        let next = SocketAddr::new(local.ip(), port);
        let Answer::Connector(at) = self.selection().answer(next, local.ip()) else { return None };
        let behind = |at: &usize| {
            self.host.connectors.get(*at).is_some_and(|c| c.transport_role == TransportRole::HubTransport)
        };
        Some(at).filter(behind)
    }
}

/// Who keeps why each recipient is refused, in their order.
#[derive(Default)]
struct RefusedRecipients(Vec<Option<Refusal>>);

impl Observer for RefusedRecipients {
    fn saw(&mut self, rule: &'static Rule, answer: rule::Answer, recipient: Option<usize>) {
        let Some(at) = recipient else { return };
        self.0.resize(self.0.len().max(at + 1), None);
        if let Some(refused) = self.0.get_mut(at).filter(|_| answer == rule::Answer::Refuses) {
            *refused = Some(rule.refusal);
        }
    }
}

/// Of walks of several that a session may be, the one that tells how it was decided: one that comes out as the decision
/// says, else the one that comes farthest; of equals the first.
pub(super) fn telling<W>(walks: &[W], outcome: impl Fn(&W) -> Outcome, decision: Decision) -> Option<&W> {
    let farthest = |walked: &&W| match outcome(walked) {
        Outcome::Rejected(refusal) => (0, Some(refusal)),
        _ => (1, None),
    };
    let as_decided = walks.iter().find(|walked| outcome(walked) == decision.outcome);
    as_decided.or_else(|| walks.iter().rev().max_by_key(farthest))
}

/// One decision of what each of those comes to that the session may be: where they differ it depends on the peer, or on
/// whether Everyone holds anonymous sessions.
pub(super) fn merged(at: usize, each: impl Iterator<Item = (Who, Outcome)>) -> Decision {
    let both = |one: Decision, other: Decision| Decision {
        connector: one.connector,
        who: one.who.filter(|_| one.who == other.who),
        outcome: either(one, other),
    };
    let decisions = each.map(|(who, outcome)| Decision {
        connector: Some(at),
        who: Some(who.regardless_of_everyone()),
        outcome,
    });
    decisions.reduce(both).unwrap_or(Decision::unanswered(Refusal::NotBound))
}

fn either(one: Decision, other: Decision) -> Outcome {
    let is_anonymous = one.who.is_some_and(Who::is_anonymous) && one.who == other.who;
    let (one, other) = (one.outcome, other.outcome);
    let condition = match is_anonymous {
        false => Condition::Peer,
        true if takes_less(other, one) => Condition::NotInEveryone,
        true => Condition::InEveryone,
    };
    let conditions = |outcome| match outcome {
        Outcome::Undecided(conditions) => conditions,
        _ => enumset::EnumSet::empty(),
    };
    match (one, other) {
        (Outcome::Rejected(one), Outcome::Rejected(other)) => Outcome::Rejected(one.min(other)),
        (Outcome::Partial(one), Outcome::Partial(other)) => Outcome::Partial(one.min(other)),
        (one, other) if one == other => one,
        (one, other) => Outcome::Undecided(conditions(one) | conditions(other) | condition),
    }
}

/// Whether fewer recipients are taken, or none.
fn takes_less(one: Outcome, than: Outcome) -> bool {
    let rank = |outcome| match outcome {
        Outcome::Rejected(_) => 0,
        Outcome::Partial(_) => 1,
        Outcome::Accepted | Outcome::Undecided(_) => 2,
    };
    rank(one) < rank(than)
}
