//! `-Timeout` of the cmdlets that connect to real servers.

use std::time::Duration;

use crate::cmdlet::args::Args;
use crate::param::{Group, Kind, Param, Value, Verb, param};

/// What a step takes at most, in seconds.
const SECONDS: u64 = 10;

/// How long a step may take.
pub(crate) static TIMEOUT: Param =
    param("Timeout", Kind::Count(1, 300), "How many seconds each step of a connection may take")
        .on(&[Verb::Test])
        .group(Group::Limits)
        .default("10");

/// The time that a line gives to each step.
#[must_use]
pub fn timeout(args: &Args) -> Duration {
    let typed = if let Some(Value::Int(seconds)) = args.value(&TIMEOUT) { Some(*seconds) } else { None };
    Duration::from_secs(typed.unwrap_or(SECONDS))
}
