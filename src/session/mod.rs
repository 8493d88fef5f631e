//! One session: which connector serves a client (S), who the session is and what it may do (P), which reply it
//! gets and why (M, E).
//!
//! Pure: a server, what the organization knows and a client go in, a decision or a verdict comes out. Nothing
//! here knows a file, a command line, a clock or how a verdict is printed.

mod candidates;
mod case;
mod client;
mod dialogue;
mod domain_security;
mod domains;
pub mod ehlo;
mod headers;
mod identity;
mod lack;
pub mod mechanism;
mod path;
mod policy;
mod recipient;
mod remedy;
pub mod replies;
mod rights;
mod selection;
mod sender;
mod service;
mod transcript;
mod verdict;
mod why;

pub use candidates::{Candidate, Fate, candidates};
pub use client::{Client, Mechanism, Tls};
pub use dialogue::{Condition, Outcome, Refusal, Step};
pub use domain_security::{Inbound, Outbound, SendPath, failing_inbound, failing_outbound};
pub use domains::Domains;
pub use headers::{HeaderFamily, Treatment};
pub use identity::{Peer, Who, principals};
pub use lack::Lack;
pub use path::{Crossing, MailPath, Proof, without};
pub use policy::{Account, PeerServer, Policy};
pub use remedy::{Action, Remedy};
pub use replies::Reply;
pub use rights::Deciding;
pub use selection::{Answer, Listener, Selection};
pub use sender::SenderCheck;
pub use service::{Decision, Layout, Service};
pub use transcript::{Line, transcript};
pub use verdict::{Note, Reason, Verdict};
pub use why::Basis;
