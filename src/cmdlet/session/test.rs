//! Test-DataPath for one SMTP session: the verdict of the rules with everything that made it.

use std::sync::Arc;

use super::{
    batch as session_rows, client as session_client, compare_revision, params, policy,
    report as session_telling, subscription,
};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::Missing;
use crate::cmdlet::receive_connector::relay_notice;
use crate::cmdlet::session::answer::Answer;
use crate::cmdlet::session::client::refused;
use crate::cmdlet::session::limits;
use crate::cmdlet::shared::identity;
use crate::cmdlet::shared::table_views::SESSION_SERVER;
use crate::cmdlet::transaction::batch::Batch;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::Host;
use crate::manual::Exclusion;
use crate::manual::{Document, ParameterSet};
use crate::param::{Argument, Param, Value};
use crate::session::{
    self, Client, Disposition, Mechanism, Policy, Refusal, Service, Verdict, failing_inbound,
};
use crate::text::is_wild;

/// What this way to call cannot do without.
static REQUIRED: [&Param; 2] = [&params::SERVER, &params::REMOTE];

/// The parameters of this way to call that no other has.
pub fn params() -> Vec<&'static Param> {
    let own = params::OF_SESSION.iter().copied().filter(|param| param.name != params::PORT.name);
    own.chain([&params::AGAINST, &params::INPUT_FILE]).collect()
}

/// Whether a line is about a session.
pub(crate) fn is_meant(args: &Args) -> bool {
    params().iter().any(|param| args.says(param))
}

/// A file of sessions is decided as the store is now.
pub fn excludes() -> Vec<Exclusion> {
    vec![Exclusion::new(&params::INPUT_FILE, [&params::AGAINST]), session_client::one_peer()]
}

/// This way to call.
pub fn set() -> ParameterSet {
    let purpose = "what becomes of an SMTP session with a server of the store";
    ParameterSet { switch: None, purpose, required: REQUIRED.to_vec(), gives: Vec::new() }
}

/// What is missing in a call of this form.
#[must_use]
pub fn needs(args: &Args) -> Vec<Missing> {
    if args.has(&params::INPUT_FILE) {
        return Vec::new();
    }
    REQUIRED.iter().filter(|param| !args.has(param)).map(|param| Missing::of(param)).collect()
}

/// A session with what is known of it, and what becomes of it.
pub struct Asked {
    host: Arc<Host>,
    policy: Policy,
    client: Client,
    verdict: Verdict,
    notes: Vec<String>,
    subscribing: Option<String>,
}

impl Asked {
    /// The session that `args` say, as `draft` has the store.
    ///
    /// # Errors
    /// Exit 2 for a session that cannot be, exit 4 where there is no such server.
    pub fn of(args: &Args, draft: &mut Draft<'_>) -> Result<Self, Problem> {
        let host = server(args, draft)?;
        let client = session_client::client(args, &host, draft)?;
        let policy = known(args, &client, draft)?;
        let verdict = Service::new(&host, &policy).verdict(&client);
        let mut notes = notes(&host, &client);
        notes.extend(domain_security(&host, &client, &policy, &verdict));
        notes.extend(limits::notes(&client, &policy, &verdict, draft)?);
        let subscribing = subscription::remedy(&host, &policy, &client, &verdict, draft)?;
        Ok(Asked { host, policy, client, verdict, notes, subscribing })
    }

    /// The answer; as of `revision`, where it is another than the line is about.
    pub fn answer(&self, revision: Option<String>) -> Answer<'_> {
        let Asked { host, policy, client, verdict, notes, subscribing } = self;
        let (notes, subscribing) = (notes.clone(), subscribing.clone());
        Answer { host, policy, client, verdict, notes, subscribing, revision }
    }
}

/// The server that the session arrives at.
///
/// # Errors
/// Exit 2 where several may be meant, exit 4 where there is none.
pub fn server(args: &Args, draft: &mut Draft<'_>) -> Result<Arc<Host>, Problem> {
    let names = args.texts(&params::SERVER);
    let name = names.first().cloned().unwrap_or_default();
    if names.len() > 1 || is_wild(&name) {
        let name = names.join(",");
        let why = format!("`{name}` may match several servers, and a session arrives at one");
        return Err(refused(&params::SERVER, &why, "exch get-exchangeserver lists every server"));
    }
    policy::server(&name, draft).map_err(|problem| problem.about(params::SERVER.name))
}

/// Organization data needed for the session; whose the remote address is only if no peer was given (P6).
fn known(args: &Args, client: &Client, draft: &mut Draft<'_>) -> Result<Policy, Problem> {
    let mut known = policy::policy(draft)?;
    if let Some(user) = &client.user {
        known = policy::member_of(known, user, &args.texts(&params::MEMBER_OF), draft)?;
    }
    if asks_for_peers(client) { policy::with_peers(known, draft) } else { Ok(known) }
}

/// Whether nothing but its address says which server the client is (P6).
pub(crate) fn asks_for_peers(client: &Client) -> bool {
    client.mechanism == Some(Mechanism::ExchangeServer) && client.peer.is_none()
}

/// What is not known, what was not asked, and which parameters have no effect.
fn notes(host: &Host, client: &Client) -> Vec<String> {
    let Host { server, .. } = host;
    let local = client.local.ip();
    let foreign = !server.addresses.is_empty() && !server.addresses.contains(&local);
    let no_roles = client.role.is_some() && !server.has_transport_roles();
    let (rcpt_to, role) = (&params::RCPT_TO, &params::ROLE);
    let notes = [
        foreign.then(|| {
            format!(
                "`{local}` is not an address of {} in the store; the session is assumed to arrive there",
                server.name
            )
        }),
        no_roles.then(|| format!("{} has no transport roles, so -{} has no effect", server.name, role.name)),
        client.recipients.is_empty().then(|| {
            format!("no recipient was given, so none was checked: use -{} {}", rcpt_to.name, rcpt_to.sample())
        }),
    ];
    notes.into_iter().flatten().collect()
}

