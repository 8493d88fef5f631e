//! Test-SmtpConnectivity: connections to the bindings of a server, and where it answers otherwise than the store (D11).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{params, policy};
use jiff::Timestamp;

use crate::answer::{Column, Exit, Object, Problem, TableView, cells};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::receive_connector::shared::identity as joined;
use crate::cmdlet::shared::identity;
use crate::cmdlet::shared::timeout::{TIMEOUT, timeout};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::connector::{Host, ReceiveConnector};
use crate::live::{Envelope, Expected, Place, Request, Seen, Smtp, Status, Step, differences};
use crate::manual::{Example, Help};
use crate::net::Binding;
use crate::param::{Completes, Group, Kind, Param, Value, Verb, param};
use crate::session::{Client, Policy, Service, Tls, Verdict, replies};

const TEST: &[Verb] = &[Verb::Test];

static IDENTITY: Param = param(
    "Identity",
    Kind::List(&Kind::Identity),
    "The servers, by name or with a wildcard. Default: the one that EXCH_SERVER names",
)
.on(TEST)
.position(1, TEST)
.completes(Completes::Server)
.group(Group::Identity);
static RELAY_CHECK: Param = param(
    "RelayCheck",
    Kind::Text,
    "A recipient that is tried up to RCPT TO, from -MailFrom; no message is sent",
)
.on(TEST)
.group(Group::Other)
.example("someone@example.com");
static TLS: Param = param(
    "Tls",
    Kind::Choice(&["None", "StartTls"]),
    "StartTls goes on in TLS where the server offers STARTTLS, and shows its certificate; None stays in plain text",
)
.on(TEST)
.group(Group::Security)
.default("StartTls");
static RESULT: TableView = TableView::new(
    "SmtpConnectivity",
    &["Server", "ReceiveConnector", "Binding", "EndPoint", "StatusCode", "Details"],
    "ReceiveConnector",
);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Test,
    noun: "SmtpConnectivity",
    synopsis: "Connect to each binding of a server, and compare its answers with the store",
    help: Help::new(
        "Connects from this machine to every binding of the enabled Receive connectors of a server, sends EHLO, goes on in TLS where STARTTLS is offered, and leaves with QUIT. StatusCode and Details are those of the product: Success, UnableToConnect, TransientError, PermanentError, or ExternalError for a server that closes, is silent or does not speak SMTP. AnsweredBy is the connector that answers this machine as the store has it, and Differences is what the server says otherwise: its banner, keywords after EHLO before TLS and in it, a certificate that has expired or does not name the connector's Fqdn, and with -RelayCheck whether a recipient is taken. It exits with 3 when a connection fails or something differs; CertificateChain, whether the roots of this machine lead to the certificate, changes no exit code.",
        &[
            Example::new("test-smtpconnectivity HUB01", "Connects to every binding of a server."),
            Example::new(
                "test-smtpconnectivity HUB01 -RelayCheck 'someone@example.com' -MailFrom 'app1@contoso.com' -Output list",
                "Shows whether this machine can relay, up to RCPT TO.",
            ),
            Example::new(
                "test-smtpconnectivity HUB01 -Output list -Property EndPoint,'Certificate*'",
                "Shows which certificate each binding has, and until when.",
            ),
        ],
    )
    .columns(|| [&COLUMNS[..], &TLS_COLUMNS, &LAST_COLUMNS].concat()),
    params: || vec![&IDENTITY, &RELAY_CHECK, &params::MAIL_FROM, &params::HELO, &TLS, &TIMEOUT],
    effect: Effect::Reads,
    run,
    ..DEFAULTS
};

/// Its columns.
static COLUMNS: [Column; 8] = [
    ("Server", "The server"),
    ("ReceiveConnector", "The connector that has the binding"),
    ("Binding", "The binding, as the connector has it"),
    ("EndPoint", "The address and port that was connected to"),
    ("StatusCode", "Success, UnableToConnect, TransientError, PermanentError or ExternalError"),
    ("Details", "The greeting or the reply that refused, else what went wrong"),
    ("AnsweredBy", "The connector that answers this machine there, as the store has it"),
    ("Keywords", "The keywords after EHLO, as the server sent them"),
];

