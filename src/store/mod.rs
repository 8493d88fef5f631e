//! The store: a directory of files under git, read and changed whole revisions at a time.
//!
//! It keeps bytes: lock, intent record, recovery, history. It is the only room that reaches the
//! disk, and it refuses to know what the files mean: TOML and connectors live above it.

mod change;
mod commit;
mod compare;
mod create;
mod disk;
pub mod document;
mod error;
mod gc;
mod gitlock;
mod head;
mod history;
mod index;
mod inflate;
mod intent;
mod lock;
mod names;
mod objects;
mod pack;
pub mod parallel;
mod path;
mod plan;
mod record;
mod recover;
mod reference;
mod repository;
mod revision;
mod signature;
mod swap;
#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;
mod tree;
mod view;
mod walk;
mod watch;
mod writer;

pub use change::{Change, Identity, Person, When};
pub use commit::{Step, Verdict};
pub use create::Ownership;
pub use error::{Class, Result, StoreError};
pub use history::{History, Revision, Trees};
pub use lock::Patience;
pub use repository::StoreRepository;
pub use revision::RevisionId;
pub use view::{Stored, View};
pub use writer::Writer;
