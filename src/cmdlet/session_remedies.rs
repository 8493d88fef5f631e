//! What would let a refused session pass, as lines to type in any shell.
//!
//! Which change helps, and whether it opens a relay, is the verdict's to know.

use enumset::EnumSet;

use super::receive_connector::identity;
use super::{Args, Cmdlet, add_ad_permission, remove_ad_permission, set_receive_connector, to_type};
use crate::connector::{Host, ReceiveConnector, rows};
use crate::param::{Argument, Field, Param, Value};
use crate::permission::{Entry, rows as permission};
use crate::session::{Action, Remedy};

/// One thing that helps.
pub enum Help {
    /// A line to type.
    Line {
        /// The line.
        line: String,
        /// Whether the connector would be an open relay with it (R3).
        opens_relay: bool,
    },
    /// What the client must do.
    Client(&'static str),
}

/// A remedy on `host`, in words; account names in the organization's domain. Nothing for one that names no
/// property.
pub fn help(remedy: &Remedy, host: &Host, domain: &str) -> Option<Help> {
    if let Action::Client(what) = remedy.action {
        return Some(Help::Client(what));
    }
    let connector = remedy.connector.and_then(|at| host.connectors.get(at))?;
    let line = line(&remedy.action, connector, host, domain)?;
    Some(Help::Line { line, opens_relay: remedy.opens_relay })
}

fn line(action: &Action, connector: &ReceiveConnector, host: &Host, domain: &str) -> Option<String> {
    let name = Value::Text(identity(&host.server.name, &connector.name));
    let set = |param: &'static Param, value: Value| {
        typed(&set_receive_connector::CMDLET, [(&rows::IDENTITY.param, name.clone()), (param, value)])
    };
    let entry = |cmdlet, entry: &Entry| of_entry(cmdlet, name.clone(), entry, domain);
    Some(match action {
        Action::Enable => set(&rows::ENABLED.param, true.value()),
        Action::AddRange(range) => {
            let mut args = args([(&rows::IDENTITY.param, name.clone())]);
            let edit = Argument::Edit { add: vec![Value::Range(range.clone())], remove: Vec::new() };
            args.push(&rows::REMOTE_IP_RANGES.param, edit);
            to_type(&set_receive_connector::CMDLET, &args, None)
        }
        Action::AddGroup(group) => {
            let groups = connector.access.groups() | *group;
            set(&rows::PERMISSION_GROUPS.param, flags(groups))
        }
        Action::Grant(given) => entry(&add_ad_permission::CMDLET, given),
        Action::RemoveDeny(denied) => entry(&remove_ad_permission::CMDLET, denied),
        Action::Offer(more) => set(&rows::AUTH_MECHANISM.param, flags(connector.auth | *more)),
        Action::Set(property, value) => {
            let row = rows::ROWS.iter().find(|row| row.name() == *property)?;
            set(&row.param, value.clone())
        }
        Action::Client(_) => return None,
    })
}

/// Flags by their names.
fn flags<T: enumset::EnumSetType + Into<&'static str>>(set: EnumSet<T>) -> Value {
    Value::Flags(set.iter().map(Into::into).collect())
}

fn of_entry(cmdlet: &Cmdlet, name: Value, entry: &Entry, domain: &str) -> String {
    let mut args = args([
        (&permission::IDENTITY.param, name),
        (&permission::USER.param, Value::Text(entry.principal.name_in(domain))),
        (&permission::EXTENDED_RIGHTS.param, Value::Text(entry.right.name.to_owned())),
    ]);
    if entry.deny {
        args.push(&permission::DENY.param, Argument::Set(true.value()));
    }
    to_type(cmdlet, &args, None)
}

fn typed<const N: usize>(cmdlet: &Cmdlet, given: [(&'static Param, Value); N]) -> String {
    to_type(cmdlet, &args(given), None)
}

fn args<const N: usize>(given: [(&'static Param, Value); N]) -> Args {
    let mut args = Args::default();
    given.into_iter().for_each(|(param, value)| args.push(param, Argument::Set(value)));
    args
}
