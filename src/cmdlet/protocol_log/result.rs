//! What came of many sessions that were decided again: counted by kinds, as rows and as a report.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::places::{UnknownServers, counted, nothing_compared, of_unknown_server};
use crate::answer::{Column, Exit, Object, Problem, TableView};
use crate::cmdlet::transaction::{LogsRead, Outcome};
use crate::manual::{Block, Document, Report};
use crate::param::Value;
use crate::protocol_log::Session;
use crate::replay::{Agreement, Finding, Replay};
use crate::session::Client;
use crate::text::grouped;

/// The most kinds that are kept apart: real differences are few.
const MOST_KINDS: usize = 10_000;
/// The most kinds that the report shows; rows are never left out.
const MOST_SHOWN: usize = 20;

/// A kind of difference.
static RESULT: TableView = TableView {
    noun: "ProtocolLogResult",
    table: &["Result", "Topic", "Connector", "Sessions", "Logged", "Model", "Rule"],
    headings: &[],
    name: "Connector",
};

/// The properties of a row, with what each is.
pub static COLUMNS: [Column; 10] = [
    ("Result", "Differs, NotDecidable or Outside"),
    ("Topic", "What was compared: Connector, Keywords, Permissions or Reply"),
    ("Connector", "The connector in the log"),
    ("Sessions", "How many sessions came out like that"),
    ("Logged", "What the log has"),
    ("Model", "What the rules say"),
    ("Rule", "The rule that decided it"),
    ("Why", "What decided it, or what is unknown"),
    ("Examples", "Sessions, by identifier"),
    ("Try", "The line that tries one"),
];

/// What is kept of a kind.
#[derive(Default)]
struct Kind {
    sessions: u64,
    examples: Vec<String>,
    try_line: String,
}

/// Everything that was counted.
#[derive(Default)]
pub struct Tally {
    /// How many sessions each kind names.
    sample: usize,
    /// Whether differences alone are shown.
    only_differences: bool,
    sessions: u64,
    by: BTreeMap<Agreement, u64>,
    /// Comparisons that came out equal, of all sessions.
    equal: u64,
    kinds: HashMap<(String, Finding), Kind>,
    /// Kinds beyond the most.
    more: u64,
    unknown_servers: UnknownServers,
}

impl Tally {
    /// Nothing yet. Each kind will name `sample` sessions.
    pub fn new(sample: usize, only_differences: bool) -> Self {
        Tally { sample, only_differences, ..Tally::default() }
    }

    /// Counts a session of a server that the store does not have.
    pub fn unknown_server(&mut self, session: &Session) {
        self.sessions += 1;
        self.unknown_servers.add(session);
    }

    /// Counts a session.
    pub fn add(&mut self, session: &Session, replay: &Replay, line: impl Fn(&Client) -> String) {
        self.sessions += 1;
        *self.by.entry(replay.agreement()).or_default() += 1;
        self.equal += u64::from(replay.equal);
        let mut seen: BTreeSet<&Finding> = BTreeSet::new();
        for (finding, client) in &replay.findings {
            if !seen.insert(finding) {
                continue;
            }
            let key = (session.connector.clone(), finding.clone());
            if self.kinds.len() >= MOST_KINDS && !self.kinds.contains_key(&key) {
                self.more += 1;
                continue;
            }
            let kind = self.kinds.entry(key).or_default();
            kind.sessions += 1;
            if kind.examples.len() < self.sample {
                kind.examples.push(session.id.clone());
            }
            if kind.try_line.is_empty() {
                kind.try_line = line(client);
            }
        }
    }

    fn count(&self, agreement: Agreement) -> u64 {
        self.by.get(&agreement).copied().unwrap_or_default()
    }

    /// What is printed: the rows, and for readers a report.
    ///
    /// # Errors
    /// Exit 4 where no session could be compared.
    pub fn outcome(&self, read: &LogsRead) -> Result<Outcome, Problem> {
        if self.compared() == 0 && !read.interrupted {
            return Err(nothing_compared(read, &self.unknown_servers));
        }
        let mut kinds: Vec<(&(String, Finding), &Kind)> = self.kinds.iter().collect();
        kinds.retain(|((_, finding), _)| !self.only_differences || finding.agreement == Agreement::Differs);
        kinds.sort_by(|(one, first), (other, second)| {
            let rank = |finding: &Finding| std::cmp::Reverse(finding.agreement);
            (rank(&one.1), second.sessions, one).cmp(&(rank(&other.1), first.sessions, other))
        });
        let differ = self.count(Agreement::Differs);
        let mut outcome = Outcome::of(kinds.iter().map(|(key, kind)| row(key, kind)).collect());
        outcome.exit = match self.equal {
            _ if differ > 0 => Exit::No,
            // A check that compared nothing must not pass for one that found no fault.
            0 if !read.interrupted => Exit::NotFound,
            _ => Exit::Done,
        };
        outcome.document = Some(Document::Report(self.report(&kinds)));
        outcome.notices.push(read.describe());
        if self.more > 0 {
            outcome.notices.push(format!("{} more kinds are not shown", grouped(self.more)));
        }
        Ok(outcome)
    }

