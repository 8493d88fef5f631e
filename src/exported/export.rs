//! Everything that files hold, typed: what an import brings in and a comparison looks at.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use jiff::Timestamp;

use super::fill::{Filler, Unkept, is_reported, lost};
use super::{AccessEntries, Cell, ExportKind, Filled, Format, Item, Place, ServerFacts, permission, server};
use crate::connector::{self, ReceiveConnector};
use crate::organization::{AcceptedDomain, EdgeSubscription, Member, SendConnector, TransportConfig};
use crate::param::{Finding, Row, Rule};
use crate::permission::rows::{ACCESS_RIGHTS, AdPermission, EXTENDED_RIGHTS, USER};
use crate::server::Server;

/// One file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path as the user named it.
    pub path: String,
    /// When it was made, as far as that is known.
    pub time: Option<Timestamp>,
    /// Its format.
    pub format: Format,
    /// How many objects of each kind it holds.
    pub counts: BTreeMap<ExportKind, usize>,
    /// How many objects of other kinds.
    pub others: usize,
}

/// What the collector's script says of a folder that it wrote.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Its file.
    pub path: String,
    /// When the folder was written.
    pub time: Option<Timestamp>,
    /// On which computer.
    pub computer: String,
    /// By whom.
    pub account: String,
    /// What could not be read.
    pub failed: Vec<String>,
}

impl Manifest {
    /// Of the collector's object; nothing for any other.
    fn of(item: &Item, path: &str) -> Option<Self> {
        let text = |name: &str| item.text(name).unwrap_or_default().to_owned();
        let time = item.text(COLLECTED)?;
        let failed = item.cell("CollectorFailed").map(|cell| match cell {
            Cell::List(all) => all.clone(),
            other => other.text().map(str::to_owned).into_iter().collect(),
        });
        Some(Manifest {
            path: path.to_owned(),
            time: time.parse().ok(),
            computer: text("CollectorComputer"),
            account: text("CollectorAccount"),
            failed: failed.unwrap_or_default(),
        })
    }
}

/// The property that the collector's own object alone has.
const COLLECTED: &str = "CollectorTime";

/// The folder that a path leads to.
fn folder(path: &str) -> &str {
    path.rfind(['/', '\\']).and_then(|at| path.get(..at)).unwrap_or_default()
}

/// An object with the file that holds it.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// The place of the file in [`Export::files`].
    pub file: usize,
    /// The object.
    pub object: T,
}

/// A receive connector of an export.
#[derive(Clone, Debug)]
pub struct FoundConnector {
    /// The connector.
    pub filled: Filled<ReceiveConnector>,
    /// Its server's name.
    pub server: String,
    /// Whether it stands in an Edge Transport server's own directory.
    pub edge: bool,
    /// Whether PermissionGroups says that there are entries beside the groups.
    pub custom: bool,
    /// Whether it stands in a configuration, which does not name all that there is (`Format::is_partial`).
    pub partial: bool,
}

/// An object that cannot be taken in.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The file.
    pub path: String,
    /// The kind of the object.
    pub kind: ExportKind,
    /// The object.
    pub object: String,
    /// Why.
    pub finding: Finding,
}

/// Everything that files hold.
#[derive(Default)]
pub struct Export {
    /// The files, in order.
    pub files: Vec<SourceFile>,
    /// What the collector says of its folders.
    pub manifests: Vec<Manifest>,
    /// Organizations with their forests, in order of mention.
    pub organizations: Vec<(String, String)>,
    /// The NetBIOS domain, where an access list names the organization's own servers.
    pub netbios: Option<String>,
    /// Servers.
    pub servers: Vec<Found<ServerFacts>>,
    /// Receive connectors.
    pub connectors: Vec<Found<FoundConnector>>,
    /// Access lists of connectors, by server and name in small letters; of Send connectors, by an empty server.
    pub access: HashMap<(String, String), AccessEntries>,
    /// Entries of access lists of other objects.
    pub other_entries: usize,
    /// Send connectors.
    pub send_connectors: Vec<Found<Filled<SendConnector>>>,
    /// Accepted domains.
    pub accepted_domains: Vec<Found<Filled<AcceptedDomain>>>,
    /// The transport configuration.
    pub transport_config: Vec<Found<Filled<TransportConfig>>>,
    /// Edge subscriptions.
    pub edge_subscriptions: Vec<Found<Filled<EdgeSubscription>>>,
    /// What is not kept, with how many objects have it.
    pub unkept: BTreeMap<(ExportKind, Unkept), usize>,
    /// Connectors and domains that the product itself calls invalid.
    pub invalid: Vec<String>,
    /// Objects that cannot be taken in.
    pub refused: Vec<Refused>,
    fillers: Option<Fillers>,
    users: HashSet<Rc<str>>,
}

