//! The properties of an account or group, in the order in which Format-List prints them.

use super::super::common::{self, described};
use super::forms::{ACCOUNT, SID as SID_FORM};
use crate::organization::transport_config::ADDRESS;
use crate::param::{Group, Kind, Verb, param};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! {
    /// An account or group.
    pub struct Principal {
        NAME(name: String) = stored(param("Name", Kind::Form(&ACCOUNT), "The account or group with its domain: CONTOSO\\app1").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity)).always_written();
        IDENTITY = common::identity("The account or group: its name, Sid or Guid");
        SID(sid: Option<String>) = stored(param("Sid", Kind::Form(&SID_FORM), "Its security identifier").on(NEW_SET));
        MEMBER_OF(member_of: Vec<String>) = stored(param("MemberOf", Kind::List(&Kind::Form(&ACCOUNT)), "The groups it is in, which give it their rights (P6)").on(NEW_SET).usual());
        EMAIL_ADDRESSES(email_addresses: Vec<String>) = stored(param("EmailAddresses", Kind::List(&Kind::Form(&ADDRESS)), "Its own addresses, from which it may send (P11)").on(NEW_SET).usual());
        SEND_AS(send_as: Vec<String>) = stored(param("SendAs", Kind::List(&Kind::Form(&ADDRESS)), "Others' addresses from which it may send (P11)").on(NEW_SET).usual());
    }
}
