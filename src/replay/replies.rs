//! Each reply, compared with what the rules say at that step (M).

use std::cell::LazyCell;
use std::cmp::Reverse;

use super::client::step;
use super::permissions::{UNKNOWN_PEER, unknown_groups};
use super::{Agreement, Compared, Finding, Topic, outside, undecidable};
use crate::protocol_log::{Exchange, Message, Verb};
use crate::session::{Client, Outcome, Refusal, Step, Tls, Verdict};

/// Why a reply is no difference that no rule words.
const NO_SETTING: &str = "no setting of a connector makes this reply: an address that is invalid or does not exist, an agent, back pressure";

/// A command with its step, and of RCPT TO the recipient's place.
type Asked<'e, 's> = (&'e Exchange<'s>, Step, Option<usize>);

/// What the rules say of a command.
enum Predicted {
    Taken,
    /// Refused.
    Refused(Refusal),
    /// The session ends before.
    NotReached(Refusal),
    /// It depends on what is not known.
    Undecided(String),
}

/// What decided about a client, made where it is asked for.
type Grounds<'v> = &'v dyn Fn() -> &'v Verdict;

impl Compared<'_, '_> {
    pub(super) fn replies(&mut self) {
        if self.facts.is_proxied() {
            if self.facts.exchanges.iter().any(|one| one.verb == Verb::Mail) {
                let why = "a front end proxies the session: what its client may do is decided there";
                self.replay.add(undecidable(Topic::Reply, "mail of a proxied client", why), &self.client);
            }
            return;
        }
        for exchange in &self.facts.exchanges {
            let Some(step) = step(exchange.verb) else { continue };
            if exchange.reply.is_some() {
                self.client_gives(exchange);
                self.compare(&[(exchange, step, None)]);
            }
        }
        for message in &self.facts.messages {
            self.message(message);
        }
    }

    fn message(&mut self, message: &Message<'_>) {
        let all = &self.facts.exchanges;
        let Some(mail) = all.get(message.exchange) else { return };
        if !self.client_sends(message) {
            let reply = mail.reply.unwrap_or_default();
            let is_outside =
                mail.is_refused() && Refusal::worded(reply, self.model.host.server.version).is_empty();
            let finding = match is_outside {
                true => outside(Topic::Reply, &code_of(reply), NO_SETTING),
                false => undecidable(Topic::Reply, &code_of(reply), "the log does not have the sender"),
            };
            if mail.reply.is_some() {
                self.replay.add(finding, &self.client);
            }
            return;
        }
        let mut steps = Vec::with_capacity(message.recipients.len() + 2);
        steps.push((mail, Step::MailFrom, None));
        let to = message.recipients.iter().enumerate();
        steps.extend(to.filter_map(|(at, to)| Some((all.get(to.exchange)?, Step::RcptTo, Some(at)))));
        steps.extend(message.data.and_then(|at| all.get(at)).map(|data| (data, Step::Data, None)));
        if !self.is_whole() && self.client.mechanism.is_none() {
            let why = "the beginning of the session is not in the logs: whether the client authenticated is unknown";
            self.replay.add(undecidable(Topic::Reply, "mail", why), &self.client);
            return;
        }
        self.compare(&steps);
    }

    /// Whether the logs have the beginning of the session.
    pub(super) fn is_whole(&self) -> bool {
        self.session.begun || self.facts.greeting.is_some() || self.facts.helo.is_some()
    }

    /// Compares the replies to some commands of the client. Where the logs do not have the beginning of the session, it
    /// may be encrypted: whichever agrees counts.
    fn compare(&mut self, steps: &[Asked<'_, '_>]) {
        let replied = steps.iter().filter(|(exchange, ..)| exchange.reply.is_some()).count();
        let replied = u32::try_from(replied).unwrap_or_default();
        if self.is_passed(steps) {
            self.replay.equal += replied;
            return;
        }
        let mut found = self.findings(steps, &self.client);
        let in_tls = (!found.is_empty() && !self.is_whole() && self.client.tls == Tls::None)
            .then(|| Client { tls: Tls::StartTls, ..self.client.clone() });
        let mut client = &self.client;
        if let Some(in_tls) = &in_tls {
            let other = self.findings(steps, in_tls);
            if (worst(&other), self.end(in_tls)) < (worst(&found), self.end(client)) {
                (found, client) = (other, in_tls);
            }
        }
        self.replay.equal += replied.saturating_sub(u32::try_from(found.len()).unwrap_or_default());
        found.into_iter().for_each(|finding| self.replay.add(finding, client));
    }

