//! The properties of a network endpoint, in the order in which Format-List prints them.

use strum::VariantNames;

use super::super::common::{self, described};
use super::{EndpointKind, NetworkEndpoint};
use crate::param::{Group, Kind, Verb, param, stored};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! { NetworkEndpoint:
    NAME = stored!(param("Name", Kind::Name, "What it is called; unique").example("DC01").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity), .name).always_written();
    IDENTITY = common::identity("The endpoint: its name or Guid");
    KIND = stored!(param("Kind", Kind::Choice(EndpointKind::VARIANTS), "What it is: DomainController, DnsServer, Client and so on; External is the Internet or another organization").on(NEW_SET).required(NEW), .kind).always_written();
    IP_ADDRESSES = stored!(param("IPAddresses", Kind::List(&Kind::Range), "Its addresses: single ones, ranges or networks").on(NEW_SET).required(NEW).group(Group::Connections).example("192.168.5.2,192.168.5.3"), .ip_addresses).always_written();
}
