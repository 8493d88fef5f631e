//! Which words belong to which parameter: names resolved, values still text.
//!
//! Knows what a switch and a list eat. A word that could mean two things is refused with both readings.

use super::bound_parameter::{BoundParameter, not_read};
use super::expanded::{self, WorkingDirectory};
use super::grammar;
use super::list_file;
use crate::answer::{Exit, Problem};
use crate::cmdlet::Cmdlet;
use crate::cmdlet::shared::common_params::FILTER;
use crate::param::{Completes, Kind, Param};
use crate::powershell::words::{self, Notice, Word};

/// A line, bound.
#[derive(Clone, Debug, Default)]
pub struct Bound {
    /// Parameters in the order typed.
    pub given: Vec<BoundParameter>,
    /// What was read in the user's favour.
    pub notices: Vec<String>,
}

/// The parameter that `typed` names: whole or by alias, else the only one of the product's that begins so.
pub enum Named {
    /// The one.
    One(&'static Param),
    /// Several begin so.
    Several(Vec<&'static Param>),
    /// None does.
    None,
}

/// Finds one of a cmdlet's parameters by what was typed. Parameters of our own are taken whole only.
#[must_use]
pub fn parameter(params: &[&'static Param], typed: &str) -> Named {
    let whole = |param: &&&'static Param| {
        param.name.eq_ignore_ascii_case(typed)
            || param.alias.is_some_and(|alias| alias.eq_ignore_ascii_case(typed))
    };
    if let Some(param) = params.iter().find(whole) {
        return Named::One(param);
    }
    let begins = |param: &&&'static Param| {
        !param.is_whole()
            && param.name.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed))
    };
    let fits: Vec<&'static Param> = params.iter().filter(begins).copied().collect();
    match fits.as_slice() {
        [] => Named::None,
        [one] => Named::One(one),
        _ => Named::Several(fits),
    }
}

/// Words of a line, as a shell handed them over.
pub type Words<'w> = &'w [&'w str];

/// Binds the words after the cmdlet's name, typed in the directory `here`.
///
/// # Errors
/// Exit 2 where a word finds no parameter, a parameter no value, either is there twice, or words are files that a shell
/// put in place of `*`.
pub fn bind(cmdlet: &'static Cmdlet, words: &[&str], here: WorkingDirectory<'_>) -> Result<Bound, Problem> {
    let params = cmdlet.all_params();
    let mut binder = Binder { cmdlet, params, words, here, at: 0, place: 1, bound: Bound::default() };
    let mut positional_only = false;
    while let Some(word) = binder.peek() {
        match words::word(word) {
            Word::EndOfParameters if !positional_only => {
                positional_only = true;
                binder.at += 1;
            }
            Word::StopParsing if !positional_only => binder.at += 1,
            Word::Parameter { name, attached, notice } if !positional_only => {
                binder.at += 1;
                binder.note(notice);
                binder.named(&name, attached)?;
            }
            _ => binder.positional(word)?,
        }
    }
    grammar::check(cmdlet, &binder.bound.given, None)?;
    Ok(binder.bound)
}

struct Binder<'w> {
    cmdlet: &'static Cmdlet,
    params: Vec<&'static Param>,
    words: &'w [&'w str],
    here: WorkingDirectory<'w>,
    at: usize,
    place: usize,
    bound: Bound,
}

