//! The words of each parameter, read as a value of its type.

use super::bind::no_value;
use super::bound_parameter::{BoundParameter, not_read};
use super::expanded::WorkingDirectory;
use super::list_file;
use crate::answer::{Exit, Problem};
use crate::cmdlet::{Args, Cmdlet};
use crate::param::{Argument, Completes, Finding, Kind, Param, STDIN, Value, Verb};
use crate::powershell::quote;
use crate::powershell::words::{self, BooleanError, Listed};

/// Reads every parameter of a bound line.
///
/// # Errors
/// Exit 2 where the words are no value at all, exit 1 where the value is refused (V1 to V9).
pub(crate) fn read_all(
    cmdlet: &'static Cmdlet,
    given: &[BoundParameter],
    here: WorkingDirectory<'_>,
) -> Result<Args, Problem> {
    let mut args = Args::default();
    let place_is_free = || {
        let first = cmdlet.positional(1);
        first.filter(|param| !given.iter().any(|given| given.param.name == param.name))
    };
    for one in given {
        let argument = match one.param.kind {
            Kind::Switch | Kind::Bool => boolean(one)?,
            kind if kind.is_identities() => names(one, here)?,
            kind if kind.is_multivalued() => {
                list(one, here).map_err(|problem| both_readings(problem, one, place_is_free()))?
            }
            _ => scalar(one.param, one.words.first().map_or("", String::as_str))?,
        };
        args.push(one.param, argument);
    }
    Ok(args)
}

fn boolean(given: &BoundParameter) -> Result<Argument, Problem> {
    let param = given.param;
    let Some(word) = given.words.first() else { return Ok(Argument::Set(Value::Bool(true))) };
    // A property without a default may be unset.
    let is_unset =
        param.on == [Verb::Set] && param.default.cases().is_empty() && matches!(param.kind, Kind::Bool);
    if is_unset && word.eq_ignore_ascii_case("$null") {
        return Ok(Argument::Set(Value::Null));
    }
    match words::boolean(word) {
        Ok(flag) => Ok(Argument::Set(Value::Bool(flag))),
        Err(why @ BooleanError::Empty) => {
            let problem = no_value(param, true);
            let message = format!("{}: {why}", problem.message);
            Err(Problem { message, ..problem }.hint(why.hint(param.name)))
        }
        Err(BooleanError::Other) => Err(refused_boolean(param, word)),
    }
}

pub(super) fn refused_boolean(param: &'static Param, word: &str) -> Problem {
    match param.parse(word) {
        Err(finding) => finding.into(),
        Ok(_) => Problem::new(Exit::Fault, "a boolean was refused and read"),
    }
}

pub(super) fn scalar(param: &'static Param, text: &str) -> Result<Argument, Problem> {
    if text.is_empty() && is_needed(param) {
        return Err(cannot_be(param, "an empty string"));
    }
    if !text.eq_ignore_ascii_case("$null") {
        return Ok(Argument::Set(param.parse(text)?));
    }
    match param.kind {
        _ if is_needed(param) => Err(cannot_be_empty(param)),
        Kind::Text | Kind::Domain | Kind::Certificate | Kind::Form(_) => Ok(Argument::Set(Value::Null)),
        // A choice that has no default may be none at all.
        Kind::Choice(_) if param.on.contains(&Verb::Set) && param.default.cases().is_empty() => {
            Ok(Argument::Set(Value::Null))
        }
        _ => Err(cannot_be_empty(param)),
    }
}

/// Names are read where words are bound; `$null` names nothing.
fn names(given: &BoundParameter, here: WorkingDirectory<'_>) -> Result<Argument, Problem> {
    let BoundParameter { param, words } = given;
    let texts = list_file::elements(param, words, here)?;
    if matches!(texts.as_slice(), [only] if only.eq_ignore_ascii_case("$null")) {
        return Err(cannot_be_empty(param));
    }
    // A line of CSV ends in a carriage return, which `$(…)` leaves on.
    let texts: Vec<&str> = texts.iter().map(|text| text.trim_end_matches('\r')).collect();
    Ok(Argument::Set(param.kind.parse_all(param.name, &texts)?))
}

