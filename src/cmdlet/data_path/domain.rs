//! Test-DataPath for mail to a domain: which Send connector takes it there, and whether Domain Security protects it
//! (P9, outbound).

use enumset::EnumSet;

use crate::answer::{Column, Exit, Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::Missing;
use crate::cmdlet::session::policy;
use crate::cmdlet::shared::fix_command::of_sending;
use crate::cmdlet::shared::table_views::OUTBOUND;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Block, Document, ParameterSet, Report};
use crate::organization::SendConnector;
use crate::organization::send_connector::best;
use crate::param::{Group, Kind, Param, Value, Verb, param, same_name};
use crate::powershell::quote;
use crate::server::Directory;
use crate::session::{HeaderFamily, Outbound, SendPath, failing_outbound, receiver, sent};

const TEST: &[Verb] = &[Verb::Test];

/// The domain that mail goes to.
static DESTINATION_DOMAIN: Param = param(
    "DestinationDomain",
    Kind::Domain,
    "The domain that mail goes to: by which Send connector, and whether with Domain Security",
)
.on(TEST)
.group(Group::Identity)
.example("fabrikam.com")
.whole();

/// The parameters of this way to call.
pub fn params() -> Vec<&'static Param> {
    vec![&DESTINATION_DOMAIN]
}

/// Whether a line is about mail to a domain.
pub(crate) fn is_meant(args: &Args) -> bool {
    args.has(&DESTINATION_DOMAIN)
}

/// This way to call.
pub fn set() -> ParameterSet {
    let purpose = "how mail leaves for a domain, and whether Domain Security protects it";
    ParameterSet { switch: None, purpose, required: params(), gives: Vec::new() }
}

/// Nothing more than what makes a line one of this way.
#[must_use]
pub fn needs(_: &Args) -> Vec<Missing> {
    Vec::new()
}

/// Says which Send connector takes the mail, and which conditions of Domain Security fail.
///
/// # Errors
/// Where the organization's files cannot be read.
pub fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let domain = call.args.text(&DESTINATION_DOMAIN).unwrap_or_default();
    let policy = policy::policy(draft)?;
    let directory = draft.directory().clone();
    let connectors = draft.members::<SendConnector>()?;
    let accepted = policy.domains.find(&domain).is_some();
    let ways = best(&domain, accepted, connectors);
    let Some((connector, space)) = ways.first() else {
        let answer =
            format!("mail to {domain} has no route: no enabled Send connector has an address space for it");
        let source =
            sender(call, draft)?.map(|name| format!(" -SourceTransportServers {}", quote::bash(&name)));
        let line = format!(
            "exch new-sendconnector 'To {domain}' -AddressSpaces {domain}{}",
            source.unwrap_or_default()
        );
        return Ok(describe(&domain, None, answer, vec![Block::Screen(line)], Vec::new()));
    };
    let path = SendPath {
        in_address_spaces: true,
        domain_secure: connector.domain_secure,
        dns_routing: connector.dns_routing,
        ignore_starttls: connector.ignore_starttls,
    };
    let failing: Vec<Outbound> = failing_outbound(&path, &domain, &policy).iter().collect();
    let (name, secured) = (&connector.name, failing.is_empty());
    let words = if secured { "with Domain Security" } else { "without Domain Security" };
    let firewall = Firewall::of(connector, secured, &directory);
    // A domain is meant to have it where it is on one of the lists, or has a connector of its own that enables it.
    let own = connector.domain_secure && space.eq_ignore_ascii_case(&domain);
    if !own && !policy.is_send_secure(&domain) && !policy.is_receive_secure(&domain) {
        let answer = format!("mail to {domain} goes by the Send connector {name}");
        let mut blocks = blocks(&domain, &ways, space, &[], (connector, &firewall));
        let unasked = format!("not asked for: {domain} is not on TLSSendDomainSecureList");
        blocks.extend([Block::Section("Domain Security"), Block::prose(unasked)]);
        let described = describe(&domain, Some((connector, firewall)), answer, blocks, failing);
        return Ok(Outcome { exit: Exit::Done, ..described });
    }
    let answer = format!("mail to {domain} goes by the Send connector {name}, {words}");
    let blocks = blocks(&domain, &ways, space, &failing, (connector, &firewall));
    Ok(describe(&domain, Some((connector, firewall)), answer, blocks, failing))
}

