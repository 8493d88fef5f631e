//! What every noun of the organization has: a name, marks that the store keeps, and a place in the directory.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Organization, Part};
use crate::param::{Finding, Noun, Platform, Row, Tier, Version, same_name};
use crate::server::{Directory, Server};

/// What the store keeps of an object: which it is, and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Its identifier; none in a hand-written file that no change has completed yet.
    pub guid: Option<Uuid>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it last changed.
    pub changed: Option<Timestamp>,
}

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
        let transport = Platform { version: Version::NEWEST, tier: Tier::Transport };
        self.local.as_ref().map_or(transport, Server::platform)
    }
}

/// A noun of the organization.
pub trait Member: Noun<Scene = Scene> + Clone + PartialEq {
    /// The part that its objects are.
    const PART: Part;
    /// Whether there is exactly one object, without a name.
    const SINGLE: bool = false;
    /// The rows whose keys stand first in a file, before the others in printed order.
    const FIRST: &'static [&'static Row<Self>];
    /// The rows whose keys stand last.
    const LAST: &'static [&'static Row<Self>];

    /// The objects.
    fn list(organization: &Organization) -> &Vec<Self>;
    /// The objects, to change.
    fn list_mut(organization: &mut Organization) -> &mut Vec<Self>;
    /// An object of which nothing is said: what an absent key means. No default here depends on an edition, since
    /// a file means the same to everybody; what does is left unset, and shown as the looking edition has it.
    fn blank() -> Self;
    /// Its name, unique ignoring case.
    fn name(&self) -> &str;
    /// Whether an identity that is no Guid and no distinguished name means it: its name, in any case.
    fn goes_by(&self, text: &str, _: &Scene) -> bool {
        same_name(self.name(), text)
    }
    /// What the store keeps of it.
    fn marks(&self) -> &Marks;
    /// The same, to change.
    fn marks_mut(&mut self) -> &mut Marks;
    /// The container of its distinguished name, below the organization's; empty where no row shows one.
    const CONTAINER: &'static str = "";

    /// The directory's class of it, `ms-Exch-Accepted-Domain`; empty where no row shows one.
    const CATEGORY: &'static str = "";

    /// What there is where no file says anything.
    #[must_use]
    fn first(_: &Directory) -> Vec<Self> {
        Vec::new()
    }

    /// What the rules refuse in all objects together, each with the place of the object it speaks of.
    fn check(all: &[Self]) -> Vec<(usize, Finding)>;
}

/// In an `impl` of [`Member`]: its objects are in that field of [`Organization`], its marks in its own field `marks`.
macro_rules! kept_in {
    ($field:ident) => {
        fn list(organization: &$crate::organization::Organization) -> &Vec<Self> {
            &organization.$field
        }

        fn list_mut(organization: &mut $crate::organization::Organization) -> &mut Vec<Self> {
            &mut organization.$field
        }

        fn marks(&self) -> &$crate::organization::Marks {
            &self.marks
        }

        fn marks_mut(&mut self) -> &mut $crate::organization::Marks {
            &mut self.marks
        }
    };
}
pub(crate) use kept_in;
