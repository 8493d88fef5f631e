//! The row: everything that is to be said about one property, in one place.

use super::{Field, Finding, Kind, Value, Version};

/// What a cmdlet does to its noun.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantNames, strum::EnumString,
)]
#[expect(missing_docs, reason = "the verbs are PowerShell's own and say what they do")]
pub enum Verb {
    Add,
    New,
    Get,
    Set,
    Remove,
    Initialize,
    Test,
    Compare,
    Restore,
}

/// Under which heading help shows a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Which object.
    Identity,
    /// Who may connect: bindings, ranges, role.
    Connections,
    /// Authentication and permissions.
    Security,
    /// Limits.
    Limits,
    /// What EHLO offers and how SMTP is spoken.
    Protocol,
    /// Everything else that is the product's.
    Other,
    /// Trying and asking before anything changes.
    Safety,
    /// PowerShell's common parameters.
    Common,
    /// Parameters that this program adds.
    Store,
    /// Taken so that a pasted line runs, without effect.
    Ignored,
}

/// What a server has of the transport: decides some defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The Edge Transport role.
    Edge,
    /// The Transport service of a Hub Transport or Mailbox server.
    Transport,
    /// The Front End Transport service alone: 2013 with the ClientAccess role and no Mailbox role.
    FrontEnd,
}

/// Where a property stands: the edition and the tier that its default may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Platform {
    /// The server's edition.
    pub version: Version,
    /// The server's transport roles, as far as defaults depend on them.
    pub tier: Tier,
}

/// Where a default of its own holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// On versions older than this one.
    Before(Version),
    /// On that tier.
    On(Tier),
}

/// What stands where nothing was given, by platform, spelled as it would be typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultValue {
    all: Option<&'static str>,
    before: Option<(Version, &'static str)>,
    tier: Option<(Tier, &'static str)>,
}

impl DefaultValue {
    /// Nothing: empty.
    pub const NONE: DefaultValue = DefaultValue { all: None, before: None, tier: None };

    /// The same everywhere.
    #[must_use]
    pub const fn all(text: &'static str) -> Self {
        DefaultValue { all: Some(text), before: None, tier: None }
    }

    /// Another one on versions older than `version`.
    #[must_use]
    pub const fn before(self, version: Version, text: &'static str) -> Self {
        DefaultValue { before: Some((version, text)), ..self }
    }

    /// Another one on that tier, whatever the version.
    #[must_use]
    pub const fn tier(self, tier: Tier, text: &'static str) -> Self {
        DefaultValue { tier: Some((tier, text)), ..self }
    }

    /// Every spelling with the case that it is for; the one without a case holds elsewhere.
    #[must_use]
    pub fn cases(&self) -> Vec<(Option<Case>, &'static str)> {
        let all = self.all.map(|text| (None, text));
        let before = self.before.map(|(version, text)| (Some(Case::Before(version)), text));
        let tier = self.tier.map(|(tier, text)| (Some(Case::On(tier)), text));
        all.into_iter().chain(before).chain(tier).collect()
    }

    /// The spelling that holds on `platform`; nothing where the default is empty.
    #[must_use]
    pub fn on(&self, platform: Platform) -> Option<&'static str> {
        let by_tier = self.tier.filter(|(tier, _)| *tier == platform.tier).map(|(_, text)| text);
        let by_version = self.before.filter(|(version, _)| platform.version < *version).map(|(_, text)| text);
        by_tier.or(by_version).or(self.all)
    }
}

/// A parameter: what may be typed, and what help says of it.
#[derive(Debug)]
pub struct Param {
    /// Its name as the product spells it.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// One line of help.
    pub help: &'static str,
    /// The verbs that take it.
    pub on: &'static [Verb],
    /// The verbs that cannot do without it.
    pub required: &'static [Verb],
    /// Its place without a name, from 1, on those verbs.
    pub position: Option<(usize, &'static [Verb])>,
    /// PowerShell's short name for it (`wi`).
    pub alias: Option<&'static str>,
    /// The heading it stands under in help.
    pub group: Group,
    /// The first version that has it.
    pub since: Version,
    /// The last version that has it.
    pub until: Version,
    /// What stands where nothing was given.
    pub default: DefaultValue,
    /// Whether help shows it before the others of its group: most calls are about such.
    pub usual: bool,
}

/// Begins a parameter.
#[must_use]
pub const fn param(name: &'static str, kind: Kind, help: &'static str) -> Param {
    Param {
        name,
        kind,
        help,
        on: &[],
        required: &[],
        position: None,
        alias: None,
        group: Group::Other,
        since: Version::OLDEST,
        until: Version::NEWEST,
        default: DefaultValue::NONE,
        usual: false,
    }
}

impl Param {
    /// The verbs that take it.
    #[must_use]
    pub const fn on(self, verbs: &'static [Verb]) -> Self {
        Param { on: verbs, ..self }
    }

    /// The verbs that cannot do without it.
    #[must_use]
    pub const fn required(self, verbs: &'static [Verb]) -> Self {
        Param { required: verbs, ..self }
    }

    /// Its place without a name, from 1, on those verbs.
    #[must_use]
    pub const fn position(self, position: usize, verbs: &'static [Verb]) -> Self {
        Param { position: Some((position, verbs)), ..self }
    }

    /// PowerShell's short name for it.
    #[must_use]
    pub const fn alias(self, alias: &'static str) -> Self {
        Param { alias: Some(alias), ..self }
    }

    /// Its heading in help.
    #[must_use]
    pub const fn group(self, group: Group) -> Self {
        Param { group, ..self }
    }

    /// What stands where nothing was given.
    #[must_use]
    pub const fn default(self, text: &'static str) -> Self {
        Param { default: DefaultValue::all(text), ..self }
    }

