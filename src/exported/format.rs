//! Which format a file has, by its beginning.

/// A format of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// What Export-Clixml writes.
    Clixml,
}

impl Format {
    /// The format of a file that begins so; nothing for what is none.
    #[must_use]
    pub fn of(head: &str) -> Option<Format> {
        let head = head.trim_start_matches('\u{feff}').trim_start();
        head.starts_with('<').then_some(Format::Clixml)
    }
}
