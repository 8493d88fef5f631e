//! A session as the client would log it: what it says, and the replies that are predicted, line by line (M, E).
//!
//! It decides nothing: a verdict says where the session ends and with which reply.

use std::iter;

use super::client::{Client, Mechanism, Tls};
use super::replies::{Reply, banner, ehlo, name, reply};
use super::rule::Step;
use super::steps::Refusal;
use super::verdict::Verdict;
use crate::connector::{Host, ReceiveConnector, SizeEnabled};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What the client says.
    Client(String),
    /// What the server says.
    Server(String),
    /// What happens without a word.
    Remark(&'static str),
}

/// What stands for the moment in a banner: a prediction knows none.
const DATE: &str = "<date>";

const READY: Reply = reply(220, "2.0.0", "SMTP server ready");
const AUTHENTICATED: Reply = reply(235, "2.7.0", "Authentication successful");
const SENDER_OK: Reply = reply(250, "2.1.0", "Sender OK");

/// A session in the making.
struct Log<'a> {
    host: &'a Host,
    connector: &'a ReceiveConnector,
    client: &'a Client,
    verdict: &'a Verdict,
    lines: Vec<Line>,
}

/// The session of `client` with `host`, whose outcome is `verdict`.
pub(super) fn transcript(host: &Host, client: &Client, verdict: &Verdict) -> Vec<Line> {
    let answers = verdict.decision.connector.and_then(|at| host.connectors.get(at));
    let Some(connector) = answers else {
        return vec![last(verdict, "(the connection is refused)")];
    };
    let mut log = Log { host, connector, client, verdict, lines: Vec::new() };
    log.run();
    log.lines
}

/// The last reply, or what stands for one.
fn last(verdict: &Verdict, silent: &'static str) -> Line {
    verdict.reply.clone().map_or(Line::Remark(silent), Line::Server)
}

impl Log<'_> {
    /// Each step in turn, as far as the session comes.
    fn run(&mut self) {
        if self.ends(Step::Connect) && self.client.tls != Tls::Implicit {
            self.refuses();
            return;
        }
        let fqdn = name(self.connector, &self.host.server);
        self.lines.push(Line::Server(banner(&self.connector.banner, fqdn, DATE)));
        if self.ends(Step::Connect) {
            self.lines.push(Line::Remark("(the client expects TLS here, and gives up)"));
            return;
        }
        let steps =
            [Self::greet, Self::encrypt, Self::authenticate, Self::mail, Self::recipients, Self::data];
        let _ = steps.into_iter().all(|step| step(self));
    }

    /// Why nothing is taken.
    fn refusal(&self) -> Option<Refusal> {
        self.verdict.decision.outcome.refusal().filter(|_| self.verdict.decision.outcome.is_rejected())
    }

    fn ends(&self, step: Step) -> bool {
        self.refusal().is_some_and(|refusal| refusal.step() == step)
    }

    fn client(&mut self, text: impl Into<String>) {
        self.lines.push(Line::Client(text.into()));
    }

    /// The server goes on.
    fn takes(&mut self, reply: Reply) -> bool {
        let line = reply.line(self.host.server.version, self.connector.enhanced_status_codes);
        self.lines.push(Line::Server(line));
        true
    }

    /// The session ends here.
    fn refuses(&mut self) -> bool {
        self.lines.push(last(self.verdict, "(refused; the text of the reply is not documented)"));
        false
    }

    fn answer(&mut self, step: Step, reply: Reply) -> bool {
        if self.ends(step) { self.refuses() } else { self.takes(reply) }
    }

    fn greet(&mut self) -> bool {
        self.hello(Tls::None)
    }

    /// EHLO where the session is encrypted like that.
    fn hello(&mut self, tls: Tls) -> bool {
        let hello = format!("EHLO {}", self.client.helo.as_deref().unwrap_or_default());
        self.client(hello.trim_end());
        if self.ends(Step::Ehlo) {
            return self.refuses();
        }
        let offered = self.verdict.keywords.iter().find(|(scene, _)| *scene == tls);
        let keywords = offered.map(|(_, keywords)| keywords.as_slice()).unwrap_or_default();
        let answer = ehlo(name(self.connector, &self.host.server), self.client.remote, keywords);
        self.lines.extend(answer.into_iter().map(Line::Server));
        true
    }

    fn encrypt(&mut self) -> bool {
        let command = match self.client.tls {
            Tls::None | Tls::Implicit => return true,
            Tls::StartTls => "STARTTLS",
            Tls::AnonymousTls => "X-ANONYMOUSTLS",
        };
        self.client(command);
        self.answer(Step::StartTls, READY) && self.hello(self.client.tls)
    }

    fn authenticate(&mut self) -> bool {
        let command = match (self.client.mechanism, self.client.tls) {
            (None, _) => return true,
            (Some(Mechanism::BasicAuth | Mechanism::LOGIN), _) => "AUTH LOGIN",
            (Some(Mechanism::PLAIN), _) => "AUTH PLAIN",
            (Some(Mechanism::NTLM), _) => "AUTH NTLM",
            (Some(Mechanism::GSSAPI), _) => "AUTH GSSAPI",
            (Some(Mechanism::ExchangeServer), Tls::AnonymousTls) => "X-EXPS EXCHANGEAUTH SHA256",
            (Some(Mechanism::ExchangeServer), _) => "X-EXPS GSSAPI",
        };
        self.client(command);
        if self.refusal() != Some(Refusal::MechanismNotOffered) {
            self.lines.push(Line::Remark("(the exchange of credentials)"));
        }
        self.answer(Step::Auth, AUTHENTICATED)
    }

    fn mail(&mut self) -> bool {
        let Client { mail_from, size, declares_size, .. } = self.client;
        let declared =
            size.filter(|_| *declares_size && self.connector.size_enabled != SizeEnabled::Disabled);
        let size = declared.map(|size| format!(" SIZE={size}")).unwrap_or_default();
        self.client(format!("MAIL FROM:<{mail_from}>{size}"));
        self.answer(Step::MailFrom, SENDER_OK)
    }

    /// Each recipient with its reply; where none is taken, the client has nothing to send.
    fn recipients(&mut self) -> bool {
        let verdict = self.verdict;
        for recipient in &verdict.recipients {
            self.client(format!("RCPT TO:<{}>", recipient.address));
            self.lines.push(Line::Server(recipient.reply.clone()));
        }
        if self.client.recipients.is_empty() && self.refusal().is_some() {
            self.lines.push(Line::Remark("(RCPT TO: no recipient is named)"));
        }
        !self.ends(Step::RcptTo)
    }

    /// Without a recipient nothing is sent, but for what the verdict says of it.
    fn data(&mut self) -> bool {
        if self.client.recipients.is_empty() && self.refusal().is_none() {
            return true;
        }
        self.client("DATA");
        self.lines.push(Line::Server("354 Start mail input; end with <CRLF>.<CRLF>".to_owned()));
        let end = iter::once(Line::Remark("(header and body)")).chain([Line::Client(".".to_owned())]);
        self.lines.extend(end.chain([last(self.verdict, "")]));
        true
    }
}
