//! How objects are shown: the columns of the default table, and the property that names one. A noun of the organization
//! says its own columns.

use crate::answer::TableView;

/// Receive connectors, as the product's own default table has them.
pub(crate) static RECEIVE_CONNECTOR: TableView =
    TableView::new("ReceiveConnector", &["Identity", "Bindings", "Enabled"], "Identity");
/// Servers.
pub(crate) static EXCHANGE_SERVER: TableView =
    TableView::new("ExchangeServer", &["Name", "Site", "ServerRole", "Version", "Fqdn"], "Identity");
/// How mail leaves for a domain.
pub(crate) static OUTBOUND: TableView =
    TableView::new("OutboundMail", &["Domain", "SendConnector", "DomainSecurity"], "Domain");
/// The store itself.
pub static STORE: TableView =
    TableView::new("Store", &["Organization", "Domain", "NetBiosDomain", "Path"], "Path");
/// Revisions.
pub(crate) static STORE_HISTORY: TableView =
    TableView::new("StoreHistory", &["Revision", "When", "Author", "Subject"], "Revision");
/// Revisions that were about one object.
pub(crate) static OBJECT_HISTORY: TableView =
    TableView::new("StoreHistory", &["Revision", "When", "Author", "Changes", "Subject"], "Revision");
/// Changes of one object's properties.
pub(crate) static PROPERTY_HISTORY: TableView = TableView::new(
    "StoreHistory",
    &["Revision", "When", "Author", "Property", "Before", "After"],
    "Revision",
);
/// Differences between two revisions, or that a change would make.
pub static DIFFERENCE: TableView =
    TableView::new("Difference", &["Identity", "Property", "Before", "After"], "Identity");
/// Differences between connectors that should be alike.
pub(crate) static DRIFT: TableView =
    TableView::new("Drift", &["Identity", "Other", "Property", "Value", "OtherValue"], "Identity");
/// Data paths of the published tables.
pub(crate) static DATA_PATH: TableView = TableView {
    noun: "DataPath",
    table: &["Id", "Source", "Destination", "Ports", "Authentication", "Encrypted"],
    headings: &[("Authentication", "Auth")],
    name: "Id",
};
/// Data paths between servers.
pub(crate) static FLOW: TableView = TableView {
    noun: "DataPath",
    table: &["Source", "Destination", "Id", "Ports", "Authentication", "Encrypted"],
    headings: &[("Authentication", "Auth")],
    name: "Id",
};
/// What the tables answer to a question about a data path.
pub(crate) static DATA_PATH_ANSWER: TableView =
    TableView::new("DataPathAnswer", &["Result", "Version", "Paths"], "Result");
/// What Test-Store found.
pub(crate) static DAMAGE: TableView = TableView::new("Damage", &["Place", "Message"], "Place");
/// Cmdlets, as Get-Command and a Get-Help of several show them.
pub static COMMAND: TableView = TableView::new("Command", &["Name", "Synopsis"], "Name");
/// Entries of access lists, as the product's own default table has them.
pub(crate) static AD_PERMISSION: TableView = TableView {
    noun: "ADPermission",
    table: &["Identity", "User", "Deny", "IsInherited", "ExtendedRights"],
    headings: &[("IsInherited", "Inherited")],
    name: "Identity",
};
/// The same where every server is of 2007, whose own table calls the rights so.
pub(crate) static AD_PERMISSION_2007: TableView =
    TableView { headings: &[("IsInherited", "Inherited"), ("ExtendedRights", "Rights")], ..AD_PERMISSION };
/// The same where some rights are over the directory object.
pub(crate) static AD_PERMISSION_ACCESS: TableView = TableView {
    table: &["Identity", "User", "Deny", "IsInherited", "AccessRights", "ExtendedRights"],
    ..AD_PERMISSION
};
/// Owners of connectors.
pub static OWNER: TableView = TableView::new("ADPermission", &["Identity", "Owner"], "Identity");
/// What the entries of an access list come to.
pub(crate) static EFFECT: TableView = TableView::new(
    "ADPermission",
    &["Identity", "User", "ExtendedRight", "Allowed", "From", "DeniedBy"],
    "Identity",
);
/// What becomes of a session.
pub(crate) static SESSION_ANSWER: TableView =
    TableView::new("SessionAnswer", &["Outcome", "Step", "Code", "Connector", "RemoteIPAddress"], "Outcome");
/// What becomes of a session at one of several servers.
pub(crate) static SESSION_SERVER: TableView =
    TableView::new("SessionAnswer", &["Server", "Outcome", "Step", "Code", "Connector"], "Server");
/// What becomes of a session of many.
pub(crate) static SESSION_ROW: TableView = TableView {
    noun: "SessionAnswer",
    table: &["RemoteIPAddress", "MailFrom", "RcptTo", "Outcome", "Step", "Code", "Connector", "Reason"],
    headings: &[("RemoteIPAddress", "Remote")],
    name: "Outcome",
};
