//! What belongs to no server: objects of an export in place of those of the store.

use super::report::Report;
use super::scope::{Scope, newest};
use enumset::EnumSet;

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::transaction::Draft;
use crate::exported::{Export, ExportKind, Filled, Found, SourceFile};
use crate::organization::Member;
use crate::param::record::broken_values;
use crate::param::{Finding, Record, Rule, Value, record, same_name};

/// What of an export is put in.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The files.
    pub files: &'a [SourceFile],
    /// What is looked at.
    pub scope: &'a Scope,
    /// The kind.
    pub kind: ExportKind,
}

/// The objects of the store that the files do not hold.
///
/// # Errors
/// Where the store cannot be read.
pub fn removed(export: &Export, scope: &Scope, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    if scope.merge || !scope.has_organization() || draft.archive().is_none() {
        return Ok(Vec::new());
    }
    let mut gone = missing(&export.accepted_domains, kept(export, scope, ExportKind::AcceptedDomain), draft)?;
    gone.extend(missing(&export.send_connectors, kept(export, scope, ExportKind::SendConnector), draft)?);
    let kind = ExportKind::EdgeSubscription;
    gone.extend(missing(&export.edge_subscriptions, kept(export, scope, kind), draft)?);
    Ok(gone)
}

fn kept<'a>(export: &'a Export, scope: &'a Scope, kind: ExportKind) -> Kept<'a> {
    Kept { files: &export.files, scope, kind }
}

fn missing<N: Member>(
    found: &[Found<Filled<N>>],
    kept: Kept<'_>,
    draft: &mut Draft<'_>,
) -> Result<Vec<String>, Problem> {
    if found.is_empty() || !kept.scope.has(kept.kind) {
        return Ok(Vec::new());
    }
    let taken =
        newest(found.iter().map(|found| (found.file, &found.object)), name, kept.files, &mut Vec::new());
    let is_there = |old: &N| taken.iter().any(|new| is_same(old, &new.object));
    let gone = draft.members::<N>()?.iter().filter(|old| !is_there(old));
    Ok(gone.map(|old| format!("{} {}", N::NAME, old.name())).collect())
}

fn name<N: Record>(filled: &Filled<N>) -> String {
    filled.object.name().to_lowercase()
}

/// Whether an object of the store is one of an export: by its Guid, else by its name.
pub(crate) fn is_same<N: Record>(old: &N, new: &N) -> bool {
    match (old.metadata().guid, new.metadata().guid) {
        (Some(one), Some(other)) if one == other => true,
        _ => same_name(old.name(), new.name()),
    }
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was not in the store.
    Added,
    /// It is otherwise now.
    Changed,
    /// It is as it was.
    Unchanged,
}

/// The object that an export makes of `old`: with its own dates, unless nothing else is different.
pub fn merged<N: Record>(filled: &Filled<N>, base: &N, old: Option<&N>) -> (N, Became) {
    let mut filled = filled.clone();
    filled.complete(base);
    let has_date = filled.has(&record::when_changed());
    let mut new = filled.object;
    let Some(old) = old else { return (new, Became::Added) };
    keep_spelling(old, &mut new);
    let dates = (new.metadata().created, new.metadata().changed);
    *new.metadata_mut() = crate::param::Metadata { guid: new.metadata().guid, ..*old.metadata() };
    if new == *old {
        return (new, Became::Unchanged);
    }
    let metadata = new.metadata_mut();
    metadata.created = dates.0;
    // What an export without dates changes, changes now.
    metadata.changed = dates.1.filter(|_| has_date);
    (new, Became::Changed)
}

/// Findings, each with the place of its record.
type Placed = Vec<(usize, Finding)>;

/// Notes down on each record which rules it breaks, by `broken`, and warns of those in `warned`. Two of one name are refused: nothing could name
/// the one and not the other.
pub fn accept<N: Record>(
    all: &mut [N],
    (warned, broken): (Placed, Placed),
    called: &dyn Fn(&N) -> String,
    report: &mut Report,
) -> Result<(), Problem> {
    if let Some((_, repeated)) =
        broken.iter().find(|(_, finding)| matches!(finding.rule, Rule::C1 | Rule::AD4))
    {
        return Err(repeated.clone().into());
    }
    for record in all.iter_mut() {
        record.metadata_mut().accepted = EnumSet::empty();
    }
    let values = all
        .iter()
        .enumerate()
        .flat_map(|(at, record)| broken_values(record).into_iter().map(move |finding| (at, finding)));
    let values: Vec<(usize, Finding)> = values.collect();
    for (at, finding) in values.iter().chain(&broken) {
        if let Some(record) = all.get_mut(*at) {
            record.metadata_mut().accepted |= finding.rule;
        }
    }
    for (at, finding) in values.into_iter().chain(warned) {
        let Some(record) = all.get(at) else { continue };
        let message = format!(
            "`{}` is taken in although it breaks {}: {}",
            called(record),
            finding.rule,
            finding.message
        );
        report.warnings.push(Finding::new(finding.rule, finding.parameter, message));
    }
    Ok(())
}

/// Values that mean the same stay as the store has them: ranges in their spelling, lists in their order.
fn keep_spelling<N: Record>(old: &N, new: &mut N) {
    for row in N::rows() {
        let (Some(Value::List(before)), Some(Value::List(after))) = (row.stored(old), row.stored(new)) else {
            continue;
        };
        let same = before.len() == after.len() && before.iter().all(|value| after.contains(value));
        if same {
            // A value of the row itself is of its type.
            let _ = row.assign(new, Value::List(before));
        }
    }
}

/// Puts the objects of one kind in.
///
/// # Errors
/// What the rules that they keep together refuse.
pub fn apply<N: Member>(
    found: &[Found<Filled<N>>],
    kept: Kept<'_>,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    report: &mut Report,
) -> Result<(), Problem> {
    if found.is_empty() || !kept.scope.has(kept.kind) {
        return Ok(());
    }
    let mut older = Vec::new();
    let taken = newest(found.iter().map(|found| (found.file, &found.object)), name, kept.files, &mut older);
    report.older(&kept.kind.counted(2)[2..], kept.files, &older);
    // What a new store would begin with is not the organization's.
    let old: Vec<N> = if draft.archive().is_some() { draft.members::<N>()?.to_vec() } else { Vec::new() };
    let (mut all, mut came) = (Vec::new(), vec![false; taken.len()]);
    for one in &old {
        let at = taken.iter().enumerate().position(|(at, new)| !came[at] && is_same(one, &new.object));
        let tally = report.tally("", kept.kind);
        match at {
            Some(at) => {
                came[at] = true;
                let (new, became) = merged(taken[at], one, Some(one));
                *(if became == Became::Changed { &mut tally.changed } else { &mut tally.unchanged }) += 1;
                all.push(new);
            }
            None if kept.scope.merge || N::SINGLE => {
                tally.unchanged += 1;
                all.push(one.clone());
            }
            None => tally.removed += 1,
        }
    }
    for (new, _) in taken.iter().zip(&came).filter(|(_, came)| !**came) {
        all.push(merged(new, &N::blank(), None).0);
        report.tally("", kept.kind).added += 1;
    }
    let broken = N::check(&all);
    accept(&mut all, (broken.clone(), broken), &|object| format!("{} {}", N::NAME, object.name()), report)?;
    draft.put_copied_members(all, &call.context)
}
