//! The Send connectors that a subscription makes, or joins where another one of its site made them.

use super::super::send_connector::rows as send;
use super::{EdgeSubscription, rows};
use crate::organization::SendConnector;
use crate::param::{Finding, Platform, Row, Rule, Tier, Version};

/// A property and its values, as they would be typed.
type Setting = (&'static Row<SendConnector>, &'static [&'static str]);

/// One connector that a subscription makes.
pub struct Made {
    /// Its name, with `<Site>` in the site's place.
    pub name: &'static str,
    /// The switch that does without.
    pub switch: &'static Row<EdgeSubscription>,
    /// Whether a subscription wants it.
    pub wanted: fn(&EdgeSubscription) -> bool,
    /// What is set on every edition.
    pub settings: &'static [Setting],
    /// What is set since 2013.
    pub settings_since_2013: &'static [Setting],
}

/// Every one.
pub static MADE: [Made; 2] = [
    Made {
        name: "EdgeSync - <Site> to Internet",
        switch: &rows::CREATE_INTERNET_SEND_CONNECTOR,
        wanted: |subscription| subscription.internet_connector,
        settings: &[
            (&send::ADDRESS_SPACES, &["SMTP:*;100"]),
            (&send::ENABLED, &["true"]),
            (&send::DNS_ROUTING_ENABLED, &["true"]),
            (&send::DOMAIN_SECURE_ENABLED, &["true"]),
            (&send::SMART_HOSTS, &[]),
        ],
        settings_since_2013: &[],
    },
    Made {
        name: "EdgeSync - Inbound to <Site>",
        switch: &rows::CREATE_INBOUND_SEND_CONNECTOR,
        wanted: |subscription| subscription.inbound_connector,
        settings: &[
            (&send::ADDRESS_SPACES, &["SMTP:--;1"]),
            (&send::ENABLED, &["true"]),
            (&send::DNS_ROUTING_ENABLED, &["false"]),
            (&send::SMART_HOSTS, &["--"]),
            (&send::SMART_HOST_AUTH_MECHANISM, &["ExchangeServer"]),
            (&send::DOMAIN_SECURE_ENABLED, &["false"]),
        ],
        settings_since_2013: &[(&send::MAX_MESSAGE_SIZE, &["Unlimited"])],
    },
];

impl Made {
    /// Its name for a site.
    #[must_use]
    pub fn name(&self, site: &str) -> String {
        self.name.replace("<Site>", site)
    }

    /// The connector for a site, with one source.
    ///
    /// # Errors
    /// ES9 where the site's name makes its own too long.
    pub fn connector(&self, site: &str, server: &str, version: Version) -> Result<SendConnector, Finding> {
        let name = self.name(site);
        send::NAME.param.parse(&name).map_err(|_| self.too_long(&name))?;
        let mut made = SendConnector::new(&name);
        let limit = send::MAX_MESSAGE_SIZE.default_on(Platform { version, tier: Tier::Edge });
        send::MAX_MESSAGE_SIZE.assign(&mut made, limit)?;
        let newer = if version < Version::V2013 { &[] } else { self.settings_since_2013 };
        for (row, texts) in self.settings.iter().chain(newer) {
            row.assign(&mut made, row.param.kind.parse_all(row.name(), texts)?)?;
        }
        made.source_transport_servers = vec![server.to_owned()];
        Ok(made)
    }

    /// ES9.
    fn too_long(&self, name: &str) -> Finding {
        let message =
            format!("parameter Site: the Send connector would be called `{name}`, which is not a name");
        let switch = self.switch.name();
        Finding::new(Rule::ES9, rows::SITE.name(), message).hint(format!("-{switch}:false does without it"))
    }
}
