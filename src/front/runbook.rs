//! The text of a runbook becomes calls: statements read, cmdlets named, parameters bound. Nothing is run, so that every
//! place that is refused is reported before anything changes.

use super::bind::{Named, ambiguous, left_over, no_value, parameter};
use super::bound_parameter::BoundParameter;
use super::table::table;
use super::{grammar, literal, name};
use crate::answer::{Exit, Problem};
use crate::cmdlet::runbook::{End, Location, Statement, Step};
use crate::cmdlet::shared::common_params::WHAT_IF;
use crate::cmdlet::{Args, Cmdlet, Effect};
use crate::param::{Kind, Param};
use crate::powershell::lines::{Lines, Position};
use crate::powershell::script::{Command, Pipeline, read};
use crate::powershell::{Element, Literal, ReadError, Span, Value};

/// Reads a runbook, or with `rows_of` a table whose rows are lines of that cmdlet.
///
/// # Errors
/// As [`runbook`].
pub fn statements(file: &str, text: &str, rows_of: Option<&str>) -> Result<Vec<Statement>, Problem> {
    match rows_of {
        Some(cmdlet) => table(file, text, cmdlet),
        None => runbook(file, text),
    }
}

/// Reads a runbook; `file` is its name for messages.
///
/// # Errors
/// Every place that is refused, as one problem with the others beside it: exit 2, or 1 where all that is wrong is a
/// value.
pub fn runbook(file: &str, text: &str) -> Result<Vec<Statement>, Problem> {
    let text = Text { file, text, lines: Lines::new(text) };
    let (script, errors) = read(text.text);
    let mut problems: Vec<(usize, Problem)> =
        errors.iter().map(|error| (error.span.start, text.location(error.span).of(refused(error)))).collect();
    let mut statements = Vec::new();
    for pipeline in &script.pipelines {
        match statement(&text, pipeline) {
            Ok(statement) => statements.push(statement),
            Err(problem) => problems.push((pipeline.span.start, problem)),
        }
    }
    if problems.is_empty() {
        return Ok(statements);
    }
    problems.sort_by_key(|(at, _)| *at);
    Err(joined(problems.into_iter().map(|(_, problem)| problem).collect()))
}

/// The most characters of a line that an error shows, and of them before the place.
const SHOWN: usize = 400;
const BEFORE: usize = 200;

/// A runbook's text under its name.
struct Text<'t> {
    file: &'t str,
    text: &'t str,
    lines: Lines<'t>,
}

impl Text<'_> {
    /// The line and column of a part of the text, with its first line and a mark below it.
    fn location(&self, span: Span) -> Location {
        let Position { line, column } = self.lines.position(span.start);
        let (begin, shown) = (self.lines.start(line), self.lines.line(line));
        let end = span.end.clamp(span.start, (begin + shown.len()).max(span.start));
        let marked = self.text.get(span.start..end).unwrap_or_default().chars().count().max(1);
        let before = self.text.get(begin..span.start).unwrap_or_default();
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        // Of a line that is longer than anybody reads, what is around the place.
        let left_out = before.chars().count().saturating_sub(BEFORE);
        let before: String = before.chars().skip(left_out).collect();
        let shown: String = shown.chars().skip(left_out).take(SHOWN).collect();
        let marked = marked.min(shown.chars().count().saturating_sub(before.chars().count()).max(1));
        let indent: String = before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let excerpt = format!("  {number} | {shown}\n  {margin} | {indent}{}", "^".repeat(marked));
        Location { file: self.file.to_owned(), line, column, excerpt }
    }
}

