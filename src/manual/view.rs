//! A page as text, in the frame and order of Get-Help: NAME, SYNOPSIS, SYNTAX, DESCRIPTION, PARAMETERS,
//! OUTPUTS, EXAMPLES, RELATED LINKS, REMARKS.

use super::groups::{grouped, heading};
use super::page::{Example, Page, ParameterSet, View};
use super::text_layout::{INDENT, Text, TextLayout};
use super::{parameters, syntax};
use crate::param::{Group, Verb};
use crate::text::wrap::JOIN;

/// The part of the page that `view` asks for.
pub(super) fn render(page: &Page, view: &View, sheet: &TextLayout) -> String {
    let mut text = Text::new(sheet);
    match view {
        View::Brief => whole(page, false, &mut text),
        View::Full => whole(page, true, &mut text),
        View::Examples => {
            head(page, &mut text);
            examples(page, &mut text);
        }
        View::Parameters(params) => {
            for param in params {
                parameters::full(page, param, &mut text);
            }
        }
    }
    text.done()
}

fn whole(page: &Page, full: bool, text: &mut Text<'_>) {
    head(page, text);
    section("SYNTAX", text);
    for line in syntax::all(page, full) {
        text.command(INDENT, &line);
    }
    description(page, text);
    text.blank();
    text.heading(0, "PARAMETERS");
    if let Some(legend) = legend(page, full) {
        text.prose(INDENT, legend);
    }
    if full {
        full_parameters(page, text)
    } else {
        parameters::brief(page, text)
    }
    columns(page, text);
    examples(page, text);
    links(page, text);
    remarks(page, text);
}

fn section(title: &str, text: &mut Text<'_>) {
    text.blank();
    text.heading(0, title);
}

fn head(page: &Page, text: &mut Text<'_>) {
    section("NAME", text);
    text.line(INDENT, &page.name);
    section("SYNOPSIS", text);
    text.prose(INDENT, &format!("{}.", page.synopsis));
}

fn description(page: &Page, text: &mut Text<'_>) {
    section("DESCRIPTION", text);
    text.prose(INDENT, page.description);
    let sets: Vec<_> = page.sets.iter().filter_map(|set| Some((set.switch?, set))).collect();
    if !sets.is_empty() {
        text.blank();
    }
    for (switch, set) in sets {
        text.entry(INDENT, &format!("-{}", switch.name), INDENT + 11, &purpose(set));
    }
}

/// What "default" means on this page; a page with everything in it shows every default.
pub(super) fn legend(page: &Page, full: bool) -> Option<&'static str> {
    let own = || page.params.iter().filter(|param| param.group < Group::Safety);
    let several = own().any(|param| param.default.cases().len() > 1);
    match page.verb {
        Verb::Set if several && !full => Some(
            "What is not given stays as it is. Defaults are those of a new object on the newest version; -Full shows those of the others.",
        ),
        Verb::Set => Some("What is not given stays as it is. Defaults are those of a new object."),
        _ if several && !full => Some("Defaults are the newest version's; -Full shows those of the others."),
        _ => None,
    }
}

/// What a set is for, and what it gives.
pub(super) fn purpose(set: &ParameterSet) -> String {
    let gives: Vec<String> =
        set.gives.iter().map(|(param, value)| format!("-{}{JOIN}{value}", param.name)).collect();
    if gives.is_empty() {
        set.purpose.to_owned()
    } else {
        format!("{}; gives {}", set.purpose, gives.join(" "))
    }
}

fn full_parameters(page: &Page, text: &mut Text<'_>) {
    for (group, params) in grouped(page) {
        text.blank();
        text.heading(2, heading(group));
        for param in params {
            text.blank();
            parameters::full(page, param, text);
        }
    }
}

/// The properties of the answer, for -Property.
fn columns(page: &Page, text: &mut Text<'_>) {
    let longest = page.columns.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    if !page.columns.is_empty() {
        section("OUTPUTS", text);
    }
    for (name, help) in &page.columns {
        text.entry(INDENT, name, INDENT + longest + 2, help);
    }
}

fn examples(page: &Page, text: &mut Text<'_>) {
    section("EXAMPLES", text);
    for one in page.examples {
        example(one, text);
    }
}

/// What a line does, and the line.
pub(super) fn example(example: &Example, text: &mut Text<'_>) {
    text.prose(INDENT, example.does);
    text.command(INDENT * 2, &units(example.line));
    text.blank();
}

/// The line of an example, each parameter joined to its value so that no line break parts them.
fn units(line: &str) -> String {
    let mut out = String::from("exch");
    let (mut quoted, mut last) = (false, "");
    for word in line.split(' ') {
        let value = last.starts_with('-') && !word.starts_with('-');
        out.push_str(if quoted || value { JOIN } else { " " });
        out.push_str(word);
        quoted ^= word.matches('\'').count() % 2 == 1;
        last = if quoted { "" } else { word };
    }
    out
}

fn links(page: &Page, text: &mut Text<'_>) {
    let topics = page.topics.iter().map(|name| format!("get-help {name}"));
    let all: Vec<String> = page.links.iter().cloned().chain(topics).collect();
    if !all.is_empty() {
        section("RELATED LINKS", text);
        text.prose(INDENT, &all.join(", "));
    }
}

fn remarks(page: &Page, text: &mut Text<'_>) {
    let name = page.name.to_lowercase();
    let lines = [
        ("-Parameter NAME", "all about one parameter"),
        ("-Full", "about all of them"),
        ("-Examples", "examples alone"),
    ];
    let column = INDENT + "exch get-help ".len() + name.len() + 1 + "-Parameter NAME".len() + 2;
    section("REMARKS", text);
    for (switch, says) in lines {
        text.entry(INDENT, &format!("exch get-help {name} {switch}"), column, says);
    }
}
