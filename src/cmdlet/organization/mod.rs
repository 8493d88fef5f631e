//! A real organization: brought in from exports of its servers, and compared with them.

mod apply;
pub(super) mod collector;
pub(super) mod compare;
mod hosts;
pub(super) mod import;
mod lists;
mod members;
mod notes;
mod params;
mod report;
mod scope;

pub use params::PATH;
