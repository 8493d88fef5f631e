//! The properties of the transport configuration, in the order in which Format-List prints them.

use strum::VariantNames;

use super::super::common;
use super::forms::{ADDRESS, CULTURE, STATUS_CODE};
use super::{DsnConversionMode, HeaderPromotionMode, NAME_OF_ALL, ShadowMessagePreference, TransportConfig};
use crate::param::Version::{self, V2007, V2010, V2013, V2016};
use crate::param::{DefaultValue as D, Field, Group, Kind, Param, Row, Value, Verb, param, rows};

const BOTH: &[Verb] = &[Verb::Get, Verb::Set];
const SET: &[Verb] = &[Verb::Set];

/// A parameter that Set- takes.
const fn set(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, kind, help).on(SET)
}

/// A row of a stored property.
const fn row(
    param: Param,
    get: fn(&TransportConfig) -> &dyn Field,
    set: fn(&mut TransportConfig) -> &mut dyn Field,
) -> Row<TransportConfig> {
    crate::param::row(param, get, set)
}

rows! { TransportConfig:
    ADDRESS_BOOK_POLICY_ROUTING_ENABLED = row(set("AddressBookPolicyRoutingEnabled", Kind::Bool, "Resolve senders and recipients only within their own address book policy"),
        |t| &t.address_book_policy_routing_enabled, |t| &mut t.address_book_policy_routing_enabled).default("false").since(V2013);
    ANONYMOUS_SENDER_TO_RECIPIENT_RATE_PER_HOUR = common::constant("AnonymousSenderToRecipientRatePerHour", Kind::Count(0, 4_294_967_295), "1800").since(V2013);
    CLEAR_CATEGORIES = row(set("ClearCategories", Kind::Bool, "Take Outlook categories off messages"),
        |t| &t.clear_categories, |t| &mut t.clear_categories).default("true");
    CONVERT_DISCLAIMER_WRAPPER_TO_EML = row(set("ConvertDisclaimerWrapperToEml", Kind::Bool, "Attach the original of a wrapped disclaimer as .eml rather than as .msg"),
        |t| &t.convert_disclaimer_wrapper_to_eml, |t| &mut t.convert_disclaimer_wrapper_to_eml).default("false").since(V2010);
    DSN_CONVERSION_MODE = row(set("DSNConversionMode", Kind::Choice(DsnConversionMode::VARIANTS), "What becomes of delivery status notifications from elsewhere"),
        |t| &t.dsn_conversion_mode, |t| &mut t.dsn_conversion_mode).defaults(D::all("PreserveDSNBody").before(V2016, "UseExchangeDSNs")).unset(|_, scene| DSN_CONVERSION_MODE.default_on(scene.platform()));
    JOURNAL_ARCHIVING_ENABLED = common::constant("JournalArchivingEnabled", Kind::Bool, "false").since(V2013);
    EXTERNAL_DELAY_DSN_ENABLED = row(set("ExternalDelayDsnEnabled", Kind::Bool, "Tell external senders when mail is late"),
        |t| &t.external_delay_dsn_enabled, |t| &mut t.external_delay_dsn_enabled).default("true").since(V2010);
    EXTERNAL_DSN_DEFAULT_LANGUAGE = row(set("ExternalDsnDefaultLanguage", Kind::Form(&CULTURE), "The language of notifications to external senders; empty is the server's"),
        |t| &t.external_dsn_default_language, |t| &mut t.external_dsn_default_language).since(V2010);
    EXTERNAL_DSN_LANGUAGE_DETECTION_ENABLED = row(set("ExternalDsnLanguageDetectionEnabled", Kind::Bool, "Answer external senders in the language of their message"),
        |t| &t.external_dsn_language_detection_enabled, |t| &mut t.external_dsn_language_detection_enabled).default("true").since(V2010);
    EXTERNAL_DSN_MAX_MESSAGE_ATTACH_SIZE = row(set("ExternalDsnMaxMessageAttachSize", Kind::Size(0, 2_147_483_647), "The largest message attached to a notification to external senders"),
        |t| &t.external_dsn_max_message_attach_size, |t| &mut t.external_dsn_max_message_attach_size).default("10 MB").since(V2010);
    EXTERNAL_DSN_REPORTING_AUTHORITY = row(set("ExternalDsnReportingAuthority", Kind::Domain, "The domain that notifications to external senders name; empty is the first authoritative one"),
        |t| &t.external_dsn_reporting_authority, |t| &mut t.external_dsn_reporting_authority).since(V2010);
    EXTERNAL_DSN_SEND_HTML = row(set("ExternalDsnSendHtml", Kind::Bool, "Send notifications to external senders as HTML"),
        |t| &t.external_dsn_send_html, |t| &mut t.external_dsn_send_html).default("true").since(V2010);
    EXTERNAL_POSTMASTER_ADDRESS = row(set("ExternalPostmasterAddress", Kind::Form(&ADDRESS), "The sender of notifications to external senders; empty is postmaster@ the default domain"),
        |t| &t.external_postmaster_address, |t| &mut t.external_postmaster_address).since(V2010);
    GENERATE_COPY_OF_DSN_FOR = row(set("GenerateCopyOfDSNFor", Kind::List(&Kind::Form(&STATUS_CODE)), "Status codes x.y.z of which the postmaster gets a copy"),
        |t| &t.generate_copy_of_dsn_for, |t| &mut t.generate_copy_of_dsn_for).default("5.4.8,5.4.6,5.4.4,5.2.4,5.2.0,5.1.4");
    AGENT_GENERATED_MESSAGE_LOOP_DETECTION_IN_SMTP_ENABLED = row(set("AgentGeneratedMessageLoopDetectionInSmtpEnabled", Kind::Bool, "Look for loops of messages that agents make, at receipt"),
        |t| &t.agent_generated_message_loop_detection_in_smtp_enabled, |t| &mut t.agent_generated_message_loop_detection_in_smtp_enabled).default("false").since(V2013);
    AGENT_GENERATED_MESSAGE_LOOP_DETECTION_IN_SUBMISSION_ENABLED = row(set("AgentGeneratedMessageLoopDetectionInSubmissionEnabled", Kind::Bool, "Look for loops of messages that agents make, at submission"),
        |t| &t.agent_generated_message_loop_detection_in_submission_enabled, |t| &mut t.agent_generated_message_loop_detection_in_submission_enabled).default("false").since(V2013);
    DIAGNOSTICS_AGGREGATION_SERVICE_PORT = row(set("DiagnosticsAggregationServicePort", Kind::Count(1, 65_535), "The port of the service that collects queue figures"),
        |t| &t.diagnostics_aggregation_service_port, |t| &mut t.diagnostics_aggregation_service_port).default("9710").since(V2013);
    INTERNAL_DELAY_DSN_ENABLED = row(set("InternalDelayDsnEnabled", Kind::Bool, "Tell internal senders when mail is late"),
        |t| &t.internal_delay_dsn_enabled, |t| &mut t.internal_delay_dsn_enabled).default("true").since(V2010);
    INTERNAL_DSN_DEFAULT_LANGUAGE = row(set("InternalDsnDefaultLanguage", Kind::Form(&CULTURE), "The language of notifications to internal senders; empty is the server's"),
        |t| &t.internal_dsn_default_language, |t| &mut t.internal_dsn_default_language).since(V2010);
    INTERNAL_DSN_LANGUAGE_DETECTION_ENABLED = row(set("InternalDsnLanguageDetectionEnabled", Kind::Bool, "Answer internal senders in the language of their message"),
        |t| &t.internal_dsn_language_detection_enabled, |t| &mut t.internal_dsn_language_detection_enabled).default("true").since(V2010);
    INTERNAL_DSN_MAX_MESSAGE_ATTACH_SIZE = row(set("InternalDsnMaxMessageAttachSize", Kind::Size(0, 2_147_483_647), "The largest message attached to a notification to internal senders"),
        |t| &t.internal_dsn_max_message_attach_size, |t| &mut t.internal_dsn_max_message_attach_size).default("10 MB").since(V2010);
    INTERNAL_DSN_REPORTING_AUTHORITY = row(set("InternalDsnReportingAuthority", Kind::Domain, "The domain that notifications to internal senders name; empty is the first authoritative one"),
        |t| &t.internal_dsn_reporting_authority, |t| &mut t.internal_dsn_reporting_authority).since(V2010);
    INTERNAL_DSN_SEND_HTML = row(set("InternalDsnSendHtml", Kind::Bool, "Send notifications to internal senders as HTML"),
        |t| &t.internal_dsn_send_html, |t| &mut t.internal_dsn_send_html).default("true").since(V2010);
    INTERNAL_SMTP_SERVERS = row(set("InternalSMTPServers", Kind::List(&Kind::Range), "Addresses of own servers, which Sender ID and connection filtering skip"),
        |t| &t.internal_smtp_servers, |t| &mut t.internal_smtp_servers);
    JOURNALING_REPORT_NDR_TO = row(set("JournalingReportNdrTo", Kind::Form(&ADDRESS), "Where journal reports go that cannot be delivered"),
        |t| &t.journaling_report_ndr_to, |t| &mut t.journaling_report_ndr_to).unset(|_, _| Value::Text("<>".to_owned()));
    LEGACY_JOURNALING_MIGRATION_ENABLED = row(set("LegacyJournalingMigrationEnabled", Kind::Bool, "Take journal reports in the form of Exchange 2003"),
        |t| &t.legacy_journaling_migration_enabled, |t| &mut t.legacy_journaling_migration_enabled).default("false").versions(V2010, V2010);
    MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH = row(set("MaxAllowedAgentGeneratedMessageDepth", Kind::Count(0, 4_294_967_295), "How deep messages may nest that agents make of each other"),
        |t| &t.max_allowed_agent_generated_message_depth, |t| &mut t.max_allowed_agent_generated_message_depth).default("3").since(V2013);
    MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH_PER_AGENT = row(set("MaxAllowedAgentGeneratedMessageDepthPerAgent", Kind::Count(0, 4_294_967_295), "How deep messages may nest that one agent makes"),
        |t| &t.max_allowed_agent_generated_message_depth_per_agent, |t| &mut t.max_allowed_agent_generated_message_depth_per_agent).default("2").since(V2013);
    MAX_DUMPSTER_SIZE_PER_DATABASE = row(set("MaxDumpsterSizePerDatabase", Kind::Size(0, 2_199_023_254_528), "How much delivered mail a database keeps for a failover; heeded by 2010 alone"),
        |t| &t.max_dumpster_size_per_database, |t| &mut t.max_dumpster_size_per_database).default("18 MB").since(V2010);
    MAX_DUMPSTER_SIZE_PER_STORAGE_GROUP = row(set("MaxDumpsterSizePerStorageGroup", Kind::Size(0, 2_147_483_647), "How much delivered mail a storage group keeps for a failover"),
        |t| &t.max_dumpster_size_per_storage_group, |t| &mut t.max_dumpster_size_per_storage_group).default("18 MB").versions(Version::OLDEST, V2007);
    MAX_DUMPSTER_TIME = row(set("MaxDumpsterTime", Kind::Span(0, 2_147_483_647), "How long delivered mail is kept for a failover; heeded by 2007 and 2010 alone"),
        |t| &t.max_dumpster_time, |t| &mut t.max_dumpster_time).default("7.00:00:00");
    MAX_RECEIVE_SIZE = row(set("MaxReceiveSize", Kind::UnlimitedSize(0, 2_147_482_624), "The largest message that recipients of the organization get"),
        |t| &t.max_receive_size, |t| &mut t.max_receive_size).default("10 MB");
    MAX_RECIPIENT_ENVELOPE_LIMIT = row(set("MaxRecipientEnvelopeLimit", Kind::Unlimited(0, 2_147_483_647), "How many recipients a message may have"),
        |t| &t.max_recipient_envelope_limit, |t| &mut t.max_recipient_envelope_limit).defaults(D::all("500").before(V2016, "5000")).unset(|_, scene| MAX_RECIPIENT_ENVELOPE_LIMIT.default_on(scene.platform()));
    MAX_RETRIES_FOR_LOCAL_SITE_SHADOW = row(set("MaxRetriesForLocalSiteShadow", Kind::Count(0, 255), "How often a copy is tried on a server of the same site"),
        |t| &t.max_retries_for_local_site_shadow, |t| &mut t.max_retries_for_local_site_shadow).default("2").since(V2013);
    MAX_RETRIES_FOR_REMOTE_SITE_SHADOW = row(set("MaxRetriesForRemoteSiteShadow", Kind::Count(0, 255), "How often a copy is tried on a server of another site"),
        |t| &t.max_retries_for_remote_site_shadow, |t| &mut t.max_retries_for_remote_site_shadow).default("4").since(V2013);
    MAX_SEND_SIZE = row(set("MaxSendSize", Kind::UnlimitedSize(0, 2_147_482_624), "The largest message that senders of the organization send"),
        |t| &t.max_send_size, |t| &mut t.max_send_size).default("10 MB");
    QUEUE_DIAGNOSTICS_AGGREGATION_INTERVAL = row(set("QueueDiagnosticsAggregationInterval", Kind::Span(0, 2_147_483_647), "How often queue figures are collected"),
        |t| &t.queue_diagnostics_aggregation_interval, |t| &mut t.queue_diagnostics_aggregation_interval).default("00:01:00").since(V2013);
    REJECT_MESSAGE_ON_SHADOW_FAILURE = row(set("RejectMessageOnShadowFailure", Kind::Bool, "Refuse a message of which no second copy can be made"),
        |t| &t.reject_message_on_shadow_failure, |t| &mut t.reject_message_on_shadow_failure).default("false").since(V2013);
    RFC2231_ENCODING_ENABLED = row(set("Rfc2231EncodingEnabled", Kind::Bool, "Encode parameters of MIME headers by RFC 2231"),
        |t| &t.rfc2231_encoding_enabled, |t| &mut t.rfc2231_encoding_enabled).default("false").since(V2010);
    SHADOW_HEARTBEAT_RETRY_COUNT = row(set("ShadowHeartbeatRetryCount", Kind::Count(1, 15), "How often it asks in vain before it takes a message over; heeded by 2010 alone"),
        |t| &t.shadow_heartbeat_retry_count, |t| &mut t.shadow_heartbeat_retry_count).default("12").since(V2010);
    SHADOW_HEARTBEAT_TIMEOUT_INTERVAL = row(set("ShadowHeartbeatTimeoutInterval", Kind::Span(1, 86_400), "How long it waits before it asks; heeded by 2010 alone"),
        |t| &t.shadow_heartbeat_timeout_interval, |t| &mut t.shadow_heartbeat_timeout_interval).default("00:15:00").since(V2010);
    TRANSPORT_RULE_ATTACHMENT_TEXT_SCAN_LIMIT = row(set("TransportRuleAttachmentTextScanLimit", Kind::Size(0, 2_147_483_647), "How much text of an attachment rules look at"),
        |t| &t.transport_rule_attachment_text_scan_limit, |t| &mut t.transport_rule_attachment_text_scan_limit).defaults(D::all("1 MB").before(V2016, "150 KB")).unset(|_, scene| TRANSPORT_RULE_ATTACHMENT_TEXT_SCAN_LIMIT.default_on(scene.platform())).since(V2013);
    SAFETY_NET_HOLD_TIME = row(set("SafetyNetHoldTime", Kind::Span(0, 2_147_483_647), "How long delivered mail is kept in the Safety Net"),
        |t| &t.safety_net_hold_time, |t| &mut t.safety_net_hold_time).default("2.00:00:00").since(V2013);
    SHADOW_HEARTBEAT_FREQUENCY = row(set("ShadowHeartbeatFrequency", Kind::Span(1, 86_400), "How long a server waits before it asks about a copied message"),
        |t| &t.shadow_heartbeat_frequency, |t| &mut t.shadow_heartbeat_frequency).default("00:02:00").since(V2013);
    SHADOW_MESSAGE_AUTO_DISCARD_INTERVAL = row(set("ShadowMessageAutoDiscardInterval", Kind::Span(5, 7_776_000), "How long news of delivered messages is kept for the server that asks"),
        |t| &t.shadow_message_auto_discard_interval, |t| &mut t.shadow_message_auto_discard_interval).default("2.00:00:00").since(V2010);
    SHADOW_MESSAGE_PREFERENCE_SETTING = row(set("ShadowMessagePreferenceSetting", Kind::Choice(ShadowMessagePreference::VARIANTS), "Where second copies are kept"),
        |t| &t.shadow_message_preference_setting, |t| &mut t.shadow_message_preference_setting).default("PreferRemote").since(V2013);
    SHADOW_REDUNDANCY_ENABLED = row(set("ShadowRedundancyEnabled", Kind::Bool, "Keep a second copy of mail under way"),
        |t| &t.shadow_redundancy_enabled, |t| &mut t.shadow_redundancy_enabled).default("true").since(V2010);
    SHADOW_RESUBMIT_TIME_SPAN = row(set("ShadowResubmitTimeSpan", Kind::Span(1, 86_400), "After what time in vain it takes messages over"),
        |t| &t.shadow_resubmit_time_span, |t| &mut t.shadow_resubmit_time_span).default("03:00:00").since(V2013);
    SMTP_CLIENT_AUTHENTICATION_DISABLED = common::constant("SmtpClientAuthenticationDisabled", Kind::Bool, "false").since(V2016);
    SUPERVISION_TAGS = row(set("SupervisionTags", Kind::List(&Kind::Text), "Tags that supervision may put on a message"),
        |t| &t.supervision_tags, |t| &mut t.supervision_tags).default("Reject,Allow").since(V2010);
    TLS_RECEIVE_DOMAIN_SECURE_LIST = row(set("TLSReceiveDomainSecureList", Kind::List(&Kind::Domain), "Domains whose mail is taken with Domain Security alone (P9)"),
        |t| &t.tls_receive_domain_secure_list, |t| &mut t.tls_receive_domain_secure_list);
    TLS_SEND_DOMAIN_SECURE_LIST = row(set("TLSSendDomainSecureList", Kind::List(&Kind::Domain), "Domains to which mail goes with Domain Security alone (P9)"),
        |t| &t.tls_send_domain_secure_list, |t| &mut t.tls_send_domain_secure_list);
    VERIFY_SECURE_SUBMIT_ENABLED = row(set("VerifySecureSubmitEnabled", Kind::Bool, "Check that clients submit over a protected connection"),
        |t| &t.verify_secure_submit_enabled, |t| &mut t.verify_secure_submit_enabled).default("false");
    VOICEMAIL_JOURNALING_ENABLED = row(set("VoicemailJournalingEnabled", Kind::Bool, "Journal voice mail and missed-call notifications too"),
        |t| &t.voicemail_journaling_enabled, |t| &mut t.voicemail_journaling_enabled).default("true");
    HEADER_PROMOTION_MODE_SETTING = row(set("HeaderPromotionModeSetting", Kind::Choice(HeaderPromotionMode::VARIANTS), "Whether new named properties are made of X-headers"),
        |t| &t.header_promotion_mode_setting, |t| &mut t.header_promotion_mode_setting).default("NoCreate");
    XEXCH50_ENABLED = row(set("Xexch50Enabled", Kind::Bool, "Exchange properties in the XEXCH50 form with old servers"),
        |t| &t.xexch50_enabled, |t| &mut t.xexch50_enabled).default("true");
    ADMIN_DISPLAY_NAME = common::constant("AdminDisplayName", Kind::Text, "");
    EXCHANGE_VERSION = common::constant("ExchangeVersion", Kind::Text, "0.1 (8.0.535.0)");
    NAME = common::constant("Name", Kind::Text, NAME_OF_ALL);
    DISTINGUISHED_NAME = common::distinguished_name();
    IDENTITY = Row::constant(param("Identity", Kind::Text, "Accepted without effect: there is one object").on(BOTH).position(1, BOTH).group(Group::Identity), NAME_OF_ALL).since(V2010);
    GUID = common::guid();
    OBJECT_CATEGORY = common::object_category();
    OBJECT_CLASS = Row::computed(common::reported("ObjectClass", Kind::List(&Kind::Text), "The directory's classes of it"),
        |_, _| common::texts(&["top", "container", "msExchTransportSettings"]));
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
