//! The transport configuration: what holds for all mail of the organization. There is exactly one.

mod forms;
pub mod rows;

pub use forms::ADDRESS;

use super::Member;
use crate::net::RemoteRange;
use crate::param::{
    Finding, Findings, Metadata, Noun, Platform, Record, Row, Rule, Size, Span, Tier, Unlimited,
    UnlimitedSize, Version, closed,
};
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

/// The transport configuration. The rows of [`rows`] say what each field is; what an edition decides is none
/// until it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field has a row of its name, which documents it")]
pub struct TransportConfig {
    pub address_book_policy_routing_enabled: bool,
    pub clear_categories: bool,
    pub convert_disclaimer_wrapper_to_eml: bool,
    pub dsn_conversion_mode: Option<DsnConversionMode>,
    pub external_delay_dsn_enabled: bool,
    pub external_dsn_default_language: Option<String>,
    pub external_dsn_language_detection_enabled: bool,
    pub external_dsn_max_message_attach_size: Size,
    pub external_dsn_reporting_authority: Option<String>,
    pub external_dsn_send_html: bool,
    pub external_postmaster_address: Option<String>,
    pub generate_copy_of_dsn_for: Vec<String>,
    pub agent_generated_message_loop_detection_in_smtp_enabled: bool,
    pub agent_generated_message_loop_detection_in_submission_enabled: bool,
    pub diagnostics_aggregation_service_port: u32,
    pub internal_delay_dsn_enabled: bool,
    pub internal_dsn_default_language: Option<String>,
    pub internal_dsn_language_detection_enabled: bool,
    pub internal_dsn_max_message_attach_size: Size,
    pub internal_dsn_reporting_authority: Option<String>,
    pub internal_dsn_send_html: bool,
    pub internal_smtp_servers: Vec<RemoteRange>,
    pub journaling_report_ndr_to: Option<String>,
    pub legacy_journaling_migration_enabled: bool,
    pub max_allowed_agent_generated_message_depth: u32,
    pub max_allowed_agent_generated_message_depth_per_agent: u32,
    pub max_dumpster_size_per_database: Size,
    pub max_dumpster_size_per_storage_group: Size,
    pub max_dumpster_time: Span,
    pub max_receive_size: UnlimitedSize,
    pub max_recipient_envelope_limit: Option<Unlimited>,
    pub max_retries_for_local_site_shadow: u32,
    pub max_retries_for_remote_site_shadow: u32,
    pub max_send_size: UnlimitedSize,
    pub queue_diagnostics_aggregation_interval: Span,
    pub reject_message_on_shadow_failure: bool,
    pub rfc2231_encoding_enabled: bool,
    pub shadow_heartbeat_retry_count: u32,
    pub shadow_heartbeat_timeout_interval: Span,
    pub transport_rule_attachment_text_scan_limit: Option<Size>,
    pub safety_net_hold_time: Span,
    pub shadow_heartbeat_frequency: Span,
    pub shadow_message_auto_discard_interval: Span,
    pub shadow_message_preference_setting: ShadowMessagePreference,
    pub shadow_redundancy_enabled: bool,
    pub shadow_resubmit_time_span: Span,
    pub supervision_tags: Vec<String>,
    pub tls_receive_domain_secure_list: Vec<String>,
    pub tls_send_domain_secure_list: Vec<String>,
    pub verify_secure_submit_enabled: bool,
    pub voicemail_journaling_enabled: bool,
    pub header_promotion_mode_setting: HeaderPromotionMode,
    pub xexch50_enabled: bool,
    pub metadata: Metadata,
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

    fn blank() -> Self {
        let anywhere = Platform { version: Version::NEWEST, tier: Tier::Transport };
        let mut blank = TransportConfig::default();
        for row in
            rows::ROWS.iter().filter(|row| row.unset.is_none() && row.param.default.on(anywhere).is_some())
        {
            // A default is of its row's type: the law "the default parses" holds every row to it.
            let _ = row.assign(&mut blank, row.default_on(anywhere));
        }
        blank
    }

    fn first(_: &Directory) -> Vec<Self> {
        vec![TransportConfig::blank()]
    }

    fn check(_: &[Self]) -> Vec<(usize, Finding)> {
        Vec::new()
    }
}
