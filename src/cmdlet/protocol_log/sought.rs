//! The one session that a line asks for. Where the logs have it and something else on the line leaves it out, that is
//! said: whoever takes it for lost looks for other logs.

use super::params;
use super::period::{asked_for, moment};
use super::scope::Scope;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::shared::common_params::FILTER;
use crate::param::Param;
use crate::powershell::quote;
use crate::protocol_log::Session;

/// What leaves sessions out, beside the time.
static OTHERS: [&Param; 6] =
    [&params::SERVER, &params::IDENTITY, &params::REMOTE, &params::USER, &params::OUTCOME, &FILTER];

/// The session.
pub struct Sought {
    id: String,
    scope: Scope,
    /// The logs, as they are typed.
    paths: String,
    /// What else the line says.
    others: Vec<String>,
    is_found: bool,
    /// Its beginning where the logs have it and it is left out, and whether that is in the time that is asked for.
    left_out: Option<(i64, bool)>,
}

impl Sought {
    /// The session that the line asks for, where it asks for one.
    ///
    /// # Errors
    /// Those of [`Scope::of`].
    pub fn of(args: &Args) -> Result<Option<Self>, Problem> {
        let Some(id) = args.text(&params::SESSION_ID) else { return Ok(None) };
        let others = OTHERS.iter().filter(|param| args.has(param)).map(|param| format!("-{}", param.name));
        let others = others.collect();
        let paths =
            args.texts(&params::PATH).iter().map(|path| quote::bash(path)).collect::<Vec<_>>().join(" ");
        Ok(Some(Sought { id, scope: Scope::of(args)?, paths, others, is_found: false, left_out: None }))
    }

    /// Notes a session.
    ///
    /// # Errors
    /// Those of [`Scope::facts`].
    pub fn note(&mut self, session: &Session) -> Result<(), Problem> {
        if self.is_found || !self.id.eq_ignore_ascii_case(&session.id) {
            return Ok(());
        }
        self.is_found = self.scope.facts(session)?.is_some();
        self.left_out.get_or_insert((session.start(), self.scope.has_time(session)));
        Ok(())
    }

    /// What is said where no such session is meant.
    pub fn missing(&self) -> Option<Problem> {
        let id = &self.id;
        if self.is_found {
            return None;
        }
        let problem = |message: String| Problem::new(Exit::NotFound, message).about(params::SESSION_ID.name);
        Some(match (self.left_out, asked_for(self.scope.period())) {
            (Some((start, false)), Some(when)) => problem(format!(
                "session `{id}` began at {}, and the line asks for those {when}",
                moment(start)
            ))
            .hint("leave -Since and -Until out"),
            (Some((start, _)), _) => {
                let others = self.others.join(" and ");
                problem(format!("session `{id}` began at {}, and is left out by {others}", moment(start)))
                    .hint(format!("leave {others} out"))
            }
            (None, _) => problem(format!("no session `{id}` is in these logs"))
                .hint(format!("exch get-protocollog {} -Output name lists the identifiers", self.paths)),
        })
    }
}
