//! One message through the rules, in order. Whoever wants to know more than the outcome observes the walk.

use enumset::EnumSet;

use super::case::Case;
use super::rule::{Answer, Condition, Rule, Step};
use super::steps::{RULES, Refusal};
use crate::param::closed;

/// What became of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The message is taken for every recipient.
    Accepted,
    /// The message is taken for some recipients; the first of the others is refused for this.
    Partial(Refusal),
    /// No recipient is accepted.
    Rejected(Refusal),
    /// It is taken if these hold.
    Undecided(EnumSet<Condition>),
}

impl Outcome {
    /// Why the message, or its first recipient that is refused, is refused.
    #[must_use]
    pub fn refusal(self) -> Option<Refusal> {
        match self {
            Outcome::Partial(refusal) | Outcome::Rejected(refusal) => Some(refusal),
            Outcome::Accepted | Outcome::Undecided(_) => None,
        }
    }

    /// Whether a session that comes out so comes farther than one that comes out as `other`: later before it is refused,
    /// with some recipients, with all.
    pub(super) fn is_farther(self, other: Outcome) -> bool {
        let reached = |outcome| match outcome {
            Outcome::Rejected(refusal) => (0, Some(refusal)),
            Outcome::Partial(refusal) => (1, Some(refusal)),
            Outcome::Undecided(_) => (2, None),
            Outcome::Accepted => (3, None),
        };
        reached(self) > reached(other)
    }

    /// Whether no recipient is accepted.
    #[must_use]
    pub fn is_rejected(self) -> bool {
        matches!(self, Outcome::Rejected(_))
    }
}

closed! {
    /// How a session comes out: the message is taken for every recipient, for some, for none, or that is not known.
    Disposition: Accepted, Partial, Rejected, Undecided
}

impl From<Outcome> for Disposition {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted => Disposition::Accepted,
            Outcome::Partial(_) => Disposition::Partial,
            Outcome::Rejected(_) => Disposition::Rejected,
            Outcome::Undecided(_) => Disposition::Undecided,
        }
    }
}

/// Who watches a walk: every rule that is asked, in order, with its answer and the recipient's place.
pub(super) trait Observer {
    fn saw(&mut self, rule: &'static Rule, answer: Answer, recipient: Option<usize>);
}

/// Nobody, who costs nothing.
impl Observer for () {
    #[inline]
    fn saw(&mut self, _: &'static Rule, _: Answer, _: Option<usize>) {}
}

/// What a walk met.
#[derive(Clone, Copy)]
pub(super) struct Met {
    pub rule: &'static Rule,
    pub answer: Answer,
    pub recipient: Option<usize>,
}

impl Observer for Vec<Met> {
    fn saw(&mut self, rule: &'static Rule, answer: Answer, recipient: Option<usize>) {
        self.push(Met { rule, answer, recipient });
    }
}

/// The whole dialogue. A refusal ends the session, at RCPT TO that recipient alone: the message goes on with the
/// others. Nothing is asked after the step `last`.
pub(super) fn walk(case: &Case<'_>, last: Step, observer: &mut impl Observer) -> Outcome {
    let (mut conditions, mut refused) = (EnumSet::empty(), None);
    let asked = RULES.partition_point(|rule| rule.step <= last);
    for rules in RULES.get(..asked).unwrap_or_default().chunk_by(|one, next| one.step == next.step) {
        if rules.first().is_some_and(|rule| rule.step == Step::RcptTo) {
            match recipients(rules, case, observer, &mut conditions) {
                (0, Some(refusal)) => return Outcome::Rejected(refusal),
                (_, first) => refused = first,
            }
            continue;
        }
        for rule in rules {
            let answer = rule.of_session(case);
            observer.saw(rule, answer, None);
            match answer {
                Answer::Passes => {}
                Answer::Refuses => return Outcome::Rejected(rule.refusal),
                Answer::If(condition) => {
                    conditions.insert(condition);
                }
            }
        }
    }
    match refused {
        _ if !conditions.is_empty() => Outcome::Undecided(conditions),
        Some(refusal) => Outcome::Partial(refusal),
        None => Outcome::Accepted,
    }
}

/// Each recipient through the rules of its step: how many are taken, and why the first of the others is not.
fn recipients(
    rules: &'static [Rule],
    case: &Case<'_>,
    observer: &mut impl Observer,
    conditions: &mut EnumSet<Condition>,
) -> (u32, Option<Refusal>) {
    let (mut taken, mut refused) = (0, None);
    for (at, to) in case.client.recipients.iter().enumerate() {
        let mut refuses = |rule: &&'static Rule| {
            let answer = rule.of_recipient(case, taken, to);
            observer.saw(rule, answer, Some(at));
            if let Answer::If(condition) = answer {
                conditions.insert(condition);
            }
            answer == Answer::Refuses
        };
        match rules.iter().find(|rule| refuses(rule)) {
            Some(rule) => refused = refused.or(Some(rule.refusal)),
            None => taken += 1,
        }
    }
    (taken, refused)
}
