//! What Add- and Remove-ADPermission are asked for: names looked up, and what means nothing here refused.

use super::change::Way;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::definition::Missing;
use crate::cmdlet::shared::identity_list;
use crate::cmdlet::transaction::Draft;
use crate::manual::ParameterSet;
use crate::organization;
use crate::param::{Finding, Param, Rule};
use crate::permission::rows;
use crate::permission::{
    BadPrincipal, EXTENDED_RIGHT, Entry, Principal, Right, Side, access_right, near_rights, right,
};
use crate::powershell::quote;

/// What a call cannot do without in the parameter set that it chose.
#[must_use]
pub fn needs(args: &Args) -> Vec<Missing> {
    // Entries may come from standard input; what comes is known when it is read.
    let piped = identity_list::from_input(args) && !args.has(&rows::USER.param);
    let set: &[&'static Param] = match (args.has(&rows::INSTANCE) || piped, args.has(&rows::OWNER)) {
        (true, _) => &[],
        (false, true) => &[&rows::IDENTITY.param],
        (false, false) if args.has(&rows::ACCESS_RIGHTS.param) => ACCESS_OF_AN_ACCOUNT,
        (false, false) => RIGHTS_OF_AN_ACCOUNT,
    };
    set.iter().filter(|param| !args.has(param)).map(|param| Missing::of(param)).collect()
}

/// What the way to call that names rights cannot do without.
const RIGHTS_OF_AN_ACCOUNT: &[&Param] =
    &[&rows::IDENTITY.param, &rows::USER.param, &rows::EXTENDED_RIGHTS.param];

/// The same for access rights.
const ACCESS_OF_AN_ACCOUNT: &[&Param] =
    &[&rows::IDENTITY.param, &rows::USER.param, &rows::ACCESS_RIGHTS.param];

/// The ways to call that adding and removing have in common: rights of an account, and entries.
pub(crate) fn common_sets() -> Vec<ParameterSet> {
    let set = |switch, purpose, required| ParameterSet { switch, purpose, required, gives: Vec::new() };
    vec![
        set(None, "extended rights of an account", RIGHTS_OF_AN_ACCOUNT.to_vec()),
        set(
            Some(&rows::ACCESS_RIGHTS.param),
            "access rights of an account",
            vec![&rows::IDENTITY.param, &rows::USER.param],
        ),
        set(Some(&rows::INSTANCE), "takes entries as Get-ADPermission prints them", Vec::new()),
    ]
}

/// The entries that a call names, and what is to be warned of.
///
/// # Errors
/// Exit 1 for a right or principal that there is not, and for what means nothing on a connector.
pub fn entries(args: &Args, way: Way, draft: &mut Draft<'_>) -> Result<(Vec<Entry>, Vec<Finding>), Problem> {
    refuse(args)?;
    let user = args.text(&rows::USER.param).unwrap_or_default();
    let read = if way == Way::Add { new_principal } else { principal };
    let principal = read(&rows::USER.param, &user, draft)?;
    let rights = rights(args)?;
    let deny = args.flag(&rows::DENY.param) == Some(true);
    let warnings = if way == Way::Add { without_effect(&rights) } else { Vec::new() };
    let entry = |right| Entry::own(principal.clone(), right, deny);
    Ok((rights.into_iter().map(entry).collect(), warnings))
}

/// Refuses what narrows access rights: it is not kept.
fn refuse(args: &Args) -> Result<(), Problem> {
    let narrowing = [&rows::CHILD_OBJECT_TYPES, &rows::INHERITED_OBJECT_TYPE, &rows::PROPERTIES];
    for row in narrowing {
        if args.texts(&row.param).iter().any(|text| !text.is_empty()) {
            let message = format!("parameter {} is refused: {}", row.name(), rows::refusal(&row.param));
            return Err(Problem::new(Exit::Refused, message)
                .hint(format!("leave -{} out", row.name()))
                .about(row.name()));
        }
    }
    Ok(())
}

/// A principal by any of its names; an account that the store knows of, by its security identifier too.
///
/// # Errors
/// Exit 1 for a name without a domain, with the line to type.
pub fn principal(param: &Param, text: &str, draft: &mut Draft<'_>) -> Result<Principal, Problem> {
    let known = draft.members::<organization::Principal>()?.iter().find(|known| known.is(text));
    let text = &known.map_or_else(|| text.to_owned(), |known| known.name.clone());
    let servers = draft.server_names()?;
    Principal::typed(text, &draft.directory().netbios_domain, &servers).map_err(|why| bad(param, text, &why))
}