    /// Shown before the others of its group.
    #[must_use]
    pub const fn usual(self) -> Self {
        Param { usual: true, ..self }
    }

    /// Whether it is one that the product does not have: taken by its whole name alone.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.group == Group::Store
    }

    /// Reads one text.
    ///
    /// # Errors
    /// As [`Kind::parse`].
    pub fn parse(&self, text: &str) -> Result<Value, Finding> {
        self.kind.parse(self.name, text)
    }
}

/// A thing that cmdlets make and change: a table of rows.
pub trait Noun: Sized + 'static {
    /// Its name in cmdlets: `ReceiveConnector`.
    const NAME: &'static str;
    /// What computed properties see beside the object: its server, its organization.
    type Scene;
    /// Its properties, in the order in which Format-List prints them.
    fn rows() -> &'static [&'static Row<Self>];
}

/// Where a row's value comes from.
pub enum Access<N: Noun> {
    /// A field of the object.
    Stored {
        /// Reads it.
        get: fn(&N) -> &dyn Field,
        /// Writes it.
        set: fn(&mut N) -> &mut dyn Field,
    },
    /// Made from the object and what is around it; nothing to write.
    Computed(fn(&N, &N::Scene) -> Value),
}

/// One property of a noun.
pub struct Row<N: Noun> {
    /// Name, type, bounds, help, and where it may be typed.
    pub param: Param,
    /// Where its value is.
    pub access: Access<N>,
    /// Whether Get- prints it.
    pub printed: bool,
    /// Whether the file names it even when it equals its default.
    pub defining: bool,
}

/// Begins a row of a stored property.
#[must_use]
pub const fn row<N: Noun>(
    param: Param,
    get: fn(&N) -> &dyn Field,
    set: fn(&mut N) -> &mut dyn Field,
) -> Row<N> {
    Row { param, access: Access::Stored { get, set }, printed: true, defining: false }
}

impl<N: Noun> Row<N> {
    /// A property that is computed, printed, and never typed.
    #[must_use]
    pub const fn computed(param: Param, compute: fn(&N, &N::Scene) -> Value) -> Self {
        Row { param, access: Access::Computed(compute), printed: true, defining: false }
    }

    /// The same default everywhere.
    #[must_use]
    pub const fn default(self, text: &'static str) -> Self {
        Row { param: self.param.default(text), ..self }
    }

    /// A default that depends on the platform.
    #[must_use]
    pub const fn defaults(self, default: DefaultValue) -> Self {
        Row { param: Param { default, ..self.param }, ..self }
    }

    /// Written in the file even when it equals its default: it defines the object.
    #[must_use]
    pub const fn defining(self) -> Self {
        Row { defining: true, ..self }
    }

    /// Kept, never printed.
    #[must_use]
    pub const fn unprinted(self) -> Self {
        Row { printed: false, ..self }
    }

    /// Versions that have it, both inclusive.
    #[must_use]
    pub const fn versions(self, since: Version, until: Version) -> Self {
        Row { param: Param { since, until, ..self.param }, ..self }
    }

    /// The first version that has it.
    #[must_use]
    pub const fn since(self, since: Version) -> Self {
        self.versions(since, Version::NEWEST)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.param.name
    }

    /// Whether a server of `version` has it (C12).
    #[must_use]
    pub fn exists_in(&self, version: Version) -> bool {
        (self.param.since..=self.param.until).contains(&version)
    }

    /// Its value in `object`; nothing for a computed one, which [`Row::print`] makes.
    #[must_use]
    pub fn stored(&self, object: &N) -> Option<Value> {
        match self.access {
            Access::Stored { get, .. } => Some(get(object).value()),
            Access::Computed(_) => None,
        }
    }

    /// The text of its value in `object`, for messages; empty for a computed one.
    #[must_use]
    pub fn print_plain(&self, object: &N) -> String {
        self.stored(object).map(|value| value.to_string()).unwrap_or_default()
    }

    /// Its value as Get- shows it.
    #[must_use]
    pub fn print(&self, object: &N, scene: &N::Scene) -> Value {
        match self.access {
            Access::Stored { get, .. } => get(object).value(),
            Access::Computed(compute) => compute(object, scene),
        }
    }

    /// Puts `value` into `object`.
    ///
    /// # Errors
    /// A [`Finding`] where the value is of another type than the field; no value that [`Param::parse`] read is.
    pub fn assign(&self, object: &mut N, value: Value) -> Result<(), Finding> {
        let Access::Stored { set, .. } = self.access else {
            return Err(Finding::new(
                "C12",
                self.name(),
                format!("parameter {} is computed and cannot be set", self.name()),
            ));
        };
        set(object)
            .assign(value)
            .map_err(|why| Finding::new("V5", self.name(), format!("parameter {}: {why}", self.name())))
    }

    /// Its default on `platform`, as a value.
    #[must_use]
    pub fn default_on(&self, platform: Platform) -> Value {
        let empty = || if self.param.kind.is_multivalued() { Value::List(Vec::new()) } else { Value::Null };
        self.param
            .default
            .on(platform)
            .map_or_else(empty, |text| self.param.parse(text).unwrap_or_else(|_| empty()))
    }
}

/// Declares the rows of a noun, each under the name that code calls it by, and their table in printed order.
macro_rules! rows {
    ($noun:ty: $($(#[$meta:meta])* $name:ident = $row:expr;)+) => {
        $($(#[$meta])* #[doc = concat!("The row of the same name of ", stringify!($noun), ".")] pub static $name: $crate::param::Row<$noun> = $row;)+
        /// Every row, in the order in which Format-List prints them.
        pub static ROWS: &[&$crate::param::Row<$noun>] = &[$(&$name),+];
    };
}
pub(crate) use rows;
