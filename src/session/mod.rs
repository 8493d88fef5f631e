//! One session: which connector serves a client (S), who the session is and what it may do (P), which reply it
//! gets and why (M, E).
//!
//! Pure: a server, what the organization knows and a client go in, a decision or a verdict comes out. The rules are one
//! table (`steps`), asked in order by one walk (`walk`): the decision takes its outcome alone, the verdict observes
//! it and makes reasons, dialogue and remedies of the same rows. Nothing
//! here knows a file, a command line, a clock or how a verdict is printed.

mod candidates;
mod case;
mod client;
mod domain_security;
mod domains;
pub mod ehlo;
mod evidence;
mod fix;
mod headers;
mod identity;
mod logged;
pub mod mechanism;
mod path;
mod policy;
mod recipient;
mod remedies;
pub mod replies;
mod requirement;
mod rights;
mod rule;
mod selection;
mod sender;
mod service;
mod steps;
mod transcript;
mod verdict;
mod walk;

pub use candidates::{Candidate, Fate, candidates};
pub use client::{Client, Mechanism, ServiceState, Tls};
pub use domain_security::{Inbound, Outbound, SendPath, failing_inbound, failing_outbound};
pub use domains::Domains;
pub use evidence::Evidence;
pub use fix::{Change, ClientChange, Fix, OwnConnector, Property, Remedy, ServerChange};
pub(crate) use headers::received;
pub use headers::{HeaderFamily, Treatment, receiver, sent};
pub use identity::{Peer, Who, principals, proofs};
pub use path::{MailPath, MailRoute, Proof, without};
pub use policy::{Account, PeerServer, Policy};
pub use replies::Reply;
pub use requirement::MissingRequirement;
pub use rights::{Deciding, Held};
pub use rule::{Condition, Step};
pub use selection::{Answer, Listener, Selection};
pub use sender::{SenderCheck, plain as plain_address};
pub use service::{Decision, Layout, Service};
pub use steps::Refusal;
pub use transcript::Line;
pub use verdict::{Note, Reason, RecipientVerdict, Verdict};
pub use walk::{Disposition, Outcome};
