//! The order of syncs, as a trace of the real program's system calls shows it: what a power cut could spoil.

use std::collections::BTreeSet;

use super::strace::{self, Call};
use super::{Done, Place, Tally, add, ensure};

#[test]
fn intent_objects_files_branch() -> Done {
    needs!("strace", strace::is_there());
    let mut tally = Tally::of("order::intent_objects_files_branch");
    let set = ["set-receiveconnector", "*\\A", "-Comment", "after", "-Confirm:false"];
    let remove = ["remove-exchangeserver", "HUB02", "-Confirm:false"];
    for words in
        [&set[..], &remove, &add("HUB01", "B", "2526"), &["new-exchangeserver", "NEW", "-Version", "2010"]]
    {
        let place = Place::with_servers(&["HUB01", "HUB02"])?;
        tally.add(words.first().copied().unwrap_or_default(), one(&place, words));
    }
    tally.finish()
}

/// The first change of all: whatever it put anywhere is synced before the user is told.
#[test]
fn a_new_store_is_on_the_disk_before_it_is_acknowledged() -> Done {
    needs!("strace", strace::is_there());
    let mut tally = Tally::of("order::a_new_store");
    let place = Place::new()?;
    tally.add("first", one(&place, &["new-exchangeserver", "HUB01", "-Version", "2010"]));
    tally.finish()
}

fn one(place: &Place, words: &[&str]) -> Done {
    let (ran, calls) = strace::list(place, words)?;
    ran.well()?;
    let calls: Vec<Call> =
        calls.into_iter().filter(|call| call.tells || call.changes || call.name == "fsync").collect();
    let calls: Vec<Call> = calls.into_iter().filter(|call| !call.failed()).collect();
    let trace = Trace {
        data: place.dir.path().join("data").display().to_string(),
        git: place.git_dir().display().to_string(),
        store: place.store.display().to_string(),
        calls,
    };
    trace.check().map_err(|failed| {
        let lines: Vec<&str> = trace.calls.iter().map(|call| call.text.as_str()).collect();
        format!("{failed:?}\n{}", lines.join("\n")).into()
    })
}

struct Trace {
    data: String,
    git: String,
    store: String,
    calls: Vec<Call>,
}

impl Trace {
    /// Where the first call of a kind about a path is.
    fn at(&self, names: &[&str], path: impl Fn(&str) -> bool) -> Option<usize> {
        self.calls.iter().position(|call| call.is_one(names) && path(&call.path()))
    }

    fn last(&self, names: &[&str], path: impl Fn(&str) -> bool) -> Option<usize> {
        self.calls.iter().rposition(|call| call.is_one(names) && path(&call.path()))
    }

    fn check(&self) -> Done {
        let renames = ["rename", "renameat", "renameat2"];
        let links = ["link", "linkat"];
        let removes = ["unlink", "unlinkat"];
        let need =
            |at: Option<usize>, what: &str| at.ok_or_else(|| super::Failed::from(format!("no {what}")));
        let state_dir = format!("{}/exch", self.git);
        let intent = need(self.at(&renames, |path| path == format!("{state_dir}/intent")), "intent record")?;
        let is_object = |path: &str| path.starts_with(&format!("{}/objects/", self.git));
        let is_final = |path: &str| is_object(path) && !path.contains("tmp_object");
        let makes: Vec<&str> = links.iter().chain(&renames).copied().collect();
        let objects_from =
            need(self.at(&["openat", "link", "linkat", "rename", "write"], is_object), "object")?;
        let object_names = need(self.last(&makes, is_final), "object's name")?;
        let objects_synced =
            need(self.last(&["fsync"], |path| path == format!("{}/objects", self.git)), "sync of objects")?;
        // A file that goes is moved aside first.
        let is_aside =
            |path: &str| path.rsplit_once("/.exch-").is_some_and(|(_, n)| n.parse::<usize>().is_ok());
        let is_ours = |path: &str| {
            let is_file = path.ends_with(".toml") || is_aside(path);
            path.starts_with(&self.store) && !path.starts_with(&self.git) && is_file
        };
        let changes: Vec<&str> = renames.iter().chain(&removes).copied().collect();
        let files_from = need(self.at(&changes, is_ours), "file replaced")?;
        let files_to = need(self.last(&changes, is_ours), "file replaced")?;
        let branch = need(
            self.at(&renames, |path| path.contains("/refs/heads/") && !path.ends_with(".lock")),
            "branch moved",
        )?;
        let heads = need(self.last(&["fsync"], |path| path.ends_with("/refs/heads")), "sync of the branch")?;
        let removed =
            need(self.last(&removes, |path| path == format!("{state_dir}/intent")), "removal of the intent")?;
        let described = need(self.calls.iter().position(|call| call.tells), "word to the user")?;
        let order = [
            ("the intent record is in place", intent),
            ("the first object is written", objects_from),
            ("the last object has its name", object_names),
            ("the objects' directory is synced", objects_synced),
            ("the first file is replaced", files_from),
            ("the last file is replaced", files_to),
            ("the branch moves", branch),
            ("the branch's directory is synced", heads),
            ("the intent record is removed", removed),
        ];
        for pair in order.windows(2) {
            if let [(early, a), (late, b)] = pair {
                ensure(a < b || (a == b && early.contains("file")), &format!("{late} before {early}"))?;
            }
        }
        let frees = |call: &Call| call.name == "flock" && call.text.contains("LOCK_UN");
        let freed = need(self.calls.iter().position(frees), "lock freed")?;
        ensure(removed < freed, "the lock is freed before the intent record is removed")?;
        let changes_nothing = |call: &Call| call.tells || call.name == "fsync" || frees(call);
        let quiet = self.calls.iter().skip(removed + 1).all(changes_nothing);
        ensure(quiet, "something is changed after the intent record is removed")?;
        let acknowledged = self.calls.iter().rposition(|call| call.tells).unwrap_or(described);
        ensure(heads < acknowledged, "acknowledged before the branch was synced")?;
        self.index(branch, removed)?;
        self.contents(branch)?;
        let record = format!("{state_dir}/intent");
        let synced = need(self.at(&["fsync"], |path| path == record), "sync of the intent record")?;
        ensure(synced < files_from, "a file is replaced before the intent record's content is synced")?;
        self.names_before("the first replaced file", &record, files_from)?;
        for call in
            self.calls.iter().take(object_names + 1).filter(|c| c.is_one(&makes) && is_final(&c.path()))
        {
            self.names_before("the first replaced file", &call.path(), files_from)?;
        }
        for call in self.calls.iter().filter(|call| call.is_one(&changes) && is_ours(&call.path())) {
            self.names_before("the branch moves", &call.path(), branch)?;
        }
        for call in self.calls.iter().take(branch).filter(|call| call.name.starts_with("mkdir")) {
            // The user's data directory lies in a directory that is not the store's to vouch for.
            if call.path() == self.data {
                continue;
            }
            self.names_before("the branch moves", &call.path(), branch)?;
        }
        Ok(())
    }

