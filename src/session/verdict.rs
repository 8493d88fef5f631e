//! The verdict on a session: the decision again, by the slow ways, with every reason that made it.
//!
//! Connectors are scanned and rights are looked up entry by entry here, so that the fast decision has a twin.

use super::candidates::{Candidate, Fate, candidates};
use super::case::Case;
use super::client::{Client, Tls};
use super::ehlo::{EhloContext, keywords};
use super::evidence::{Evidence, Facts, Lists, held};
use super::fix::{Change, Fix, Remedy};
use super::headers::{Treatment, treatment};
use super::identity::{Who, possible, principals};
use super::replies::{QUEUED, RECIPIENT_OK, Reply};
use super::rule::{Answer, Rule, Step};
use super::selection::Listener;
use super::sender;
use super::service::{Decision, Service, merged, telling};
use super::steps::Refusal;
use super::transcript::{Line, transcript};
use super::walk::{Met, Observer, Outcome, walk};
use crate::connector::{Host, ReceiveConnector};
use crate::net::RemoteRange;
use crate::param::Span;
use crate::permission::{EVERYONE, Principal, Right};

/// One thing that decided, in the order of the session.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The rule, by the refusal that it makes.
    pub refusal: Refusal,
    /// Where in the session.
    pub step: Step,
    /// The rule's number.
    pub number: &'static str,
    /// Whether the session went on; nothing where that depends on a condition.
    pub passed: Option<bool>,
    /// The recipient that it is about.
    pub recipient: Option<String>,
    /// The place of the connector whose settings or entries decided; nothing where no connector answers.
    pub connector: Option<usize>,
    /// The entries and settings that decided.
    pub evidence: Vec<Evidence>,
}

/// What became of one recipient at RCPT TO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientVerdict {
    /// The address.
    pub address: String,
    /// Why it is refused; nothing where it is taken.
    pub refusal: Option<Refusal>,
    /// The reply to RCPT TO.
    pub reply: String,
}

/// Something to say beside the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// P6: nothing is known of the account: its groups do not count.
    GroupsUnknown(String),
    /// P6: the peer is this server, which owns the remote address.
    PeerServer(String),
    /// P10: the Transport service's connector goes on with the session; nothing where none of this server does. Its
    /// sender checks count, its limits were not evaluated.
    HandedOn(Option<usize>),
    /// P10: the connector that answers gives the session this right of senders, and another one checks senders.
    NoEffect(&'static Right, usize),
    /// P9: the reply's text is not documented.
    ReplyNotDocumented,
    /// Refusals of an anonymous session come later by this time.
    Tarpit(Span),
}

impl Note {
    /// The sentence; connectors by their names on `host`.
    #[must_use]
    pub fn describe(&self, host: &Host) -> String {
        let name = |at: usize| host.connectors.get(at).map(|one| one.name.as_str()).unwrap_or_default();
        match self {
            Note::GroupsUnknown(user) => {
                format!("the store does not describe `{user}`, so its groups are unknown and do not count")
            }
            Note::PeerServer(name) => format!("the remote address belongs to server `{name}`"),
            Note::HandedOn(Some(at)) => format!(
                "the session is handed to connector `{}` of the Transport service, which checks the sender; its limits were not evaluated",
                name(*at)
            ),
            Note::HandedOn(None) => "the session is handed to the Transport service, of which this server has no connector; what it checks was not evaluated".to_owned(),
            Note::NoEffect(right, at) => format!(
                "{} on connector `{}` has no effect on authenticated senders: the Transport service checks them",
                right.name,
                name(*at)
            ),
            Note::ReplyNotDocumented => "the text of this reply is not documented".to_owned(),
            Note::Tarpit(span) => format!(
                "each refusal is delayed by {span} (TarpitInterval); a client that does not wait as long reports a timeout"
            ),
        }
    }
}

