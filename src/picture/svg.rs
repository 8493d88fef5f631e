//! The drawing itself.

use std::fmt::Write;

use super::{Bar, Block, Picture, Segment, escaped};

/// The least width of a part, that its number can be read, and the width of each of its marks.
const LEAST: f64 = 26.0;
const MARK: f64 = 8.5;
/// The width of one unit of weight.
const UNIT: f64 = 7.0;
/// The height of a part, and of a block above it.
const HEIGHT: f64 = 34.0;
const BLOCK: f64 = 16.0;
/// Room for the slanted labels below a bar, the line of its title, and the margin.
const LABELS: f64 = 92.0;
const TITLE: f64 = 26.0;
const MARGIN: f64 = 16.0;
const LINE: f64 = 20.0;

/// Colours that stay apart for readers who see fewer of them, after Okabe and Ito; dark text is read on each.
const COLOURS: [&str; 7] = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#b7a3e3", "#d55e00", "#cc79a7"];

const STYLE: &str = "\
svg{font:12px system-ui,sans-serif;fill:#222;background:#fff}\
.t{font-weight:600;font-size:14px}.n{fill:#8884;stroke:#888}.s{stroke:#222;stroke-width:.6}\
.p{fill:none;stroke:#222;stroke-width:2.5}.i{fill:#111}.l{font-size:11px}\
@media(prefers-color-scheme:dark){svg{fill:#ddd;background:#1b1b1b}.s,.p{stroke:#ddd}}";

/// The document, with its title above it or only in its text.
pub(super) fn document(picture: &Picture, titled: bool) -> String {
    let (width, height) = size(picture);
    let title = escaped(&picture.title);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n<style>{STYLE}</style>\n"
    );
    let mut y = MARGIN + LINE;
    if titled {
        text(&mut svg, MARGIN, y, "t", &picture.title);
    }
    for (at, name) in picture.legend.iter().enumerate() {
        y += LINE;
        rectangle(&mut svg, (MARGIN, y - 11.0, 22.0, 15.0), "s", Some(at), name);
        text(&mut svg, MARGIN + 7.0, y, "i", &(at + 1).to_string());
        text(&mut svg, MARGIN + 32.0, y, "", name);
    }
    let marks = picture.marks.iter().map(|(mark, meaning)| format!("{mark} {meaning}"));
    let marks: Vec<String> = marks.chain(["thick outline: public addresses".to_owned()]).collect();
    y += LINE;
    text(&mut svg, MARGIN, y, "l", &marks.join(", "));
    y += LINE;
    for one in &picture.bars {
        bar(&mut svg, one, y);
        y += taken(one);
    }
    svg.push_str("</svg>\n");
    svg
}

fn size(picture: &Picture) -> (f64, f64) {
    let widest = picture.bars.iter().map(|bar| bar.segments.iter().map(width).sum::<f64>());
    let widest = widest.fold(560.0, f64::max);
    let head = MARGIN + LINE * (picture.legend.len() as f64 + 3.0);
    let bars: f64 = picture.bars.iter().map(taken).sum();
    (widest + 2.0 * MARGIN + LABELS, head + bars + MARGIN)
}

fn width(segment: &Segment) -> f64 {
    let marks = 10.0 + MARK * segment.marks.chars().count() as f64;
    (segment.weight * UNIT).max(LEAST).max(marks)
}

fn levels(bar: &Bar) -> f64 {
    bar.blocks.iter().map(|block| block.level + 1).max().unwrap_or_default() as f64
}

/// The height that a bar takes.
fn taken(bar: &Bar) -> f64 {
    TITLE + levels(bar) * BLOCK + HEIGHT + LABELS
}

fn bar(svg: &mut String, bar: &Bar, top: f64) {
    text(svg, MARGIN, top + 14.0, "t", &bar.title);
    let base = top + TITLE + levels(bar) * BLOCK;
    let mut edges = vec![MARGIN];
    for segment in &bar.segments {
        edges.push(edges.last().copied().unwrap_or(MARGIN) + width(segment));
    }
    let edge = |at: usize| edges.get(at).copied().unwrap_or(MARGIN);
    for Block { first, last, level, owner, text: what } in &bar.blocks {
        let (left, right) = (edge(*first), edge(last + 1));
        let y = base - (*level as f64 + 1.0) * BLOCK;
        rectangle(svg, (left, y, right - left, BLOCK - 2.0), "s", Some(*owner), what);
        text(svg, left + 3.0, y + 11.0, "i l", &(owner + 1).to_string());
    }
    for (at, segment) in bar.segments.iter().enumerate() {
        let (left, wide) = (edge(at), width(segment));
        let class = if segment.owner.is_some() { "s" } else { "n" };
        rectangle(svg, (left, base, wide, HEIGHT), class, segment.owner, &segment.text);
        if segment.shaded {
            outline(svg, (left + 1.5, base + 1.5, wide - 3.0, HEIGHT - 3.0));
        }
        if let Some(owner) = segment.owner {
            text(svg, left + 5.0, base + 14.0, "i", &(owner + 1).to_string());
        }
        text(svg, left + 5.0, base + 28.0, "i l", &segment.marks);
        let (x, y, label) = (left, base + HEIGHT + 12.0, escaped(&segment.label));
        let _ = writeln!(
            svg,
            "<text class=\"l\" transform=\"translate({x:.1} {y:.1}) rotate(40)\" aria-hidden=\"true\">{label}</text>"
        );
    }
}

type Rectangle = (f64, f64, f64, f64);

fn rectangle(
    svg: &mut String,
    (x, y, width, height): Rectangle,
    class: &str,
    owner: Option<usize>,
    what: &str,
) {
    let fill = owner.map(|at| format!(" fill=\"{}\"", COLOURS[at % COLOURS.len()])).unwrap_or_default();
    let what = escaped(what);
    let _ = writeln!(
        svg,
        "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"{fill}><title>{what}</title></rect>"
    );
}

fn outline(svg: &mut String, (x, y, width, height): Rectangle) {
    let _ = writeln!(
        svg,
        "<rect class=\"p\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" pointer-events=\"none\"/>"
    );
}

fn text(svg: &mut String, x: f64, y: f64, class: &str, what: &str) {
    let what = escaped(what);
    let _ = writeln!(
        svg,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" pointer-events=\"none\">{what}</text>"
    );
}
