//! Which objects an identity means: `SERVER\Name`, a bare name, a Guid, a distinguished name, a wildcard.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use uuid::Uuid;

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::shared::identity;
pub use crate::cmdlet::shared::not_found::no_server;
use crate::cmdlet::shared::not_found::not_found;
use crate::cmdlet::transaction::Draft;
use crate::connector::{Host, ReceiveConnector, identity::distinguished_name, same_name};
use crate::param::Param;
use crate::powershell::quote;
use crate::text::{Wildcard, is_wild};

/// A connector that was found: its server's name and its own.
pub type Found = (String, String);

/// What an identity says before the store is looked at.
enum Identity<'i> {
    Wildcard(Option<&'i str>, &'i str),
    Qualified(&'i str, &'i str),
    Guid(Uuid),
    Distinguished(&'i str),
    Bare(&'i str),
}

fn parse(text: &str) -> Identity<'_> {
    if text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("CN=")) {
        return Identity::Distinguished(text);
    }
    if let Ok(guid) = text.trim_matches(['{', '}']).parse::<Uuid>() {
        return Identity::Guid(guid);
    }
    match text.split_once('\\') {
        Some((server, name)) if is_wild(server) || is_wild(name) => Identity::Wildcard(Some(server), name),
        Some((server, name)) => Identity::Qualified(server, name),
        None if is_wild(text) => Identity::Wildcard(None, text),
        None => Identity::Bare(text),
    }
}

/// Whether an identity stands for as many objects as there are.
#[must_use]
pub fn is_wildcard(text: &str) -> bool {
    matches!(parse(text), Identity::Wildcard(..))
}

/// Whether an identity is a distinguished name, which has commas in it.
#[must_use]
pub(crate) fn is_distinguished(text: &str) -> bool {
    matches!(parse(text), Identity::Distinguished(_))
}

/// Whether an identity names no server, neither by itself nor by what it stands for.
#[must_use]
pub(crate) fn is_bare(text: &str) -> bool {
    matches!(parse(text), Identity::Bare(_) | Identity::Wildcard(None, _))
}

/// Whether a name fits a pattern with `*` and `?`, in any case.
#[must_use]
pub fn matches(pattern: &str, name: &str) -> bool {
    Wildcard::new(pattern).matches(name)
}

