//! Invoke-Runbook: runs the lines of a file as one change, all of them or none.

use std::collections::HashSet;
use std::rc::Rc;

use super::{End, Statement, Step};
use crate::answer::{Column, Exit, Object, Problem, TableView};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, Missing};
use crate::cmdlet::shared::{common_params, identity_list};
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::param::{Argument, Completes, Finding, Group, Kind, Param, Value, Verb, param};

const INVOKE: &[Verb] = &[Verb::Invoke];

/// The file.
pub static PATH: Param = param(
    "Path",
    Kind::Text,
    "A file of cmdlet lines, as the Exchange Management Shell runs it; - is standard input",
)
.completes(Completes::File)
.on(INVOKE)
.required(INVOKE)
.position(1, INVOKE)
.example("change.ps1")
.group(Group::Identity);

/// The cmdlet of a table.
pub static ROWS_OF: Param = param(
    "Cmdlet",
    Kind::Text,
    "The file is CSV: each row is a line of this cmdlet, and the headers are its parameters",
)
.completes(Completes::Cmdlet)
.on(INVOKE)
.example("New-ReceiveConnector");

/// Each line by itself.
static EACH_LINE: Param = param(
    "EachLine",
    Kind::Switch,
    "Make each line a revision of its own and go on after a line that is refused; with -WhatIf, the whole is shown",
)
.on(INVOKE);

impl Call<'_> {
    /// Whether the lines of its runbook run one by one.
    #[must_use]
    pub(crate) fn is_line_by_line(&self) -> bool {
        self.args.flag(&EACH_LINE) == Some(true) && self.args.flag(&common_params::WHAT_IF) != Some(true)
    }
}

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Invoke,
    noun: "Runbook",
    synopsis: "Run the cmdlet lines of a file as one change",
    help: Help::new(
        "Reads a file of cmdlet lines as PowerShell reads it and runs them in order: all of them become one revision, or none. Literals, pipelines, splatting and variables that are set once to a literal are read; whatever only PowerShell can compute is refused with its place before anything runs. A line that begins with `#exch ` is a comment to PowerShell and a line here, for what Exchange has no cmdlet for.",
        &[
            Example::new("invoke-runbook relay.ps1 -WhatIf", "Shows what the file would change."),
            Example::new(
                "invoke-runbook relay.ps1 -Reason CHG-1204",
                "Runs the file; the history shows one revision.",
            ),
        ],
    )
    .columns(|| COLUMNS.to_vec()),
    params: || vec![&PATH, &ROWS_OF, &EACH_LINE],
    effect: Effect::Changes,
    runs_lines: true,
    run,
    ..DEFAULTS
};

/// A line that was run.
static RAN: TableView = TableView::new("RunbookLine", &["Line", "Cmdlet", "Identity"], "Identity");

static COLUMNS: [Column; 3] = [
    ("Line", "The line of the file"),
    ("Cmdlet", "The cmdlet that it runs"),
    ("Identity", "The objects that it answered with, or that it names"),
];

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let outcome = run_statements(call, draft);
    call.runbook.passed(call.runbook.statements.len());
    outcome
}

fn run_statements(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let mut whole = Outcome::default();
    let (mut problems, mut failed) = (Vec::new(), Failed::default());
    for (place, statement) in call.runbook.statements.iter().enumerate() {
        call.runbook.passed(place);
        match run_statement(call, statement, draft, &mut whole) {
            Ok(()) => {}
            // What ends a run by an answer ends it at once.
            Err(problem) if problem.exit == Exit::No => return Err(problem),
            Err(problem) => {
                if statement.refused.is_some() || !failed.explains(statement) {
                    problems.push(problem);
                }
                failed.add(statement);
            }
        }
    }
    // A row that was not understood decides the exit code, whatever rules say to the others.
    let unread = call.runbook.statements.iter().filter_map(|statement| statement.refused.as_ref());
    let not_understood = unread.map(|problem| problem.exit).find(|exit| *exit == Exit::NotUnderstood);
    let mut problems = problems.into_iter();
    match problems.next() {
        Some(first) => {
            Err(Problem { exit: not_understood.unwrap_or(first.exit), ..first }.with(problems.collect()))
        }
        None => Ok(whole),
    }
}

/// The objects of lines that failed: what a later line says of one of them is no error of its own.
#[derive(Default)]
struct Failed {
    names: HashSet<String>,
}

impl Failed {
    fn add(&mut self, statement: &Statement) {
        self.names.extend(named(statement));
    }

    fn explains(&self, statement: &Statement) -> bool {
        named(statement).any(|name| self.names.contains(&name))
    }
}

