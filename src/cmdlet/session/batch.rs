//! Sessions row by row: each server laid out once, the organization read once, one short object a session.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::{client as session_client, params, policy, test as by_session};
use crate::answer::{Column, Exit, Object, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::session::answer::Answer;
use crate::cmdlet::shared::table_views::SESSION_ROW;
use crate::cmdlet::transaction::Draft;
use crate::cmdlet::transaction::batch::{InputRow, RowHandler, RowResult};
use crate::connector::Host;
use crate::param::{Argument, Kind, Param, Value};
use crate::session::{Client, Disposition, Layout, Outcome, Policy, Service};
use crate::text;

/// What parts the elements of a list in one cell: commas, and what lists are printed with.
const BETWEEN: [char; 2] = [',', '|'];

/// A server, laid out.
struct Laid {
    host: Arc<Host>,
    layout: Layout,
}

/// Who answers sessions.
struct Sessions {
    defaults: Args,
    servers: HashMap<String, Rc<Laid>>,
    policy: Option<Policy>,
    with_peers: Option<Policy>,
}

/// Begins to answer; the parameters of the line count where a row says nothing.
pub fn begin(defaults: Args) -> Box<dyn RowHandler> {
    Box::new(Sessions { defaults, servers: HashMap::new(), policy: None, with_peers: None })
}

/// The parameter that a column is named after.
fn param(column: &str) -> Result<&'static Param, Problem> {
    let named = |param: &&&'static Param| param.name.eq_ignore_ascii_case(column.trim());
    params::OF_SESSION.iter().find(named).copied().ok_or_else(|| {
        let message = format!("a session has no column `{}`", column);
        let problem = Problem::new(Exit::NotUnderstood, message);
        let names = params::OF_SESSION.iter().map(|param| param.name.to_owned());
        match text::nearest(column, names, text::LIKE) {
            Some(near) => problem.hint(format!("did you mean {near}?")),
            None => problem.hint(
                "columns are named as the parameters of Test-DataPath are: Server, RemoteIPAddress, RcptTo",
            ),
        }
    })
}

/// A row as a line would say it.
fn args(defaults: &Args, row: &InputRow) -> Result<Args, Problem> {
    let mut args = defaults.clone();
    for (column, texts) in row {
        let param = param(column)?;
        let parts =
            |text: &String| text.split(BETWEEN).map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        let texts: Vec<String> = match param.kind {
            Kind::List(_) => texts.iter().flat_map(parts).filter(|text| !text.is_empty()).collect(),
            _ => texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect(),
        };
        let value = match (param.kind, texts.as_slice()) {
            (_, []) => continue,
            (kind @ Kind::List(_), many) => {
                kind.parse_all(param.name, &many.iter().map(String::as_str).collect::<Vec<_>>())?
            }
            (Kind::Switch, [one]) => Kind::Bool.parse(param.name, one)?,
            (kind, [one]) => kind.parse(param.name, one)?,
            (_, _) => {
                return Err(session_client::refused(param, "several values, and it takes one", "one value"));
            }
        };
        args.take_back(|given| given.name == param.name);
        args.push(param, Argument::Set(value));
    }
    match by_session::needs(&args).first() {
        Some(missing) => Err(session_client::refused(
            missing.param,
            "is missing",
            format!("-{} on the line counts for every row", missing.param.name),
        )),
        None => Ok(args),
    }
}

impl Sessions {
    /// The server that a row is about, laid out the first time.
    fn server(&mut self, args: &Args, draft: &mut Draft<'_>) -> Result<Rc<Laid>, Problem> {
        let name = args.text(&params::SERVER).unwrap_or_default();
        if let Some(laid) = self.servers.get(&name) {
            return Ok(laid.clone());
        }
        let host = by_session::server(args, draft)?;
        let layout = Layout::new(&host);
        Ok(self.servers.entry(name).or_insert(Rc::new(Laid { host, layout })).clone())
    }

    /// What the organization knows, read when a session first needs it.
    fn known(&mut self, client: &Client, draft: &mut Draft<'_>) -> Result<&Policy, Problem> {
        let known = match self.policy.take() {
            Some(known) => known,
            None => policy::policy(draft)?,
        };
        let known = self.policy.insert(known);
        if !by_session::asks_for_peers(client) {
            return Ok(known);
        }
        let with_peers = match self.with_peers.take() {
            Some(with_peers) => with_peers,
            None => policy::with_peers(known.clone(), draft)?,
        };
        Ok(self.with_peers.insert(with_peers))
    }
}

impl RowHandler for Sessions {
    fn column(&self, name: &str) -> Result<(), Problem> {
        param(name).map(drop)
    }

    fn answer(&mut self, row: &InputRow, draft: &mut Draft<'_>) -> Result<RowResult, Problem> {
        let args = args(&self.defaults, row)?;
        session_client::check(&args)?;
        let laid = self.server(&args, draft)?;
        let client = session_client::client(&args, &laid.host, draft)?;
        let groups = args.texts(&params::MEMBER_OF);
        let known = self.known(&client, draft)?;
        let own = match &client.user {
            Some(user) if !groups.is_empty() => Some(policy::member_of(known.clone(), user, &groups, draft)?),
            _ => None,
        };
        Ok(answered(&args, &laid, &client, own.as_ref().unwrap_or(known)))
    }
}

/// The columns of a session of many.
pub static COLUMNS: [Column; 9] = [
    ("Server", "The server"),
    ("RemoteIPAddress", "The address that the client comes from"),
    ("MailFrom", "The envelope's sender"),
    ("RcptTo", "With -InputFile: the recipients"),
    ("Outcome", "Accepted, Partial (for some recipients), Rejected or Undecided"),
    ("Step", "The step of SMTP at which the session ends"),
    ("Code", "The three digits of the last reply"),
    ("Connector", "The connector that answers"),
    ("Reason", "With -InputFile: why it is not accepted, in one sentence"),
];

/// What comes of one session; its grounds are looked for only where it is not accepted.
fn answered(args: &Args, laid: &Laid, client: &Client, policy: &Policy) -> RowResult {
    let (host, layout): (&Host, _) = (&laid.host, &laid.layout);
    let service = Service::laid_out(host, policy, layout);
    let decision = service.decide(client);
    let accepted = decision.outcome == Outcome::Accepted;
    let verdict = (!accepted).then(|| service.grounds(client, decision));
    let answer = verdict.as_ref().map(|verdict| Answer {
        host,
        policy,
        client,
        verdict,
        notes: Vec::new(),
        subscribing: None,
        revision: None,
    });
    let outcome = Disposition::from(decision.outcome);
    let connector = decision.connector.and_then(|at| host.connectors.get(at));
    let connector =
        connector.map(|one| crate::cmdlet::receive_connector::shared::identity(&host.server.name, &one.name));
    let values = [
        Value::Text(host.server.name.clone()),
        Value::Text(client.remote.to_string()),
        Value::Text(client.mail_from.clone()),
        Value::texts(&client.recipients),
        Value::Choice(outcome.into()),
        Value::Text(answer.as_ref().map_or("end", Answer::step).to_owned()),
        decision.code().map_or(Value::Null, |code| Value::Int(code.into())),
        Value::optional(connector),
        Value::optional(answer.as_ref().map(Answer::sentence)),
    ];
    let expected = args.choice(&params::EXPECT).unwrap_or(Disposition::Accepted);
    RowResult {
        object: Object::result(&SESSION_ROW, &COLUMNS, values),
        outcome: outcome.into(),
        wanted: outcome == expected,
        expects: args.has(&params::EXPECT),
    }
}