/// Those of TLS.
static TLS_COLUMNS: [Column; 9] = [
    ("TlsProtocol", "The version of TLS that was negotiated: TLS 1.2 or TLS 1.3"),
    ("TlsCipherSuite", "The cipher suite"),
    ("KeywordsInTls", "The keywords after EHLO in TLS"),
    ("CertificateSubject", "Whom the server's certificate is for"),
    ("CertificateIssuer", "Who signed it"),
    ("CertificateNames", "Its DNS names and addresses"),
    ("CertificateNotBefore", "From when it is valid"),
    ("CertificateNotAfter", "Until when it is valid"),
    (
        "CertificateChain",
        "By the roots of this machine: Trusted, SelfSigned, UnknownIssuer, NoRoots, or what is wrong",
    ),
];

/// The last ones.
static LAST_COLUMNS: [Column; 2] = [
    ("RelayReply", "The reply to the recipient of -RelayCheck, or to its sender"),
    ("Differences", "What the server says otherwise than the store's connector would"),
];

/// One connection: of which server and connector, for which binding.
struct Probe {
    host: Arc<Host>,
    connector: usize,
    binding: String,
    request: usize,
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    check(&call.args)?;
    let (mut requests, mut probes) = (Vec::new(), Vec::new());
    for name in names(call, draft)? {
        let Some(host) = draft.host(&name)? else { continue };
        plan(&host, call, &mut requests, &mut probes);
    }
    if probes.is_empty() {
        return Err(Problem::new(Exit::NotFound, "these servers have no enabled Receive connector")
            .hint("exch get-receiveconnector lists them"));
    }
    let policy = policy::policy(draft)?;
    let seen = (call.context.dial)(&requests);
    let (mut objects, mut notices, mut exit) = (Vec::new(), Vec::new(), Exit::Done);
    for probe in &probes {
        let (Some(request), Some(seen)) = (requests.get(probe.request), seen.get(probe.request)) else {
            continue;
        };
        let expected = expectation(probe, request, seen, &policy);
        let differing = expected.as_ref().map(|one| compared(seen, one)).unwrap_or_default();
        if seen.status() != Status::Success || !differing.is_empty() {
            exit = Exit::No;
        }
        let connector = joined(&probe.host.server.name, &connector(probe).name);
        notices.extend(differing.iter().map(|one| format!("`{connector}` at {}: {one}", end(request, seen))));
        objects.push(object(probe, (request, seen), expected.as_ref(), differing));
    }
    Ok(Outcome { exit, notices, ..Outcome::of(objects) })
}

/// What is said to a server is one word each, so that no line of it is a command of its own.
fn check(args: &Args) -> Result<(), Problem> {
    let refused = |param: &Param, text: &str, hint: &str| {
        let message = format!("parameter {}: `{}` cannot be sent", param.name, text.escape_debug());
        Err(Problem::new(Exit::NotUnderstood, message).hint(hint).about(param.name))
    };
    let is_word =
        |text: &str| text.chars().all(|c| !c.is_control() && !c.is_whitespace() && !"<>".contains(c));
    if let Some(helo) = args.text(&params::HELO).filter(|helo| !is_word(helo)) {
        return refused(&params::HELO, &helo, "-Helo mail.contoso.com");
    }
    let is_address = |text: &String| is_word(text) && text.contains('@');
    if let Some(sender) =
        args.text(&params::MAIL_FROM).filter(|sender| !sender.is_empty() && !is_address(sender))
    {
        return refused(&params::MAIL_FROM, &sender, "-MailFrom 'app1@contoso.com', or leave it out for <>");
    }
    match args.text(&RELAY_CHECK).filter(|recipient| !is_address(recipient)) {
        Some(recipient) => refused(&RELAY_CHECK, &recipient, "-RelayCheck 'someone@example.com'"),
        None => Ok(()),
    }
}

