//! The verdict on a session: the decision again, by the slow ways, with every reason that made it.
//!
//! Connectors are scanned and rights are looked up entry by entry here, so that the fast decision has a twin.

use std::collections::HashMap;

use super::candidates::{Candidate, Fate, candidates};
use super::case::Case;
use super::client::{Client, Tls};
use super::dialogue::{Answer, Outcome, ROWS, Refusal, Step, run};
use super::ehlo::{Scene, keywords};
use super::headers::{Treatment, treatment};
use super::identity::{Who, possible, principals};
use super::remedy::{Action, Remedy, actions};
use super::replies::QUEUED;
use super::selection::Listener;
use super::service::{Decision, Service, merged};
use super::why::{Basis, Lists, held};
use crate::connector::{Host, ReceiveConnector};
use crate::net::RemoteRange;
use crate::permission::{Evaluator, Principal};

/// One thing that decided, in the order of the session.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Where in the session.
    pub step: Step,
    /// The rule's number.
    pub rule: &'static str,
    /// Whether the session got on; nothing where that hangs on a condition.
    pub passed: Option<bool>,
    /// The recipient that it is about.
    pub recipient: Option<String>,
    /// The entries and settings that made it.
    pub bases: Vec<Basis>,
}

/// Something to be said beside the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// P6: nothing is known of the account: its groups do not count.
    GroupsUnknown(String),
    /// P6: the peer is this server, which owns the remote address.
    PeerServer(String),
    /// P10: the Transport service's connector goes on with the session; nothing where none of this server does. Its
    /// sender checks count, its limits were not evaluated.
    HandedOn(Option<usize>),
    /// P9: the reply's text is not documented.
    ReplyNotDocumented,
}

impl Note {
    /// The sentence; connectors by their names on `host`.
    #[must_use]
    pub fn told(&self, host: &Host) -> String {
        match self {
            Note::GroupsUnknown(user) => {
                format!("the store does not describe `{user}`, so its groups are unknown and do not count")
            }
            Note::PeerServer(name) => format!("the remote address is that of server `{name}`"),
            Note::HandedOn(at) => match at.and_then(|at| host.connectors.get(at)) {
                Some(connector) => format!(
                    "the session is handed to connector `{}` of the Transport service, which checks the sender; its limits were not evaluated",
                    connector.name
                ),
                None => "the session is handed to the Transport service, of which this server has no connector; what it checks was not evaluated".to_owned(),
            },
            Note::ReplyNotDocumented => "the text of this reply is not documented".to_owned(),
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
    /// What else there is to say.
    pub notes: Vec<Note>,
    /// How the message is treated, where it is taken or may be.
    pub treatment: Option<Treatment>,
    /// What would let a refused session pass.
    pub remedies: Vec<Remedy>,
}

impl Service<'_> {
    /// What becomes of the session, and why.
    #[must_use]
    pub fn verdict(&self, client: &Client) -> Verdict {
        let candidates = self.candidates(client);
        let winner = candidates.iter().find(|one| matches!(one.fate, Fate::Answers { .. }));
        match winner.map(|one| one.connector).and_then(|at| Some((at, self.host.connectors.get(at)?))) {
            Some((at, connector)) => self.answered(client, at, connector, candidates),
            None => self.unanswered(client, candidates),
        }
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
        let bound = |one: &&Candidate| one.fate == Fate::OutOfRange && self.is_enabled(one.connector);
        let listens = candidates.iter().any(|one| bound(&one));
        let refusal = if listens { Refusal::NoRange } else { Refusal::NotBound };
        let version = self.host.server.version;
        let remedy = |one: &Candidate| match one.fate {
            Fate::Disabled => Some((one.connector, Action::Enable)),
            Fate::OutOfRange if self.is_enabled(one.connector) => {
                Some((one.connector, Action::AddRange(RemoteRange::new(client.remote, client.remote)?)))
            }
            _ => None,
        };
        let remedies = candidates.iter().filter_map(remedy);
        Verdict {
            decision: Decision::unanswered(refusal),
            principals: Vec::new(),
            keywords: Vec::new(),
            reply: refusal.reply().map(|reply| reply.line(version, true)),
            reasons: vec![reason(refusal, Answer::Refuses, None, Vec::new())],
            notes: Vec::new(),
            treatment: None,
            remedies: remedies.filter_map(|(at, action)| self.remedy(at, action)).collect(),
            candidates,
        }
    }

    fn is_enabled(&self, at: usize) -> bool {
        self.host.connectors.get(at).is_some_and(|connector| connector.enabled)
    }

    fn remedy(&self, at: usize, action: Action) -> Option<Remedy> {
        let connector = self.host.connectors.get(at)?;
        Some(Remedy::of(at, connector, action, self.host.server.platform(), self.policy))
    }

    fn answered(
        &self,
        client: &Client,
        at: usize,
        connector: &ReceiveConnector,
        candidates: Vec<Candidate>,
    ) -> Verdict {
        let (whos, count) = possible(client, connector, self.policy);
        let backend = self.backend(connector, client);
        let lists = self.lists([Some(at), backend]);
        let ask = |at: usize, who: Who| {
            let session = principals(who, client, self.policy);
            lists.get(&at).map(|list| held(list, &session)).unwrap_or_default()
        };
        let case = |who| Case::new(client, self.policy, self.host, at, (who, backend), &ask);
        let cases: Vec<Case<'_>> = whos.into_iter().take(count).filter_map(case).collect();
        let decision = merged(at, cases.iter().map(|case| (case.message, run(case))));
        let told = Told { service: self, at, connector, decision, lists: &lists };
        // Of several peers, the one by which the session gets farthest tells the reasons, the first of them where several do.
        let farthest = |case: &&Case<'_>| match run(case) {
            Outcome::Rejected(refusal) => refusal as usize,
            _ => usize::MAX,
        };
        cases.iter().rev().max_by_key(farthest).map_or_else(
            || self.unanswered(client, Vec::new()),
            |case| told.verdict(case, candidates.clone()),
        )
    }