/// A principal that is to be written down: as [`principal`], in a domain that is known.
///
/// # Errors
/// As [`principal`], and exit 1 for a domain that is neither the system's, nor the organization's, nor a server's, nor
/// that of a principal that the store describes.
pub(crate) fn new_principal(param: &Param, text: &str, draft: &mut Draft<'_>) -> Result<Principal, Problem> {
    let principal = principal(param, text, draft)?;
    let mut others = draft.server_names()?;
    let described = draft.members::<organization::Principal>()?;
    others.extend(described.iter().filter_map(|one| Some(one.name.split_once('\\')?.0.to_owned())));
    match principal.in_known_domain(&draft.directory().netbios_domain, &others) {
        Ok(()) => Ok(principal),
        Err(why) => Err(bad(param, text, &why)),
    }
}

fn bad(param: &Param, text: &str, why: &BadPrincipal) -> Problem {
    let meant = quote::bash(why.meant());
    let hint = match why {
        BadPrincipal::LostBackslash { .. } => format!("type -{} {meant}, with the quotes", param.name),
        BadPrincipal::NoDomainOfThatName { .. } => format!(
            "-{} {meant}; an account of another domain is described first: exch new-principal {}",
            param.name,
            quote::bash(text)
        ),
        _ => format!("-{} {meant}", param.name),
    };
    Problem::new(Exit::Refused, format!("parameter {}: `{text}`: {why}", param.name))
        .hint(hint)
        .about(param.name)
}

/// The rights of a call, each once. A whole list may stand in one text: no name has a comma or a space. ExtendedRight
/// says nothing beside extended rights, and alone means all of them.
fn rights(args: &Args) -> Result<Vec<&'static Right>, Problem> {
    let param = &rows::EXTENDED_RIGHTS.param;
    let extended = args.has(param);
    let access = args.texts(&rows::ACCESS_RIGHTS.param);
    let access = access.iter().filter(|name| !(extended && name.as_str() == EXTENDED_RIGHT));
    let mut found: Vec<&'static Right> = access.filter_map(|name| access_right(name)).collect();
    for text in args.texts(param) {
        for name in text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()) {
            let right = right(name).ok_or_else(|| unknown(param, name))?;
            if !found.contains(&right) {
                found.push(right);
            }
        }
    }
    if found.is_empty() {
        return Err(Problem::new(Exit::Refused, format!("parameter {} names no right", param.name))
            .hint("-ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient; a shell may have taken the value away")
            .about(param.name));
    }
    Ok(found)
}

/// Extended rights on recipients, with hyphens for spaces.
const OF_RECIPIENTS: [&str; 4] = ["Send-As", "Receive-As", "Send-To", "User-Change-Password"];

fn unknown(param: &Param, name: &str) -> Problem {
    let problem = Problem::new(
        Exit::Refused,
        format!("parameter {}: `{name}` is not an extended right on connectors", param.name),
    )
    .about(param.name);
    if OF_RECIPIENTS.iter().any(|known| known.eq_ignore_ascii_case(&name.replace(' ', "-"))) {
        return problem.hint("a right on mailboxes and other recipients, which a store does not have: give it with the Exchange Management Shell");
    }
    match near_rights(name).as_slice() {
        [] => problem.hint("rights are called like ms-Exch-SMTP-Accept-Any-Recipient"),
        [one] => problem.hint(format!("did you mean {one}?")),
        [others @ .., last] => problem.hint(format!("did you mean {} or {last}?", others.join(", "))),
    }
}

/// P8: rights that connectors of the other side look at.
pub(crate) fn of_other_side(entries: &[Entry], side: Side) -> Vec<Finding> {
    let (other, this) = match side {
        Side::Send => ("Receive connectors", "Send connector"),
        Side::Receive | Side::Directory => ("Send connectors", "Receive connector"),
    };
    let others = entries.iter().filter(|entry| entry.right.is_extended() && entry.right.side != side);
    let finding = |entry: &Entry| {
        let message = format!("{} is looked at by {other} and does nothing on a {this}", entry.right.name);
        Finding::new(Rule::P8, rows::EXTENDED_RIGHTS.name(), message)
    };
    others.map(finding).collect()
}

/// P8: access rights that say nothing about a session.
fn without_effect(rights: &[&'static Right]) -> Vec<Finding> {
    let directory = rights.iter().filter(|right| !right.is_extended() && !right.holds_all_extended());
    let finding = |right: &&Right| {
        let message =
            format!("{} has no effect on a session: it decides who administers the connector", right.name);
        Finding::new(Rule::P8, rows::ACCESS_RIGHTS.name(), message)
    };
    directory.copied().map(|right| finding(&right)).collect()
}
