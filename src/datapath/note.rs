//! What administrators should know of a data path, and when it matters.

/// How much a note weighs, the heaviest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Severity {
    /// The configuration is not supported.
    Unsupported,
    /// What administrators get wrong.
    Caution,
    /// Good to know.
    Info,
}

/// What must be so for a note to matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Condition {
    /// The path crosses a firewall.
    Firewall,
    /// The path crosses a firewall within one Active Directory site.
    #[strum(serialize = "firewall in one site")]
    FirewallInSite,
    /// A server of the path stands in a perimeter network.
    Perimeter,
}

/// A note on data paths of one edition.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// Its name, unique in its edition.
    pub id: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// When it matters; nothing where it always does.
    pub when: Option<Condition>,
    /// Sentences for users.
    pub text: &'static str,
    /// The identifiers of the data paths that it is about.
    pub paths: &'static [&'static str],
}

/// Begins a note that always matters.
#[must_use]
pub const fn note(id: &'static str, severity: Severity, text: &'static str) -> Note {
    Note { id, severity, when: None, text, paths: &[] }
}

impl Note {
    /// The same, where it matters only sometimes.
    #[must_use]
    pub const fn when(self, condition: Condition) -> Self {
        Note { when: Some(condition), ..self }
    }

    /// The same, about these data paths.
    #[must_use]
    pub const fn on(self, paths: &'static [&'static str]) -> Self {
        Note { paths, ..self }
    }

    /// The note with what it weighs and when it matters: `unsupported through a firewall: …`.
    #[must_use]
    pub fn describe(&self) -> String {
        let severity: &str = self.severity.into();
        let when = match self.when {
            None => "",
            Some(Condition::Firewall | Condition::FirewallInSite) => " through a firewall",
            Some(Condition::Perimeter) => " in a perimeter network",
        };
        match (self.severity, self.when) {
            (Severity::Info, None) => self.text.to_owned(),
            _ => format!("{severity}{when}: {}", self.text),
        }
    }
}
