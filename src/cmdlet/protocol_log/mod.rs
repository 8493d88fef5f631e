//! Get-, Measure- and Test-ProtocolLog: receive protocol logs as sessions, counted, and held against the rules.

mod against;
mod anonymous;
mod columns;
mod counts;
mod dialogue;
pub mod get;
mod interned;
pub mod measure;
mod names;
mod organization;
mod params;
mod period;
mod places;
mod result;
mod scope;
mod sought;
pub mod test;
mod unused;
mod usage;

pub use against::of_draft as logs_of_change;
