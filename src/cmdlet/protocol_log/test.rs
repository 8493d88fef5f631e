//! Test-ProtocolLog: real sessions held against the rules, and what differs by kinds.

use super::organization::Organization;
use super::result::Tally;
use super::scope::Scope;
use super::{against, names, params, result};
use crate::answer::{Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::effective_access::shown;
use crate::cmdlet::transaction::{BeginLogs, Draft, LogFiles, LogsRead, Outcome, SessionHandler};
use crate::manual::{Example, Exclusion, Help};
use crate::param::Verb;
use crate::protocol_log::Session;

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Test,
    noun: "ProtocolLog",
    synopsis: "Decide logged sessions again, and show where the rules and the logs differ",
    help: Help::new(
        "Decides each session of receive protocol logs again with the connectors, access lists and accepted domains of the store, and compares which connector answers, the keywords after EHLO, the permissions and each reply; where another connector answers than the logged one, it shows what that one replies; what comes out otherwise is one row a kind, with a session as an example and the Test-DataPath line that tries it. NotDecidable is what the store does not know, such as the groups of an account, and Outside what no setting of a connector decides, such as a recipient that does not exist. It exits with 3 when something differs: the store is not what the server has, or the rules are wrong; and with 4 when nothing could be compared. With -Against it shows instead which of these sessions come out otherwise now than as of that revision: another connector answers, mail is refused, accepted, or relayed.",
        &[
            Example::new("test-protocollog logs", "Holds the sessions of a folder against the store."),
            Example::new("test-protocollog logs -Differences -Output json", "Shows what differs alone, for a script."),
        ],
    )
    .columns(|| result::COLUMNS.into_iter().chain(against::COLUMNS).collect()),
    params: || params::of(Verb::Test),
    effect: Effect::Reads,
    excludes: || vec![Exclusion::new(&params::AGAINST, [&params::DIFFERENCES])],
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
    params::period(&call.args)?;
    let (paths, args) = (call.args.texts(&params::PATH), call.args.clone());
    let begin: BeginLogs = if args.has(&params::AGAINST) {
        |args, draft| names::begun(args, draft, against::begin)
    } else {
        |args, draft| names::begun(args, draft, begin)
    };
    let logs = LogFiles { parameter: params::PATH.name, paths, args, begin };
    Ok(Outcome { logs: Some(logs), ..Outcome::default() })
}

fn begin(args: &Args, draft: &mut Draft<'_>) -> Result<Box<dyn SessionHandler>, Problem> {
    let only_differences = args.flag(&params::DIFFERENCES) == Some(true);
    Ok(Box::new(Replaying {
        scope: Scope::of(args)?,
        organization: Organization::of(draft)?,
        tally: Tally::new(params::sample(args), only_differences),
    }))
}

/// Who decides sessions again.
struct Replaying {
    scope: Scope,
    organization: Organization,
    tally: Tally,
}

impl SessionHandler for Replaying {
    fn session(&mut self, session: &Session, draft: &mut Draft<'_>) -> Result<Vec<Object>, Problem> {
        let Some(facts) = self.scope.facts(session)? else { return Ok(Vec::new()) };
        let Some(laid) = self.organization.server(session.server(), draft)? else {
            self.tally.unknown_server(session);
            return Ok(Vec::new());
        };
        let policy = self.organization.policy_for(&facts, draft)?;
        let replay = laid.model(policy, |model| model.replay(session, &facts));
        let server = &laid.host.server.name;
        self.tally.add(session, &replay, |client| shown::line(server, client));
        Ok(Vec::new())
    }

    fn end(&mut self, read: &LogsRead, _: &mut Draft<'_>) -> Result<Outcome, Problem> {
        self.tally.outcome(read)
    }
}
