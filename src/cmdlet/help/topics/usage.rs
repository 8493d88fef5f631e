//! The topic `usage`: what each usage type needs and gives, and which one fits whom, from the presets and the
//! table of scenarios.

use super::Topic;
use crate::connector::scenario::{SCENARIOS, Scenario};
use crate::connector::usage::Usage;
use crate::manual::Block;
use crate::param::{Platform, Tier, Version};
use crate::server::{Server, ServerRole};

pub(super) static TOPIC: Topic = Topic {
    name: "usage",
    synopsis: "Usage types: what each needs and gives, and which one fits whom",
    about: &["ReceiveConnector"],
    blocks,
};

/// The servers that presets are shown for, each with its name.
const PLATFORMS: [(&str, Platform); 3] = [
    ("since 2013", Platform::NEWEST),
    ("before 2013", Platform { version: Version::V2010, tier: Tier::Transport }),
    ("on an Edge Transport server", Platform { version: Version::NEWEST, tier: Tier::Edge }),
];

fn blocks() -> Vec<Block> {
    let mut blocks = vec![
        Block::Section("Description"),
        Block::prose(
            "A usage gives New-ReceiveConnector what is not given (C16). It is a way to begin and is not kept: every property can be set later. `-Usage NAME` never asks; the switch, as in `-Internet`, asks at a terminal for what is missing. Without a usage it is Custom.",
        ),
        Block::Section("Usage types"),
    ];
    for usage in Usage::ALL {
        blocks.push(Block::Group(usage.name().to_owned()));
        blocks.push(Block::prose(format!("For {}.", usage.preset().purpose)));
        blocks.push(Block::Entries(preset(usage)));
    }
    blocks.push(Block::Section("Who sends"));
    blocks.push(Block::prose(
        "The product's table for 2010, and what became of its rows in later versions. `exch new-receiveconnector` without parameters asks for one of them, step by step.",
    ));
    blocks.extend(scenarios());
    blocks
}

/// What a usage needs, and what it gives; what differs by server is listed for each.
fn preset(usage: Usage) -> Vec<(String, String)> {
    let preset = usage.preset();
    let needs: Vec<String> = preset.required.iter().map(|row| format!("-{}", row.name())).collect();
    let mut entries = vec![("needs".to_owned(), needs.join(", "))];
    let given: Vec<(&str, Vec<(&str, String)>)> = PLATFORMS
        .iter()
        .filter(|(_, platform)| preset.on_edge || platform.tier != Tier::Edge)
        .map(|(name, platform)| (*name, values(usage, *platform)))
        .collect();
    let Some((_, first)) = given.first() else { return entries };
    for (at, (row, value)) in first.iter().enumerate() {
        let others = given.iter().skip(1).filter_map(|(name, values)| {
            values.get(at).filter(|(_, other)| other != value).map(|(_, other)| format!("{other} {name}"))
        });
        let all: Vec<String> = std::iter::once(value.clone()).chain(others).collect();
        entries.push((format!("-{row}"), all.join("; ")));
    }
    if !preset.on_edge {
        entries.push(("Edge".to_owned(), "an Edge Transport server has no such connector (C11)".to_owned()));
    }
    entries
}

fn values(usage: Usage, platform: Platform) -> Vec<(&'static str, String)> {
    let text = |value: crate::param::Value| {
        let texts: Vec<String> = value.elements().iter().map(ToString::to_string).collect();
        if texts.is_empty() { "None".to_owned() } else { texts.join(",") }
    };
    usage.preset().values(platform).into_iter().map(|(row, value)| (row.name(), text(value))).collect()
}

/// The servers that the table of scenarios is shown for, each with its name.
const SERVERS: [(&str, Version, ServerRole); 4] = [
    ("On a Hub Transport server, 2007 and 2010", Version::V2010, ServerRole::HubTransport),
    ("On a Mailbox server, 2013 and later", Version::NEWEST, ServerRole::Mailbox),
    ("On an Edge Transport server, 2007 and 2010", Version::V2010, ServerRole::EdgeTransport),
    ("On an Edge Transport server, 2013 and later", Version::NEWEST, ServerRole::EdgeTransport),
];

/// The table of scenarios, by the server that takes the mail.
fn scenarios() -> impl Iterator<Item = Block> {
    SERVERS.into_iter().flat_map(|(name, version, role)| {
        let server = Server { version, roles: role.into(), ..Server::new("", "") };
        let line = |scenario: &Scenario| {
            let note = if scenario.note.is_empty() { String::new() } else { format!(": {}", scenario.note) };
            (scenario.source.to_owned(), format!("{}{note}", scenario.usage.name()))
        };
        let here = SCENARIOS.iter().filter(|scenario| scenario.fits(&server)).map(line).collect();
        [Block::Group(name.to_owned()), Block::Entries(here)]
    })
}
