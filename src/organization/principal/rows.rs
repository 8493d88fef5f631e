//! The properties of an account or group, in the order in which Format-List prints them.

use super::super::common;
use super::Principal;
use super::forms::{ACCOUNT, SID as SID_FORM};
use crate::organization::transport_config::ADDRESS;
use crate::param::{Field, Group, Kind, Param, Row, Verb, param, rows};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

/// A row of a stored property.
const fn row(
    param: Param,
    get: fn(&Principal) -> &dyn Field,
    set: fn(&mut Principal) -> &mut dyn Field,
) -> Row<Principal> {
    crate::param::row(param, get, set)
}

rows! { Principal:
    NAME = row(param("Name", Kind::Form(&ACCOUNT), "The account or group with its domain: CONTOSO\\app1").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity),
        |p| &p.name, |p| &mut p.name).defining();
    IDENTITY = common::identity("The account or group: its name, Sid or Guid");
    SID = row(param("Sid", Kind::Form(&SID_FORM), "Its security identifier").on(NEW_SET),
        |p| &p.sid, |p| &mut p.sid);
    MEMBER_OF = row(param("MemberOf", Kind::List(&Kind::Form(&ACCOUNT)), "The groups it is in, which give it their rights (P6)").on(NEW_SET).usual(),
        |p| &p.member_of, |p| &mut p.member_of);
    EMAIL_ADDRESSES = row(param("EmailAddresses", Kind::List(&Kind::Form(&ADDRESS)), "Its own addresses, from which it may send (P11)").on(NEW_SET).usual(),
        |p| &p.email_addresses, |p| &mut p.email_addresses);
    SEND_AS = row(param("SendAs", Kind::List(&Kind::Form(&ADDRESS)), "Others' addresses from which it may send (P11)").on(NEW_SET).usual(),
        |p| &p.send_as, |p| &mut p.send_as);
    COMMENT = row(param("Comment", Kind::Text, "A remark").on(NEW_SET), |p| &p.comment, |p| &mut p.comment);
    GUID = common::guid();
    WHEN_CHANGED = common::when_changed();
    WHEN_CREATED = common::when_created();
    WHEN_CHANGED_UTC = common::when_changed_utc();
    WHEN_CREATED_UTC = common::when_created_utc();
}
