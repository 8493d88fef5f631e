//! Text broken into lines of a width, as a terminal counts: wide characters two columns, combining ones none,
//! joined emoji one picture.

use unicode_width::UnicodeWidthStr;

/// A picture longer than this is broken all the same, so that no text is read more than once over.
const LONGEST_CLUSTER: usize = 128;

/// The columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    // Most texts are plain, and have as many columns as bytes.
    let is_plain = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    if is_plain { text.len() } else { text.width() }
}

/// What a word that is wider than its line is broken after, rather than anywhere: names in Exchange are long.
const JOINTS: [char; 6] = ['-', '\\', '/', '.', ',', ':'];

/// Returns the lines of a text, none wider than `limit` columns, broken at blanks, and where a word is wider after its joints,
/// and inside where a part is. A character wider than the limit stands alone. Line feeds in the text break too.
#[must_use]
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        if width(line) <= limit {
            lines.push(line.to_owned());
        } else {
            fold(line, limit, true, &mut lines);
        }
    }
    lines
}

/// A blank that [`fill`] breaks no line at while it has room: it keeps a parameter beside its value.
pub const JOIN: &str = "\u{a0}";

/// Returns the lines of a text, at most `limit` columns each as far as its words allow; at least one line. Words
/// are never cut: a command or a name stays whole even where it is wider than the line.
#[must_use]
pub fn fill(text: &str, limit: usize) -> Vec<String> {
    let units = text.split(' ').filter(|unit| !unit.is_empty());
    let (mut parted, mut lines) = (String::with_capacity(text.len()), Vec::new());
    for unit in units {
        if !parted.is_empty() {
            parted.push(' ');
        }
        if width(unit) > limit {
            parted.push_str(&unit.replace(JOIN, " "));
        } else {
            parted.push_str(unit);
        }
    }
    fold(&parted, limit, false, &mut lines);
    lines.iter().map(|line| line.replace(JOIN, " ")).collect()
}

/// A text measured word by word, for many widths: [`fill`] without the lines.
pub struct Measured {
    units: Vec<Unit>,
    /// The columns of all in one line.
    whole: usize,
}

/// What stands between blanks: its columns, and those of the words that [`JOIN`] joins in it.
struct Unit {
    whole: usize,
    words: Vec<usize>,
}

impl Measured {
    /// Measures a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let units = text.split(' ').filter(|unit| !unit.is_empty());
        let unit = |unit: &str| Unit { whole: width(unit), words: unit.split(JOIN).map(width).collect() };
        let mut units: Vec<Unit> = units.map(unit).collect();
        // A blank at the end of the text has no word after it.
        if let Some(last) = units.last_mut().filter(|_| text.trim_end_matches(' ').ends_with(JOIN)) {
            last.words.pop();
        }
        let whole = units.iter().map(|unit| unit.whole + 1).sum();
        Measured { units, whole }
    }

    /// How many lines [`fill`] makes of the text.
    #[must_use]
    pub fn lines(&self, limit: usize) -> usize {
        // Most texts have one line at most of the widths that are tried.
        if self.whole <= limit {
            return 1;
        }
        let words = self.units.iter().flat_map(|unit| {
            if unit.whole > limit { unit.words.as_slice() } else { std::slice::from_ref(&unit.whole) }
        });
        let (mut lines, mut used) = (1, 0);
        let mut words = words.peekable();
        while let Some(word) = words.next() {
            if used > 0 && used + word > limit {
                lines += 1;
                used = 0;
            }
            used += word;
            if words.peek().is_some() && used < limit {
                used += 1;
            }
        }
        lines
    }
}

/// Breaks one line; `cuts` says whether words that are wider than the limit are cut.
fn fold(line: &str, limit: usize, cuts: bool, lines: &mut Vec<String>) {
    let (mut current, mut used) = (String::new(), 0);
    // Whether the last blank had no room.
    let mut is_done = false;
    for piece in line.split_inclusive(' ') {
        let word = piece.strip_suffix(' ').unwrap_or(piece);
        // A word of no columns would join the word before the blank, and may widen it.
        if cuts && is_done && !word.is_empty() {
            lines.push(trimmed(&mut current));
            used = 0;
        }
        let columns = width(word);
        let is_cut = cuts && columns > limit;
        let parts = is_cut.then(|| word.split_inclusive(JOINTS)).into_iter().flatten();
        let whole = (!is_cut).then_some(word);
        for part in whole.into_iter().chain(parts) {
            let columns = if is_cut { width(part) } else { columns };
            if used > 0 && used + columns > limit {
                lines.push(trimmed(&mut current));
                used = 0;
            }
            if !cuts {
                current.push_str(part);
                used += columns;
                continue;
            }
            for (cluster, columns) in Clusters(part) {
                if used > 0 && used + columns > limit {
                    lines.push(trimmed(&mut current));
                    used = 0;
                }
                current.push_str(cluster);
                used += columns;
            }
        }
        // A blank that has no room ends the line: the break stands for it.
        is_done = word.len() < piece.len() && used >= limit;
        if word.len() < piece.len() && !is_done {
            current.push(' ');
            used += 1;
        }
    }
    lines.push(trimmed(&mut current));
}

/// The line that is done, without the blanks at its end, and an empty one to go on with.
fn trimmed(line: &mut String) -> String {
    let done = line.trim_end_matches(' ').to_owned();
    line.clear();
    done
}

/// A text cut where it may be broken, each part with its columns.
struct Clusters<'a>(&'a str);

impl<'a> Iterator for Clusters<'a> {
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let (end, columns) = first_cluster(self.0)?;
        let (cluster, rest) = self.0.split_at(end);
        self.0 = rest;
        Some((cluster, columns))
    }
}

/// The end and the columns of the first part. Characters belong together when the second takes no column, or
/// when both take fewer together than alone: that is how flags, joined emoji and ligatures show themselves.
fn first_cluster(text: &str) -> Option<(usize, usize)> {
    let mut columns = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let alone = text.get(at..end).map_or(0, width);
        let together = text.get(..end).map_or(0, width);
        if at > 0 && (at > LONGEST_CLUSTER || alone > 0 && together == columns + alone) {
            return Some((at, columns));
        }
        columns = together;
    }
    (!text.is_empty()).then_some((text.len(), columns))
}