    /// Whether the log refuses none of the commands, and neither do the rules: so it is nearly always, and takes least.
    fn is_passed(&self, steps: &[Asked<'_, '_>]) -> bool {
        let last = steps.iter().map(|(_, step, _)| *step).max();
        steps.iter().all(|(exchange, ..)| !exchange.is_refused())
            && last.is_some_and(|last| self.model.service.passes(self.at, &self.client, last))
    }

    /// Where the rules refuse a client, the latest first; nothing where they do not.
    fn end(&self, client: &Client) -> Option<Reverse<Refusal>> {
        self.model.service.decide(client).outcome.refusal().map(Reverse)
    }

    fn findings(&self, steps: &[Asked<'_, '_>], client: &Client) -> Vec<Finding> {
        let service = self.model.service;
        let decision = service.decide(client);
        let outcome = decision.outcome;
        let recipients = match outcome {
            Outcome::Accepted => Vec::new(),
            _ => service.refused_recipients(self.at, client, decision),
        };
        // Nearly all refusals in a log are what no connector decides, which needs no reasons.
        let grounds = LazyCell::new(|| service.grounds(client, decision));
        let finding = |(exchange, step, recipient): &Asked<'_, '_>| {
            let recipient = recipient.and_then(|at| recipients.get(at).copied());
            self.finding(exchange, predicted(outcome, *step, recipient), &|| &grounds, client)
        };
        let mut found: Vec<Finding> = Vec::new();
        for one in steps.iter().filter_map(finding) {
            // What a refusal at one step does to all later ones is one difference.
            let is_last = one.agreement == Agreement::Differs;
            found.push(one);
            if is_last {
                break;
            }
        }
        found
    }

    fn finding(
        &self,
        exchange: &Exchange<'_>,
        predicted: Predicted,
        grounds: Grounds<'_>,
        client: &Client,
    ) -> Option<Finding> {
        let reply = exchange.reply?;
        let (taken, refused) = (exchange.is_taken(), exchange.is_refused());
        match predicted {
            _ if !taken && !refused => None,
            Predicted::Taken if taken => None,
            Predicted::Taken => Some(self.refused_in_log(exchange, reply, "accepted", grounds)),
            Predicted::Refused(refusal) if refused => {
                let line = self.line(refusal);
                if is_same(reply, line.as_deref().unwrap_or_default()) {
                    None
                } else if self.is_later(refusal, reply) {
                    // The rules get further than the log did.
                    Some(self.refused_in_log(exchange, reply, line.as_deref().unwrap_or_default(), grounds))
                } else {
                    Some(self.refused_by_rules(reply, refusal, grounds, client))
                }
            }
            // The session went on by what no connector decides; the rules end it earlier.
            Predicted::NotReached(_) if refused => None,
            Predicted::Undecided(why) => Some(undecidable(Topic::Reply, &code_of(reply), &why)),
            Predicted::Refused(refusal) | Predicted::NotReached(refusal) => {
                Some(self.refused_by_rules(reply, refusal, grounds, client))
            }
        }
    }

    /// The line with which the connector refuses.
    fn line(&self, refusal: Refusal) -> Option<String> {
        self.model.service.refusal_line(self.at, refusal)
    }

    /// Whether a refusal comes later in a session than every one that is worded like the reply.
    fn is_later(&self, refusal: Refusal, reply: &str) -> bool {
        let likely = Refusal::worded(reply, self.model.host.server.version);
        likely.iter().max().is_some_and(|last| *last < refusal)
    }