    /// The content of git's index is synced before it gets its name, which is before the branch moves, and its name
    /// before the intent record goes.
    fn index(&self, branch: usize, removed: usize) -> Done {
        let index = format!("{}/index", self.git);
        let named = self.at(&["rename", "renameat", "renameat2"], |path| path == index);
        let named = named.ok_or_else(|| super::Failed::from("git's index is not replaced"))?;
        let copy = format!("{}/exch/index", self.git);
        let calls = self.calls.iter().take(named);
        let synced = calls.clone().rposition(|call| call.name == "fsync" && call.path() == copy);
        let written = calls
            .clone()
            .rposition(|call| call.is_one(&["write", "pwrite64"]) && call.path().starts_with(&copy));
        ensure(synced.is_some() && written < synced, "git's index is named before its content is synced")?;
        ensure(named < branch, "the branch moves before git's index is in place")?;
        self.names_before("the intent record is removed", &index, removed)
    }

    /// Every file's content is synced before its name becomes one that is read, and at the latest before the
    /// branch moves.
    fn contents(&self, branch: usize) -> Done {
        let mut written = BTreeSet::new();
        for (n, call) in self.calls.iter().enumerate() {
            let path = call.path();
            let is_log = path.contains("/.git/logs/");
            let is_index = path.ends_with("/index") || path.contains("/index.");
            match call.name.as_str() {
                "write" | "pwrite64" if !call.tells && !is_log && !is_index => {
                    written.insert(path);
                }
                "fsync" => {
                    written.remove(&path);
                }
                "rename" | "renameat" | "renameat2" | "link" | "linkat" => {
                    let from = call.text.split('"').nth(1).unwrap_or_default().to_owned();
                    let was = written.remove(&from);
                    let to = path;
                    if to.ends_with("/.git") {
                        let open: Vec<&String> =
                            written.iter().filter(|path| path.contains("/.exch-")).collect();
                        ensure(
                            open.is_empty(),
                            &format!("a repository was named before {open:?} were synced"),
                        )?;
                    }
                    if was && ["/objects/", "/.exch-", "/exch/intent"].iter().any(|of| to.contains(of)) {
                        // libgit2 names objects first, and a new repository's files; what of an intent record
                        // was not written fits its hash no more. They are synced by name.
                        written.insert(to);
                    } else if was {
                        return Err(format!("{to} was named before its content was synced").into());
                    }
                }
                "unlink" => {
                    written.remove(&path);
                }
                _ => {}
            }
            if n == branch {
                return ensure(written.is_empty(), &format!("not synced when the branch moved: {written:?}"));
            }
        }
        Ok(())
    }

    /// The directory of a name is synced after the name was made and before some later call.
    fn names_before(&self, what: &str, path: &str, limit: usize) -> Done {
        let makes =
            ["rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat"];
        let made = self.at(&makes, |found| found == path).unwrap_or_default();
        let directory = path.rsplit_once('/').map(|(directory, _)| directory).unwrap_or_default();
        let synced = self
            .calls
            .iter()
            .enumerate()
            .skip(made)
            .any(|(n, call)| n < limit && call.name == "fsync" && call.path() == directory);
        // What was removed again, or moved as a whole, has no name to keep.
        let stays = std::path::Path::new(path).exists() || !path.contains(".exch-");
        ensure(synced || !stays, &format!("the directory of {path} is not synced when {what}"))
    }
}
