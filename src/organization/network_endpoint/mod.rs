//! Network endpoints: who stands at an end of data paths and is no server of the store (D8).
//!
//! Domain controllers, clients, gateways and others, with their addresses. The product has nothing like them.

pub mod rows;

use super::{Member, common};
use crate::net::RemoteRange;
use crate::param::{Finding, Metadata, Noun, Row, closed, record};

closed! {
    /// What an endpoint is. The tables of data paths have a role for each.
    EndpointKind: DomainController, DnsServer, Client, IPGateway, External, ManagementStation, BackupServer,
        LegacyServer, CommunicationsServer, RightsManagementServer
}

/// A network endpoint. The rows of [`rows`] say what each field is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field has a row of its name, which documents it")]
pub struct NetworkEndpoint {
    pub name: String,
    pub kind: EndpointKind,
    pub ip_addresses: Vec<RemoteRange>,
    pub comment: String,
    pub metadata: Metadata,
}

impl Noun for NetworkEndpoint {
    const NAME: &'static str = "NetworkEndpoint";
    type Scene = super::Scene;
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(NetworkEndpoint);

impl Member for NetworkEndpoint {
    const TABLE: &'static [&'static str] = &["Name", "Kind", "IPAddresses"];
    fn blank() -> Self {
        NetworkEndpoint {
            name: String::new(),
            kind: EndpointKind::Client,
            ip_addresses: Vec::new(),
            comment: String::new(),
            metadata: Metadata::default(),
        }
    }

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        common::unique(all, &rows::NAME, |endpoint| Some(&endpoint.name))
    }
}