/// The servers that are meant.
fn names(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let typed = call.args.texts(&IDENTITY);
    match (typed.as_slice(), &call.context.local_server) {
        ([], Some(local)) => identity::servers(local, draft),
        ([], None) => {
            let message = "parameter Identity: no server was named, and EXCH_SERVER names none";
            Err(Problem::new(Exit::NotUnderstood, message)
                .hint("exch test-smtpconnectivity SERVER; '*' is every server")
                .about(IDENTITY.name))
        }
        (typed, _) => identity::all_servers(typed, draft).map_err(|problem| problem.about(IDENTITY.name)),
    }
}

/// The connections to the bindings of a server, each place once.
fn plan(host: &Arc<Host>, call: &Call<'_>, requests: &mut Vec<Request>, probes: &mut Vec<Probe>) {
    for (at, connector) in host.connectors.iter().enumerate().filter(|(_, connector)| connector.enabled) {
        let mut met = BTreeSet::new();
        for binding in &connector.bindings {
            for place in places(host, binding) {
                let name = replies::name(connector, &host.server);
                let request = request(place, binding.port(), name, call);
                let same = |one: &Request| one.place == request.place && one.port == request.port;
                let index = requests.iter().position(same).unwrap_or(requests.len());
                if index == requests.len() {
                    requests.push(request);
                }
                // Both wildcards lead to one name where the store knows no address.
                if met.insert(index) {
                    let binding = binding.to_string();
                    probes.push(Probe { host: Arc::clone(host), connector: at, binding, request: index });
                }
            }
        }
    }
}

/// Where a binding listens: its address, of a wildcard those of the server, else the server's name.
fn places(host: &Host, binding: &Binding) -> Vec<Place> {
    let endpoint = binding.endpoint();
    if !binding.is_wildcard() {
        return vec![Place::Address(endpoint.ip())];
    }
    if host.server.addresses.is_empty() {
        return vec![Place::Name(host.server.fqdn.clone())];
    }
    let own = host.server.addresses.iter().filter(|address| address.is_ipv4() == endpoint.is_ipv4());
    own.copied().map(Place::Address).collect()
}

fn request(place: Place, port: u16, name: &str, call: &Call<'_>) -> Request {
    let args = &call.args;
    let envelope = args
        .text(&RELAY_CHECK)
        .map(|rcpt_to| Envelope { mail_from: args.text(&params::MAIL_FROM).unwrap_or_default(), rcpt_to });
    let helo = args.text(&params::HELO).unwrap_or_else(|| "client".to_owned());
    let plain = args.choice(&TLS) == Some(Tls::None);
    let tls_name = (!plain).then(|| name.to_owned());
    let timeout = timeout(args);
    let smtp = Some(Smtp { helo, tls_name, now: call.context.now.get(), envelope });
    Request { place, port, timeout, smtp }
}

/// What the store says of a session.
struct Model {
    connector: Option<String>,
    banner: String,
    name: String,
    verdict: Verdict,
    now: Timestamp,
}

/// What the store says of the session that was seen; nothing where none was.
fn expectation(probe: &Probe, request: &Request, seen: &Seen, policy: &Policy) -> Option<Model> {
    let smtp = request.smtp.as_ref()?;
    let mut client = Client::new(seen.own?, seen.endpoint?);
    client.helo = Some(smtp.helo.clone()).filter(|helo| !helo.is_empty());
    if let Some(envelope) = &smtp.envelope {
        client.mail_from.clone_from(&envelope.mail_from);
        client.recipients = vec![envelope.rcpt_to.clone()];
    }
    let host = &probe.host;
    let service = Service::new(host, policy);
    let mut verdict = service.verdict(&client);
    let offers_tls = offered(&verdict, Tls::None).iter().any(|keyword| keyword == "STARTTLS");
    if seen.tls.is_some() && offers_tls {
        client.tls = Tls::StartTls;
        verdict = service.verdict(&client);
    }
    let connector = verdict.decision.connector.and_then(|at| host.connectors.get(at));
    let name = connector.map(|one| replies::name(one, &host.server)).unwrap_or_default().to_owned();
    // The greeting up to its date.
    let banner = connector.map(|one| replies::banner(&one.banner, &name, "").trim_end().to_owned());
    let connector = connector.map(|one| one.name.clone());
    Some(Model { connector, banner: banner.unwrap_or_default(), name, verdict, now: smtp.now })
}

