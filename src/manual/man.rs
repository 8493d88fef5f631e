//! A chapter as a manual page, for `man`. It does not know where the page will lie.

use roff::{Inline, Roff, bold, italic, roman};

use super::block::{Block, Fact, Reference};
use super::chapter::Chapter;

/// What every page begins with, by which a file is known as one of ours.
pub const MARK: &str = ".\\\" Written by exch export-manual.\n";

/// An empty argument of a request, as roff writes one: pages bear no date, so that equal ones are equal files.
const NO_DATE: &str = "\"\"";

/// The answers of a parameter's table that say nothing.
const NOTHING: [(&str, &str); 4] =
    [("Required?", "false"), ("Position?", "named"), ("Default value", "none"), ("Versions", "all")];

/// The page, its mark first.
pub(super) fn page(chapter: &Chapter) -> String {
    let (name, section) = chapter.about.manual();
    let mut roff = Roff::new();
    let version = format!("exch {}", env!("CARGO_PKG_VERSION"));
    roff.control(
        "TH",
        [name.to_uppercase().as_str(), &section.to_string(), NO_DATE, &version, "exch manual"],
    );
    // Commands and names are neither hyphenated nor spread.
    roff.control("nh", []).control("ad", ["l"]);
    roff.control("SH", ["NAME"]).text([roman(format!("{name} - {}", chapter.synopsis))]);
    for block in &chapter.blocks {
        put(block, &mut roff);
    }
    if !chapter.see.is_empty() {
        roff.control("SH", ["SEE ALSO"]).text(listed(&chapter.see));
    }
    format!("{MARK}{}", roff.render())
}

fn put(block: &Block, roff: &mut Roff) {
    match block {
        // What is called syntax elsewhere is called synopsis here.
        Block::Section("Syntax") => drop(roff.control("SH", ["SYNOPSIS"])),
        Block::Section(title) => drop(roff.control("SH", [title.to_uppercase().as_str()])),
        Block::Group(title) => drop(roff.control("SS", [title.as_str()])),
        Block::Prose(text) => drop(roff.control("PP", []).text(marked(text))),
        Block::Syntax(lines) => lines.iter().for_each(|line| hanging(line, roff)),
        Block::Entries(entries) => entries.iter().for_each(|(name, says)| {
            roff.control("TP", []).text([bold(name)]).text(marked(says));
        }),
        Block::Index(index) => index.iter().for_each(|(to, says)| {
            roff.control("TP", []).text(listed(std::slice::from_ref(to))).text([roman(says)]);
        }),
        Block::Parameters(facts) => facts.iter().for_each(|fact| parameter(fact, roff)),
        Block::Examples(examples) => examples.iter().for_each(|shown| {
            roff.control("PP", []).text([roman(shown.example.does)]);
            roff.control("RS", ["4"]);
            hanging(&format!("exch {}", shown.example.line), roff);
            roff.control("RE", []);
        }),
        Block::Screen(text) => {
            roff.control("PP", []).control("nf", []).text([roman(text.trim_end())]).control("fi", []);
        }
    }
}

/// A line of a command or of syntax: what goes on is further to the right.
fn hanging(line: &str, roff: &mut Roff) {
    roff.control("HP", ["4"]).text([bold(line)]);
}

/// A parameter: its name and type, what it is, and the rows of its table that say something.
fn parameter(fact: &Fact, roff: &mut Roff) {
    let head = match fact.typed.split_once(' ') {
        Some((name, kind)) => vec![bold(name), roman(" "), italic(kind)],
        None => vec![bold(&fact.typed)],
    };
    roff.control("TP", []).text(head).text([roman(format!("{}.", fact.param.help))]);
    for (row, says) in fact.rows.iter().filter(|row| !NOTHING.contains(&(row.0, row.1.as_str()))) {
        if *row != "Type" {
            roff.control("br", []).text([roman(format!("{}: {says}", row.trim_end_matches('?')))]);
        }
    }
}

/// A paragraph with what is typed, in backticks, in bold.
fn marked(text: &str) -> Vec<Inline> {
    let part = |(at, part): (usize, &str)| if at % 2 == 1 { bold(part) } else { roman(part) };
    text.split('`').enumerate().map(part).collect()
}

/// `exch-usage(7), exch-relay(7)`.
fn listed(references: &[Reference]) -> Vec<Inline> {
    let mut out = Vec::new();
    for reference in references {
        let (name, section) = reference.manual();
        out.extend((!out.is_empty()).then(|| roman(", ")));
        out.extend([bold(name), roman(format!("({section})"))]);
    }
    out
}
