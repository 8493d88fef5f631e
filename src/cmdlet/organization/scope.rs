//! What of an export is looked at, and which of two files that hold the same is taken.

use std::collections::{BTreeMap, HashSet};

use enumset::EnumSet;

use super::params::{KIND, MERGE, SERVER};
use crate::cmdlet::args::Args;
use crate::exported::{ExportKind, SourceFile};
use crate::text::Wildcard;

/// What of an export is looked at.
#[derive(Clone)]
pub struct Scope {
    kinds: EnumSet<ExportKind>,
    servers: Option<Vec<Wildcard>>,
    /// Whether what the files do not hold stays.
    pub merge: bool,
}

impl Scope {
    /// As the call says.
    #[must_use]
    pub fn of(args: &Args) -> Self {
        let named: EnumSet<ExportKind> =
            args.texts(&KIND).iter().filter_map(|name| name.parse::<ExportKind>().ok()).collect();
        let servers =
            args.has(&SERVER).then(|| args.texts(&SERVER).iter().map(|name| Wildcard::new(name)).collect());
        Scope {
            kinds: if args.has(&KIND) { named } else { EnumSet::all() },
            servers,
            merge: args.flag(&MERGE) == Some(true),
        }
    }

    /// Whether objects of that kind are looked at.
    #[must_use]
    pub fn has(&self, kind: ExportKind) -> bool {
        self.kinds.contains(kind)
    }

    /// Whether that server is looked at.
    #[must_use]
    pub(crate) fn has_server(&self, name: &str) -> bool {
        self.servers.as_ref().is_none_or(|wanted| wanted.iter().any(|wanted| wanted.matches(name)))
    }

    /// Whether what belongs to no server is looked at.
    #[must_use]
    pub(crate) fn has_organization(&self) -> bool {
        self.servers.is_none()
    }
}

/// The objects of several files without those of older exports of the same: where two files have an object in common,
/// the newer one's are taken. `left_out` gets each file that is older with the newer one.
pub fn newest<'f, T>(
    found: impl IntoIterator<Item = (usize, &'f T)>,
    key: impl Fn(&T) -> String,
    files: &[SourceFile],
    left_out: &mut Vec<(usize, usize)>,
) -> Vec<&'f T> {
    let mut by_file: BTreeMap<usize, Vec<&'f T>> = BTreeMap::new();
    for (file, object) in found {
        by_file.entry(file).or_default().push(object);
    }
    let mut order: Vec<usize> = by_file.keys().copied().collect();
    order.sort_by_key(|file| std::cmp::Reverse((files.get(*file).and_then(|file| file.time), *file)));
    let mut taken: Vec<(usize, HashSet<String>)> = Vec::new();
    for file in order {
        let keys: HashSet<String> =
            by_file.get(&file).into_iter().flatten().map(|object| key(object)).collect();
        match taken.iter().find(|(_, known)| !known.is_disjoint(&keys)) {
            Some((newer, _)) => left_out.push((file, *newer)),
            None => taken.push((file, keys)),
        }
    }
    let is_taken = |file: &usize| taken.iter().any(|(taken, _)| taken == file);
    by_file.into_iter().filter(|(file, _)| is_taken(file)).flat_map(|(_, objects)| objects).collect()
}
