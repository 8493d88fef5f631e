//! What a cmdlet reads and changes, and its outcome.

pub(super) mod batch;
pub(super) mod difference;
pub(super) mod draft;
pub(super) mod outcome;
pub(super) mod source;

pub use batch::{Batch, Row, RowHandler, RowResult};
pub use difference::{Difference, differences};
pub use draft::{Answers, Draft, HostChange, Question};
pub use outcome::{Outcome, PerServer};
pub use source::{Archive, ChangedFiles, Damage, Past, RevisionInfo, Source};
