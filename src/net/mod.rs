//! Addresses: bindings (V1), remote ranges (V2) and how ranges lie to each other (U2, U3).
//!
//! Pure: text in, values and refusals out. This room knows no connector, no server and no file; what a meeting
//! of bindings or an overlap of ranges means is decided by whoever asks.

mod address;
mod binding;
mod binding_text;
mod crossings;
mod cut;
mod doors;
mod interval;
mod range;
mod range_hint;
mod range_text;
mod within;

pub use binding::{Binding, Meeting};
pub use binding_text::{BindingError, BindingFault};
pub use crossings::{Crossings, Hit};
pub use cut::Cut;
pub use doors::{Doors, Encounter};
pub use interval::{Interval, Relation};
pub use range::{Point, RemoteRange};
pub use range_text::{RangeError, RangeFault};
pub use within::{Cover, coalesce, covered, repeated};
