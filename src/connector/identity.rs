//! How a connector is called: `SERVER\Name`, and its distinguished name in the directory.

use super::{ReceiveConnector, Scene};
use crate::server::directory::{escaped_dn, server_dn};
use crate::server::{Directory, Server};

/// `SERVER\Name`.
#[must_use]
pub fn identity(connector: &ReceiveConnector, scene: &Scene) -> String {
    format!("{}\\{}", scene.server.name, connector.name)
}

/// The distinguished name, below its server's.
#[must_use]
pub fn distinguished_name(connector: &ReceiveConnector, server: &Server, directory: &Directory) -> String {
    let name = escaped_dn(&connector.name);
    format!("CN={name},CN=SMTP Receive Connectors,CN=Protocols,{}", server_dn(server, directory))
}
