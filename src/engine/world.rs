//! What the program sees of the world: clock, environment, machine, user, identifiers. Tests make their own.

use std::cell::{Cell, RefCell};
use std::io::Read;
use std::path::PathBuf;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::file;
use crate::cmdlet::{Context, Dial, Machine};
pub use crate::powershell::quote::Quoting;
use crate::store::{Identity, Person};

/// The environment variables that matter, and the working directory.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `EXCH_STORE`.
    pub store: Option<PathBuf>,
    /// `EXCH_SERVER`.
    pub server: Option<String>,
    /// `GIT_AUTHOR_NAME` and `GIT_AUTHOR_EMAIL`: the author of revisions, as for git.
    pub author: Identity,
    /// `GIT_COMMITTER_NAME` and `GIT_COMMITTER_EMAIL`.
    pub committer: Identity,
    /// `GIT_CONFIG_GLOBAL`.
    pub git_config: Option<PathBuf>,
    /// The user's data directory (`$XDG_DATA_HOME`).
    pub data_dir: Option<PathBuf>,
    /// The working directory.
    pub directory: PathBuf,
    /// Whether `CI` is set: nothing is ever asked then.
    pub ci: bool,
    /// The program's own file, which links lead to.
    pub program: Option<PathBuf>,
    /// For which kind of shell lines to type are quoted.
    pub quoting: Quoting,
}

/// The world as one run sees it. What takes time to find out is asked when it is needed.
#[derive(Clone, Debug)]
pub struct World {
    /// The clock.
    pub clock: fn() -> Timestamp,
    /// The reader's time zone.
    pub zone: fn() -> TimeZone,
    /// Environment variables and the working directory.
    pub environment: Environment,
    /// This machine.
    pub machine: Machine,
    /// Who makes revisions when git's configuration does not say.
    pub user: fn() -> Person,
    /// New identifiers.
    pub new_guid: fn() -> Uuid,
    /// Standard input, read only where a call asks for it; nothing where it is a terminal.
    pub input: fn() -> Option<Box<dyn Read + Send>>,
    /// Asks real servers.
    pub dial: Dial,
}

impl World {
    /// What a cmdlet may know of it; `store` is where the store is, or would be made.
    pub(crate) fn context(&self, store: String) -> Rc<Context<'_>> {
        Rc::new(Context {
            now: Cell::new((self.clock)()),
            zone: self.zone,
            store,
            local_server: self.environment.server.clone(),
            machine: self.machine.clone(),
            new_guid: RefCell::new(Box::new(self.new_guid)),
            dial: self.dial,
            read_file: Box::new(|path| file::named(self, path)),
        })
    }
}
