//! What a draft is made from: one revision of the store, and the store's past.

use enumset::EnumSet;
use jiff::Timestamp;

use crate::answer::Problem;
use crate::connector::Host;
use crate::organization::{Organization, Part};
use crate::server::Directory;

/// One revision of the store, read as far as it is asked for.
pub trait Source {
    /// Whether it is the state of a store, and not of one that is to be made.
    fn exists(&self) -> bool {
        true
    }

    /// The organization's names.
    ///
    /// # Errors
    /// Where exch.toml cannot be read or is damaged.
    fn directory(&self) -> Result<Directory, Problem>;

    /// The names of all servers, without reading them.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn server_names(&self) -> Result<Vec<String>, Problem>;

    /// How many servers there are.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn server_count(&self) -> Result<usize, Problem> {
        Ok(self.server_names()?.len())
    }

    /// The names of the servers whose files may hold that name, without reading what certainly does not.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn servers_naming(&self, _name: &str) -> Result<Vec<String>, Problem> {
        self.server_names()
    }

    /// The server of that name, in any case, with its connectors; reads its file alone.
    ///
    /// # Errors
    /// Where the file cannot be read, does not parse or breaks a rule.
    fn host(&self, name: &str) -> Result<Option<Host>, Problem>;

    /// The server in an older state and in this one, to be compared: connectors that both have in the same words may
    /// be left out.
    ///
    /// # Errors
    /// As [`Source::host`].
    fn host_since(&self, older: &dyn Source, name: &str) -> Result<[Option<Host>; 2], Problem> {
        Ok([older.host(name)?, self.host(name)?])
    }

    /// The bytes of a server's file, where this is a state of files.
    ///
    /// # Errors
    /// Where the file cannot be read.
    fn server_file(&self, _name: &str) -> Result<Option<Vec<u8>>, Problem> {
        Ok(None)
    }

    /// Gives up what is kept of a server's file.
    fn forget(&self, _name: &str) {}

    /// Reads a part of the organization into `organization`: what its file says, else what there is without one.
    ///
    /// # Errors
    /// Where the file cannot be read, does not parse or breaks a rule.
    fn part(&self, part: Part, organization: &mut Organization) -> Result<(), Problem>;
}

/// A revision's identifier as it is shown.
#[must_use]
pub fn short(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}

/// What is known of one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionInfo {
    /// Its full identifier.
    pub id: String,
    /// The full identifier of the one before; none for the first.
    pub parent: Option<String>,
    /// When it was made.
    pub when: Timestamp,
    /// Who made it.
    pub author: String,
    /// The author's mail address.
    pub email: String,
    /// One line.
    pub subject: String,
    /// The line that made it, and what else its body says.
    pub body: String,
    /// The servers whose files it touched.
    pub servers: Vec<String>,
}

/// Something wrong with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file or object.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

/// One file of the store.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StoreFile {
    /// The organization's names.
    Names,
    /// A server with its connectors, by name.
    Server(String),
    /// A part of the organization.
    Part(Part),
}

/// What is done with a revision; whether to go on to the one before.
pub type EachRevision<'e> = &'e mut dyn FnMut(RevisionInfo) -> Result<bool, Problem>;

/// The files in which two states of the store differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedFiles {
    /// Servers, by name.
    pub servers: Vec<String>,
    /// Parts of the organization.
    pub parts: EnumSet<Part>,
}

/// An old revision: what its rows say, and its identifier.
pub struct Past<'s> {
    /// Its full identifier.
    pub id: String,
    /// What it holds.
    pub source: Box<dyn Source + 's>,
}

/// The store's past.
pub trait Archive {
    /// Shows `each` the revisions from the newest on; those that touched `file` where one is given.
    ///
    /// # Errors
    /// Where the history cannot be read, and those of `each`.
    fn history(&self, file: Option<&StoreFile>, each: EachRevision<'_>) -> Result<(), Problem>;

    /// A revision by its name.
    ///
    /// # Errors
    /// Exit 4 where `revision` names none.
    fn revision(&self, revision: &str) -> Result<RevisionInfo, Problem>;

    /// An old revision.
    ///
    /// # Errors
    /// Exit 4 where `revision` names none.
    fn at(&self, revision: &str) -> Result<Past<'_>, Problem>;

    /// What differs between two revisions, or between one and the store as it is now.
    ///
    /// # Errors
    /// Where a revision cannot be read.
    fn changed(&self, old: &str, new: Option<&str>) -> Result<ChangedFiles, Problem>;

    /// Everything that is wrong with the store as it stands.
    ///
    /// # Errors
    /// Where the store cannot be read at all.
    fn damage(&self) -> Result<Vec<Damage>, Problem>;
}
