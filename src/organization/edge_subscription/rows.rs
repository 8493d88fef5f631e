//! The properties of an Edge subscription, in the order in which Format-List prints them.

use super::super::{Scene, common};
use crate::param::{Group, Kind, Metadata, Row, Value, Verb, param, rows};

const NEW: &[Verb] = &[Verb::New];
const NAMED: &[Verb] = &[Verb::Get, Verb::Remove];
const REMOVED: &[Verb] = &[Verb::Remove];

/// A site as the directory names it.
fn in_the_directory(site: &Value, scene: &Scene) -> Value {
    Value::Text(format!("{}/Configuration/Sites/{site}", scene.directory.domain))
}

rows! {
    /// The subscription of one Edge Transport server.
    pub struct EdgeSubscription with metadata: Metadata {
        NAME(name: String) = stored(common::reported("Name", Kind::Name, "The Edge Transport server")).always_written();
        SITE(site: String) = stored(param("Site", Kind::Text, "The Active Directory site that it belongs to").on(NEW).group(Group::Identity)).always_written().shown(in_the_directory);
        DOMAIN(domain: String) = stored(common::reported("Domain", Kind::Text, "The domain of the Edge Transport server's name")).always_written();
        IDENTITY = Row::computed(param("Identity", Kind::Text, "The Edge Transport server whose subscription it is").on(NAMED).required(REMOVED).position(1, NAMED).group(Group::Identity),
            |s, _| Value::Text(s.name.clone()));
        GUID = common::guid();
        WHEN_CHANGED = common::when_changed();
        WHEN_CREATED = common::when_created();
        IS_VALID = common::constant("IsValid", Kind::Bool, "true");
        CREATE_INTERNET_SEND_CONNECTOR(internet_connector: bool) = stored(param("CreateInternetSendConnector", Kind::Bool, "Make the Send connector to every domain outside").on(NEW).group(Group::Routing)).default("true").on_request();
        CREATE_INBOUND_SEND_CONNECTOR(inbound_connector: bool) = stored(param("CreateInboundSendConnector", Kind::Bool, "Make the Send connector to the organization").on(NEW).group(Group::Routing)).default("true").on_request();
    }
}
