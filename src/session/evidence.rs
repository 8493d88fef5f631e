//! What decided an answer of a rule: an entry of the access list, a setting, a domain, an account.
//!
//! It decides nothing; it looks up, slowly and with names, what the rules asked as bits.

use strum::VariantArray;

use super::case::Case;
use super::client::ServiceState;
use super::domain_security::Inbound;
use super::fix::{Change, Fix, Remedy};
use super::identity::{Who, principals};
use super::policy::Policy;
use super::recipient::accepted;
use super::rights::{Deciding, Held};
use super::sender::{self, SenderCheck};
use super::service::Service;
use crate::connector::ReceiveConnector;
use crate::organization::AcceptedDomain;
use crate::param::{Row, Value};
use crate::permission::{Evaluator, Ground, Principal, Right};

/// What decided an answer.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// A property of the connector, with its value as printed.
    Setting(&'static str, String),
    /// An entry of the access list, and the group that gives it.
    Entry(Ground),
    /// That no entry allows the right to any of these.
    NoEntry(&'static Right, Vec<Principal>),
    /// An accepted domain.
    Accepted(AcceptedDomain),
    /// That a domain is not an accepted one.
    NotAccepted(String),
    /// A condition of Domain Security that fails.
    DomainSecurity(Inbound),
    /// How the check of this sender came out.
    Sender(SenderCheck, String),
    /// That the client starts TLS at once.
    ImplicitTls,
    /// That the connector has no certificate.
    NoCertificate,
    /// The state of the transport service.
    ServiceState(&'static str, ServiceState),
}

/// The access lists of the connectors that a session meets, laid out: of the one that answers, and of the one that it is
/// handed on to.
pub(super) struct Lists<'a>(pub [Option<(usize, &'a Evaluator)>; 2]);

impl<'a> Lists<'a> {
    /// The list of the connector at a place.
    pub fn get(&self, at: usize) -> Option<&'a Evaluator> {
        self.0.iter().flatten().find(|(place, _)| *place == at).map(|(_, list)| *list)
    }

    /// Every list.
    pub fn all(&self) -> impl Iterator<Item = &'a Evaluator> {
        self.0.iter().flatten().map(|(_, list)| *list)
    }
}

/// The rights that a list gives a session, as bits: the long way to what [`super::rights`] lays out.
pub(super) fn held(list: &Evaluator, session: &[Principal]) -> Held {
    let allowed = Deciding::VARIANTS.iter().filter(|right| list.allows(session, right.right()));
    Held::of(allowed.copied())
}

/// What evidence and fixes are made from: the case, and where one rule was asked.
pub(super) struct Facts<'a> {
    pub case: &'a Case<'a>,
    pub service: &'a Service<'a>,
    /// The place of the connector that answers.
    pub at: usize,
    pub lists: &'a Lists<'a>,
    /// The property that a refusal of the rule is due to.
    pub row: Option<&'static Row<ReceiveConnector>>,
    /// The recipient that the rule was asked about.
    pub to: Option<&'a str>,
}

