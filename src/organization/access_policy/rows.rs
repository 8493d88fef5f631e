//! The properties of an access policy, in the order in which Format-List prints them.

use strum::VariantNames;

use super::super::common::{self, described};
use super::{Ability, PolicyEffect};
use crate::net::RemoteRange;
use crate::param::{Completes, Group, Kind, Verb, param};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! {
    /// An access policy.
    pub struct AccessPolicy {
        NAME(name: String) = stored(param("Name", Kind::Name, "What it is called; unique").example("'No relay'").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity)).always_written();
        IDENTITY = common::identity("The policy: its name or Guid");
        EFFECT(effect: PolicyEffect) = stored(param("Effect", Kind::Choice(PolicyEffect::VARIANTS), "Whether the clients must not have the abilities (Forbid), or must have them (Require)").on(NEW_SET).required(NEW)).always_written();
        ABILITY(abilities: Vec<Ability>) = stored(param("Ability", Kind::List(&Kind::Choice(Ability::VARIANTS)), "The abilities: Relay, Spoof and so on, as Get-EffectiveAccess has them").on(NEW_SET).required(NEW).example("Relay")).always_written();
        USER(user: String) = stored(param("User", Kind::Text, "The clients: Anonymous, with or without External security; Authenticated; Partner; an account; or * for all of these. Servers of the organization are never meant").on(NEW_SET).usual().example("Anonymous").completes(Completes::Principal)).default("Anonymous");
        SERVER(servers: Vec<String>) = stored(param("Server", Kind::List(&Kind::Name), "The servers. Default: every server").on(NEW_SET).usual().completes(Completes::Server));
        REMOTE_IP_RANGES(remote_ip_ranges: Vec<RemoteRange>) = stored(param("RemoteIPRanges", Kind::List(&Kind::Range), "The clients' addresses. Default: every address").on(NEW_SET).usual().group(Group::Connections).example("10.0.4.20"));
        EXCEPT_REMOTE_IP_RANGES(except_remote_ip_ranges: Vec<RemoteRange>) = stored(param("ExceptRemoteIPRanges", Kind::List(&Kind::Range), "Addresses that are not meant").on(NEW_SET).usual().group(Group::Connections).example("10.0.0.0/8"));
    }
}