/// Whether an object cannot do without it, so that no change empties it either.
fn is_needed(param: &Param) -> bool {
    matches!(param.kind, Kind::Domain | Kind::Form(_)) && !param.required.is_empty()
}

fn cannot_be_empty(param: &'static Param) -> Problem {
    cannot_be(param, "null")
}

fn cannot_be(param: &'static Param, what: &str) -> Problem {
    let message = format!("Cannot bind argument to parameter '{}' because it is {what}", param.name);
    Problem::new(Exit::Refused, message)
        .hint(format!("-{} takes a value: {}", param.name, param.help))
        .about(param.name)
}

/// Files with standard input among them; elsewhere a lone hyphen is a range that a shell took apart.
fn files(param: &'static Param, words: &[&str]) -> Result<Argument, Problem> {
    let mut all = Vec::new();
    for word in words {
        let read = (*word != STDIN).then(|| words::list(&[word]).map_err(|why| not_read(param, word, &why)));
        match read.transpose()?.map(|read| read.listed) {
            Some(Listed::Elements(names)) => all.extend(names),
            _ => all.push((*word).to_owned()),
        }
    }
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    Ok(Argument::Set(param.kind.parse_all(param.name, &all)?))
}

fn list(given: &BoundParameter, here: WorkingDirectory<'_>) -> Result<Argument, Problem> {
    let BoundParameter { param, words, .. } = given;
    let texts: Vec<&str> = words.iter().map(String::as_str).collect();
    if param.completes == Completes::File && texts.contains(&STDIN) {
        return files(param, &texts);
    }
    let flags = matches!(param.kind, Kind::Flags(..));
    let reading = if flags { words::flags(&texts) } else { words::list(&texts) };
    let all = |texts: &[String]| -> Result<Value, Problem> {
        let texts = list_file::elements(param, texts, here)?;
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        Ok(param.kind.parse_all(param.name, &texts)?)
    };
    if !words.is_empty() && words.iter().all(|word| list_file::path(param, word).is_some()) {
        return Ok(Argument::Set(all(words)?));
    }
    match reading.map_err(|why| not_read(param, &texts.join(" "), &why))?.listed {
        Listed::Elements(texts) => Ok(Argument::Set(all(&texts)?)),
        Listed::Edit { add, remove } => {
            let [add, remove] = [add, remove].map(|texts| list_file::elements(param, &texts, here));
            Ok(edit(param, &add?, &remove?, quote::edit)?)
        }
        Listed::Null if flags => Err(cannot_be_empty(param).hint(format!("-{} None", param.name))),
        Listed::Null => Ok(Argument::Set(Value::List(Vec::new()))),
    }
}

/// `@{Add=…;Remove=…}` with these texts. What is wrong with one is reported with the whole edit to type, as `spell` writes
/// it: the parameter with one value would put that value in place of the list.
pub(super) fn edit(
    param: &'static Param,
    add: &[String],
    remove: &[String],
    spell: fn(&[String], &[String]) -> String,
) -> Result<Argument, Finding> {
    let half = |texts: &[String]| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        if texts.is_empty() {
            Ok(Vec::new())
        } else {
            param.kind.parse_all(param.name, &texts).map(|v| v.elements())
        }
    };
    Ok(Argument::Edit {
        add: half(add).map_err(|finding| finding.in_edit(|instead| spell(instead, remove)))?,
        remove: half(remove).map_err(|finding| finding.in_edit(|instead| spell(add, instead)))?,
    })
}

/// A word after a list that is none of its elements, while position 1 is free: both readings are reported.
fn both_readings(problem: Problem, given: &BoundParameter, free: Option<&'static Param>) -> Problem {
    let (Some(first), [_, others @ ..]) = (free, given.words.as_slice()) else { return problem };
    let stray = others
        .iter()
        .find(|word| given.param.kind.parse_all(given.param.name, &[word.trim_matches(',')]).is_err());
    let Some(stray) = stray.filter(|word| !word.contains(',')) else { return problem };
    Problem::new(
        Exit::NotUnderstood,
        format!(
            "`{stray}` follows the list of -{} and is none of its values; it may be another of them, or -{}",
            given.param.name, first.name
        ),
    )
    .hint(format!("-{} {stray} names it; {}", first.name, problem.hint.unwrap_or(problem.message)))
    .about(given.param.name)
}
