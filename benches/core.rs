//! What grows with a server: the conflict check of a new connector, the load of one file; and values, read and
//! printed. `cargo bench --bench core`.

#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use exch::connector::rules::conflicts_of;
use exch::connector::{Host, ReceiveConnector, rows};
use exch::param::Row;
use exch::server::Server;
use exch::store::document::{new_host, read_host};

const SIZES: [usize; 3] = [10, 1_000, 100_000];

/// A server whose connectors share one endpoint and answer a block of sixteen addresses each.
fn host(connectors: usize) -> Host {
    let server = Server::new("HUB01", "hub01.contoso.com");
    let connectors = (0..connectors).map(|at| connector(&server, at)).collect();
    Host { connectors, server }
}

fn connector(server: &Server, at: usize) -> ReceiveConnector {
    let mut connector = ReceiveConnector::new(&format!("Relay {at}"), server);
    connector.bindings = vec!["0.0.0.0:25".parse().unwrap(), "[::]:25".parse().unwrap()];
    let first = std::net::Ipv4Addr::from(0x0a00_0000 + u32::try_from(at * 16).unwrap());
    connector.remote_ip_ranges = vec![format!("{first}/28").parse().unwrap()];
    connector.guid = Some(uuid::Uuid::from_u128(at as u128 + 1));
    connector.created = "2026-11-22T05:00:00Z".parse().ok();
    connector.changed = connector.created;
    connector
}

/// A new connector that conflicts with none, on a server already in memory.
fn conflict(c: &mut Criterion) {
    let mut group = c.benchmark_group("conflict check of a new connector");
    for size in SIZES {
        let host = host(size);
        let new = connector(&host.server, size);
        group.bench_function(BenchmarkId::from_parameter(size), |b| {
            b.iter(|| assert!(conflicts_of(black_box(&new), None, black_box(&host)).is_empty()));
        });
    }
}

fn load(c: &mut Criterion) {
    let mut group = c.benchmark_group("load of one server file");
    group.sample_size(10);
    for size in [20, 1_000, 100_000] {
        let text = new_host(&host(size));
        group.throughput(criterion::Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |b| {
            b.iter(|| read_host(black_box(&text), "HUB01.toml").unwrap());
        });
    }
}

fn values(c: &mut Criterion) {
    let cases: [(&Row<ReceiveConnector>, &str); 5] = [
        (&rows::BINDINGS, "[2001:db8::25]:2525"),
        (&rows::REMOTE_IP_RANGES, "192.168.1.0(255.255.255.0)"),
        (&rows::MAX_MESSAGE_SIZE, "36.5 MB (38,273,024 bytes)"),
        (&rows::CONNECTION_TIMEOUT, "00:10:00"),
        (&rows::PERMISSION_GROUPS, "AnonymousUsers, ExchangeServers"),
    ];
    for (row, text) in cases {
        c.bench_function(&format!("read {}", row.name()), |b| {
            b.iter(|| row.param.parse(black_box(text)).unwrap())
        });
        let value = row.param.parse(text).unwrap();
        c.bench_function(&format!("print {}", row.name()), |b| b.iter(|| black_box(&value).to_string()));
    }
}

criterion_group!(benches, conflict, load, values);
criterion_main!(benches);
