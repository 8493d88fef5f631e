//! What stands at the cursor: the cmdlet's name, a parameter's name, or a value and of which parameter. It reads
//! the words before as binding reads them, and forgives what binding refuses.

use super::super::bind::{Named, parameter};
use super::super::name;
use super::shell_tokenizer::Word;
use crate::cmdlet::Cmdlet;
use crate::cmdlet::shared::common_params;
use crate::param::{Argument, Completes, Kind, Param, Value};
use crate::powershell::chars::is_dash;
use crate::powershell::words::{self, Word as Spelled};

/// What is being completed.
#[derive(Debug)]
pub enum Slot {
    /// The first word.
    Cmdlet,
    /// The second, after a verb or a noun.
    Part(String),
    /// A parameter's name.
    Name,
    /// A value.
    Value {
        /// Of this parameter.
        param: &'static Param,
        /// Its other elements, of a list.
        others: Vec<String>,
        /// Whether its name was left out, so that a parameter could stand here as well.
        unnamed: bool,
    },
}

/// The place of the cursor in a line.
pub struct Place<'l> {
    /// The word at the cursor, up to it.
    pub word: &'l Word,
    /// How many of the word's characters come before what is completed: `-Usage:`, or `Tls,` of a list.
    pub kept: usize,
    /// What it is.
    pub slot: Slot,
    /// The cmdlet, once it is named.
    pub cmdlet: Option<&'static Cmdlet>,
    /// The parameters that are given, before the cursor or after it.
    pub given: Vec<&'static Param>,
    /// Those of them that say something: without the switches that are off.
    pub saying: Vec<&'static Param>,
    /// What `-Store` says.
    pub store: Option<String>,
}

impl Place<'_> {
    /// What is typed of it.
    pub fn typed(&self) -> String {
        self.word.from(self.kept)
    }
}

/// Finds the place at the end of `line`; `after` are the words that begin behind the cursor. None where nothing is known of it.
pub fn find<'l>(line: &'l [Word], after: &[Word]) -> Option<Place<'l>> {
    let (word, before) = line.split_last()?;
    let texts: Vec<String> = before.iter().map(Word::text).collect();
    let texts: Vec<&str> =
        texts.iter().map(String::as_str).skip_while(|text| is_before_command(text)).collect();
    let (_, typed) = texts.split_first()?;
    let place = |slot| Place {
        word,
        kept: 0,
        slot,
        cmdlet: None,
        given: Vec::new(),
        saying: Vec::new(),
        store: None,
    };
    if typed.is_empty() {
        return Some(place(Slot::Cmdlet));
    }
    let Ok((cmdlet, taken)) = name::cmdlet(typed) else {
        return typed
            .split_last()
            .filter(|(_, rest)| rest.is_empty())
            .map(|(one, _)| place(Slot::Part((*one).to_owned())));
    };
    let mut walk = Walk {
        cmdlet,
        given: Vec::new(),
        off: Vec::new(),
        open: None,
        parted: None,
        store: None,
        position: 1,
        ended: false,
    };
    typed.iter().skip(taken).for_each(|text| walk.step(text));
    let (slot, kept) = walk.end(word)?;
    // What stands behind the cursor is another walk: its first words may belong to what is typed there.
    let mut rest = Walk { ended: false, open: None, parted: None, position: usize::MAX, ..walk };
    after.iter().for_each(|word| rest.step(&word.text()));
    let Walk { given, off, store, .. } = rest;
    let is_off = |param: &Param| off.iter().any(|off| off.name == param.name);
    let saying = given.iter().copied().filter(|param| !is_off(param)).collect();
    Some(Place { word, kept, slot, cmdlet: Some(cmdlet), given, saying, store })
}

/// PowerShell's `&`, and bash's variables for one command.
fn is_before_command(text: &str) -> bool {
    let variable = |(name, _): (&str, &str)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    text == "&" || text.split_once('=').is_some_and(variable)
}