/// The connectors that `text` means. A bare name is the local server's when it has one, else any server's.
///
/// # Errors
/// Exit 4 where a name matches nothing; a wildcard that matches nothing is an empty list.
pub fn connectors(text: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<Found>, Problem> {
    let found = find(text, call, draft)?;
    if !found.is_empty() {
        return Ok(found);
    }
    match parse(text) {
        Identity::Wildcard(Some(server), _) if !is_wild(server) && host_of(server, draft)?.is_none() => {
            Err(no_server(server, draft))
        }
        Identity::Wildcard(..) => Ok(found),
        Identity::Qualified(server, _) if host_of(server, draft)?.is_none() => Err(no_server(server, draft)),
        _ => Err(not_found(text, draft)?),
    }
}

/// The connectors that several identities mean, each once.
///
/// # Errors
/// As [`connectors`].
pub(crate) fn all_connectors(
    texts: &[String],
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Vec<Found>, Problem> {
    each_once(texts, |text| connectors(text, call, draft))
}

/// The servers that several identities mean, each once.
///
/// # Errors
/// As [`servers`].
pub(crate) fn all_servers(texts: &[String], draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    each_once(texts, |text| servers(text, draft))
}

/// Exit 4 where servers are named and none fits a wildcard.
#[must_use]
pub(crate) fn no_match(texts: &[String]) -> Problem {
    Problem::new(Exit::NotFound, format!("no server matches `{}`", texts.join(",")))
        .hint("exch get-exchangeserver lists every server")
}

/// A name that no server has, for an Edge Transport server that a hint proposes.
///
/// # Errors
/// Where the store cannot be read.
pub(in crate::cmdlet) fn free_edge_name(draft: &Draft<'_>) -> Result<String, Problem> {
    let taken = draft.server_names()?;
    let is_free = |name: &String| !taken.iter().any(|other| same_name(other, name));
    let mut names = (1..).map(|number| format!("EDGE{number:02}"));
    Ok(names.find(is_free).unwrap_or_default())
}

/// What each of `texts` means, without what an earlier one meant already.
///
/// # Errors
/// Those of `mean`.
pub(in crate::cmdlet) fn each_once<T: Clone + Eq + Hash>(
    texts: &[String],
    mut mean: impl FnMut(&str) -> Result<Vec<T>, Problem>,
) -> Result<Vec<T>, Problem> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for text in texts {
        found.extend(mean(text)?.into_iter().filter(|one| seen.insert(one.clone())));
    }
    Ok(found)
}

/// The connectors that `text` means; none where it matches nothing.
///
/// # Errors
/// Where the store cannot be read.
pub(in crate::cmdlet) fn find(
    text: &str,
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Vec<Found>, Problem> {
    match parse(text) {
        Identity::Wildcard(server, name) => wildcard(server, name, draft),
        Identity::Qualified(server, name) => {
            Ok(host_of(server, draft)?.map(|host| named(&host, name)).unwrap_or_default())
        }
        Identity::Guid(guid) => everywhere(draft, |_, c| c.metadata.guid == Some(guid)),
        Identity::Distinguished(dn) => by_distinguished_name(dn, draft),
        Identity::Bare(name) => bare(name, call, draft),
    }
}

/// The server before the backslash: by its name, or as `-Server` takes it, by its FQDN.
fn host_of(server: &str, draft: &mut Draft<'_>) -> Result<Option<Arc<Host>>, Problem> {
    if let Some(host) = draft.host(server)? {
        return Ok(Some(host));
    }
    match find_servers(server, draft)?.as_slice() {
        [only] => draft.host(only),
        _ => Ok(None),
    }
}

fn bare(name: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<Found>, Problem> {
    if let Some(local) = local_server(call, draft)? {
        let mine = named(&local, name);
        if !mine.is_empty() {
            return Ok(mine);
        }
    }
    let servers = draft.servers_naming(name)?;
    among(servers, draft, |_, c| same_name(&c.name, name))
}

fn by_distinguished_name(dn: &str, draft: &mut Draft<'_>) -> Result<Vec<Found>, Problem> {
    let directory = draft.directory().clone();
    everywhere(draft, |host, c| distinguished_name(c, &host.server, &directory).eq_ignore_ascii_case(dn))
}

fn named(host: &Host, name: &str) -> Vec<Found> {
    host.connector(name).map(|c| (host.server.name.clone(), c.name.clone())).into_iter().collect()
}

/// Whether a pattern is stars alone, which means every object even where one has that name.
fn is_all(pattern: &str) -> bool {
    pattern.chars().all(|c| c == '*')
}

/// The connectors that a pattern fits. A name may hold a star of its own: it means itself before it means others.
fn wildcard(server: Option<&str>, name: &str, draft: &mut Draft<'_>) -> Result<Vec<Found>, Problem> {
    let mut found = Vec::new();
    for server in find_servers(server.unwrap_or("*"), draft)? {
        let Some(host) = draft.host(&server)? else { continue };
        let exact = if is_all(name) { Vec::new() } else { named(&host, name) };
        if exact.is_empty() {
            let pattern = Wildcard::new(name);
            let fits = host.connectors.iter().filter(|c| pattern.matches(&c.name));
            found.extend(fits.map(|c| (host.server.name.clone(), c.name.clone())));
        } else {
            found.extend(exact);
        }
    }
    Ok(found)
}

/// Connectors of every server that `fits` accepts.
fn everywhere(
    draft: &mut Draft<'_>,
    fits: impl Fn(&Host, &ReceiveConnector) -> bool,
) -> Result<Vec<Found>, Problem> {
    among(draft.server_names()?, draft, fits)
}

fn among(
    servers: Vec<String>,
    draft: &mut Draft<'_>,
    fits: impl Fn(&Host, &ReceiveConnector) -> bool,
) -> Result<Vec<Found>, Problem> {
    let mut found = Vec::new();
    for server in servers {
        let Some(host) = draft.host(&server)? else { continue };
        let here = host.connectors.iter().filter(|c| fits(&host, c));
        found.extend(here.map(|c| (host.server.name.clone(), c.name.clone())));
    }
    Ok(found)
}

/// What a change is about: the objects, and whether the identity stood for several.
pub struct Targets {
    /// What to say of identities where none of them matches anything.
    pub unmatched: Vec<String>,
    /// The objects.
    pub found: Vec<Found>,
    /// A wildcard or several identities: asked about even without `-Confirm`.
    pub many: bool,
}

/// The connectors that a change is about.
///
/// # Errors
/// Exit 4 where a name matches nothing, exit 2 where a bare name is on several servers.
pub fn targets(call: &Call<'_>, identity: &Param, draft: &mut Draft<'_>) -> Result<Targets, Problem> {
    targets_of(&call.args.texts(identity), call, draft)
}

/// The connectors that a change of these identities is about.
///
/// # Errors
/// As [`targets`].
pub(crate) fn targets_of(
    texts: &[String],
    call: &Call<'_>,
    draft: &mut Draft<'_>,
) -> Result<Targets, Problem> {
    let found = each_once(texts, |text| {
        let here = connectors(text, call, draft)?;
        if here.len() > 1 && !is_wildcard(text) { Err(ambiguous(text, &here)) } else { Ok(here) }
    })?;
    let unmatched = texts.iter().filter(|_| found.is_empty());
    let unmatched = unmatched.map(|text| format!("no Receive connector matches `{text}`")).collect();
    Ok(Targets { found, unmatched, many: texts.len() > 1 || texts.iter().any(|text| is_wildcard(text)) })
}

fn ambiguous(text: &str, found: &[Found]) -> Problem {
    let all: Vec<String> = found.iter().map(|(server, name)| quote::bash(&identity(server, name))).collect();
    Problem::new(
        Exit::NotUnderstood,
        format!("the identity `{text}` is on several servers: {}", all.join(", ")),
    )
    .hint(format!("name the server too: {}", all.first().map_or("", String::as_str)))
    .about("Identity")
}

/// The local server: what EXCH_SERVER names, else the one of this host's name, else the store's only one.
///
/// # Errors
/// Exit 4 where EXCH_SERVER names a server that the store has not.
pub fn local_server(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Option<Arc<Host>>, Problem> {
    if let Some(name) = &call.context.local_server {
        let host = draft.host(name)?;
        return host.map(Some).ok_or_else(|| {
            Problem::new(
                Exit::NotFound,
                format!("EXCH_SERVER names `{name}`, and the store has no such server"),
            )
            .hint("set EXCH_SERVER to one of the names that `exch get-exchangeserver` lists, or unset it")
        });
    }
    if let Some(host) = draft.host(&call.context.machine.name)? {
        return Ok(Some(host));
    }
    match draft.server_names()?.as_slice() {
        [only] => draft.host(only),
        _ => Ok(None),
    }
}

/// The servers that `text` means: a name, an FQDN, a Guid or a wildcard.
///
/// # Errors
/// Exit 4 where a name matches nothing.
pub fn servers(text: &str, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let found = find_servers(text, draft)?;
    if found.is_empty() && !text.contains(['*', '?']) { Err(no_server(text, draft)) } else { Ok(found) }
}

/// The servers that `text` means; none where it matches nothing.
///
/// # Errors
/// Where the store cannot be read.
pub(in crate::cmdlet) fn find_servers(text: &str, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    if is_wild(text) {
        let pattern = Wildcard::new(text);
        let (exact, fits): (Vec<_>, Vec<_>) = draft
            .server_names()?
            .into_iter()
            .filter(|name| pattern.matches(name))
            .partition(|name| same_name(name, text) && !is_all(text));
        return Ok(if exact.is_empty() { fits } else { exact });
    }
    if let Some(host) = draft.host(text)? {
        return Ok(vec![host.server.name.clone()]);
    }
    let guid = text.trim_matches(['{', '}']).parse::<Uuid>().ok();
    if guid.is_some() || text.contains('.') {
        for name in draft.server_names()? {
            let Some(host) = draft.host(&name)? else { continue };
            if host.server.fqdn.eq_ignore_ascii_case(text)
                || guid.is_some() && host.server.metadata.guid == guid
            {
                return Ok(vec![name]);
            }
        }
    }
    Ok(Vec::new())
}
