//! Get-StoreHistory: who changed what, when and why; of the store, of servers, or of one object.

use super::past::Kept;
use super::past::changes::Revised;
use super::past::find::{self, NOUN};
use super::past::moment;
use crate::answer::{Column, Object, Problem, cells};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::shared::not_found;
use crate::cmdlet::shared::table_views::{OBJECT_HISTORY, PROPERTY_HISTORY, STORE_HISTORY};
use crate::cmdlet::transaction::{Archive, Difference, Draft, Outcome, RevisionInfo, StoreFile, short};
use crate::manual::{Example, Exclusion, Help};
use crate::param::{Completes, Group, Kind, Moment, Param, Value, Verb, param};
use crate::text::{Wildcard, is_wild};

const GET: &[Verb] = &[Verb::Get];

static IDENTITY: Param =
    param("Identity", Kind::Text, "Changes to this object alone, of any noun, whatever it was called then")
        .completes(Completes::Connector)
        .on(GET)
        .position(1, GET)
        .group(Group::Identity)
        .example("'HUB01\\Relay'");
static SERVER: Param =
    param("Server", Kind::List(&Kind::Text), "Changes to these servers alone; wildcards are allowed")
        .completes(Completes::Server)
        .on(GET)
        .group(Group::Identity);
static PROPERTY: Param = param(
    "Property",
    Kind::List(&Kind::Text),
    "With -Identity: the object's properties, what each was and became; else the columns to print",
)
.group(Group::Store);
static SINCE: Param =
    param("Since", moment::KIND, "Revisions from this date or time on").on(GET).group(Group::Limits);
static UNTIL: Param =
    param("Until", moment::KIND, "Revisions up to this date or time; a date means its whole day")
        .on(GET)
        .group(Group::Limits);
static AUTHOR: Param = param(
    "Author",
    Kind::Text,
    "Revisions whose author's name or address holds this text; wildcards are allowed",
)
.on(GET)
.group(Group::Limits);
static REASON: Param =
    param("Reason", Kind::Text, "Revisions whose subject holds this text; wildcards are allowed")
        .on(GET)
        .group(Group::Limits);
static RESULT_SIZE: Param =
    param("ResultSize", Kind::Unlimited(1, 1_000_000), "How many revisions to show, from the newest")
        .group(Group::Limits);

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Get,
    noun: "StoreHistory",
    synopsis: "Show the store's revisions, or those of one object, the newest first",
    help: Help::new(
        "Every change is a revision with its author, its time, the line that made it and the reason that was given; what was changed by hand, in an editor or with git, is one too. With -Identity it shows the changes to one object, of any noun, removed or not, under every name that it had; -Property then shows who changed which property, from which value to which. Dates are read as they are printed, '2026-11-22 13:19:55+01:00', with or without the time or the offset.",
        &[
            Example::new("get-storehistory", "Shows every revision."),
            Example::new(
                "get-storehistory -Server HUB01 -ResultSize 3 -Output list",
                "Shows the last three changes to a server, with the lines that made them.",
            ),
            Example::new("get-storehistory 'HUB01\\Relay'", "Shows what was done to one connector."),
            Example::new(
                "get-storehistory 'HUB01\\Relay' -Property RemoteIPRanges",
                "Shows who changed its remote ranges, and how.",
            ),
        ],
    )
    .columns(|| [HEAD.to_vec(), CHANGED.to_vec(), PROPERTIES.to_vec(), TAIL.to_vec()].concat()),
    params,
    effect: Effect::Reads,
    excludes: || vec![Exclusion::new(&IDENTITY, [&SERVER])],
    run,
    ..DEFAULTS
};

