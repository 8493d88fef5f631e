//! Which names may be files of a store: relative, with plain slashes, nothing that a file system or git would
//! take for something else. How a server's name becomes such a name is decided above.

use super::error::{Result, StoreError};

/// What the store's own temporary files begin with; no file of the store may.
pub(super) const TEMPORARY: &str = ".exch-";

/// Checks a name like `servers/HUB01.toml`.
pub(super) fn check(path: &str) -> Result<()> {
    let plain = |part: &str| {
        !part.is_empty() && part != "." && part != ".." && !part.starts_with(TEMPORARY) && !is_git(part)
    };
    let sound = !path.contains(|c: char| c.is_control() || c == '\\') && path.split('/').all(plain);
    if sound { Ok(()) } else { Err(StoreError::BadPath(path.to_owned())) }
}

/// Whether git keeps this name for itself, on a file system that folds case too.
fn is_git(part: &str) -> bool {
    part.eq_ignore_ascii_case(".git") || part.eq_ignore_ascii_case("git~1")
}

/// Joins a prefix (empty for the top) and a name.
pub(super) fn join(prefix: &str, path: &str) -> String {
    if prefix.is_empty() { path.to_owned() } else { format!("{prefix}/{path}") }
}

/// The directory part (empty for the top) and the last part.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
