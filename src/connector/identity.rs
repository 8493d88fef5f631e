//! How a connector is called: `SERVER\Name`, and its distinguished name in the directory.

use super::{ReceiveConnector, Scene};
use crate::server::directory::escaped_dn;
use crate::server::{Directory, Server};

/// `SERVER\Name`.
#[must_use]
pub fn identity(connector: &ReceiveConnector, scene: &Scene) -> String {
    format!("{}\\{}", scene.server.name, connector.name)
}

/// The distinguished name. An Edge Transport server keeps a directory of its own, named by its instance:
/// here the server's Guid stands for it.
#[must_use]
pub fn distinguished_name(connector: &ReceiveConnector, server: &Server, directory: &Directory) -> String {
    let services = if server.is_edge() {
        let instance = server.metadata.guid.map(|guid| guid.to_string().to_uppercase()).unwrap_or_default();
        format!("CN=Services,CN=Configuration,CN={{{instance}}}")
    } else {
        format!("CN=Services,CN=Configuration,{}", directory.domain_dn())
    };
    format!(
        "CN={},CN=SMTP Receive Connectors,CN=Protocols,CN={},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN={},CN=Microsoft Exchange,{services}",
        escaped_dn(&connector.name),
        escaped_dn(&server.name),
        escaped_dn(&directory.organization),
    )
}
