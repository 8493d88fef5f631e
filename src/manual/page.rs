//! A cmdlet's page before it is text: what the cmdlet says of itself, and its parameters.

use crate::param::{Param, Verb};

/// A line that runs, and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// As typed after `exch`, in bash or in PowerShell.
    pub line: &'static str,
    /// One sentence.
    pub does: &'static str,
}

impl Example {
    /// A line as typed after `exch`, and one sentence on what it does.
    #[must_use]
    pub const fn new(line: &'static str, does: &'static str) -> Self {
        Example { line, does }
    }
}

/// One way to call a cmdlet.
#[derive(Clone, Debug, Default)]
pub struct ParameterSet {
    /// The switch that chooses it; nothing where there is one way alone.
    pub switch: Option<&'static Param>,
    /// What it is for.
    pub purpose: &'static str,
    /// Parameters that it cannot do without, beside those that the cmdlet requires.
    pub required: Vec<&'static Param>,
    /// What it gives where nothing was given, as it would be typed.
    pub gives: Vec<(&'static Param, String)>,
}

/// A parameter that goes with none of some others.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The one.
    pub param: &'static Param,
    /// The others.
    pub others: Vec<&'static Param>,
    /// What to type instead, where it is more than leaving one of the two out.
    pub hint: Option<&'static str>,
}

impl Exclusion {
    /// `param` with none of `others`.
    #[must_use]
    pub fn new(param: &'static Param, others: impl IntoIterator<Item = &'static Param>) -> Self {
        Exclusion { param, others: others.into_iter().collect(), hint: None }
    }

    /// Whether it is about these two.
    #[must_use]
    pub fn parts(&self, one: &str, other: &str) -> bool {
        let is = |first: &str, second: &str| {
            self.param.name == first && self.others.iter().any(|param| param.name == second)
        };
        is(one, other) || is(other, one)
    }
}

/// What a cmdlet says of itself beside its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Help {
    /// A few sentences.
    pub description: &'static str,
    /// At least two lines that run.
    pub examples: &'static [Example],
    /// The ways to call it; none where there is one way alone.
    pub sets: fn() -> Vec<ParameterSet>,
    /// The properties of the object that it gives, each with what it is, where it has no noun of its own.
    pub columns: fn() -> Vec<(&'static str, &'static str)>,
}

impl Help {
    /// Help on a cmdlet that is called in one way.
    #[must_use]
    pub const fn new(description: &'static str, examples: &'static [Example]) -> Self {
        Help { description, examples, sets: Vec::new, columns: Vec::new }
    }

    /// The same with several ways to call it.
    #[must_use]
    pub const fn sets(self, sets: fn() -> Vec<ParameterSet>) -> Self {
        Help { sets, ..self }
    }

    /// The same with the properties of the object that it gives.
    #[must_use]
    pub const fn columns(self, columns: fn() -> Vec<(&'static str, &'static str)>) -> Self {
        Help { columns, ..self }
    }
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// `Verb-Noun`.
    pub name: String,
    /// The verb, which decides what is required and what has a place.
    pub verb: Verb,
    /// One line.
    pub synopsis: &'static str,
    /// A few sentences.
    pub description: &'static str,
    /// Every parameter, the common ones too.
    pub params: Vec<&'static Param>,
    /// The ways to call it, where there are several.
    pub sets: Vec<ParameterSet>,
    /// The parameters that do not go together.
    pub excludes: Vec<Exclusion>,
    /// The properties of what it gives, where it has no noun of its own.
    pub columns: Vec<(&'static str, &'static str)>,
    /// Lines that run.
    pub examples: &'static [Example],
    /// The codes that it exits with, and what each means.
    pub exits: Vec<(String, String)>,
    /// Other cmdlets of the kind.
    pub links: Vec<String>,
    /// Topics that tell more.
    pub topics: Vec<&'static str>,
}

/// Which part of a page.
#[derive(Clone, Debug)]
pub enum View {
    /// One line a parameter.
    Brief,
    /// Everything about every parameter.
    Full,
    /// Name, synopsis and examples.
    Examples,
    /// Everything about these parameters.
    Parameters(Vec<&'static Param>),
}

impl Page {
    /// Whether no call can do without `param`.
    pub(super) fn requires(&self, param: &Param) -> bool {
        param.required.contains(&self.verb)
    }

    /// The parameters that do not go with `param`, in the order of the page.
    pub(super) fn not_with(&self, param: &Param) -> Vec<&'static str> {
        let names = self.params.iter().map(|other| other.name);
        names.filter(|other| self.excludes.iter().any(|one| one.parts(param.name, other))).collect()
    }

    /// The place of `param` without a name.
    pub(super) fn place(&self, param: &Param) -> Option<usize> {
        param.position.filter(|(_, verbs)| verbs.contains(&self.verb)).map(|(place, _)| place)
    }

    /// Whether some set gives `param` a value of its own.
    pub(super) fn given_by_set(&self, param: &Param) -> bool {
        self.sets.iter().flat_map(|set| &set.gives).any(|(given, _)| given.name == param.name)
    }

    /// The switches whose sets cannot do without `param`.
    pub(super) fn required_with(&self, param: &Param) -> Vec<&'static str> {
        let needs = |set: &&ParameterSet| set.required.iter().any(|needed| needed.name == param.name);
        self.sets.iter().filter(needs).filter_map(|set| Some(set.switch?.name)).collect()
    }
}