/// A server that could send: the local one, else the first of the store.
fn sender(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Option<String>, Problem> {
    let names = draft.server_names()?;
    let local = call.context.local_server.as_ref().unwrap_or(&call.context.machine.name);
    let first = names.iter().filter(|name| same_name(name, local));
    for name in first.chain(&names) {
        if draft.host(name)?.is_some_and(|host| host.server.is_hub()) {
            return Ok(Some(name.clone()));
        }
    }
    Ok(None)
}

/// The connectors that take it, what fails, and what would help.
fn blocks(
    domain: &str,
    ways: &[(&SendConnector, &str)],
    space: &str,
    failing: &[Outbound],
    (connector, firewall): (&SendConnector, &Firewall),
) -> Vec<Block> {
    let taken = |(other, its): &(&SendConnector, &str)| {
        let why = if *its == space { "has the nearest address space" } else { "has an address space too" };
        (other.name.clone(), format!("{why}: {its}"))
    };
    let mut blocks =
        vec![Block::Section("Send connectors"), Block::Entries(ways.iter().map(taken).collect())];
    blocks.extend([Block::Section("Headers"), Block::Entries(firewall.lines(&connector.name))]);
    if !failing.is_empty() {
        let conditions = failing.iter().map(|one| Block::prose(<&str>::from(*one)));
        blocks.push(Block::Section("Fails"));
        blocks.extend(conditions);
        // In this order no line on the way breaks a rule (SC6).
        let order = [
            Outbound::AddressSpace,
            Outbound::Listed,
            Outbound::DnsRouting,
            Outbound::StartTls,
            Outbound::Enabled,
        ];
        let failed = order.into_iter().filter(|one| failing.contains(one));
        let lines: Vec<String> = failed.filter_map(|one| of_sending(one, connector, domain)).collect();
        blocks.extend([Block::Section("What would help"), Block::Screen(lines.join("\n"))]);
    }
    blocks
}

/// The columns of the answer.
pub static COLUMNS: [Column; 6] = [
    ("Domain", "The domain that mail goes to"),
    ("SendConnector", "The connector that takes it there; empty for none"),
    ("DomainSecurity", "Whether Domain Security protects it"),
    ("Message", "The answer in one sentence"),
    ("Fails", "The conditions of Domain Security that do not hold"),
    ("HeadersSent", "The headers that the header firewall lets out"),
];

/// Exit 0 where Domain Security holds, else 3; the caller says where it is not asked for.
fn describe(
    domain: &str,
    way: Option<(&SendConnector, Firewall)>,
    answer: String,
    blocks: Vec<Block>,
    failing: Vec<Outbound>,
) -> Outcome {
    let secured = way.is_some() && failing.is_empty();
    let conditions = Value::texts(failing.into_iter().map(<&str>::from));
    let values = [
        Value::text(domain),
        way.as_ref().map_or(Value::Null, |(connector, _)| Value::text(&connector.name)),
        Value::Bool(secured),
        Value::text(&answer),
        conditions,
        way.map_or(Value::Null, |(_, firewall)| firewall.sent()),
    ];
    Outcome {
        exit: if secured { Exit::Done } else { Exit::No },
        document: Some(Document::Report(Report { answer, blocks })),
        ..Outcome::of(vec![Object::result(&OUTBOUND, &COLUMNS, values)])
    }
}

/// Which headers a Send connector's sessions carry, by whom they are with.
struct Firewall {
    /// Whom they are with, in the organization's domain.
    receiver: String,
    kept: EnumSet<HeaderFamily>,
}

impl Firewall {
    fn of(connector: &SendConnector, secured: bool, directory: &Directory) -> Self {
        let receiver = receiver(connector, secured);
        let kept = sent(connector, &receiver, &directory.netbios_domain);
        Firewall { receiver: receiver.name_in(&directory.netbios_domain), kept }
    }

    fn sent(&self) -> Value {
        Value::List(self.kept.iter().map(|family| Value::Text(family.headers().to_owned())).collect())
    }

    fn lines(&self, connector: &str) -> Vec<(String, String)> {
        let line = |family: HeaderFamily| {
            let (right, whom) = (family.sending_right(), &self.receiver);
            let why = match self.kept.contains(family) {
                true => format!("sent: {whom} has {right} on {connector}"),
                false => format!("removed: {whom} does not have {right} on {connector}"),
            };
            (family.headers().to_owned(), why)
        };
        EnumSet::<HeaderFamily>::all().iter().map(line).collect()
    }
}
