//! Test-DataPath between two roles or two servers: the answer of the published tables, in words.

use super::{servers as data_path_servers, shared as data_path};
use crate::answer::{Column, Exit, Object, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::data_path::mail::MailReport;
use crate::cmdlet::data_path::shared::End;
use crate::cmdlet::definition::{Missing, row_params};
use crate::cmdlet::shared::table_views::DATA_PATH_ANSWER;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::datapath::{Answer, Condition, DataPath, Near, Part, Query, Verdict, encrypted, instead, rows};
use crate::manual::{Block, Document, ParameterSet, Report};
use crate::param::{Param, Value, Verb, same_name};

/// What this way to call cannot do without.
static REQUIRED: [&Param; 2] = [&rows::SOURCE.param, &rows::DESTINATION.param];

/// The parameters of this way to call.
pub fn params() -> Vec<&'static Param> {
    let mut params = row_params::<DataPath>(Verb::Test);
    params.extend([&rows::THROUGH_FIREWALL, &rows::PERIMETER]);
    params
}

/// Those of them that no other way to call has.
pub fn own() -> impl Iterator<Item = &'static Param> {
    params().into_iter().filter(|param| param.name != rows::PORT.name())
}

/// This way to call.
pub fn set() -> ParameterSet {
    let purpose = "what is documented between two roles or two servers";
    ParameterSet { switch: None, purpose, required: REQUIRED.to_vec(), gives: Vec::new() }
}

/// What is missing in a call of this form.
#[must_use]
pub fn needs(args: &Args) -> Vec<Missing> {
    REQUIRED.iter().filter(|param| !args.has(param)).map(|param| Missing::of(param)).collect()
}

/// A question in the words of the line.
struct Asked {
    source: End,
    destination: End,
    query: Query,
}

/// Answers from the tables, and between two servers of the store from what they are.
///
/// # Errors
/// Exit 2 for an end that is neither a role of that version nor a server.
pub fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let [source, destination] = REQUIRED;
    let ends = (data_path::end(source, &call.args, draft)?, data_path::end(destination, &call.args, draft)?);
    let (Some(from), Some(to)) = ends else { return Ok(Outcome::default()) };
    let version = data_path::version(&call.args, [&from, &to].into_iter().filter_map(End::host));
    let mut query = Query {
        source: Some(data_path::roles(source, &from, version)?),
        destination: Some(data_path::roles(destination, &to, version)?),
        ..data_path::query(call, version)
    };
    if query.conditions.contains(&Condition::Firewall) && !of_two_sites(&from, &to) {
        query.conditions.push(Condition::FirewallInSite);
    }
    let verdict = Verdict::of(&query);
    let mail = match (from.host(), to.host()) {
        (Some(from), Some(to)) => data_path_servers::mail(from, to, (&query, &verdict), draft)?,
        _ => None,
    };
    let asked = Asked { source: from, destination: to, query };
    let taken = mail.as_ref().is_none_or(|mail| mail.taken);
    let exit = if verdict.answer == Answer::Documented && taken { Exit::Done } else { Exit::No };
    let object = object(&asked, &verdict, mail.as_ref());
    let mail = mail.unwrap_or_default();
    let blocks = [blocks(&verdict), mail_blocks(&mail)].concat();
    let report = Report { answer: message(&asked, &verdict, taken), blocks };
    let document = Some(Document::Report(report));
    Ok(Outcome { exit, warnings: mail.findings, document, ..Outcome::of(vec![object]) })
}

/// Whether both ends are servers of sites that are known and differ.
fn of_two_sites(from: &End, to: &End) -> bool {
    let site = |end: &End| end.host().and_then(|host| host.server.site.clone());
    site(from).zip(site(to)).is_some_and(|(one, other)| !same_name(&one, &other))
}

/// The columns of an answer.
pub static COLUMNS: [Column; 14] = [
    ("Result", "Documented, NotSupported, NotDocumented or NotKnown (the table is not complete)"),
    ("Message", "The answer in one sentence"),
    ("Version", "The edition whose tables were asked"),
    ("Source", "Who connects"),
    ("Destination", "To whom"),
    ("Paths", "The data paths that answer, by Id"),
    ("Details", "Each of them in one line"),
    ("Unsupported", "Data paths that fit and are not supported under what was asked, by Id"),
    ("Failed", "The parts of the question for which no data path fits"),
    ("Nearest", "The data paths that come nearest, by Id"),
    ("Notes", "What else is to be known"),
    ("MailTaken", "Between two servers: whether the destination's connectors take the source's mail"),
    ("MailChecks", "Between two servers: what decides that"),
    ("MailMissing", "Between two servers: what is missing"),
];

fn object(asked: &Asked, verdict: &Verdict, mail: Option<&MailReport>) -> Object {
    let text = |text: &str| Value::text(text);
    let ids = |paths: &[&DataPath]| Value::List(paths.iter().map(|path| text(path.id)).collect());
    let nearest: Vec<&DataPath> = verdict.nearest.iter().map(|near| near.path).collect();
    let failed = verdict.failed().into_iter().map(|part| Value::Choice(part.into())).collect();
    let values = [
        Value::Choice(verdict.answer.into()),
        text(&message(asked, verdict, mail.is_none_or(|mail| mail.taken))),
        Value::Choice(asked.query.version.name()),
        text(asked.source.name()),
        text(asked.destination.name()),
        ids(&verdict.paths),
        Value::List(verdict.paths.iter().map(|path| text(&detail(path))).collect()),
        ids(&verdict.unsupported),
        Value::List(failed),
        ids(&nearest),
        Value::List(verdict.notes.iter().map(|note| text(&note.describe())).collect()),
        mail.map_or(Value::Null, |mail| Value::Bool(mail.taken)),
        Value::List(mail.map(|mail| mail.checks.clone()).unwrap_or_default()),
        Value::List(mail.map(|mail| mail.missing()).unwrap_or_default()),
    ];
    Object::result(&DATA_PATH_ANSWER, &COLUMNS, values)
}

