//! One revision of the store as cmdlets read it: files found by name, documents read, hand edits noticed.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use memchr::memchr;
use memchr::memmem::Finder;

use super::place::STORE_FILE;
use crate::answer::{Exit, Problem};
use crate::cmdlet::Source;
use crate::connector::{Host, same_name};
use crate::organization::{Organization, Part};
use crate::permission::DOMAIN;
use crate::server::Directory;
use crate::store::document::{self, DocumentError, Place};
use crate::store::{Stored, View};

/// The directory of server files.
pub const SERVERS: &str = "servers";

/// A revision, with the hand edits over it that reading met.
pub struct Snapshot<'d> {
    view: View<'d>,
    /// What the organization is called where no file says so.
    unnamed: Directory,
    edited: RefCell<BTreeSet<String>>,
    /// What was read, by path: a file is read once.
    read: RefCell<HashMap<String, Option<Rc<Stored>>>>,
    /// Servers by file, listed once.
    files: OnceCell<Rc<Vec<(String, String)>>>,
    directory: OnceCell<Directory>,
    domain: OnceCell<String>,
    /// Servers that were looked for and are not there, as they were named.
    absent: RefCell<HashSet<String>>,
    /// Files whose names differ in case alone, by the name that they share; known once the files were listed.
    twins: RefCell<HashMap<String, [String; 2]>>,
}

impl<'d> Snapshot<'d> {
    /// A snapshot of `view`.
    #[must_use]
    pub fn new(view: View<'d>, unnamed: Directory) -> Self {
        Snapshot {
            view,
            unnamed,
            edited: RefCell::default(),
            read: RefCell::default(),
            files: OnceCell::new(),
            directory: OnceCell::new(),
            domain: OnceCell::new(),
            absent: RefCell::default(),
            twins: RefCell::default(),
        }
    }

    /// The view underneath.
    #[must_use]
    pub fn view(&self) -> &View<'d> {
        &self.view
    }

    /// Whether the revision, or the work tree over it, holds a store.
    ///
    /// # Errors
    /// Where the file cannot be read, or a hand took it away from a store that has a history.
    pub fn exists(&self) -> Result<bool, Problem> {
        let exists = self.stored(STORE_FILE)?.is_some();
        if !exists && self.edited.borrow().contains(STORE_FILE) {
            return Err(Problem::new(
                Exit::Store,
                format!("{STORE_FILE} was taken away by hand, and without it this is not a store"),
            )
            .hint(format!("`git checkout -- {STORE_FILE}` in the store's directory brings it back")));
        }
        Ok(exists)
    }

    /// A file as it was when it was first asked for; remembers whether it was edited by hand.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn stored(&self, path: &str) -> Result<Option<Rc<Stored>>, Problem> {
        if let Some(read) = self.read.borrow().get(path) {
            return Ok(read.clone());
        }
        let stored = self.view.file(path)?;
        let by_hand = match &stored {
            Some(stored) => stored.edited,
            None => self.view.is_committed(path)?,
        };
        if by_hand {
            self.edited.borrow_mut().insert(path.to_owned());
        }
        let stored = stored.map(Rc::new);
        self.read.borrow_mut().insert(path.to_owned(), stored.clone());
        Ok(stored)
    }

    /// A file's bytes; of one that is not there, none.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn bytes(&self, path: &str) -> Result<Rc<Stored>, Problem> {
        let absent = || Rc::new(Stored { bytes: Vec::new(), edited: false });
        Ok(self.stored(path)?.unwrap_or_else(absent))
    }

    /// The files that were read and are edited by hand.
    #[must_use]
    pub fn edited(&self) -> Vec<String> {
        self.edited.borrow().iter().cloned().collect()
    }

    /// The path of a server's file: that of its name as typed, else of the same name in another case.
    ///
    /// # Errors
    /// Where the directory cannot be read.
    pub fn path(&self, server: &str) -> Result<Option<String>, Problem> {
        if self.absent.borrow().contains(server) {
            return Ok(None);
        }
        let path = self.look_for(server)?;
        if path.is_none() {
            self.absent.borrow_mut().insert(server.to_owned());
        }
        Ok(path)
    }

    fn look_for(&self, server: &str) -> Result<Option<String>, Problem> {
        let file_name = document::file_name(server);
        let exact = format!("{SERVERS}/{file_name}");
        if self.stored(&exact)?.is_some() {
            return Ok(Some(exact));
        }
        // Most such names are those of files in the work tree, which is listed sooner than the revision. Of 10,000 files
        // few are as the name's but for case.
        let may_be = |file: &&String| !server.is_ascii() || file.eq_ignore_ascii_case(&file_name);
        let is_it = |file: &&String| {
            may_be(file) && document::server_name(file).is_some_and(|name| same_name(&name, server))
        };
        if let Some(file) = self.view.present(SERVERS)?.iter().find(is_it) {
            let path = format!("{SERVERS}/{file}");
            if self.stored(&path)?.is_some() {
                return Ok(Some(path));
            }
        }
        let files = self.files()?;
        let found = files.iter().find(|(name, _)| same_name(name, server));
        Ok(found.map(|(_, file)| format!("{SERVERS}/{file}")))
    }

    /// The NetBIOS domain that access lists speak of; where it cannot be read, which is reported elsewhere, none.
    #[must_use]
    pub fn domain(&self) -> &str {
        let read = || self.directory().map_or_else(|_| DOMAIN.to_owned(), |names| names.netbios_domain);
        self.domain.get_or_init(read)
    }

    /// The names of the servers that there are to all appearances, for those who may not wait.
    #[must_use]
    pub(crate) fn present_servers(&self) -> Vec<String> {
        let files = self.view.present(SERVERS).unwrap_or_default();
        files.iter().filter_map(|file| document::server_name(file)).collect()
    }

    /// Servers by file: the name that the file name stands for, and the file name.
    fn files(&self) -> Result<Rc<Vec<(String, String)>>, Problem> {
        if let Some(files) = self.files.get() {
            return Ok(Rc::clone(files));
        }
        let (files, gone) = self.view.listed(SERVERS)?;
        self.edited.borrow_mut().extend(gone.iter().map(|file| format!("{SERVERS}/{file}")));
        let named = files.into_iter().filter_map(|file| Some((document::server_name(&file)?, file)));
        Ok(Rc::clone(self.files.get_or_init(|| Rc::new(named.collect()))))
    }
}

