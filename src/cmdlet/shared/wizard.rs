//! The guided way: what a cmdlet asks of somebody who gave it nothing, one step after the other.
//!
//! A guide reads the call as far as it was answered and names the next step. It does not ask by itself.

use crate::answer::Problem;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::transaction::Draft;
use crate::param::{Param, Value};

/// How a cmdlet is filled in step by step.
pub struct Guide {
    /// The next step of a call; nothing when everything is answered.
    pub next: fn(&Call<'_>, &mut Draft<'_>) -> Result<Option<Step>, Problem>,
    /// What is run once everything is answered.
    pub settle: fn(&Call<'_>, &mut Draft<'_>) -> Result<Settled, Problem>,
    /// Parameters that are asked for again together when one of them conflicts.
    pub together: &'static [&'static Param],
}

/// A call that is filled in.
pub struct Settled {
    /// What is given to the cmdlet.
    pub args: Args,
    /// The calls that belong to it and run after it.
    pub then: Vec<(&'static Cmdlet, Args)>,
}

/// One step: a parameter, and what is said before it is asked for.
#[derive(Clone, Debug)]
pub struct Step {
    /// The parameter that the answer is for.
    pub param: &'static Param,
    /// Sentences for the user.
    pub says: Vec<String>,
    /// How it is asked for.
    pub asks: Asks,
}

/// How a step asks.
#[derive(Clone, Debug)]
pub enum Asks {
    /// For what the parameter takes, typed in.
    Typed,
    /// For one of these, under that heading.
    OneOf(String, Vec<Choice>),
    /// For at least one of these.
    AnyOf(Names),
    /// Not at all: what was answered before decides it.
    Decided(Value),
}

/// Names to choose from.
#[derive(Clone, Debug)]
pub struct Names {
    /// What stands above them.
    pub heading: String,
    /// Each name with what it stands for and whether it is marked already.
    pub names: Vec<(&'static str, String, bool)>,
    /// What is said where none is chosen.
    pub none: &'static str,
}

/// One thing to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is shown.
    pub text: String,
    /// The value; nothing where it is to be typed in.
    pub value: Option<Value>,
    /// What is said once it is chosen.
    pub says: Vec<String>,
    /// What else it answers.
    pub also: Vec<(&'static Param, Value)>,
}
