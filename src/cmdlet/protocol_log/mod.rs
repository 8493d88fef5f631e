//! Get-, Measure- and Test-ProtocolLog: receive protocol logs as sessions, counted, and held against the rules.

mod against;
mod anonymous;
mod columns;
mod dialogue;
pub mod get;
pub mod measure;
mod names;
mod organization;
mod params;
mod period;
mod places;
mod result;
mod scope;
pub mod test;
mod unused;
mod usage;

pub use against::of_draft as logs_of_change;
