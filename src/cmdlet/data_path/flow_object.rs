//! A data path between two named ends as Get-DataPath prints it.

use crate::answer::Object;
use crate::cmdlet::shared::table_views::FLOW;
use crate::datapath::path::Port;
use crate::datapath::rows;
use crate::flow::Flow;
use crate::net::RemoteRange;
use crate::param::{Row, Value, Version};

/// Properties that rows by role do not have, with what each is.
static OWN: [(&str, &str); 3] = [
    (
        "SourceIPAddresses",
        "The addresses of the source, where it is a server or a network endpoint; empty where they are not known",
    ),
    ("DestinationIPAddresses", "The addresses that are connected to"),
    (
        "Remarks",
        "What differs from the table: ports that connectors bind, both ends on one server, an older table",
    ),
];

/// Their names and help.
#[must_use]
pub fn columns() -> Vec<(&'static str, &'static str)> {
    OWN.to_vec()
}

/// The object.
#[must_use]
pub fn object(flow: &Flow) -> Object {
    let mut object = Object::of(&FLOW, flow.path, flow.edition(), Version::NEWEST);
    let addresses = |ranges: &[RemoteRange]| Value::texts(ranges.iter().map(RemoteRange::as_str));
    let stated = |value: Value, row: &Row<_>| {
        let empty = value.elements().is_empty();
        if empty { row.print(flow.path, flow.edition()) } else { value }
    };
    let auth = Value::List(flow.auth.iter().map(|auth| Value::Choice(auth.name())).collect());
    let replaced = [
        (rows::SOURCE.name(), Value::text(flow.source.name())),
        (rows::DESTINATION.name(), Value::text(flow.destination.name())),
        (rows::VERSION.name(), Value::List(vec![Value::Choice(flow.version.name())])),
        (rows::PORTS.name(), stated(Value::texts(flow.port_numbers()), &rows::PORTS)),
        (rows::PROTOCOLS.name(), Value::texts(flow.ports.iter().map(Port::describe))),
        (rows::DYNAMIC_PORTS.name(), Value::Bool(flow.dynamic)),
        (rows::AUTHENTICATION.name(), stated(auth, &rows::AUTHENTICATION)),
        (rows::NOTES.name(), Value::texts(flow.notes().map(|note| note.describe()))),
    ];
    for (name, value) in replaced {
        if let Some((_, cell)) = object.cells.iter_mut().find(|(cell, _)| *cell == name) {
            *cell = value;
        }
    }
    let remarks = Value::texts(flow.remarks.clone());
    let [source, destination, remark] = OWN.map(|(name, _)| name);
    insert(&mut object, rows::SOURCE.name(), (source, addresses(&flow.source_addresses)));
    insert(&mut object, rows::DESTINATION.name(), (destination, addresses(&flow.destination_addresses)));
    insert(&mut object, rows::SEND_CONNECTOR.name(), (remark, remarks));
    object
}

/// Puts a property behind another.
fn insert(object: &mut Object, behind: &str, cell: (&'static str, Value)) {
    let at = object.cells.iter().position(|(name, _)| *name == behind).map_or(0, |at| at + 1);
    object.cells.insert(at, cell);
}
