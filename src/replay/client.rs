//! A logged client as the evaluator takes one.

use super::Compared;
use crate::protocol_log::{Exchange, Handshake, Message, Verb};
use crate::session::{Client, Mechanism, Step, Tls};

impl<'s> Compared<'_, 's> {
    /// Makes the client what it is when it gives a command, before any message.
    pub(super) fn client_gives(&mut self, exchange: &Exchange<'_>) {
        let tls = match exchange.verb {
            Verb::StartTls => Tls::StartTls,
            Verb::AnonymousTls => Tls::AnonymousTls,
            _ => self.facts.tls.filter(|_| exchange.in_tls).map_or(Tls::None, of_handshake),
        };
        let logs_on = exchange.authenticated || exchange.verb == Verb::Auth;
        let mechanism = Some(exchange).filter(|one| one.verb == Verb::Auth);
        let mechanism = logs_on.then(|| self.mechanism(mechanism)).flatten();
        let user = logs_on.then(|| self.user()).flatten();
        let client = &mut self.client;
        (client.tls, client.mechanism) = (tls, mechanism);
        write(&mut client.user, user);
        if self.facts.helo.is_some() {
            write(&mut client.helo, self.facts.helo);
        }
        client.mail_from.clear();
        client.recipients.clear();
        client.size = None;
    }

    /// Makes the client what it is when it sends a message. False where the log does not have the sender.
    pub(super) fn client_sends(&mut self, message: &Message<'_>) -> bool {
        let Some(mail) = self.facts.exchanges.get(message.exchange) else { return false };
        self.client_gives(mail);
        let Some(sender) = message.sender else { return false };
        let client = &mut self.client;
        client.mail_from.push_str(sender);
        client.recipients.extend(message.recipients.iter().map(|to| to.address.to_owned()));
        client.size = message.declared;
        true
    }

    /// Makes the client what it is at the end of a session of which no message is known whole. The last step that it
    /// comes to: one that a front end hands on goes on to send mail, which is in another log.
    pub(super) fn client_ends(&mut self) -> Step {
        let facts = self.facts;
        let mail = facts.messages.last().filter(|_| self.is_whole() && !facts.is_proxied());
        if let Some(mail) = mail.and_then(|message| facts.exchanges.get(message.exchange)) {
            self.client_gives(mail);
            return Step::MailFrom;
        }
        let asked = || facts.exchanges.iter().filter_map(|one| Some((one, step(one.verb)?)));
        if let Some((last, _)) = asked().next_back() {
            self.client_gives(last);
        }
        let is_mail_elsewhere = facts.handed_on && self.client.mechanism.is_some();
        let last = asked().map(|(_, step)| step).max().unwrap_or(Step::Connect);
        if is_mail_elsewhere { Step::MailFrom } else { last }
    }

    /// Whether the log refuses the account or its password.
    pub(super) fn is_logon_failed(&self) -> bool {
        let last = self.facts.exchanges.iter().rev().find(|one| one.verb == Verb::Auth);
        last.is_some_and(|auth| match auth.reply {
            Some(_) => auth.code() == Some(535),
            None => self.facts.failed_logon.is_some() && self.facts.user.is_none(),
        })
    }

    /// The account, where the client authenticates as one.
    pub(super) fn user(&self) -> Option<&'s str> {
        self.facts.user.or(self.facts.refused_user)
    }

    /// How the client authenticates: by that command, else by the last one.
    pub(super) fn mechanism(&self, by: Option<&Exchange<'_>>) -> Option<Mechanism> {
        let last = || self.facts.exchanges.iter().rev().find(|one| one.verb == Verb::Auth);
        let mut words = by.or_else(last)?.text.split_ascii_whitespace();
        if words.next()?.eq_ignore_ascii_case("X-EXPS") {
            return Some(Mechanism::ExchangeServer);
        }
        let named = words.next()?;
        let all = [Mechanism::LOGIN, Mechanism::PLAIN, Mechanism::NTLM, Mechanism::GSSAPI];
        all.into_iter().find(|one| named.eq_ignore_ascii_case((*one).into()))
    }

    /// Whether an answer could depend on groups of the account that the store does not know.
    pub(super) fn has_unknown_groups(&self, client: &Client) -> bool {
        let of_account = client.mechanism.is_some_and(Mechanism::is_of_account);
        of_account && client.user.as_ref().is_none_or(|user| self.model.policy.known(user).is_none())
    }

    /// Whether nothing says which server the client is.
    pub(super) fn is_unknown_peer(&self, client: &Client) -> bool {
        client.mechanism == Some(Mechanism::ExchangeServer)
            && self.model.policy.server_at(client.remote).is_none()
    }
}

/// The step of a command before any message.
pub(super) fn step(verb: Verb) -> Option<Step> {
    match verb {
        Verb::Hello => Some(Step::Ehlo),
        Verb::StartTls | Verb::AnonymousTls => Some(Step::StartTls),
        Verb::Auth => Some(Step::Auth),
        _ => None,
    }
}

fn of_handshake(handshake: Handshake<'_>) -> Tls {
    if handshake.anonymous { Tls::AnonymousTls } else { Tls::StartTls }
}

/// Writes over what stands there, in the same memory.
pub(super) fn write(place: &mut Option<String>, text: Option<&str>) {
    match (place.as_mut(), text) {
        (Some(place), Some(text)) => {
            place.clear();
            place.push_str(text);
        }
        _ => *place = text.map(str::to_owned),
    }
}
