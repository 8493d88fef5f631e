//! Names of servers and connectors on a line that no log has, and the session that it asks for: as for any object that is
//! not there, exit 4. A wildcard may match nothing.

use std::collections::BTreeSet;

use super::sought::Sought;
use super::{anonymous, params};
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::not_found::{nearest, no_server, not_found};
use crate::cmdlet::transaction::{BeginLogs, Draft, LogsRead, Outcome, SessionHandler};
use crate::connector::ProtocolLoggingLevel;
use crate::param::Param;
use crate::powershell::quote;
use crate::protocol_log::Session;
use crate::text::{Wildcard, is_wild};

/// The most names of logs that are kept for a message.
const MOST_KEPT: usize = 1_000;
/// The most names that a message lists.
const MOST_SHOWN: usize = 4;

/// A name without wildcards, and whether a session had it.
struct Named {
    typed: String,
    pattern: Wildcard,
    is_found: bool,
}

/// The names of one parameter.
struct Names {
    param: &'static Param,
    /// What they are names of.
    what: &'static str,
    all: Vec<Named>,
    /// Names that sessions had.
    seen: BTreeSet<String>,
}

impl Names {
    fn of(typed: Vec<String>, param: &'static Param, what: &'static str) -> Self {
        let literal = typed.into_iter().filter(|typed| !is_wild(typed));
        let named = |typed: String| Named { pattern: Wildcard::new(&typed), typed, is_found: false };
        Names { param, what, all: literal.map(named).collect(), seen: BTreeSet::new() }
    }

    /// Notes a name that a session has, in each of its forms.
    fn note(&mut self, forms: &[&str]) {
        for one in &mut self.all {
            one.is_found |= forms.iter().any(|form| one.pattern.matches(form));
        }
        if let [name, ..] = forms
            && self.seen.len() < MOST_KEPT
            && !self.seen.contains(*name)
        {
            self.seen.insert((*name).to_owned());
        }
    }

    /// The first name that no session had.
    fn lost(&self) -> Option<&str> {
        self.all.iter().find(|one| !one.is_found).map(|one| one.typed.as_str())
    }

    /// What is said of it.
    fn missing(&self) -> Option<Problem> {
        let typed = self.lost()?;
        let mut shown: Vec<&str> = self.seen.iter().take(MOST_SHOWN).map(String::as_str).collect();
        let more = self.seen.len() - shown.len();
        let last = if more > 0 { format!("{more} more") } else { shown.pop()?.to_owned() };
        let have = if shown.is_empty() { last } else { format!("{} and {last}", shown.join(", ")) };
        let message = format!("no session of {} `{typed}` is in these logs: they have {have}", self.what);
        let problem = Problem::new(Exit::NotFound, message).about(self.param.name);
        let lost = self.seen.iter().find(|name| name.replace('\\', "").eq_ignore_ascii_case(typed));
        let near = nearest(typed, self.seen.iter().map(String::as_str));
        Some(match (lost, near) {
            (Some(whole), _) if whole.contains('\\') => problem
                .hint(format!("the shell takes an unquoted backslash away; type {}", quote::bash(whole))),
            (_, Some(near)) => {
                problem.hint(format!("did you mean -{} {}?", self.param.name, quote::bash(near)))
            }
            _ => problem.hint(format!("leave -{} out, or name one that the logs have", self.param.name)),
        })
    }
}

/// Who looks for names in what another one takes.
struct Looking {
    servers: Names,
    connectors: Names,
    /// The servers of the line, with their wildcards: only their connectors are meant.
    meant: Vec<Wildcard>,
    /// The connector of the session before: most have the same one.
    last: String,
    sought: Option<Sought>,
    inner: Box<dyn SessionHandler>,
}

/// Begins what `begin` makes, with pseudonyms where the line says so: a name of the line that no session has is an error
/// in the end.
///
/// # Errors
/// What `begin` refuses, and files of the store that cannot be read.
pub fn begun(
    args: &Args,
    draft: &mut Draft<'_>,
    begin: BeginLogs,
) -> Result<Box<dyn SessionHandler>, Problem> {
    let inner = anonymous::begun(args, draft, begin)?;
    let servers = Names::of(params::servers(args), &params::SERVER, "server");
    let connectors = Names::of(args.texts(&params::IDENTITY), &params::IDENTITY, "connector");
    let sought = Sought::of(args)?;
    if servers.all.is_empty() && connectors.all.is_empty() && sought.is_none() {
        return Ok(inner);
    }
    let meant = params::servers(args).iter().map(|name| Wildcard::new(name)).collect();
    Ok(Box::new(Looking { servers, connectors, meant, last: String::new(), sought, inner }))
}