/// The rows of every noun, by name.
struct Fillers {
    servers: Filler<Server>,
    connectors: Filler<ReceiveConnector>,
    send_connectors: Filler<SendConnector>,
    accepted_domains: Filler<AcceptedDomain>,
    transport_config: Filler<TransportConfig>,
    edge_subscriptions: Filler<EdgeSubscription>,
}

impl Fillers {
    fn new() -> Self {
        Fillers {
            servers: Filler::new(),
            connectors: Filler::new(),
            send_connectors: Filler::new(),
            accepted_domains: Filler::new(),
            transport_config: Filler::new(),
            edge_subscriptions: Filler::new(),
        }
    }
}

impl Export {
    /// Whether no file holds anything that is read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.iter().all(|file| file.counts.is_empty())
    }

    /// Begins a file.
    pub fn begin(&mut self, path: String, format: Format, time: Option<Timestamp>) {
        self.files.push(SourceFile { path, format, time, counts: BTreeMap::new(), others: 0 });
    }

    /// Adds an object of the file that was begun last.
    pub fn add(&mut self, item: &Item) {
        if item.cell(COLLECTED).is_some() {
            let file = self.files.pop();
            self.manifests.extend(file.and_then(|file| Manifest::of(item, &file.path)));
            return;
        }
        let kind = ExportKind::of(item);
        if let Some(file) = self.files.last_mut() {
            match kind {
                Some(kind) => *file.counts.entry(kind).or_default() += 1,
                None => file.others += 1,
            }
        }
        let Some(kind) = kind else { return };
        self.names(item);
        if kind == ExportKind::ADPermission {
            self.entry(item);
            return;
        }
        if item.text("IsValid").is_some_and(|text| text.eq_ignore_ascii_case("false")) {
            self.invalid.push(called(item));
        }
        let fillers = self.fillers.take().unwrap_or_else(Fillers::new);
        let mut unkept = Vec::new();
        let done = self.object(kind, item, &fillers, &mut unkept);
        self.fillers = Some(fillers);
        for one in unkept {
            *self.unkept.entry((kind, one)).or_default() += 1;
        }
        for finding in done.err().unwrap_or_default() {
            self.refuse(kind, item, finding);
        }
    }

    /// Ends the reading: files of the collector's folders are as old as it says.
    pub fn finish(&mut self) {
        for file in &mut self.files {
            let manifest = self.manifests.iter().find(|one| folder(&one.path) == folder(&file.path));
            file.time = manifest.and_then(|manifest| manifest.time).or(file.time);
        }
    }

    fn object(
        &mut self,
        kind: ExportKind,
        item: &Item,
        fillers: &Fillers,
        unkept: &mut Vec<Unkept>,
    ) -> Result<(), Vec<Finding>> {
        let file = self.files.len().saturating_sub(1);
        match kind {
            ExportKind::ExchangeServer => {
                let object = server::facts(&fillers.servers, item, unkept)?;
                self.servers.push(Found { file, object });
            }
            ExportKind::ReceiveConnector => {
                let filled = fillers.connectors.fill(item, ReceiveConnector::default(), unkept)?;
                let mut object = connector(filled, item).map_err(|finding| vec![finding])?;
                object.partial = self.files.last().is_some_and(|file| file.format.is_partial());
                self.connectors.push(Found { file, object });
            }
            ExportKind::SendConnector => {
                let object = fillers.send_connectors.fill(item, SendConnector::blank(), unkept)?;
                self.send_connectors.push(Found { file, object });
            }
            ExportKind::AcceptedDomain => {
                let object = fillers.accepted_domains.fill(item, AcceptedDomain::blank(), unkept)?;
                self.accepted_domains.push(Found { file, object });
            }
            ExportKind::TransportConfig => {
                let object = fillers.transport_config.fill(item, TransportConfig::blank(), unkept)?;
                self.transport_config.push(Found { file, object });
            }
            ExportKind::EdgeSubscription => {
                let mut object = fillers.edge_subscriptions.fill(item, EdgeSubscription::blank(), unkept)?;
                // The site by its place in the directory: `contoso.com/Configuration/Sites/HQ`.
                let site = &mut object.object.site;
                *site = site.rsplit('/').next().unwrap_or_default().to_owned();
                self.edge_subscriptions.push(Found { file, object });
            }
            ExportKind::ADPermission => {}
        }
        Ok(())
    }

    /// One entry of an access list.
    fn entry(&mut self, item: &Item) {
        let key = match permission::place(item) {
            Some(Place { name, server: Some(server), container, .. })
                if container.is_empty() || container == RECEIVE_CONNECTORS =>
            {
                Some((server.to_lowercase(), name.to_lowercase()))
            }
            Some(Place { name, server: None, container, .. }) if container == SEND_CONNECTORS => {
                Some((String::new(), name.to_lowercase()))
            }
            _ => None,
        };
        let Some(key) = key else {
            self.other_entries += 1;
            return;
        };
        let lost = |row: &Row<AdPermission>| match item.cell(row.name()) {
            Some(Cell::Lost(text)) => Some(lost(row.name(), text)),
            _ => None,
        };
        if let Some(finding) = lost(&EXTENDED_RIGHTS).or_else(|| lost(&ACCESS_RIGHTS)) {
            self.refuse(ExportKind::ADPermission, item, finding);
            return;
        }
        let Some(user) = item.text(USER.name()).or_else(|| item.text("User.UserName")) else {
            let missing = || Finding::new(Rule::P1, USER.name(), "the entry has no User");
            self.refuse(ExportKind::ADPermission, item, lost(&USER).unwrap_or_else(missing));
            return;
        };
        self.netbios = self.netbios.take().or_else(|| netbios(user));
        let user = self.interned(user);
        let is_partial = self.files.last().is_some_and(|file| file.format.is_partial());
        let list = self.access.entry(key).or_default();
        list.whole |= !is_partial;
        for right in list.add(item, &user) {
            let unknown = Unkept::Right(right);
            *self.unkept.entry((ExportKind::ADPermission, unknown)).or_default() += 1;
        }
    }

    /// The same accounts stand in thousands of lists.
    fn interned(&mut self, user: &str) -> Rc<str> {
        if let Some(known) = self.users.get(user) {
            return Rc::clone(known);
        }
        let user: Rc<str> = user.into();
        self.users.insert(Rc::clone(&user));
        user
    }

    /// The organization that the object's distinguished name is in.
    fn names(&mut self, item: &Item) {
        let place = item.text("DistinguishedName").and_then(Place::of);
        let Some(Place { organization: Some(organization), domain: Some(domain), .. }) = place else {
            return;
        };
        let named = (organization, domain);
        if !self.organizations.contains(&named) {
            self.organizations.push(named);
        }
    }

    fn refuse(&mut self, kind: ExportKind, item: &Item, finding: Finding) {
        let path = self.files.last().map(|file| file.path.clone()).unwrap_or_default();
        let is_partial = self.files.last().is_some_and(|file| file.format.is_partial());
        let finding = match is_partial && finding.rule == Rule::V9 {
            true => finding.hint("write a literal there, or import an export of the server"),
            false => finding,
        };
        self.refused.push(Refused { path, kind, object: called(item), finding });
    }
}

