//! Access lists of receive connectors: what an export says of them, beside their PermissionGroups or by itself.

use std::collections::HashSet;

use enumset::EnumSet;

use super::report::Report;
use super::scope::Scope;
use crate::answer::Problem;
use crate::cmdlet::transaction::Draft;
use crate::connector::{Host, ReceiveConnector, rows};
use crate::exported::{AccessEntries, Export, ExportKind, Filled, FoundConnector};
use crate::param::Platform;
use crate::permission::AccessList;
use crate::server::Server;

/// Where access lists come from.
#[derive(Clone, Copy)]
pub struct Lists<'e> {
    /// The files.
    pub export: &'e Export,
    /// What of them is looked at.
    pub scope: &'e Scope,
    /// The organization's NetBIOS domain.
    pub domain: &'e str,
}

impl<'e> Lists<'e> {
    /// What the files say of a connector's list.
    fn of(self, server: &str, connector: &str) -> Option<&'e AccessEntries> {
        let key = (server.to_lowercase(), connector.to_lowercase());
        self.export.access.get(&key).filter(|_| self.scope.has(ExportKind::ADPermission))
    }

    /// The list of a connector of an export, and whether it is not known whole.
    pub fn access(
        self,
        found: &FoundConnector,
        (filled, old): (&Filled<ReceiveConnector>, Option<&ReceiveConnector>),
        server: &Server,
    ) -> (AccessList, bool) {
        let (platform, groups) = (server.platform(), filled.object.access.groups());
        let list = self.of(&server.name, &filled.object.name);
        let access = match (list, old) {
            (list, old) if found.partial => {
                let mut access = old.map(|old| old.access.clone()).unwrap_or_default();
                if old.is_none() || filled.has(&rows::PERMISSION_GROUPS) {
                    access.set_groups(groups);
                }
                access.with(&list.map(|list| list.entries(self.domain)).unwrap_or_default(), platform)
            }
            (Some(list), _) if list.whole => self.whole(list, platform),
            (Some(list), old) => {
                let before = old.map_or(AccessList::of(groups), |old| old.access.clone());
                before.with(&list.entries(self.domain), platform)
            }
            (None, Some(old)) if found.custom => {
                AccessList::from_parts(groups, old.access.own_entries().to_vec(), platform)
            }
            (None, Some(old)) if !filled.has(&rows::PERMISSION_GROUPS) => old.access.clone(),
            (None, old) => {
                let inherited = old.into_iter().flat_map(|old| old.access.inherited().cloned());
                AccessList::from_parts(groups, inherited.collect(), platform)
            }
        };
        let is_own = |old: &ReceiveConnector| old.access.own_entries().iter().any(|entry| !entry.inherited);
        (access, found.custom && list.is_none() && !old.is_some_and(is_own))
    }

    /// A list of which the files have every entry.
    fn whole(self, list: &AccessEntries, platform: Platform) -> AccessList {
        AccessList::from_parts(EnumSet::empty(), list.entries(self.domain), platform)
    }

    /// Names the servers of the store of which the files hold lists of connectors.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn alone(self, draft: &Draft<'_>, mut each: impl FnMut(String)) -> Result<(), Problem> {
        if !self.scope.has(ExportKind::ADPermission) || self.export.access.is_empty() {
            return Ok(());
        }
        let held: HashSet<&str> = self.export.access.keys().map(|(server, _)| server.as_str()).collect();
        let names = draft.server_names()?.into_iter();
        names
            .filter(|name| self.scope.has_server(name) && held.contains(name.to_lowercase().as_str()))
            .for_each(&mut each);
        Ok(())
    }

    /// Gives the connectors of a server, of which the files hold no connectors, the lists that they hold.
    pub fn put(self, host: &mut Host, report: &mut Report) {
        let platform = host.server.platform();
        let server = host.server.name.clone();
        for connector in &mut host.connectors {
            let Some(list) = self.of(&server, &connector.name) else { continue };
            let access = match list.whole {
                true => self.whole(list, platform),
                false => connector.access.with(&list.entries(self.domain), platform),
            };
            let same = access == connector.access && (!connector.access_incomplete || !list.whole);
            let tally = report.tally(&server, ExportKind::ADPermission);
            *(if same { &mut tally.unchanged } else { &mut tally.changed }) += 1;
            if !same {
                connector.access = access;
                connector.access_incomplete &= !list.whole;
            }
        }
    }
}
