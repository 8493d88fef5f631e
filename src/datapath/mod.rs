//! Data paths between roles: the published tables of ports, authentication and encryption as rows, and what they
//! say to a question (rules D1 to D5).
//!
//! Nothing here knows connectors, stores or command lines. "Not stated" is a value of its own, never a guess.

mod auth;
mod edition;
pub mod note;
pub mod path;
mod query;
pub mod role;
pub mod rows;
mod verdict;
mod y2007;
mod y2010;
mod y2016;

pub use auth::Auth;
pub use edition::{EDITIONS, Edition, Table};
pub use note::{Condition, Note, Severity};
pub use path::{DataPath, Ground, Stated};
pub use query::{Part, Ports, Query, encrypted, instead};
pub use role::Role;
pub use verdict::{Answer, Near, Verdict};
