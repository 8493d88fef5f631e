//! Receive logs as a server writes them that decides as the model does, with what makes real ones hard to read: sessions
//! mixed and going on in the next file, pipelined commands before their answers, numbers that jump, times that go back,
//! lost stars, repeated lines, lost ends, a front end's sessions on both sides, and decimal commas.
//!
//! The same seed writes the same logs. The names of permissions are written down here once more, so that the reader's own
//! are held against them.

use std::collections::VecDeque;
use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use exch::connector::Host;
use exch::organization::AcceptedDomain;
use exch::param::Version;
use exch::session::{Client, Domains, Line, Mechanism, Peer, PeerServer, Policy, Service, Tls};
use jiff::Timestamp;

/// The lines above the first event of a file.
pub const HEADER: &str = "#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n#Log-type: SMTP Receive Protocol Log\r\n#Date: 2026-10-01T08:00:00.000Z\r\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n";

/// The server whose logs are written: as setup makes it, with a relay for 10.1.0.0/16.
pub fn host() -> Host {
    exch::store::document::read_host(include_str!("EX01.toml"), "EX01.toml")
        .expect("the server's file can be read")
}

/// What the organization of that server knows.
pub fn policy(host: &Host) -> Policy {
    let domains = Domains::new(&[AcceptedDomain::new("contoso.com", "contoso.com")]);
    let peer = PeerServer { name: host.server.name.clone(), peer: Peer::of(&host.server) };
    Policy::new("CONTOSO", domains).peer(IpAddr::V4(OWN), peer)
}

/// The server's address.
const OWN: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
/// How many sessions are open at once.
const OPEN: u64 = 64;

/// Permissions in the order of logs, with the rights that they are.
static PERMISSIONS: [(&str, &str); 17] = [
    ("SMTPSubmit", "ms-Exch-SMTP-Submit"),
    ("SMTPAcceptAnyRecipient", "ms-Exch-SMTP-Accept-Any-Recipient"),
    ("SMTPAcceptAuthenticationFlag", "ms-Exch-SMTP-Accept-Authentication-Flag"),
    ("SMTPAcceptAnySender", "ms-Exch-SMTP-Accept-Any-Sender"),
    ("SMTPAcceptAuthoritativeDomainSender", "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender"),
    ("BypassAntiSpam", "ms-Exch-Bypass-Anti-Spam"),
    ("BypassMessageSizeLimit", "ms-Exch-Bypass-Message-Size-Limit"),
    ("SMTPSendEXCH50", "ms-Exch-SMTP-Send-Exch50"),
    ("SMTPAcceptEXCH50", "ms-Exch-SMTP-Accept-Exch50"),
    ("AcceptRoutingHeaders", "ms-Exch-Accept-Headers-Routing"),
    ("AcceptForestHeaders", "ms-Exch-Accept-Headers-Forest"),
    ("AcceptOrganizationHeaders", "ms-Exch-Accept-Headers-Organization"),
    ("SendRoutingHeaders", "ms-Exch-Send-Headers-Routing"),
    ("SendForestHeaders", "ms-Exch-Send-Headers-Forest"),
    ("SendOrganizationHeaders", "ms-Exch-Send-Headers-Organization"),
    ("SMTPSendXShadow", "ms-Exch-SMTP-Send-XShadow"),
    ("SMTPAcceptXShadow", "ms-Exch-SMTP-Accept-XShadow"),
];

/// The service whose log a line is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Log {
    /// Front End Transport.
    FrontEnd,
    /// Transport.
    Hub,
}

/// What a line says: the event, data and context.
struct Row(&'static str, String, String);

/// A session, as far as it is not written.
struct Script {
    log: Log,
    connector: String,
    id: u64,
    sequence: u32,
    local: SocketAddr,
    remote: SocketAddr,
    rows: VecDeque<Row>,
}

/// Numbers that look drawn (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// An address of that many from the first on.
    fn address(&mut self, first: Ipv4Addr, many: u64) -> IpAddr {
        let more = u32::try_from(self.below(many)).unwrap_or_default();
        Ipv4Addr::from_bits(first.to_bits() + more).into()
    }
}

