//! The topic `permissions`: groups, whom they give what, rights and principals, from the tables of the access
//! lists.

use std::collections::BTreeMap;

use strum::VariantNames;

use super::Topic;
use crate::manual::Block;
use crate::param::Platform;
use crate::permission::{PRINCIPALS, PermissionGroup, RIGHTS, Side, grants};

pub(super) static TOPIC: Topic = Topic {
    name: "permissions",
    synopsis: "Permission groups, rights and principals: who may do what on a connector",
    about: &["ReceiveConnector", "ADPermission"],
    blocks,
};

fn blocks() -> Vec<Block> {
    let mut blocks = vec![
        Block::Section("Description"),
        Block::prose(
            "A connector has an access list: entries that allow or deny a principal a right (P1). -PermissionGroups is a view of it. Setting groups gives exactly their entries and leaves other entries and every Deny (P2); Add-ADPermission and Remove-ADPermission change single entries. Deny wins over Allow (P5).",
        ),
        Block::Section("Groups"),
        Block::prose("What each gives on the newest version, on a server that is no Edge Transport server."),
    ];
    for name in PermissionGroup::VARIANTS {
        let Ok(group) = name.parse::<PermissionGroup>() else { continue };
        blocks.extend([Block::Group((*name).to_owned()), Block::Entries(given(group))]);
    }
    let right = |side: Side| {
        let entry = |right: &crate::permission::Right| (right.name.to_owned(), right.decides.to_owned());
        Block::Entries(RIGHTS.iter().filter(|right| right.side == side).map(entry).collect())
    };
    blocks.extend([Block::Section("Rights"), right(Side::Receive)]);
    blocks.push(Block::prose("These are looked at by Send connectors; here they do nothing."));
    blocks.push(right(Side::Send));
    let principals = PRINCIPALS.iter().map(|p| (p.name.to_owned(), p.session.to_owned()));
    blocks.extend([Block::Section("Principals"), Block::Entries(principals.collect())]);
    blocks.push(Block::prose(
        "Any other account is named as DOMAIN\\name, SERVER\\name, name@domain or by its SID.",
    ));
    blocks
}

/// The rights that a group gives, by principal; of a principal with the rights of another the page says so.
fn given(group: PermissionGroup) -> Vec<(String, String)> {
    let platform = Platform::NEWEST;
    let mut by_principal: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for entry in grants(group, platform) {
        by_principal.entry(entry.principal.name().to_owned()).or_default().push(entry.right.name);
    }
    let mut lines: Vec<(String, String)> = Vec::new();
    for (principal, rights) in by_principal {
        let rights = rights.join(", ");
        let same = lines.iter().find(|(_, others)| *others == rights).map(|(other, _)| other);
        let says = same.map_or(rights, |other| format!("the same as {other}"));
        lines.push((principal, says));
    }
    lines
}
