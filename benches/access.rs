//! Effective access in memory: every grant of a server by the number of its connectors, the difference of two states, and
//! one connector of many ranges. `cargo bench --bench access`.

#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]

use std::hint::black_box;
use std::net::Ipv4Addr;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use exch::access::{Addresses, ServerAccess, compare, grants};
use exch::connector::{AuthMechanism, Host, ReceiveConnector};
use exch::net::RemoteRange;
use exch::organization::AcceptedDomain;
use exch::permission::{AccessList, PermissionGroup};
use exch::server::Server;
use exch::session::{Domains, Policy};

fn policy() -> Policy {
    Policy::new("CONTOSO", Domains::new(&[AcceptedDomain::new("contoso.com", "contoso.com")]))
}

/// A server whose connectors share one endpoint, one for everybody, with `ranges` on each of the others.
fn host(connectors: usize, ranges: usize) -> Host {
    let server = Server::new("HUB01", "hub01.contoso.com");
    let connector = |at: usize| {
        let mut connector = ReceiveConnector::new(&format!("Relay {at}"), &server);
        connector.bindings = vec!["0.0.0.0:25".parse().unwrap()];
        connector.auth = AuthMechanism::Tls | AuthMechanism::Integrated;
        connector.access = AccessList::of(PermissionGroup::AnonymousUsers | PermissionGroup::ExchangeUsers);
        let range = |place: usize| -> RemoteRange {
            let first = 0x0a00_0000 + u32::try_from((at * ranges + place) * 16).unwrap();
            format!("{}/29", Ipv4Addr::from(first)).parse().unwrap()
        };
        let every = || vec!["0.0.0.0/0".parse().unwrap()];
        connector.remote_ip_ranges = if at == 0 { every() } else { (0..ranges).map(range).collect() };
        connector
    };
    let connectors = (0..connectors).map(connector).collect();
    Host { connectors, server }
}

fn access(c: &mut Criterion) {
    let policy = policy();
    let addresses = Addresses::new(&policy);
    let mut group = c.benchmark_group("every grant");
    for (connectors, ranges) in [(20, 1), (200, 1), (2_000, 1), (2, 10_000), (2, 100_000)] {
        let host = host(connectors, ranges);
        group.throughput(Throughput::Elements(connectors as u64));
        group.sample_size(10);
        let name = BenchmarkId::from_parameter(format!("{connectors} connectors, {ranges} ranges each"));
        group.bench_function(name, |b| {
            b.iter(|| black_box(grants(&ServerAccess::new(&host, &policy, &addresses))).len());
        });
    }
    group.finish();
    let (before, mut after) = (host(20, 1), host(20, 1));
    after.connectors[7].remote_ip_ranges.push("192.0.2.0/24".parse().unwrap());
    c.bench_function("the difference of two states of 20 connectors", |b| {
        b.iter(|| {
            let state = |host| ServerAccess::new(host, &policy, &addresses);
            black_box(compare(Some(&state(&before)), Some(&state(&after)))).len()
        });
    });
}

criterion_group!(benches, access);
criterion_main!(benches);
