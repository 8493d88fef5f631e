//! Cmdlets of receive connectors, with what they share: copies, comparisons, the wizard.

pub(super) mod compare;
pub(super) mod comparison;
pub(super) mod copy;
pub(super) mod copy_plan;
pub(super) mod get;
pub(super) mod new;
pub(super) mod relay_notice;
pub(super) mod remove;
pub(super) mod set;
pub(super) mod shared;
pub(super) mod wizard;
