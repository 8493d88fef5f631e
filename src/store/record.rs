//! A commit's text, parsed: its tree, its parents, who and when, the message. It refuses to know where commits
//! come from.

use git2::Oid;

use super::change::{Person, When};

/// What a commit says.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub tree: Oid,
    pub parents: Vec<Oid>,
    pub author: Person,
    /// When it was committed.
    pub when: When,
    pub message: String,
}

impl Record {
    /// None when the text is no commit's.
    pub(super) fn parse(bytes: &[u8]) -> Option<Record> {
        let text = String::from_utf8_lossy(bytes);
        let (head, message) = text.split_once("\n\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let tree = Oid::from_str(lines.next()?.strip_prefix("tree ")?).ok()?;
        let (mut parents, mut author, mut when) = (Vec::new(), None, None);
        for line in lines {
            if let Some(id) = line.strip_prefix("parent ") {
                parents.push(Oid::from_str(id).ok()?);
            } else if let Some(who) = line.strip_prefix("author ") {
                author = author.or(Some(person(who)?.0));
            } else if let Some(who) = line.strip_prefix("committer ") {
                when = when.or(Some(person(who)?.1));
            }
        }
        Some(Record { tree, parents, author: author?, when: when?, message: message.to_owned() })
    }
}

/// `Name <address> seconds +hhmm`
fn person(line: &str) -> Option<(Person, When)> {
    let (name, rest) = line.split_once('<')?;
    let (email, rest) = rest.rsplit_once('>')?;
    let (seconds, offset) = rest.trim().split_once(' ')?;
    let offset: i32 = offset.parse().ok()?;
    let when = When { seconds: seconds.parse().ok()?, offset_minutes: offset / 100 * 60 + offset % 100 };
    Some((Person { name: name.trim().to_owned(), email: email.to_owned() }, when))
}
