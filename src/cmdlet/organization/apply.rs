//! Puts what an export holds into a draft: the store becomes equal to it, as far as it goes.

use enumset::EnumSet;

use super::hosts;
use super::members::{self, Kept};
use super::report::Report;
use super::scope::Scope;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::transaction::{Draft, Question};
use crate::exported::{Export, ExportKind, Filled, Found};
use crate::organization::SendConnector;
use crate::organization::send_connector::rows::AD_PERMISSION;
use crate::permission::AccessList;
use crate::server::Directory;

/// Puts everything of the export that is in scope into the draft.
///
/// # Errors
/// Exit 1 where an object cannot be kept, exit 5 where the export is of another organization.
pub fn apply(
    export: &Export,
    scope: &Scope,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Report, Problem> {
    let mut report = Report::default();
    report.files(export);
    directory(export, draft)?;
    let mut gone = hosts::removed(export, scope, draft)?;
    gone.extend(members::removed(export, scope, draft)?);
    let keep = !gone.is_empty() && !draft.confirm(removal(gone));
    let mut scope = scope.clone();
    scope.merge |= keep;
    let scope = &scope;
    hosts::apply(export, scope, call, draft, &mut report)?;
    if scope.has_organization() {
        let connectors = send_connectors(export, scope, &draft.directory().netbios_domain);
        let kept = |kind| Kept { files: &export.files, scope, kind };
        let report = &mut report;
        members::apply(&export.accepted_domains, kept(ExportKind::AcceptedDomain), call, draft, report)?;
        members::apply(&connectors, kept(ExportKind::SendConnector), call, draft, report)?;
        members::apply(&export.transport_config, kept(ExportKind::TransportConfig), call, draft, report)?;
        members::apply(&export.edge_subscriptions, kept(ExportKind::EdgeSubscription), call, draft, report)?;
    }
    if report.is_empty() && !export.is_empty() {
        report.notices.push("the files hold nothing of what -Server and -Kind name".to_owned());
    }
    Ok(report)
}

/// The Send connectors with the access lists that the files hold of them.
fn send_connectors(export: &Export, scope: &Scope, domain: &str) -> Vec<Found<Filled<SendConnector>>> {
    let with_list = |found: &Found<Filled<SendConnector>>| {
        let mut found = found.clone();
        let key = (String::new(), found.object.object.name.to_lowercase());
        if let Some(list) = export.access.get(&key).filter(|_| scope.has(ExportKind::ADPermission)) {
            let mut own = list.entries(domain);
            own.retain(|entry| !entry.inherited);
            let list = AccessList::from_parts(EnumSet::empty(), own, SendConnector::PLATFORM);
            let mut listed = found.object.object.clone();
            listed.set_access(&list);
            if let Some(value) = AD_PERMISSION.stored(&listed) {
                // A value of the row itself is of its type.
                let _ = found.object.put(&AD_PERMISSION, value);
            }
        }
        found
    };
    export.send_connectors.iter().map(with_list).collect()
}

/// One question for everything that the files do not hold.
fn removal(gone: Vec<String>) -> Question {
    let target = match gone.as_slice() {
        [only] => only.clone(),
        several => format!("{} objects that the files do not hold", several.len()),
    };
    let along = if gone.len() == 1 { Vec::new() } else { gone };
    Question { operation: "Remove", target, along, removes: true, always: true }
}

/// The organization's names: a new store takes them from the export, and another organization's export is refused.
fn directory(export: &Export, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let (organization, domain) = match export.organizations.as_slice() {
        [] => return Ok(()),
        [only] => only,
        [first, second, ..] => {
            let message = format!(
                "the files are of several organizations: {} in {} and {} in {}",
                first.0, first.1, second.0, second.1
            );
            return Err(Problem::new(Exit::Conflict, message)
                .hint("import the files of each into a store of its own: -Store DIR")
                .about(super::PATH.name));
        }
    };
    if draft.archive().is_none() {
        let mut names = Directory::new(organization, domain);
        if let Some(netbios) = &export.netbios {
            names.netbios_domain.clone_from(netbios);
        }
        *draft.directory_mut() = names;
        return Ok(());
    }
    let known = draft.directory();
    let same =
        known.organization.eq_ignore_ascii_case(organization) && known.domain.eq_ignore_ascii_case(domain);
    if same {
        return Ok(());
    }
    let message = format!(
        "the files are of the organization {organization} in {domain}, and the store is of {} in {}",
        known.organization, known.domain
    );
    let quoted = crate::powershell::quote::bash(organization);
    Err(Problem::new(Exit::Conflict, message)
        .hint(format!(
            "-Store DIR imports them into another store; exch set-store -Organization {quoted} -Domain {domain} changes the names of this one"
        ))
        .about(super::PATH.name))
}