impl Source for Snapshot<'_> {
    fn exists(&self) -> bool {
        // What cannot be read is there.
        Snapshot::exists(self).unwrap_or(true)
    }

    fn directory(&self) -> Result<Directory, Problem> {
        if let Some(read) = self.directory.get() {
            return Ok(read.clone());
        }
        let read = match self.stored(STORE_FILE)? {
            Some(stored) => document::read_directory(&stored.bytes, STORE_FILE)
                .map_err(|error| unread(error, &stored.bytes, STORE_FILE))?,
            None => self.unnamed.clone(),
        };
        Ok(self.directory.get_or_init(|| read).clone())
    }

    fn server_names(&self) -> Result<Vec<String>, Problem> {
        let files = self.files()?;
        // Names that ascend whatever their case are all different.
        let ascends = files.is_sorted_by(|(one, _), (next, _)| folds_before(one, next));
        let mut known: HashMap<String, &str> = HashMap::new();
        for (name, file) in files.iter().filter(|_| !ascends) {
            if let Some(other) = known.insert(name.to_lowercase(), file) {
                self.twins.borrow_mut().insert(name.to_lowercase(), [other.to_owned(), file.clone()]);
            }
        }
        Ok(files.iter().map(|(name, _)| name.clone()).collect())
    }

    fn server_count(&self) -> Result<usize, Problem> {
        Ok(self.files()?.len())
    }

    fn servers_naming(&self, name: &str) -> Result<Vec<String>, Problem> {
        let files = self.files()?.iter().map(|(_, file)| file.clone()).collect();
        let wanted = Finder::new(name.to_ascii_lowercase().as_bytes()).into_owned();
        // Only plain ASCII has one spelling: an escape, or a letter that folds to another, is left to the parser.
        let may = |bytes: &[u8]| {
            !name.is_ascii()
                || !bytes.is_ascii()
                || memchr(b'\\', bytes).is_some()
                || wanted.find(&bytes.to_ascii_lowercase()).is_some()
        };
        let files = self.view.filtered(SERVERS, files, may)?;
        Ok(files.iter().filter_map(|file| document::server_name(file)).collect())
    }

    fn host(&self, name: &str) -> Result<Option<Host>, Problem> {
        if let Some([one, other]) = self.twins.borrow().get(&name.to_lowercase()) {
            return Err(Problem::new(
                Exit::Store,
                format!("{SERVERS}/{one} and {SERVERS}/{other} name the same server: names are the same in any case"),
            )
            .hint("remove one of the files, or rename it and the server in it"));
        }
        let Some(path) = self.path(name)? else { return Ok(None) };
        let Some(stored) = self.stored(&path)? else { return Ok(None) };
        let place = Place { file: &path, domain: self.domain() };
        let host =
            document::read_host(&stored.bytes, place).map_err(|error| unread(error, &stored.bytes, &path))?;
        let file = document::file_name(&host.server.name);
        if path.strip_prefix(SERVERS).and_then(|p| p.strip_prefix('/')) != Some(file.as_str()) {
            return Err(Problem::new(
                Exit::Store,
                format!("{path} holds the server {}, whose file is {SERVERS}/{file}", host.server.name),
            )
            .hint("rename the file, or give the server the file's name"));
        }
        Ok(Some(host))
    }

    fn host_since(&self, older: &dyn Source, name: &str) -> Result<[Option<Host>; 2], Problem> {
        // The names in access lists mean something else in another domain.
        if older.directory().is_ok_and(|names| names.netbios_domain == self.domain())
            && let (Some(old), Some(new)) = (older.server_file(name)?, self.server_file(name)?)
            && let Some(apart) = document::read_apart(&old, &new, Place { file: name, domain: self.domain() })
            && apart.iter().all(|host| same_name(&host.server.name, name))
        {
            return Ok(apart.map(Some));
        }
        Ok([older.host(name)?, self.host(name)?])
    }

    fn server_file(&self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let Some(path) = self.path(name)? else { return Ok(None) };
        Ok(self.stored(&path)?.map(|stored| stored.bytes.clone()))
    }

    fn forget(&self, name: &str) {
        self.read.borrow_mut().remove(&format!("{SERVERS}/{}", document::file_name(name)));
    }

    fn part(&self, part: Part, organization: &mut Organization) -> Result<(), Problem> {
        match self.stored(part.file())? {
            Some(stored) => document::read_part(part, &stored.bytes, part.file(), organization)
                .map_err(|error| unread(error, &stored.bytes, part.file())),
            None => {
                organization.begin(part, &self.directory()?);
                Ok(())
            }
        }
    }
}