impl<'w> Binder<'w> {
    fn peek(&self) -> Option<&'w str> {
        self.words.get(self.at).copied()
    }

    fn note(&mut self, notice: Option<Notice>) {
        let sentence = notice.map(|notice| notice.sentence().to_owned());
        self.bound.notices.extend(sentence.filter(|s| !self.bound.notices.contains(s)));
    }

    /// The words from here up to the next parameter.
    fn values(&self) -> &'w [&'w str] {
        let rest = self.words.get(self.at..).unwrap_or_default();
        let ends = rest.iter().position(|word| !matches!(words::word(word), Word::Value));
        rest.get(..ends.unwrap_or(rest.len())).unwrap_or_default()
    }

    fn named(&mut self, name: &str, attached: Option<&str>) -> Result<(), Problem> {
        let param = match parameter(&self.params, name) {
            Named::One(param) => param,
            Named::Several(fits) => return Err(ambiguous(name, &fits)),
            Named::None => {
                grammar::check(self.cmdlet, &self.bound.given, Some(name))?;
                return Err(Problem::new(Exit::Fault, "an unknown parameter was let through"));
            }
        };
        if attached.is_none() {
            expanded::refuse(param, self.values(), self.here)?;
        }
        let words = match param.kind {
            Kind::Switch => self.switch(attached),
            kind if kind.is_identities() => self.names(param, attached, false)?,
            kind if kind.is_multivalued() => self.list(param, attached),
            _ => self.scalar(param, attached)?,
        };
        if words.is_empty() && !matches!(param.kind, Kind::Switch) {
            return Err(no_value(param, attached.is_some()));
        }
        self.bound.given.push(BoundParameter { param, words });
        Ok(())
    }

    /// A switch eats no word, but for the boolean that PowerShell 7 parts from `-Confirm: $false`.
    fn switch(&mut self, attached: Option<&str>) -> Vec<String> {
        match attached {
            Some("") => match self.values().first() {
                Some(next) if words::boolean(next).is_ok() => {
                    self.at += 1;
                    vec![(*next).to_owned()]
                }
                _ => vec![String::new()],
            },
            Some(text) => vec![text.to_owned()],
            None => Vec::new(),
        }
    }

    /// A list eats every word up to the next parameter; an edit eats up to its `}`.
    fn list(&mut self, param: &Param, attached: Option<&str>) -> Vec<String> {
        // The address space of every accepted domain is written as what else ends the parameters: quotes do not
        // arrive, and without a value the line would mean nothing.
        if let (None, Some(word), Kind::List(Kind::Form(form))) = (attached, self.peek(), param.kind)
            && words::word(word) == Word::EndOfParameters
            && (form.read)(word).is_ok()
        {
            self.at += 1;
            return vec![word.to_owned()];
        }
        let head = attached.filter(|text| !text.is_empty());
        let all: Vec<&str> = head.into_iter().chain(self.values().iter().copied()).collect();
        let taken = words::table_words(&all).unwrap_or(all.len());
        self.at += taken - usize::from(head.is_some() && taken > 0);
        all.iter().take(taken).map(|word| (*word).to_owned()).collect()
    }

    /// One text: one word, or several where bash split what stood in curly quotes.
    fn scalar(&mut self, param: &'static Param, attached: Option<&str>) -> Result<Vec<String>, Problem> {
        let head = attached.filter(|text| !text.is_empty());
        if param.name == FILTER.name
            && let Some(block) = self.block(head)
        {
            return Ok(vec![block]);
        }
        let all: Vec<&str> = head.into_iter().chain(self.values().iter().copied()).collect();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let reading = words::scalar(&all).map_err(|why| not_read(param, &all.join(" "), &why))?;
        reading.notices.iter().for_each(|notice| self.note(Some(*notice)));
        self.at += reading.taken - usize::from(head.is_some());
        Ok(vec![reading.value.unwrap_or_else(|| "$null".to_owned())])
    }

    /// A condition in braces that a shell split: `{Enabled -eq True}` is one value, whatever looks like a parameter in it.
    fn block(&mut self, head: Option<&str>) -> Option<String> {
        let rest = self.words.get(self.at..).unwrap_or_default();
        let all: Vec<&str> = head.into_iter().chain(rest.iter().copied()).collect();
        let opened = all.first().is_some_and(|word| word.starts_with('{') && !word.ends_with('}'));
        let last = all.iter().position(|word| word.ends_with('}')).filter(|_| opened)?;
        self.at += last + 1 - usize::from(head.is_some());
        Some(all.get(..=last)?.join(" "))
    }

    /// Names: every word up to the next parameter; without a parameter, as far as the list goes on.
    fn names(
        &mut self,
        param: &'static Param,
        attached: Option<&str>,
        in_place: bool,
    ) -> Result<Vec<String>, Problem> {
        let head = attached.filter(|text| !text.is_empty());
        let all: Vec<&str> = head.into_iter().chain(self.values().iter().copied()).collect();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        if let (None, Some(word)) = (head, all.first())
            && list_file::path(param, word).is_some()
        {
            self.at += 1;
            return Ok(vec![(*word).to_owned()]);
        }
        let reading = words::names(&all, in_place).map_err(|why| not_read(param, &all.join(" "), &why))?;
        reading.notices.iter().for_each(|notice| self.note(Some(*notice)));
        self.at += reading.taken - usize::from(head.is_some());
        Ok(reading.texts)
    }

    fn positional(&mut self, word: &str) -> Result<(), Problem> {
        let free = |place: usize| self.cmdlet.positional(place).filter(|param| !self.has(param));
        let Some(param) = (self.place..=9).find_map(free) else { return Err(left_over(word)) };
        expanded::refuse(param, self.values(), self.here)?;
        let words = if !matches!(words::word(word), Word::Value) {
            self.at += 1;
            vec![word.to_owned()]
        } else if param.kind.is_identities() {
            self.names(param, None, true)?
        } else if param.completes == Completes::File && param.kind.is_multivalued() {
            // Files are what a shell makes of `*`.
            self.list(param, None)
        } else {
            self.scalar(param, None)?
        };
        self.place += 1;
        self.bound.given.push(BoundParameter { param, words });
        Ok(())
    }

    fn has(&self, param: &Param) -> bool {
        self.bound.given.iter().any(|given| given.param.name == param.name)
    }
}

