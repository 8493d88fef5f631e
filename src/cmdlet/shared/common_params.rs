//! Parameters that many cmdlets share: PowerShell's common ones, and this program's own.

use crate::cmdlet::args::Args;
use crate::cmdlet::definition::Effect;
use crate::param::{Completes, Group, Kind, Match, Param, match_name, param};

const ANY: Kind = Kind::Text;

/// A parameter that pasted lines have and nothing here heeds.
const fn ignored(name: &'static str, kind: Kind, alias: &'static str) -> Param {
    param(name, kind, "Accepted without effect").alias(alias).group(Group::Ignored)
}

/// Shows what a change would do, and does nothing.
pub(crate) static WHAT_IF: Param =
    param("WhatIf", Kind::Switch, "Show what would change, and change nothing")
        .alias("wi")
        .group(Group::Safety);
/// Asks first, or with `:$false` never.
pub static CONFIRM: Param =
    param("Confirm", Kind::Switch, "Ask first; -Confirm:false never asks").alias("cf").group(Group::Safety);
/// Logs whose sessions `-WhatIf` decides with the change and without it.
pub(crate) static PROTOCOL_LOG: Param = param(
    "ProtocolLog",
    Kind::List(&ANY),
    "With -WhatIf, show which sessions of these receive protocol logs the change moves to another connector, refuses, accepts or lets relay: files, wildcards, folders",
)
.example("logs")
.completes(Completes::File)
.group(Group::Store);
/// Makes a change that a policy refuses.
pub(crate) static FORCE: Param =
    param("Force", Kind::Switch, "Make the change even where it breaks an access policy")
        .group(Group::Safety);
/// Accepted, no effect: there is no domain controller here.
pub(crate) static DOMAIN_CONTROLLER: Param =
    param("DomainController", ANY, "Accepted without effect: the store is the directory")
        .group(Group::Ignored);
/// Shows more.
pub(crate) static VERBOSE: Param =
    param("Verbose", Kind::Switch, "Show more").alias("vb").group(Group::Common);

/// What to do about errors.
static ERROR_ACTION: Param =
    param("ErrorAction", ANY, "SilentlyContinue or Ignore prints no error; the exit code stays")
        .alias("ea")
        .group(Group::Common);

/// Whether `-ErrorAction` asks for no error text: by name, or by its number in PowerShell.
#[must_use]
pub(crate) fn silences_errors(args: &Args) -> bool {
    let action = args.text(&ERROR_ACTION);
    action.is_some_and(|text| {
        ["SilentlyContinue", "Ignore", "0", "4"].iter().any(|name| text.eq_ignore_ascii_case(name))
    })
}

/// Whether `-Output` asks for a picture.
#[must_use]
pub(crate) fn wants_picture(args: &Args) -> bool {
    let format = args.text(&OUTPUT).unwrap_or_default();
    !matches!(match_name(&format, &["svg", "html", "mermaid", "dot"]), Match::None)
}

static DEBUG: Param = ignored("Debug", Kind::Switch, "db");
static WARNING_ACTION: Param = ignored("WarningAction", ANY, "wa");
static INFORMATION_ACTION: Param = ignored("InformationAction", ANY, "infa");
static ERROR_VARIABLE: Param = ignored("ErrorVariable", ANY, "ev");
static WARNING_VARIABLE: Param = ignored("WarningVariable", ANY, "wv");
static OUT_VARIABLE: Param = ignored("OutVariable", ANY, "ov");
static OUT_BUFFER: Param = ignored("OutBuffer", ANY, "ob");
static PIPELINE_VARIABLE: Param = ignored("PipelineVariable", ANY, "pv");

/// Which store.
pub static STORE: Param =
    param("Store", ANY, "The store's directory").completes(Completes::File).group(Group::Store);
/// An old revision.
pub(crate) static AT: Param =
    param("At", ANY, "Read an old revision: identifier, tag, HEAD~2, a date, or a date and time")
        .completes(Completes::Revision)
        .group(Group::Store);
/// How to print.
pub(crate) static OUTPUT: Param =
    param("Output", ANY, "Print as table, list, json, csv or name; powershell prints lines that make the objects, svg and html a picture")
        .completes(Completes::Format)
        .default("table")
        .alias("o")
        .group(Group::Store);
/// Which objects to print.
pub(crate) static FILTER: Param = param(
    "Filter",
    ANY,
    "Only the objects of which this holds, such as \"Enabled -eq 'True' -and Name -like 'Relay*'\"",
)
.example("\"RemoteIPRanges -contains '10.1.2.3'\"")
.group(Group::Store);
/// Which properties to print.
pub(crate) static PROPERTY: Param =
    param("Property", Kind::List(&Kind::Text), "Properties to print; wildcards are allowed")
        .group(Group::Store);
/// The revision's subject.
pub(crate) static REASON: Param =
    param("Reason", ANY, "Why: the subject of the revision").group(Group::Store);
/// The revision that the change must start from.
pub(crate) static EXPECT_REVISION: Param =
    param("ExpectRevision", ANY, "Change only if the store is still at this revision")
        .completes(Completes::Revision)
        .group(Group::Store);
/// How long to wait for another writer.
pub static LOCK_TIMEOUT: Param =
    param("LockTimeout", Kind::Span(0, 86_400), "How long to wait for another writer")
        .default("00:00:10")
        .group(Group::Store);
/// Never ask.
pub(crate) static NON_INTERACTIVE: Param =
    param("NonInteractive", Kind::Switch, "Never ask; what is missing is an error").group(Group::Store);

static EVERYWHERE: &[&Param] = &[
    &VERBOSE,
    &DEBUG,
    &ERROR_ACTION,
    &WARNING_ACTION,
    &INFORMATION_ACTION,
    &ERROR_VARIABLE,
    &WARNING_VARIABLE,
    &OUT_VARIABLE,
    &OUT_BUFFER,
    &PIPELINE_VARIABLE,
    &OUTPUT,
    &PROPERTY,
    &NON_INTERACTIVE,
];
static READING: &[&Param] = &[&DOMAIN_CONTROLLER, &STORE, &AT];
static CHANGING: &[&Param] = &[
    &WHAT_IF,
    &PROTOCOL_LOG,
    &CONFIRM,
    &FORCE,
    &DOMAIN_CONTROLLER,
    &STORE,
    &REASON,
    &EXPECT_REVISION,
    &LOCK_TIMEOUT,
];

/// The common parameters of a cmdlet with that effect.
pub fn of(effect: Effect) -> impl Iterator<Item = &'static Param> {
    let own = match effect {
        Effect::Tells => &[],
        Effect::Reads | Effect::Consults | Effect::Audits => READING,
        Effect::Changes | Effect::Restores => CHANGING,
    };
    own.iter().chain(EVERYWHERE).copied()
}
