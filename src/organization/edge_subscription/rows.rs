//! The properties of an Edge subscription, in the order in which Format-List prints them.

use super::super::{Scene, common};
use super::EdgeSubscription;
use crate::param::{Group, Kind, Row, Value, Verb, param, rows, stored};

const NEW: &[Verb] = &[Verb::New];
const NAMED: &[Verb] = &[Verb::Get, Verb::Remove];
const REMOVED: &[Verb] = &[Verb::Remove];

/// A site as the directory names it.
fn in_the_directory(site: &Value, scene: &Scene) -> Value {
    Value::Text(format!("{}/Configuration/Sites/{site}", scene.directory.domain))
}

rows! { EdgeSubscription:
    NAME = stored!(common::reported("Name", Kind::Name, "The Edge Transport server"), .name).always_written();
    SITE = stored!(param("Site", Kind::Text, "The Active Directory site that it belongs to").on(NEW).group(Group::Identity), .site).always_written().shown(in_the_directory);
    DOMAIN = stored!(common::reported("Domain", Kind::Text, "The domain of the Edge Transport server's name"), .domain).always_written();
    IDENTITY = Row::computed(param("Identity", Kind::Text, "The Edge Transport server whose subscription it is").on(NAMED).required(REMOVED).position(1, NAMED).group(Group::Identity),
        |s, _| Value::Text(s.name.clone()));
    GUID = common::guid();
    WHEN_CHANGED = common::when_changed();
    WHEN_CREATED = common::when_created();
    IS_VALID = common::constant("IsValid", Kind::Bool, "true");
    CREATE_INTERNET_SEND_CONNECTOR = stored!(param("CreateInternetSendConnector", Kind::Bool, "Make the Send connector to every domain outside").on(NEW).group(Group::Routing), .internet_connector).default("true").on_request();
    CREATE_INBOUND_SEND_CONNECTOR = stored!(param("CreateInboundSendConnector", Kind::Bool, "Make the Send connector to the organization").on(NEW).group(Group::Routing), .inbound_connector).default("true").on_request();
}
