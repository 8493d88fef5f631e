//! A logged client as the evaluator takes one.

use super::Compared;
use crate::protocol_log::{Exchange, Message, Verb};
use crate::session::{Client, Mechanism, Tls};

impl Compared<'_, '_> {
    /// The client as it is when it gives a command.
    pub(super) fn client_at(&self, exchange: &Exchange<'_>) -> Client {
        let mut client = self.client.clone();
        client.helo = self.facts.helo.map(str::to_owned).or(client.helo);
        client.tls = match self.facts.tls {
            Some(tls) if exchange.in_tls => {
                if tls.anonymous {
                    Tls::AnonymousTls
                } else {
                    Tls::StartTls
                }
            }
            _ => Tls::None,
        };
        match exchange.verb {
            Verb::StartTls => client.tls = Tls::StartTls,
            Verb::AnonymousTls => client.tls = Tls::AnonymousTls,
            _ => {}
        }
        if exchange.authenticated || exchange.verb == Verb::Auth {
            client.mechanism = self.mechanism(Some(exchange).filter(|one| one.verb == Verb::Auth));
            client.user = self.user();
        }
        client
    }

    /// The client with a message.
    pub(super) fn client_of(&self, message: &Message<'_>) -> Option<Client> {
        let mail = self.facts.exchanges.get(message.exchange)?;
        let mut client = self.client_at(mail);
        client.mail_from = message.sender?.to_owned();
        client.recipients = message.recipients.iter().map(|to| to.address.to_owned()).collect();
        client.size = message.declared;
        Some(client)
    }

    /// The account, where the client authenticates as one.
    pub(super) fn user(&self) -> Option<String> {
        self.facts.user.or(self.facts.refused_user).map(str::to_owned)
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
