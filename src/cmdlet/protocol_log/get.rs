//! Get-ProtocolLog: the sessions of receive logs as objects, or one as a dialogue.

use super::columns::{Read, columns, object};
use super::period::covering;
use super::scope::Scope;
use super::{dialogue, names, params};
use crate::answer::{Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::shared::common_params;
use crate::cmdlet::transaction::{Draft, LogFiles, LogsRead, Outcome, SessionHandler};
use crate::manual::{Document, Example, Exclusion, Help, Report};
use crate::param::{Verb, Version};
use crate::protocol_log::{Session, header, lines};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "ProtocolLog",
    synopsis: "Show the sessions of receive protocol logs",
    help: Help::new(
        "Reads the receive protocol logs of any Exchange version since 2007 and shows their sessions, one object each: who came, which connector answered, what was offered, said and refused. A session that begins in one file and ends in the next one is one session; times are UTC, as in the logs. With -SessionId it shows one session line by line, and with -AsLog the sessions as a log again. -Anonymize puts pseudonyms in place of clients, accounts and mailboxes: such an excerpt can be shown to others, and Test-ProtocolLog decides it as it does the log.",
        &[
            Example::new("get-protocollog logs", "Shows every session of the logs in a folder."),
            Example::new("get-protocollog logs -Outcome Refused", "Shows the sessions in which something was refused and no message accepted."),
            Example::new("get-protocollog logs -SessionId 08DF000000000002", "Shows one session line by line."),
            Example::new(
                "get-protocollog logs -SessionId 08DF000000000002 -AsLog -Anonymize",
                "Prints one session as an excerpt that can be shown to others.",
            ),
        ],
    )
    .columns(columns),
    params: || params::of(Verb::Get),
    effect: Effect::Reads,
    excludes: || vec![Exclusion::new(&params::AS_LOG, [&common_params::OUTPUT, &common_params::PROPERTY])],
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let paths = call.args.texts(&params::PATH);
    let args = call.args.clone();
    params::period(&args)?;
    let begin = |args: &Args, draft: &mut Draft<'_>| names::begun(args, draft, begin);
    let logs = LogFiles { parameter: params::PATH.name, paths, args, begin };
    Ok(Outcome { logs: Some(logs), ..Outcome::default() })
}

fn begin(args: &Args, _: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    let id = args.text(&params::SESSION_ID);
    let log = (args.flag(&params::AS_LOG) == Some(true)).then(String::new);
    Ok(Box::new(Sessions {
        scope: Scope::of(args)?,
        id,
        log,
        headed: None,
        found: 0,
        reports: Vec::new(),
        objects: Vec::new(),
    }))
}

/// Who shows sessions.
struct Sessions {
    scope: Scope,
    id: Option<String>,
    /// Lines to print, where they are printed as a log.
    log: Option<String>,
    /// The version that the last header says, where one was printed.
    headed: Option<Option<Version>>,
    found: u64,
    reports: Vec<Report>,
    /// Objects of the sessions that have a report.
    objects: Vec<Object>,
}

impl SessionHandler for Sessions {
    fn session(&mut self, session: &Session, _: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        let Some(facts) = self.scope.facts(session)? else { return Ok(Vec::new()) };
        self.found += 1;
        if let Some(log) = &mut self.log {
            if self.headed != Some(session.version) {
                self.headed = Some(session.version);
                log.push_str(&header(session));
            }
            log.push_str(&lines(session));
            return Ok(Vec::new());
        }
        let read = Read { session, facts: &facts };
        if self.id.is_some() {
            self.reports.push(dialogue::report(&read));
            self.objects.push(object(&read));
            return Ok(Vec::new());
        }
        Ok(vec![object(&read)])
    }

    fn text(&mut self) -> String {
        self.log.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn end(&mut self, read: &LogsRead, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut outcome = Outcome::default();
        if let Some(id) = &self.id {
            // Where all logs were read, that is an error, and it is reported already.
            if self.found == 0 {
                outcome.notices.push(format!("session `{id}` was not found in the part that was read"));
            } else if self.found == 1 {
                outcome.document = self.reports.pop().map(Document::Report);
            } else if self.log.is_none() {
                let sentence = "several sessions have this identifier: -Identity names the connector, and -Output list shows all";
                outcome.notices.push(sentence.to_owned());
            }
            outcome.objects = std::mem::take(&mut self.objects);
        } else if self.found == 0 {
            outcome.notices.push(format!("none of {} sessions matches{}", read.sessions, covering(read)));
        }
        Ok(outcome)
    }
}
