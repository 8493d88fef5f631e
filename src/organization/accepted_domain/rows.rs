//! The properties of an accepted domain, in the order in which Format-List prints them.

use strum::VariantNames;

use super::super::{Scene, common};
use super::{DOMAIN_PATTERN, DomainType};
use crate::param::{Group, Kind, Metadata, Row, Value, Verb, Version, param, rows};

const NEW: &[Verb] = &[Verb::New];
const SET: &[Verb] = &[Verb::Set];
const NEW_SET: &[Verb] = &[Verb::New, Verb::Set];

/// Something that the product reports of every accepted domain alike.
const fn no(name: &'static str) -> Row<AcceptedDomain> {
    common::constant(name, Kind::Bool, "false")
}

/// Something that the product leaves empty.
const fn empty(name: &'static str) -> Row<AcceptedDomain> {
    common::constant(name, Kind::Text, "")
}

/// Recipients of a domain that this organization alone has are looked up, others are not.
fn looked_up(domain: &AcceptedDomain, _: &Scene) -> Value {
    Value::Bool(domain.domain_type == DomainType::Authoritative)
}

rows! {
    /// An accepted domain.
    pub struct AcceptedDomain with metadata: Metadata {
        DOMAIN_NAME(domain_name: String) = stored(param("DomainName", Kind::Form(&DOMAIN_PATTERN), "The domain: contoso.com, *.contoso.com with all below it, or *").on(NEW).required(NEW).usual()).always_written();
        CATCH_ALL_RECIPIENT_ID = empty("CatchAllRecipientID");
        DOMAIN_TYPE(domain_type: DomainType) = stored(param("DomainType", Kind::Choice(DomainType::VARIANTS), "Whether its mailboxes are here (Authoritative), some elsewhere (InternalRelay), or all (ExternalRelay)").on(NEW_SET).usual()).default("Authoritative").always_written();
        MATCH_SUB_DOMAINS(match_sub_domains: bool) = stored(param("MatchSubDomains", Kind::Bool, "Take mail for all domains below it").on(SET)).default("false").since(Version::V2016);
        // As it was set by hand; else the type decides.
        ADDRESS_BOOK_ENABLED(address_book: Option<bool>) = stored(param("AddressBookEnabled", Kind::Bool, "Look recipients up on a subscribed Edge Transport server; unless given, for an Authoritative domain").on(SET)).unset(looked_up);
        DEFAULT(default: bool) = stored(param("Default", Kind::Bool, "Whether addresses without a domain get this one")).default("false");
        EMAIL_ONLY = no("EmailOnly");
        EXTERNALLY_MANAGED = no("ExternallyManaged");
        AUTHENTICATION_TYPE = empty("AuthenticationType");
        LIVE_ID_INSTANCE_TYPE = empty("LiveIdInstanceType");
        PENDING_REMOVAL(pending_removal: bool) = stored(param("PendingRemoval", Kind::Bool, "Reserved by the product").on(SET)).default("false");
        PENDING_COMPLETION(pending_completion: bool) = stored(param("PendingCompletion", Kind::Bool, "Reserved by the product").on(SET)).default("false");
        FEDERATED_ORGANIZATION_LINK = empty("FederatedOrganizationLink");
        MAIL_FLOW_PARTNER = empty("MailFlowPartner");
        OUTBOUND_ONLY = no("OutboundOnly");
        PENDING_FEDERATED_ACCOUNT_NAMESPACE = no("PendingFederatedAccountNamespace");
        PENDING_FEDERATED_DOMAIN = no("PendingFederatedDomain");
        IS_COEXISTENCE_DOMAIN = no("IsCoexistenceDomain");
        PERIMETER_DUPLICATE_DETECTED = no("PerimeterDuplicateDetected");
        IS_DEFAULT_FEDERATED_DOMAIN = no("IsDefaultFederatedDomain");
        ENABLE_NEGO2_AUTHENTICATION = no("EnableNego2Authentication");
        INITIAL_DOMAIN = no("InitialDomain");
        ADMIN_DISPLAY_NAME = empty("AdminDisplayName");
        EXCHANGE_VERSION = common::constant("ExchangeVersion", Kind::Text, "0.20 (15.0.0.0)");
        NAME(name: String) = stored(param("Name", Kind::Name, "What it is called; unique").example("Fabrikam").on(NEW_SET).required(NEW).position(1, NEW).group(Group::Identity)).always_written();
        DISTINGUISHED_NAME = common::distinguished_name();
        IDENTITY = common::identity("The accepted domain: its name, Guid or DistinguishedName");
        GUID = common::guid();
        OBJECT_CATEGORY = common::object_category();
        OBJECT_CLASS = Row::computed(common::reported("ObjectClass", Kind::List(&Kind::Text), "The directory's classes of it"),
            |_, _| Value::texts(["top", "msExchAcceptedDomain"]));
        WHEN_CHANGED = common::when_changed();
        WHEN_CREATED = common::when_created();
        WHEN_CHANGED_UTC = common::when_changed_utc();
        WHEN_CREATED_UTC = common::when_created_utc();
        ACCEPTED = common::accepted();
        ORGANIZATION_ID = empty("OrganizationId");
        ID = common::id();
        ORIGINATING_SERVER = common::originating_server();
        IS_VALID = common::constant("IsValid", Kind::Bool, "true");
        OBJECT_STATE = common::constant("ObjectState", Kind::Text, "Unchanged");
    }
}
