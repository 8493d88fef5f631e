//! What an import says once of all connectors, and not of each.

use std::collections::{BTreeMap, BTreeSet};

use super::report::{Report, few};
use crate::connector::{ReceiveConnector, rows};
use crate::exported::{ExportKind, Filled};
use crate::param::{Finding, Platform, Printed, Row, Rule, Version};
use crate::server::Server;

/// What is said once of all connectors.
#[derive(Default)]
pub struct Notes {
    /// The servers of which no file says which edition they run, by the edition that they are taken for.
    pub editions: BTreeMap<Version, Vec<String>>,
    /// Those whose entries beside the groups no file holds.
    pub custom: Vec<String>,
    /// How many new ones do not have all their properties in the files.
    partial: usize,
    /// Those properties.
    absent: BTreeSet<&'static str>,
    /// The connectors with values of properties that their servers do not have.
    dropped: BTreeMap<Dropped, Vec<String>>,
}

/// A value of a property that a release does not have.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Dropped {
    property: &'static str,
    value: String,
    release: String,
    had_by: String,
}

impl Notes {
    /// Notes down which properties of a new connector the files do not have.
    pub fn defaults(&mut self, filled: &Filled<ReceiveConnector>, server: &Server) {
        let counts =
            |row: &Row<ReceiveConnector>| row.printed == Printed::Always && row.exists_in(server.release());
        let absent: Vec<&'static str> = filled.absent().filter(|row| counts(row)).map(Row::name).collect();
        self.partial += usize::from(!absent.is_empty());
        self.absent.extend(absent);
    }

    /// Takes out what the server does not have: the shell of a newer server shows its properties of older ones too, and a
    /// server of the store may become an older one. A value that is more than a default is noted down.
    pub fn without(
        &mut self,
        connector: &mut ReceiveConnector,
        server: &Server,
        is_said: impl Fn(&Row<ReceiveConnector>) -> bool,
    ) {
        let release = server.release();
        let newest = Platform { version: Version::NEWEST, ..server.platform() };
        for row in rows::ROWS.iter().filter(|row| !row.exists_in(release)) {
            let default = row.default_on(server.platform());
            let Some(value) = row.stored(connector).filter(|value| *value != default) else { continue };
            if is_said(row) && !value.is_empty() && value != row.default_on(newest) {
                let dropped = Dropped {
                    property: row.name(),
                    value: value.to_string(),
                    release: release.name(),
                    had_by: row.param.had_by(),
                };
                let identity = format!("{}\\{}", server.name, connector.name);
                self.dropped.entry(dropped).or_default().push(identity);
            }
            // A default is of its row's type.
            let _ = row.assign(connector, default);
        }
    }

    /// Says it.
    pub fn say(self, report: &mut Report) {
        for (version, servers) in &self.editions {
            let (which, _) = few(servers);
            let (run, have) = if servers.len() == 1 { ("runs", "its") } else { ("run", "their") };
            report.notices.push(format!(
                "no file says which edition {which} {run}: {have} connectors have the properties of Exchange {}; `{}` exports it",
                version.name(),
                ExportKind::ExchangeServer.export_command()
            ));
        }
        if self.partial > 0 {
            let names: Vec<String> = self.absent.iter().map(|name| (*name).to_owned()).collect();
            let (which, _) = few(&names);
            report.notices.push(format!(
                "{}: {which} are not in the files and have the defaults of the edition",
                ExportKind::ReceiveConnector.counted(self.partial)
            ));
        }
        for (Dropped { property, value, release, had_by }, connectors) in &self.dropped {
            let (which, _) = few(connectors);
            let message = format!(
                "{property} of {which} is `{value}` and is not kept: it does not exist in Exchange {release}, the version of the server; {had_by}"
            );
            report.warnings.push(Finding::new(Rule::C12, property, message));
        }
        if !self.custom.is_empty() {
            let (which, _) = few(&self.custom);
            let message = format!(
                "PermissionGroups of {which} is Custom, and no file holds the entries beside the groups"
            );
            let hint = format!("import them too: {}", ExportKind::ADPermission.export_command());
            report.warnings.push(Finding::new(Rule::P3, rows::PERMISSION_GROUPS.name(), message).hint(hint));
        }
    }
}
