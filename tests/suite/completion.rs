//! Completion: the program's answers by the entry that the scripts use, the scripts, and the real shells.

mod entry;
mod laws;
mod powershell;
#[cfg(unix)]
mod shells;
mod store;
