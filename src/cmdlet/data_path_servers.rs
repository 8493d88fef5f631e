//! A data path between two servers of the store: what their own connectors add to what the tables say (D4).

use crate::connector::Host;
use crate::datapath::Verdict;
use crate::param::Finding;

/// What is to be said of mail from `source` to `destination`, beside `verdict`.
#[must_use]
pub fn findings(_source: &Host, _destination: &Host, _verdict: &Verdict) -> Vec<Finding> {
    Vec::new()
}
