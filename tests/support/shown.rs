//! Output as a page shows it: revisions called by names that stay, and the reader's home `~`.

use std::path::Path;

use exch::store::StoreRepository;

/// What one page calls the revisions of its stores, in the order in which it mentions them.
#[derive(Default)]
pub struct Page {
    seen: Vec<String>,
}

/// The days of the logs that a page reads, which are past on every clock.
const LOGGED: &str = "2021-10-0";

/// A line with every moment in it as if it were the same one, but for what logs say.
fn at_one_time(line: &str) -> String {
    let moment = |word: &str| !word.starts_with(LOGGED) && word.parse::<jiff::Timestamp>().is_ok();
    let words = line.split(' ').map(|word| if moment(word) { "2026-11-22T05:00:00Z" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// The digits of an abbreviated revision.
const SHORT: usize = 7;

impl Page {
    /// The text with the revisions of the store in `store` renamed, `home` called `~`, no blanks at the end of a
    /// line, and no blank line at the beginning or the end.
    pub fn show(&mut self, text: &str, store: &Path, home: &Path) -> String {
        let text = text.replace(&*home.to_string_lossy(), "~");
        let text = self.rename(&text, &revisions(store));
        let lines = text.trim_matches('\n').lines().map(str::trim_end);
        lines.map(|line| format!("{}\n", at_one_time(line))).collect()
    }

    /// Every word of hexadecimal digits that begins one of the identifiers becomes that revision's name.
    fn rename(&mut self, text: &str, known: &[String]) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(from) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
            let (head, tail) = rest.split_at(from);
            let end = tail.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tail.len());
            let (word, tail) = tail.split_at(end);
            let revision = known.iter().find(|id| word.len() >= SHORT && id.starts_with(word));
            out.push_str(head);
            out.push_str(&revision.map_or(word.to_owned(), |id| self.name(id, word.len())));
            rest = tail;
        }
        out + rest
    }

    /// The name of a revision, in so many digits.
    fn name(&mut self, id: &str, digits: usize) -> String {
        let at = self.seen.iter().position(|seen| seen == id).unwrap_or(self.seen.len());
        if at == self.seen.len() {
            self.seen.push(id.to_owned());
        }
        called(at).chars().cycle().take(digits).collect()
    }
}

/// 4f2a91c, 9be03d2, and on by the same step, so that no two of a page are alike.
fn called(at: usize) -> String {
    let number = (0x4f2_a91c + 0x4cb_5ab6 * at) % 0x1000_0000;
    format!("{number:07x}")
}

/// The identifiers of a store's revisions; none where there is no store.
fn revisions(store: &Path) -> Vec<String> {
    let Ok(repository) = StoreRepository::open(store) else { return Vec::new() };
    let Ok(history) = repository.history(None) else { return Vec::new() };
    history.filter_map(|revision| Some(revision.ok()?.id.to_string())).collect()
}
