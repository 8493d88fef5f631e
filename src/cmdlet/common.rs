//! Parameters that many cmdlets share: PowerShell's common ones, and this program's own.

use super::Effect;
use crate::param::{Group, Kind, Param, param};

const ANY: Kind = Kind::Text;

/// Shows what a change would do, and does nothing.
pub static WHAT_IF: Param =
    param("WhatIf", Kind::Switch, "Show what would change, and change nothing").alias("wi");
/// Asks first, or with `:$false` never.
pub static CONFIRM: Param =
    param("Confirm", Kind::Switch, "Ask first; -Confirm:false never asks").alias("cf");
/// Accepted, no effect: there is no domain controller here.
pub static DOMAIN_CONTROLLER: Param =
    param("DomainController", ANY, "Accepted without effect: the store is the directory");
/// Tells more.
pub static VERBOSE: Param = param("Verbose", Kind::Switch, "Tell more").alias("vb");

static DEBUG: Param = param("Debug", Kind::Switch, "Accepted without effect").alias("db");
static ERROR_ACTION: Param = param("ErrorAction", ANY, "Accepted without effect").alias("ea");
static WARNING_ACTION: Param = param("WarningAction", ANY, "Accepted without effect").alias("wa");
static INFORMATION_ACTION: Param = param("InformationAction", ANY, "Accepted without effect").alias("infa");
static ERROR_VARIABLE: Param = param("ErrorVariable", ANY, "Accepted without effect").alias("ev");
static WARNING_VARIABLE: Param = param("WarningVariable", ANY, "Accepted without effect").alias("wv");
static OUT_VARIABLE: Param = param("OutVariable", ANY, "Accepted without effect").alias("ov");
static OUT_BUFFER: Param = param("OutBuffer", ANY, "Accepted without effect").alias("ob");
static PIPELINE_VARIABLE: Param = param("PipelineVariable", ANY, "Accepted without effect").alias("pv");

/// Which store.
pub static STORE: Param = param("Store", ANY, "The store's directory").group(Group::Store);
/// An old revision.
pub static AT: Param =
    param("At", ANY, "Read an old revision: an identifier, a tag, HEAD~2 or a date").group(Group::Store);
/// How to print.
pub static OUTPUT: Param =
    param("Output", ANY, "table, list, json, csv or name").alias("o").group(Group::Store);
/// Which properties to print.
pub static PROPERTY: Param =
    param("Property", Kind::List(&Kind::Text), "Properties to print; wildcards are allowed")
        .group(Group::Store);
/// The revision's subject.
pub static REASON: Param = param("Reason", ANY, "Why: the subject of the revision").group(Group::Store);
/// The revision that the change must start from.
pub static EXPECT_REVISION: Param =
    param("ExpectRevision", ANY, "Change only if the store is still at this revision").group(Group::Store);
/// How long to wait for another writer.
pub static LOCK_TIMEOUT: Param =
    param("LockTimeout", Kind::Span(0, 86_400), "How long to wait for another writer; 00:00:10 unless given")
        .group(Group::Store);
/// Never ask.
pub static NON_INTERACTIVE: Param =
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
    &STORE,
    &OUTPUT,
    &PROPERTY,
    &NON_INTERACTIVE,
];
static READING: &[&Param] = &[&AT];
static CHANGING: &[&Param] =
    &[&WHAT_IF, &CONFIRM, &DOMAIN_CONTROLLER, &REASON, &EXPECT_REVISION, &LOCK_TIMEOUT];

/// The common parameters of a cmdlet with that effect.
pub fn of(effect: Effect) -> impl Iterator<Item = &'static Param> {
    let own = if effect == Effect::Reads { READING } else { CHANGING };
    own.iter().chain(EVERYWHERE).copied()
}