pub(super) fn ambiguous(name: &str, fits: &[&'static Param]) -> Problem {
    let names: Vec<String> = fits.iter().map(|param| format!("-{}", param.name)).collect();
    Problem::new(Exit::NotUnderstood, format!(
        "Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches include: {}", names.join(" ")
    ))
    .hint("type one of them whole")
}

pub(super) fn no_value(param: &'static Param, colon: bool) -> Problem {
    let Param { name, kind, .. } = param;
    let problem = Problem::new(
        Exit::NotUnderstood,
        format!(
            "Missing an argument for parameter '{name}'. Specify a parameter of type '{}' and try again",
            kind.type_name()
        ),
    )
    .about(name);
    match kind {
        Kind::Bool => problem.hint(format!("-{name}:true or -{name}:false; an unquoted $true or $false is empty to bash")),
        Kind::Text | Kind::Domain | Kind::Certificate | Kind::Form(_) | Kind::List(_) if colon => problem.hint(format!("an unquoted variable is empty to the shell; type the value, or '-{name}:$null' in quotes to empty it")),
        Kind::Text | Kind::Domain | Kind::Certificate | Kind::Form(_) => problem.hint(format!("-{name} {}; -{name} '$null' in quotes empties it, and a value that begins with a hyphen is written -{name}:VALUE", param.example.unwrap_or("VALUE"))),
        _ => problem.hint(format!("-{name} {}, for example; an unquoted variable is empty to the shell", param.sample())),
    }
}

pub(super) fn left_over(word: &str) -> Problem {
    let problem = Problem::new(
        Exit::NotUnderstood,
        format!("A positional parameter cannot be found that accepts argument '{word}'"),
    );
    match words::boolean(word) {
        Ok(_) => problem.hint(format!(
            "a switch takes its value after a colon, as in -Confirm:{}",
            word.trim_start_matches('$').to_lowercase()
        )),
        Err(_) => problem.hint("name the parameter before it, or quote the whole value"),
    }
}