/// A decision with its reasons.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The decision.
    pub decision: Decision,
    /// Every connector of the server, with why it answers or does not.
    pub candidates: Vec<Candidate>,
    /// The principals that the session is for its message (P6).
    pub principals: Vec<Principal>,
    /// The keywords of EHLO, before TLS and, where the session is encrypted, in TLS.
    pub keywords: Vec<(Tls, Vec<String>)>,
    /// The last reply; nothing where none is sent or its text is not documented.
    pub reply: Option<String>,
    /// What decided, in order.
    pub reasons: Vec<Reason>,
    /// What became of each recipient, as far as the session came.
    pub recipients: Vec<RecipientVerdict>,
    /// What else there is to say.
    pub notes: Vec<Note>,
    /// How the message is treated, where it is taken or may be.
    pub treatment: Option<Treatment>,
    /// What would let a refused session pass: alternatives, the one to prefer first.
    pub remedies: Vec<Remedy>,
    /// The session as the client would log it.
    pub dialogue: Vec<Line>,
}

impl Verdict {
    /// The reason that decided a refusal.
    #[must_use]
    pub fn decisive(&self) -> Option<&Reason> {
        let refusal = self.decision.outcome.refusal()?;
        self.reasons.iter().find(|reason| reason.passed == Some(false) && reason.refusal == refusal)
    }
}