/// Who writes.
pub struct Generator<'w> {
    service: Service<'w>,
    host: &'w Host,
    chance: Chance,
    open: Vec<Script>,
    last_id: u64,
    time: i64,
    /// How many clients have come.
    pub begun: u64,
    /// How many there are to be.
    most: u64,
}

impl<'w> Generator<'w> {
    /// Logs of so many clients of a server.
    pub fn new(host: &'w Host, policy: &'w Policy, seed: u64, most: u64) -> Self {
        let chance = Chance(seed);
        let (last_id, time) = (0x08DF_0000_0000_0000, 1_790_841_600_000);
        let service = Service::new(host, policy);
        Generator { service, host, chance, open: Vec::new(), last_id, time, begun: 0, most }
    }

    /// Writes the next line over `text`, and says whose log it is in; nothing when every session is written.
    pub fn next_line(&mut self, text: &mut String) -> Option<Log> {
        while self.begun < self.most && u64::try_from(self.open.len()).unwrap_or(u64::MAX) < OPEN {
            self.begin();
        }
        let at = usize::try_from(self.chance.below(u64::try_from(self.open.len()).ok()?.max(1))).ok()?;
        let script = self.open.get_mut(at)?;
        let Row(event, data, context) = script.rows.pop_front()?;
        self.time += i64::try_from(self.chance.below(9)).unwrap_or_default();
        let back = if self.chance.one_in(200) { 90 } else { 0 };
        let time = Timestamp::from_millisecond(self.time - back).unwrap_or_default();
        let event = if event == "*" && self.chance.one_in(40) { "" } else { event };
        text.clear();
        let (connector, id, sequence) = (&script.connector, script.id, script.sequence);
        let (local, remote, data, context) = (script.local, script.remote, field(&data), field(&context));
        let time = time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ");
        // Writing to memory cannot fail.
        let _ = write!(
            text,
            "{time},EX01\\{connector},{id:016X},{sequence},{local},{remote},{event},{data},{context}\r\n"
        );
        if self.chance.one_in(80) {
            text.push_str(&text.clone());
        }
        script.sequence += if self.chance.one_in(60) { 2 } else { 1 };
        let log = script.log;
        if script.rows.is_empty() {
            self.open.swap_remove(at);
        }
        Some(log)
    }

    /// One more client.
    fn begin(&mut self) {
        self.begun += 1;
        match self.chance.below(100) {
            0..40 => self.mail_from_outside(),
            40..60 => self.printer(),
            60..75 => self.account(),
            75..90 => self.relay_attempt(),
            90..95 => self.guess(),
            _ => self.probe(),
        }
    }

    /// Somebody of some four million.
    fn outsider(&mut self) -> Client {
        let remote = self.chance.address(Ipv4Addr::new(81, 0, 0, 0), 1 << 22);
        let mut client = Client::new(remote, SocketAddr::new(OWN.into(), 25));
        client.helo = Some(format!("mail{}.fabrikam.com", self.chance.below(1000)));
        client.mail_from = format!("person{}@fabrikam.com", self.chance.below(100_000));
        client.recipients = vec![self.mailbox()];
        client.size = Some(1_000 + self.chance.below(200_000));
        if self.chance.one_in(3) {
            client.tls = Tls::StartTls;
        }
        client
    }

    fn mailbox(&mut self) -> String {
        format!("user{}@contoso.com", self.chance.below(20_000))
    }