fn params() -> Vec<&'static Param> {
    vec![&IDENTITY, &NOUN, &SERVER, &SINCE, &UNTIL, &AUTHOR, &REASON, &RESULT_SIZE, &PROPERTY]
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(archive) = draft.archive() else { return Ok(Outcome::default()) };
    let chosen = Chosen::of(call);
    let limit = match call.args.value(&RESULT_SIZE) {
        Some(Value::Int(number)) => usize::try_from(*number).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    if let Some(text) = call.args.text(&IDENTITY) {
        let object = find::one(&text, call, draft, archive)?;
        let revisions = find::revisions(&object, archive)?.into_iter();
        let shown: Vec<Revised> = revisions.filter(|revised| chosen.takes(&revised.revision)).collect();
        let is_server = object.kept == Kept::Server;
        let mut outcome = of_object(&shown, is_server, &call.args.texts(&PROPERTY), limit)?;
        outcome.notices.extend(chosen.unmatched(shown.is_empty()));
        return Ok(outcome);
    }
    let mut shown = Vec::new();
    let mut collect = |revision: RevisionInfo| {
        if chosen.takes(&revision) {
            shown.push(object(&revision));
        }
        Ok(shown.len() < limit)
    };
    match servers(call, draft, archive)?.as_deref() {
        None => archive.history(None, &mut collect)?,
        Some([one]) => archive.history(Some(&StoreFile::Server(one.clone())), &mut collect)?,
        Some(several) => archive.history(None, &mut |revision| {
            let touched = revision.servers.iter().any(|name| several.contains(name));
            if touched { collect(revision) } else { Ok(true) }
        })?,
    }
    Ok(Outcome { notices: chosen.unmatched(shown.is_empty()), ..Outcome::of(shown) })
}

/// Which revisions are shown.
struct Chosen {
    since: Option<jiff::Timestamp>,
    until: Option<jiff::Timestamp>,
    author: Option<Wildcard>,
    reason: Option<Wildcard>,
}

impl Chosen {
    /// What is said where the revisions that were asked for are none.
    fn unmatched(&self, is_empty: bool) -> Vec<String> {
        let narrows =
            self.since.is_some() || self.until.is_some() || self.author.is_some() || self.reason.is_some();
        if is_empty && narrows { vec!["no revision matches".to_owned()] } else { Vec::new() }
    }

    fn of(call: &Call<'_>) -> Self {
        let zone = (call.context.zone)();
        let moment = |param: &Param| call.args.text(param).and_then(|text| Moment::parse(&text));
        let within = |param: &Param| {
            let text = call.args.text(param)?;
            Some(Wildcard::new(&if is_wild(&text) { text } else { format!("*{text}*") }))
        };
        Chosen {
            since: moment(&SINCE).and_then(|moment| moment.first(&zone)),
            until: moment(&UNTIL).and_then(|moment| moment.last(&zone)),
            author: within(&AUTHOR),
            reason: within(&REASON),
        }
    }

    fn takes(&self, revision: &RevisionInfo) -> bool {
        let by = |author: &Wildcard| author.matches(&revision.author) || author.matches(&revision.email);
        self.since.is_none_or(|since| revision.when >= since)
            && self.until.is_none_or(|until| revision.when <= until)
            && self.author.as_ref().is_none_or(by)
            && self.reason.as_ref().is_none_or(|reason| reason.matches(&revision.subject))
    }
}