impl Service<'_> {
    /// What becomes of the session, and why.
    #[must_use]
    pub fn verdict(&self, client: &Client) -> Verdict {
        let candidates = self.candidates(client);
        let winner = candidates.iter().find(|one| matches!(one.fate, Fate::Answers { .. }));
        let at = winner.map(|one| one.connector);
        let answers = at.and_then(|at| Some((at, self.host.connectors.get(at)?)));
        let answered = answers.and_then(|(at, connector)| self.answered(client, at, connector, Depth::Whole));
        let mut verdict = match answered {
            Some(verdict) => Verdict { candidates, ..verdict },
            None => self.unanswered(client, candidates),
        };
        verdict.dialogue = transcript(self.host, client, &verdict);
        verdict
    }

    /// The verdict on a session that is decided, with what decided it and no more: for many sessions, since candidates
    /// and what would help take time with every connector of the server.
    #[must_use]
    pub fn grounds(&self, client: &Client, decision: Decision) -> Verdict {
        let answers = decision.connector.and_then(|at| Some((at, self.host.connectors.get(at)?)));
        let answered =
            answers.and_then(|(at, connector)| self.answered(client, at, connector, Depth::Grounds));
        answered.unwrap_or_else(|| self.silent(decision.outcome.refusal().unwrap_or(Refusal::NotBound)))
    }

    /// The verdict on a session that is decided, with the reason that decided it, the recipients of a message that is
    /// taken for some, and nothing else: what its sentence is made of. It asks rights as the decision did.
    #[must_use]
    pub fn decisive(&self, client: &Client, decision: Decision) -> Verdict {
        let answers = decision.connector.and_then(|at| Some((at, self.host.connectors.get(at)?)));
        let answered = answers.and_then(|(at, connector)| {
            let recipients = !decision.outcome.is_rejected();
            let walks: Vec<Walked<'_>> =
                self.cases(at, client).map(|case| Walked::refusals(case, recipients)).collect();
            let lists = self.lists([Some(at), self.backend(connector, client)]);
            let walked = telling(&walks, |walked| walked.outcome, decision)?;
            let depth = Depth::Decisive;
            Some(Evaluated { service: self, at, connector, decision, lists: &lists, depth }.verdict(walked))
        });
        answered.unwrap_or_else(|| self.silent(decision.outcome.refusal().unwrap_or(Refusal::NotBound)))
    }

    /// Every connector, those of the role that is not meant as if bound nowhere.
    fn candidates(&self, client: &Client) -> Vec<Candidate> {
        let seen = |connector| match self.is_meant(connector, client) {
            true => Listener::from(connector),
            false => Listener { bindings: &[], ..Listener::from(connector) },
        };
        let listeners: Vec<_> = self.host.connectors.iter().map(seen).collect();
        candidates(&listeners, client.local, client.remote)
    }

    fn unanswered(&self, client: &Client, candidates: Vec<Candidate>) -> Verdict {
        let is_enabled = |at: usize| self.host.connectors.get(at).is_some_and(|connector| connector.enabled);
        let out_of_range = |one: &Candidate| one.fate == Fate::OutOfRange && is_enabled(one.connector);
        let listens = candidates.iter().any(out_of_range);
        let refusal = if listens { Refusal::NoRange } else { Refusal::NotBound };
        let change = |one: &Candidate| match one.fate {
            Fate::Disabled => Some((one.connector, Change::Enable)),
            _ if out_of_range(one) => {
                Some((one.connector, Change::AddRange(RemoteRange::new(client.remote, client.remote)?)))
            }
            _ => None,
        };
        let changes = candidates.iter().filter_map(change);
        let remedy = |(at, change)| Remedy::of(vec![Fix::Connector(at, change)], self.host, self.policy);
        let mut remedies: Vec<Remedy> = changes.map(remedy).collect();
        remedies.sort_by_key(|remedy| remedy.opens_relay);
        let reply = refusal.reply().map(|reply| reply.line(self.host.server.version, true));
        Verdict { candidates, remedies, reply, ..self.silent(refusal) }
    }

    /// No connector answers.
    fn silent(&self, refusal: Refusal) -> Verdict {
        Verdict {
            decision: Decision::unanswered(refusal),
            principals: Vec::new(),
            keywords: Vec::new(),
            reply: None,
            reasons: vec![Reason {
                refusal,
                step: refusal.step(),
                number: refusal.number(),
                passed: Some(false),
                recipient: None,
                connector: None,
                evidence: Vec::new(),
            }],
            recipients: Vec::new(),
            notes: Vec::new(),
            treatment: None,
            remedies: Vec::new(),
            candidates: Vec::new(),
            dialogue: Vec::new(),
        }
    }

    fn answered(
        &self,
        client: &Client,
        at: usize,
        connector: &ReceiveConnector,
        depth: Depth,
    ) -> Option<Verdict> {
        let backend = self.backend(connector, client);
        let lists = self.lists([Some(at), backend]);
        let everyone =
            lists.get(at).is_some_and(|list| list.principals().contains(&Principal::read(EVERYONE)));
        let (whos, count) = possible(client, connector, self.policy, everyone);
        let ask = |at: usize, who: Who| {
            let session = principals(who, client, self.policy);
            lists.get(at).map(|list| held(list, &session)).unwrap_or_default()
        };
        let walked = |who| {
            let case = Case::new(client, self.policy, self.host, at, (who, backend), &ask)?;
            let mut met = Vec::new();
            let outcome = walk(&case, Step::End, &mut met);
            Some(Walked { case, met, outcome })
        };
        let walks: Vec<Walked<'_>> = whos.into_iter().take(count).filter_map(walked).collect();
        let decision = merged(at, walks.iter().map(|walked| (walked.case.message, walked.outcome)));
        let walked = telling(&walks, |walked| walked.outcome, decision)?;
        Some(Evaluated { service: self, at, connector, decision, lists: &lists, depth }.verdict(walked))
    }

    fn lists(&self, places: [Option<usize>; 2]) -> Lists<'_> {
        Lists(places.map(|at| at.and_then(|at| Some((at, self.list(at)?)))))
    }
}

/// A case with everything that its walk met.
struct Walked<'a> {
    case: Case<'a>,
    met: Vec<Met>,
    outcome: Outcome,
}

impl<'a> Walked<'a> {
    /// The walk of a case with what refuses it, and every rule that is asked about `recipients`.
    fn refusals(case: Case<'a>, recipients: bool) -> Self {
        let mut refusals = Refusals { recipients, met: Vec::new() };
        let outcome = walk(&case, Step::End, &mut refusals);
        Walked { case, met: refusals.met, outcome }
    }
}

