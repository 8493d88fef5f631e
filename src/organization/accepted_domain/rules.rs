//! What accepted domains must keep together: names and domains are unique, and one domain is the default.

use super::super::common;
use super::{AcceptedDomain, rows};
use crate::param::{Finding, Rule, same_name};

/// Every refusal, with the place of the domain that it speaks of.
pub(super) fn check(all: &[AcceptedDomain]) -> Vec<(usize, Finding)> {
    let mut found = common::unique(all, &rows::NAME, |domain| Some(&domain.name));
    found.extend(common::unique(all, &rows::DOMAIN_NAME, |domain| Some(&domain.domain_name)));
    found.extend(default(all));
    found
}

/// One domain is always the default (AD1).
fn default(all: &[AcceptedDomain]) -> Option<(usize, Finding)> {
    let name = rows::DEFAULT.name();
    let mut defaults = all.iter().enumerate().filter(|(_, domain)| domain.default);
    let refuse =
        |at, message: String, hint: &str| Some((at, Finding::new(Rule::AD1, name, message).hint(hint)));
    match (defaults.next(), defaults.next()) {
        (None, _) if all.is_empty() => None,
        (None, _) => {
            let message = format!("{name}: no accepted domain is the default, and one always is");
            refuse(0, message, "Default = true")
        }
        (Some((_, first)), Some((at, second))) if !same_name(&first.name, &second.name) => {
            let message = format!("{name}: `{}` and `{}` are both the default", first.name, second.name);
            refuse(at, message, "Default = false")
        }
        _ => None,
    }
}
