//! Network endpoints: who stands at an end of data paths and is not a server of the store (D8).
//!
//! Domain controllers, clients, gateways and others, with their addresses. The product has nothing like them.

use strum::VariantNames;

use super::Member;
use super::common::{self, described};
use crate::net::RemoteRange;
use crate::param::{Finding, Group, Kind, Noun, Row, Verb, closed, param, record};

closed! {
    /// What an endpoint is. The tables of data paths have a role for each.
    #[derive(Default)]
    EndpointKind: DomainController, DnsServer, #[default] Client, IPGateway, External, ManagementStation, BackupServer,
        LegacyServer, CommunicationsServer, RightsManagementServer
}

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! {
    /// A network endpoint.
    pub struct NetworkEndpoint {
        NAME(name: String) = stored(param("Name", Kind::Name, "What it is called; unique").example("DC01").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity)).always_written();
        IDENTITY = common::identity("The endpoint: its name or Guid");
        KIND(kind: EndpointKind) = stored(param("Kind", Kind::Choice(EndpointKind::VARIANTS), "What it is: DomainController, DnsServer, Client and so on; External is the Internet or another organization").on(NEW_SET).required(NEW)).always_written();
        IP_ADDRESSES(ip_addresses: Vec<RemoteRange>) = stored(param("IPAddresses", Kind::List(&Kind::Range), "Its addresses: single ones, ranges or networks").on(NEW_SET).required(NEW).group(Group::Connections).example("192.168.5.2,192.168.5.3")).always_written();
    }
}

impl Noun for NetworkEndpoint {
    const NAME: &'static str = "NetworkEndpoint";
    type Scene = super::Scene;
    const LAST: &'static [&'static Row<Self>] = &[&WHEN_CREATED, &WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        ROWS
    }
}

record::record!(NetworkEndpoint);

impl Member for NetworkEndpoint {
    const TABLE: &'static [&'static str] = &["Name", "Kind", "IPAddresses"];

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        common::unique(all, &NAME, |endpoint| Some(&endpoint.name))
    }
}
