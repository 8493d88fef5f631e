//! A list as CSV: a line for each rule, first match first.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::words::{self, Carried, Refusal};
use super::{Names, Opened, Opening, Unread, areas};
use crate::flow::area::EVERY_PORT;
use crate::flow::area::{Area, left};
use crate::net::RemoteRange;

/// Columns that are read, each with the headings that it goes by, without blanks and signs and in lower case.
const COLUMNS: [(&str, &[&str]); 5] = [
    (
        "Source",
        &[
            "source",
            "src",
            "from",
            "sourceip",
            "srcip",
            "sourceaddress",
            "srcaddr",
            "sourceipaddresses",
            "sourceaddresses",
            "sourceipaddress",
        ],
    ),
    (
        "Destination",
        &[
            "destination",
            "dst",
            "dest",
            "to",
            "destinationip",
            "dstip",
            "destip",
            "destinationaddress",
            "dstaddr",
            "destinationipaddresses",
            "destinationaddresses",
            "destinationipaddress",
        ],
    ),
    ("Protocol", &["protocol", "proto", "ipprotocol", "transport"]),
    (
        "Port",
        &[
            "port",
            "ports",
            "destinationport",
            "destinationports",
            "dstport",
            "destport",
            "dport",
            "service",
            "services",
        ],
    ),
    ("Action", &["action", "verdict", "decision"]),
];

const HEADINGS: &str =
    "the first line names the columns: Source,Destination,Protocol,Port, and Action where lines deny";

/// Where each of [`COLUMNS`] stands.
type Places = [Option<usize>; 5];

/// How many lines that are not understood are reported at once.
const MOST_UNREAD: usize = 20;

/// Reads the list.
pub fn read(text: &str, names: Names<'_>) -> Result<Opened, Vec<Unread>> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = [b';', b'\t'].into_iter().find(|one| first.contains(char::from(*one))).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let (mut opened, mut denied, mut others) = (Opened::default(), Vec::<Area>::new(), Vec::new());
    let mut places: Option<(Places, usize)> = None;
    let is_open = has_open_quotation(text);
    let mut unread: Vec<Unread> = Vec::new();
    let mut records = reader.records().peekable();
    while let Some(record) = records.next() {
        if unread.len() == MOST_UNREAD {
            break;
        }
        let record = record.map_err(|error| vec![Unread::new("", error.to_string(), HEADINGS)])?;
        let line = record.position().map_or(0, csv::Position::line);
        let place = format!("line {line}");
        let Some((places, width)) = places else {
            let found = columns(&record, &place, names).map_err(|unread| vec![unread])?;
            places = Some((found, record.len()));
            continue;
        };
        if record.iter().all(str::is_empty) {
            continue;
        }
        // What a quotation mark opens and nothing closes ends with the text.
        let is_open = is_open && records.peek().is_none();
        match row(&record, places, (width, is_open), names) {
            Err((message, hint)) => unread.push(Unread::new(place, message, hint)),
            Ok(None) => others.push(line.to_string()),
            Ok(Some((areas, false))) => denied.extend(areas),
            Ok(Some((areas, true))) => {
                let areas = if denied.is_empty() { areas } else { left(areas, &denied) };
                opened.openings.push(Opening { place, areas });
            }
        }
    }
    if places.is_none() {
        return Err(vec![Unread::new("", "has no line", HEADINGS)]);
    }
    if !unread.is_empty() {
        return Err(unread);
    }
    if !others.is_empty() {
        opened.remarks.push(format!("not compared, since their protocol has no ports: {}", lines(&others)));
    }
    Ok(opened)
}

/// Whether a quotation mark is not closed up to the end, so that the last line has swallowed what follows it.
fn has_open_quotation(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.matches('"').count()).sum::<usize>() % 2 == 1
}

fn lines(numbers: &[String]) -> String {
    let word = if numbers.len() == 1 { "line" } else { "lines" };
    format!("{word} {}", numbers.join(", "))
}

/// Where the columns stand, by their headings.
fn columns(record: &StringRecord, place: &str, names: Names<'_>) -> Result<Places, Unread> {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let headings: Vec<String> = record.iter().map(plain).collect();
    let of = |names: &[&str]| headings.iter().position(|heading| names.contains(&heading.as_str()));
    let found = COLUMNS.map(|(_, names)| of(names));
    let missing: Vec<&str> = COLUMNS
        .iter()
        .zip(&found)
        .take(4)
        .filter(|((name, _), at)| at.is_none() && *name != "Protocol")
        .map(|((name, _), _)| *name)
        .collect();
    if missing.is_empty() {
        return Ok(found);
    }
    let starts_with_data =
        record.get(0).is_some_and(|cell| words::addresses(cell, names).is_ok_and(|all| !all.is_empty()));
    let message = match starts_with_data {
        true => "has no headings".to_owned(),
        false => format!("no column is called {}", missing.join(" or ")),
    };
    Err(Unread::new(place, message, HEADINGS))
}

/// The areas of a line, and whether it lets them pass; nothing where its protocol has no ports.
fn row(
    record: &StringRecord,
    places: Places,
    (width, is_open): (usize, bool),
    names: Names<'_>,
) -> Result<Option<(Vec<Area>, bool)>, Refusal> {
    if (is_open || record.iter().any(|cell| cell.contains('\n'))) && record.len() < width {
        return Err((
            "has a quotation mark that is not closed".to_owned(),
            "close it on the same line".to_owned(),
        ));
    }
    if record.len() > width {
        let message = format!("has {} cells, and there are {width} columns", record.len());
        return Err((message, "write several values of one cell in quotes: \"25,587\"".to_owned()));
    }
    let cell = |column: usize| places[column].and_then(|at| record.get(at)).unwrap_or_default();
    let [source, destination, protocol, ports, action] = std::array::from_fn(cell);
    let addresses = |text: &str, column: usize| -> Result<Vec<RemoteRange>, Refusal> {
        match words::addresses(text, names)? {
            none if none.is_empty() => Err(empty(COLUMNS[column].0)),
            found => Ok(found),
        }
    };
    let (sources, destinations) = (addresses(source, 0)?, addresses(destination, 1)?);
    let passes = words::lets_pass(action)?;
    let Carried::By(carried) = words::protocol(protocol)? else { return Ok(None) };
    let every_protocol = carried.len() > 1;
    let services = match words::services(ports, &carried)? {
        none if none.is_empty() && every_protocol => carried.iter().map(|one| (*one, EVERY_PORT)).collect(),
        none if none.is_empty() => return Err(empty(COLUMNS[3].0)),
        found => found,
    };
    Ok(Some((areas(&sources, &destinations, &services), passes)))
}

fn empty(column: &str) -> Refusal {
    (format!("has nothing under {column}"), "write any where every one is meant".to_owned())
}
