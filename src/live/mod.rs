//! Real servers: what is asked of one over the network, what it answered, and where that differs from the store (L1).
//!
//! It opens no connection; the engine does.

mod certificate;
mod difference;
mod reply;
mod tls;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use jiff::Timestamp;

pub use certificate::Certificate;
pub use difference::{Expected, differences};
pub use reply::{Broken, Reply, ReplyReader};
pub use tls::{Chain, TlsSession};

/// Where a server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At an address.
    Address(IpAddr),
    /// Behind a name, which is looked up.
    Name(String),
}

/// A recipient that is tried up to RCPT TO.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The sender; empty for `<>`.
    pub mail_from: String,
    /// The recipient.
    pub rcpt_to: String,
}

/// What is asked of one server at one port.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where it is.
    pub place: Place,
    /// The port.
    pub port: u16,
    /// How long each step may take.
    pub timeout: Duration,
    /// What is said in SMTP; nothing where the connection alone is tried.
    pub smtp: Option<Smtp>,
}

/// What is said in a session of SMTP.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// The name after EHLO.
    pub helo: String,
    /// The name that the server is asked for in TLS; nothing where the session stays without TLS.
    pub tls_name: Option<String>,
    /// Now, for the dates of certificates.
    pub now: Timestamp,
    /// Whom mail is tried for. No message is sent.
    pub envelope: Option<Envelope>,
}

/// A step of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
pub enum Step {
    /// The name is looked up.
    #[strum(serialize = "the lookup of the name")]
    Lookup,
    /// The connection is opened.
    #[strum(serialize = "the connection")]
    Connect,
    /// The server greets.
    #[strum(serialize = "the banner")]
    Banner,
    /// EHLO is answered.
    #[strum(serialize = "the answer to EHLO")]
    Ehlo,
    /// STARTTLS is answered.
    #[strum(serialize = "the answer to STARTTLS")]
    StartTls,
    /// TLS is negotiated.
    #[strum(serialize = "the TLS handshake")]
    Handshake,
    /// EHLO is answered in TLS.
    #[strum(serialize = "the answer to EHLO in TLS")]
    EhloInTls,
    /// MAIL FROM is answered.
    #[strum(serialize = "the answer to MAIL FROM")]
    MailFrom,
    /// RCPT TO is answered.
    #[strum(serialize = "the answer to RCPT TO")]
    RcptTo,
}

/// Why a conversation ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The name is not known, or has no address.
    NotFound(String),
    /// Nothing listens there.
    Refused,
    /// The network does not lead there, or fails on the way.
    Network(String),
    /// The step took longer than it may.
    TimedOut,
    /// The server closed the connection.
    Closed,
    /// What came is no reply of SMTP.
    Broken(Broken),
    /// TLS is not agreed on, or not spoken.
    Tls(String),
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The address and port that answered.
    pub endpoint: Option<SocketAddr>,
    /// The own address, as the server sees it where nothing translates it.
    pub own: Option<IpAddr>,
    /// The replies, in order.
    pub replies: Vec<(Step, Reply)>,
    /// TLS, where it was negotiated.
    pub tls: Option<TlsSession>,
    /// What ended it early.
    pub fault: Option<(Step, Fault)>,
}

impl Seen {
    /// The reply of a step.
    #[must_use]
    pub fn reply(&self, step: Step) -> Option<&Reply> {
        self.replies.iter().find(|(own, _)| *own == step).map(|(_, reply)| reply)
    }

    /// The first reply that refuses, else the last.
    #[must_use]
    pub fn decisive(&self) -> Option<&Reply> {
        let refuses = self.replies.iter().map(|(_, reply)| reply).find(|reply| reply.code >= 400);
        refuses.or(self.replies.last().map(|(_, reply)| reply))
    }

    /// The result, in the words of the product's StatusCode.
    #[must_use]
    pub fn status(&self) -> Status {
        if let Some((Step::Lookup | Step::Connect, _)) = self.fault {
            return Status::UnableToConnect;
        }
        let begun = [Step::Banner, Step::Ehlo, Step::StartTls, Step::EhloInTls]
            .into_iter()
            .filter_map(|step| self.reply(step));
        match begun.map(|reply| reply.code).find(|code| *code >= 400) {
            Some(500..) => Status::PermanentError,
            Some(_) => Status::TransientError,
            None if self.fault.is_some() || !self.is_greeted() => Status::ExternalError,
            None => Status::Success,
        }
    }

    fn is_greeted(&self) -> bool {
        self.reply(Step::Banner).is_some_and(|reply| reply.code == 220)
    }

    /// The fault in a sentence.
    #[must_use]
    pub(crate) fn fault_sentence(&self, timeout: Duration) -> Option<String> {
        let (step, fault) = self.fault.as_ref()?;
        let step: &str = (*step).into();
        Some(match fault {
            Fault::Refused => format!("{step} failed: nothing listens there"),
            Fault::NotFound(why) | Fault::Network(why) | Fault::Tls(why) => format!("{step} failed: {why}"),
            Fault::TimedOut => match timeout.as_secs() {
                1 => format!("{step} took longer than 1 second"),
                seconds => format!("{step} took longer than {seconds} seconds"),
            },
            Fault::Closed => format!("the server closed the connection before {step}"),
            Fault::Broken(broken) => format!("{step} is not an SMTP reply: {broken}"),
        })
    }
}

/// The product's StatusCode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[expect(missing_docs, reason = "the product's names say what they mean")]
pub enum Status {
    Success,
    UnableToConnect,
    TransientError,
    PermanentError,
    ExternalError,
}