/// Who keeps what refuses, and where that is asked for every rule that is asked about a recipient.
struct Refusals {
    recipients: bool,
    met: Vec<Met>,
}

impl Observer for Refusals {
    fn saw(&mut self, rule: &'static Rule, answer: Answer, recipient: Option<usize>) {
        if answer == Answer::Refuses || self.recipients && recipient.is_some() {
            self.met.push(Met { rule, answer, recipient });
        }
    }
}

/// What a verdict is made from beside the walk.
struct Evaluated<'a> {
    service: &'a Service<'a>,
    at: usize,
    connector: &'a ReceiveConnector,
    decision: Decision,
    lists: &'a Lists<'a>,
    depth: Depth,
}

/// How much of a verdict is made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    /// The reason that decided.
    Decisive,
    /// Every reason.
    Grounds,
    /// What is offered, and what fixes a refusal, too.
    Whole,
}

impl Evaluated<'_> {
    fn verdict(&self, walked: &Walked<'_>) -> Verdict {
        let (case, outcome) = (&walked.case, self.decision.outcome);
        let refused = outcome.refusal();
        let rejected = refused.filter(|_| outcome.is_rejected());
        let decisive =
            walked.met.iter().find(|met| met.answer == Answer::Refuses && Some(met.rule.refusal) == refused);
        let [whole, grounds] = [Depth::Whole, Depth::Grounds].map(|depth| self.depth >= depth);
        let met = decisive.filter(|_| !grounds).into_iter();
        let met = met.chain(walked.met.iter().filter(|_| grounds));
        let helped = decisive.filter(|_| whole);
        let taken = rejected.is_none();
        Verdict {
            decision: self.decision,
            candidates: Vec::new(),
            principals: if grounds { self.principals(case) } else { Vec::new() },
            keywords: if whole { self.keywords(case.client) } else { Vec::new() },
            reply: if grounds { self.reply(rejected) } else { None },
            reasons: met.filter_map(|met| self.reason(case, met)).collect(),
            recipients: if taken || grounds { self.recipients(walked) } else { Vec::new() },
            notes: if grounds { self.notes(case, refused) } else { Vec::new() },
            treatment: (taken && grounds).then(|| treatment(case, &self.service.host.server)),
            remedies: helped.map(|met| met.rule.remedies(&self.facts(case, met))).unwrap_or_default(),
            dialogue: Vec::new(),
        }
    }

    /// Who the session is; the groups of every session only where a list names them.
    fn principals(&self, case: &Case<'_>) -> Vec<Principal> {
        let named = |one: &Principal| self.lists.all().any(|list| list.principals().contains(one));
        let mut all = principals(case.message, case.client, case.policy);
        all.retain(|one| !one.is_universal() || named(one));
        all
    }

    /// The last reply.
    fn reply(&self, rejected: Option<Refusal>) -> Option<String> {
        let reply = rejected.map_or(Some(QUEUED), Refusal::reply);
        reply.map(|reply| self.line(reply))
    }

    fn line(&self, reply: Reply) -> String {
        reply.line(self.service.host.server.version, self.connector.enhanced_status_codes)
    }

    fn keywords(&self, client: &Client) -> Vec<(Tls, Vec<String>)> {
        let scene = |tls| EhloContext {
            connector: self.connector,
            server: &self.service.host.server,
            tls,
            certificate: client.server_certificate,
            xexch50: self.service.policy.xexch50,
        };
        let in_tls = Some(client.tls).filter(|tls| matches!(tls, Tls::StartTls | Tls::AnonymousTls));
        let sent = [Some(Tls::None), in_tls];
        sent.into_iter().flatten().map(|tls| (tls, keywords(&scene(tls)))).collect()
    }

    fn facts<'f>(&'f self, case: &'f Case<'f>, met: &Met) -> Facts<'f> {
        let to = met.recipient.and_then(|at| case.client.recipients.get(at)).map(String::as_str);
        Facts { case, service: self.service, at: self.at, lists: self.lists, row: met.rule.setting, to }
    }

    /// A rule that was asked, as a reason: one that passed only where something decided it.
    fn reason(&self, case: &Case<'_>, met: &Met) -> Option<Reason> {
        let facts = self.facts(case, met);
        let evidence = met.rule.grounds(&facts, met.answer);
        let by_sender = evidence.iter().find_map(|one| match one {
            Evidence::Sender(check, _) => Some(check.rule()),
            _ => None,
        });
        let refusal = met.rule.refusal;
        let deserves = met.answer == Answer::Refuses || !evidence.is_empty();
        deserves.then(|| Reason {
            refusal,
            step: met.rule.step,
            number: by_sender.unwrap_or(met.rule.number),
            passed: match met.answer {
                Answer::Passes => Some(true),
                Answer::Refuses => Some(false),
                Answer::If(_) => None,
            },
            recipient: facts.to.map(str::to_owned),
            connector: Some(if refusal.is_of_sender() { facts.sender_at() } else { self.at }),
            evidence,
        })
    }

    /// Each recipient that the walk came to, with the rule that refused it.
    fn recipients(&self, walked: &Walked<'_>) -> Vec<RecipientVerdict> {
        let all = walked.case.client.recipients.iter().enumerate();
        let met = |at: usize| walked.met.iter().filter(move |met| met.recipient == Some(at));
        let came = all.filter(|(at, _)| met(*at).next().is_some());
        let verdict = |(at, address): (usize, &String)| {
            let refuses = met(at).find(|met| met.answer == Answer::Refuses);
            let refusal = refuses.map(|met| met.rule.refusal);
            let reply = refusal.and_then(Refusal::reply).unwrap_or(RECIPIENT_OK);
            RecipientVerdict { address: address.clone(), refusal, reply: self.line(reply) }
        };
        came.map(verdict).collect()
    }

    fn notes(&self, case: &Case<'_>, refused: Option<Refusal>) -> Vec<Note> {
        let Case { client, policy, .. } = case;
        let user = client.user.as_deref().unwrap_or_default();
        let unknown = case.session == Who::Account && policy.known(user).is_none();
        let server = policy.server_at(client.remote).filter(|_| client.peer.is_none());
        let server = server.filter(|_| matches!(case.session, Who::Server(_)));
        let ended = refused.is_some_and(|refusal| refusal.step() <= Step::Auth);
        let notes = [
            unknown.then(|| Note::GroupsUnknown(user.to_owned())),
            server.map(|server| Note::PeerServer(server.name.clone())),
            (case.is_handed_on() && !ended).then(|| Note::HandedOn(case.backend.map(|(at, _)| at))),
            self.no_effect(case, refused),
            (refused == Some(Refusal::DomainSecurity)).then_some(Note::ReplyNotDocumented),
            self.tarpit(case, refused).map(Note::Tarpit),
        ];
        notes.into_iter().flatten().collect()
    }

    /// P10: a right on the connector that answers, for want of which another connector refuses the sender.
    fn no_effect(&self, case: &Case<'_>, refused: Option<Refusal>) -> Option<Note> {
        let refusal = refused.filter(|refusal| refusal.is_of_sender() && case.backend.is_some())?;
        let of_envelope = matches!(refusal, Refusal::Sender | Refusal::SenderAnonymous);
        let from = if of_envelope { &case.client.mail_from } else { case.client.header_sender() };
        let right = sender::needed(case, from);
        case.rights.has(right).then(|| Note::NoEffect(right.right(), self.at))
    }

    /// Authenticated sessions are never delayed.
    fn tarpit(&self, case: &Case<'_>, refused: Option<Refusal>) -> Option<Span> {
        let refusal =
            refused.filter(|refusal| refusal.reply().is_some() && refusal.step() > Step::Connect)?;
        let authenticated = case.session.is_authenticated() && refusal.step() > Step::Auth;
        let span = self.connector.tarpit_interval;
        (!authenticated && span != Span::default()).then_some(span)
    }
}
