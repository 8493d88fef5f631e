//! A call: which cmdlet, what was given, and what it may know of the world.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::runbook::Runbook;
use crate::exported::Export;
use crate::live::{Request, Seen};
use crate::param::{Argument, Closed, Kind, Param, Value};
use crate::powershell::quote;

/// What was given, each parameter once, in the order typed.
#[derive(Clone, Debug, Default)]
pub struct Args {
    given: Vec<(&'static Param, Argument)>,
}

impl Args {
    /// Adds what was given for `param`.
    pub fn push(&mut self, param: &'static Param, argument: Argument) {
        self.given.push((param, argument));
    }

    /// Puts `argument` in place of what was given for `param`, or adds it.
    pub fn put(&mut self, param: &'static Param, argument: Argument) {
        self.take_back(|given| given.name == param.name);
        self.push(param, argument);
    }

    /// Takes back what was given for the parameters that `which` names; whether there was any.
    pub(crate) fn take_back(&mut self, which: impl Fn(&Param) -> bool) -> bool {
        let before = self.given.len();
        self.given.retain(|(param, _)| !which(param));
        self.given.len() < before
    }

    /// Puts another argument in place of the one that was given for `param`.
    pub fn replace(&mut self, param: &Param, argument: Argument) {
        if let Some((_, given)) = self.given.iter_mut().find(|(given, _)| given.name == param.name) {
            *given = argument;
        }
    }

    /// What was given for `param`.
    #[must_use]
    pub fn get(&self, param: &Param) -> Option<&Argument> {
        self.given.iter().find(|(given, _)| given.name == param.name).map(|(_, argument)| argument)
    }

    /// Whether anything was given for `param`.
    #[must_use]
    pub fn has(&self, param: &Param) -> bool {
        self.get(param).is_some()
    }

    /// Whether `param` was given and says something: a switch that is off chooses no way to call.
    #[must_use]
    pub(crate) fn says(&self, param: &Param) -> bool {
        self.get(param).is_some_and(|argument| !param.is_off(argument))
    }

    /// The value of a parameter, or else its default where that is one for every edition.
    #[must_use]
    pub fn value_or_default(&self, param: &Param) -> Option<Value> {
        self.value(param).cloned().or_else(|| param.default_value())
    }

    /// A single value given for `param`.
    #[must_use]
    pub fn value(&self, param: &Param) -> Option<&Value> {
        match self.get(param) {
            Some(Argument::Set(value)) => Some(value),
            _ => None,
        }
    }

    /// A text given for `param`; of several, the first.
    #[must_use]
    pub fn text(&self, param: &Param) -> Option<String> {
        match self.value(param)? {
            Value::Text(text) => Some(text.clone()),
            Value::List(items) => items.first().map(ToString::to_string),
            value => value.elements().first().map(ToString::to_string),
        }
    }

    /// The choice given for `param`, as the enumeration that its kind lists.
    #[must_use]
    pub fn choice<E: Closed>(&self, param: &Param) -> Option<E> {
        if let Some(Value::Choice(name)) = self.value(param) { name.parse().ok() } else { None }
    }

    /// The texts given for `param`.
    #[must_use]
    pub fn texts(&self, param: &Param) -> Vec<String> {
        match self.value(param) {
            Some(Value::List(items)) => items.iter().map(ToString::to_string).collect(),
            value => value.map(Value::elements).unwrap_or_default().iter().map(ToString::to_string).collect(),
        }
    }

    /// A switch or boolean; nothing where it was not given.
    #[must_use]
    pub fn flag(&self, param: &Param) -> Option<bool> {
        if let Some(Value::Bool(flag)) = self.value(param) { Some(*flag) } else { None }
    }

    /// Everything that was given.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static Param, Argument)> {
        self.given.iter()
    }
}

/// This machine, as the first use of a store registers it.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its host name, without a domain.
    pub name: String,
    /// Its DNS domain, where the host's own name has one.
    pub domain: Option<String>,
    /// Its addresses.
    pub addresses: fn() -> Vec<IpAddr>,
}

/// Reads the beginning of a file, by its path as typed.
pub type ReadFile<'w> = Box<dyn Fn(&str) -> std::io::Result<Vec<u8>> + 'w>;

/// Asks real servers, and gives what was seen of each in the same order.
pub type Dial = fn(&[Request]) -> Vec<Seen>;

/// What a cmdlet may know of the world.
pub struct Context<'w> {
    /// When the run of the call began: what is made or changed now bears it.
    pub now: Cell<Timestamp>,
    /// The reader's time zone, of dates without an offset.
    pub zone: fn() -> TimeZone,
    /// Where the store is, or would be made.
    pub store: String,
    /// The server that EXCH_SERVER names.
    pub local_server: Option<String>,
    /// This machine.
    pub machine: Machine,
    /// New identifiers.
    pub new_guid: RefCell<Box<dyn FnMut() -> Uuid + 'w>>,
    /// Asks real servers.
    pub dial: Dial,
    /// The beginning of a file that a parameter names.
    pub read_file: ReadFile<'w>,
}

