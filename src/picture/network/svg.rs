//! The drawing of a network.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Arrow, Group, LINES, Line, Network, Node, Place, escaped};

const MARGIN: f64 = 16.0;
const LINE: f64 = 18.0;
/// The width of a box, and of the room between two columns.
const WIDTH: f64 = 190.0;
const ROOM: f64 = 170.0;
/// The room between two boxes of a column.
const GAP: f64 = 34.0;
/// The room of a line's meaning in the legend.
const MEANING: f64 = 140.0;
/// The radius of an arrow's number.
const NUMBER: f64 = 8.0;
/// How far apart arrows begin at one side of a box.
const STEP: f64 = 9.0;

const STYLE: &str = "\
svg{font:12px system-ui,sans-serif;fill:#222;background:#fff}\
.t{font-weight:600;font-size:14px}.g{fill:#8881;stroke:#8886}.b{fill:#fff;stroke:#222}\
.a{fill:none;stroke:#06c;stroke-width:1.6}.d{stroke:#b60;stroke-dasharray:7 4}.o{stroke:#777;stroke-dasharray:2 3}\
.w{stroke:#c00;stroke-width:2.4}.n{fill:#fff;stroke:#222;stroke-width:.8}.k{fill:#c00;font-weight:600}.l{font-size:11px}\
@media(prefers-color-scheme:dark){svg{fill:#ddd;background:#1b1b1b}.b,.n{fill:#1b1b1b;stroke:#ddd}.a{stroke:#7bf}\
.d{stroke:#fb6}.o{stroke:#aaa}.w{stroke:#f77}.k{fill:#f77}}";

/// The document: by itself with its title above it and a list of its arrows below, or as a part of a page that has both.
pub fn document(network: &Network, alone: bool) -> String {
    let plan = Plan::of(network);
    let (width, height) = plan.size(network, alone);
    let title = escaped(&network.title);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<defs><marker id=\"h\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"context-stroke\"/></marker></defs>\n"
    );
    if alone {
        text(&mut svg, (MARGIN, MARGIN + LINE), "t", &network.title);
    }
    for (column, group) in network.groups.iter().enumerate() {
        let (x, bottom) = (plan.left(column) - 10.0, plan.bottom);
        let _ = writeln!(
            svg,
            "<rect class=\"g\" x=\"{x:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"6\"/>",
            plan.top - LINE - 8.0,
            WIDTH + 20.0,
            bottom - plan.top + LINE + 16.0
        );
        text(&mut svg, (x + 10.0, plan.top - 8.0), "t", &group.title);
    }
    // An arrow that passes a box goes behind it.
    let mut numbers = Numbers::default();
    for at in 0..network.arrows.len() {
        plan.arrow(&mut svg, at, network, &mut numbers);
    }
    for (place, node) in network.boxes() {
        plan.node(&mut svg, place, node);
    }
    plan.legend(&mut svg, network, alone);
    svg.push_str("</svg>\n");
    svg
}

/// Where everything stands.
struct Plan {
    top: f64,
    bottom: f64,
    /// The upper edges and heights of the boxes, by column.
    columns: Vec<Vec<(f64, f64)>>,
    sides: Sides,
}

/// Where arrows begin and end at the sides of boxes.
#[derive(Default)]
struct Sides {
    /// How many there are at the left and at the right side of a box.
    counts: HashMap<(Place, bool), usize>,
    /// Of each arrow, how many are before it where it begins and where it ends.
    before: Vec<[usize; 2]>,
}

/// Whether an arrow to there leaves a box at its right.
fn right_of(place: Place, other: Place) -> bool {
    other.0 >= place.0
}

impl Sides {
    fn of(network: &Network) -> Self {
        let mut sides = Sides::default();
        for Arrow { from, to, .. } in &network.arrows {
            let mut next = |place: Place, other: Place| {
                let count = sides.counts.entry((place, right_of(place, other))).or_default();
                *count += 1;
                *count - 1
            };
            let first = next(*from, *to);
            let last = if from == to { first } else { next(*to, *from) };
            sides.before.push([first, last]);
        }
        sides
    }

    fn count(&self, place: Place, right: bool) -> usize {
        self.counts.get(&(place, right)).copied().unwrap_or_default()
    }

    /// The height of a box: its lines, and room for each arrow at the side that has more of them.
    fn height(&self, place: Place, node: &Node) -> f64 {
        let arrows = self.count(place, false).max(self.count(place, true));
        (STEP * (arrows as f64 + 1.0)).max(10.0 + LINE * node.lines.len().max(1) as f64)
    }