    fn mail_from_outside(&mut self) {
        let mut client = self.outsider();
        while self.chance.one_in(3) {
            client.recipients.push(self.mailbox());
        }
        let id = self.session(Log::FrontEnd, &client, &[]);
        if self.chance.one_in(3) {
            let (remote, helo) = (client.remote, client.helo.clone().unwrap_or_default());
            let command = format!(
                "XPROXYFROM SID={id:016X} IP={remote} PORT=50000 DOMAIN={helo} SEQNUM=1 PERMS=0 AUTHSRC=Anonymous"
            );
            self.handed_on(&client, 2525, &command, "250 XProxyFrom accepted");
        }
    }

    fn printer(&mut self) {
        let mut client = self.outsider();
        client.remote = self.chance.address(Ipv4Addr::new(10, 1, 0, 0), 1 << 16);
        client.helo = Some(format!("printer{}", self.chance.below(500)));
        client.mail_from = "scanner@contoso.com".to_owned();
        client.recipients = vec![format!("partner{}@woodgrove.example", self.chance.below(50))];
        self.session(Log::FrontEnd, &client, &[]);
    }

    /// A client that authenticates at port 587, whose mail is in the Transport service's log.
    fn account(&mut self) {
        let mut client = self.outsider();
        client.local.set_port(587);
        client.tls = Tls::StartTls;
        client.mechanism = Some(Mechanism::LOGIN);
        client.user = Some(format!("user{}@contoso.com", self.chance.below(20_000)));
        let user = client.user.clone().unwrap_or_default();
        client.mail_from.clone_from(&user);
        let proxied = format!("Proxy session was successfully set up. Session for{user} will now be proxied");
        let id = self.session(Log::FrontEnd, &client, &[("*", String::new(), proxied)]);
        let (remote, helo) = (client.remote, client.helo.clone().unwrap_or_default());
        let command = format!("XPROXY SID={id:016X} IP={remote} PORT=50000 DOMAIN={helo} CAPABILITIES=0");
        self.handed_on(&client, 465, &command, "250 XProxy accepted");
    }

    /// The session in which a front end hands a client's mail on.
    fn handed_on(&mut self, client: &Client, port: u16, command: &str, reply: &str) {
        let mut front = Client::new(OWN.into(), SocketAddr::new(OWN.into(), port));
        front.helo = Some("EX01.contoso.com".to_owned());
        front.tls = Tls::AnonymousTls;
        front.mechanism = Some(Mechanism::ExchangeServer);
        front.mail_from.clone_from(&client.mail_from);
        front.recipients.clone_from(&client.recipients);
        front.size = client.size;
        let rows = [("<", command.to_owned(), String::new()), (">", reply.to_owned(), String::new())];
        self.session(Log::Hub, &front, &rows);
    }

    fn relay_attempt(&mut self) {
        let mut client = self.outsider();
        let to = format!("victim{}@adatum.example", self.chance.below(1_000));
        if self.chance.one_in(2) {
            client.recipients.push(to);
        } else {
            client.recipients = vec![to];
        }
        self.session(Log::FrontEnd, &client, &[]);
    }

    /// A client that tries passwords.
    fn guess(&mut self) {
        let mut client = self.outsider();
        client.local.set_port(587);
        client.tls = Tls::StartTls;
        client.mechanism = Some(Mechanism::LOGIN);
        let user = format!("User Name: admin{}@contoso.com", self.chance.below(10));
        let failed = "Inbound AUTH LOGIN failed because of LogonDenied".to_owned();
        let rows = [
            ("*", String::new(), failed),
            ("*", String::new(), user),
            ("*", "Tarpit for '0.00:00:05'".to_owned(), String::new()),
            (">", "535 5.7.3 Authentication unsuccessful".to_owned(), String::new()),
        ];
        self.session(Log::FrontEnd, &client, &rows);
    }

    /// A client that connects and says nothing, as load balancers do.
    fn probe(&mut self) {
        let client =
            Client::new(self.chance.address(Ipv4Addr::new(10, 2, 0, 0), 4), SocketAddr::new(OWN.into(), 25));
        self.session(Log::FrontEnd, &client, &[]);
    }

