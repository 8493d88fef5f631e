//! The fast decision against the verdict, which scans connectors and looks rights up entry by entry, and both against a
//! model that shares no row with them; and remedies, each of which must help alone.

use exch::connector::AuthMechanism;
use exch::permission::{PermissionGroup, RIGHTS};
use exch::session::{Decision, Mechanism, Outcome, Refusal, Remedy, Service, Step, Tls, Verdict};
use proptest::prelude::*;

use super::model;
use super::scene::Scene;
use super::table::ROWS;
use crate::net::holds;
use crate::outcome::Failed;

const PRINCIPALS: [&str; 8] = [
    "Everyone",
    "NETWORK",
    "S-1-5-7",
    "S-1-5-11",
    r"CONTOSO\ann",
    r"CONTOSO\staff",
    "Partner Servers",
    "Externally Secured Servers",
];
const ADDRESSES: [&str; 7] = [
    "",
    "a@fabrikam.com",
    "ann@contoso.com",
    "bob@contoso.com",
    "x@mail.partner.example",
    "postmaster",
    "y@adatum.com",
];

/// Repeated by tests/suite/fuzz.rs.
pub fn decision_is_verdict() -> Result<(), Failed> {
    let connector = (
        any::<[bool; 8]>(),
        proptest::bits::u8::ANY,
        proptest::collection::vec((0..PRINCIPALS.len(), 0..12usize, any::<(bool, bool)>()), 0..6),
        0..4usize,
    );
    let client = (
        0..6usize,
        0..3usize,
        proptest::collection::vec(0..ADDRESSES.len(), 3..5),
        (any::<bool>(), any::<bool>(), any::<bool>()),
        0..4usize,
    );
    holds((proptest::collection::vec(connector, 1..4), client), |(connectors, client)| {
        let mut scene = Scene::new();
        let template = scene.host.connectors[0].clone();
        let names_everyone =
            connectors.iter().flat_map(|(_, _, entries, _)| entries).any(|entry| entry.0 == 0);
        let mut made = Vec::new();
        for (flags, groups, entries, range) in connectors {
            scene.host.connectors = vec![template.clone()];
            let set = |bit: u8| groups & (1 << bit) != 0;
            let named = [
                PermissionGroup::AnonymousUsers,
                PermissionGroup::ExchangeUsers,
                PermissionGroup::ExchangeServers,
                PermissionGroup::Partners,
            ];
            scene.groups(
                named
                    .into_iter()
                    .enumerate()
                    .filter(|(at, _)| set(*at as u8))
                    .map(|(_, group)| group)
                    .collect(),
            );
            for (principal, right, origin) in entries {
                scene.entry_from(PRINCIPALS[principal], RIGHTS[right].name, origin);
            }
            let connector = scene.connector();
            if flags[0] {
                connector.auth = AuthMechanism::Tls | AuthMechanism::ExternalAuthoritative;
            }
            connector.domain_secure = flags[1];
            connector.require_tls = flags[2] && flags[3];
            connector.enabled = !(flags[4] && flags[5]);
            connector.reject_single_label = flags[6];
            let ranges = ["0.0.0.0/0", "192.0.2.0/24", "192.0.2.7", "10.0.0.0/8"];
            connector.remote_ip_ranges = vec![ranges[range].parse().unwrap()];
            connector.name = format!("C{}", made.len());
            made.push(connector.clone());
        }
        scene.host.connectors = made;
        let (mechanism, tls, addresses, (certificate, large, known), user) = client;
        let c = &mut scene.client;
        c.mechanism = [
            None,
            None,
            Some(Mechanism::BasicAuth),
            Some(Mechanism::NTLM),
            Some(Mechanism::ExchangeServer),
            Some(Mechanism::PLAIN),
        ][mechanism];
        c.tls = [Tls::None, Tls::StartTls, Tls::AnonymousTls][tls];
        c.user = Some(
            [r"CONTOSO\ann", r"contoso\silent", "S-1-5-21-1-2-3-1001", r"CONTOSO\nobody"][user].to_owned(),
        );
        c.mail_from = ADDRESSES[addresses[0]].to_owned();
        c.from = known.then(|| ADDRESSES[addresses[1]].to_owned());
        c.recipients = addresses[2..].iter().map(|at| ADDRESSES[*at].to_owned()).collect();
        c.certificate = Vec::from_iter(certificate.then(|| "fabrikam.com".to_owned()));
        c.size = large.then_some(100_000_000);
        let policy = scene.policy();
        let service = Service::new(&scene.host, &policy);
        let (decision, verdict) = (service.decide(&scene.client), service.verdict(&scene.client));
        prop_assert_eq!(decision, verdict.decision);
        let grounds = service.grounds(&scene.client, decision);
        prop_assert_eq!(said(&grounds), said(&verdict));
        let decisive = service.decisive(&scene.client, decision);
        let [one, other] = [&decisive, &verdict].map(|of| format!("{:?}", of.decisive()));
        prop_assert_eq!(one, other);
        prop_assert!(decision.outcome.is_rejected() || decisive.recipients == verdict.recipients);
        if let Some(at) = decision.connector {
            // By bits where the others go through the entries.
            let refused = service.refused_recipients(at, &scene.client, decision);
            prop_assert_eq!(refused, Vec::from_iter(verdict.recipients.iter().map(|to| to.refusal)));
            for to in &verdict.recipients {
                if let Some(refusal) = to.refusal {
                    prop_assert_eq!(service.refusal_line(at, refusal), Some(to.reply.clone()));
                }
            }
            if let Outcome::Rejected(refusal) = decision.outcome {
                prop_assert_eq!(service.refusal_line(at, refusal), verdict.reply.clone());
            }
            let passes = |last| service.passes(at, &scene.client, last);
            prop_assert_eq!(passes(Step::End), decision.outcome == Outcome::Accepted);
            let refusal = decision.outcome.refusal();
            for last in [Step::Connect, Step::Ehlo, Step::StartTls, Step::Auth, Step::MailFrom, Step::RcptTo]
            {
                prop_assert!(!passes(last) || refusal.is_none_or(|refusal| refusal.step() > last));
            }
        }
        let outcome = match decision.outcome {
            Outcome::Accepted => "accepted",
            Outcome::Partial(_) => "partial",
            Outcome::Undecided(_) => "undecided",
            Outcome::Rejected(refusal) => refusal.step().into(),
        };
        prop_assert_eq!(outcome, model::expected(&scene));
        let refused = decision.outcome.refusal().is_some();
        prop_assert_eq!(refused, verdict.decisive().is_some());
        prop_assert_eq!(verdict.treatment.is_some(), !decision.outcome.is_rejected());
        // Where Everyone may hold anonymous sessions or not, or the peer may be several, a remedy can help one alone.
        let is_one = !names_everyone && (decision.who.is_some() || decision.connector.is_none());
        for remedy in verdict.remedies.iter().filter(|_| is_one) {
            let after = with(remedy, &scene);
            prop_assert!(rank(after) > rank(decision), "{remedy:?} leads from {decision:?} to {after:?}");
        }
        Ok(())
    })
}

