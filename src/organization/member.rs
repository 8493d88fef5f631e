//! What every noun of the organization has: a name, marks that the store keeps, and a place in the directory.

use super::InPart;
use crate::param::{Declared, Finding, Noun, Platform, Record, Version, same_name};
use crate::permission::AccessList;
use crate::server::{Directory, Server};

/// What an object's computed properties are made of: the organization's names, and from where it is looked at.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The organization's names.
    pub directory: Directory,
    /// The local server, whose edition decides which properties there are; none in a store without one.
    pub local: Option<Server>,
}

impl Scene {
    /// The edition that looks: the local server's, else the newest.
    #[must_use]
    pub fn version(&self) -> Version {
        self.local.as_ref().map_or(Version::NEWEST, |server| server.version)
    }

    /// What defaults depend on that an edition decides.
    #[must_use]
    pub fn platform(&self) -> Platform {
        self.local.as_ref().map_or(Platform::NEWEST, Server::platform)
    }
}

/// A noun of the organization.
pub trait Member: Record + Declared + InPart + Noun<Scene = Scene> + Send {
    /// Whether there is exactly one object, without a name.
    const SINGLE: bool = false;
    /// The columns of its default table, where the product has one as that prints it; none where it is shown as a list.
    const TABLE: &'static [&'static str];

    /// An object of which nothing is said: what an absent key means. No default here depends on an edition, since
    /// a file means the same to everybody; what does is left unset, and shown as the looking edition has it.
    #[must_use]
    fn blank() -> Self {
        Self::defaults(Platform::NEWEST)
    }
    /// Whether an identity that is no Guid and no distinguished name means it: its name, in any case.
    fn goes_by(&self, text: &str, _: &Scene) -> bool {
        same_name(self.name(), text)
    }
    /// The container of its distinguished name, below the organization's; empty where no row shows one.
    const CONTAINER: &'static str = "";

    /// The directory's class of it, `ms-Exch-Accepted-Domain`; empty where no row shows one.
    const CATEGORY: &'static str = "";

    /// Its access list, where it has one of its own, and the NetBIOS domain is that.
    fn access_list(&self, _: &str) -> Option<AccessList> {
        None
    }

    /// Who owns it, where the store keeps that.
    fn owner(&self) -> Option<&String> {
        None
    }

    /// What there is where no file says anything.
    #[must_use]
    fn first(_: &Directory) -> Vec<Self> {
        Vec::new()
    }

    /// What the rules refuse in all objects together, each with the place of the object it speaks of.
    fn check(all: &[Self]) -> Vec<(usize, Finding)>;
}
