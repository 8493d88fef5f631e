//! One entry as Get-ADPermission prints it, and the parameters of the cmdlets for access lists.
//!
//! Product documentation; what has no meaning on a connector has a sentence that says why.

use super::{ACCESS_RIGHT_NAMES, EXTENDED_RIGHT, Entry};
use crate::param::{Completes, Group, Kind, Noun, Param, Row, Value, Verb, param, rows};

const ALL: &[Verb] = &[Verb::Add, Verb::Get, Verb::Remove];
const CHANGE: &[Verb] = &[Verb::Add, Verb::Remove];

/// One line of the access list of a connector.
#[derive(Clone, Debug)]
pub struct AdPermission {
    /// The connector: `HUB01\Relay`.
    pub identity: String,
    /// Whose entry it is, in the organization's domain.
    pub user: String,
    /// The entry.
    pub entry: Entry,
    /// The permission group that it belongs to, or nearly does.
    pub group: Option<String>,
}

impl Noun for AdPermission {
    const NAME: &'static str = "ADPermission";
    type Scene = ();

    fn rows() -> &'static [&'static Row<Self>] {
        ROWS
    }
}

/// What `-InheritanceType` may name.
const INHERITANCE: &[&str] = &["None", "All", "Children", "Descendents", "SelfAndChildren"];

/// A parameter of Add- and Remove-.
const fn both(name: &'static str, kind: Kind, help: &'static str) -> Param {
    param(name, kind, help).on(CHANGE).group(Group::Security)
}

rows! { AdPermission:
    IDENTITY = computed(param("Identity", Kind::List(&Kind::Identity), "The connectors: SERVER\\Name, Name, Guid, DistinguishedName or a wildcard; several as a list, - reads them from standard input").example(r"'HUB01\Relay'").completes(Completes::Connector).on(ALL).position(1, ALL).group(Group::Identity),
        |line, ()| Value::text(&line.identity));
    USER = computed(param("User", Kind::Text, "An account or group: NT AUTHORITY\\ANONYMOUS LOGON, CONTOSO\\app1, a SID").example(r"'NT AUTHORITY\ANONYMOUS LOGON'").completes(Completes::Principal).on(ALL).group(Group::Identity),
        |line, ()| Value::text(&line.user));
    DENY = computed(both("Deny", Kind::Switch, "Deny the rights; Deny wins over every Allow").usual(),
        |line, ()| Value::Bool(line.entry.deny));
    IS_INHERITED = computed(param("IsInherited", Kind::Bool, "Whether it comes from a parent in the directory; imports bring such entries"),
        |line, ()| Value::Bool(line.entry.inherited));
    EXTENDED_RIGHTS = computed(both("ExtendedRights", Kind::List(&Kind::Text), "Rights by name or Guid, such as ms-Exch-SMTP-Accept-Any-Recipient").example("ms-Exch-SMTP-Accept-Any-Recipient").completes(Completes::Right).usual(),
        |line, ()| Value::texts(line.entry.right.is_extended().then_some(line.entry.right.name)));
    ACCESS_RIGHTS = computed(both("AccessRights", Kind::List(&Kind::Choice(&ACCESS_RIGHT_NAMES)), "Rights over the directory object. GenericAll, and ExtendedRight without -ExtendedRights, hold every extended right; the others have no effect on a session").default(EXTENDED_RIGHT),
        |line, ()| Value::List(vec![Value::Choice(if line.entry.right.is_extended() { EXTENDED_RIGHT } else { line.entry.right.name })]));
    INHERITANCE_TYPE = computed(param("InheritanceType", Kind::Choice(INHERITANCE), "Accepted without effect: a connector has no objects below it").on(CHANGE).group(Group::Ignored).default("All"),
        |_, ()| Value::Choice("All"));
    CHILD_OBJECT_TYPES = computed(both("ChildObjectTypes", Kind::List(&Kind::Text), "Refused: a connector has no objects below it"),
        |_, ()| Value::Null);
    INHERITED_OBJECT_TYPE = computed(both("InheritedObjectType", Kind::Text, "Refused: a connector has no objects below it"),
        |_, ()| Value::Null);
    PROPERTIES = computed(both("Properties", Kind::List(&Kind::Text), "Refused: it narrows rights to properties, which is not kept"),
        |_, ()| Value::Null);
    IS_VALID = computed(param("IsValid", Kind::Bool, "Whether the entry can be read"),
        |_, ()| Value::Bool(true));
    PERMISSION_GROUP = computed(param("PermissionGroup", Kind::Text, "The permission group that the entry belongs to; for an incomplete group, what is missing"),
        |line, ()| line.group.as_deref().map_or(Value::Null, Value::text));
}

/// An object as Get-ADPermission prints it, as JSON.
pub(crate) static INSTANCE: Param = param(
    "Instance",
    Kind::Text,
    "Entries as Get-ADPermission -Output json prints them; parameters given beside win",
)
.on(CHANGE)
.group(Group::Identity);
/// Sets the owner.
pub static OWNER: Param =
    param("Owner", Kind::Text, "Makes an account the connector's owner, of no effect on a session")
        .completes(Completes::Principal)
        .on(&[Verb::Add])
        .group(Group::Identity);
/// Shows owners.
pub(crate) static SHOW_OWNER: Param =
    param("Owner", Kind::Switch, "Show who owns the connector in place of its entries")
        .on(&[Verb::Get])
        .group(Group::Identity);
/// Shows what entries come to.
pub(crate) static EFFECTIVE: Param =
    param("Effective", Kind::Switch, "Show what each principal may do, what gives it and what denies it")
        .on(&[Verb::Get])
        .group(Group::Store);

/// Why a parameter is refused.
#[must_use]
pub fn refusal(param: &Param) -> &'static str {
    match param.name {
        "ChildObjectTypes" => "it narrows CreateChild and DeleteChild; a connector has no objects below it",
        "InheritedObjectType" => {
            "it names the kind of object that inherits the entry; a connector has none below it"
        }
        _ => "it narrows ReadProperty and WriteProperty to properties, which is not kept here",
    }
}
