//! What fits where the cursor stands: from the table of cmdlets, from a parameter's row, or from names that are
//! looked up.

use std::collections::BTreeSet;

use super::Names;
use super::slot::{Place, Slot};
use crate::cmdlet::shared::common_params;
use crate::cmdlet::{ALIASES, CMDLETS, Cmdlet, CompletionCandidate, CompletionRequest, begins};
use crate::param::{Completes, Group, Kind, Param};
use crate::powershell::chars::is_dash;
use crate::powershell::words::{self, Listed, Word};

/// What to offer.
pub enum Offer {
    /// Names of files, which the shell knows best.
    Files,
    /// These.
    Candidates(Vec<Candidate>),
}

/// What a candidate is, as PowerShell sorts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A cmdlet or a part of its name.
    Command,
    /// A parameter.
    Parameter,
    /// A value.
    Value,
}

/// One thing to type.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The text, with no quotes.
    pub text: String,
    /// One line; may be empty.
    pub help: String,
    /// Whether a space may follow.
    pub whole: bool,
    /// What it is.
    pub sort: Sort,
}

/// What fits a place.
pub fn offer(place: &Place<'_>, names: Names<'_>) -> Offer {
    let candidates = match &place.slot {
        Slot::Cmdlet => cmdlets(&place.typed()),
        Slot::Part(part) => parts(part, &place.typed()),
        Slot::Name => parameters(place),
        Slot::Value { param, .. } if param.completes == Completes::File => return Offer::Files,
        Slot::Value { param, others, unnamed } => {
            let values = values(param, others, place, names);
            match *unnamed && values.is_empty() && place.word.text().is_empty() {
                true => parameters(place),
                false => values,
            }
        }
    };
    // What holds a line break or the like cannot be offered on one line.
    let sound = |candidate: &Candidate| !candidate.text.contains(char::is_control);
    Offer::Candidates(candidates.into_iter().filter(sound).collect())
}

fn candidate(sort: Sort, known: CompletionCandidate) -> Candidate {
    let CompletionCandidate { text, help, whole } = known;
    Candidate { text, help: help.replace(char::is_control, " "), whole, sort }
}

fn command(text: String, help: &str, typed: &str) -> Candidate {
    // As the user types: in lower case unless there is another letter.
    let text = if typed.contains(char::is_uppercase) { text } else { text.to_lowercase() };
    candidate(Sort::Command, CompletionCandidate::whole(text, help))
}

/// Cmdlets, then nouns where no verb is typed.
fn cmdlets(typed: &str) -> Vec<Candidate> {
    let typed = typed.replace(is_dash, "-");
    let mut found: Vec<Candidate> = CMDLETS
        .iter()
        .filter(|cmdlet| begins(&cmdlet.name(), &typed))
        .map(|cmdlet| command(cmdlet.name(), cmdlet.synopsis, &typed))
        .collect();
    if !typed.is_empty() {
        let is_alias = |noun: &str| ALIASES.iter().any(|(alias, _)| alias.eq_ignore_ascii_case(noun));
        let nouns = nouns().into_iter().filter(|noun| begins(noun, &typed) && !is_alias(noun));
        found.extend(nouns.map(|noun| command(noun.to_owned(), "a verb follows", &typed)));
        let aliases = ALIASES.iter().filter(|(alias, _)| begins(alias, &typed));
        found.extend(aliases.map(|(alias, cmdlet)| command((*alias).to_owned(), cmdlet.synopsis, &typed)));
    }
    found
}

/// The verbs of a noun, or the nouns of a verb.
fn parts(part: &str, typed: &str) -> Vec<Candidate> {
    let case = format!("{part}{typed}");
    let other = |cmdlet: &&&'static Cmdlet| {
        let verb: &str = cmdlet.verb.into();
        let of_noun = cmdlet.noun.eq_ignore_ascii_case(part).then_some(verb);
        of_noun.or_else(|| verb.eq_ignore_ascii_case(part).then_some(cmdlet.noun))
    };
    let fitting = CMDLETS.iter().filter_map(|cmdlet| Some((other(&cmdlet)?, cmdlet.synopsis)));
    let fitting = fitting.filter(|(name, _)| begins(name, typed));
    fitting.map(|(name, synopsis)| command(name.to_owned(), synopsis, &case)).collect()
}

fn nouns() -> BTreeSet<&'static str> {
    CMDLETS.iter().map(|cmdlet| cmdlet.noun).collect()
}

