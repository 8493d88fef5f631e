//! A chapter as a Markdown page of docs/. Links go to the files that other chapters are written to.

use super::block::{Block, Fact, Reference};
use super::chapter::Chapter;

/// The headings of a table of parameters, and the rows of Get-Help's table that they are taken from.
const COLUMNS: [(&str, &str); 5] = [
    ("Type", "Type"),
    ("Default", "Default value"),
    ("Accepts", "Accepted values"),
    ("Versions", "Versions"),
    ("Rule", "Rule"),
];

/// The page.
pub(super) fn page(chapter: &Chapter) -> String {
    let mut out = format!("# {}\n\n{}.\n", chapter.about.name(), escaped(&chapter.synopsis));
    for block in &chapter.blocks {
        out.push('\n');
        put(block, &chapter.about, &mut out);
    }
    if !chapter.see.is_empty() {
        let links: Vec<String> = chapter.see.iter().map(|to| link(&chapter.about, to)).collect();
        out.push_str(&format!("\n## See also\n\n{}\n", links.join(", ")));
    }
    out
}

fn put(block: &Block, here: &Reference, out: &mut String) {
    match block {
        Block::Section(title) => out.push_str(&format!("## {title}\n")),
        Block::Group(title) => out.push_str(&format!("### {title}\n")),
        Block::Prose(text) => out.push_str(&format!("{}\n", escaped(text))),
        Block::Syntax(lines) => out.push_str(&format!("```text\n{}\n```\n", lines.join("\n"))),
        Block::Entries(entries) => entries.iter().for_each(|(name, says)| {
            out.push_str(&format!("- {}: {}\n", code(name), escaped(says)));
        }),
        Block::Index(index) => index.iter().for_each(|(to, says)| {
            out.push_str(&format!("- {}: {}\n", link(here, to), escaped(says)));
        }),
        Block::Parameters(facts) => parameters(facts, out),
        Block::Examples(examples) => {
            for (at, shown) in examples.iter().enumerate() {
                out.push_str(if at > 0 { "\n" } else { "" });
                out.push_str(&escaped(shown.example.does));
                let prints = shown.prints.as_deref().unwrap_or_default();
                out.push_str(&format!("\n\n```console\n$ exch {}\n{prints}```\n", shown.example.line));
            }
        }
        Block::Screen(text) => out.push_str(&format!("```text\n{}\n```\n", text.trim_end())),
    }
}

/// A table of parameters; a column that none of them fills is left out.
fn parameters(facts: &[Fact], out: &mut String) {
    let says = |fact: &Fact, row: &str| match (row, fact.row(row)) {
        ("Type", _) => {
            fact.typed.split_once(' ').map_or("switch", |(_, kind)| kind.trim_matches(['<', '>'])).to_owned()
        }
        ("Default value", Some("none")) | ("Versions", Some("all")) | (_, None) => String::new(),
        (_, Some(text)) => text.to_owned(),
    };
    let filled = |row: &str| facts.iter().any(|fact| !says(fact, row).is_empty());
    let columns: Vec<(&str, &str)> = COLUMNS.into_iter().filter(|(_, row)| filled(row)).collect();
    let heads: Vec<&str> = columns.iter().map(|(head, _)| *head).collect();
    out.push_str(&format!("| Parameter | What it is | {} |\n", heads.join(" | ")));
    out.push_str(&format!("|---|---|{}\n", "---|".repeat(heads.len())));
    for fact in facts {
        let cells: Vec<String> = columns.iter().map(|(_, row)| cell(row, &says(fact, row))).collect();
        let name = code(&format!("-{}", fact.param.name));
        out.push_str(&format!(
            "| {name}{} | {} | {} |\n",
            called(fact),
            escaped(fact.param.help),
            cells.join(" | ")
        ));
    }
}

/// How a parameter is given where that is not by name and at will.
fn called(fact: &Fact) -> String {
    let required = match fact.row("Required?") {
        Some("true") => Some("required".to_owned()),
        Some("false") | None => None,
        Some(with) => Some(format!("required {with}")),
    };
    let place = fact.row("Position?").filter(|place| *place != "named");
    let place = place.map(|place| format!("position {place}"));
    let said: Vec<String> = required.into_iter().chain(place).collect();
    if said.is_empty() { String::new() } else { format!("<br>{}", escaped(&said.join(", "))) }
}

fn cell(row: &str, text: &str) -> String {
    match row {
        "Rule" => rule(text),
        "Type" => code(text),
        _ => escaped(text),
    }
}

/// A rule's number, which leads to what it says.
fn rule(text: &str) -> String {
    let number = text.split(':').next().unwrap_or_default();
    let section = match number.chars().next() {
        Some('V') => "v-values",
        Some('C') => "c-one-connector",
        Some('U') => "u-two-connectors-of-one-server",
        Some('P') => "p-permissions",
        _ => return escaped(text),
    };
    format!("[{number}](../semantics.md#{section})")
}

/// A link from one chapter to another.
fn link(from: &Reference, to: &Reference) -> String {
    let file = |reference: &Reference| match reference {
        Reference::Program => ("cmdlets", "README.md".to_owned()),
        Reference::Cmdlet(name) => ("cmdlets", format!("{}.md", name.to_lowercase())),
        Reference::Topic(name) => ("topics", format!("{name}.md")),
    };
    let ((here, _), (there, name)) = (file(from), file(to));
    let path = if here == there { name } else { format!("../{there}/{name}") };
    format!("[{}]({path})", to.name())
}

/// Text as code.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// Text in which Markdown finds nothing to obey, but for code in backticks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_code = false;
    for c in text.chars() {
        in_code ^= c == '`';
        if !in_code && matches!(c, '\\' | '*' | '_' | '<' | '[' | '|') || c == '|' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
