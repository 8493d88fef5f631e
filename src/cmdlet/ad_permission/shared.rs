//! What the cmdlets for access lists share: objects, and what a list nearly is.

use enumset::EnumSet;

use crate::answer::{Column, Object};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::table_views::{AD_PERMISSION, AD_PERMISSION_2007, AD_PERMISSION_ACCESS, OWNER};
use crate::connector::{Host, ReceiveConnector};
use crate::organization::SendConnector;
use crate::param::{Value, Version};
use crate::permission::rows::AdPermission;
use crate::permission::{Entry, Incomplete, PermissionGroup, giver};
use crate::server::Directory;

/// The columns of an owner.
pub(crate) static OWNER_COLUMNS: [Column; 2] =
    [("Identity", "The connector"), ("Owner", "With -Owner: the account that owns it")];

/// The list of one connector, ready to be shown.
pub struct Shown<'a> {
    identity: String,
    groups: EnumSet<PermissionGroup>,
    owner: Option<String>,
    directory: &'a Directory,
    incomplete_groups: Vec<Incomplete>,
}

impl<'a> Shown<'a> {
    /// The list of `connector` on `host`.
    #[must_use]
    pub fn new(connector: &ReceiveConnector, host: &Host, directory: &'a Directory) -> Self {
        Shown {
            identity: identity(&host.server.name, &connector.name),
            incomplete_groups: connector.access.incomplete(host.server.platform()),
            groups: connector.access.groups(),
            owner: connector.owner.clone(),
            directory,
        }
    }

    /// The list of a Send connector, which has no permission groups.
    #[must_use]
    pub(crate) fn of_send(connector: &SendConnector, directory: &'a Directory) -> Self {
        Shown {
            identity: connector.name.clone(),
            incomplete_groups: Vec::new(),
            groups: EnumSet::empty(),
            owner: connector.owner.clone(),
            directory,
        }
    }

    /// One entry as Get-ADPermission shows it.
    #[must_use]
    pub fn entry(&self, entry: &Entry) -> Object {
        let line = AdPermission {
            identity: self.identity.clone(),
            user: self.directory.account(entry.principal.name()),
            entry: entry.clone(),
            group: self.group(entry),
        };
        Object::of(&AD_PERMISSION, &line, &(), Version::NEWEST)
    }

    /// Entries under the headings of 2007, or with access rights where one has any other than ExtendedRight; anything
    /// else as it is.
    pub fn head(objects: &mut [Object], of_2007: bool, access: bool) {
        let shape = match (access, of_2007) {
            (true, _) => &AD_PERMISSION_ACCESS,
            (false, true) => &AD_PERMISSION_2007,
            (false, false) => return,
        };
        for object in objects.iter_mut().filter(|object| object.shape == &AD_PERMISSION) {
            object.shape = shape;
        }
    }

    /// The group that an entry belongs to, or nearly does.
    fn group(&self, entry: &Entry) -> Option<String> {
        let group = giver(entry)?;
        if self.groups.contains(group) {
            let name: &str = group.into();
            return Some(name.to_owned());
        }
        let incomplete_groups =
            self.incomplete_groups.iter().find(|incomplete_groups| incomplete_groups.group == group)?;
        Some(incomplete_groups.describe(&self.directory.netbios_domain))
    }

    /// Who owns the connector.
    #[must_use]
    pub fn owner(&self) -> Object {
        let owner = Value::optional(self.owner.clone());
        Object::result(&OWNER, &OWNER_COLUMNS, [Value::Text(self.identity.clone()), owner])
    }

    /// What to say where no account was named as the owner.
    #[must_use]
    pub(crate) fn without_owner(&self) -> Option<String> {
        let line = || {
            format!(
                "the owner of `{}` is not known: the directory gives a connector its owner; add-adpermission -Owner stores another one",
                self.identity
            )
        };
        self.owner.is_none().then(line)
    }

    /// What `Custom` nearly is, one sentence a group.
    #[must_use]
    pub fn incomplete_groups(&self) -> Vec<String> {
        let domain = &self.directory.netbios_domain;
        let describe = |incomplete_groups: &Incomplete| {
            format!("`{}` is {}", self.identity, incomplete_groups.describe(domain))
        };
        self.incomplete_groups.iter().map(describe).collect()
    }
}
