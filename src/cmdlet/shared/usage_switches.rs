//! Usage types as parameters: `-Usage NAME`, which fails where something is missing, and a switch for each, which
//! asks for it (C16, SC14).

use std::str::FromStr;

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::definition::Missing;
use crate::param::Param;

/// The usage types of one noun's New-.
pub(in crate::cmdlet) struct Usages<U: 'static> {
    /// `-Usage`.
    pub by_name: &'static Param,
    /// A switch for each, in the order of `all`.
    pub switches: &'static [Param],
    /// Every usage type.
    pub all: &'static [U],
}

impl<U: Copy + FromStr + Into<&'static str>> Usages<U> {
    /// Every usage that was named, and whether by switch.
    fn named(&self, args: &Args) -> Vec<(U, bool)> {
        let by_name = args.text(self.by_name).and_then(|name| name.parse().ok()).map(|usage| (usage, false));
        let on = |(switch, usage): (&Param, &U)| (args.flag(switch) == Some(true)).then_some((*usage, true));
        by_name.into_iter().chain(self.switches.iter().zip(self.all).filter_map(on)).collect()
    }

    /// The usage that was named; nothing where none was.
    ///
    /// # Errors
    /// Exit 2 where several were.
    pub fn one(&self, args: &Args) -> Result<Option<U>, Problem> {
        match self.named(args).as_slice() {
            [] => Ok(None),
            [(usage, _)] => Ok(Some(*usage)),
            several => {
                let names: Vec<&str> = several.iter().map(|(usage, _)| (*usage).into()).collect();
                Err(unresolved(format!("one usage type alone: {}", names.join(" or ")))
                    .about(self.by_name.name))
            }
        }
    }

    /// What the usage needs and was not given. `-Usage X` never asks, the switch and no usage at all do; that is
    /// then `usual`.
    pub fn missing(
        &self,
        args: &Args,
        usual: U,
        required: impl Fn(U) -> Vec<&'static Param>,
    ) -> Vec<Missing> {
        let (usage, ask) = match self.named(args).as_slice() {
            [] => (usual, true),
            [one] => *one,
            _ => return Vec::new(),
        };
        let missing = required(usage).into_iter().filter(|param| !args.has(param));
        missing.map(|param| Missing { param, ask }).collect()
    }
}

/// Parameters of two ways to call a cmdlet, in PowerShell's words.
pub(in crate::cmdlet) fn unresolved(hint: impl Into<String>) -> Problem {
    Problem::new(Exit::NotUnderstood, "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided")
        .hint(hint)
}
