//! Get-ProtocolLog: the sessions of receive logs as objects, or one as a dialogue.

use super::columns::{Read, columns, object};
use super::dialogue;
use super::params;
use super::scope::Scope;
use crate::answer::{Exit, Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, Effect, nothing_more};
use crate::cmdlet::transaction::{Draft, LogFiles, LogsRead, Outcome, SessionHandler};
use crate::manual::{Document, Example, Help, Report};
use crate::param::{Param, Verb};
use crate::protocol_log::{Facts, Session};

/// The cmdlet.
pub static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "ProtocolLog",
    synopsis: "Show the sessions of receive protocol logs",
    help: Help::new(
        "Reads the receive protocol logs of any Exchange version since 2007 and shows their sessions, one object each: who came, which connector answered, what was offered, said and refused. A session that begins in one file and ends in the next one is one session. With -SessionId it shows one session line by line. Times are UTC, as in the logs.",
        &[
            Example::new("get-protocollog logs", "Shows every session of the logs in a folder."),
            Example::new("get-protocollog logs -Outcome Refused", "Shows the sessions in which something was refused and no message accepted."),
            Example::new("get-protocollog logs -SessionId 08DF000000000002", "Shows one session line by line."),
        ],
    )
    .columns(columns),
    params,
    effect: Effect::Reads,
    needs: nothing_more,
    run,
};

fn params() -> Vec<&'static Param> {
    vec![
        &params::PATH,
        &params::SESSION_ID,
        &params::SERVER,
        &params::IDENTITY,
        &params::SINCE,
        &params::UNTIL,
        &params::REMOTE,
        &params::USER,
        &params::OUTCOME,
    ]
}

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let paths = call.args.texts(&params::PATH);
    let args = call.args.clone();
    let logs = LogFiles { parameter: params::PATH.name, paths, args, begin };
    Ok(Outcome { logs: Some(logs), ..Outcome::default() })
}

fn begin(args: &Args, _: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    let id = args.text(&params::SESSION_ID);
    Ok(Box::new(Sessions { scope: Scope::of(args), id, found: 0, reports: Vec::new(), objects: Vec::new() }))
}

/// Who shows sessions.
struct Sessions {
    scope: Scope,
    id: Option<String>,
    found: u64,
    reports: Vec<Report>,
    /// Objects of the sessions that have a report.
    objects: Vec<Object>,
}

impl SessionHandler for Sessions {
    fn session(&mut self, session: &Session, _: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        if !self.scope.has(session) {
            return Ok(Vec::new());
        }
        let facts = Facts::of(session);
        if !self.scope.has_facts(session, &facts) {
            return Ok(Vec::new());
        }
        self.found += 1;
        let read = Read { session, facts: &facts };
        if self.id.is_some() {
            self.reports.push(dialogue::report(&read));
            self.objects.push(object(&read));
            return Ok(Vec::new());
        }
        Ok(vec![object(&read)])
    }

    fn end(&mut self, read: &LogsRead, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut outcome = Outcome::default();
        if let Some(id) = &self.id {
            if self.found == 0 && !read.interrupted {
                let message = format!("no session `{}` is in these logs", id.escape_debug());
                return Err(Problem::new(Exit::NotFound, message)
                    .hint("exch get-protocollog PATH -Output name lists the identifiers")
                    .about(params::SESSION_ID.name));
            }
            if self.found == 1 {
                outcome.document = self.reports.pop().map(Document::Report);
            } else {
                let sentence = "several sessions have this identifier: -Identity names the connector, and -Output list shows all";
                outcome.notices.push(sentence.to_owned());
            }
            outcome.objects = std::mem::take(&mut self.objects);
        } else if self.found == 0 {
            outcome.notices.push(format!("none of {} sessions matches", read.sessions));
        }
        Ok(outcome)
    }
}
