//! What a Send connector is for, and what that gives it where nothing was given (SC14).

use super::{SendConnector, rows};
use crate::param::{Row, Version, closed};

closed! {
    /// What a connector is for. It is not kept: it decides what New- sets.
    Usage: Custom, Internal, Internet, Partner
}

impl Usage {
    /// Every usage type.
    pub const ALL: [Usage; 4] = [Usage::Custom, Usage::Internal, Usage::Internet, Usage::Partner];

    /// The properties that it sets on an edition, spelled as they would be typed.
    #[must_use]
    pub fn settings(self, version: Version) -> Vec<(&'static Row<SendConnector>, &'static str)> {
        match self {
            Usage::Internal if version >= Version::V2013 => vec![(&rows::MAX_MESSAGE_SIZE, "Unlimited")],
            Usage::Partner => vec![(&rows::DOMAIN_SECURE_ENABLED, "true")],
            Usage::Custom | Usage::Internal | Usage::Internet => Vec::new(),
        }
    }

    /// What it is for, to say in help.
    #[must_use]
    pub fn purpose(self) -> &'static str {
        match self {
            Usage::Custom => {
                "systems that are not Exchange: smart hosts, relays for an external relay domain"
            }
            Usage::Internal => "servers of the organization, or of another forest",
            Usage::Internet => "mail to the Internet",
            Usage::Partner => "mutual TLS with a partner's domain",
        }
    }
}
