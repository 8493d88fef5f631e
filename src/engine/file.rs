//! A file that the user names beside the store: read, never written.

#![expect(clippy::disallowed_methods, reason = "a parameter names a file that is no part of the store")]

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// More than any file that a parameter names has.
const MOST: u64 = 1 << 20;

/// The beginning of a file; nothing is waited for, as a pipe would have it.
///
/// # Errors
/// Where there is no such file, or it cannot be read.
pub(super) fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