/// The container of Send connectors in the directory.
const SEND_CONNECTORS: &str = "Connections";
/// The container of receive connectors in the directory.
const RECEIVE_CONNECTORS: &str = "SMTP Receive Connectors";

/// What an object is called in sentences.
fn called(item: &Item) -> String {
    let names = ["Identity", "Name", "DistinguishedName"];
    let lost = || {
        names.iter().find_map(|name| match item.cell(name) {
            Some(Cell::Lost(text)) => Some(text.as_str()),
            _ => None,
        })
    };
    let name = names.iter().find_map(|name| item.text(name)).or_else(lost);
    name.unwrap_or("an object without a name").to_owned()
}

/// The domain of `CONTOSO\Exchange Servers`.
fn netbios(user: &str) -> Option<String> {
    let (domain, name) = user.split_once('\\')?;
    name.eq_ignore_ascii_case("Exchange Servers").then(|| domain.to_owned())
}

/// A receive connector with its server.
fn connector(filled: Filled<ReceiveConnector>, item: &Item) -> Result<FoundConnector, Finding> {
    let rows = (&connector::rows::SERVER, &connector::rows::NAME);
    let dn = item.text("DistinguishedName").and_then(Place::of);
    let identity = item.text("Identity").and_then(Place::of);
    let server = item.text(rows.0.name()).map(str::to_owned);
    let server = server
        .or_else(|| dn.as_ref().and_then(|place| place.server.clone()))
        .or_else(|| identity.as_ref().and_then(|place| place.server.clone()));
    let Some(server) = server else {
        let message = "the file does not say on which server the connector is: it has no Server, Identity or DistinguishedName";
        return Err(Finding::new(Rule::C1, rows.0.name(), message));
    };
    let mut filled = filled;
    if filled.object.name.is_empty() {
        let name = identity.as_ref().or(dn.as_ref()).map(|place| place.name.clone()).unwrap_or_default();
        filled.put(rows.1, rows.1.param.parse(&name)?)?;
    }
    let edge = dn.is_some_and(|place| place.domain.is_none());
    let custom = is_reported(&connector::rows::PERMISSION_GROUPS, item);
    Ok(FoundConnector { filled, server, edge, custom, partial: false })
}
