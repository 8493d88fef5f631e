//! The properties of an access policy, in the order in which Format-List prints them.

use strum::VariantNames;

use super::super::common::{self, described};
use super::{Ability, AccessPolicy, PolicyEffect};
use crate::param::{Completes, Group, Kind, Verb, param, stored};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! { AccessPolicy:
    NAME = stored!(param("Name", Kind::Name, "What it is called; unique").example("'No relay'").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity), .name).always_written();
    IDENTITY = common::identity("The policy: its name or Guid");
    EFFECT = stored!(param("Effect", Kind::Choice(PolicyEffect::VARIANTS), "Whether the clients must not have the abilities (Forbid), or must have them (Require)").on(NEW_SET).required(NEW), .effect).always_written();
    ABILITY = stored!(param("Ability", Kind::List(&Kind::Choice(Ability::VARIANTS)), "The abilities: Relay, Spoof and so on, as Get-EffectiveAccess has them").on(NEW_SET).required(NEW).example("Relay"), .abilities).always_written();
    USER = stored!(param("User", Kind::Text, "The clients: Anonymous, with or without External security; Authenticated; Partner; an account; or * for all of these. Servers of the organization are never meant").on(NEW_SET).usual().example("Anonymous").completes(Completes::Principal), .user).default("Anonymous");
    SERVER = stored!(param("Server", Kind::List(&Kind::Name), "The servers. Default: every server").on(NEW_SET).usual().completes(Completes::Server), .servers);
    REMOTE_IP_RANGES = stored!(param("RemoteIPRanges", Kind::List(&Kind::Range), "The clients' addresses. Default: every address").on(NEW_SET).usual().group(Group::Connections).example("10.0.4.20"), .remote_ip_ranges);
    EXCEPT_REMOTE_IP_RANGES = stored!(param("ExceptRemoteIPRanges", Kind::List(&Kind::Range), "Addresses that are not meant").on(NEW_SET).usual().group(Group::Connections).example("10.0.0.0/8"), .except_remote_ip_ranges);
}