/// What a sentence is made of.
fn said(verdict: &Verdict) -> String {
    format!("{:?} {:?} {:?} {:?}", verdict.decision, verdict.reasons, verdict.recipients, verdict.principals)
}

/// How far a session comes: a later refusal before an earlier one, some recipients before none, all before some.
fn rank(decision: Decision) -> (u8, usize) {
    match decision.outcome {
        Outcome::Rejected(refusal) => (0, refusal as usize),
        Outcome::Partial(refusal) => (1, refusal as usize),
        Outcome::Undecided(_) => (2, 0),
        Outcome::Accepted => (3, 0),
    }
}

/// What becomes of the session with the remedy.
fn with(remedy: &Remedy, scene: &Scene) -> Decision {
    let (mut host, mut policy, mut client) = (scene.host.clone(), scene.policy(), scene.client.clone());
    remedy.fixes.iter().for_each(|fix| fix.apply(&mut host, &mut policy, &mut client));
    Service::new(&host, &policy).decide(&client)
}

/// Every remedy of every row of the table, made alone, brings the session farther.
#[test]
fn remedies_help() {
    for (at, (expected, vary)) in ROWS.iter().enumerate() {
        let mut scene = Scene::new();
        vary(&mut scene);
        let before = Service::new(&scene.host, &scene.policy()).verdict(&scene.client);
        for remedy in &before.remedies {
            let after = with(remedy, &scene);
            assert!(
                rank(after) > rank(before.decision),
                "row {at}, {expected}: {remedy:?} leads to {after:?}"
            );
        }
        // Only where nothing listens is there nothing to change.
        let refused = before.decision.outcome.refusal().filter(|refusal| *refusal != Refusal::NotBound);
        assert!(refused.is_none() || !before.remedies.is_empty(), "row {at}, {expected}");
    }
}

/// Of each refusal one reason is the refusing one, with its rule, and something made it.
#[test]
fn a_refusal_names_its_rule() {
    for (at, (expected, vary)) in ROWS.iter().enumerate() {
        let mut scene = Scene::new();
        vary(&mut scene);
        let policy = scene.policy();
        let verdict = Service::new(&scene.host, &policy).verdict(&scene.client);
        let Some(refusal) = verdict.decision.outcome.refusal() else {
            assert!(verdict.reasons.iter().all(|reason| reason.passed != Some(false)), "row {at}");
            continue;
        };
        let reason = verdict.decisive().unwrap();
        assert_eq!(reason.step, refusal.step());
        assert!(!reason.evidence.is_empty() || reason.number == "S5", "row {at}: {expected}");
        let described: Vec<_> = reason.evidence.iter().map(|one| one.describe(&policy)).collect();
        assert!(described.iter().all(|text| !text.is_empty()), "row {at}: {described:?}");
    }
}