/// The keywords that the store's connector offers.
fn offered(verdict: &Verdict, tls: Tls) -> &[String] {
    let found = verdict.keywords.iter().find(|(own, _)| *own == tls);
    found.map(|(_, keywords)| keywords.as_slice()).unwrap_or_default()
}

fn compared(seen: &Seen, model: &Model) -> Vec<String> {
    let in_tls = model.verdict.keywords.iter().find(|(own, _)| *own == Tls::StartTls);
    let expected = Expected {
        connector: model.connector.as_deref(),
        banner: model.banner.clone(),
        name: &model.name,
        keywords: offered(&model.verdict, Tls::None).to_vec(),
        keywords_in_tls: in_tls.map(|(_, keywords)| keywords.clone()),
        verdict: &model.verdict,
    };
    differences(seen, &expected, model.now)
}

fn connector(probe: &Probe) -> &ReceiveConnector {
    &probe.host.connectors[probe.connector]
}

/// The address and port, or the name where it has none.
fn end(request: &Request, seen: &Seen) -> String {
    match (&seen.endpoint, &request.place) {
        (Some(endpoint), _) => endpoint.to_string(),
        (None, Place::Address(address)) => std::net::SocketAddr::new(*address, request.port).to_string(),
        (None, Place::Name(name)) => format!("{name}:{}", request.port),
    }
}

fn object(
    probe: &Probe,
    (request, seen): (&Request, &Seen),
    model: Option<&Model>,
    differing: Vec<String>,
) -> Object {
    let server = &probe.host.server.name;
    let details = seen.fault_sentence(request.timeout).or_else(|| {
        let shown = if seen.status() == Status::Success { seen.reply(Step::Banner) } else { seen.decisive() };
        shown.map(|reply| reply.first_line())
    });
    let relay = seen.reply(Step::RcptTo).or(seen.reply(Step::MailFrom)).map(|reply| reply.first_line());
    let answered = model.and_then(|model| model.connector.as_deref()).map(|name| joined(server, name));
    let values = [
        Value::text(server),
        Value::text(&connector(probe).name),
        Value::text(&probe.binding),
        Value::Text(end(request, seen)),
        Value::Choice(seen.status().into()),
        Value::optional(details),
        Value::optional(answered),
        keywords(seen, Step::Ehlo),
    ];
    let last = cells(&LAST_COLUMNS, [Value::optional(relay), Value::texts(differing)]);
    Object::new(&RESULT, [cells(&COLUMNS, values), of_tls(seen), last].concat())
}

fn of_tls(seen: &Seen) -> Vec<(&'static str, Value)> {
    let tls = seen.tls.as_ref();
    let certificate = tls.and_then(|tls| tls.certificate.as_ref());
    let time = |time: Option<Timestamp>| time.map_or(Value::Null, Value::Time);
    let values = [
        Value::optional(tls.map(|tls| &tls.protocol)),
        Value::optional(tls.map(|tls| &tls.cipher_suite)),
        keywords(seen, Step::EhloInTls),
        Value::optional(certificate.map(|one| &one.subject)),
        Value::optional(certificate.map(|one| &one.issuer)),
        Value::texts(certificate.into_iter().flat_map(|one| &one.names)),
        time(certificate.map(|one| one.not_before)),
        time(certificate.map(|one| one.not_after)),
        Value::optional(tls.map(|tls| tls.chain.describe())),
    ];
    cells(&TLS_COLUMNS, values)
}

/// The keywords that the server sent after EHLO.
fn keywords(seen: &Seen, step: Step) -> Value {
    let reply = seen.reply(step).filter(|reply| reply.code == 250);
    Value::texts(reply.into_iter().flat_map(|reply| reply.lines.iter().skip(1)))
}