impl Facts<'_> {
    /// A property of the connector that answers.
    pub fn setting(&self, row: &'static Row<ReceiveConnector>) -> Evidence {
        Evidence::Setting(row.name(), row.print_plain(self.case.connector))
    }

    /// The place of the connector whose list decides about senders (P10).
    pub(crate) fn sender_at(&self) -> usize {
        self.case.backend.map_or(self.at, |(at, _)| at)
    }

    /// Whom the session is, as an access list is asked.
    pub fn session(&self, who: Who) -> Vec<Principal> {
        principals(who, self.case.client, self.case.policy)
    }

    /// The entries that decide about a right on the connector that answers.
    pub fn right(&self, who: Who, right: Deciding) -> Vec<Evidence> {
        self.entries(self.at, who, right)
    }

    /// The entries that decide about a right (P5).
    fn entries(&self, at: usize, who: Who, right: Deciding) -> Vec<Evidence> {
        let session = self.session(who);
        match self.lists.get(at).and_then(|list| list.effect(&session, right.right())) {
            Some(effect) => effect.decisive().iter().cloned().map(Evidence::Entry).collect(),
            None => {
                let own = session.into_iter().filter(|one| !one.is_universal()).collect();
                vec![Evidence::NoEntry(right.right(), own)]
            }
        }
    }

    /// How the check of a sender came out, where the rule is about it.
    pub(crate) fn sender_of(&self, asked: bool, address: &str) -> Vec<Evidence> {
        if !asked {
            return Vec::new();
        }
        let check = sender::check(self.case, address);
        let mut evidence = vec![Evidence::Sender(check, address.to_owned())];
        if let SenderCheck::Right(right) | SenderCheck::Refused(right) = check {
            evidence.extend(self.entries(self.sender_at(), self.case.message, right));
        }
        evidence
    }

    /// Why a recipient is taken, or is not.
    pub fn relay(&self) -> Vec<Evidence> {
        let Some(to) = self.to else { return Vec::new() };
        if let Some(domain) = accepted(self.case, to) {
            return vec![Evidence::Accepted(domain.clone())];
        }
        let Some(domain) = self.case.domain(to) else { return Vec::new() };
        let mut evidence = Vec::with_capacity(2);
        evidence.push(Evidence::NotAccepted(domain.to_owned()));
        evidence.extend(self.right(self.case.message, Deciding::AcceptAnyRecipient));
        evidence
    }

    /// The connector that answers with another value of a property.
    pub fn change(&self, row: &'static Row<ReceiveConnector>, value: Value) -> Fix {
        Fix::Connector(self.at, Change::Set(row.into(), value))
    }

    /// The same of the property that the refusal is due to.
    pub fn set(&self, value: Value) -> Vec<Remedy> {
        self.row.map(|row| self.remedy(vec![self.change(row, value)])).into_iter().collect()
    }

    /// Fixes that are made together, with whether they open a relay (R3).
    pub fn remedy(&self, fixes: Vec<Fix>) -> Remedy {
        Remedy::of(fixes, self.service.host, self.service.policy)
    }
}

impl Evidence {
    /// The sentence, with account names in the organization's domain.
    #[must_use]
    pub fn describe(&self, policy: &Policy) -> String {
        let domain = &policy.domain;
        match self {
            Evidence::Setting(name, value) => format!("{name} is `{value}`"),
            Evidence::Entry(Ground { entry, group }) => {
                let own = if entry.inherited { "an inherited entry" } else { "an entry of its own" };
                let source = group.map_or(own, Into::into);
                let verb = if entry.deny { "denies" } else { "gives" };
                format!("{source} {verb} {} to {}", entry.right.name, entry.principal.name_in(domain))
            }
            Evidence::NoEntry(right, session) => {
                let names: Vec<_> = session.iter().map(|principal| principal.name_in(domain)).collect();
                format!("no entry gives {} to {}", right.name, names.join(", "))
            }
            Evidence::Accepted(accepted) => {
                let kind: &str = accepted.domain_type.into();
                format!("accepted domain `{}` ({kind})", accepted.domain_name)
            }
            Evidence::NotAccepted(name) => format!("`{name}` is not an accepted domain"),
            Evidence::DomainSecurity(condition) => <&str>::from(condition).to_owned(),
            Evidence::Sender(check, address) => describe_sender(*check, address),
            Evidence::ImplicitTls => {
                "the client starts TLS at connect; no Receive connector supports that, at port 465 either"
                    .to_owned()
            }
            Evidence::NoCertificate => "the connector has no usable certificate".to_owned(),
            Evidence::ServiceState(component, state) => {
                format!("the server's component {component} is {}", <&str>::from(state))
            }
        }
    }
}

fn describe_sender(check: SenderCheck, address: &str) -> String {
    match check {
        SenderCheck::Empty => "the empty sender needs no right".to_owned(),
        SenderCheck::Right(right) => format!("sending as `{address}` requires {}", right.right().name),
        SenderCheck::DomainSecurity => format!("Domain Security authenticates `{address}`"),
        SenderCheck::Frontend => "Front End Transport does not check anonymous senders".to_owned(),
        SenderCheck::Own => format!("`{address}` is the account's own address"),
        SenderCheck::SendAs => format!("the account may send as `{address}`"),
        SenderCheck::Unknown => format!("it is not known whether `{address}` is the account's own address"),
        SenderCheck::Refused(right) => format!("sending as `{address}` requires {}", right.right().name),
    }
}
