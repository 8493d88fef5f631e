//! The real program in a pseudo-terminal: every prompt, confirmations, the guided way, and how it is left.

#![expect(clippy::disallowed_methods, reason = "tests look at what the program left")]

mod choices;
mod confirm;
mod daily;
mod guided;
mod leave;
mod missing;
mod pager;
mod pipes;
pub mod pty;
mod signals;

/// Whether this machine has a tool, which may not know `--version`.
fn has(tool: &str) -> bool {
    ["/usr/bin", "/bin"].iter().any(|dir| std::path::Path::new(dir).join(tool).is_file())
}
