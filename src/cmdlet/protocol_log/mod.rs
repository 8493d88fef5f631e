//! Get-, Measure- and Test-ProtocolLog: receive protocol logs as sessions, counted, and held against the rules.

mod columns;
mod dialogue;
pub mod get;
pub mod measure;
mod params;
mod places;
mod scope;
mod unused;
mod usage;