    /// How far from the middle of its side an arrow is.
    fn shift(&self, before: usize, place: Place, right: bool) -> f64 {
        (before as f64 - (self.count(place, right) as f64 - 1.0) / 2.0) * STEP
    }
}

/// Where the numbers of arrows are, by squares of the picture.
#[derive(Default)]
struct Numbers {
    squares: HashMap<(u32, u32), Vec<(f64, f64)>>,
}

/// How far apart two numbers are at least; the side of a square.
const APART: f64 = 2.0 * NUMBER + 2.0;

impl Numbers {
    fn square((x, y): (f64, f64)) -> (u32, u32) {
        // Nothing is left of the picture or above it, and a picture has far fewer squares.
        ((x / APART) as u32, (y / APART) as u32)
    }

    fn put(&mut self, place: (f64, f64)) {
        self.squares.entry(Self::square(place)).or_default().push(place);
    }

    /// Whether every number is far enough from there.
    fn is_free(&self, (x, y): (f64, f64)) -> bool {
        let (column, row) = Self::square((x, y));
        let near = |at: u32| at.saturating_sub(1)..=at.saturating_add(1);
        let mut squares = near(column).flat_map(|column| near(row).map(move |row| (column, row)));
        squares.all(|square| {
            let numbers = self.squares.get(&square).map(Vec::as_slice).unwrap_or_default();
            numbers.iter().all(|other| (other.0 - x).hypot(other.1 - y) >= APART)
        })
    }
}

impl Plan {
    fn of(network: &Network) -> Self {
        let top = MARGIN + 3.5 * LINE;
        let sides = Sides::of(network);
        let column = |(column, group): (usize, &Group)| {
            let mut y = top + 6.0;
            let mut places = Vec::new();
            for (row, node) in group.boxes.iter().enumerate() {
                let height = sides.height((column, row), node);
                places.push((y, height));
                y += height + GAP;
            }
            places
        };
        let columns: Vec<Vec<(f64, f64)>> = network.groups.iter().enumerate().map(column).collect();
        let ends = columns.iter().flatten().map(|(y, height)| y + height);
        let bottom = ends.fold(top + LINE, f64::max) + 10.0;
        Plan { top, bottom, columns, sides }
    }

    fn size(&self, network: &Network, alone: bool) -> (f64, f64) {
        let columns = network.groups.len().max(1) as f64;
        let listed = if alone { network.arrows.as_slice() } else { &[] };
        let lines = listed.iter().map(|arrow| legend(0, arrow).chars().count());
        let words = 7.0 * lines.max().unwrap_or_default() as f64;
        let width = 2.0 * MARGIN + columns * WIDTH + (columns - 1.0) * ROOM + 90.0;
        let meanings = 2.0 * MARGIN + (LINES.len() as f64 + 1.5) * MEANING;
        (width.max(words).max(meanings), self.bottom + LINE * (listed.len() as f64 + 4.0))
    }

    fn left(&self, column: usize) -> f64 {
        MARGIN + 10.0 + column as f64 * (WIDTH + ROOM)
    }

    fn place(&self, (column, row): Place) -> (f64, f64) {
        self.columns.get(column).and_then(|rows| rows.get(row)).copied().unwrap_or((self.top, LINE))
    }

    fn node(&self, svg: &mut String, place: Place, node: &Node) {
        let (x, (y, height)) = (self.left(place.0), self.place(place));
        let what = escaped(&node.lines.join(", "));
        let _ = writeln!(
            svg,
            "<rect class=\"b\" x=\"{x:.0}\" y=\"{y:.0}\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" rx=\"3\"><title>{what}</title></rect>"
        );
        for (at, line) in node.lines.iter().enumerate() {
            let class = if at == 0 { "" } else { "l" };
            text(svg, (x + 8.0, y + 18.0 + LINE * at as f64), class, &cut(line));
        }
    }

    /// Whether a number has room there, outside of every box and beside the others.
    fn is_free(&self, (x, y): (f64, f64), numbers: &Numbers) -> bool {
        let spans = |left: f64| (left - NUMBER..left + WIDTH + NUMBER).contains(&x);
        let mut columns = self.columns.iter().enumerate().filter(|(column, _)| spans(self.left(*column)));
        let covers = |(top, height): &(f64, f64)| (top - NUMBER..top + height + NUMBER).contains(&y);
        numbers.is_free((x, y)) && !columns.any(|(_, rows)| rows.iter().any(covers))
    }