/// The servers that -Server means, those of the past too; nothing where it was not given.
fn servers(
    call: &Call<'_>,
    draft: &mut Draft<'_>,
    archive: &dyn Archive,
) -> Result<Option<Vec<String>>, Problem> {
    if !call.args.has(&SERVER) {
        return Ok(None);
    }
    let mut found: Vec<String> = Vec::new();
    for text in call.args.texts(&SERVER) {
        if is_wild(&text) {
            let pattern = Wildcard::new(&text);
            archive.history(None, &mut |revision| {
                found.extend(revision.servers.into_iter().filter(|name| pattern.matches(name)));
                Ok(true)
            })?;
            continue;
        }
        match find::server_once(&text, draft, archive)? {
            Some(name) => found.push(name),
            None => return Err(not_found::no_server(&text, draft).about(SERVER.name)),
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(Some(found))
}

/// What was done to one object: a row a revision, or a row for each change of the properties that were named.
fn of_object(
    revisions: &[Revised],
    is_server: bool,
    properties: &[String],
    limit: usize,
) -> Result<Outcome, Problem> {
    let warnings: Vec<String> = revisions.iter().filter_map(unread).collect();
    let readable = revisions.iter().filter(|revised| revised.unread.is_none());
    let objects = if properties.is_empty() {
        readable.take(limit).map(|revised| changes(revised, is_server)).collect()
    } else {
        let patterns: Vec<Wildcard> = properties.iter().map(|text| Wildcard::new(text)).collect();
        let named = |difference: &&Difference| patterns.iter().any(|p| p.matches(difference.property));
        let rows = readable.flat_map(|revised| {
            revised.differences.iter().filter(named).map(|difference| blame(&revised.revision, difference))
        });
        rows.take(limit).collect()
    };
    Ok(Outcome { notices: warnings, heeds_property: true, ..Outcome::of(objects) })
}

fn unread(revised: &Revised) -> Option<String> {
    let why = revised.unread.as_ref()?;
    Some(format!("what revision {} changed is not shown: {why}", short(&revised.revision.id)))
}

static HEAD: [Column; 3] = [
    ("Revision", "The revision, its identifier shortened"),
    ("When", "When it was made"),
    ("Author", "Who made it"),
];
static CHANGED: [Column; 1] = [("Changes", "With -Identity: the properties that it changed")];
static PROPERTIES: [Column; 4] = [
    ("Identity", "With -Identity and -Property: the object, as it was called"),
    ("Property", "With -Identity and -Property: the property"),
    ("Before", "With -Identity and -Property: what it was"),
    ("After", "With -Identity and -Property: what it became"),
];
static TAIL: [Column; 4] = [
    ("Subject", "The line that made it, or its reason"),
    ("Servers", "The servers that it is about"),
    ("Body", "The rest of its message"),
    ("Id", "The whole identifier"),
];

/// Which revision, when and whose.
fn head(revision: &RevisionInfo) -> Vec<(&'static str, Value)> {
    cells(
        &HEAD,
        [Value::text(short(&revision.id)), Value::Time(revision.when), Value::text(&revision.author)],
    )
}

/// Why, and the line that made it.
fn tail(revision: &RevisionInfo) -> Vec<(&'static str, Value)> {
    let servers = Value::texts(&revision.servers);
    let body = Value::text(revision.body.trim_end());
    cells(&TAIL, [Value::text(&revision.subject), servers, body, Value::text(&revision.id)])
}

fn object(revision: &RevisionInfo) -> Object {
    Object::new(&STORE_HISTORY, [head(revision), tail(revision)].concat())
}

/// A revision, and what it did to the object in a few words. Connectors that came to a server or left it are named.
fn changes(revised: &Revised, is_server: bool) -> Object {
    let mut words: Vec<String> = Vec::new();
    for Difference { identity, property, before, after, .. } in &revised.differences {
        let word = match (*property, before, after) {
            ("Name", Value::Null, _) => "created",
            ("Name", _, Value::Null) => "removed",
            (property, ..) => property,
        };
        let connector = identity.split_once('\\').filter(|_| is_server && word != *property);
        let word = connector.map_or(word.to_owned(), |(_, name)| format!("{name} {word}"));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if let Some(whole) =
        ["created", "removed"].into_iter().find(|whole| words.iter().any(|word| word == whole))
    {
        words = vec![whole.to_owned()];
    }
    let own = cells(&CHANGED, [Value::texts(words)]);
    let (head, tail) = (head(&revised.revision), tail(&revised.revision));
    Object::new(&OBJECT_HISTORY, [head, own, tail].concat())
}

/// One property that a revision changed.
fn blame(revision: &RevisionInfo, difference: &Difference) -> Object {
    let Difference { identity, property, before, after, .. } = difference;
    let own =
        cells(&PROPERTIES, [Value::text(identity), Value::text(*property), before.clone(), after.clone()]);
    Object::new(&PROPERTY_HISTORY, [head(revision), own, tail(revision)].concat())
}
