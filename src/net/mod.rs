//! Addresses: bindings (V1), remote ranges (V2) and how ranges lie to each other (U2, U3).
//!
//! Pure: text in, values and refusals out. This room knows no connector, no server and no file; what a meeting
//! of bindings or an overlap of ranges means is decided by whoever asks.

mod address;
mod binding;
mod binding_index;
mod binding_text;
mod interval;
mod interval_index;
mod range;
mod range_hint;
mod range_set;
mod range_subtraction;
mod range_text;

pub use binding::{Binding, Meeting};
pub use binding_index::{BindingIndex, BindingOverlap};
pub use binding_text::{BindingError, BindingFault};
pub use interval::{Interval, Relation};
pub use interval_index::{Hit, IntervalIndex};
pub use range::{Point, RemoteRange};
pub use range_set::{Cover, coalesce, covered, repeated};
pub use range_subtraction::RangeSubtraction;
pub use range_text::{RangeError, RangeFault};
