//! Test-DataPath for one SMTP session: parameters, client, policy, answer and report.

pub(super) mod answer;
pub(super) mod batch;
pub(super) mod client;
pub(super) mod compare_revision;
pub(super) mod connectivity;
pub(super) mod limits;
pub(super) mod params;
pub(super) mod policy;
pub(super) mod report;
mod subscription;
pub(super) mod test;