    /// A session as the rules decide it. `rows` come where its kind has them; returns its identifier.
    fn session(&mut self, log: Log, client: &Client, rows: &[(&'static str, String, String)]) -> u64 {
        self.last_id += 1 + self.chance.below(3);
        let verdict = self.service.verdict(client);
        let connector = verdict.decision.connector.and_then(|at| self.host.connectors.get(at));
        let connector = connector.map(|connector| connector.name.clone()).unwrap_or_default();
        let mut writing = Writing {
            rows: VecDeque::from([Row("+", String::new(), String::new())]),
            is_old: self.host.server.version < Version::V2016,
            permissions: self.permissions(verdict.decision.connector, client),
            more: rows,
            id: self.last_id,
            comma: self.chance.one_in(4),
        };
        let first = self.permissions(verdict.decision.connector, &anonymous(client));
        if writing.is_old {
            writing.rows.push_back(Row("*", first, "Set Session Permissions".to_owned()));
        }
        // A client that says nothing gets the greeting alone.
        let said = if client.recipients.is_empty() { 1 } else { usize::MAX };
        writing.lines(verdict.dialogue.iter().take(said).cloned().collect(), client, log);
        let mut rows = writing.rows;
        if self.chance.one_in(3) {
            pipelined(&mut rows);
        }
        if !self.chance.one_in(100) {
            let end = if said == 1 { "Remote(SocketError)" } else { "Local" };
            rows.push_back(Row("-", String::new(), end.to_owned()));
        }
        let port = 40_000 + u16::try_from(self.chance.below(20_000)).unwrap_or_default();
        let remote = SocketAddr::new(client.remote, port);
        let (local, id) = (client.local, self.last_id);
        self.open.push(Script { log, connector, id, sequence: 0, local, remote, rows });
        id
    }

    /// What a session may do, by the names of logs.
    fn permissions(&self, at: Option<usize>, client: &Client) -> String {
        let set = at.and_then(|at| self.service.rights(at, client).next());
        let held = |name: &str| set.is_some_and(|set| set.rights().any(|right| right.name == name));
        let names = PERMISSIONS.iter().filter(|(_, right)| held(right)).map(|(name, _)| *name);
        names.collect::<Vec<_>>().join(" ")
    }
}

/// The client before it authenticates.
fn anonymous(client: &Client) -> Client {
    Client { mechanism: None, user: None, tls: Tls::None, ..client.clone() }
}

/// The lines of one session in the making.
struct Writing<'r> {
    rows: VecDeque<Row>,
    /// To 2013: a line for each keyword, and permissions from the start.
    is_old: bool,
    permissions: String,
    more: &'r [(&'static str, String, String)],
    id: u64,
    comma: bool,
}

