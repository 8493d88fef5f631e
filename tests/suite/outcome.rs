//! How a plain test ends: it holds, it fails with a text, or it cannot run here and says why.

use std::fmt::{self, Debug, Display};
use std::io::{Write as _, stderr};

/// Why a test failed; the harness prints it as it is.
pub struct Failed(String);

/// What a test returns that uses `?`.
pub type Done = Result<(), Failed>;

impl<T: Display> From<T> for Failed {
    fn from(reason: T) -> Self {
        Failed(reason.to_string())
    }
}

impl Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a skipped test returns.
pub trait Skipped {
    /// No failure.
    const SKIPPED: Self;
}

impl Skipped for () {
    const SKIPPED: Self = ();
}

impl Skipped for Done {
    const SKIPPED: Self = Ok(());
}

/// Prints `skipped: no TOOL: NAME` where a tool is missing. The line is written past the harness, which shows what a
/// test prints only where it fails. Returns whether the tool is there.
pub fn is_there(tool: &str, is_there: bool) -> bool {
    if !is_there {
        let thread = std::thread::current();
        let line = format!("skipped: no {tool}: {}\n", thread.name().unwrap_or_default());
        let _ = stderr().write_all(line.as_bytes());
    }
    is_there
}

/// Skips the test where a tool is missing: `needs!("git")`, or `needs!("strace", strace::is_there())`.
macro_rules! needs {
    ($tool:literal) => {
        needs!($tool, crate::host::has($tool))
    };
    ($what:expr, $is_there:expr) => {
        if !crate::outcome::is_there($what, $is_there) {
            return crate::outcome::Skipped::SKIPPED;
        }
    };
}
