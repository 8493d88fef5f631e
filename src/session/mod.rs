//! One session: which connector serves a client (S), who the session is and what it may do (P), which reply it
//! gets and why (M, E).
//!
//! Pure: a server, what the organization knows and a client go in, a decision or a verdict comes out. Nothing
//! here knows a file, a command line, a clock or how a verdict is printed.

mod candidates;
mod selection;

pub use candidates::{Candidate, Fate, candidates};
pub use selection::{Answer, Listener, Selection};
