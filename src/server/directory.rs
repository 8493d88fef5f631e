//! What the organization is called: the names that identities, distinguished names and defaults are made of.

use super::Server;
use crate::param::{Group, Kind, Noun, Row, Verb, param, rows};

impl Directory {
    /// An organization of that name and domain; the NetBIOS name is the domain's first label, cut to 15
    /// characters and in capitals, as Windows proposes it.
    #[must_use]
    pub fn new(organization: &str, domain: &str) -> Self {
        Directory {
            organization: organization.to_owned(),
            domain: domain.to_owned(),
            netbios_domain: netbios(domain),
        }
    }

    /// The domain as a distinguished name: `DC=contoso,DC=com`.
    #[must_use]
    fn domain_dn(&self) -> String {
        self.domain.split('.').map(|label| format!("DC={label}")).collect::<Vec<_>>().join(",")
    }

    /// Where the organization's objects are: `CN=Contoso,CN=Microsoft Exchange,CN=Services,…`.
    #[must_use]
    pub(crate) fn organization_dn(&self) -> String {
        let organization = escaped_dn(&self.organization);
        format!("CN={organization},CN=Microsoft Exchange,CN=Services,CN=Configuration,{}", self.domain_dn())
    }

    /// A principal's name with `<DOMAIN>` filled in.
    #[must_use]
    pub fn account(&self, name: &str) -> String {
        name.replace("<DOMAIN>", &self.netbios_domain)
    }
}

/// The distinguished name of a server. An Edge Transport server keeps a directory of its own, named by its instance:
/// here the server's Guid stands for it.
#[must_use]
pub(crate) fn server_dn(server: &Server, directory: &Directory) -> String {
    let services = if server.is_edge() {
        let instance = server.metadata.guid.map(|guid| guid.to_string().to_uppercase()).unwrap_or_default();
        format!("CN=Services,CN=Configuration,CN={{{instance}}}")
    } else {
        format!("CN=Services,CN=Configuration,{}", directory.domain_dn())
    };
    format!(
        "CN={},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN={},CN=Microsoft Exchange,{services}",
        escaped_dn(&server.name),
        escaped_dn(&directory.organization),
    )
}

/// A value inside a distinguished name: what RFC 4514 reserves gets a backslash.
#[must_use]
pub(crate) fn escaped_dn(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The NetBIOS name that Windows proposes for a DNS domain.
fn netbios(domain: &str) -> String {
    domain.split('.').next().unwrap_or(domain).chars().take(15).collect::<String>().to_uppercase()
}

impl Noun for Directory {
    const NAME: &'static str = "Store";
    const OURS: bool = true;
    type Scene = ();

    fn rows() -> &'static [&'static Row<Self>] {
        ROWS
    }
}

const BOTH: &[Verb] = &[Verb::Initialize, Verb::Set];

rows! {
    /// The store's organization.
    pub struct Directory {
        ORGANIZATION(organization: String) = stored(param("Organization", Kind::Name, "The Exchange organization's name").on(BOTH).group(Group::Identity)).default("First Organization").always_written();
        DOMAIN(domain: String) = stored(param("Domain", Kind::Domain, "The forest's DNS name, such as contoso.com").on(BOTH).group(Group::Identity)).default("contoso.com").always_written();
        NETBIOS_DOMAIN(netbios_domain: String) = stored(param("NetBiosDomain", Kind::Name, "The domain's NetBIOS name, as in CONTOSO\\app1").on(BOTH).group(Group::Identity)).always_written();
    }
}
