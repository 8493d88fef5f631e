//! What importing and comparing have in common: which files, and what of them.

use strum::VariantNames;

use crate::exported::ExportKind;
use crate::param::{Completes, Group, Kind, Param, Verb, param};

const BOTH: &[Verb] = &[Verb::Import, Verb::Compare];

/// The files.
pub static PATH: Param = param(
    "Path",
    Kind::List(&Kind::Text),
    "Exports of Exchange servers: files, zip archives, or directories of files; formats are recognized by content",
)
.completes(Completes::File)
.on(BOTH)
.required(BOTH)
.position(1, BOTH)
.example("exports")
.group(Group::Identity);

/// Which servers.
pub static SERVER: Param = param(
    "Server",
    Kind::List(&Kind::Text),
    "The servers to look at, by name or wildcard; all unless given, and then what belongs to no server too",
)
.completes(Completes::Server)
.on(BOTH)
.example("HUB01")
.group(Group::Identity);

/// Which kinds.
pub(crate) static KIND: Param = param(
    "Kind",
    Kind::List(&Kind::Choice(ExportKind::VARIANTS)),
    "The kinds of objects to look at; all unless given",
)
.on(BOTH)
.example("ReceiveConnector")
.group(Group::Identity);

/// Whether what the files do not hold stays.
pub(crate) static MERGE: Param =
    param("Merge", Kind::Switch, "Remove nothing: objects that the files do not hold stay")
        .on(&[Verb::Import])
        .group(Group::Safety);

/// Which properties.
pub(crate) static PROPERTY: Param =
    param("Property", Kind::List(&Kind::Text), "The properties to compare; wildcards are allowed")
        .on(&[Verb::Compare])
        .example("RemoteIPRanges")
        .group(Group::Identity);

/// Where the collector's script goes.
pub(crate) static COLLECTOR_PATH: Param =
    param("Path", Kind::Text, "The file to write it to; standard output unless given, or -")
        .completes(Completes::File)
        .on(&[Verb::Export])
        .position(1, &[Verb::Export])
        .example("collect.ps1")
        .group(Group::Identity);
