//! The transport configuration: what holds for all mail of the organization. There is exactly one.

mod forms;
pub mod rows;

pub use forms::ADDRESS;
pub use rows::TransportConfig;

use super::Member;
use crate::param::{Finding, Findings, Metadata, Noun, Record, Row, Rule, closed};
use crate::server::Directory;

/// What the directory calls it.
const NAME_OF_ALL: &str = "Transport Settings";

closed! {
    /// What becomes of delivery status notifications that come from elsewhere.
    DsnConversionMode: DoNotConvert, PreserveDSNBody, UseExchangeDSNs
}
closed! {
    /// Whether named properties are made of X-headers.
    #[derive(Default)]
    HeaderPromotionMode: #[default] MustCreate, MayCreate, NoCreate
}
closed! {
    /// Where second copies of mail under way are kept.
    #[derive(Default)]
    ShadowMessagePreference: #[default] LocalOnly, RemoteOnly, PreferRemote
}

impl TransportConfig {
    /// What the rules warn of.
    #[must_use]
    pub(crate) fn warnings(&self) -> Vec<Finding> {
        let mut found = Findings::default();
        let (all, one) = (
            &rows::MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH,
            &rows::MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH_PER_AGENT,
        );
        let (depth, of_agent) = (
            self.max_allowed_agent_generated_message_depth,
            self.max_allowed_agent_generated_message_depth_per_agent,
        );
        if depth <= of_agent {
            let message =
                format!("{}: `{depth}` is not above {}, which is `{of_agent}`", all.name(), one.name());
            found.warn(Finding::new(Rule::AD5, all.name(), message));
        }
        found.warnings
    }
}

impl Noun for TransportConfig {
    const NAME: &'static str = "TransportConfig";
    type Scene = super::Scene;
    const FIRST: &'static [&'static Row<Self>] = &[&rows::GUID];
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

impl Record for TransportConfig {
    fn name(&self) -> &str {
        NAME_OF_ALL
    }

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }
}

impl Member for TransportConfig {
    const TABLE: &'static [&'static str] = &[];
    const SINGLE: bool = true;
    const CATEGORY: &'static str = "ms-Exch-Transport-Settings";
    const CONTAINER: &'static str = "CN=Transport Settings";

    fn first(_: &Directory) -> Vec<Self> {
        vec![TransportConfig::blank()]
    }

    fn check(_: &[Self]) -> Vec<(usize, Finding)> {
        Vec::new()
    }
}
