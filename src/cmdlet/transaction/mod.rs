//! What a cmdlet reads and changes, and its outcome.

pub(super) mod batch;
pub(super) mod difference;
pub(super) mod draft;
pub(super) mod logs;
pub(super) mod outcome;
pub(super) mod source;
pub(super) mod state;

pub use batch::{Batch, InputRow, RowHandler, RowResult};
pub use difference::{Difference, INHERITED, differences};
pub(in crate::cmdlet) use draft::unless_damaged;
pub use draft::{Answers, Draft, Question};
pub use logs::{BeginLogs, LogFiles, LogsRead, SessionHandler};
pub use outcome::{Outcome, PerServer};
pub use source::{Archive, ChangedFiles, Damage, EachRevision, Past, RevisionInfo, Source, StoreFile, short};
pub use state::State;
