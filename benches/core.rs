//! What grows with a server: the conflict check of a new connector, the load of one file; what grows with a store:
//! the effective permissions of every connector; and values, read and printed. `cargo bench --bench core`.

#![expect(clippy::unwrap_used, reason = "a measurement stops where it fails")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use exch::answer::Problem;
use exch::cmdlet::{Answers, Call, Context, Draft, Machine, Source};
use exch::connector::rules::conflicts_of;
use exch::connector::{Host, ReceiveConnector, rows};
use exch::front::{self, Request};
use exch::organization::{Organization, Part};
use exch::param::Row;
use exch::permission::DOMAIN;
use exch::permission::{AccessList, Entry, PermissionGroup, Principal, right};
use exch::server::{Directory, Server};
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
    connector.metadata.guid = Some(uuid::Uuid::from_u128(at as u128 + 1));
    connector.metadata.created = "2026-11-22T05:00:00Z".parse().ok();
    connector.metadata.changed = connector.metadata.created;
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
        let text = new_host(&host(size), DOMAIN);
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

/// A store in memory: a server's connectors are made when it is asked for, from one that is kept.
struct Many(Vec<String>, Host);

impl Source for Many {
    fn directory(&self) -> Result<Directory, Problem> {
        Ok(Directory::new("Contoso", "contoso.com"))
    }

    fn server_names(&self) -> Result<Vec<String>, Problem> {
        Ok(self.0.clone())
    }

    fn host(&self, name: &str) -> Result<Option<Host>, Problem> {
        let mut host = self.1.clone();
        name.clone_into(&mut host.server.name);
        Ok(Some(host))
    }

    fn part(&self, _: Part, _: &mut Organization) -> Result<(), Problem> {
        Ok(())
    }
}

/// `Get-ADPermission '*' -Effective`: twenty connectors a server, each with two groups and an account of its own.
fn effective(c: &mut Criterion) {
    let words = ["get-adpermission", "*", "-Effective"].map(str::to_owned);
    let Ok(Request::Call { cmdlet, args, .. }) = front::read(&words, front::WorkingDirectory::NONE) else {
        panic!("the line is read")
    };
    let context = Context {
        zone: || jiff::tz::TimeZone::UTC,
        now: jiff::Timestamp::UNIX_EPOCH.into(),
        store: String::new(),
        local_server: None,
        machine: Machine { name: "HUB01".to_owned(), domain: None, addresses: Vec::new },
        new_guid: std::cell::RefCell::new(Box::new(uuid::Uuid::nil)),
        dial: |_| Vec::new(),
        read_file: Box::new(|_| Ok(Vec::new())),
    };
    let call = Call::new(cmdlet, args, context.into());
    let mut group = c.benchmark_group("effective permissions of every connector");
    group.sample_size(10);
    for servers in [100, 1_000] {
        let mut kept = host(20);
        let platform = kept.server.platform();
        for connector in &mut kept.connectors {
            let groups = PermissionGroup::AnonymousUsers | PermissionGroup::ExchangeServers;
            let own = ["ms-Exch-SMTP-Submit", "ms-Exch-SMTP-Accept-Any-Recipient"]
                .map(|name| Entry::own(Principal::read(r"CONTOSO\app1"), right(name).unwrap(), false));
            connector.access = AccessList::from_parts(groups, own.to_vec(), platform);
        }
        let entries =
            kept.connectors.iter().map(|c| c.access.entries(platform).len()).sum::<usize>() * servers;
        let store = Many((0..servers).map(|at| format!("HUB{at:04}")).collect(), kept);
        group.throughput(criterion::Throughput::Elements(entries as u64));
        group.bench_function(BenchmarkId::from_parameter(servers), |b| {
            b.iter(|| {
                let mut draft = Draft::new(&store, None, Answers::new()).unwrap();
                (call.cmdlet.run)(black_box(&call), &mut draft).unwrap().objects.len()
            });
        });
    }
}

criterion_group!(benches, conflict, load, values, effective);
criterion_main!(benches);
