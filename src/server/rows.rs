//! The properties of a server.

use strum::VariantNames;

use super::{Server, ServerRole};
use crate::param::{
    Completes, Field, Group, Kind, Param, Row, Value, Verb, Version, param, record, rows, stored,
};

const NEW: &[Verb] = &[Verb::New];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];
const NAMED: &[Verb] = &[Verb::Get, Verb::Set, Verb::Remove];
const CHANGED: &[Verb] = &[Verb::Set, Verb::Remove];

/// A row of a stored property.
const fn row(
    param: Param,
    get: fn(&Server) -> &dyn Field,
    set: fn(&mut Server) -> &mut dyn Field,
) -> Row<Server> {
    crate::param::row(param, get, set)
}

rows! { Server:
    NAME = stored!(param("Name", Kind::Name, "The server's name, such as HUB01").on(NEW).required(NEW).position(1, NEW).group(Group::Identity), .name).always_written();
    IDENTITY = Row::computed(param("Identity", Kind::List(&Kind::Identity), "The servers: name, Guid, FQDN or a wildcard; several as a list, - reads them from standard input").example("HUB01").completes(Completes::Server).on(NAMED).required(CHANGED).position(1, NAMED).group(Group::Identity),
        |s, _| Value::Text(s.name.clone()));
    GUID = record::guid();
    FQDN = stored!(param("Fqdn", Kind::Domain, "The server's DNS name; its name and the organization's domain unless given").on(NEW_SET), .fqdn).always_written();
    VERSION = stored!(param("Version", Kind::Choice(Version::VARIANTS), "The edition it runs").on(NEW_SET), .version).default("2019").always_written();
    SERVER_ROLE = stored!(param("ServerRole", Kind::Flags(ServerRole::VARIANTS, &[]), "Its roles; which exist and combine depends on the version").on(NEW_SET), .roles).always_written();
    IP_ADDRESSES = stored!(param("IPAddresses", Kind::List(&Kind::Address), "The addresses it owns, against which bindings are checked").on(NEW_SET).group(Group::Connections), .addresses);
    SITE = stored!(param("Site", Kind::Text, "Its Active Directory site").on(NEW_SET), .site);
    USE_DOWNGRADED_EXCHANGE_SERVER_AUTH = stored!(param("UseDowngradedExchangeServerAuth", Kind::Bool, "Accept Exchange Server authentication over a GSSAPI without channel protection").on(NEW_SET).group(Group::Security), .downgraded_auth).default("false").since(Version::V2010);
    COMMENT = stored!(param("Comment", Kind::Text, "A remark").on(NEW_SET), .comment);
    WHEN_CREATED = record::when_created();
    WHEN_CHANGED = record::when_changed();
}
