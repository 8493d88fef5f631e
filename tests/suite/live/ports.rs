//! Test-DataPath -Live: ports on the loopback interface that are open, closed, or swallow what comes.

use std::net::TcpListener;

use exch::live::{Fault, Place, Request, Seen, Step};
use serde_json::Value as Json;

use super::script::{listen, silent};
use crate::world::{Home, Ran};

/// HUB01 with a connector for EDGE01 at these ports, each at an address of its own of the loopback interface.
fn home(ports: &[u16]) -> Home {
    let home = Home::new();
    let new = ["new-exchangeserver", "EDGE01", "-Version", "2010", "-ServerRole", "EdgeTransport"];
    home.done(new.iter().chain(&["-IPAddresses", "127.0.0.2", "-NoDefaultConnectors"]));
    let new = ["new-exchangeserver", "HUB01", "-Version", "2010", "-ServerRole", "HubTransport"];
    home.done(new.iter().chain(&["-IPAddresses", "127.0.0.1", "-NoDefaultConnectors"]));
    let bindings: Vec<String> = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
    let bindings = bindings.join(",");
    let usage =
        ["new-receiveconnector", "Edge", "-Server", "HUB01", "-Usage", "Internal", "-Bindings", &bindings];
    home.done(usage.iter().chain(&["-RemoteIPRanges", "127.0.0.0/8"]));
    home
}

fn test(home: &Home, more: &[&str]) -> (Ran, Vec<Json>) {
    let line = ["test-datapath", "-Live", "-Timeout", "1", "-o", "json"];
    let ran = home.run(line.iter().chain(more));
    let objects = serde_json::from_str(&ran.out).unwrap_or_default();
    (ran, objects)
}

const MAIL: [&str; 4] = ["-Source", "EDGE01", "-Destination", "HUB01"];

/// What came of each port, by its number.
fn results(objects: &[Json]) -> Vec<(&str, &str)> {
    objects.iter().map(|one| (one["Port"].as_str().unwrap(), one["Result"].as_str().unwrap())).collect()
}

#[test]
fn ports_that_are_open() {
    let mut ports = [listen(silent), listen(silent)];
    ports.sort_unstable();
    let (ran, objects) = test(&home(&ports), &MAIL);
    assert_eq!((ran.exit.code(), objects.len()), (0, 2), "{}{}", ran.out, ran.err);
    for (object, port) in objects.iter().zip(ports) {
        assert_eq!(object["Result"], "Open");
        assert_eq!(object["Port"], format!("{port}/TCP"));
        assert_eq!((&object["Destination"], &object["EndPoint"]), (&"HUB01".into(), &"127.0.0.1".into()));
        assert_eq!(object["DataPaths"], serde_json::json!(["edge-to-hub"]));
        assert_eq!(object["Sources"], serde_json::json!(["EDGE01"]));
    }
    // The machine is HUB01.
    assert!(ran.err.contains("what a firewall lets pass from EDGE01 may differ"), "{}", ran.err);
    assert!(ran.err.contains("2 TCP ports of HUB01 were tried: 2 open, 0 not; 0 not tried"), "{}", ran.err);
}

#[test]
fn ports_that_are_closed() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (ran, objects) = test(&home(&[closed, listen(silent)]), &MAIL);
    assert_eq!(ran.exit.code(), 3, "{}", ran.err);
    assert_eq!(objects.len(), 2);
    for object in &objects {
        let is_closed = object["Port"] == format!("{closed}/TCP");
        let why = if is_closed { "the connection failed: nothing listens there".into() } else { Json::Null };
        assert_eq!(
            (&object["Result"], &object["Details"]),
            (&if is_closed { "Closed" } else { "Open" }.into(), &why)
        );
    }
}

/// Nothing answers at a port whose queue of new connections is full: packets are dropped, as a firewall does.
#[cfg(target_os = "linux")]
#[test]
fn a_port_that_swallows_packets() {
    use std::net::TcpStream;
    use std::time::Duration;

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let waits = Duration::from_millis(300);
    let waiting: Vec<TcpStream> =
        std::iter::from_fn(|| TcpStream::connect_timeout(&address, waits).ok()).take(5_000).collect();
    let (ran, objects) = test(&home(&[address.port()]), &MAIL);
    assert_eq!(ran.exit.code(), 3, "{}", ran.err);
    assert_eq!(objects[0]["Result"], "TimedOut");
    assert_eq!(objects[0]["Details"], "the connection took longer than 1 second");
    let wanted = ("UnableToConnect".into(), "the connection took longer than 3 seconds".into());
    assert_eq!(super::status(address.port()), wanted);
    drop((waiting, listener));
}

/// The table has no room for the reason, so a name that leads nowhere is a warning.
#[test]
fn a_name_that_does_not_resolve() {
    let mut home = home(&[25]);
    let server = "new-exchangeserver HUB02 -Version 2010 -ServerRole HubTransport -Fqdn nowhere.invalid";
    home.done(server.split(' '));
    home.world.dial = |requests: &[Request]| {
        let fault = Some((Step::Lookup, Fault::NotFound("it does not resolve".to_owned())));
        requests.iter().map(|_| Seen { fault: fault.clone(), ..Seen::default() }).collect()
    };
    let (ran, objects) = test(&home, &["-Server", "HUB02", "-Port", "25"]);
    assert_eq!((ran.exit.code(), &objects[0]["Result"]), (3, &"Unreachable".into()), "{}", ran.err);
    let warning =
        "warning: the store has no address of HUB02, and the lookup of its name `nowhere.invalid` failed";
    assert_eq!(ran.err.matches(warning).count(), 1, "{}", ran.err);
    assert!(ran.err.contains("hint: exch set-exchangeserver HUB02 -IPAddresses …"), "{}", ran.err);
}

