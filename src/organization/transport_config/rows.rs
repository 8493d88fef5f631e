//! The properties of the transport configuration, in the order in which Format-List prints them.

use strum::VariantNames;

use super::super::common;
use super::forms::{ADDRESS, CULTURE, STATUS_CODE};
use super::{DsnConversionMode, HeaderPromotionMode, NAME_OF_ALL, ShadowMessagePreference};
use crate::net::RemoteRange;
use crate::param::Version::{self, V2007, V2010, V2013, V2016};
use crate::param::{
    DefaultValue as D, Group, Kind, Metadata, Param, Row, Size, Span, Unlimited, UnlimitedSize, Value, Verb,
    param, rows,
};

const BOTH: &[Verb] = &[Verb::Get, Verb::Set];
const SET: &[Verb] = &[Verb::Set];

/// A parameter that Set- takes.
const fn set(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, kind, help).on(SET)
}

rows! {
    /// The transport configuration. What an edition decides is none until it is set.
    pub struct TransportConfig with metadata: Metadata {
        ADDRESS_BOOK_POLICY_ROUTING_ENABLED(address_book_policy_routing_enabled: bool) = stored(set("AddressBookPolicyRoutingEnabled", Kind::Bool, "Resolve senders and recipients only within their own address book policy")).default("false").since(V2013);
        ANONYMOUS_SENDER_TO_RECIPIENT_RATE_PER_HOUR = common::constant("AnonymousSenderToRecipientRatePerHour", Kind::Count(0, 4_294_967_295), "1800").since(V2013);
        CLEAR_CATEGORIES(clear_categories: bool) = stored(set("ClearCategories", Kind::Bool, "Take Outlook categories off messages")).default("true");
        CONVERT_DISCLAIMER_WRAPPER_TO_EML(convert_disclaimer_wrapper_to_eml: bool) = stored(set("ConvertDisclaimerWrapperToEml", Kind::Bool, "Attach the original of a wrapped disclaimer as .eml rather than as .msg")).default("false").since(V2010);
        DSN_CONVERSION_MODE(dsn_conversion_mode: Option<DsnConversionMode>) = stored(set("DSNConversionMode", Kind::Choice(DsnConversionMode::VARIANTS), "What becomes of delivery status notifications from elsewhere")).defaults(D::all("PreserveDSNBody").before(V2016, "UseExchangeDSNs")).unset(|_, scene| DSN_CONVERSION_MODE.default_on(scene.platform()));
        JOURNAL_ARCHIVING_ENABLED = common::constant("JournalArchivingEnabled", Kind::Bool, "false").since(V2013);
        EXTERNAL_DELAY_DSN_ENABLED(external_delay_dsn_enabled: bool) = stored(set("ExternalDelayDsnEnabled", Kind::Bool, "Tell external senders when mail is late")).default("true").since(V2010);
        EXTERNAL_DSN_DEFAULT_LANGUAGE(external_dsn_default_language: Option<String>) = stored(set("ExternalDsnDefaultLanguage", Kind::Form(&CULTURE), "The language of notifications to external senders; empty is the server's")).since(V2010);
        EXTERNAL_DSN_LANGUAGE_DETECTION_ENABLED(external_dsn_language_detection_enabled: bool) = stored(set("ExternalDsnLanguageDetectionEnabled", Kind::Bool, "Answer external senders in the language of their message")).default("true").since(V2010);
        EXTERNAL_DSN_MAX_MESSAGE_ATTACH_SIZE(external_dsn_max_message_attach_size: Size) = stored(set("ExternalDsnMaxMessageAttachSize", Kind::Size(0, 2_147_483_647), "The largest message attached to a notification to external senders")).default("10 MB").since(V2010);
        EXTERNAL_DSN_REPORTING_AUTHORITY(external_dsn_reporting_authority: Option<String>) = stored(set("ExternalDsnReportingAuthority", Kind::Domain, "The domain that notifications to external senders name; empty is the first authoritative one")).since(V2010);
        EXTERNAL_DSN_SEND_HTML(external_dsn_send_html: bool) = stored(set("ExternalDsnSendHtml", Kind::Bool, "Send notifications to external senders as HTML")).default("true").since(V2010);
        EXTERNAL_POSTMASTER_ADDRESS(external_postmaster_address: Option<String>) = stored(set("ExternalPostmasterAddress", Kind::Form(&ADDRESS), "The sender of notifications to external senders; empty is postmaster@ the default domain")).since(V2010);
        GENERATE_COPY_OF_DSN_FOR(generate_copy_of_dsn_for: Vec<String>) = stored(set("GenerateCopyOfDSNFor", Kind::List(&Kind::Form(&STATUS_CODE)), "Status codes x.y.z of which the postmaster gets a copy")).default("5.4.8,5.4.6,5.4.4,5.2.4,5.2.0,5.1.4");
        AGENT_GENERATED_MESSAGE_LOOP_DETECTION_IN_SMTP_ENABLED(agent_generated_message_loop_detection_in_smtp_enabled: bool) = stored(set("AgentGeneratedMessageLoopDetectionInSmtpEnabled", Kind::Bool, "Look for loops of messages that agents make, at receipt")).default("false").since(V2013);
        AGENT_GENERATED_MESSAGE_LOOP_DETECTION_IN_SUBMISSION_ENABLED(agent_generated_message_loop_detection_in_submission_enabled: bool) = stored(set("AgentGeneratedMessageLoopDetectionInSubmissionEnabled", Kind::Bool, "Look for loops of messages that agents make, at submission")).default("false").since(V2013);
        DIAGNOSTICS_AGGREGATION_SERVICE_PORT(diagnostics_aggregation_service_port: u32) = stored(set("DiagnosticsAggregationServicePort", Kind::Count(1, 65_535), "The port of the service that collects queue figures")).default("9710").since(V2013);
        INTERNAL_DELAY_DSN_ENABLED(internal_delay_dsn_enabled: bool) = stored(set("InternalDelayDsnEnabled", Kind::Bool, "Tell internal senders when mail is late")).default("true").since(V2010);
        INTERNAL_DSN_DEFAULT_LANGUAGE(internal_dsn_default_language: Option<String>) = stored(set("InternalDsnDefaultLanguage", Kind::Form(&CULTURE), "The language of notifications to internal senders; empty is the server's")).since(V2010);
        INTERNAL_DSN_LANGUAGE_DETECTION_ENABLED(internal_dsn_language_detection_enabled: bool) = stored(set("InternalDsnLanguageDetectionEnabled", Kind::Bool, "Answer internal senders in the language of their message")).default("true").since(V2010);
        INTERNAL_DSN_MAX_MESSAGE_ATTACH_SIZE(internal_dsn_max_message_attach_size: Size) = stored(set("InternalDsnMaxMessageAttachSize", Kind::Size(0, 2_147_483_647), "The largest message attached to a notification to internal senders")).default("10 MB").since(V2010);
        INTERNAL_DSN_REPORTING_AUTHORITY(internal_dsn_reporting_authority: Option<String>) = stored(set("InternalDsnReportingAuthority", Kind::Domain, "The domain that notifications to internal senders name; empty is the first authoritative one")).since(V2010);
        INTERNAL_DSN_SEND_HTML(internal_dsn_send_html: bool) = stored(set("InternalDsnSendHtml", Kind::Bool, "Send notifications to internal senders as HTML")).default("true").since(V2010);
        INTERNAL_SMTP_SERVERS(internal_smtp_servers: Vec<RemoteRange>) = stored(set("InternalSMTPServers", Kind::List(&Kind::Range), "Addresses of own servers, which Sender ID and connection filtering skip"));
        JOURNALING_REPORT_NDR_TO(journaling_report_ndr_to: Option<String>) = stored(set("JournalingReportNdrTo", Kind::Form(&ADDRESS), "Where journal reports go that cannot be delivered")).unset(|_, _| Value::text("<>"));
        LEGACY_JOURNALING_MIGRATION_ENABLED(legacy_journaling_migration_enabled: bool) = stored(set("LegacyJournalingMigrationEnabled", Kind::Bool, "Take journal reports in the form of Exchange 2003")).default("false").versions(V2010, V2010);
        MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH(max_allowed_agent_generated_message_depth: u32) = stored(set("MaxAllowedAgentGeneratedMessageDepth", Kind::Count(0, 4_294_967_295), "How deep messages may nest that agents make of each other")).default("3").since(V2013);
        MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH_PER_AGENT(max_allowed_agent_generated_message_depth_per_agent: u32) = stored(set("MaxAllowedAgentGeneratedMessageDepthPerAgent", Kind::Count(0, 4_294_967_295), "How deep messages may nest that one agent makes")).default("2").since(V2013);
        MAX_DUMPSTER_SIZE_PER_DATABASE(max_dumpster_size_per_database: Size) = stored(set("MaxDumpsterSizePerDatabase", Kind::Size(0, 2_199_023_254_528), "How much delivered mail a database keeps for a failover; heeded by 2010 alone")).default("18 MB").since(V2010);
        MAX_DUMPSTER_SIZE_PER_STORAGE_GROUP(max_dumpster_size_per_storage_group: Size) = stored(set("MaxDumpsterSizePerStorageGroup", Kind::Size(0, 2_147_483_647), "How much delivered mail a storage group keeps for a failover")).default("18 MB").versions(Version::OLDEST, V2007);
        MAX_DUMPSTER_TIME(max_dumpster_time: Span) = stored(set("MaxDumpsterTime", Kind::Span(0, 2_147_483_647), "How long delivered mail is kept for a failover; heeded by 2007 and 2010 alone")).default("7.00:00:00");
        MAX_RECEIVE_SIZE(max_receive_size: UnlimitedSize) = stored(set("MaxReceiveSize", Kind::UnlimitedSize(0, 2_147_482_624), "The largest message that recipients of the organization get")).default("10 MB");
        MAX_RECIPIENT_ENVELOPE_LIMIT(max_recipient_envelope_limit: Option<Unlimited>) = stored(set("MaxRecipientEnvelopeLimit", Kind::Unlimited(0, 2_147_483_647), "How many recipients a message may have")).defaults(D::all("500").before(V2016, "5000")).unset(|_, scene| MAX_RECIPIENT_ENVELOPE_LIMIT.default_on(scene.platform()));
        MAX_RETRIES_FOR_LOCAL_SITE_SHADOW(max_retries_for_local_site_shadow: u32) = stored(set("MaxRetriesForLocalSiteShadow", Kind::Count(0, 255), "How often a copy is tried on a server of the same site")).default("2").since(V2013);
        MAX_RETRIES_FOR_REMOTE_SITE_SHADOW(max_retries_for_remote_site_shadow: u32) = stored(set("MaxRetriesForRemoteSiteShadow", Kind::Count(0, 255), "How often a copy is tried on a server of another site")).default("4").since(V2013);
        MAX_SEND_SIZE(max_send_size: UnlimitedSize) = stored(set("MaxSendSize", Kind::UnlimitedSize(0, 2_147_482_624), "The largest message that senders of the organization send")).default("10 MB");
        QUEUE_DIAGNOSTICS_AGGREGATION_INTERVAL(queue_diagnostics_aggregation_interval: Span) = stored(set("QueueDiagnosticsAggregationInterval", Kind::Span(0, 2_147_483_647), "How often queue figures are collected")).default("00:01:00").since(V2013);
        REJECT_MESSAGE_ON_SHADOW_FAILURE(reject_message_on_shadow_failure: bool) = stored(set("RejectMessageOnShadowFailure", Kind::Bool, "Refuse a message of which no second copy can be made")).default("false").since(V2013);
        RFC2231_ENCODING_ENABLED(rfc2231_encoding_enabled: bool) = stored(set("Rfc2231EncodingEnabled", Kind::Bool, "Encode parameters of MIME headers by RFC 2231")).default("false").since(V2010);
        SHADOW_HEARTBEAT_RETRY_COUNT(shadow_heartbeat_retry_count: u32) = stored(set("ShadowHeartbeatRetryCount", Kind::Count(1, 15), "How often it asks in vain before it takes a message over; heeded by 2010 alone")).default("12").since(V2010);
        SHADOW_HEARTBEAT_TIMEOUT_INTERVAL(shadow_heartbeat_timeout_interval: Span) = stored(set("ShadowHeartbeatTimeoutInterval", Kind::Span(1, 86_400), "How long it waits before it asks; heeded by 2010 alone")).default("00:15:00").since(V2010);
        TRANSPORT_RULE_ATTACHMENT_TEXT_SCAN_LIMIT(transport_rule_attachment_text_scan_limit: Option<Size>) = stored(set("TransportRuleAttachmentTextScanLimit", Kind::Size(0, 2_147_483_647), "How much text of an attachment rules look at")).defaults(D::all("1 MB").before(V2016, "150 KB")).unset(|_, scene| TRANSPORT_RULE_ATTACHMENT_TEXT_SCAN_LIMIT.default_on(scene.platform())).since(V2013);
        SAFETY_NET_HOLD_TIME(safety_net_hold_time: Span) = stored(set("SafetyNetHoldTime", Kind::Span(0, 2_147_483_647), "How long delivered mail is kept in the Safety Net")).default("2.00:00:00").since(V2013);
        SHADOW_HEARTBEAT_FREQUENCY(shadow_heartbeat_frequency: Span) = stored(set("ShadowHeartbeatFrequency", Kind::Span(1, 86_400), "How long a server waits before it asks about a copied message")).default("00:02:00").since(V2013);
        SHADOW_MESSAGE_AUTO_DISCARD_INTERVAL(shadow_message_auto_discard_interval: Span) = stored(set("ShadowMessageAutoDiscardInterval", Kind::Span(5, 7_776_000), "How long news of delivered messages is kept for the server that asks")).default("2.00:00:00").since(V2010);
        SHADOW_MESSAGE_PREFERENCE_SETTING(shadow_message_preference_setting: ShadowMessagePreference) = stored(set("ShadowMessagePreferenceSetting", Kind::Choice(ShadowMessagePreference::VARIANTS), "Where second copies are kept")).default("PreferRemote").since(V2013);
        SHADOW_REDUNDANCY_ENABLED(shadow_redundancy_enabled: bool) = stored(set("ShadowRedundancyEnabled", Kind::Bool, "Keep a second copy of mail under way")).default("true").since(V2010);
        SHADOW_RESUBMIT_TIME_SPAN(shadow_resubmit_time_span: Span) = stored(set("ShadowResubmitTimeSpan", Kind::Span(1, 86_400), "After what time in vain it takes messages over")).default("03:00:00").since(V2013);
        SMTP_CLIENT_AUTHENTICATION_DISABLED = common::constant("SmtpClientAuthenticationDisabled", Kind::Bool, "false").since(V2016);
        SUPERVISION_TAGS(supervision_tags: Vec<String>) = stored(set("SupervisionTags", Kind::List(&Kind::Text), "Tags that supervision may put on a message")).default("Reject,Allow").since(V2010);
        TLS_RECEIVE_DOMAIN_SECURE_LIST(tls_receive_domain_secure_list: Vec<String>) = stored(set("TLSReceiveDomainSecureList", Kind::List(&Kind::Domain), "Domains whose mail is taken with Domain Security alone (P9)"));
        TLS_SEND_DOMAIN_SECURE_LIST(tls_send_domain_secure_list: Vec<String>) = stored(set("TLSSendDomainSecureList", Kind::List(&Kind::Domain), "Domains to which mail goes with Domain Security alone (P9)"));
        VERIFY_SECURE_SUBMIT_ENABLED(verify_secure_submit_enabled: bool) = stored(set("VerifySecureSubmitEnabled", Kind::Bool, "Check that clients submit over a protected connection")).default("false");
        VOICEMAIL_JOURNALING_ENABLED(voicemail_journaling_enabled: bool) = stored(set("VoicemailJournalingEnabled", Kind::Bool, "Journal voice mail and missed-call notifications too")).default("true");
        HEADER_PROMOTION_MODE_SETTING(header_promotion_mode_setting: HeaderPromotionMode) = stored(set("HeaderPromotionModeSetting", Kind::Choice(HeaderPromotionMode::VARIANTS), "Whether new named properties are made of X-headers")).default("NoCreate");
        XEXCH50_ENABLED(xexch50_enabled: bool) = stored(set("Xexch50Enabled", Kind::Bool, "Exchange properties in the XEXCH50 form with old servers")).default("true");
        ADMIN_DISPLAY_NAME = common::constant("AdminDisplayName", Kind::Text, "");
        EXCHANGE_VERSION = common::constant("ExchangeVersion", Kind::Text, "0.1 (8.0.535.0)");
        NAME = common::constant("Name", Kind::Text, NAME_OF_ALL);
        DISTINGUISHED_NAME = common::distinguished_name();
        IDENTITY = Row::constant(param("Identity", Kind::Text, "Accepted without effect: there is one object").on(BOTH).position(1, BOTH).group(Group::Identity), NAME_OF_ALL).since(V2010);
        GUID = common::guid();
        OBJECT_CATEGORY = common::object_category();
        OBJECT_CLASS = Row::computed(common::reported("ObjectClass", Kind::List(&Kind::Text), "The directory's classes of it"),
            |_, _| Value::texts(["top", "container", "msExchTransportSettings"]));
        WHEN_CHANGED = common::when_changed();
        WHEN_CREATED = common::when_created();
        WHEN_CHANGED_UTC = common::when_changed_utc();
        WHEN_CREATED_UTC = common::when_created_utc();
        ORGANIZATION_ID = common::constant("OrganizationId", Kind::Text, "");
        ID = common::id();
        ORIGINATING_SERVER = common::originating_server();
        IS_VALID = common::constant("IsValid", Kind::Bool, "true");
        OBJECT_STATE = common::constant("ObjectState", Kind::Text, "Unchanged");
    }
}
