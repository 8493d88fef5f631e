//! What is said of an identity that matches nothing: the nearest name, or the backslash that a shell took away.

use enumset::EnumSet;

use crate::answer::{Exit, Problem};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::transaction::Draft;
use crate::organization::{Member, with_part};
use crate::param::same_name;
use crate::powershell::quote;
use crate::text;

/// The most servers whose files are read for the nearest name.
const SMALL: usize = 100;

/// Exit 4 for a server, with the nearest names.
pub fn no_server(name: &str, draft: &Draft<'_>) -> Problem {
    let names = draft.server_names().unwrap_or_default();
    let problem = Problem::new(
        Exit::NotFound,
        format!(
            "The operation couldn't be performed because object '{name}' couldn't be found: no such server"
        ),
    );
    match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => {
            problem.hint(format!("did you mean {near}? `exch get-exchangeserver` lists every server"))
        }
        None => problem.hint("`exch get-exchangeserver` lists every server"),
    }
}

/// Exit 4 for a connector; a lost backslash is looked for, then the nearest name.
pub(in crate::cmdlet) fn not_found(typed: &str, draft: &mut Draft<'_>) -> Result<Problem, Problem> {
    let problem = Problem::new(
        Exit::NotFound,
        format!(
            "The operation couldn't be performed because object '{typed}' couldn't be found: no such Receive connector"
        ),
    )
    .about("Identity");
    let (mut lost, mut names) = (None, Vec::new());
    let servers = draft.server_names()?;
    let is_small = servers.len() <= SMALL;
    for server in servers {
        let parted = typed.split_at_checked(server.len());
        let rest =
            parted.filter(|(head, rest)| !rest.is_empty() && same_name(head, &server)).map(|(_, rest)| rest);
        // A server's file is read for the hint only where its name begins the identity, or the store is small.
        if !is_small && rest.is_none() && !draft.is_loaded(&server) {
            continue;
        }
        let Some(host) = draft.host(&server)? else { continue };
        if let Some(rest) = rest.filter(|rest| !typed.contains('\\') && !rest.starts_with(' ')) {
            lost.get_or_insert_with(|| quote::bash(&identity(&server, rest)));
        }
        names.extend(host.connectors.iter().map(|c| identity(&host.server.name, &c.name)));
    }
    if let Some(quoted) = lost {
        return Ok(problem.hint(format!("the shell takes an unquoted backslash away; type {quoted}")));
    }
    let bare = |id: &str| id.rsplit('\\').next().unwrap_or(id).to_owned();
    let alike = |id: &&String| text::likeness(&bare(typed), &bare(id));
    let near = text::nearest_by(&names, text::LIKE, alike);
    Ok(match near {
        Some(near) => problem.hint(format!("did you mean {}?", quote::bash(near))),
        None => problem.hint("exch get-receiveconnector lists what there is"),
    })
}

/// Exit 4 for a name of whatever noun, with the nearest name of a server or of an object of the organization.
pub(in crate::cmdlet) fn no_object(typed: &str, draft: &mut Draft<'_>) -> Result<Problem, Problem> {
    fn names<N: Member>(draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
        Ok(draft.members::<N>()?.iter().map(|one| one.name().to_owned()).collect())
    }
    let mut known = draft.server_names()?;
    let server = known.first().cloned().unwrap_or_else(|| "SERVER".to_owned());
    for part in EnumSet::all() {
        known.extend(with_part!(part, names(draft))?);
    }
    let problem = Problem::new(Exit::NotFound, format!("object '{typed}' couldn't be found"));
    Ok(match nearest(typed, known.iter().map(String::as_str)) {
        Some(near) => problem.hint(format!("did you mean {}?", quote::bash(near))),
        None => problem.hint(format!("a Receive connector is named with its server, as '{server}\\NAME'")),
    })
}

/// The name most like `typed`, if one is at all; of an account also what stands behind its domain.
#[must_use]
pub(in crate::cmdlet) fn nearest<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    text::nearest_by(names, text::LIKE, |name| {
        let bare = name.split_once('\\').map_or(0.0, |(_, bare)| text::likeness(typed, bare));
        text::likeness(typed, name).max(bare)
    })
}
