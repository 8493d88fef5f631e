//! Usage presets (C16): what each usage type needs, and what it gives where nothing was given.

use super::{ReceiveConnector, rows};
use crate::param::{Platform, Row, Tier, Value, Version, closed};

closed! {
    /// What a connector is for.
    Usage: Client, Custom, Internal, Internet, Partner
}

impl Usage {
    /// Every usage type.
    pub const ALL: [Usage; 5] =
        [Usage::Client, Usage::Custom, Usage::Internal, Usage::Internet, Usage::Partner];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Its preset.
    #[must_use]
    pub fn preset(self) -> &'static Preset {
        match self {
            Usage::Client => &CLIENT,
            Usage::Custom => &CUSTOM,
            Usage::Internal => &INTERNAL,
            Usage::Internet => &INTERNET,
            Usage::Partner => &PARTNER,
        }
    }
}

/// A property that a preset sets, and its spelling.
type Setting = (&'static Row<ReceiveConnector>, &'static [&'static str]);

/// A setting for the platforms that it is for.
type Variant = (fn(Platform) -> bool, Setting);

/// One line of the usage table.
pub struct Preset {
    /// Properties that must be given.
    pub required: &'static [&'static Row<ReceiveConnector>],
    /// Properties with their values on every version and role.
    settings: &'static [Setting],
    /// Values that take their place on some platforms.
    variants: &'static [Variant],
    /// Whether an Edge Transport server has it (C11).
    pub on_edge: bool,
    /// What it is for, to say in help and where one is chosen.
    pub purpose: &'static str,
}

impl Preset {
    /// The properties that the preset sets on `platform`, with their values.
    #[must_use]
    pub fn values(&self, platform: Platform) -> Vec<(&'static Row<ReceiveConnector>, Value)> {
        let parse = |(row, texts): Setting| Some((row, row.param.kind.parse_all(row.name(), texts).ok()?));
        let here = |row: &Row<ReceiveConnector>| {
            let fits = |(when, setting): &&Variant| setting.0.name() == row.name() && when(platform);
            self.variants.iter().find(fits).map(|(_, setting)| *setting)
        };
        self.settings.iter().filter_map(|setting| parse(here(setting.0).unwrap_or(*setting))).collect()
    }
}

fn since_2013(platform: Platform) -> bool {
    platform.version >= Version::V2013
}

fn before_2013(platform: Platform) -> bool {
    !since_2013(platform)
}

fn on_edge(platform: Platform) -> bool {
    platform.tier == Tier::Edge
}

static CLIENT: Preset = Preset {
    required: &[&rows::REMOTE_IP_RANGES],
    settings: &[
        (&rows::BINDINGS, &["0.0.0.0:587"]),
        (&rows::PERMISSION_GROUPS, &["ExchangeUsers"]),
        (&rows::AUTH_MECHANISM, &["Tls", "Integrated", "BasicAuth", "BasicAuthRequireTLS"]),
    ],
    variants: &[(since_2013, (&rows::BINDINGS, &["[::]:587", "0.0.0.0:587"]))],
    on_edge: false,
    purpose: "users' POP3 and IMAP4 programs that submit mail",
};

static CUSTOM: Preset = Preset {
    required: &[&rows::BINDINGS, &rows::REMOTE_IP_RANGES],
    settings: &[(&rows::PERMISSION_GROUPS, &["None"]), (&rows::AUTH_MECHANISM, &["Tls"])],
    variants: &[],
    on_edge: true,
    purpose: "cross-forest mail, third-party MTAs, anonymous relay, hosted filtering services",
};

static INTERNAL: Preset = Preset {
    required: &[&rows::REMOTE_IP_RANGES],
    settings: &[
        (&rows::BINDINGS, &["0.0.0.0:25"]),
        (&rows::PERMISSION_GROUPS, &["ExchangeServers", "ExchangeLegacyServers"]),
        (&rows::AUTH_MECHANISM, &["Tls", "ExchangeServer"]),
    ],
    variants: &[
        (since_2013, (&rows::BINDINGS, &["[::]:25", "0.0.0.0:25"])),
        (on_edge, (&rows::PERMISSION_GROUPS, &["ExchangeServers"])),
    ],
    on_edge: true,
    purpose: "mail between Exchange servers",
};

// The 2010 page gives "none or externally secured" for this usage and says that a connector always answers a
// request for TLS; Tls stands here since every connector carries it.
static INTERNET: Preset = Preset {
    required: &[&rows::BINDINGS],
    settings: &[
        (&rows::REMOTE_IP_RANGES, &["0.0.0.0-255.255.255.255"]),
        (&rows::PERMISSION_GROUPS, &["AnonymousUsers"]),
        (&rows::AUTH_MECHANISM, &["Tls"]),
    ],
    variants: &[(before_2013, (&rows::PERMISSION_GROUPS, &["AnonymousUsers", "Partners"]))],
    on_edge: true,
    purpose: "mail from the Internet; not recommended on a Hub Transport server",
};

static PARTNER: Preset = Preset {
    required: &[&rows::BINDINGS, &rows::REMOTE_IP_RANGES],
    settings: &[
        (&rows::PERMISSION_GROUPS, &["Partners"]),
        (&rows::AUTH_MECHANISM, &["Tls"]),
        (&rows::DOMAIN_SECURE_ENABLED, &["true"]),
    ],
    variants: &[],
    on_edge: true,
    purpose: "mutual TLS with a domain that is on TLSReceiveDomainSecureList",
};
