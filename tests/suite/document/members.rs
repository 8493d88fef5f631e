//! Laws over every noun of the organization: what is written is read, a change touches its key alone, remarks stay,
//! and an object comes and goes without its neighbours moving.

use exch::organization::{AcceptedDomain, EdgeSubscription, Member, Organization, SendConnector};
use exch::param::{Row, Value};
use exch::store::document::{read_part, write_part};

use super::laws::{difference, other};
use super::{ensure, same};
use crate::outcome::Failed;

const FILE: &str = "organization/file.toml";
const NAMES: [&str; 3] = ["First", "Second", "Third"];

/// An object that keeps every rule beside the others.
fn sound<N: Member>(name: &str, at: usize) -> Result<N, Failed> {
    let mut object = N::blank();
    for row in N::rows() {
        let text = match row.name() {
            "Name" => name.to_owned(),
            "DomainName" => format!("{name}.example"),
            "Default" => (at == 0).to_string(),
            "AddressSpaces" => "SMTP:*;1".to_owned(),
            "SourceTransportServers" => "HUB01".to_owned(),
            "Site" | "Domain" if row.stored(&object).is_some() => "Berlin".to_owned(),
            "Guid" => format!("00000000-0000-4000-8000-00000000000{at}"),
            _ => continue,
        };
        assign(row, &mut object, row.param.parse(&text).map_err(|why| why.message)?)?;
    }
    Ok(object)
}

fn assign<N: Member>(row: &Row<N>, object: &mut N, value: Value) -> Result<(), Failed> {
    row.assign(object, value).map_err(|why| why.message.into())
}

fn organization<N: Member>(all: &[N]) -> Organization {
    let mut organization = Organization::default();
    *N::list_mut(&mut organization) = all.to_vec();
    organization
}

fn written<N: Member>(old: Option<&str>, all: &[N]) -> Result<String, Failed> {
    let old = old.map(str::as_bytes);
    write_part(N::PART, old, FILE, &organization(all)).map_err(|why| why.to_string().into())
}

fn read<N: Member>(text: &str) -> Result<Vec<N>, Failed> {
    let mut organization = Organization::default();
    read_part(N::PART, text, FILE, &mut organization).map_err(|why| why.to_string())?;
    Ok(N::list(&organization).clone())
}

fn laws<N: Member>() -> Result<(), Failed> {
    let objects = NAMES.iter().enumerate().map(|(at, name)| sound::<N>(name, at));
    let objects: Vec<N> = objects.collect::<Result<_, Failed>>()?;
    let plain = written(None, &objects)?;
    ensure(read::<N>(&plain)? == objects, format!("read back differently:\n{plain}"))?;
    same(&written(Some(&plain), &objects)?, &plain)?;
    let text = remarked::<N>(&plain);
    ensure(read::<N>(&text)? == objects, format!("remarks are read:\n{text}"))?;
    // Another Guid is another object.
    for row in N::rows().iter().filter(|row| row.name() != "Guid") {
        alone(row, &text, &objects)?;
    }
    come_and_go(&text, &objects)
}

/// The text with a remark above the file, above each table and behind each header.
fn remarked<N: Member>(plain: &str) -> String {
    let header = format!("[[{}]]\n", N::NAME);
    let tables: Vec<String> = plain
        .split(&header)
        .skip(1)
        .zip(NAMES)
        .map(|(keys, name)| format!("# about {name}\n[[{}]] # {name}\n# below {name}\n{keys}", N::NAME))
        .collect();
    format!("# whose file this is\n\n{}", tables.concat())
}

/// Another value of one row of the second object changes lines of its key alone, and comes back.
fn alone<N: Member>(row: &'static Row<N>, text: &str, objects: &[N]) -> Result<(), Failed> {
    let Some(value) = row.stored(&objects[1]) else { return Ok(()) };
    let mut changed = objects.to_vec();
    assign(row, &mut changed[1], other(row.param.kind, &value))?;
    ensure(changed != objects, format!("{} has no other value", row.name()))?;
    let new = written(Some(text), &changed)?;
    same(&written(Some(&new), &changed)?, &new)?;
    let key = format!("{} = ", row.name());
    let lines = difference(text, &new);
    let is_key = |line: &String| line.starts_with(&key);
    ensure(!lines.is_empty() && lines.iter().all(is_key), format!("{}: {lines:?}", row.name()))?;
    same(&written(Some(&new), objects)?, text)
}

/// The bytes of every other object stay where one goes and where one comes.
fn come_and_go<N: Member>(text: &str, objects: &[N]) -> Result<(), Failed> {
    for (at, name) in NAMES.iter().enumerate().skip(1) {
        let mut fewer = objects.to_vec();
        fewer.remove(at);
        let less = written(Some(text), &fewer)?;
        ensure(read::<N>(&less)? == fewer, less.clone())?;
        same(less.trim_end(), without(text, name).trim_end())?;
    }
    let mut more = objects.to_vec();
    more.push(sound("Fourth", 9)?);
    let longer = written(Some(text), &more)?;
    ensure(longer.starts_with(text.trim_end()) && read::<N>(&longer)? == more, longer)
}

/// The text without the table of one object and the remark above it.
fn without(text: &str, name: &str) -> String {
    let (before, rest) = text.split_once(&format!("# about {name}\n")).unwrap_or((text, ""));
    let after = rest.find("# about ").map_or("", |at| &rest[at..]);
    format!("{before}{after}")
}

#[test]
fn accepted_domains() -> Result<(), Failed> {
    laws::<AcceptedDomain>()
}

#[test]
fn send_connectors() -> Result<(), Failed> {
    laws::<SendConnector>()
}

#[test]
fn edge_subscriptions() -> Result<(), Failed> {
    laws::<EdgeSubscription>()
}
