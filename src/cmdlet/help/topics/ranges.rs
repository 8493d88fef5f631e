//! The topic `ranges`: bindings, remote ranges, and which connectors may stand beside each other.

use super::{Topic, story};
use crate::connector::rules::{MANY_RANGES, TOO_MANY_RANGES};
use crate::manual::{Block, Example};
use crate::text::grouped;

pub(super) static TOPIC: Topic = Topic {
    name: "ranges",
    synopsis: "Bindings and remote ranges: spellings, edits, and what may stand side by side",
    about: &["ReceiveConnector"],
    blocks,
};

const BINDINGS: [(&str, &str); 3] = [
    ("192.168.1.1:25", "one address of the server"),
    ("0.0.0.0:25", "every IPv4 address of the server"),
    ("[::]:25", "every IPv6 address; IPv6 stands in brackets"),
];

const RANGES: [(&str, &str); 5] = [
    ("192.168.1.1", "one address"),
    ("192.168.1.10-192.168.1.20", "from the first to the last"),
    ("192.168.1.0/24", "a prefix"),
    ("192.168.1.0(255.255.255.0)", "a mask, for IPv4; the shell needs quotes round it"),
    ("2001:db8::/32", "IPv6, in all spellings but the mask"),
];

const LINES: &[Example] = &[
    Example::new(
        "new-receiveconnector Spellings -Server HUB01 -Bindings 0.0.0.0:2527,[::]:2527 -RemoteIPRanges '192.168.1.1, 192.168.2.10-192.168.2.20, 192.168.3.0/24, 192.168.4.0(255.255.255.0), 2001:db8::/32' -PermissionGroups AnonymousUsers",
        "Every spelling of a range, in one quoted list.",
    ),
    Example::new(
        "set-receiveconnector 'HUB01\\Spellings' -RemoteIPRanges '@{Add=\"192.168.5.7\";Remove=\"192.168.1.1\"}'",
        "An edit adds and removes; a plain list would replace.",
    ),
    Example::new(
        "new-receiveconnector Narrower -Server HUB01 -Bindings 0.0.0.0:2527 -RemoteIPRanges 192.168.3.77 -PermissionGroups AnonymousUsers",
        "A range inside another one's, at the same port: the narrower answers.",
    ),
];

fn blocks() -> Vec<Block> {
    let limit = format!(
        "A connector with more than {} ranges is made with a warning, one with more than {} is refused (C14); both say how many ranges would do when neighbours are joined.",
        grouped(MANY_RANGES),
        grouped(TOO_MANY_RANGES)
    );
    vec![
        Block::Section("Bindings"),
        Block::prose("Where a connector listens: an address of the server and a port (V1)."),
        Block::entries(&BINDINGS),
        Block::Section("Remote ranges"),
        Block::prose(
            "Whom it answers (V2). A range is its first to its last address, and is printed as it was typed.",
        ),
        Block::entries(&RANGES),
        Block::Section("Lists"),
        story(LINES),
        Block::Section("Several connectors"),
        Block::prose(
            "Of the connectors that listen at an address and port, the one with the narrowest range around the sender answers. At the same address and port two ranges are disjoint, or one lies strictly inside the other; equal and partly overlapping ones are refused (U3). Through 0.0.0.0 or [::], partly overlapping ones are refused (U4). Connectors of different transport roles never share an address and port (U5). The message of a conflict names the bindings and the ranges, and what to type.",
        ),
        Block::prose(limit),
    ]
}
