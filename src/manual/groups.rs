//! The headings that parameters stand under, and their order: what every call needs first.

use super::page::Page;
use crate::param::{Group, Param};

/// The heading of a group.
pub(super) fn heading(group: Group) -> &'static str {
    match group {
        Group::Identity => "Identity",
        Group::Connections => "Who may connect",
        Group::Routing => "Where mail goes",
        Group::Security => "Authentication and permissions",
        Group::Limits => "Limits",
        Group::Protocol => "Protocol",
        Group::Other => "Other",
        Group::Safety => "Before anything changes",
        Group::Common | Group::Store => "Common parameters",
        Group::Ignored => "Accepted without effect",
    }
}

/// The parameters of a page under their headings, in the order in which they are read.
pub(super) fn grouped(page: &Page) -> Vec<(Group, Vec<&'static Param>)> {
    let mut params = page.params.clone();
    params.sort_by_key(|param| {
        let place = page.place(param).unwrap_or(usize::MAX);
        (param.group, place, !page.requires(param), !param.usual)
    });
    let mut groups: Vec<(Group, Vec<&'static Param>)> = Vec::new();
    for param in params {
        match groups.last_mut() {
            Some((group, members)) if heading(*group) == heading(param.group) => members.push(param),
            _ => groups.push((param.group, vec![param])),
        }
    }
    groups
}
