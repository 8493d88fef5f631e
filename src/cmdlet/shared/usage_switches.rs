//! Usage types as parameters: `-Usage NAME`, which fails where something is missing, and a switch for each, which
//! asks for it (C16, SC14).

use std::str::FromStr;

use crate::cmdlet::args::Args;
use crate::cmdlet::definition::Missing;
use crate::manual::Exclusion;
use crate::param::{Param, same_name};

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
    /// Every usage that was named; by name with the switch that would ask.
    fn named(&self, args: &Args) -> Vec<(U, Option<&'static Param>)> {
        let text = args.text(self.by_name);
        let by_name = text.as_deref().and_then(|name| name.parse().ok()).map(|usage| {
            let named = |switch: &&Param| text.as_deref().is_some_and(|text| same_name(text, switch.name));
            (usage, self.switches.iter().find(named))
        });
        let on = |(switch, usage): (&Param, &U)| (args.flag(switch) == Some(true)).then_some((*usage, None));
        by_name.into_iter().chain(self.switches.iter().zip(self.all).filter_map(on)).collect()
    }

    /// The usage that was named; nothing where none was.
    pub fn one(&self, args: &Args) -> Option<U> {
        self.named(args).first().map(|(usage, _)| *usage)
    }

    /// One usage alone is named.
    pub fn excludes(&self) -> Vec<Exclusion> {
        let all: Vec<&'static Param> = [self.by_name].into_iter().chain(self.switches).collect();
        let after = (1..).zip(&all).map(|(next, param)| (*param, all.iter().skip(next).copied()));
        after.map(|(param, others)| Exclusion::new(param, others)).collect()
    }

    /// What the usage needs and was not given. `-Usage X` never asks, the switch and no usage at all do; that is
    /// then `usual`.
    pub fn missing(
        &self,
        args: &Args,
        usual: U,
        required: impl Fn(U) -> Vec<&'static Param>,
    ) -> Vec<Missing> {
        let (usage, asked_by) = match self.named(args).as_slice() {
            [] => (usual, None),
            [one, ..] => *one,
        };
        let missing = required(usage).into_iter().filter(|param| !args.has(param));
        missing.map(|param| Missing { param, asked_by }).collect()
    }
}

/// A switch for each usage of that name.
macro_rules! switches {
    ($($usage:literal),+) => {
        [$($crate::param::param(
            $usage,
            $crate::param::Kind::Switch,
            concat!("Usage ", $usage, ", asking for what is missing"),
        )
        .group($crate::param::Group::Identity)),+]
    };
}
pub(in crate::cmdlet) use switches;
