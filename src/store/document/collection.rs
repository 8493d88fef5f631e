//! What one document holds: a record whose keys are the document's own, and records with a table each. Reading,
//! editing and verifying are written once over this; what a noun has of its own is here.

use super::access;
use super::blank;
use super::edit::Page;
use super::error::Flaw;
use super::section::{ItemTables, PERMISSION, Section};
use crate::connector::{Host, ReceiveConnector, rules};
use crate::organization::Member;
use crate::param::{Finding, Noun, Record, Release, Row};
use crate::permission::AccessList;
use crate::server::{self, Server};

/// The records of one document.
pub(super) trait Collection: Sized + Send {
    /// The object whose keys are the document's own.
    type Owner: Noun;
    /// The objects that have a table each.
    type Item: Record;
    /// Whether there is exactly one item, whose keys are the document's own.
    const SINGLE: bool = false;
    /// The tables inside an item's table; empty where there are none.
    const INNER: &'static str = "";

    fn new(owner: Self::Owner, items: Vec<Self::Item>) -> Self;
    fn owner(&self) -> &Self::Owner;
    fn items(&self) -> &[Self::Item];
    fn into_parts(self) -> (Self::Owner, Vec<Self::Item>);

    /// An owner of which nothing is said: what an absent key means.
    fn blank_owner() -> Self::Owner;
    /// The same for an item of that owner.
    fn blank_item(owner: &Self::Owner) -> Self::Item;
    /// Whether absent keys and inner tables mean the same under both owners.
    fn same_ground(_: &Self::Owner, _: &Self::Owner) -> bool {
        true
    }
    /// The release whose keys there are; none for every edition.
    fn release(_: &Self::Owner) -> Option<Release> {
        None
    }

    /// Flaws of an owner that no row by itself knows of.
    fn check_owner(_: &Self::Owner, _: &Section<'_>, _: &mut Vec<Flaw>) {}
    /// What the rules refuse, each at the index of an item, or of the owner.
    fn refusals(&self) -> Vec<(Option<usize>, Finding)>;

    /// Reads the tables inside an item's.
    fn read_inner(_: &mut Self::Item, _: &[Section<'_>], _: (&Self::Owner, &str), _: &mut Vec<Flaw>) {}
    /// The tables inside an item's, as they are written anew.
    fn write_inner(_: &Self::Item, _: &str, _: &str) -> Vec<String> {
        Vec::new()
    }
    /// Brings the tables inside an item's from one state to the other; new ones stand at `end`.
    fn edit_inner(
        _: &mut Page,
        _: &ItemTables<'_>,
        _: (&Self::Item, &Self::Item),
        _: InnerEdit<'_, Self::Owner>,
    ) {
    }
    /// Whether what inner tables say is the same.
    fn same_inner(_: &Self::Item, _: &Self::Item) -> bool {
        true
    }
}

/// What an edit of inner tables depends on.
pub(super) struct InnerEdit<'e, O> {
    pub owner: &'e O,
    /// As [`Collection::same_ground`] has it.
    pub same_ground: bool,
    /// The NetBIOS domain of the organization.
    pub domain: &'e str,
    /// Where the item's tables end.
    pub end: usize,
}

/// The owner of a document whose keys are nobody's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Nobody;

impl Noun for Nobody {
    const NAME: &'static str = "";
    type Scene = ();

    fn rows() -> &'static [&'static Row<Self>] {
        &[]
    }
}

impl Collection for Host {
    type Owner = Server;
    type Item = ReceiveConnector;
    const INNER: &'static str = PERMISSION;

    fn new(server: Server, connectors: Vec<ReceiveConnector>) -> Self {
        Host { server, connectors }
    }

    fn owner(&self) -> &Server {
        &self.server
    }

    fn items(&self) -> &[ReceiveConnector] {
        &self.connectors
    }

    fn into_parts(self) -> (Server, Vec<ReceiveConnector>) {
        (self.server, self.connectors)
    }

    fn blank_owner() -> Server {
        blank::server()
    }

    fn blank_item(server: &Server) -> ReceiveConnector {
        ReceiveConnector::new("", server)
    }

    fn same_ground(one: &Server, other: &Server) -> bool {
        one.platform() == other.platform() && Self::blank_item(one) == Self::blank_item(other)
    }

    fn release(server: &Server) -> Option<Release> {
        Some(server.release())
    }

    /// A server's Fqdn is its own, and an empty one is none.
    fn check_owner(server: &Server, section: &Section<'_>, flaws: &mut Vec<Flaw>) {
        let fqdn = server::rows::FQDN.name();
        if server.fqdn.is_empty() && flaws.is_empty() {
            let hint = format!("{fqdn} = \"{}.contoso.com\"", server.name.to_lowercase());
            flaws.push(Flaw::new(section.place(fqdn), format!("{fqdn} of the server is missing"), hint));
        }
    }

    fn refusals(&self) -> Vec<(Option<usize>, Finding)> {
        let own = server::check(&self.server).refusals.into_iter().map(|finding| (None, finding));
        own.chain(rules::check_host(self).into_iter().map(|(at, finding)| (Some(at), finding))).collect()
    }

    fn read_inner(
        connector: &mut ReceiveConnector,
        tables: &[Section<'_>],
        (server, domain): (&Server, &str),
        flaws: &mut Vec<Flaw>,
    ) {
        let mut entries = Vec::new();
        for section in tables {
            entries.extend(access::read(section, domain, flaws).iter().flat_map(access::Grant::entries));
        }
        // Groups alone are in their short form as they stand, and expanding them costs.
        if !entries.is_empty() {
            connector.access = AccessList::from_parts(connector.access.groups(), entries, server.platform());
        }
    }

    fn write_inner(connector: &ReceiveConnector, domain: &str, eol: &str) -> Vec<String> {
        access::tables(connector.access.own_entries(), ReceiveConnector::NAME, domain, eol)
    }

    fn edit_inner(
        page: &mut Page,
        tables: &ItemTables<'_>,
        (old, new): (&ReceiveConnector, &ReceiveConnector),
        edit: InnerEdit<'_, Server>,
    ) {
        if !edit.same_ground || old.access != new.access {
            let (platform, domain) = (edit.owner.platform(), edit.domain);
            super::edit::Lists { old: &old.access, new: &new.access, platform, domain }
                .edit(page, tables, edit.end);
        }
    }

    fn same_inner(one: &ReceiveConnector, other: &ReceiveConnector) -> bool {
        one.access == other.access
    }
}

impl<N: Member> Collection for Vec<N> {
    type Owner = Nobody;
    type Item = N;
    const SINGLE: bool = N::SINGLE;

    fn new(_: Nobody, items: Vec<N>) -> Self {
        items
    }

    fn owner(&self) -> &Nobody {
        &Nobody
    }

    fn items(&self) -> &[N] {
        self
    }

    fn into_parts(self) -> (Nobody, Vec<N>) {
        (Nobody, self)
    }

    fn blank_owner() -> Nobody {
        Nobody
    }

    fn blank_item(_: &Nobody) -> N {
        N::blank()
    }

    fn refusals(&self) -> Vec<(Option<usize>, Finding)> {
        N::check(self).into_iter().map(|(at, finding)| (Some(at), finding)).collect()
    }
}
