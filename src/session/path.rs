//! Mail from one server to another (D4): for each pair of their addresses, which connector answers, and every
//! requirement that is not met before it takes the mail.
//!
//! It knows how the two prove who they are, and no table of data paths. What is missing is found on a copy that is
//! fixed and asked again, so that everything named is needed, and together it is enough.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

use super::client::{Client, Mechanism, Tls};
use super::domain_security::Inbound;
use super::fix::Fix;
use super::identity::Peer;
use super::mechanism::offers_tls;
use super::policy::Policy;
use super::requirement::{MissingRequirement, first_missing};
use super::rights::Deciding;
use super::service::Service;
use super::verdict::Verdict;
use crate::connector::{Host, ReceiveConnector};
use crate::net::{RangeSubtraction, RemoteRange};
use crate::permission::{Principal, right};
use crate::server::Server;

/// How the sending server proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// Exchange Server authentication by certificates that each side knows: X-ANONYMOUSTLS is a must.
    DirectTrust,
    /// Exchange Server authentication by Kerberos.
    ExchangeServer,
    /// NTLM or Kerberos with an account.
    Integrated,
    /// A name and a password.
    Basic,
    /// A certificate that names the sender's domain (P9).
    DomainSecurity,
    /// Nothing.
    Anonymous,
}

impl Proof {
    /// The rights without which mail is refused somewhere, beside Submit. What comes from an Edge Transport server
    /// is for accepted domains.
    pub(super) fn rights(self, sender: Peer) -> &'static [Deciding] {
        use Deciding::{AcceptAnyRecipient, AcceptAnySender, AcceptAuthoritativeDomainSender};
        match self {
            Proof::DirectTrust | Proof::ExchangeServer if sender == Peer::EdgeTransport => {
                &[AcceptAnySender, AcceptAuthoritativeDomainSender]
            }
            Proof::DirectTrust | Proof::ExchangeServer => {
                &[AcceptAnySender, AcceptAuthoritativeDomainSender, AcceptAnyRecipient]
            }
            Proof::Integrated | Proof::Basic if sender != Peer::EdgeTransport => &[AcceptAnyRecipient],
            Proof::Anonymous => &[AcceptAnySender],
            Proof::Integrated | Proof::Basic | Proof::DomainSecurity => &[],
        }
    }
}

/// Mail from a server to another one's port.
#[derive(Clone, Copy)]
pub struct MailPath<'a> {
    /// Who sends.
    pub source: &'a Server,
    /// Who takes it.
    pub destination: &'a Host,
    /// The port of the destination.
    pub port: u16,
    /// How the source proves who it is.
    pub proof: Proof,
    /// What the organization knows.
    pub policy: &'a Policy,
}

/// What becomes of the mail between two addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct MailRoute {
    /// The source's address.
    pub remote: IpAddr,
    /// The destination's address and port.
    pub local: SocketAddr,
    /// The place of the connector that answers, as things are.
    pub connector: Option<usize>,
    /// The reply that ends the session; nothing where none is sent, or the session is not refused.
    pub reply: Option<String>,
    /// What is missing, in the order in which it is needed; empty where the mail is taken.
    pub missing: Vec<MissingRequirement>,
    /// Another connector that would take the mail if the one that answers did not.
    pub instead: Option<usize>,
}

/// More changes than one connector can need.
const MOST: usize = 16;

impl MailPath<'_> {
    /// Each pair of addresses of one family.
    #[must_use]
    pub fn crossings(&self) -> Vec<MailRoute> {
        let own = self.destination.server.addresses.iter();
        let pairs = own.flat_map(|to| self.source.addresses.iter().map(move |from| (*from, *to)));
        let meets =
            |(from, to): &(IpAddr, IpAddr)| from.to_canonical().is_ipv4() == to.to_canonical().is_ipv4();
        pairs.filter(meets).map(|(from, to)| self.crossing(from, SocketAddr::new(to, self.port))).collect()
    }

    fn crossing(&self, remote: IpAddr, local: SocketAddr) -> MailRoute {
        let now = Attempt::new(self, self.destination, self.policy, remote, local).verdict;
        let (mut host, mut policy) = (Cow::Borrowed(self.destination), Cow::Borrowed(self.policy));
        let mut missing: Vec<MissingRequirement> = Vec::new();
        while missing.len() < MOST {
            let attempt = Attempt::new(self, &host, &policy, remote, local);
            let (Some(one), mut client) = (first_missing(&attempt), attempt.client.clone()) else { break };
            let fix = match &one {
                MissingRequirement::Fix(fix @ (Fix::Connector(..) | Fix::SecureDomain(_))) => Some(fix),
                _ => None,
            };
            let fix = fix.filter(|_| !missing.contains(&one)).cloned();
            missing.push(one);
            let Some(fix) = fix else { break };
            fix.apply(host.to_mut(), policy.to_mut(), &mut client);
        }
        let answers = now.decision.connector.filter(|_| !missing.is_empty());
        let refused = now.decision.outcome.is_rejected();
        MailRoute {
            remote,
            local,
            connector: now.decision.connector,
            reply: now.reply.filter(|_| refused),
            instead: answers.and_then(|at| self.instead(at, remote, local)),
            missing,
        }
    }

    /// S3: who would take the mail if the connector at a place did not answer that address.
    fn instead(&self, at: usize, remote: IpAddr, local: SocketAddr) -> Option<usize> {
        let mut host = self.destination.clone();
        let connector = host.connectors.get_mut(at)?;
        connector.remote_ip_ranges = without(&connector.remote_ip_ranges, remote)?;
        let attempt = Attempt::new(self, &host, self.policy, remote, local);
        attempt.verdict.decision.connector.filter(|_| first_missing(&attempt).is_none())
    }
}