    /// Sessions of servers that the store has.
    fn compared(&self) -> u64 {
        self.sessions - self.unknown_servers.sessions()
    }

    fn report(&self, kinds: &[(&(String, Finding), &Kind)]) -> Report {
        let differ = self.count(Agreement::Differs);
        let equal = self.count(Agreement::Equal);
        let counted = counted(self.sessions);
        let answer = match (self.compared(), differ) {
            (0, _) => "nothing was compared yet".to_owned(),
            (_, 0) if self.equal == 0 => {
                format!("nothing can be compared: {counted} with too little in the logs")
            }
            (compared, 0) if compared == equal => format!("equal: {counted}, decided as in the logs"),
            (_, 0) => format!(
                "no difference: of {counted} {} equal, {} not decidable, {} outside",
                grouped(equal),
                grouped(self.count(Agreement::NotDecidable)),
                grouped(self.count(Agreement::Outside))
            ),
            (_, 1) => format!("1 of {counted} differs from what the rules decide"),
            _ => format!("{} of {counted} differ from what the rules decide", grouped(differ)),
        };
        let entry =
            |name: &str, count: u64, says: &str| (name.to_owned(), format!("{}{says}", grouped(count)));
        let mut entries = vec![
            entry("Read", self.sessions, ""),
            entry("Equal", equal, ""),
            entry("Differ", differ, ""),
            entry("Not decidable", self.count(Agreement::NotDecidable), ", by what the store does not know"),
            entry("Outside", self.count(Agreement::Outside), ", by what no setting of a connector decides"),
        ];
        for (server, unknown) in self.unknown_servers.iter() {
            entries.push(entry(
                "Other server",
                unknown.sessions,
                &format!(", {}", of_unknown_server(server)),
            ));
        }
        let mut blocks = vec![Block::Section("Sessions"), Block::Entries(entries)];
        let adds: Vec<String> =
            self.unknown_servers.iter().filter_map(|(server, one)| one.line(server)).collect();
        if !adds.is_empty() {
            blocks.push(Block::Screen(adds.join("\n")));
        }
        let sections = [
            (Agreement::Differs, "Differences"),
            (Agreement::NotDecidable, "Not decidable"),
            (Agreement::Outside, "Outside"),
        ];
        for (agreement, title) in sections {
            let of = kinds.iter().filter(|((_, finding), _)| finding.agreement == agreement);
            let count = of.clone().count();
            if count == 0 {
                continue;
            }
            blocks.push(Block::Section(title));
            for (key, kind) in of.take(MOST_SHOWN) {
                blocks.extend(described(key, kind));
            }
            if count > MOST_SHOWN {
                let more = count - MOST_SHOWN;
                blocks.push(Block::Prose(format!("{more} more kinds: -Output list shows all.")));
            }
        }
        Report { answer, blocks }
    }
}

/// A kind, to read.
fn described((connector, finding): &(String, Finding), kind: &Kind) -> Vec<Block> {
    let topic: &str = finding.topic.into();
    let sessions = if kind.sessions == 1 { "session" } else { "sessions" };
    let heading = format!("{topic} on {connector}: {} {sessions}", grouped(kind.sessions));
    let rule = finding.rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
    let pairs = [
        ("Log", finding.logged.clone()),
        ("Rules", finding.model.clone()),
        ("Why", format!("{}{rule}", finding.why)),
        ("Example", kind.examples.join(", ")),
    ];
    let entries = pairs.into_iter().filter(|(_, says)| !says.is_empty());
    let entries = entries.map(|(name, says)| (name.to_owned(), says)).collect();
    let mut blocks = vec![Block::Group(heading), Block::Entries(entries)];
    if finding.agreement == Agreement::Differs {
        blocks.push(Block::Screen(kind.try_line.clone()));
    }
    blocks
}

fn row((connector, finding): &(String, Finding), kind: &Kind) -> Object {
    let values = [
        Value::Choice(finding.agreement.into()),
        Value::Choice(finding.topic.into()),
        Value::text(connector),
        Value::Int(kind.sessions),
        Value::text(&finding.logged),
        Value::text(&finding.model),
        finding.rule.map_or(Value::Null, Value::text),
        Value::text(&finding.why),
        Value::texts(&kind.examples),
        Value::Line(kind.try_line.clone()),
    ];
    Object::result(&RESULT, &COLUMNS, values)
}
