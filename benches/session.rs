//! Sessions decided in memory: the table against a linear scan of the connectors, by how many there are; and what a
//! verdict with its reasons takes. `cargo bench --bench session`.

#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]

use std::hint::black_box;
use std::net::Ipv4Addr;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use exch::connector::{AuthMechanism, Host, ReceiveConnector};
use exch::organization::AcceptedDomain;
use exch::permission::{AccessList, Evaluator, PermissionGroup, right};
use exch::server::Server;
use exch::session::{
    Account, Client, Domains, Layout, Listener, Mechanism, Policy, Service, Who, candidates, principals,
};

const SIZES: [usize; 3] = [10, 1_000, 100_000];

/// A server whose connectors share one endpoint: one for everybody, the others for sixteen addresses each.
fn host(connectors: usize) -> Host {
    let server = Server::new("HUB01", "hub01.contoso.com");
    let connectors = (0..connectors).map(|at| connector(&server, at)).collect();
    Host { connectors, server }
}

fn connector(server: &Server, at: usize) -> ReceiveConnector {
    let mut connector = ReceiveConnector::new(&format!("Relay {at}"), server);
    connector.bindings = vec!["0.0.0.0:25".parse().unwrap()];
    connector.auth = AuthMechanism::Tls | AuthMechanism::Integrated;
    connector.access = AccessList::of(PermissionGroup::AnonymousUsers | PermissionGroup::ExchangeUsers);
    let block = Ipv4Addr::from(0x0a00_0000 + u32::try_from(at * 16).unwrap());
    let range = if at == 0 { "0.0.0.0/0".to_owned() } else { format!("{block}/28") };
    connector.remote_ip_ranges = vec![range.parse().unwrap()];
    connector
}

fn policy() -> Policy {
    let domain = |name: String| AcceptedDomain::new(&name, &name);
    let names = (0..100).map(|at| format!("d{at}.example")).chain(["contoso.com".to_owned()]);
    let account = |at: usize| Account {
        name: format!(r"CONTOSO\app{at}"),
        groups: (0..10).map(|group| format!(r"CONTOSO\group{group}")).collect(),
        addresses: Some(vec![format!("app{at}@contoso.com")]),
        ..Account::default()
    };
    let start = Policy::new("CONTOSO", Domains::new(&names.map(domain).collect::<Vec<_>>()));
    (0..1_000).map(account).fold(start, Policy::account)
}

/// A thousand clients from all over the connectors' ranges, every other one with an account.
fn clients(connectors: usize) -> Vec<Client> {
    let client = |at: usize| {
        let remote = Ipv4Addr::from(0x0a00_0000 + u32::try_from(at * 7_919 % (connectors * 20)).unwrap());
        let mut client = Client::new(remote.into(), "192.0.2.1:25".parse().unwrap());
        client.mail_from = "a@fabrikam.com".to_owned();
        client.recipients = vec!["b@contoso.com".to_owned()];
        if at.is_multiple_of(2) {
            client.mechanism = Some(Mechanism::NTLM);
            client.user = Some(format!(r"CONTOSO\app{at}"));
            client.mail_from = format!("app{at}@contoso.com");
        }
        client
    };
    (0..1_000).map(client).collect()
}

/// Connector by a scan, Submit by a look at every entry: what a decision takes at least without tables.
fn scan(host: &Host, policy: &Policy, client: &Client) -> bool {
    let listeners: Vec<_> = host.connectors.iter().map(Listener::from).collect();
    let found = candidates(&listeners, client.local, client.remote);
    let winner = found.iter().find(|one| matches!(one.fate, exch::session::Fate::Answers { .. })).unwrap();
    let list = Evaluator::new(&host.connectors[winner.connector].access, host.server.platform());
    let who = if client.user.is_some() { Who::Account } else { Who::Anonymous };
    list.allows(&principals(who, client, policy), right("ms-Exch-SMTP-Submit").unwrap())
}

fn decisions(c: &mut Criterion) {
    let policy = policy();
    let mut group = c.benchmark_group("a thousand decisions");
    group.throughput(Throughput::Elements(1_000));
    for size in SIZES {
        let host = host(size);
        let (service, clients) = (Service::new(&host, &policy), clients(size));
        group.bench_function(BenchmarkId::new("table", size), |b| {
            b.iter(|| {
                clients.iter().filter(|client| service.decide(black_box(client)).code() == Some(250)).count()
            });
        });
    }
    group.finish();
    let mut group = c.benchmark_group("one decision");
    group.sample_size(10);
    for size in SIZES {
        let host = host(size);
        let (service, clients) = (Service::new(&host, &policy), clients(size));
        group.bench_function(BenchmarkId::new("scan", size), |b| {
            b.iter(|| scan(&host, &policy, black_box(&clients[500])));
        });
        group.bench_function(BenchmarkId::new("verdict", size), |b| {
            b.iter(|| service.verdict(black_box(&clients[500])).reasons.len());
        });
    }
}

fn tables(c: &mut Criterion) {
    let mut group = c.benchmark_group("tables of one server");
    group.sample_size(10);
    for size in SIZES {
        let host = host(size);
        group.bench_function(BenchmarkId::from_parameter(size), |b| {
            b.iter(|| Layout::new(black_box(&host)));
        });
    }
}

criterion_group!(benches, decisions, tables);
criterion_main!(benches);
