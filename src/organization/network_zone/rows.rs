//! The properties of a network zone, in the order in which Format-List prints them.

use strum::VariantNames;

use super::super::common::{self, described};
use super::{NetworkZone, ZoneKind};
use crate::param::{Group, Kind, Verb, param, stored};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! { NetworkZone:
    NAME = stored!(param("Name", Kind::Name, "What it is called; unique").example("Perimeter").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity), .name).always_written();
    IDENTITY = common::identity("The zone: its name or Guid");
    KIND = stored!(param("Kind", Kind::Choice(ZoneKind::VARIANTS), "Internal, or Perimeter for a perimeter network").on(NEW_SET), .kind).default("Internal").always_written();
    SUBNETS = stored!(param("Subnets", Kind::List(&Kind::Range), "Its networks; an address is of one zone").on(NEW_SET).required(NEW).group(Group::Connections).example("10.1.1.0/24"), .subnets).always_written();
}
