//! Logs that are written as the rules decide, with what makes real ones hard to read: every session is read, and decided
//! as it was written.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../../benches/logs/generator.rs"]
mod generator;

use std::collections::{BTreeMap, BTreeSet};

use exch::connector::Host;
use exch::param::Version;
use exch::protocol_log::{Facts, Join, Known, Pseudonyms, Session, Totals, read_file};
use exch::replay::{Agreement, Finding, Model};
use exch::server::ServerRole;
use exch::session::{Layout, Policy, Service};
use generator::{Generator, HEADER, Log, host, policy};

use crate::protocol_log::Got;

const CLIENTS: u64 = 600;
/// Small files, so that many sessions go on in the next one.
const FILE: usize = 50_000;

/// The files of one service, in order.
type Files = Vec<String>;

fn written(host: &Host, policy: &Policy, seed: u64) -> (Files, u64) {
    let mut generator = Generator::new(host, policy, seed, CLIENTS);
    let mut files: BTreeMap<bool, Files> = BTreeMap::new();
    let mut line = String::new();
    while let Some(log) = generator.next_line(&mut line) {
        let of = files.entry(log == Log::Hub).or_default();
        if of.last().is_none_or(|file| file.len() > FILE) {
            of.push(HEADER.to_owned());
        }
        of.last_mut().unwrap().push_str(&line);
    }
    (files.into_values().flatten().collect(), generator.begun)
}

/// The sessions of all files, put together, and what was read.
fn read(files: &[String]) -> (Vec<Session>, Totals) {
    let (mut join, mut over, mut totals) = (Join::default(), Vec::new(), Totals::default());
    for file in files {
        let mut got = Got::default();
        let (read, result) = read_file(file.as_bytes(), None, &mut got);
        result.unwrap();
        assert_eq!(got.broken, []);
        totals.add(&read);
        got.sessions.into_iter().for_each(|session| join.push(session, &mut |session| over.push(session)));
    }
    over.extend(join.finish());
    (over, totals)
}

/// A server of that version with the same connectors.
fn of(version: Version) -> Host {
    let mut host = host();
    host.server.version = version;
    host.server.roles |= ServerRole::ClientAccess;
    host
}

fn decided(host: &Host, policy: &Policy, sessions: &[Session]) -> Vec<(Agreement, Vec<Finding>)> {
    let layout = Layout::new(host);
    let service = Service::laid_out(host, policy, &layout);
    let model = Model { host, policy, service: &service };
    let decide = |session: &Session| {
        let replay = model.replay(session, &Facts::of(session));
        (replay.agreement(), replay.findings.into_iter().map(|(finding, _)| finding).collect())
    };
    sessions.iter().map(decide).collect()
}

/// The files of the usual server.
pub fn generated(seed: u64) -> Vec<String> {
    let host = host();
    written(&host, &policy(&host), seed).0
}

/// Their sessions.
pub fn joined(files: &[String]) -> Vec<Session> {
    read(files).0
}

#[test]
fn every_session_is_decided_as_written() {
    for version in [Version::V2013, Version::V2016, Version::V2019] {
        let host = of(version);
        let policy = policy(&host);
        let (files, clients) = written(&host, &policy, 7);
        let lines = files.iter().map(|file| file.lines().count() as u64).sum::<u64>();
        let (sessions, totals) = read(&files);
        assert_eq!(totals.lines, lines);
        assert_eq!(totals.events + totals.repeated, lines - 5 * files.len() as u64);
        assert!(totals.repeated > 0);
        assert!(files.len() > 10 && sessions.len() as u64 >= clients, "{} of {clients}", sessions.len());
        let ids: BTreeSet<&str> = sessions.iter().map(|session| session.id.as_str()).collect();
        assert_eq!(ids.len(), sessions.len(), "a session is in parts");
        let mut counts: BTreeMap<Agreement, usize> = BTreeMap::new();
        for (session, (agreement, findings)) in sessions.iter().zip(decided(&host, &policy, &sessions)) {
            let text = || exch::protocol_log::lines(session);
            assert!(agreement != Agreement::Differs, "{version:?}: {findings:#?}\n{}", text());
            *counts.entry(agreement).or_default() += 1;
        }
        let equal = counts[&Agreement::Equal];
        assert!(equal * 10 > sessions.len() * 6, "{version:?}: {counts:?}");
    }
}

/// The relay loses its right: its sessions differ, and no others.
#[test]
fn what_is_changed_differs_alone() {
    let host = host();
    let policy = policy(&host);
    let (sessions, _) = read(&written(&host, &policy, 11).0);
    let mut other = host.clone();
    let relay = other.connectors.iter_mut().find(|connector| connector.name == "Relay").unwrap();
    relay.access = exch::permission::AccessList::of(exch::permission::PermissionGroup::AnonymousUsers.into());
    let mut differ = 0;
    for (session, (agreement, findings)) in sessions.iter().zip(decided(&other, &policy, &sessions)) {
        let relays = session.connector_name() == "Relay";
        assert_eq!(agreement == Agreement::Differs, relays, "{findings:#?}");
        differ += usize::from(relays);
    }
    assert!(differ > 50, "{differ} sessions of the relay");
}

#[test]
fn pseudonyms_change_no_decision() {
    let host = host();
    let policy = policy(&host);
    let (sessions, _) = read(&written(&host, &policy, 13).0);
    let mut known = Known::default();
    known.domains.insert("contoso.com".to_owned(), false);
    known.hosts.extend(["ex01", "ex01.contoso.com", "contoso"].map(str::to_owned));
    known.keep("10.0.0.1".parse().unwrap());
    for range in host.connectors.iter().flat_map(|connector| &connector.remote_ip_ranges) {
        known.range(range.first(), range.last());
    }
    let mut pseudonyms = Pseudonyms::new(known);
    let other: Vec<Session> = sessions.iter().map(|session| pseudonyms.session(session)).collect();
    let agreements = |all: &[Session]| -> Vec<(Agreement, usize)> {
        decided(&host, &policy, all).into_iter().map(|(agreement, all)| (agreement, all.len())).collect()
    };
    assert_eq!(agreements(&sessions), agreements(&other));
    let text: String = other.iter().map(exch::protocol_log::lines).collect();
    for secret in ["fabrikam", "woodgrove", "adatum", "person", "victim", "scanner", "printer", ",81.0.0."] {
        assert!(!text.contains(secret), "{secret} is left");
    }
}