fn refused(error: &ReadError) -> Problem {
    let sentence = error.to_string();
    let problem = Problem::new(Exit::NotUnderstood, sentence.trim_end_matches('.'));
    match error.hint() {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}

/// The first problem, with the others beside it.
fn joined(problems: Vec<Problem>) -> Problem {
    let exit = if problems.iter().all(|problem| problem.exit == Exit::Refused) {
        Exit::Refused
    } else {
        Exit::NotUnderstood
    };
    let mut problems = problems.into_iter();
    let first = problems.next().unwrap_or_else(|| Problem::new(exit, "the runbook is refused"));
    Problem { exit, others: problems.collect(), ..first }
}

fn statement(text: &Text<'_>, pipeline: &Pipeline) -> Result<Statement, Problem> {
    let mut commands = pipeline.commands.as_slice();
    let mut end = End::Print;
    if let [rest @ .., last] = commands
        && let Some(named) = end_of(last).filter(|_| !rest.is_empty())
    {
        end = named.map_err(|problem| text.location(last.span).of(problem))?;
        commands = rest;
    }
    let steps = commands.iter().map(|command| {
        let cmdlet = cmdlet(command).map_err(|problem| text.location(command.span).of(problem))?;
        let args = bind(cmdlet, command).map_err(|refusal| text.location(refusal.0).of(refusal.1))?;
        grammar::exclusive(cmdlet, &args).map_err(|problem| text.location(command.span).of(problem))?;
        Ok(Step { cmdlet, args, location: text.location(command.span) })
    });
    let input = pipeline.input.iter().flat_map(|value| literal::texts(&value.literal)).collect();
    Ok(Statement { input, steps: steps.collect::<Result<_, Problem>>()?, end, refused: None })
}

/// An end of a pipeline, made with the names of properties.
type MakeEnd = fn(Vec<String>) -> End;

/// The ends of pipelines, by their names and PowerShell's short ones.
const ENDS: [(&str, MakeEnd); 8] = [
    ("Out-Null", |_| End::Discard),
    ("Format-Table", End::Table),
    ("ft", End::Table),
    ("Format-List", End::List),
    ("fl", End::List),
    ("Select-Object", End::List),
    ("select", End::List),
    ("Out-Default", |_| End::Print),
];

/// Parameters of Format-Table that ask for what is printed anyway.
const WIDTHS: [&str; 2] = ["AutoSize", "Wrap"];

/// A command that says what becomes of a pipeline's objects; nothing for any other. Properties are the first argument, or
/// named by `-Property`; wildcards in them are read as `-Property` of a cmdlet reads them.
fn end_of(command: &Command) -> Option<Result<End, Problem>> {
    let (name, end) = ENDS.iter().find(|(name, _)| command.name.eq_ignore_ascii_case(name))?;
    let mut properties = Vec::new();
    for element in &command.elements {
        match element {
            Element::Argument(value) => properties.extend(literal::texts(&value.literal)),
            Element::Parameter { name, attached, .. } if name.eq_ignore_ascii_case("Property") => {
                properties.extend(attached.iter().flat_map(|value| literal::texts(&value.literal)));
            }
            Element::Parameter { name, .. }
                if WIDTHS.iter().any(|width| width.eq_ignore_ascii_case(name)) => {}
            Element::Parameter { .. } | Element::EndOfParameters(_) => {
                let message = format!("{name} takes the names of properties here, and no other parameter");
                return Some(Err(Problem::new(Exit::NotUnderstood, message)));
            }
        }
    }
    if name.eq_ignore_ascii_case("Out-Null") && !properties.is_empty() {
        return Some(Err(Problem::new(Exit::NotUnderstood, "Out-Null takes no argument here")));
    }
    Some(Ok(end(properties)))
}

/// The cmdlet that a command names: by its name or alias, with the module's name before it or without.
fn cmdlet(command: &Command) -> Result<&'static Cmdlet, Problem> {
    let bare = command.name.rsplit('\\').next().unwrap_or_default();
    running(name::by_name(bare).ok_or_else(|| name::unknown(&command.name))?)
}