    fn lists(&self, places: [Option<usize>; 2]) -> HashMap<usize, Evaluator> {
        let platform = self.host.server.platform();
        let list = |at: usize| Some((at, Evaluator::new(&self.host.connectors.get(at)?.access, platform)));
        places.into_iter().flatten().filter_map(list).collect()
    }
}

fn reason(refusal: Refusal, answer: Answer, recipient: Option<&str>, bases: Vec<Basis>) -> Reason {
    let by_sender = bases.iter().find_map(|basis| match basis {
        Basis::Sender(check, _) => Some(check.rule()),
        _ => None,
    });
    Reason {
        step: refusal.step(),
        rule: by_sender.unwrap_or(refusal.rule()),
        passed: match answer {
            Answer::Passes => Some(true),
            Answer::Refuses => Some(false),
            Answer::If(_) => None,
        },
        recipient: recipient.map(str::to_owned),
        bases,
    }
}

/// What the telling of a verdict needs beside the case.
struct Told<'a> {
    service: &'a Service<'a>,
    at: usize,
    connector: &'a ReceiveConnector,
    decision: Decision,
    lists: &'a HashMap<usize, Evaluator>,
}

impl Told<'_> {
    fn verdict(&self, case: &Case<'_>, candidates: Vec<Candidate>) -> Verdict {
        let server = &self.service.host.server;
        let line = |reply: super::Reply| reply.line(server.version, self.connector.enhanced_status_codes);
        let (reply, refusal) = match self.decision.outcome {
            Outcome::Rejected(refusal) => (refusal.reply().map(line), Some(refusal)),
            Outcome::Accepted | Outcome::Undecided(_) => (Some(line(QUEUED)), None),
        };
        let reasons = self.reasons(case);
        let recipient = reasons.last().and_then(|reason| reason.recipient.clone());
        Verdict {
            decision: self.decision,
            candidates,
            principals: principals(case.message, case.client, case.policy),
            keywords: self.keywords(case.client.tls),
            reply,
            notes: self.notes(case),
            treatment: refusal.is_none().then(|| treatment(case, server)),
            remedies: refusal
                .map(|refusal| self.remedies(case, refusal, recipient.as_deref()))
                .unwrap_or_default(),
            reasons,
        }
    }

    fn keywords(&self, tls: Tls) -> Vec<(Tls, Vec<String>)> {
        let scene = |tls| Scene {
            connector: self.connector,
            server: &self.service.host.server,
            tls,
            xexch50: self.service.policy.xexch50,
        };
        let said = [Some(Tls::None), Some(tls).filter(|tls| *tls != Tls::None)];
        said.into_iter().flatten().map(|tls| (tls, keywords(&scene(tls)))).collect()
    }

    /// The column again, with what each row looked at; it ends with the row that refuses.
    fn reasons(&self, case: &Case<'_>) -> Vec<Reason> {
        let (Some(list), mut reasons) = (self.lists.get(&self.at), Vec::new()) else { return Vec::new() };
        let sender_list = case.backend.and_then(|(at, _)| self.lists.get(&at)).unwrap_or(list);
        let lists = Lists { case, list, sender_list };
        for step in ROWS.chunk_by(|one, next| one.step == next.step) {
            let many = case.client.recipients.iter().map(String::as_str).enumerate().map(Some);
            let many = many.filter(|_| step.iter().any(|row| row.step == Step::RcptTo));
            for asked in std::iter::once(None).chain(many) {
                for row in step {
                    let (answer, to) = (row.answer(case, asked), asked.map(|(_, to)| to));
                    let bases = match answer {
                        Answer::Refuses => lists.bases_of_refusal(row.refusal, to),
                        _ => lists.bases(row.refusal, to),
                    };
                    if answer == Answer::Refuses || !bases.is_empty() {
                        reasons.push(reason(row.refusal, answer, to, bases));
                    }
                    if answer == Answer::Refuses {
                        return reasons;
                    }
                }
            }
        }
        reasons
    }

    fn notes(&self, case: &Case<'_>) -> Vec<Note> {
        let Case { client, policy, .. } = case;
        let user = client.user.as_deref().unwrap_or_default();
        let unknown = case.session == Who::Account && policy.known(user).is_none();
        let server = policy.server_at(client.remote).filter(|_| client.peer.is_none());
        let server = server.filter(|_| matches!(case.session, Who::Server(_)));
        let silent = self.decision.outcome == Outcome::Rejected(Refusal::DomainSecurity);
        let notes = [
            unknown.then(|| Note::GroupsUnknown(user.to_owned())),
            server.map(|server| Note::PeerServer(server.name.clone())),
            case.is_handed_on().then(|| Note::HandedOn(case.backend.map(|(at, _)| at))),
            silent.then_some(Note::ReplyNotDocumented),
        ];
        notes.into_iter().flatten().collect()
    }

    /// What helps; a sender that the Transport service refuses is let through there.
    fn remedies(&self, case: &Case<'_>, refusal: Refusal, recipient: Option<&str>) -> Vec<Remedy> {
        let of_sender = matches!(refusal, Refusal::Sender | Refusal::HeaderSender);
        let at = case.backend.filter(|_| of_sender).map_or(self.at, |(at, _)| at);
        let Some(list) = self.lists.get(&at) else { return Vec::new() };
        let actions = actions(case, refusal, recipient, list).into_iter();
        actions.filter_map(|action| self.service.remedy(at, action)).collect()
    }
}