/// Parameters that are not given yet: those a call needs, those most calls are about, then the others. Those
/// without effect come when they are asked for by a letter.
fn parameters(place: &Place<'_>) -> Vec<Candidate> {
    let Some(cmdlet) = place.cmdlet else { return Vec::new() };
    let typed = place.typed();
    let name = typed.trim_start_matches(is_dash);
    let double = typed.chars().take_while(|c| is_dash(*c)).count() > 1;
    let name = if double { name.replace('-', "") } else { name.to_owned() };
    let is_given = |param: &Param| place.given.iter().any(|given| given.name == param.name);
    let mut params = cmdlet.all_params();
    params.retain(|param| begins(param.name, &name) && !is_given(param));
    params.retain(|param| !cmdlet.is_excluded(param, &place.saying));
    params.retain(|param| !name.is_empty() || param.group != Group::Ignored);
    params.sort_by_key(|param| (!param.required.contains(&cmdlet.verb), !param.usual));
    let dashes = if double { "--" } else { "-" };
    let known = |param: &&Param| CompletionCandidate::whole(format!("{dashes}{}", param.name), param.help);
    params.iter().map(|param| candidate(Sort::Parameter, known(param))).collect()
}

/// The values of a parameter that begin as typed, without those that its list holds already.
fn values(param: &Param, others: &[String], place: &Place<'_>, names: Names<'_>) -> Vec<Candidate> {
    let typed = place.typed();
    let mut known = match param.completes {
        Completes::Cmdlet => {
            cmdlets(&typed).into_iter().map(|c| CompletionCandidate::whole(c.text, c.help)).collect()
        }
        Completes::Noun => nouns().into_iter().map(|noun| CompletionCandidate::whole(noun, "")).collect(),
        Completes::Verb => verbs(),
        Completes::Nothing if param.name == common_params::PROPERTY.name => properties(place),
        Completes::Nothing => closed(param.kind, others),
        what => {
            let ask = |typed: &str| names(&CompletionRequest { what, typed, store: place.store.as_deref() });
            whole(ask(&typed), ask)
        }
    };
    let is_there =
        |known: &CompletionCandidate| others.iter().any(|other| other.eq_ignore_ascii_case(&known.text));
    known.retain(|known| begins(&known.text, &typed) && !is_there(known) && is_read(param, &known.text));
    known.into_iter().map(|known| candidate(Sort::Value, known)).collect()
}

/// Whether a value is read as it is: not as a parameter, nor as two elements of a list. An identity with a comma
/// that is there as a whole is one.
fn is_read(param: &Param, text: &str) -> bool {
    let alone = || words::scalar(&[text]).is_ok_and(|read| read.value.as_deref() == Some(text));
    let listed = || match words::list(&[text]).map(|read| read.listed) {
        Ok(Listed::Elements(elements)) => elements == [text],
        _ => false,
    };
    words::word(text) == Word::Value
        && if param.kind.is_multivalued() && !param.kind.is_identities() { listed() } else { alone() }
}

/// Of one beginning alone, what it is the beginning of.
fn whole(
    found: Vec<CompletionCandidate>,
    ask: impl Fn(&str) -> Vec<CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    match found.as_slice() {
        [only] if !only.whole => match ask(&only.text) {
            none if none.is_empty() => found,
            more => more,
        },
        _ => found,
    }
}

fn verbs() -> Vec<CompletionCandidate> {
    let verbs: BTreeSet<&str> = CMDLETS.iter().map(|cmdlet| cmdlet.verb.into()).collect();
    verbs.into_iter().map(|verb| CompletionCandidate::whole(verb, "")).collect()
}

/// The properties of what the cmdlet gives.
fn properties(place: &Place<'_>) -> Vec<CompletionCandidate> {
    let columns = place.cmdlet.map(Cmdlet::properties).unwrap_or_default();
    columns.into_iter().map(|(name, help)| CompletionCandidate::whole(name, help)).collect()
}

/// The values of a type whose values are few.
fn closed(kind: Kind, others: &[String]) -> Vec<CompletionCandidate> {
    let names: &[&str] = match kind {
        Kind::Bool | Kind::Switch => &["true", "false"],
        Kind::Unlimited(..) => &["Unlimited"],
        Kind::List(element) => return closed(*element, others),
        kind => kind.names(),
    };
    let none = matches!(kind, Kind::Flags(..)) && others.is_empty() && !names.contains(&"None");
    names
        .iter()
        .copied()
        .chain(none.then_some("None"))
        .map(|name| CompletionCandidate::whole(name, ""))
        .collect()
}
