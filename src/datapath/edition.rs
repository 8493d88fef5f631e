//! An edition of the published tables, and which one speaks for a version.

use strum::{EnumString, IntoStaticStr, VariantNames};

use super::{DataPath, Note, Role, y2007, y2010, y2016};
use crate::param::Version;
use crate::server::Server;

/// The tables of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantNames, IntoStaticStr, EnumString)]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say what stands there")]
pub enum Table {
    Transport,
    Mailbox,
    ClientAccess,
    UnifiedMessaging,
    Clients,
    MailFlowNoEdge,
    MailFlowEdge,
    Internal,
    SmtpListeners,
}

impl Table {
    /// The spelling that is typed and printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl crate::param::Closed for Table {}

/// One edition of the tables.
#[derive(Debug)]
pub struct Edition {
    /// Its year.
    pub name: &'static str,
    /// The title of the source.
    pub title: &'static str,
    /// The versions that it speaks for.
    pub versions: &'static [Version],
    /// Whether every row of the source is there.
    pub complete: bool,
    /// Who stands at the ends of its data paths.
    pub roles: &'static [&'static Role],
    /// Its data paths, table by table.
    pub paths: &'static [&'static [DataPath]],
    /// Its notes.
    pub notes: &'static [Note],
}

/// Every edition, oldest first.
pub static EDITIONS: &[&Edition] = &[&y2007::EDITION, &y2010::EDITION, &y2016::EDITION];

impl Edition {
    /// The edition that speaks for `version`.
    #[must_use]
    pub fn of(version: Version) -> &'static Edition {
        let speaks = |edition: &&&Edition| edition.versions.contains(&version);
        EDITIONS.iter().find(speaks).copied().unwrap_or(&y2016::EDITION)
    }

    /// The data paths that `version` has, in the order of the source.
    pub fn paths(&self, version: Version) -> impl Iterator<Item = &'static DataPath> + use<> {
        let has = move |path: &&DataPath| path.versions.is_empty() || path.versions.contains(&version);
        self.paths.iter().flat_map(|table| table.iter()).filter(has)
    }

    /// The versions that have a data path of this edition.
    #[must_use]
    pub fn versions_of(&self, path: &DataPath) -> &'static [Version] {
        if path.versions.is_empty() { self.versions } else { path.versions }
    }

    /// The notes on a data path, in the order of the source.
    pub fn notes_on(&self, path: &DataPath) -> impl Iterator<Item = &'static Note> + use<> {
        let id = path.id;
        self.notes.iter().filter(move |note| note.paths.contains(&id))
    }

    /// The roles that `typed` stands for, asked of `version` (D2); none where it is no name of any.
    #[must_use]
    pub fn called(&self, typed: &str, version: Version) -> Vec<&'static Role> {
        self.roles.iter().copied().filter(|role| role.is_called(typed, version)).collect()
    }

    /// The roles that a server stands for by its own roles (D2).
    #[must_use]
    pub(crate) fn of_server(&self, server: &Server) -> Vec<&'static Role> {
        self.roles.iter().copied().filter(|role| role.is_of(server)).collect()
    }
}
