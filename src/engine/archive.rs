//! The store's past as cmdlets read it, over the repository.

use enumset::EnumSet;
use jiff::Timestamp;

use super::place::STORE_FILE;
use super::snapshot::{CONFLICT, SERVERS, Snapshot, conflict};
use crate::answer::Problem;
use crate::cmdlet::{Archive, ChangedFiles, Damage, EachRevision, Past, RevisionInfo, Source, StoreFile};
use crate::organization::{Organization, Part};
use crate::server::Directory;
use crate::store::document::{self, DocumentError, Fault};
use crate::store::{Revision, StoreError, StoreRepository, Trees};

/// The past of one store.
pub struct HistoryReader<'d> {
    repository: &'d StoreRepository,
    unnamed: Directory,
}

impl<'d> HistoryReader<'d> {
    /// The past of the store in `repository`.
    #[must_use]
    pub fn new(repository: &'d StoreRepository, unnamed: Directory) -> Self {
        HistoryReader { repository, unnamed }
    }

    /// Reads every file that a revision changed, as it left it.
    fn check(&self, revision: &Revision) -> Result<(), StoreError> {
        let paths = revision.paths(&Trees::of(self.repository))?;
        let view = self.repository.at(&revision.id.to_string())?;
        paths.iter().try_for_each(|path| view.committed(path).map(drop))
    }

    /// The files that differ between two revisions, or between one and the store as it is now.
    fn changed_paths(&self, old: &str, new: Option<&str>) -> Result<Vec<String>, StoreError> {
        let before = self.repository.at(old)?;
        let after = match new {
            Some(revision) => self.repository.at(revision)?,
            None => self.repository.read()?,
        };
        after.changed_since(&before)
    }

    fn info(revision: &Revision, trees: &Trees<'_>) -> Result<RevisionInfo, StoreError> {
        let paths = revision.paths(trees)?;
        let servers = paths.iter().filter_map(|path| server_of(path)).collect();
        Ok(RevisionInfo {
            id: revision.id.to_string(),
            parent: revision.parent.map(|parent| parent.to_string()),
            when: Timestamp::from_second(revision.when.seconds).unwrap_or_default(),
            author: revision.author.name.clone(),
            email: revision.author.email.clone(),
            subject: revision.subject.clone(),
            body: revision.body.clone(),
            servers,
        })
    }
}

/// The server whose file a path is.
fn server_of(path: &str) -> Option<String> {
    document::server_name(path.strip_prefix(SERVERS)?.strip_prefix('/')?)
}

/// Where a file is in the store.
fn path_of(file: &StoreFile) -> String {
    match file {
        StoreFile::Names => STORE_FILE.to_owned(),
        StoreFile::Server(name) => format!("{SERVERS}/{}", document::file_name(name)),
        StoreFile::Part(part) => part.file().to_owned(),
    }
}

/// Everything that is wrong with one file, each fault at its line. `read` reads it as cmdlets do, `parse` its
/// bytes alone.
fn faults(
    snapshot: &Snapshot<'_>,
    place: &str,
    read: Result<(), Problem>,
    parse: impl Fn(&[u8]) -> Result<(), DocumentError>,
) -> Vec<Damage> {
    let Err(Problem { message, .. }) = read else { return Vec::new() };
    let stored = snapshot.stored(place).ok().flatten();
    if let Some(line) = stored.as_ref().and_then(|stored| conflict(&stored.bytes)) {
        return vec![Damage { place: format!("{place}:{line}"), message: CONFLICT.to_owned() }];
    }
    match stored.map(|stored| parse(&stored.bytes)) {
        Some(Err(DocumentError::Broken(faults))) => {
            let damage = |fault: Fault| Damage {
                place: format!("{place}:{}:{}", fault.line, fault.column),
                message: fault.message,
            };
            faults.into_iter().map(damage).collect()
        }
        _ => vec![Damage { place: place.to_owned(), message }],
    }
}

fn host_faults(snapshot: &Snapshot<'_>, name: &str) -> Vec<Damage> {
    let place = format!("{SERVERS}/{}", document::file_name(name));
    let parse = |bytes: &[u8]| document::read_host(bytes, &place).map(drop);
    faults(snapshot, &place, snapshot.host(name).map(drop), parse)
}

fn part_faults(snapshot: &Snapshot<'_>, part: Part) -> Vec<Damage> {
    let place = part.file();
    if !matches!(snapshot.stored(place), Ok(Some(_)) | Err(_)) {
        return Vec::new();
    }
    let read = snapshot.part(part, &mut Organization::default());
    faults(snapshot, place, read, |bytes| {
        document::read_part(part, bytes, place, &mut Organization::default())
    })
}

impl Archive for HistoryReader<'_> {
    fn history(&self, file: Option<&StoreFile>, each: EachRevision<'_>) -> Result<(), Problem> {
        let trees = Trees::of(self.repository);
        for revision in self.repository.history(file.map(path_of).as_deref())? {
            if !each(Self::info(&revision?, &trees)?)? {
                break;
            }
        }
        Ok(())
    }

    fn revision(&self, revision: &str) -> Result<RevisionInfo, Problem> {
        match self.repository.at(revision)?.history(None)?.next() {
            Some(revision) => Ok(Self::info(&revision?, &Trees::of(self.repository))?),
            None => Err(StoreError::NoRevision(revision.to_owned()).into()),
        }
    }

    fn at(&self, revision: &str) -> Result<Past<'_>, Problem> {
        let view = self.repository.at(revision)?;
        let id = view.revision().map(|id| id.to_string()).unwrap_or_default();
        Ok(Past { id, source: Box::new(Snapshot::new(view, self.unnamed.clone())) })
    }

    fn changed(&self, old: &str, new: Option<&str>) -> Result<ChangedFiles, Problem> {
        let paths = self.changed_paths(old, new)?;
        let servers = paths.iter().filter_map(|path| server_of(path)).collect();
        let is_changed = |part: &Part| paths.iter().any(|path| path == part.file());
        Ok(ChangedFiles { servers, parts: EnumSet::all().iter().filter(is_changed).collect() })
    }

    fn damage(&self) -> Result<Vec<Damage>, Problem> {
        let mut damage = Vec::new();
        let snapshot = Snapshot::new(self.repository.read()?, self.unnamed.clone());
        if let Err(Problem { message, .. }) = snapshot.directory() {
            damage.push(Damage { place: STORE_FILE.to_owned(), message });
        }
        for part in EnumSet::all() {
            damage.extend(part_faults(&snapshot, part));
        }
        for name in snapshot.server_names()? {
            damage.extend(host_faults(&snapshot, &name));
        }
        let mut note = |place: String, result: Result<(), Problem>| {
            if let Err(Problem { message, .. }) = result {
                damage.push(Damage { place, message });
            }
        };
        for revision in self.repository.history(None)? {
            let (place, whole) = match revision {
                Ok(revision) => (format!("revision {}", revision.id.short()), self.check(&revision)),
                Err(error) => ("history".to_owned(), Err(error)),
            };
            note(place, whole.map_err(Problem::from));
        }
        Ok(damage)
    }
}
