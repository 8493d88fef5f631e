//! The properties of an account or group, in the order in which Format-List prints them.

use super::super::common::{self, described};
use super::Principal;
use super::forms::{ACCOUNT, SID as SID_FORM};
use crate::organization::transport_config::ADDRESS;
use crate::param::{Group, Kind, Verb, param, stored};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

described! { Principal:
    NAME = stored!(param("Name", Kind::Form(&ACCOUNT), "The account or group with its domain: CONTOSO\\app1").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity), .name).always_written();
    IDENTITY = common::identity("The account or group: its name, Sid or Guid");
    SID = stored!(param("Sid", Kind::Form(&SID_FORM), "Its security identifier").on(NEW_SET), .sid);
    MEMBER_OF = stored!(param("MemberOf", Kind::List(&Kind::Form(&ACCOUNT)), "The groups it is in, which give it their rights (P6)").on(NEW_SET).usual(), .member_of);
    EMAIL_ADDRESSES = stored!(param("EmailAddresses", Kind::List(&Kind::Form(&ADDRESS)), "Its own addresses, from which it may send (P11)").on(NEW_SET).usual(), .email_addresses);
    SEND_AS = stored!(param("SendAs", Kind::List(&Kind::Form(&ADDRESS)), "Others' addresses from which it may send (P11)").on(NEW_SET).usual(), .send_as);
}