    /// From side to side: between columns from the facing ones, within one column round the right. `numbers` is where
    /// those of other arrows are.
    fn arrow(&self, svg: &mut String, at: usize, network: &Network, numbers: &mut Numbers) {
        let Some(arrow) = network.arrows.get(at) else { return };
        let [first, last] = self.sides.before.get(at).copied().unwrap_or_default();
        let end = |before: usize, place: Place, other: Place| {
            let right = right_of(place, other);
            let (y, height) = self.place(place);
            let x = self.left(place.0) + if right { WIDTH } else { 0.0 };
            (x, y + height / 2.0 + self.sides.shift(before, place, right))
        };
        let ((x1, y1), (x2, mut y2)) = (end(first, arrow.from, arrow.to), end(last, arrow.to, arrow.from));
        let within = arrow.from.0 == arrow.to.0;
        if arrow.from == arrow.to {
            y2 += STEP / 2.0;
        }
        let bend = if within { 40.0 + STEP * (at % 6) as f64 } else { (x2 - x1).abs() / 2.0 };
        let out = |place: Place, other: Place| if right_of(place, other) { bend } else { -bend };
        let (c1, c2) = (x1 + out(arrow.from, arrow.to), x2 + out(arrow.to, arrow.from));
        let class = match (arrow.warning.is_some(), arrow.line) {
            (false, Line::Whole) => "a",
            (false, Line::Dashed) => "a d",
            (false, Line::Dotted) => "a o",
            (true, Line::Whole) => "a w",
            (true, Line::Dashed) => "a d w",
            (true, Line::Dotted) => "a o w",
        };
        let number = at + 1;
        let what = escaped(&legend(at, arrow));
        // Each arrow has its number at another place of its curve: beside the numbers before it, outside of the boxes.
        let point = |t: f64| (bezier(t, [x1, c1, c2, x2]), bezier(t, [y1, y1, y2, y2]));
        let mut places = (0..17).map(|step| point(0.1 + 0.05 * ((4 + 2 * at + step) % 17) as f64));
        let free = places.find(|place| self.is_free(*place, numbers));
        let (x, y) = free.unwrap_or_else(|| point(0.5));
        numbers.put((x, y));
        let _ = writeln!(
            svg,
            "<g id=\"a{number}\"><title>{what}</title><path class=\"{class}\" d=\"M{x1:.1} {y1:.1}C{c1:.1} {y1:.1} {c2:.1} {y2:.1} {x2:.1} {y2:.1}\" marker-end=\"url(#h)\"/><circle class=\"n\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{NUMBER}\"/><text class=\"l\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{number}</text></g>",
            y + 4.0
        );
    }

    fn legend(&self, svg: &mut String, network: &Network, alone: bool) {
        let mut y = self.bottom + 2.0 * LINE;
        let mut x = MARGIN;
        for (line, meaning) in LINES {
            let class = match line {
                Line::Whole => "a",
                Line::Dashed => "a d",
                Line::Dotted => "a o",
            };
            let _ = writeln!(svg, "<path class=\"{class}\" d=\"M{x:.0} {:.0}h34\"/>", y - 4.0);
            text(svg, (x + 42.0, y), "l", meaning);
            x += MEANING;
        }
        if let Some(warning) = network.arrows.iter().find_map(|arrow| arrow.warning.as_deref()) {
            let _ = writeln!(svg, "<path class=\"a w\" d=\"M{x:.0} {:.0}h34\"/>", y - 4.0);
            text(svg, (x + 42.0, y), "k", warning);
        }
        if !alone {
            return;
        }
        for (at, arrow) in network.arrows.iter().enumerate() {
            y += LINE;
            text(svg, (MARGIN, y), if arrow.warning.is_some() { "k" } else { "" }, &legend(at, arrow));
        }
    }
}

/// `1: 25/TCP, 50636/TCP`, and why it is marked.
fn legend(at: usize, arrow: &Arrow) -> String {
    let mark = arrow.warning.as_deref().map(|warning| format!(" ({warning})")).unwrap_or_default();
    format!("{}: {}{mark}", at + 1, arrow.text)
}

fn bezier(t: f64, [a, b, c, d]: [f64; 4]) -> f64 {
    let u = 1.0 - t;
    u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
}

/// A line that fits into a box.
fn cut(line: &str) -> String {
    const FITS: usize = 28;
    match line.char_indices().nth(FITS) {
        None => line.to_owned(),
        Some((end, _)) => format!("{}…", &line[..end]),
    }
}

fn text(svg: &mut String, (x, y): (f64, f64), class: &str, what: &str) {
    let what = escaped(what);
    let _ = writeln!(svg, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{what}</text>");
}