/// The conditions of Domain Security that fail, where no reason names them and the line is about it: by a certificate, or
/// by a sender whose domain is on the list (P9).
fn domain_security(host: &Host, client: &Client, policy: &Policy, verdict: &Verdict) -> Option<String> {
    let connector = verdict.decision.connector.and_then(|at| host.connectors.get(at))?;
    let domain = client.mail_from.rsplit_once('@').map(|(_, domain)| domain)?;
    let decided = verdict.decision.outcome == session::Outcome::Rejected(Refusal::DomainSecurity);
    let meant = !decided && (!client.certificate.is_empty() || policy.is_receive_secure(domain));
    let failing = failing_inbound(connector, client, Some(domain), policy);
    if meant && failing.is_empty() {
        return Some(format!(
            "Domain Security holds for mail from {domain}; whether it does for mail to {domain} is a matter of Send connectors: exch test-datapath -DestinationDomain {domain}"
        ));
    }
    let conditions: Vec<&str> = failing.iter().map(Into::into).collect();
    (meant && !failing.is_empty())
        .then(|| format!("Domain Security does not hold (P9): {}", conditions.join("; ")))
}

/// Exit 0 for a session that is accepted, or comes out as -Expect says; else 3.
pub fn exit(args: &Args, answer: &Answer<'_>) -> Exit {
    let expected = args.choice(&params::EXPECT).unwrap_or(Disposition::Accepted);
    if answer.disposition() == expected { Exit::Done } else { Exit::No }
}

/// Answers, and with -Against reports what changed.
///
/// # Errors
/// Exit 2 for a line that says two things, exit 4 where the server or revision is not there.
pub fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let args = &call.args;
    if let Some(file) = args.text(&params::INPUT_FILE) {
        return rows(file, args);
    }
    session_client::check(args)?;
    let servers = args.texts(&params::SERVER);
    if servers.len() > 1 || servers.iter().any(|name| is_wild(name)) {
        return each(&servers, args, draft);
    }
    let asked = Asked::of(args, draft)?;
    let answer = asked.answer(None);
    let mut outcome = Outcome { exit: exit(args, &answer), ..Outcome::of(vec![answer.object()]) };
    let catch_all = asked.policy.domains.catch_all();
    outcome
        .warnings
        .extend(answer.connector().and_then(|one| relay_notice::warning(one, &asked.host, catch_all)));
    let expected: Option<Disposition> = args.choice(&params::EXPECT);
    if let Some(expected) = expected.filter(|_| outcome.exit != Exit::Done) {
        let (wanted, found): (&str, &str) = (expected.into(), answer.disposition().into());
        outcome.notices.push(format!("{wanted} was expected; the session is {}", found.to_lowercase()));
    }
    let mut report = session_telling::report(&answer);
    if let Some(revision) = args.text(&params::AGAINST) {
        compare_revision::add(&revision, args, draft, &mut outcome, &mut report)?;
    }
    outcome.document = Some(Document::Report(report));
    Ok(outcome)
}

/// The same session with each of several servers.
fn each(names: &[String], args: &Args, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    if args.has(&params::AGAINST) {
        let why = "it is asked of one session, and several servers are named";
        return Err(refused(&params::AGAINST, why, "name one server with -Server"));
    }
    let mut outcome = Outcome::default();
    let (mut takes, mut others) = (Vec::new(), Vec::new());
    let found = identity::all_servers(names, draft)?;
    if found.is_empty() {
        return Err(identity::no_match(names).about(params::SERVER.name));
    }
    for server in found {
        let mut own = args.clone();
        own.put(&params::SERVER, Argument::Set(Value::List(vec![Value::Text(server.clone())])));
        let asked = match Asked::of(&own, draft) {
            Ok(asked) => asked,
            // Another server may have what this one does not have: an address of the family, say.
            Err(problem) if problem.exit == Exit::NotUnderstood => {
                outcome.notices.push(format!("{server} was not asked: {}", problem.message));
                others.push(server);
                continue;
            }
            Err(problem) => return Err(problem),
        };
        let answer = asked.answer(None);
        let is_wanted = exit(args, &answer) == Exit::Done;
        if is_wanted { &mut takes } else { &mut others }.push(server);
        let mut object = answer.object();
        object.shape = &SESSION_SERVER;
        outcome.objects.push(object);
    }
    let expected: Disposition = args.choice(&params::EXPECT).unwrap_or(Disposition::Accepted);
    let wanted: &str = expected.into();
    let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    outcome.notices.push(format!("{wanted}: {}; not: {}", list(&takes), list(&others)));
    if !others.is_empty() {
        outcome.exit = Exit::No;
    }
    Ok(outcome)
}

/// Many sessions: what the line says beside the file counts where a row says nothing.
fn rows(file: String, args: &Args) -> Result<Outcome, Problem> {
    let mut defaults = args.clone();
    defaults.take_back(|given| given.name == params::INPUT_FILE.name);
    let rows = Batch { parameter: params::INPUT_FILE.name, file, defaults, begin: session_rows::begin };
    Ok(Outcome { rows: Some(rows), ..Outcome::default() })
}