/// A cmdlet that may run within a runbook.
pub(super) fn running(cmdlet: &'static Cmdlet) -> Result<&'static Cmdlet, Problem> {
    match cmdlet.effect {
        Effect::Changes | Effect::Reads | Effect::Consults if cmdlet.noun != "Runbook" => Ok(cmdlet),
        _ => {
            Err(Problem::new(Exit::NotUnderstood, format!("{} does not run within a runbook", cmdlet.name()))
                .hint(format!("run it by itself: exch {}", cmdlet.name().to_lowercase())))
        }
    }
}

/// Parameters that are the whole run's, and not one line's.
pub(super) fn is_of_the_run(param: &Param) -> bool {
    param.is_ours() || param.name == WHAT_IF.name
}

type Refusal = Box<(Span, Problem)>;

fn at(span: Span, problem: Problem) -> Refusal {
    Box::new((span, problem))
}

/// A parameter that is given a second time.
pub(super) fn twice(cmdlet: &Cmdlet, param: &'static Param) -> Problem {
    let given = || BoundParameter { param, words: Vec::new() };
    let check = grammar::check(cmdlet, &[given(), given()], None);
    check.err().unwrap_or_else(|| Problem::new(Exit::Fault, "a parameter was let through twice"))
}

fn bind(cmdlet: &'static Cmdlet, command: &Command) -> Result<Args, Refusal> {
    let (mut args, params) = (Args::default(), cmdlet.all_params());
    let mut elements = command.elements.iter().peekable();
    let mut positional = false;
    while let Some(element) = elements.next() {
        match element {
            Element::EndOfParameters(_) => positional = true,
            Element::Parameter { name, attached, span } if !positional => {
                let param = named(cmdlet, &params, name).map_err(|problem| at(*span, problem))?;
                let value = match (attached, elements.peek()) {
                    (Some(value), _) => Some(value),
                    (None, Some(Element::Argument(value))) if !matches!(param.kind, Kind::Switch) => {
                        elements.next();
                        Some(value)
                    }
                    _ => None,
                };
                push(cmdlet, &mut args, param, value, *span)?;
            }
            Element::Parameter { span, .. } => {
                return Err(at(*span, Problem::new(Exit::NotUnderstood, "a parameter stands after `--`")));
            }
            Element::Argument(value) => {
                let free = |place: usize| cmdlet.positional(place).filter(|param| !args.has(param));
                let text = || literal::texts(&value.literal).join(",");
                let param = (1..=9).find_map(free).ok_or_else(|| at(value.span, left_over(&text())))?;
                push(cmdlet, &mut args, param, Some(value), value.span)?;
            }
        }
    }
    Ok(args)
}

fn push(
    cmdlet: &Cmdlet,
    args: &mut Args,
    param: &'static Param,
    value: Option<&Value>,
    span: Span,
) -> Result<(), Refusal> {
    if args.has(param) {
        return Err(at(span, twice(cmdlet, param)));
    }
    let argument = match value {
        Some(value) => literal::argument(param, &value.literal).map_err(|problem| at(value.span, problem))?,
        None if matches!(param.kind, Kind::Switch) => {
            literal::argument(param, &Literal::Bool(true)).map_err(|problem| at(span, problem))?
        }
        None => return Err(at(span, no_value(param, false))),
    };
    args.push(param, argument);
    Ok(())
}

fn named(cmdlet: &'static Cmdlet, params: &[&'static Param], typed: &str) -> Result<&'static Param, Problem> {
    match parameter(params, typed) {
        Named::One(param) if is_of_the_run(param) => {
            let message = format!("parameter {} is for the whole runbook, not for one line", param.name);
            Err(Problem::new(Exit::NotUnderstood, message)
                .hint(format!("give it to Invoke-Runbook: exch run FILE -{}", param.name))
                .about(param.name))
        }
        Named::One(param) => Ok(param),
        Named::Several(fits) => Err(ambiguous(typed, &fits)),
        Named::None => {
            grammar::check(cmdlet, &[], Some(typed))?;
            Err(Problem::new(Exit::Fault, "an unknown parameter was let through"))
        }
    }
}
