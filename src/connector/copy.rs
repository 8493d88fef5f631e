//! A connector on another server: what it does stays, and what belongs to its server becomes the other's.
//!
//! Whether the other server has room for it is the business of the rules.

use std::net::IpAddr;

use super::change::{Fate, fate, gives_up};
use super::rules::missing_in_version;
use super::{ReceiveConnector, TransportRole, namesake, rows, same_name};
use crate::net::Binding;
use crate::param::{Finding, Metadata, Row, Value};
use crate::permission::AccessList;
use crate::server::Server;

/// A connector as another server would have it, and what stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The copy, without identifier and dates; properties that are lost stand at their default.
    pub connector: ReceiveConnector,
    /// C12: properties that are in use and that the other version does not have.
    pub lost: Vec<Finding>,
}

/// `connector` of the server `from` as `to` would have it. Values are kept as they work; permission groups follow
/// the version by their names, other entries are kept one by one; a property that the other version does not have is
/// dropped where it stands at its default, and TransportRole in any case.
#[must_use]
pub fn copied(connector: &ReceiveConnector, from: &Server, to: &Server) -> Copied {
    let platforms = (from.platform(), to.platform());
    let mut copy = ReceiveConnector { metadata: Metadata::default(), ..connector.clone() };
    copy.name = namesake::on_server(&copy.name, from, to);
    if let Some(fqdn) = copy.fqdn.as_deref().and_then(|fqdn| namesake::fqdn_on(fqdn, from, to)) {
        copy.fqdn = Some(fqdn);
    }
    if loses_role(connector, to) {
        copy.transport_role = TransportRole::default();
    }
    for binding in &mut copy.bindings {
        if let Some(own) = own_binding(binding, from, to) {
            *binding = own;
        }
    }
    // Inherited entries belong to the parents of the object in the directory, which a copy does not share.
    let own = copy.access.own_entries().iter().filter(|entry| !entry.inherited).cloned().collect();
    copy.access = AccessList::from_parts(copy.access.groups(), own, platforms.1);
    let mut lost = Vec::new();
    for row in rows::ROWS {
        let Some(value) = row.stored(&copy) else { continue };
        let fate = fate(row, &value, (from, to));
        if fate == Fate::Lost {
            lost.push(used(row, &value, connector, (from, to)));
        }
        if fate != Fate::Stays {
            // A default is of its row's type: the law "the default parses" holds every row to it.
            let _ = row.assign(&mut copy, row.default_on(platforms.1));
        }
    }
    Copied { connector: copy, lost }
}

/// Whether a copy on `to` is of no service by name: a server without TransportRole has one transport service, which takes
/// whatever a front end took.
#[must_use]
pub(crate) fn loses_role(connector: &ReceiveConnector, to: &Server) -> bool {
    connector.transport_role != TransportRole::default() && !to.has_transport_roles()
}

/// A binding to an address of `from`, at the address of `to` in the same place among those of its family; nothing for
/// the wildcard, for an address that `from` is not known to own, and where `to` has no address in that place.
#[must_use]
pub(crate) fn own_binding(binding: &Binding, from: &Server, to: &Server) -> Option<Binding> {
    let address = binding.address();
    let of_family = |server: &Server| -> Vec<IpAddr> {
        server.addresses.iter().copied().filter(|own| own.is_ipv4() == address.is_ipv4()).collect()
    };
    if same_name(&from.name, &to.name) || binding.scope().is_some() {
        return None;
    }
    let at = of_family(from).iter().position(|own| *own == address)?;
    let own = of_family(to).get(at).copied().filter(|own| *own != address)?;
    Binding::new(own, binding.port()).ok()
}

/// C12 with the value that would be lost, and the line that gives it up.
fn used(
    row: &Row<ReceiveConnector>,
    value: &Value,
    connector: &ReceiveConnector,
    (from, to): (&Server, &Server),
) -> Finding {
    let finding = missing_in_version(&row.param, to);
    let identity = format!("{}\\{}", from.name, connector.name);
    let gives_up = gives_up(&identity, [(row.name(), &row.default_on(from.platform()))]);
    Finding { message: format!("{}; `{value}` would be lost", finding.message), ..finding }
        .hint(format!("leave {} out of -Server, or give it up first: {gives_up}", to.name))
}

/// The properties, other than Name and Fqdn, whose texts name the connector's server: a copy keeps them as they are.
#[must_use]
pub(crate) fn naming_server(connector: &ReceiveConnector, server: &Server) -> Vec<&'static str> {
    let follows = [rows::NAME.name(), rows::FQDN.name()];
    let texts = rows::ROWS.iter().filter(|row| !follows.contains(&row.name()));
    let names = |value: Value| matches!(value, Value::Text(text) if namesake::is_named(&text, server));
    texts.filter(|row| row.stored(connector).is_some_and(names)).map(|row| row.name()).collect()
}