/// Whether a name comes before another one in whatever case; only of ASCII is it known.
fn folds_before(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|name| name.bytes().map(|byte| byte.to_ascii_lowercase()));
    one.clone().chain(other.clone()).all(|byte| byte.is_ascii()) && one.lt(other)
}

/// A document that could not be read. Where git left a conflict in it, that is said: the other hint, to bring the
/// file of HEAD back, would drop one side.
fn unread(error: DocumentError, bytes: &[u8], file: &str) -> Problem {
    match conflict(bytes) {
        Some(line) => Problem::new(Exit::Store, format!("{file}:{line}: {CONFLICT}"))
            .hint("resolve it as git describes; `git status` shows how; `git merge --abort` or `git rebase --abort` goes back")
            .because(error),
        None => error.into(),
    }
}

/// What is said of a file with a conflict.
pub(super) const CONFLICT: &str = "git left a conflict in this file";

/// The line, counted from 1, at which git left a conflict.
pub(super) fn conflict(bytes: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().position(|line| line.starts_with("<<<<<<< ")).map(|at| at + 1)
}

/// What cmdlets read where there is no store yet: the names that the first change would give it.
pub struct EmptyStore(pub Directory);

impl Source for EmptyStore {
    fn exists(&self) -> bool {
        false
    }

    fn directory(&self) -> Result<Directory, Problem> {
        Ok(self.0.clone())
    }

    fn server_names(&self) -> Result<Vec<String>, Problem> {
        Ok(Vec::new())
    }

    fn host(&self, _: &str) -> Result<Option<Host>, Problem> {
        Ok(None)
    }

    fn part(&self, part: Part, organization: &mut Organization) -> Result<(), Problem> {
        organization.begin(part, &self.0);
        Ok(())
    }
}
