//! The answer to a question (D3), with its reasons.

use super::query::{Part, Ports};
use super::{DataPath, Edition, Note, Query, Severity};

/// The three answers, the second in two kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
pub enum Answer {
    /// A data path fits, and nothing says that it is not supported.
    Documented,
    /// A data path fits, and is not supported under what the question says.
    NotSupported,
    /// No data path fits, and the table is complete.
    NotDocumented,
    /// No data path fits, and the table is not complete.
    NotKnown,
}

/// A data path that does not fit, and why not.
#[derive(Clone, Debug)]
pub struct Near {
    /// The data path.
    pub path: &'static DataPath,
    /// The parts of the question that it does not fit.
    pub failed: Vec<Part>,
}

/// An answer with its reasons.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The answer.
    pub answer: Answer,
    /// The data paths that fit and are supported; where none of them is, all that fit.
    pub paths: Vec<&'static DataPath>,
    /// The notes that matter to those, what is not supported first.
    pub notes: Vec<&'static Note>,
    /// Data paths that fit and are not supported, beside others that are.
    pub unsupported: Vec<&'static DataPath>,
    /// Whether the port is not listed and can only be a dynamic one.
    pub dynamic: bool,
    /// Where nothing fits: the data paths that come nearest.
    pub nearest: Vec<Near>,
}

impl Verdict {
    /// Answers a question.
    #[must_use]
    pub fn of(query: &Query) -> Self {
        let listed = query.fitting(Ports::Listed);
        let dynamic = listed.is_empty();
        let fitting = if dynamic { query.fitting(Ports::Dynamic) } else { listed };
        if fitting.is_empty() {
            return Verdict::none(query);
        }
        let edition = Edition::of(query.version);
        let bars = |note: &Note| note.severity == Severity::Unsupported && query.concerns(note);
        let (unsupported, supported): (Vec<&DataPath>, Vec<&DataPath>) =
            fitting.into_iter().partition(|path| edition.notes_on(path).any(bars));
        let (answer, paths, unsupported) = match supported.as_slice() {
            [] => (Answer::NotSupported, unsupported, Vec::new()),
            _ => (Answer::Documented, supported, unsupported),
        };
        let of_these =
            |note: &&Note| paths.iter().chain(&unsupported).any(|path| note.paths.contains(&path.id));
        let notes = edition.notes.iter().filter(|note| query.concerns(note)).filter(of_these);
        let mut notes: Vec<&Note> = notes.collect();
        notes.sort_by_key(|note| note.severity);
        Verdict { answer, notes, dynamic, nearest: Vec::new(), paths, unsupported }
    }

    /// Nothing fits.
    fn none(query: &Query) -> Self {
        let complete = Edition::of(query.version).complete;
        Verdict {
            answer: if complete { Answer::NotDocumented } else { Answer::NotKnown },
            paths: Vec::new(),
            notes: Vec::new(),
            unsupported: Vec::new(),
            dynamic: false,
            nearest: nearest(query),
        }
    }

    /// The parts of the question that no data path near it fits, in the order of the question.
    #[must_use]
    pub fn failed(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = self.nearest.iter().flat_map(|near| near.failed.clone()).collect();
        parts.sort();
        parts.dedup();
        parts
    }
}

/// At most this many data paths are shown as the nearest.
const SHOWN: usize = 5;

/// The data paths with the least amiss. An end weighs more than all the rest, for nobody who asks about two roles is
/// served by a row of a third; the way back between the same two comes before those.
fn nearest(query: &Query) -> Vec<Near> {
    let mut near: Vec<(usize, Near)> = Edition::of(query.version)
        .paths(query.version)
        .map(|path| Near { path, failed: query.failed(path, Ports::Dynamic) })
        .map(|near| (distance(query, &near), near))
        .collect();
    let least = near.iter().map(|(distance, _)| *distance).min();
    near.retain(|(distance, _)| Some(*distance) == least);
    near.into_iter().map(|(_, near)| near).take(SHOWN).collect()
}

/// How far a data path is from the question.
fn distance(query: &Query, near: &Near) -> usize {
    const END: usize = 10;
    let ends = near.failed.iter().filter(|part| matches!(part, Part::Source | Part::Destination)).count();
    let is = |end: &Option<Vec<&super::Role>>, role| end.as_ref().is_some_and(|end| end.contains(&role));
    let back = is(&query.source, near.path.destination) && is(&query.destination, near.path.source);
    let ends = if ends > 0 && back { END - 1 } else { ends * END };
    ends + near.failed.len()
}
