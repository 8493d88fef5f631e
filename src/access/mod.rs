//! Effective access: what every remote address can do at a server, exactly (AC1 to AC5).
//!
//! Which connector answers an address is what selection says; what a client may do there is what the evaluator of
//! [`crate::session`] decides for the sessions that the table of abilities names. No rule of sessions is restated here.
//! Pure: servers and what their organization knows go in, grants and changes come out.

mod ability;
mod addresses;
mod change;
mod endpoint;
mod grant;
mod identity;
mod policy;
mod sample;
mod server;

pub use ability::{Ability, Holding};
pub use addresses::Addresses;
pub use change::{Change, Side, compare};
pub use endpoint::Endpoint;
pub use grant::{Grant, grants};
pub use identity::ClientIdentity;
pub use policy::{Breach, breaches};
pub use sample::session_from;
pub use server::{Held, ServerAccess};
