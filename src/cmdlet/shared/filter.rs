//! `-Filter` of Get- cmdlets: the objects of which a condition holds.

use jiff::tz::TimeZone;

use crate::answer::{Column, Exit, Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::shared::common_params::FILTER;
use crate::connector::ReceiveConnector;
use crate::filter::{Filter, FilterError, Properties};
use crate::organization::{Part, with_part};
use crate::param::{Noun, Printed, Value};
use crate::server::Server;
use crate::text::{NEAR, nearest};

impl Properties for Object {
    fn property(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }
}

/// The condition of a call, as it was typed and read.
#[derive(Clone, Debug)]
pub struct Condition {
    text: String,
    filter: Filter,
    /// The reader's, of dates without an offset.
    zone: TimeZone,
}

impl Condition {
    /// The condition that was given.
    ///
    /// # Errors
    /// Exit 2 where it is none, or names a property that objects of the noun do not have.
    pub fn of(call: &Call<'_>, noun: &str) -> Result<Option<Self>, Problem> {
        let condition = Condition::read(&call.args, (call.context.zone)())?;
        if let (Some(condition), Some(columns)) = (&condition, properties(noun)) {
            condition.check(noun, &columns.iter().map(|(name, _)| *name).collect::<Vec<_>>())?;
        }
        Ok(condition)
    }

    /// The same of sessions, whose times are UTC, and of which these are the properties.
    ///
    /// # Errors
    /// As [`Condition::of`].
    pub fn among(args: &Args, noun: &str, names: &[&'static str]) -> Result<Option<Self>, Problem> {
        let condition = Condition::read(args, TimeZone::UTC)?;
        condition.map(|condition| condition.check(noun, names).map(|()| condition)).transpose()
    }

    fn read(args: &Args, zone: TimeZone) -> Result<Option<Self>, Problem> {
        let Some(text) = args.text(&FILTER) else { return Ok(None) };
        let filter = Filter::parse(&text).map_err(|error| problem(&text, &error))?;
        Ok(Some(Condition { text, filter, zone }))
    }

    /// Whether it holds of an object.
    ///
    /// # Errors
    /// Exit 2 where a value is none of its property's type.
    pub fn holds(&self, object: &Object) -> Result<bool, Problem> {
        self.filter.holds(object, &self.zone).map_err(|error| problem(&self.text, &error))
    }

    /// The objects of which it holds.
    ///
    /// # Errors
    /// Exit 2 where a value is none of its property's type, or no object has a property that it names.
    pub fn keep(&self, objects: Vec<Object>) -> Result<Vec<Object>, Problem> {
        if let Some(first) = objects.first().filter(|first| properties(first.shape.noun).is_none()) {
            let names: Vec<&'static str> =
                objects.iter().flat_map(|one| one.cells.iter().map(|cell| cell.0)).collect();
            self.check(first.shape.noun, &names)?;
        }
        let mut kept = Vec::new();
        for object in objects {
            if self.holds(&object)? {
                kept.push(object);
            }
        }
        Ok(kept)
    }

    /// Whether every property that it names is among these.
    fn check(&self, noun: &str, names: &[&'static str]) -> Result<(), Problem> {
        let unknown = |(name, _): &(&str, usize)| !names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let Some((name, at)) = self.filter.names().into_iter().find(unknown) else { return Ok(()) };
        let near = nearest(name, names.iter().copied(), NEAR);
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => "-Output list -Property '*' shows every property".to_owned(),
        };
        Err(problem(
            &self.text,
            &FilterError { message: format!("a {noun} has no property `{name}`"), at, hint },
        ))
    }
}

/// The properties of a noun that the store keeps.
pub fn properties(noun: &str) -> Option<Vec<Column>> {
    match noun {
        ReceiveConnector::NAME => Some(columns::<ReceiveConnector>()),
        Server::NAME => Some(columns::<Server>()),
        noun => Part::named(noun).map(|part| with_part!(part, columns())),
    }
}

/// The properties of a noun's rows that are printed.
pub fn columns<N: Noun>() -> Vec<Column> {
    let printed = N::rows().iter().filter(|row| row.printed != Printed::Never);
    printed.map(|row| (row.name(), row.param.help)).collect()
}

/// The error with its place in the condition.
fn problem(text: &str, error: &FilterError) -> Problem {
    let head = text.get(..error.at).unwrap_or(text);
    let column = head.chars().filter(|c| !c.is_control()).count();
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let message = format!("parameter {}: {}", FILTER.name, error.message);
    let problem = Problem::new(Exit::NotUnderstood, message).hint(&*error.hint).about(FILTER.name);
    problem.shown_in(format!("  {shown}\n  {}^", " ".repeat(column)))
}
