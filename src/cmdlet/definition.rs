//! What a cmdlet is: its name, parameters, effect and function.

use std::collections::HashSet;

use crate::answer::{Column, Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::shared::wizard::Guide;
use crate::cmdlet::shared::{common_params, filter, possible};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::datapath::DataPath;
use crate::manual::{Exclusion, Help};
use crate::param::{Noun, Param, Verb};
use crate::permission::rows::AdPermission;
use crate::picture::Form;
use crate::server::Directory;

/// What a cmdlet may do to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Answers from the program alone; needs no store, not even a sound one.
    Tells,
    /// Reads alone; takes `-At`.
    Reads,
    /// Answers from the program, and reads the store where the line means something in it; takes `-At`.
    Consults,
    /// Changes it; takes `-WhatIf`, `-Confirm`, `-Reason` and their kin.
    Changes,
    /// Brings an old revision back as a whole, over a broken store too.
    Restores,
    /// Reads a store that may be broken, to report what is wrong with it; takes `-At`.
    Audits,
}

/// A parameter that a call cannot do without and did not get.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// The parameter.
    pub param: &'static Param,
    /// The switch that has it asked for at a terminal, where this line does not.
    pub asked_by: Option<&'static Param>,
}

impl Missing {
    /// The refusal of a call without these, in PowerShell's words.
    #[must_use]
    pub fn problem(missing: &[Missing]) -> Problem {
        let names: Vec<&str> = missing.iter().map(|missing| missing.param.name).collect();
        let message = format!(
            "Cannot process command because of one or more missing mandatory parameters: {}",
            names.join(" ")
        );
        let problem = Problem::new(Exit::NotUnderstood, message);
        match names.first() {
            Some(first) => problem.about(first),
            None => problem,
        }
    }

    /// A parameter that is asked for at a terminal.
    #[must_use]
    pub fn of(param: &'static Param) -> Self {
        Missing { param, asked_by: None }
    }
}

/// One cmdlet.
pub struct Cmdlet {
    /// What it does.
    pub verb: Verb,
    /// To what.
    pub noun: &'static str,
    /// One line of help.
    pub synopsis: &'static str,
    /// Description, examples and ways to call it.
    pub help: Help,
    /// Its own parameters; those that many cmdlets share are in [`common_params`].
    pub params: fn() -> Vec<&'static Param>,
    /// What it may do to the store.
    pub effect: Effect,
    /// Parameters that this call needs beside those its rows require.
    pub needs: fn(&Args) -> Vec<Missing>,
    /// Parameters that exclude others.
    pub excludes: fn() -> Vec<Exclusion>,
    /// What a call that is not whole yet is refused for, before anything that is missing is asked for.
    pub possible: Possible,
    /// How it is filled in step by step.
    pub guide: Option<&'static Guide>,
    /// The pictures that `-Output` prints of its answer.
    pub pictures: &'static [Form],
    /// Whether it runs the lines of a file.
    pub runs_lines: bool,
    /// Whether `-Output powershell` prints cmdlet lines of an answer that is no object of the store.
    pub prints_lines: bool,
    /// The work.
    pub run: fn(&Call, &mut Draft<'_>) -> Result<Outcome, Problem>,
}

/// Checks a call in which something is missing.
pub type Possible = fn(&Call<'_>, &mut Draft<'_>) -> Result<(), Problem>;

/// What a cmdlet is where its own lines do not say it.
pub(in crate::cmdlet) const DEFAULTS: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "",
    synopsis: "",
    help: Help::new("", &[]),
    params: Vec::new,
    effect: Effect::Reads,
    needs: |_| Vec::new(),
    excludes: Vec::new,
    possible: possible::of_noun,
    guide: None,
    pictures: &[],
    runs_lines: false,
    prints_lines: false,
    // Every cmdlet's examples are run by a test, which this fails.
    run: |_, _| Err(Problem::new(Exit::Fault, "a cmdlet without a function")),
};

impl Cmdlet {
    /// `Verb-Noun`.
    #[must_use]
    pub fn name(&self) -> String {
        let verb: &str = self.verb.into();
        format!("{verb}-{}", self.noun)
    }

    /// Whether a name is its own, in any case.
    #[must_use]
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let (verb, parts) = (self.verb.into(), name.split_once('-'));
        parts
            .is_some_and(|(own, noun)| own.eq_ignore_ascii_case(verb) && noun.eq_ignore_ascii_case(self.noun))
    }

    /// Every parameter it takes: its own, then the common ones.
    #[must_use]
    pub fn all_params(&self) -> Vec<&'static Param> {
        let mut params = (self.params)();
        let own: Vec<&str> = params.iter().map(|param| param.name).collect();
        // A cmdlet's own -Force means more than the common one.
        params.extend(common_params::of(self.effect).filter(|param| !own.contains(&param.name)));
        if self.verb == Verb::Get && matches!(self.effect, Effect::Reads | Effect::Consults) {
            params.push(&common_params::FILTER);
        }
        params
    }

    /// Returns the columns of its results, each name once.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        unique((self.help.columns)())
    }

    /// Returns the properties that `-Property` can print: those of its noun's rows, and the columns of its results.
    #[must_use]
    pub fn properties(&self) -> Vec<Column> {
        let shows_objects = !matches!(self.verb, Verb::Compare | Verb::Test | Verb::Import);
        let rows = shows_objects.then(|| row_columns(self.noun)).flatten();
        unique(rows.into_iter().flatten().chain((self.help.columns)()).collect())
    }

    /// The parameter at a place without a name, counted from 1.
    #[must_use]
    pub fn positional(&self, place: usize) -> Option<&'static Param> {
        let stands = |param: &&&'static Param| {
            param.position.is_some_and(|(at, verbs)| at == place && verbs.contains(&self.verb))
        };
        (self.params)().iter().find(stands).copied()
    }

    /// The parameters missing in a call with `args`, in the order of its parameters.
    #[must_use]
    pub fn missing(&self, args: &Args) -> Vec<Missing> {
        let required = |param: &&'static Param| param.required.contains(&self.verb) && !args.has(param);
        let mut missing: Vec<Missing> =
            (self.params)().into_iter().filter(required).map(Missing::of).collect();
        missing.extend((self.needs)(args));
        missing
    }
}

/// The first of each name.
fn unique(mut columns: Vec<Column>) -> Vec<Column> {
    let mut seen = HashSet::new();
    columns.retain(|(name, _)| seen.insert(*name));
    columns
}

/// The properties of a noun that has rows.
fn row_columns(noun: &str) -> Option<Vec<Column>> {
    match noun {
        AdPermission::NAME => Some(filter::columns::<AdPermission>()),
        DataPath::NAME => Some(filter::columns::<DataPath>()),
        Directory::NAME => Some(filter::columns::<Directory>()),
        noun => filter::properties(noun),
    }
}

/// The parameters of a noun's rows that `verb` takes.
pub(in crate::cmdlet) fn row_params<N: Noun>(verb: Verb) -> Vec<&'static Param> {
    row_params_and::<N>(verb, [])
}

/// The same, and more of the cmdlet's own.
pub(in crate::cmdlet) fn row_params_and<N: Noun>(
    verb: Verb,
    more: impl IntoIterator<Item = &'static Param>,
) -> Vec<&'static Param> {
    let of_rows = N::rows().iter().map(|row| &row.param).filter(|param| param.on.contains(&verb));
    of_rows.chain(more).collect()
}
