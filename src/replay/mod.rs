//! A logged session, decided again by the rules: connector, keywords, permissions, and each reply.
//!
//! It drives the evaluator of [`crate::session`] and decides nothing itself; it knows no store and no file. What the
//! configuration of connectors cannot decide, such as a mailbox that does not exist, is never a difference.

mod against;
mod client;
mod keywords;
mod permissions;
mod replies;

pub use against::{Changed, Decided, Effect};

use std::net::{IpAddr, SocketAddr};

use crate::connector::{Host, same_name};
use crate::param::closed;
use crate::protocol_log::{Facts, Service as TransportService, Session};
use crate::session::{Answer, Client, Fate, Policy, Service};

closed! {
    /// What is compared.
    #[derive(Hash, PartialOrd, Ord)]
    Topic: Connector, Keywords, Permissions, Reply
}
closed! {
    /// How a comparison comes out. Outside: no configuration of connectors decides it.
    #[derive(Hash, PartialOrd, Ord)]
    Agreement: Equal, Outside, NotDecidable, Differs
}

/// A comparison that is not equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Finding {
    /// How it comes out.
    pub agreement: Agreement,
    /// What was compared.
    pub topic: Topic,
    /// What the log has.
    pub logged: String,
    /// What the rules say.
    pub model: String,
    /// The number of the rule that decided that, where one did.
    pub rule: Option<&'static str>,
    /// What decided it, or what is unknown.
    pub why: String,
}

/// A session, decided again.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// How many comparisons were equal.
    pub equal: u32,
    /// The others, each with the session to try.
    pub findings: Vec<(Finding, Client)>,
}

impl Replay {
    /// How the session comes out: as its worst comparison does.
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        self.findings.iter().map(|(finding, _)| finding.agreement).max().unwrap_or(Agreement::Equal)
    }
}

/// What the rules say of a connector that the store does not have.
const NO_CONNECTOR: &str = "no connector of this name";

/// What sessions are decided by: a server, and what its organization knows.
pub struct Model<'a> {
    /// The server.
    pub host: &'a Host,
    /// The organization.
    pub policy: &'a Policy,
    /// Both, made ready.
    pub service: &'a Service<'a>,
}

/// A session that is compared.
struct Compared<'c, 's> {
    model: &'c Model<'c>,
    session: &'c Session,
    facts: &'c Facts<'s>,
    /// The place of the connector that answers.
    at: usize,
    /// The client before it says anything.
    client: Client,
    replay: Replay,
}

impl Model<'_> {
    /// Decides a session again. Of one that another connector answers, the replies alone are compared further: what
    /// becomes of its mail there.
    #[must_use]
    pub fn replay(&self, session: &Session, facts: &Facts<'_>) -> Replay {
        let mut replay = Replay::default();
        let (Some(local), Some(remote)) = (session.local, session.remote) else {
            let why = "the log does not have the addresses of both ends";
            let nobody = Client::new(IpAddr::from([0; 4]), SocketAddr::from(([0; 4], 25)));
            replay.add(undecidable(Topic::Connector, session.connector_name(), why), &nobody);
            return replay;
        };
        let client = Client::new(remote.ip(), local);
        if session.service == Some(TransportService::Mailbox) {
            let why = "the Mailbox Transport Delivery service has connectors that no cmdlet shows";
            replay.add(outside(Topic::Connector, session.connector_name(), why), &client);
            return replay;
        }
        let answer = self.service.selection().answer(local, remote.ip());
        let at = if let Answer::Connector(at) = answer { Some(at) } else { None };
        let is_logged = |at: &usize| {
            let connector = self.host.connectors.get(*at);
            connector.is_some_and(|connector| same_name(&connector.name, session.connector_name()))
        };
        let Some(at) = at.filter(is_logged) else {
            let mut finding = self.other_connector(session, at, &client);
            // One cause, whoever answers instead and whatever that one replies.
            let is_there = self.host.connectors.iter().any(|one| same_name(&one.name, &finding.logged));
            let cause = (!is_there).then(|| Finding { model: NO_CONNECTOR.to_owned(), ..finding.clone() });
            let mut moved = Compared { model: self, session, facts, at: 0, client: client.clone(), replay };
            let mut tried = client;
            if let Some(at) = at {
                moved.at = at;
                moved.replies();
                if let Some(one) = moved.add_replies(&mut finding) {
                    tried = one;
                }
            }
            return Replay { equal: 0, findings: vec![(cause.unwrap_or(finding), tried)] };
        };
        replay.equal += 1;
        let mut compared = Compared { model: self, session, facts, at, client, replay };
        compared.keywords();
        compared.permissions();
        compared.replies();
        compared.replay
    }

    /// Another connector answers than the logged one.
    fn other_connector(&self, session: &Session, at: Option<usize>, client: &Client) -> Finding {
        let name = session.connector_name();
        let answers = at.and_then(|at| self.host.connectors.get(at));
        let model = answers.map_or("none", |connector| connector.name.as_str());
        let logged = self.host.connectors.iter().position(|connector| same_name(&connector.name, name));
        let candidates = self.service.verdict(client).candidates;
        let fate = candidates.iter().find(|one| Some(one.connector) == logged).map(|one| &one.fate);
        let why = match fate {
            Some(fate) => format!("{name} {fate}"),
            None => format!("the store has no connector {name} on {}", self.host.server.name),
        };
        Finding {
            agreement: Agreement::Differs,
            topic: Topic::Connector,
            logged: name.to_owned(),
            model: model.to_owned(),
            rule: fate.map(Fate::rule),
            why,
        }
    }
}

impl Compared<'_, '_> {
    /// Adds to the finding that another connector answers what that one replies otherwise; the client to try.
    fn add_replies(self, finding: &mut Finding) -> Option<Client> {
        let Replay { equal, findings } = self.replay;
        let rank = |(one, _): &&(Finding, Client)| std::cmp::Reverse(one.agreement);
        let Some((gravest, client)) = findings.iter().min_by_key(rank) else {
            if equal == 0 {
                return None;
            }
            finding.model.push_str(", with the same replies");
            return Some(self.client);
        };
        match gravest.agreement {
            Agreement::Differs => {
                finding.logged = format!("{}: {}", finding.logged, gravest.logged);
                finding.model = format!("{}: {}", finding.model, gravest.model);
                if !gravest.why.is_empty() {
                    let rule = gravest.rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
                    finding.why = format!("{}; there: {}{rule}", finding.why, gravest.why);
                }
            }
            Agreement::NotDecidable => {
                finding.why =
                    format!("{}; its replies there are not decidable: {}", finding.why, gravest.why);
            }
            Agreement::Outside | Agreement::Equal => finding.model.push_str(", with the same replies"),
        }
        Some(client.clone())
    }
}

impl Replay {
    fn add(&mut self, finding: Finding, client: &Client) {
        self.findings.push((finding, client.clone()));
    }
}

fn outside(topic: Topic, logged: &str, why: &str) -> Finding {
    finding(Agreement::Outside, topic, logged, why)
}

fn undecidable(topic: Topic, logged: &str, why: &str) -> Finding {
    finding(Agreement::NotDecidable, topic, logged, why)
}

fn finding(agreement: Agreement, topic: Topic, logged: &str, why: &str) -> Finding {
    let (logged, why) = (logged.to_owned(), why.to_owned());
    Finding { agreement, topic, logged, model: String::new(), rule: None, why }
}
