//! What is said of an import: what came in by server and kind, and what the files have that is not kept.

use std::collections::BTreeMap;

use crate::answer::{Column, Object, TableView};
use crate::exported::{AccessEntries, Export, ExportKind, Manifest, SourceFile, Unkept};
use crate::param::{Finding, Value};

/// What became of the objects of one server and kind.
static IMPORTED: TableView =
    TableView::new("Import", &["Server", "Kind", "Added", "Changed", "Removed", "Unchanged"], "Kind");

/// Its columns.
pub static COLUMNS: [Column; 6] = [
    ("Server", "The server; empty for what belongs to the organization"),
    ("Kind", "The noun of the objects"),
    ("Added", "How many are new"),
    ("Changed", "How many the store had otherwise"),
    ("Removed", "How many the files do not have"),
    ("Unchanged", "How many the store had so"),
];

/// Numbers of objects.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// New ones.
    pub added: u64,
    /// Those that the store had otherwise.
    pub changed: u64,
    /// Those that the files do not hold.
    pub removed: u64,
    /// Those that the store had so.
    pub unchanged: u64,
}

/// What came of an export.
#[derive(Default)]
pub struct Report {
    tallies: BTreeMap<(String, ExportKind), Tally>,
    /// Sentences of what was taken otherwise than it stands in the files.
    pub notices: Vec<String>,
    /// What the rules warn of.
    pub warnings: Vec<Finding>,
    /// Servers of the store that the files do not hold, where they hold others.
    pub missing_servers: Vec<String>,
}

impl Report {
    /// The numbers of one server and kind; of what belongs to no server, with an empty name.
    pub fn tally(&mut self, server: &str, kind: ExportKind) -> &mut Tally {
        self.tallies.entry((server.to_owned(), kind)).or_default()
    }

    /// Whether there was nothing to bring in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// The numbers as objects to print.
    #[must_use]
    pub fn objects(&self) -> Vec<Object> {
        let object = |((server, kind), tally): (&(String, ExportKind), &Tally)| {
            let Tally { added, changed, removed, unchanged } = *tally;
            let [added, changed, removed, unchanged] = [added, changed, removed, unchanged].map(Value::Int);
            let (server, kind) = (Value::Text(server.clone()), Value::Choice(kind.noun()));
            Object::result(&IMPORTED, &COLUMNS, [server, kind, added, changed, removed, unchanged])
        };
        self.tallies.iter().map(object).collect()
    }

    /// What is to be said of the files themselves.
    pub fn files(&mut self, export: &Export) {
        self.notices.extend(export.manifests.iter().map(collected));
        self.notices.extend(export.files.iter().map(recognized));
        let failed = export.manifests.iter().flat_map(|manifest| &manifest.failed);
        self.notices.extend(failed.map(|what| format!("the collector could not read {what}")));
        self.notices.extend(unkept(export));
        self.notices.extend(entries(export));
        if !export.invalid.is_empty() {
            let (which, are) = few(&export.invalid);
            self.notices.push(format!("{which} {are} invalid for the exporting server: IsValid is False"));
        }
    }

    /// That one file is older than another that holds the same.
    pub fn older(&mut self, what: &str, files: &[SourceFile], left_out: &[(usize, usize)]) {
        for (older, newer) in left_out {
            let (Some(older), Some(newer)) = (files.get(*older), files.get(*newer)) else { continue };
            self.notices.push(format!(
                "`{}` is left out for {what}: `{}` holds the same and is newer",
                older.path, newer.path
            ));
        }
    }
}

/// When and where the collector ran.
fn collected(manifest: &Manifest) -> String {
    let when = manifest.time.map_or_else(|| "at an unknown time".to_owned(), |time| time.to_string());
    format!("`{}`: collected {when} on {} by {}", manifest.path, manifest.computer, manifest.account)
}

/// What a file was recognized as.
fn recognized(file: &SourceFile) -> String {
    let mut parts: Vec<String> = file.counts.iter().map(|(kind, count)| kind.counted(*count)).collect();
    if file.others > 0 {
        let objects = if file.others == 1 { "object" } else { "objects" };
        parts.push(format!("{} {objects} of other kinds, which are not read", file.others));
    }
    let what = if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") };
    format!("`{}` is {} with {what}", file.path, file.format.name())
}

/// What objects of the files have and the store does not keep: each named once.
fn unkept(export: &Export) -> Vec<String> {
    let mut unknown: BTreeMap<ExportKind, Vec<&str>> = BTreeMap::new();
    let mut said = Vec::new();
    for ((kind, unkept), count) in &export.unkept {
        let objects = kind.counted(*count);
        match unkept {
            Unkept::Unknown(name) => unknown.entry(*kind).or_default().push(name),
            Unkept::Other(name, value) => {
                said.push(format!(
                    "{name} is `{value}` in {objects} and always the same here: it is not kept"
                ));
            }
            Unkept::Right(name) => {
                said.push(format!("the extended right {name} is not known here: {objects} not kept"));
            }
            Unkept::Date(name) => said.push(format!(
                "{name} is not read in {objects}: a date is read as Export-Clixml and ConvertTo-Json write it"
            )),
        }
    }
    let named = |(kind, names): (ExportKind, Vec<&str>)| {
        let (properties, are) = if names.len() == 1 { ("property", "is") } else { ("properties", "are") };
        format!("{}: {} {properties} {are} not kept here: {}", kind.noun(), names.len(), names.join(", "))
    };
    unknown.into_iter().map(named).chain(said).collect()
}

/// The entries of access lists that are counted and not kept.
fn entries(export: &Export) -> Vec<String> {
    let sum = |count: fn(&AccessEntries) -> usize| export.access.values().map(count).sum::<usize>();
    // The list of a Send connector stands under no server.
    let inherited = |receive: bool| -> usize {
        let lists = export.access.iter().filter(|((server, _), _)| server.is_empty() != receive);
        lists.map(|(_, list)| list.inherited()).sum()
    };
    let counts = [
        (sum(|list| list.without_effect), "inherited, of rights that decide no session"),
        (inherited(false), "inherited, of send connectors"),
        (sum(|list| list.narrowed), "narrowed to properties or kinds of objects"),
        (export.other_entries, "of objects that are no connectors"),
    ];
    let counted = counts.into_iter().filter(|(count, _)| *count > 0);
    let counted = counted.map(|(count, what)| format!("{} {what}", ExportKind::ADPermission.counted(count)));
    let all: Vec<String> = counted.collect();
    let kept = || {
        let entries = ExportKind::ADPermission.counted(inherited(true));
        format!("{entries} inherited from parents in the directory: sessions are decided by them too")
    };
    let not_kept = || format!("not kept: {}", all.join("; "));
    (inherited(true) > 0).then(kept).into_iter().chain((!all.is_empty()).then(not_kept)).collect()
}

/// Up to three names, and how many more.
pub fn few(names: &[String]) -> (String, &'static str) {
    let shown: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (format!("{}{more}", shown.join(", ")), if names.len() == 1 { "is" } else { "are" })
}
