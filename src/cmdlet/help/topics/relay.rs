//! The topic `relay`: letting devices and applications send to other organizations' recipients.

use super::{Topic, story};
use crate::manual::{Block, Example};

pub(super) static TOPIC: Topic = Topic {
    name: "relay",
    synopsis: "Letting devices and applications relay, step by step",
    about: &["ReceiveConnector", "ADPermission"],
    blocks,
};

const INSIDE: &[Example] = &[Example::new(
    "new-receiveconnector Scanners -Server HUB01 -Usage Custom -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.20,10.0.0.21 -PermissionGroups AnonymousUsers",
    "Devices that send to recipients of the organization alone need no relay: anonymous users may submit.",
)];

const RIGHT: &[Example] = &[
    Example::new(
        "add-adpermission 'HUB01\\Scanners' -User 'NT AUTHORITY\\ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient",
        "Any recipient, for whoever the connector answers.",
    ),
    Example::new(
        "get-adpermission 'HUB01\\Scanners' -Effective -User 'NT AUTHORITY\\ANONYMOUS LOGON'",
        "What such a session may do now.",
    ),
];

const TRUSTED: &[Example] = &[Example::new(
    "new-receiveconnector Applications -Server HUB01 -Usage Custom -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.30 -PermissionGroups ExchangeServers -AuthMechanism Tls,ExternalAuthoritative",
    "Hosts that are trusted as servers of the organization are.",
)];

fn blocks() -> Vec<Block> {
    vec![
        Block::Section("Description"),
        Block::prose(
            "Relay is taking mail for recipients outside of the accepted domains. It needs the right ms-Exch-SMTP-Accept-Any-Recipient, which the group AnonymousUsers does not give. Keep -RemoteIPRanges of such a connector narrow: whoever is in it may send to anybody.",
        ),
        Block::Section("Without relay"),
        story(INSIDE),
        Block::Section("With the right"),
        Block::prose(
            "The narrow way: sessions stay anonymous, messages are filtered, and senders do not resolve.",
        ),
        story(RIGHT),
        Block::Section("As trusted hosts"),
        Block::prose(
            "The wide way: messages count as internal, are not filtered, and may have any sender. ExternalAuthoritative goes with Tls alone and needs the group ExchangeServers (C5).",
        ),
        story(TRUSTED),
    ]
}