/// The ranges without an address; nothing where none is left.
#[must_use]
pub fn without(ranges: &[RemoteRange], address: IpAddr) -> Option<Vec<RemoteRange>> {
    let cut = RangeSubtraction::new(&[RemoteRange::new(address, address)?]);
    let left: Vec<RemoteRange> = ranges.iter().flat_map(|range| cut.left(range)).collect();
    (!left.is_empty()).then_some(left)
}

/// One session of the source's with a destination, as it is or as it was fixed.
pub(super) struct Attempt<'a> {
    pub path: &'a MailPath<'a>,
    pub host: &'a Host,
    pub policy: &'a Policy,
    pub client: Client,
    pub verdict: Verdict,
}

impl<'a> Attempt<'a> {
    fn new(
        path: &'a MailPath<'a>,
        host: &'a Host,
        policy: &'a Policy,
        remote: IpAddr,
        local: SocketAddr,
    ) -> Self {
        let service = Service::new(host, policy);
        let stranger = Client::new(remote, local);
        let at = service.decide(&stranger).connector;
        let client = path.client(at.and_then(|at| host.connectors.get(at)), stranger);
        let verdict = service.verdict(&client);
        Attempt { path, host, policy, client, verdict }
    }
}

impl MailPath<'_> {
    /// The session as the source would have it with that connector: encrypted wherever that is offered.
    fn client(&self, connector: Option<&ReceiveConnector>, stranger: Client) -> Client {
        let offered = |tls| Some(tls).filter(|tls| connector.is_some_and(|c| offers_tls(c, *tls, true)));
        let suppressed = connector.is_some_and(|connector| connector.suppress_x_anonymous_tls);
        let (mechanism, tls) = match self.proof {
            Proof::ExchangeServer if suppressed => (Some(Mechanism::ExchangeServer), Tls::None),
            Proof::DirectTrust | Proof::ExchangeServer => {
                (Some(Mechanism::ExchangeServer), Tls::AnonymousTls)
            }
            Proof::Integrated => (Some(Mechanism::NTLM), offered(Tls::StartTls).unwrap_or(Tls::None)),
            Proof::Basic => (Some(Mechanism::BasicAuth), offered(Tls::StartTls).unwrap_or(Tls::None)),
            Proof::DomainSecurity => (None, Tls::StartTls),
            Proof::Anonymous => (None, offered(Tls::StartTls).unwrap_or(Tls::None)),
        };
        let secured = self.proof == Proof::DomainSecurity;
        let domain = Some(self.domain()).filter(|_| secured);
        Client {
            helo: Some(self.source.fqdn.clone()),
            tls,
            mechanism,
            peer: Some(Peer::of(self.source)),
            user: connector.and_then(account),
            mail_from: domain.map(|domain| format!("postmaster@{domain}")).unwrap_or_default(),
            certificate: domain.map(str::to_owned).into_iter().collect(),
            ..stranger
        }
    }

    /// The domain that the source's certificate names: that of its FQDN.
    pub(super) fn domain(&self) -> &str {
        let fqdn = self.source.fqdn.as_str();
        fqdn.split_once('.').map_or(fqdn, |(_, domain)| domain)
    }
}

/// The account that a server signs in with: nobody says which, so the first that the connector lets submit by
/// itself.
fn account(connector: &ReceiveConnector) -> Option<String> {
    let submit = right("ms-Exch-SMTP-Submit");
    let entries =
        connector.access.own_entries().iter().filter(|entry| Some(entry.right) == submit && !entry.deny);
    entries
        .filter_map(|entry| match &entry.principal {
            Principal::Account(name) => Some(name.clone()),
            Principal::WellKnown(_) => None,
        })
        .next()
}

/// What fails of Domain Security for mail of the source's domain; the list comes last.
pub(super) fn failing(attempt: &Attempt<'_>, connector: &ReceiveConnector) -> Option<Inbound> {
    let domain = attempt.path.domain();
    let failing =
        super::domain_security::failing_inbound(connector, &attempt.client, Some(domain), attempt.policy);
    failing.into_iter().next().filter(|_| attempt.path.proof == Proof::DomainSecurity)
}
