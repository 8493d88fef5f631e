//! The past of single objects: which one an identity means, now or once, and what each revision did to it.

pub(super) mod back;
pub(super) mod changes;
pub(super) mod checked;
pub(super) mod find;
pub(super) mod moment;
pub(super) mod three_way;

use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::StoreFile;
use crate::organization::Part;
use crate::param::same_name;

/// What kind of object the store keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// A server; its connectors are part of it.
    Server,
    /// A receive connector of that server.
    Connector(String),
    /// An object of the organization.
    Member(Part),
    /// The organization's names.
    Names,
}

/// One object of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoredObject {
    /// Of what kind.
    pub kept: Kept,
    /// Its name, without its server's.
    pub name: String,
}

impl StoredObject {
    /// The identity that its differences bear.
    pub fn identity(&self) -> String {
        match &self.kept {
            Kept::Connector(server) => identity(server, &self.name),
            _ => self.name.clone(),
        }
    }

    /// The same object under another name.
    pub fn named(&self, name: &str) -> Self {
        StoredObject { kept: self.kept.clone(), name: name.to_owned() }
    }

    /// The file that it stands in.
    pub fn file(&self) -> StoreFile {
        match &self.kept {
            Kept::Server => StoreFile::Server(self.name.clone()),
            Kept::Connector(server) => StoreFile::Server(server.clone()),
            Kept::Member(part) => StoreFile::Part(*part),
            Kept::Names => StoreFile::Names,
        }
    }

    /// Whether a difference of that identity is one of this object.
    pub(crate) fn is_of(&self, other: &str) -> bool {
        let connector = || other.split_once('\\').is_some_and(|(server, _)| same_name(server, &self.name));
        same_name(&self.identity(), other) || self.kept == Kept::Server && connector()
    }
}
