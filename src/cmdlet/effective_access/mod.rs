//! Get- and Compare-EffectiveAccess: what clients of a server can do, and what a change opens or closes (AC1 to AC5).

pub mod compare;
pub mod effect;
pub mod get;
mod organization;
mod picture;
pub mod policies;
mod scope;
pub mod shown;
pub mod test_policy;