/// One call of one cmdlet.
pub struct Call<'w> {
    /// The cmdlet.
    pub cmdlet: &'static Cmdlet,
    /// What was given.
    pub args: Args,
    /// What it may know.
    pub context: Rc<Context<'w>>,
    /// The lines of the runbook that it runs; none for any other cmdlet.
    pub runbook: Runbook<'w>,
    /// What the files that it reads hold; none for a call that reads none.
    pub export: Option<Rc<Export>>,
    /// Calls that belong to it and run after it, in the same revision.
    pub then: Vec<(&'static Cmdlet, Args)>,
}

impl<'w> Call<'w> {
    /// A call that needs no file.
    #[must_use]
    pub fn new(cmdlet: &'static Cmdlet, args: Args, context: Rc<Context<'w>>) -> Self {
        Call { cmdlet, args, context, runbook: Runbook::default(), export: None, then: Vec::new() }
    }

    /// The line as it would be typed in the Exchange Management Shell, with the product's parameters alone: what a
    /// revision says of itself.
    #[must_use]
    pub fn line(&self) -> String {
        line(self.cmdlet, &self.args)
    }

    /// The lines that run after it, each as it would be typed by itself: of the calls that belong to it, and of the
    /// runbook that it runs.
    pub(crate) fn further_lines(&self) -> impl Iterator<Item = String> {
        let runbook = self.runbook.statements.iter().map(|statement| {
            let steps = statement.steps.iter().map(|step| line(step.cmdlet, &step.args));
            steps.collect::<Vec<_>>().join(" | ")
        });
        self.then.iter().map(|(cmdlet, args)| line(cmdlet, args)).chain(runbook)
    }

    /// The calls that belong to it, as calls.
    pub(in crate::cmdlet) fn following(&self) -> impl Iterator<Item = Self> {
        self.then.iter().map(|(cmdlet, args)| Call::new(cmdlet, args.clone(), Rc::clone(&self.context)))
    }
}

fn line(cmdlet: &Cmdlet, args: &Args) -> String {
    let given = args.iter().filter(|(param, _)| !param.is_ours());
    let words = given.map(|(param, argument)| written(param, argument, Shell::PowerShell));
    std::iter::once(cmdlet.name()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Whom a line is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// The Exchange Management Shell.
    PowerShell,
    /// Whatever shell `exch` is typed in: what bash, zsh, fish and PowerShell 7 hand over alike.
    Any,
}

/// The line to type in any shell, `exch` in front, with what was given but for `without`.
#[must_use]
pub fn to_type(cmdlet: &Cmdlet, args: &Args, without: Option<&Param>) -> String {
    let given = args.iter().filter(|(param, _)| without.is_none_or(|left_out| left_out.name != param.name));
    let words = given.map(|(param, argument)| written(param, argument, Shell::Any));
    let name = format!("exch {}", cmdlet.name().to_lowercase());
    std::iter::once(name).chain(words).collect::<Vec<_>>().join(" ")
}

/// One parameter with its argument as PowerShell takes it. Of a secret the store keeps what is none, so that it is
/// written too.
#[must_use]
pub(in crate::cmdlet) fn in_powershell(param: &Param, argument: &Argument) -> String {
    whole(param, argument, Shell::PowerShell)
}

/// One parameter with its argument, quoted for `shell`; a secret is left out.
fn written(param: &Param, argument: &Argument, shell: Shell) -> String {
    if param.secret { format!("-{} …", param.name) } else { whole(param, argument, shell) }
}

fn whole(param: &Param, argument: &Argument, shell: Shell) -> String {
    let name = param.name;
    let variable = |text: &str| if shell == Shell::PowerShell { format!("${text}") } else { text.to_owned() };
    match argument {
        Argument::Set(Value::Bool(true)) if matches!(param.kind, Kind::Switch) => format!("-{name}"),
        Argument::Set(Value::Bool(flag)) => format!("-{name}:{}", variable(&flag.to_string())),
        Argument::Set(Value::Null) if shell == Shell::PowerShell => format!("-{name} $null"),
        Argument::Set(Value::Null) => format!("-{name} '$null'"),
        Argument::Set(Value::Flags(names)) if names.is_empty() => format!("-{name} None"),
        Argument::Set(value) => {
            format!("-{name} {}", elements(&value.elements(), shell))
        }
        Argument::Edit { add, remove } => {
            let texts = |values: &[Value]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
            let spell = if shell == Shell::PowerShell { quote::powershell_edit } else { quote::edit };
            format!("-{name} {}", spell(&texts(add), &texts(remove)))
        }
    }
}

/// The values of a list. For PowerShell all are in quotes where one has to be, as published lines have them.
fn elements(values: &[Value], shell: Shell) -> String {
    let texts: Vec<String> = values.iter().map(|value| typed(value, shell)).collect();
    let is_quoted = |text: &String| text.starts_with('\'');
    if shell == Shell::PowerShell && texts.len() > 1 && texts.iter().any(is_quoted) {
        let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
        return quote::powershell_list(&texts);
    }
    texts.join(",")
}

/// One value as an administrator types it.
fn typed(value: &Value, shell: Shell) -> String {
    match value {
        Value::Size(size) => size.short().replace(' ', ""),
        Value::Int(number) => number.to_string(),
        other if shell == Shell::PowerShell => quote::powershell(&other.to_string()),
        other => quote::bash(&other.to_string()),
    }
}
