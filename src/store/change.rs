//! A change as its caller composes it: files, a message, who and when. What the files mean and how the message
//! is worded is decided above.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// A name and a mail address, as git keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The mail address, without angle brackets.
    pub email: String,
}

/// What variables say of somebody: `GIT_AUTHOR_NAME` and its kin count one by one, as for git.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: Option<String>,
    /// The mail address, without angle brackets.
    pub email: Option<String>,
}

impl From<Person> for Identity {
    fn from(Person { name, email }: Person) -> Self {
        Identity { name: Some(name), email: Some(email) }
    }
}

/// A moment, and the clock on the wall there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Seconds since 1970 in UTC.
    pub seconds: i64,
    /// What the local clock is ahead of UTC, in minutes.
    pub offset_minutes: i32,
}

/// One revision to be made: all of it or nothing.
#[derive(Debug, Clone)]
pub struct Change {
    /// Names below the store, and their new content; none takes the file away.
    pub files: BTreeMap<String, Option<Vec<u8>>>,
    /// Subject, body and trailers, composed.
    pub message: String,
    /// Who made it, as far as the caller knows better than git's configuration.
    pub author: Identity,
    /// Who commits it; where neither this nor git's configuration says, the author.
    pub committer: Identity,
    /// The file that stands for the user's git configuration (`GIT_CONFIG_GLOBAL`); else git's own places.
    pub git_config: Option<PathBuf>,
    /// Who made it when neither the caller nor git's configuration says.
    pub fallback: Person,
    /// When; the revision bears the parent's time where that is later.
    pub when: When,
}
