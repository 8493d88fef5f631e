//! A network as text: for Mermaid, and for Graphviz.

use std::fmt::Write;

use super::{Arrow, Line, Network, Place};

fn name((column, row): Place) -> String {
    format!("n{column}_{row}")
}

/// Text in quotes, for both: neither knows more of them.
fn quoted(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.replace('\\', "/").replace('"', "'")
}

/// `1: HUB01 to EDGE01: 25/TCP`, and why it is marked.
fn label(at: usize, arrow: &Arrow) -> String {
    let mark = arrow.warning.as_deref().map(|warning| format!(" ({warning})")).unwrap_or_default();
    quoted(&format!("{}: {}{mark}", at + 1, arrow.text))
}

/// A flowchart. Arrows are numbered as in the other forms; a comment explains each.
pub(crate) fn mermaid(network: &Network) -> String {
    let mut text = format!("%% {}\nflowchart LR\n", quoted(&network.title));
    for (column, group) in network.groups.iter().enumerate() {
        let _ = writeln!(text, "  subgraph g{column}[\"{}\"]", quoted(&group.title));
        for (row, node) in group.boxes.iter().enumerate() {
            let lines: Vec<String> = node.lines.iter().map(|line| quoted(line)).collect();
            let _ = writeln!(text, "    {}[\"{}\"]", name((column, row)), lines.join("<br>"));
        }
        text.push_str("  end\n");
    }
    for (at, arrow) in network.arrows.iter().enumerate() {
        let line = match arrow.line {
            Line::Whole => "-->",
            Line::Dashed | Line::Dotted => "-.->",
        };
        let label = label(at, arrow);
        let _ = writeln!(text, "  {} {line}|\"{label}\"| {}", name(arrow.from), name(arrow.to));
    }
    text
}

/// A directed graph. Without `newrank` Graphviz loses arrows where some dozen lead from cluster to cluster.
pub(crate) fn dot(network: &Network) -> String {
    let mut text = format!(
        "digraph \"{}\" {{\n  rankdir=LR;\n  newrank=true;\n  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n",
        quoted(&network.title)
    );
    for (column, group) in network.groups.iter().enumerate() {
        let _ = writeln!(text, "  subgraph cluster_{column} {{\n    label=\"{}\";", quoted(&group.title));
        for (row, node) in group.boxes.iter().enumerate() {
            let lines: Vec<String> = node.lines.iter().map(|line| quoted(line)).collect();
            let _ = writeln!(text, "    {} [label=\"{}\"];", name((column, row)), lines.join("\\n"));
        }
        text.push_str("  }\n");
    }
    for (at, arrow) in network.arrows.iter().enumerate() {
        let style = match arrow.line {
            Line::Whole => "solid",
            Line::Dashed => "dashed",
            Line::Dotted => "dotted",
        };
        let mark = if arrow.warning.is_some() { ", color=red, arrowhead=tee" } else { "" };
        let label = label(at, arrow);
        let _ = writeln!(
            text,
            "  {} -> {} [label=\"{label}\", style={style}{mark}];",
            name(arrow.from),
            name(arrow.to)
        );
    }
    text.push_str("}\n");
    text
}