impl SessionHandler for Looking {
    fn session(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        if session.connector != self.last {
            self.last.clone_from(&session.connector);
            let server = session.server();
            self.servers.note(&[server]);
            if self.meant.is_empty() || self.meant.iter().any(|one| one.matches(server)) {
                self.connectors.note(&[&session.connector, session.connector_name()]);
            }
        }
        self.sought.as_mut().map_or(Ok(()), |sought| sought.note(session))?;
        self.inner.session(session, draft)
    }

    fn text(&mut self) -> String {
        self.inner.text()
    }

    fn end(&mut self, read: &LogsRead, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let of_connector = match self.connectors.lost() {
            Some(typed) => in_store_only(typed, draft)?.or_else(|| self.connectors.missing()),
            None => None,
        };
        let missing = self.servers.missing().or(of_connector);
        let missing = missing.or_else(|| self.sought.as_ref().and_then(Sought::missing));
        match missing.filter(|_| !read.interrupted) {
            Some(problem) => Err(problem),
            None => self.inner.end(read, draft),
        }
    }

    fn row(&mut self) -> Option<Object> {
        self.inner.row()
    }
}

/// What is said of a connector that the store has and the logs do not: its sessions are not logged, or there were none.
///
/// # Errors
/// Where its server's file cannot be read.
fn in_store_only(typed: &str, draft: &mut Draft<'_>) -> Result<Option<Problem>, Problem> {
    let Some((server, name)) = typed.split_once('\\') else { return Ok(None) };
    if draft.archive().is_none() {
        return Ok(None);
    }
    let Some(host) = draft.host(server)? else { return Ok(None) };
    let Some(connector) = host.connector(name) else { return Ok(None) };
    let whole = identity(&host.server.name, &connector.name);
    let problem = |message: String| Problem::new(Exit::NotFound, message).about(params::IDENTITY.name);
    Ok(Some(match connector.protocol_logging_level {
        ProtocolLoggingLevel::None => problem(format!(
            "no session of connector `{whole}` is in these logs: ProtocolLoggingLevel is None in the store, so they are not logged"
        ))
        .hint(format!(
            "exch set-receiveconnector {} -ProtocolLoggingLevel Verbose has them logged from then on, and so does the same line on the server",
            quote::bash(&whole)
        )),
        ProtocolLoggingLevel::Verbose => problem(format!(
            "no session of connector `{whole}` is in these logs: it logs its sessions, and none of them used it"
        ))
        .hint("with -Unused, measure-protocollog lists what no session used"),
    }))
}

/// Refuses names of the line that the store does not have, for what is asked of the store alone.
///
/// # Errors
/// Exit 4 for a server or connector that is not there, and files of the store that cannot be read.
pub fn in_store(args: &Args, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let servers = draft.server_names()?;
    let typed = params::servers(args);
    let is_there = |name: &&String| is_wild(name) || servers.iter().any(|one| one.eq_ignore_ascii_case(name));
    if let Some(name) = typed.iter().find(|name| !is_there(name)) {
        return Err(no_server(name, draft).about(params::SERVER.name));
    }
    let mut connectors = Names::of(args.texts(&params::IDENTITY), &params::IDENTITY, "connector");
    let meant: Vec<Wildcard> = typed.iter().map(|name| Wildcard::new(name)).collect();
    for name in servers.iter().filter(|name| meant.is_empty() || meant.iter().any(|one| one.matches(name))) {
        if connectors.all.iter().all(|one| one.is_found) {
            break;
        }
        let Some(host) = draft.host(name)? else { continue };
        for connector in &host.connectors {
            connectors.note(&[&format!("{name}\\{}", connector.name), &connector.name]);
        }
        draft.forget(name);
    }
    match connectors.all.iter().find(|one| !one.is_found) {
        Some(missing) => not_found(&missing.typed, draft).map(Err)?,
        None => Ok(()),
    }
}
