//! What the store knows of accounts and groups that access lists name: who they belong to, and their addresses.
//!
//! The product asks the directory; here somebody says it. What is not said is not known, and verdicts say so (P6,
//! P11).

mod forms;
pub mod rows;

pub use rows::Principal;

use std::collections::BTreeSet;

use super::{Member, common};
use crate::param::{Finding, Noun, Row, record, same_name};

impl Principal {
    /// Whether `text` names it: its name or its security identifier, in any case.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        same_name(&self.name, text) || self.sid.as_ref().is_some_and(|sid| sid.eq_ignore_ascii_case(text))
    }
}

/// Every group that an account is in, directly or through another group, as far as `all` says; nothing for an
/// account that none of them is (P6).
#[must_use]
pub fn groups(account: &str, all: &[Principal]) -> Option<Vec<String>> {
    let named = |name: &str| all.iter().find(|principal| principal.is(name));
    let mut open: Vec<&str> = named(account)?.member_of.iter().map(String::as_str).collect();
    let (mut seen, mut groups) = (BTreeSet::new(), Vec::new());
    while let Some(group) = open.pop() {
        if seen.insert(group.to_lowercase()) {
            groups.push(named(group).map_or(group, |known| known.name.as_str()).to_owned());
            open.extend(named(group).into_iter().flat_map(|known| &known.member_of).map(String::as_str));
        }
    }
    groups.sort_by_key(|name| name.to_lowercase());
    Some(groups)
}

impl Noun for Principal {
    const NAME: &'static str = "Principal";
    const OURS: bool = true;
    type Scene = super::Scene;
    const LAST: &'static [&'static Row<Self>] = &[&rows::WHEN_CREATED, &rows::WHEN_CHANGED];

    fn rows() -> &'static [&'static Row<Self>] {
        rows::ROWS
    }
}

record::record!(Principal);

impl Member for Principal {
    const TABLE: &'static [&'static str] = &["Name", "MemberOf", "EmailAddresses", "SendAs"];
    fn goes_by(&self, text: &str, _: &super::Scene) -> bool {
        self.is(text)
    }

    fn check(all: &[Self]) -> Vec<(usize, Finding)> {
        let mut found = common::unique(all, &rows::NAME, |principal| Some(&principal.name));
        found.extend(common::unique(all, &rows::SID, |principal| principal.sid.as_ref()));
        found
    }
}
