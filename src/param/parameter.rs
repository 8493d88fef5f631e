//! A parameter: what may be typed, and what help says of it.

use super::{Argument, DefaultValue, Finding, Kind, Release, ServicePack, Value, Version};

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
    Copy,
    Initialize,
    Test,
    Compare,
    Undo,
    Restore,
    Export,
    Invoke,
    Import,
    Measure,
}

/// Under which heading help shows a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Which object.
    Identity,
    /// Who may connect: bindings, ranges, role.
    Connections,
    /// Where mail goes, and who sends it.
    Routing,
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

/// What the value of a parameter names, where its type is no closed list: what a shell's TAB offers for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completes {
    /// Nothing that is known.
    Nothing,
    /// A receive connector.
    Connector,
    /// A server.
    Server,
    /// A role of the tables of data paths, a server or a network endpoint.
    RoleOrServer,
    /// An extended right.
    Right,
    /// An account or group.
    Principal,
    /// An object of the organization, of that noun.
    ObjectOf(&'static str),
    /// A revision of the store.
    Revision,
    /// A file or directory of the user's.
    File,
    /// A cmdlet.
    Cmdlet,
    /// A noun of cmdlets.
    Noun,
    /// A verb of cmdlets.
    Verb,
    /// A form of output.
    Format,
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
    /// The service pack of that version that brought it; RTM where the release has it.
    pub since_pack: ServicePack,
    /// The last version that has it.
    pub until: Version,
    /// What stands where nothing was given.
    pub default: DefaultValue,
    /// Whether help shows it before the others of its group: most calls are about such.
    pub usual: bool,
    /// A value as it is typed in any shell, where that of its type says too little.
    pub example: Option<&'static str>,
    /// What its value names.
    pub completes: Completes,
    /// Whether only its whole name means it: one that the product does not have takes nobody's abbreviation away.
    pub whole: bool,
    /// Whether what is given for it may hold a secret, so that no line repeats it.
    pub secret: bool,
    /// Whether a switch says something where it is off, too: the opposite, and not what a line without it says.
    pub two_sided: bool,
    /// Values that are often typed and are none, in any case, with what to say of each.
    pub misnomers: &'static [(&'static str, &'static str)],
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
        since_pack: ServicePack::Rtm,
        until: Version::NEWEST,
        default: DefaultValue::NONE,
        usual: false,
        example: None,
        completes: Completes::Nothing,
        whole: false,
        secret: false,
        two_sided: false,
        misnomers: &[],
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

    /// A value to show in lines to type, quoted for any shell.
    #[must_use]
    pub const fn example(self, example: &'static str) -> Self {
        Param { example: Some(example), ..self }
    }

    /// A value of it to show in lines to type: its own, else its type's.
    #[must_use]
    pub fn sample(&self) -> &'static str {
        self.example.unwrap_or_else(|| self.kind.example())
    }

    /// What its value names.
    #[must_use]
    pub const fn completes(self, completes: Completes) -> Self {
        Param { completes, ..self }
    }

    /// Shown before the others of its group.
    #[must_use]
    pub const fn usual(self) -> Self {
        Param { usual: true, ..self }
    }

    /// Taken by its whole name alone.
    #[must_use]
    pub const fn whole(self) -> Self {
        Param { whole: true, ..self }
    }

    /// What is given for it is never repeated.
    #[must_use]
    pub const fn secret(self) -> Self {
        Param { secret: true, ..self }
    }

    /// A switch that says the opposite where it is off.
    #[must_use]
    pub(crate) const fn two_sided(self) -> Self {
        Param { two_sided: true, ..self }
    }

    /// Whether it says nothing as it was given: a switch that is off, which is the same as to leave it out.
    #[must_use]
    pub fn is_off(&self, argument: &Argument) -> bool {
        matches!(self.kind, Kind::Switch) && !self.two_sided && *argument == Argument::Set(Value::Bool(false))
    }

    /// Values that are often typed and are none, in any case, with the hint for each.
    #[must_use]
    pub(crate) const fn misnomers(self, misnomers: &'static [(&'static str, &'static str)]) -> Self {
        Param { misnomers, ..self }
    }

    /// The first version that has it.
    #[must_use]
    pub const fn since(self, since: Version) -> Self {
        Param { since, ..self }
    }

    /// Whether it is one that this program adds to every cmdlet, and that says nothing of the change itself.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.group == Group::Store
    }

    /// Reads a default: of a list, its elements joined by commas.
    ///
    /// # Errors
    /// As [`Kind::parse`].
    pub fn parse_default(&self, text: &str) -> Result<Value, Finding> {
        match self.kind {
            kind @ Kind::List(_) => kind.parse_all(self.name, &text.split(',').collect::<Vec<_>>()),
            kind => kind.parse(self.name, text),
        }
    }

    /// Its default, where that is one for every edition; nothing where it has none.
    #[must_use]
    pub fn default_value(&self) -> Option<Value> {
        self.default.everywhere().and_then(|text| self.parse_default(text).ok())
    }

    /// Whether it is taken by its whole name alone.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole || self.is_ours()
    }

    /// Whether an edition has it (C12).
    #[must_use]
    pub fn exists_in(&self, release: impl Into<Release>) -> bool {
        let release = release.into();
        self.first() <= release && release.version <= self.until
    }

    /// The first release that has it.
    #[must_use]
    pub fn first(&self) -> Release {
        Release { version: self.since, pack: self.since_pack }
    }

    /// The versions that have it, as a noun: `2010 SP1 and later`.
    #[must_use]
    pub fn versions(&self) -> String {
        let first = match self.since_pack {
            ServicePack::Rtm => self.since.name().to_owned(),
            pack => format!("{} {}", self.since.name(), pack.name()),
        };
        match self.until {
            Version::NEWEST => format!("{first} and later"),
            until if until == self.since && self.since_pack == ServicePack::Rtm => format!("{first} alone"),
            until if until == self.since => format!("{first} and later service packs"),
            until => format!("{first} to {}", until.name()),
        }
    }

    /// The same as a clause: `2010 SP1 and later have it`.
    #[must_use]
    pub fn had_by(&self) -> String {
        let is_one = self.until == self.since && self.since_pack == ServicePack::Rtm;
        format!("{} {} it", self.versions(), if is_one { "has" } else { "have" })
    }

    /// Reads one text.
    ///
    /// # Errors
    /// As [`Kind::parse`].
    pub fn parse(&self, text: &str) -> Result<Value, Finding> {
        let misnomer = || self.misnomers.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
        self.kind.parse(self.name, text).map_err(|finding| match misnomer() {
            Some((_, hint)) => finding.hint(*hint),
            None => finding,
        })
    }
}
