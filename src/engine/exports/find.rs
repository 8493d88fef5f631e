//! Which files a path means: itself, the files of a directory, the members of a zip archive. Nothing is unpacked to disk.

#![expect(clippy::disallowed_methods, reason = "exported files are no part of a store")]

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use jiff::Timestamp;
use zip::ZipArchive;

use super::{World, reason, unread};
use crate::answer::Problem;

/// The most bytes that the members of one archive may unpack to.
const MOST_UNPACKED: u64 = 8 << 30;

/// How a zip archive begins.
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// What to do about a path that leads nowhere.
const NAME_ANOTHER: &str = "name a file, a zip archive, or a directory with files, that is there";

/// What to do about an archive that is not as it should be.
const UNPACK: &str = "unpack it, look at what it holds, and name the directory";

/// A file to read.
pub(super) struct Source {
    /// As the user calls it; of an archive with the member: `exports.zip/ReceiveConnector.xml`.
    pub path: String,
    /// Its bytes, unpacked.
    pub size: u64,
    /// When it was changed last; of an archive's members, the archive.
    pub time: Option<Timestamp>,
    /// Whether the user named it, and not a directory or an archive that it is in.
    pub named: bool,
    place: Place,
}

type Archive = Rc<RefCell<ZipArchive<BufReader<File>>>>;

enum Place {
    File(PathBuf),
    Member(Archive, usize),
}

impl Source {
    /// Opens it and hands its bytes to `read`. A member gives no more of them than its archive says.
    pub fn open<T>(&self, read: impl FnOnce(&mut dyn Read) -> T) -> io::Result<T> {
        match &self.place {
            Place::File(path) => File::open(path).map(|mut file| read(&mut file)),
            Place::Member(archive, at) => {
                let mut archive = archive.borrow_mut();
                let member = archive.by_index(*at)?;
                Ok(read(&mut member.take(self.size)))
            }
        }
    }
}

/// The files that paths name, those of a directory or an archive in the order of their names.
pub(super) fn sources(paths: &[String], world: &World) -> Result<Vec<Source>, Problem> {
    let mut files = Vec::new();
    for path in paths {
        listed(path, world, &mut files)?;
    }
    Ok(files)
}

fn listed(path: &str, world: &World, files: &mut Vec<Source>) -> Result<(), Problem> {
    let whole = world.environment.directory.join(path);
    let found = fs::metadata(&whole).map_err(|why| unread(path, &reason(&why), NAME_ANOTHER))?;
    if !found.is_dir() {
        return file(path.to_owned(), whole, (&found, true), files);
    }
    let entries = fs::read_dir(&whole).map_err(|why| unread(path, &reason(&why), NAME_ANOTHER))?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let before = files.len();
    for name in names.iter().filter(|name| !name.starts_with('.')) {
        let whole = whole.join(name);
        let Ok(found) = fs::metadata(&whole) else { continue };
        if found.is_file() {
            let path = Path::new(path).join(name).to_string_lossy().into_owned();
            file(path, whole, (&found, false), files)?;
        }
    }
    if files.len() == before {
        return Err(unread(path, "the directory has no file", NAME_ANOTHER));
    }
    Ok(())
}

/// A file, or the members of the archive that it is.
fn file(
    path: String,
    whole: PathBuf,
    (found, named): (&fs::Metadata, bool),
    files: &mut Vec<Source>,
) -> Result<(), Problem> {
    let time = found.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    let mut head = [0; ZIP.len()];
    // What cannot be read is reported where it is read.
    let opened = File::open(&whole).and_then(|mut file| file.read_exact(&mut head).map(|()| file)).ok();
    let Some(file) = opened.filter(|_| head == ZIP) else {
        files.push(Source { path, size: found.len(), time, named, place: Place::File(whole) });
        return Ok(());
    };
    members(&path, file, time, files)
}

fn members(
    path: &str,
    mut file: File,
    time: Option<Timestamp>,
    files: &mut Vec<Source>,
) -> Result<(), Problem> {
    let broken =
        |why: &dyn std::fmt::Display| unread(path, &format!("the zip archive is not whole: {why}"), UNPACK);
    file.rewind().map_err(|why| broken(&why))?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|why| broken(&why))?;
    let archive = Rc::new(RefCell::new(archive));
    let (mut found, mut unpacked) = (Vec::new(), 0_u64);
    let count = archive.borrow().len();
    for at in 0..count {
        let mut archive_now = archive.borrow_mut();
        let member = archive_now.by_index_raw(at).map_err(|why| broken(&why))?;
        // Windows PowerShell before .NET 4.6.1 writes backslashes.
        let name = member.name().replace('\\', "/");
        if name.starts_with('/') || name.contains(':') || name.split('/').any(|part| part == "..") {
            let what = format!("it is a zip archive with a member that leads out of it, `{}`", member.name());
            return Err(unread(path, &what, UNPACK));
        }
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if name.ends_with('/') || hidden {
            continue;
        }
        unpacked = unpacked.saturating_add(member.size());
        let place = Place::Member(Rc::clone(&archive), at);
        found.push(Source { path: format!("{path}/{name}"), size: member.size(), time, named: false, place });
    }
    if unpacked > MOST_UNPACKED {
        let what = format!(
            "it is a zip archive that unpacks to {} GB, and at most {} are read",
            unpacked >> 30,
            MOST_UNPACKED >> 30
        );
        return Err(unread(path, &what, UNPACK));
    }
    if found.is_empty() {
        return Err(unread(path, "the zip archive has no file", NAME_ANOTHER));
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    files.append(&mut found);
    Ok(())
}