    /// The log has a refusal that the rules do not have there.
    fn refused_in_log(
        &self,
        exchange: &Exchange<'_>,
        reply: &str,
        model: &str,
        grounds: Grounds<'_>,
    ) -> Finding {
        let logged = code_of(reply);
        let likely = Refusal::worded(reply, self.model.host.server.version);
        if exchange.verb == Verb::Auth && reply.starts_with("535") {
            return outside(Topic::Reply, &logged, "the account or its password was refused");
        }
        if likely.is_empty() {
            return outside(Topic::Reply, &logged, NO_SETTING);
        }
        if likely.iter().all(|refusal| refusal.needs_more_than_a_log()) {
            let why = "it depends on what no log has: connections and messages at the same time, the header, the state of the service";
            return undecidable(Topic::Reply, &logged, why);
        }
        let found = grounds().reasons.iter().find(|reason| likely.contains(&reason.refusal));
        let why = match found {
            Some(reason) => {
                let all: Vec<String> =
                    reason.evidence.iter().map(|one| one.describe(self.model.policy)).collect();
                all.join("; ")
            }
            None => "nothing in the store refuses it".to_owned(),
        };
        let rule = likely.first().map(|refusal| refusal.number());
        let model = model.to_owned();
        Finding { agreement: Agreement::Differs, topic: Topic::Reply, logged, model, rule, why }
    }

    /// The rules refuse what the log has not refused, or with another reply.
    fn refused_by_rules(
        &self,
        reply: &str,
        refusal: Refusal,
        grounds: Grounds<'_>,
        client: &Client,
    ) -> Finding {
        let logged = code_of(reply);
        let model = self.line(refusal).unwrap_or_else(|| "refused".to_owned());
        let by_right = refusal.needs_a_right();
        if by_right && self.has_unknown_groups(client) {
            let user = client.user.clone().unwrap_or_default();
            return Finding { model, ..undecidable(Topic::Reply, &logged, &unknown_groups(&user)) };
        }
        if by_right && self.is_unknown_peer(client) {
            return Finding { model, ..undecidable(Topic::Reply, &logged, UNKNOWN_PEER) };
        }
        let mut reasons = grounds().reasons.iter();
        let reason = reasons.find(|reason| reason.passed == Some(false) && reason.refusal == refusal);
        let evidence = reason.map(|reason| reason.evidence.as_slice()).unwrap_or_default();
        let why: Vec<String> = evidence.iter().map(|one| one.describe(self.model.policy)).collect();
        Finding {
            agreement: Agreement::Differs,
            topic: Topic::Reply,
            logged,
            model,
            rule: Some(reason.map_or(refusal.number(), |reason| reason.number)),
            why: why.join("; "),
        }
    }
}

/// How the findings of one client come out together.
fn worst(findings: &[Finding]) -> Option<Agreement> {
    findings.iter().map(|finding| finding.agreement).max()
}

/// What the rules say at a step of a session that comes out so; of RCPT TO what they say of the recipient, where the
/// session comes so far.
fn predicted(outcome: Outcome, step: Step, recipient: Option<Option<Refusal>>) -> Predicted {
    let ends = outcome.refusal().filter(|_| outcome.is_rejected());
    match (ends, recipient) {
        (_, Some(refusal)) => refusal.map_or(Predicted::Taken, Predicted::Refused),
        (Some(refusal), _) if refusal.step() < step && refusal.step() < Step::EndOfData => {
            Predicted::NotReached(refusal)
        }
        (Some(refusal), _) if refusal.step() <= step => Predicted::Refused(refusal),
        (None, _) if step == Step::Data => match outcome {
            Outcome::Undecided(conditions) => {
                let texts: Vec<&str> = conditions.iter().map(Into::into).collect();
                Predicted::Undecided(format!("it depends on this: {}", texts.join("; ")))
            }
            _ => Predicted::Taken,
        },
        _ => Predicted::Taken,
    }
}

/// A reply's digits and enhanced status code, and its words up to what differs from one session to the next.
fn code_of(reply: &str) -> String {
    let short = reply.split([';', '[', '<']).next().unwrap_or_default().trim();
    match reply.split_once(" SMTP;") {
        Some((code, rest)) => {
            format!("{code} SMTP;{}", rest.split(['[', '<']).next().unwrap_or_default().trim_end())
        }
        None => short.to_owned(),
    }
}

/// Whether a logged reply is the one that the rules give: its code, its enhanced code, and the text as far as both have
/// it.
fn is_same(logged: &str, model: &str) -> bool {
    let both = logged.bytes().zip(model.bytes());
    both.into_iter().all(|(one, other)| one.eq_ignore_ascii_case(&other))
}
