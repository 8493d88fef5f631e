//! `-Timeout` of the cmdlets that connect to real servers.

use std::time::Duration;

use crate::cmdlet::args::Args;
use crate::param::{Group, Kind, Param, Value, Verb, param};

/// How long a step may take.
pub(crate) static TIMEOUT: Param =
    param("Timeout", Kind::Count(1, 300), "How many seconds each step of a connection may take")
        .on(&[Verb::Test])
        .group(Group::Limits)
        .default("10");

/// The time that a line gives to each step.
#[must_use]
pub fn timeout(args: &Args) -> Duration {
    match args.value_or_default(&TIMEOUT) {
        Some(Value::Int(seconds)) => Duration::from_secs(seconds),
        _ => Duration::ZERO,
    }
}
