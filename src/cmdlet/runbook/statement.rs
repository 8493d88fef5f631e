//! The lines of a runbook, bound: what Invoke-Runbook runs.

use std::rc::Rc;

use crate::answer::Problem;
use crate::cmdlet::args::Args;
use crate::cmdlet::definition::Cmdlet;

/// The statements of a file, and who watches them run.
#[derive(Clone, Default)]
pub struct Runbook<'w> {
    /// In the order of the file.
    pub statements: Rc<[Statement]>,
    /// Learns how many statements have run: before each one, and once more when the run is over.
    pub watch: Option<Rc<dyn Fn(usize) + 'w>>,
}

impl Runbook<'_> {
    /// Statements whose progress is not shown.
    pub fn new(statements: impl Into<Rc<[Statement]>>) -> Self {
        Runbook { statements: statements.into(), watch: None }
    }

    /// So many statements have run.
    pub fn passed(&self, count: usize) {
        if let Some(watch) = &self.watch {
            watch(count);
        }
    }
}

/// One statement: cmdlets, each with the objects of the one before it.
#[derive(Clone)]
pub struct Statement {
    /// Identities that the first cmdlet takes from the pipeline.
    pub input: Vec<String>,
    /// At least one.
    pub steps: Vec<Step>,
    /// What becomes of the objects of the last one.
    pub end: End,
    /// Why it cannot be run, where its values could not be read: what was read of it is in its steps.
    pub refused: Option<Problem>,
}

/// The end of a pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Objects are printed as the run prints them.
    #[default]
    Print,
    /// `Out-Null`: nothing is printed.
    Discard,
    /// `Format-Table`, with these properties.
    Table(Vec<String>),
    /// `Format-List` or `Select-Object`, with these properties.
    List(Vec<String>),
}

/// One cmdlet of a statement.
#[derive(Clone)]
pub struct Step {
    /// The cmdlet.
    pub cmdlet: &'static Cmdlet,
    /// What was given.
    pub args: Args,
    /// Where it stands.
    pub location: Location,
}

/// Where something stands in a runbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The runbook's name as typed; `-` is standard input.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The line's text and, below it, the marked part: two lines.
    pub excerpt: String,
}

impl Location {
    /// The same problem with its place before the sentence.
    #[must_use]
    pub fn of(&self, mut problem: Problem) -> Problem {
        problem.message = format!("{}:{}:{}: {}", self.file, self.line, self.column, problem.message);
        problem.shown_in(self.excerpt.clone())
    }
}