/// The parameter that a word names.
fn named(cmdlet: &'static Cmdlet, text: &str) -> Option<&'static Param> {
    let Spelled::Parameter { name, .. } = words::word(text) else { return None };
    match parameter(&cmdlet.all_params(), &name) {
        Named::One(param) => Some(param),
        Named::Several(_) | Named::None => None,
    }
}

/// A parameter that takes the words that come, and those it has.
struct Open {
    param: &'static Param,
    words: Vec<String>,
    /// Whether its name was left out: it then takes no more than its list goes on.
    in_place: bool,
}

impl Open {
    /// Whether a word is of it.
    fn takes(&self, text: &str) -> bool {
        let goes_on = || self.words.last().is_none_or(|last| last.ends_with(',')) || text.starts_with(',');
        // Files are what a shell makes of `*`.
        !self.in_place || self.param.completes == Completes::File || goes_on()
    }
}

struct Walk {
    cmdlet: &'static Cmdlet,
    given: Vec<&'static Param>,
    /// Switches that are off.
    off: Vec<&'static Param>,
    open: Option<Open>,
    /// A switch whose boolean may be the next word: `-Confirm: $false`.
    parted: Option<&'static Param>,
    store: Option<String>,
    position: usize,
    /// After `--`.
    ended: bool,
}

impl Walk {
    fn step(&mut self, text: &str) {
        if let Some(switch) = self.parted.take()
            && words::boolean(text).is_ok()
        {
            return self.switch(switch, text);
        }
        match words::word(text) {
            Spelled::EndOfParameters => (self.ended, self.open) = (true, None),
            Spelled::StopParsing => {}
            Spelled::Parameter { attached, .. } if !self.ended => {
                let param = named(self.cmdlet, text);
                let open = |param| Open { param, words: Vec::new(), in_place: false };
                self.given.extend(param);
                self.open = param.filter(|param| !matches!(param.kind, Kind::Switch)).map(open);
                match (param, attached) {
                    (Some(param), Some("")) if self.open.is_none() => self.parted = Some(param),
                    (Some(param), Some(text)) if self.open.is_none() => self.switch(param, text),
                    (_, Some(text)) if !text.is_empty() => self.value(text),
                    _ => {}
                }
            }
            _ => {
                self.open = self.open.take().filter(|open| open.takes(text));
                if self.open.is_none() {
                    let open = |param| Open { param, words: Vec::new(), in_place: true };
                    self.open = self.positional().map(open);
                    self.given.extend(self.open.as_ref().map(|open| open.param));
                    self.position = self.position.saturating_add(1);
                }
                self.value(text);
            }
        }
    }

    /// The value of a switch.
    fn switch(&mut self, param: &'static Param, text: &str) {
        let is_off = words::boolean(text).is_ok_and(|flag| param.is_off(&Argument::Set(Value::Bool(flag))));
        self.off.extend(is_off.then_some(param));
    }

    /// One word of the parameter that is open; a list stays open.
    fn value(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        if open.param.name == common_params::STORE.name {
            self.store = Some(text.to_owned());
        }
        open.words.push(text.to_owned());
        self.open = self.open.take().filter(|open| open.param.kind.is_multivalued());
    }

    /// The next parameter that may stand without its name.
    fn positional(&self) -> Option<&'static Param> {
        let is_free = |param: &&Param| !self.given.iter().any(|given| given.name == param.name);
        (self.position..=9).find_map(|place| self.cmdlet.positional(place).filter(is_free))
    }

    /// What the word at the cursor is, and how much of it comes before that.
    fn end(&mut self, word: &Word) -> Option<(Slot, usize)> {
        let text = word.text();
        if !self.ended && text.starts_with(is_dash) {
            let Spelled::Parameter { attached: Some(_), .. } = words::word(&text) else {
                return Some((Slot::Name, 0));
            };
            let param = named(self.cmdlet, &text)?;
            let name = text.chars().take_while(|c| !matches!(c, ':' | '=')).count() + 1;
            return Some(value(param, &[], word, name, false));
        }
        self.open = self.open.take().filter(|open| open.takes(&text));
        if let Some(Open { param, words, .. }) = &self.open
            && (words.last().is_none_or(|last| last.ends_with(',')) || !text.is_empty())
        {
            return Some(value(param, words, word, 0, false));
        }
        match self.positional().filter(|_| self.open.is_none()) {
            Some(param) => Some(value(param, &[], word, 0, true)),
            None => text.is_empty().then_some((Slot::Name, 0)),
        }
    }
}

/// A value that begins at one character of a word: of a list the last of its elements.
fn value(param: &'static Param, words: &[String], word: &Word, from: usize, unnamed: bool) -> (Slot, usize) {
    let mut others: Vec<String> = words.to_vec();
    let comma = word.units.iter().skip(from).rposition(|unit| unit.c == ',').map(|at| from + at + 1);
    let kept = match comma.filter(|_| param.kind.is_multivalued()) {
        Some(at) => {
            others.push(word.units.iter().take(at).skip(from).map(|unit| unit.c).collect());
            at + word.units.iter().skip(at).take_while(|unit| unit.c.is_whitespace()).count()
        }
        None => from,
    };
    let others = others.iter().flat_map(|text| text.split(',')).map(|text| text.trim().to_owned());
    let others = others.filter(|text| !text.is_empty()).collect();
    (Slot::Value { param, others, unnamed }, kept)
}
