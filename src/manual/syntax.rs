//! Syntax as Get-Help spells it: `Set-ReceiveConnector [-Identity] <String> [-Banner <String>] [-WhatIf]`.

use super::facts::type_name;
use super::groups::grouped;
use super::page::{Page, ParameterSet};
use crate::param::{Group, Param};
use crate::text::wrap::JOIN;

/// With more parameters than this, brief syntax leaves those out that a call can do without.
const FEW: usize = 12;

/// The whole syntax in one line, of the first set where there are several.
#[must_use]
pub fn line(page: &Page) -> String {
    words(page, page.sets.first(), true).join(" ").replace(JOIN, " ")
}

/// Each way to call the cmdlet. Several are never told whole: they differ in what they need, and the rest
/// stands under PARAMETERS.
pub(super) fn all(page: &Page, whole: bool) -> Vec<String> {
    let whole = (whole || own(page).len() <= FEW) && page.sets.is_empty();
    match page.sets.as_slice() {
        [] => vec![words(page, None, whole).join(" ")],
        sets => sets.iter().map(|set| words(page, Some(set), whole).join(" ")).collect(),
    }
}

/// The parameters of the cmdlet itself, in the order of help.
fn own(page: &Page) -> Vec<&'static Param> {
    let groups = grouped(page).into_iter().filter(|(group, _)| *group < Group::Safety);
    groups.flat_map(|(_, params)| params).collect()
}

fn words(page: &Page, set: Option<&ParameterSet>, whole: bool) -> Vec<String> {
    let required = |param: &Param| {
        let in_set = set.is_some_and(|set| {
            set.required.iter().copied().chain(set.switch).any(|needed| needed.name == param.name)
        });
        page.requires(param) || in_set
    };
    let other_switch =
        |param: &Param| page.sets.iter().filter_map(|set| set.switch).any(|switch| switch.name == param.name);
    let all = own(page);
    let (needed, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|param| required(param));
    let mut words = vec![page.name.clone()];
    words.extend(needed.iter().map(|param| spelled(page, param, true)));
    let others: Vec<_> = others.into_iter().filter(|param| !other_switch(param)).collect();
    let shown = |param: &&&'static Param| whole || page.place(param).is_some();
    words.extend(others.iter().filter(shown).map(|param| spelled(page, param, false)));
    if others.iter().any(|param| !shown(&param)) {
        words.push("[<Parameters>]".to_owned());
    }
    let safety = page.params.iter().filter(|param| set.is_none() && param.group == Group::Safety);
    words.extend(safety.map(|param| spelled(page, param, false)));
    words.push("[<CommonParameters>]".to_owned());
    words
}

/// One parameter in its brackets.
fn spelled(page: &Page, param: &Param, required: bool) -> String {
    let name = match page.place(param) {
        Some(_) => format!("[-{}]", param.name),
        None => format!("-{}", param.name),
    };
    let typed = match type_name(param.kind) {
        Some(kind) => format!("{name}{JOIN}<{kind}>"),
        None => name,
    };
    if required { typed } else { format!("[{typed}]") }
}
