//! Sessions row by row: each server laid out once, the organization read once, one short object a session.

use std::collections::HashMap;
use std::ptr;
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

/// A cell of the row before, and what it says of the parameter that its column is named after.
struct Cell {
    column: Rc<str>,
    param: &'static Param,
    texts: Vec<String>,
    argument: Option<Argument>,
}

/// Who answers sessions. Most cells of a row are those of the row before: what came of them is kept.
struct Sessions {
    defaults: Args,
    cells: Vec<Cell>,
    /// What the line and the cells say.
    args: Args,
    /// The parameters of which they say something else than the row before.
    others: Vec<&'static Param>,
    /// The session of the row before; nothing where it was not understood.
    before: Option<(Rc<Laid>, Client)>,
    servers: HashMap<String, Rc<Laid>>,
    policy: Option<Policy>,
    with_peers: Option<Policy>,
}

/// Begins to answer; the parameters of the line count where a row says nothing.
pub fn begin(defaults: Args) -> Box<dyn RowHandler> {
    Box::new(Sessions {
        args: defaults.clone(),
        defaults,
        cells: Vec::new(),
        others: Vec::new(),
        before: None,
        servers: HashMap::new(),
        policy: None,
        with_peers: None,
    })
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

/// What a cell says; nothing for an empty one.
fn argument(param: &'static Param, texts: &[String]) -> Result<Option<Argument>, Problem> {
    let given = |text: &&str| !text.is_empty();
    let value = if let kind @ Kind::List(_) = param.kind {
        let parts = texts.iter().flat_map(|text| text.split(BETWEEN));
        let parts: Vec<&str> = parts.map(str::trim).filter(given).collect();
        if parts.is_empty() {
            return Ok(None);
        }
        kind.parse_all(param.name, &parts)?
    } else {
        let mut texts = texts.iter().map(|text| text.trim()).filter(given);
        match (texts.next(), texts.next()) {
            (None, _) => return Ok(None),
            (Some(one), None) if matches!(param.kind, Kind::Switch) => Kind::Bool.parse(param.name, one)?,
            (Some(one), None) => param.kind.parse(param.name, one)?,
            (Some(_), Some(_)) => {
                return Err(session_client::refused(param, "several values, and it takes one", "one value"));
            }
        }
    };
    Ok(Some(Argument::Set(value)))
}

impl Sessions {
    /// Makes the arguments what a line would say in place of the row.
    fn read(&mut self, row: &InputRow) -> Result<(), Problem> {
        self.others.clear();
        let is_column = |(cell, (column, _)): (&Cell, &(Rc<str>, _))| {
            Rc::ptr_eq(&cell.column, column) || cell.column == *column
        };
        if self.cells.len() != row.len() || !self.cells.iter().zip(row).all(is_column) {
            self.forget();
        }
        for (at, (column, texts)) in row.iter().enumerate() {
            if self.cells.len() == at {
                let (column, param) = (column.clone(), param(column)?);
                self.cells.push(Cell { column, param, texts: Vec::new(), argument: None });
            }
            let Some(cell) = self.cells.get_mut(at).filter(|cell| cell.texts != *texts) else { continue };
            cell.argument = argument(cell.param, texts)?;
            cell.texts.clone_from(texts);
            let param = cell.param;
            self.say(param);
        }
        Ok(())
    }

    /// Says of a parameter what the last column that is named after it has, else the line.
    fn say(&mut self, param: &'static Param) {
        let named = self.cells.iter().rev().filter(|cell| ptr::eq(cell.param, param));
        let said = named.filter_map(|cell| cell.argument.as_ref()).next();
        match said.or_else(|| self.defaults.get(param)) {
            Some(argument) => self.args.put(param, argument.clone()),
            None => _ = self.args.take_back(|given| given.name == param.name),
        }
        self.others.push(param);
    }

    /// Begins anew, as if there was no row before.
    fn forget(&mut self) {
        self.cells.clear();
        self.args.clone_from(&self.defaults);
        self.before = None;
    }

    /// The session that the arguments say.
    fn session(&mut self, draft: &mut Draft<'_>) -> Result<(Rc<Laid>, Client), Problem> {
        let before = self.before.take();
        if let Some(missing) = by_session::needs(&self.args).first() {
            return Err(session_client::refused(
                missing.param,
                "is missing",
                format!("-{} on the line counts for every row", missing.param.name),
            ));
        }
        let is_free = |param: &&Param| session_client::FREE.iter().any(|free| ptr::eq(*free, *param));
        if before.is_none() || !self.others.iter().all(is_free) {
            session_client::check(&self.args)?;
        }
        let Some((laid, mut client)) = before else {
            let laid = self.server(draft)?;
            let client = session_client::client(&self.args, &laid.host, draft)?;
            return Ok((laid, client));
        };
        let laid = if self.is_other(&params::SERVER) { self.server(draft)? } else { laid };
        session_client::change(&mut client, |param| self.is_other(param), &self.args, &laid.host, draft)?;
        Ok((laid, client))
    }

    /// Whether a parameter is another one than in the row before.
    fn is_other(&self, param: &Param) -> bool {
        self.others.iter().any(|other| ptr::eq(*other, param))
    }

    /// The server that a row is about, laid out the first time.
    fn server(&mut self, draft: &mut Draft<'_>) -> Result<Rc<Laid>, Problem> {
        let name = self.args.texts(&params::SERVER).join(",");
        if let Some(laid) = self.servers.get(&name) {
            return Ok(laid.clone());
        }
        let host = by_session::server(&self.args, draft)?;
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
        if let Err(problem) = self.read(row) {
            self.forget();
            return Err(problem);
        }
        let (laid, client) = self.session(draft)?;
        let expected = self.args.choice(&params::EXPECT);
        let groups = self.args.texts(&params::MEMBER_OF);
        let known = self.known(&client, draft)?;
        let own = match &client.user {
            Some(user) if !groups.is_empty() => Some(policy::member_of(known.clone(), user, &groups, draft)?),
            _ => None,
        };
        let known = own.as_ref().unwrap_or(known);
        let result = answered(expected, &laid, &client, known);
        self.before = Some((laid, client));
        Ok(result)
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
fn answered(expected: Option<Disposition>, laid: &Laid, client: &Client, policy: &Policy) -> RowResult {
    let (host, layout): (&Host, _) = (&laid.host, &laid.layout);
    let service = Service::laid_out(host, policy, layout);
    let decision = service.decide(client);
    let accepted = decision.outcome == Outcome::Accepted;
    let verdict = (!accepted).then(|| service.decisive(client, decision));
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
        Value::Address(client.remote),
        Value::Text(client.mail_from.clone()),
        Value::texts(&client.recipients),
        Value::Choice(outcome.into()),
        Value::Choice(answer.as_ref().map_or("end", Answer::step)),
        decision.code().map_or(Value::Null, |code| Value::Int(code.into())),
        Value::optional(connector),
        Value::optional(answer.as_ref().map(Answer::sentence)),
    ];
    RowResult {
        object: Object::result(&SESSION_ROW, &COLUMNS, values),
        outcome: outcome.into(),
        wanted: outcome == expected.unwrap_or(Disposition::Accepted),
        expects: expected.is_some(),
    }
}
