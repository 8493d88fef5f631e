//! What is said of an identity that matches nothing: the nearest name, or the backslash that a shell took away.

use super::Draft;
use super::receive_connector::identity;
use crate::answer::{Exit, Problem};
use crate::powershell::quote;

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
        None => problem.hint(format!("exch new-exchangeserver {}", quote::bash(name))),
    }
}

/// Exit 4 for a connector; a lost backslash is looked for, then the nearest name.
pub(super) fn not_found(text: &str, draft: &mut Draft<'_>) -> Result<Problem, Problem> {
    let problem = Problem::new(
        Exit::NotFound,
        format!(
            "The operation couldn't be performed because object '{text}' couldn't be found: no such Receive connector"
        ),
    )
    .about("Identity");
    let (mut lost, mut names) = (None, Vec::new());
    for server in draft.server_names()? {
        let rest = text
            .get(server.len()..)
            .filter(|rest| !rest.is_empty() && text.to_lowercase().starts_with(&server.to_lowercase()));
        // A server's file is read for the hint only where its name begins the identity, or the store is small.
        let Some(host) = draft.host(&server)? else { continue };
        if let Some(rest) = rest.filter(|rest| !text.contains('\\') && !rest.starts_with(' ')) {
            lost.get_or_insert_with(|| quote::bash(&identity(&server, rest)));
        }
        names.extend(host.connectors.iter().map(|c| identity(&host.server.name, &c.name)));
    }
    if let Some(quoted) = lost {
        return Ok(problem.hint(format!("the shell takes an unquoted backslash away; type {quoted}")));
    }
    let bare = |id: &str| id.rsplit('\\').next().unwrap_or(id).to_owned();
    let near = names
        .iter()
        .max_by_key(|id| likeness(&bare(text), &bare(id)))
        .filter(|id| likeness(&bare(text), &bare(id)) > 700);
    Ok(match near {
        Some(near) => problem.hint(format!("did you mean {}?", quote::bash(near))),
        None => problem.hint("exch get-receiveconnector lists what there is"),
    })
}

fn likeness(a: &str, b: &str) -> u32 {
    (strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase()) * 1_000.0) as u32
}

/// The name most like `typed`, if one is at all; of an account also what stands behind its domain.
#[must_use]
pub(super) fn nearest<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let bare = |name: &'n str| name.split_once('\\').map_or(name, |(_, name)| name);
    let alike = |name: &&'n str| likeness(typed, name).max(likeness(typed, bare(name)));
    names.max_by_key(alike).filter(|name| alike(name) > 700)
}