/// The answer in one sentence; `taken` is whether the servers' own connectors take the mail that it is about.
fn message(asked: &Asked, verdict: &Verdict, taken: bool) -> String {
    let version = asked.query.version.name();
    let way = format!("from {} to {}", asked.source.name(), asked.destination.name());
    let paths = match verdict.paths.len() {
        1 => "1 data path".to_owned(),
        several => format!("{several} data paths"),
    };
    let dynamic = if verdict.dynamic { ", whose dynamic ports it may be one of" } else { "" };
    match verdict.answer {
        Answer::Documented => {
            let refused = if taken { "" } else { ", but mail would not be taken" };
            format!("documented{refused}: Exchange {version} has {paths} {way}{dynamic}")
        }
        Answer::NotSupported => {
            format!("not supported{}: {way}, Exchange {version}", where_it_stands(&asked.query))
        }
        Answer::NotDocumented => {
            format!("not documented: Exchange {version} has {}", nothing(&way, asked, verdict))
        }
        Answer::NotKnown => format!(
            "not known: the table of Exchange {version} is incomplete, and it has {}",
            nothing(&way, asked, verdict)
        ),
    }
}

/// What the question says of the way.
fn where_it_stands(query: &Query) -> String {
    let said = |condition: &Condition| match condition {
        Condition::Firewall => Some("through a firewall"),
        Condition::FirewallInSite => None,
        Condition::Perimeter => Some("in a perimeter network"),
    };
    let words: Vec<&str> = query.conditions.iter().filter_map(said).collect();
    format!(" {}", words.join(" or ")).trim_end().to_owned()
}

/// What there is not: a path at all, or one with the parts that failed.
fn nothing(way: &str, asked: &Asked, verdict: &Verdict) -> String {
    let failed = verdict.failed();
    if failed.iter().any(|part| matches!(part, Part::Source | Part::Destination)) {
        return format!("no data path {way}");
    }
    let parts: Vec<String> = failed.iter().map(|part| named(*part, &asked.query)).collect();
    format!("data paths {way}, but none {}", parts.join(" and "))
}

/// A part of the question as it was asked.
fn named(part: Part, query: &Query) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match part {
        Part::Source | Part::Destination => String::new(),
        Part::Port => format!("on port {}", text(&query.port.map(|port| port.to_string()))),
        Part::Protocol => format!("with protocol {}", text(&query.protocol)),
        Part::Authentication => {
            format!("with {} authentication", text(&query.auth.map(|auth| auth.name().to_owned())))
        }
        Part::Encrypted if query.encrypted == Some(false) => "without encryption by default".to_owned(),
        Part::Encrypted => "with encryption by default".to_owned(),
    }
}

/// The reasons: each data path that fits or comes near, then the notes.
fn blocks(verdict: &Verdict) -> Vec<Block> {
    let fitting = |paths: &[&DataPath]| paths.iter().map(|path| (path.id.to_owned(), facts(path))).collect();
    let nearest = verdict.nearest.iter().map(|near| (near.path.id.to_owned(), amiss(near))).collect();
    let about = |note: &&crate::datapath::Note| {
        let of_these = verdict.paths.iter().chain(&verdict.unsupported).map(|path| path.id);
        let ids: Vec<&str> = of_these.filter(|id| note.paths.contains(id)).collect();
        (ids.join(", "), note.describe())
    };
    let sections: [(&'static str, Vec<(String, String)>); 4] = [
        ("Data paths", fitting(&verdict.paths)),
        ("Not supported", fitting(&verdict.unsupported)),
        ("Nearest", nearest),
        ("Notes", verdict.notes.iter().map(about).collect()),
    ];
    let shown = sections.into_iter().filter(|(_, entries)| !entries.is_empty());
    shown.flat_map(|(title, entries)| [Block::Section(title), Block::Entries(entries)]).collect()
}

/// What the connectors of the two servers say to mail (D4).
fn mail_blocks(mail: &MailReport) -> Vec<Block> {
    let section = (!mail.notices.is_empty()).then_some(Block::Section("Mail"));
    section.into_iter().chain(mail.notices.iter().map(Block::prose)).collect()
}

/// A data path in one line.
fn detail(path: &DataPath) -> String {
    format!("{}: {}", path.id, facts(path))
}

/// What is stated of a data path.
fn facts(path: &DataPath) -> String {
    let ports = instead(path, if path.ports.is_empty() { Part::Port } else { Part::Protocol });
    format!(
        "ports {ports}; authentication {}; encrypted by default: {}",
        instead(path, Part::Authentication),
        encrypted(path)
    )
}

/// What a data path that comes near has in place of what was asked.
fn amiss(near: &Near) -> String {
    let name = |part: &Part| <&str>::from(*part);
    let has: Vec<String> =
        near.failed.iter().map(|part| format!("{} is {}", name(part), instead(near.path, *part))).collect();
    has.join(" and ")
}