/// A domain controller has ports of UDP, and dynamic ones.
#[test]
fn ports_that_are_not_tried() {
    let mut home = home(&[25]);
    home.done("new-networkendpoint DC01 -Kind DomainController -IPAddresses 127.0.0.3".split(' '));
    home.done("new-networkendpoint Clients -Kind Client -IPAddresses 127.0.1.0/24".split(' '));
    home.world.dial = |requests: &[Request]| {
        assert!(requests.iter().all(|one| one.smtp.is_none()));
        assert!(
            requests
                .iter()
                .all(|one| matches!(one.place, Place::Address(at) if at.to_string() == "127.0.0.3"))
        );
        vec![Seen::default(); requests.len()]
    };
    let (ran, objects) = test(&home, &["-Source", "HUB01", "-Destination", "DC01"]);
    assert_eq!(ran.exit.code(), 0, "{}{}", ran.out, ran.err);
    for (port, result) in results(&objects) {
        assert_eq!(result, if port.ends_with("/TCP") { "Open" } else { "NotTried" }, "{port}");
    }
    let details = |port: &str| {
        objects.iter().find(|one| one["Port"] == port).map(|one| one["Details"].as_str().unwrap().to_owned())
    };
    assert_eq!(details("53/UDP").unwrap(), "UDP does not show whether a port is open");
    assert_eq!(details("dynamic").unwrap(), "port 135 says which port a service has");
}

/// Of a server that is named its own ports alone are tried, and of a port that is named no other one is shown.
#[test]
fn ports_of_a_server_that_is_named() {
    let mut home = home(&[25]);
    home.done("new-networkendpoint DC01 -Kind DomainController -IPAddresses 127.0.0.3".split(' '));
    home.world.dial = |requests: &[Request]| vec![Seen::default(); requests.len()];
    let (ran, objects) = test(&home, &["-Server", "HUB01"]);
    assert!(objects.iter().all(|one| one["Destination"] == "HUB01"), "{}", ran.out);
    assert!(ran.err.contains("2 TCP ports of HUB01 were tried: 2 open, 0 not; 1 not tried"), "{}", ran.err);
    assert!(ran.err.contains("-Source HUB01 in place of -Server tries them"), "{}", ran.err);
    let (ran, objects) = test(&home, &["-Source", "HUB01", "-Destination", "DC01", "-Port", "88"]);
    assert_eq!(ran.exit.code(), 0, "{}", ran.err);
    assert_eq!(results(&objects), [("88/TCP", "Open"), ("88/UDP", "NotTried")], "{}", ran.out);
}

/// Nothing that could be tried is no success.
#[test]
fn ports_of_which_none_is_tried() {
    let mut home = home(&[25]);
    home.world.dial = |requests: &[Request]| {
        assert!(requests.is_empty());
        Vec::new()
    };
    home.done("new-networkendpoint Partners -Kind External -IPAddresses 127.0.1.0/24".split(' '));
    let (ran, objects) = test(&home, &["-Source", "EDGE01", "-Destination", "Partners"]);
    assert_eq!((ran.exit.code(), results(&objects)), (3, vec![("25/TCP", "NotTried")]), "{}", ran.err);
    assert_eq!(objects[0]["Details"], "it is not a single address");
    let (ran, objects) = test(&home, &["-Source", "HUB01", "-Destination", "HUB01"]);
    assert_eq!((ran.exit.code(), objects.len()), (3, 0), "{}", ran.err);
}

#[test]
fn ports_of_a_line_that_is_refused() {
    let home = home(&[25]);
    for (line, code, wanted) in [
        ("-Timeout 3 -Source EDGE01 -Destination HUB01", 2, "-Live is missing"),
        ("-Live -RemoteIPAddress 10.0.0.1 -Server HUB01", 2, "-Live does not go with -RemoteIPAddress"),
        ("-Live -OpenPorts open.csv", 2, "-Live does not go with -OpenPorts"),
        ("-Live -Server HUB01 -Destination EDGE01", 2, "-Server does not go with -Destination"),
        (
            "-Live -Destination NOSUCH",
            2,
            "`NOSUCH` is neither a role of the tables nor a server or network endpoint of the store",
        ),
        ("-Live -Server NOSUCH", 4, "NOSUCH"),
        ("-Live -Crossing Perimeter,Internal", 4, "there is no network zone `Perimeter`"),
        ("-Live -Server HUB01 -Timeout 0", 1, "Timeout"),
    ] {
        let ran = home.run(["test-datapath"].into_iter().chain(line.split(' ')));
        assert_eq!(ran.exit.code(), code, "{line}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(wanted), "{line}: {}", ran.err);
    }
}