impl Writing<'_> {
    fn row(&mut self, event: &'static str, data: impl Into<String>, context: impl Into<String>) {
        self.rows.push_back(Row(event, data.into(), context.into()));
    }

    fn more(&mut self) {
        for (event, data, context) in self.more {
            self.row(event, data.clone(), context.clone());
        }
    }

    /// What the server and the client say; where more is to be said, it stands before mail or in place of the answer
    /// to credentials.
    fn lines(&mut self, lines: Vec<Line>, client: &Client, log: Log) {
        let mut answer: Vec<String> = Vec::new();
        let logs_on = client.mechanism.is_some_and(Mechanism::is_of_account) && log == Log::FrontEnd;
        for line in lines {
            match line {
                Line::Server(text) if text.starts_with("250-") => answer.push(text),
                Line::Server(text) if !answer.is_empty() => {
                    answer.push(text);
                    self.hello(&std::mem::take(&mut answer));
                }
                Line::Server(text) if text.starts_with("235") => {
                    self.authenticated(client);
                    if !logs_on {
                        self.row(">", text, "");
                        continue;
                    }
                    self.more();
                    // A refused logon has its answer by now; what is handed on has its mail in another log.
                    if !self.more.iter().any(|(event, ..)| *event == ">") {
                        self.row(">", text, "");
                    }
                    return;
                }
                Line::Server(text) => self.server(text),
                Line::Client(text) if text == "." => {}
                Line::Client(text) => {
                    if log == Log::Hub && text.starts_with("MAIL FROM") {
                        self.more();
                    }
                    self.row("<", text, "");
                }
                Line::Remark(text)
                    if text.contains("credentials") && client.mechanism.is_some_and(Mechanism::is_basic) =>
                {
                    self.row(">", "334 <authentication response>", "");
                    self.row(">", "334 <authentication response>", "");
                }
                Line::Remark(_) => {}
            }
        }
        if self.rows.len() > 3 {
            self.row("<", "QUIT", "");
            self.row(">", "221 2.0.0 Service closing transmission channel", "");
        }
    }

    fn hello(&mut self, answer: &[String]) {
        if self.is_old {
            answer.iter().for_each(|line| self.row(">", line.clone(), ""));
            return;
        }
        let words: Vec<&str> = answer.iter().filter_map(|line| line.get(4..)).collect();
        self.row(">", format!("250  {}", words.join(" ")), "");
    }

    fn server(&mut self, text: String) {
        let id = self.id;
        if text.starts_with("220 2.0.0") {
            self.row(">", text, "");
            self.row("*", " CN=EX01 CN=EX01 12DEABC6565646512346ABDC13456894 2026-01-01T00:00:00.000Z EX01;EX01.contoso.com", "Sending certificate Subject Issuer name Serial number Thumbprint Not before Not after Subject alternate names");
            self.row("*", "", "TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256 with strength 256 bits, MAC hash algorithm CALG_SHA_384 with strength 384 bits and key exchange algorithm CALG_ECDHE with strength 384 bits");
        } else if text.starts_with("220 ") {
            self.row(">", text.replace("<date>", "Thu, 1 Oct 2026 10:00:00 +0200"), "");
        } else if text.starts_with("250 2.1.0") {
            self.row("*", format!("{id:016X};2026-10-01T08:00:00.000Z;1"), "receiving message");
            self.row(">", text, "");
        } else if let Some(rest) = text.strip_prefix("250 2.6.0 ") {
            let speed = if self.comma {
                "4096 bytes in 0,120, 33,333 KB/sec"
            } else {
                "4096 bytes in 0.120, 33.333 KB/sec"
            };
            self.row(">", format!("250 2.6.0 <{id}@fabrikam.com> [InternalId={id}, Hostname=EX01.contoso.com] {speed} {rest}"), "");
        } else {
            self.row(">", text, "");
        }
    }

    /// Before a logon is answered; a refused one has no line of its account here.
    fn authenticated(&mut self, client: &Client) {
        if self.more.iter().any(|(event, ..)| *event == ">")
            && client.mechanism.is_some_and(Mechanism::is_of_account)
        {
            return;
        }
        let permissions = self.permissions.clone();
        self.row("*", permissions, "Set Session Permissions");
        if let Some(user) = client.user.as_ref().filter(|_| self.more.is_empty()) {
            self.row("*", user.clone(), "authenticated");
        }
    }
}

/// MAIL FROM and RCPT TO before their answers, as a client sends them that does not wait.
fn pipelined(rows: &mut VecDeque<Row>) {
    let is_command = |row: &Row, word: &str| row.0 == "<" && row.1.starts_with(word);
    let Some(from) = rows.iter().position(|row| is_command(row, "MAIL FROM")) else { return };
    let mut rest = rows.split_off(from);
    let end = rest.iter().rposition(|row| is_command(row, "RCPT TO")).map_or(0, |at| at + 1);
    let tail = rest.split_off(end);
    let (commands, answers): (Vec<Row>, Vec<Row>) = rest.into_iter().partition(|row| row.0 == "<");
    rows.extend(commands.into_iter().chain(answers).chain(tail));
}

/// A field, in quotes where it holds a comma or a quote.
fn field(text: &str) -> String {
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
