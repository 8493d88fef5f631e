//! A small organization in which sessions are tried: one server, one connector, two domains, three accounts.

use exch::connector::{AuthMechanism, Host, ReceiveConnector};
use exch::organization::AcceptedDomain;
use exch::organization::accepted_domain::DomainType;
use exch::param::Version;
use exch::permission::{AccessList, Entry, PermissionGroup, Principal, right};
use exch::server::{Server, ServerRole};
use exch::session::{Account, Client, Domains, Policy};

pub const ANONYMOUS: &str = r"NT AUTHORITY\ANONYMOUS LOGON";

/// What a row varies.
pub struct Scene {
    pub host: Host,
    pub client: Client,
    pub domains: Vec<AcceptedDomain>,
    pub accounts: Vec<Account>,
    pub secure: Vec<String>,
}

impl Scene {
    /// The Transport service of a 2019 server: nothing is handed on. Anonymous mail from outside to a domain of ours
    /// passes.
    pub fn new() -> Self {
        let mut server = Server::new("MBX01", "mbx01.contoso.com");
        server.roles = ServerRole::Mailbox.into();
        let mut connector = ReceiveConnector::new("Internet", &server);
        connector.bindings = vec!["0.0.0.0:25".parse().unwrap()];
        connector.remote_ip_ranges = vec!["0.0.0.0/0".parse().unwrap()];
        connector.auth = AuthMechanism::Tls
            | AuthMechanism::Integrated
            | AuthMechanism::BasicAuth
            | AuthMechanism::ExchangeServer;
        connector.access = AccessList::of(PermissionGroup::AnonymousUsers.into());
        let mut client = Client::new("192.0.2.7".parse().unwrap(), "10.0.0.1:25".parse().unwrap());
        client.mail_from = "a@fabrikam.com".to_owned();
        client.recipients = vec!["b@contoso.com".to_owned()];
        let ann = Account {
            name: r"CONTOSO\ann".to_owned(),
            sid: Some("S-1-5-21-1-2-3-1001".to_owned()),
            groups: vec![r"CONTOSO\staff".to_owned()],
            addresses: Some(vec!["SMTP:Ann@contoso.com".to_owned(), "ann@sales.contoso.com".to_owned()]),
            send_as: vec!["info@contoso.com".to_owned()],
        };
        let silent = Account { name: r"CONTOSO\silent".to_owned(), ..Account::default() };
        Scene {
            host: Host { server, connectors: vec![connector] },
            client,
            domains: vec![
                domain("contoso.com", DomainType::Authoritative),
                domain("*.partner.example", DomainType::ExternalRelay),
            ],
            accounts: vec![ann, silent],
            secure: vec!["fabrikam.com".to_owned(), "*.wild.com".to_owned()],
        }
    }

    pub fn policy(&self) -> Policy {
        let start = Policy::new("CONTOSO", Domains::new(&self.domains)).secure(&self.secure, &self.secure);
        self.accounts.iter().cloned().fold(start, Policy::account)
    }

    pub fn connector(&mut self) -> &mut ReceiveConnector {
        &mut self.host.connectors[0]
    }

    pub fn groups(&mut self, groups: enumset::EnumSet<PermissionGroup>) {
        self.connector().access = AccessList::of(groups);
    }

    /// One more entry: `deny` or allow.
    pub fn entry(&mut self, principal: &str, name: &str, deny: bool) {
        self.entry_from(principal, name, (deny, false));
    }

    /// The same, of the connector's own or inherited.
    pub fn entry_from(&mut self, principal: &str, name: &str, (deny, inherited): (bool, bool)) {
        let platform = self.host.server.platform();
        let principal = Principal::read_in(principal, "CONTOSO");
        let entry = Entry { principal, right: right(name).unwrap(), deny, inherited };
        let list = self.connector().access.with(&[entry], platform);
        self.connector().access = list;
    }

    /// Takes an entry away.
    pub fn without(&mut self, principal: &str, name: &str) {
        let platform = self.host.server.platform();
        let entry = Entry::own(Principal::read_in(principal, "CONTOSO"), right(name).unwrap(), false);
        let list = self.connector().access.without(&[entry], platform);
        self.connector().access = list;
    }

    /// An Edge Transport server.
    pub fn edge(&mut self) {
        self.host.server.roles = ServerRole::EdgeTransport.into();
    }

    pub fn version(&mut self, version: Version) {
        self.host.server.version = version;
    }

    /// A Mailbox server whose connector is the front end's.
    pub fn frontend(&mut self) {
        self.host.server.roles = ServerRole::Mailbox.into();
        self.connector().transport_role = exch::connector::TransportRole::FrontendTransport;
    }
}

pub fn domain(name: &str, kind: DomainType) -> AcceptedDomain {
    AcceptedDomain { domain_type: kind, ..AcceptedDomain::new(name, name) }
}
