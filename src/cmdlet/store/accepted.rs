//! What objects of the store break and what is accepted: a real server has it so.

use enumset::EnumSet;

use crate::answer::Problem;
use crate::cmdlet::transaction::{Damage, Draft};
use crate::connector::rules::broken;
use crate::organization::{Member, Part, with_part};
use crate::param::record::{ACCEPTED, broken_values};
use crate::param::{Finding, Record};

/// Every accepted finding, by its object; of files that cannot be read, none.
///
/// # Errors
/// Where the names of the servers cannot be read.
pub(super) fn findings(draft: &mut Draft<'_>) -> Result<Vec<Damage>, Problem> {
    let mut found = Vec::new();
    for name in draft.server_names()? {
        let Ok(Some(host)) = draft.host(&name) else { continue };
        if has_any(&host.connectors) {
            let broken = broken(&host);
            of_records(
                &host.connectors,
                broken,
                &|connector| format!("{name}\\{}", connector.name),
                &mut found,
            );
        }
    }
    for part in EnumSet::<Part>::all() {
        with_part!(part, of_members(draft, &mut found));
    }
    Ok(found)
}

fn of_members<N: Member>(draft: &mut Draft<'_>, found: &mut Vec<Damage>) {
    let accepts = N::rows().iter().any(|row| row.name() == ACCEPTED);
    let Some(Ok(all)) = accepts.then(|| draft.members::<N>()) else { return };
    if has_any(all) {
        of_records(all, N::check(all), &|object| format!("{} {}", N::NAME, object.name()), found);
    }
}

fn has_any<N: Record>(all: &[N]) -> bool {
    all.iter().any(|record| !record.metadata().accepted.is_empty())
}

fn of_records<N: Record>(
    all: &[N],
    broken: Vec<(usize, Finding)>,
    called: &dyn Fn(&N) -> String,
    found: &mut Vec<Damage>,
) {
    for (at, record) in all.iter().enumerate() {
        let values = broken_values(record);
        let own = broken.iter().filter(|(place, _)| *place == at).map(|(_, finding)| finding);
        let accepted = own.chain(&values).filter(|finding| record.metadata().accepted.contains(finding.rule));
        found.extend(accepted.map(|finding| Damage {
            place: called(record),
            message: format!("accepted, {}: {}", finding.rule, finding.message),
        }));
    }
}