/// The objects that a statement names, in lower case: as typed, and without a server before a backslash.
fn named(statement: &Statement) -> impl Iterator<Item = String> {
    let texts = |step: &Step| {
        let names =
            |param: &Param| param.kind.is_identities() || param.position.is_some_and(|(at, _)| at == 1);
        let args = step.args.iter().filter(move |(param, _)| names(param));
        args.flat_map(|(param, _)| step.args.texts(param)).collect::<Vec<_>>()
    };
    let all = statement.input.iter().cloned().chain(statement.steps.iter().flat_map(texts));
    all.flat_map(|name| {
        let name = name.to_lowercase();
        let last = name.rsplit_once('\\').map(|(_, last)| last.to_owned());
        std::iter::once(name).chain(last)
    })
}

fn run_statement(
    call: &Call<'_>,
    statement: &Statement,
    draft: &mut Draft<'_>,
    whole: &mut Outcome,
) -> Result<(), Problem> {
    if let Some(problem) = &statement.refused {
        return Err(problem.clone());
    }
    let mut piped = (!statement.input.is_empty()).then(|| statement.input.clone());
    let Some(last) = statement.steps.last() else { return Ok(()) };
    for step in &statement.steps {
        // A pipeline without objects runs nothing.
        if piped.as_ref().is_some_and(Vec::is_empty) {
            return Ok(());
        }
        let outcome =
            run_step(call, step, piped.take(), draft).map_err(|problem| step.location.of(problem))?;
        let identities = identities(&outcome.objects);
        let among = |warning: Finding| match identities.as_slice() {
            [one] => warning.on(one),
            _ => warning,
        };
        whole.warnings.extend(outcome.warnings.into_iter().map(among));
        if step.cmdlet.effect == Effect::Changes {
            whole.objects.push(ran(step, identities.clone()));
        } else if std::ptr::eq(step, last) && statement.end != End::Discard {
            whole.printed.push((outcome.objects, statement.end.clone()));
        }
        whole.notices.extend(outcome.notices);
        if outcome.exit == Exit::No {
            let message = "the answer is no, so that the runbook ends here and changes nothing";
            let hint = "put a line that checks something at the end, or run it by itself";
            return Err(step.location.of(Problem::new(Exit::No, message).hint(hint)));
        }
        piped = Some(identities);
    }
    Ok(())
}

fn run_step(
    call: &Call<'_>,
    step: &Step,
    piped: Option<Vec<String>>,
    draft: &mut Draft<'_>,
) -> Result<Outcome, Problem> {
    let mut args = step.args.clone();
    if let Some(identities) = piped {
        let param = (step.cmdlet.params)().into_iter().find(|param| param.kind.is_identities());
        let Some(param) = param.filter(|param| !args.has(param)) else {
            let message = format!("{} takes no objects from a pipeline", step.cmdlet.name());
            return Err(Problem::new(Exit::NotUnderstood, message).hint("write it as a line of its own"));
        };
        args.push(param, Argument::Set(Value::texts(identities)));
    }
    let missing = step.cmdlet.missing(&args);
    let confirm = args.flag(&common_params::CONFIRM);
    let mut sub = Call::new(step.cmdlet, args, Rc::clone(&call.context));
    if !missing.is_empty() {
        (step.cmdlet.possible)(&sub, draft)?;
        return Err(Missing::problem(&missing));
    }
    if identity_list::is_open(&sub.args) {
        let settled = identity_list::settled(&sub, draft)?;
        identity_list::put(&mut sub.args, settled);
    }
    let asked = draft.questions().len();
    // What is checked and reported of a change as a whole is done once, when every line has run.
    let outcome = step.cmdlet.answer(&sub, draft)?.whole(draft)?;
    if let Some(confirm) = confirm {
        draft.ask_since(asked, confirm);
    }
    if let Some(does) = outcome.done_alone() {
        let message = format!("{} {does}, which does not run within a runbook", step.cmdlet.name());
        let hint = format!("run it by itself: exch {}", step.cmdlet.name().to_lowercase());
        return Err(Problem::new(Exit::NotUnderstood, message).hint(hint));
    }
    Ok(outcome)
}

fn identities(objects: &[Object]) -> Vec<String> {
    let name = |object: &Object| match object.get(object.shape.name) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let mut names: Vec<String> = objects.iter().filter_map(name).collect();
    names.dedup();
    names
}

/// The row of a line: the objects that it answered with, or those that it named.
fn ran(step: &Step, mut identities: Vec<String>) -> Object {
    if identities.is_empty() {
        identities = identity_list::given(&step.args).map_or_else(Vec::new, |param| step.args.texts(param));
    }
    let identity = match identities.as_slice() {
        [only] => Value::Text(only.clone()),
        _ => Value::texts(identities),
    };
    let line = u64::try_from(step.location.line).unwrap_or_default();
    Object::result(&RAN, &COLUMNS, [Value::Int(line), Value::Text(step.cmdlet.name()), identity])
}
