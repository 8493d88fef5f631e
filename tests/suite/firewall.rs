//! Firewall rules: they open what flows need and nothing more, and the programs they are for read them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "the programs read files")]

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;

use serde_json::Value as Json;

use crate::host;
use crate::world::Home;

const NFT: [&str; 3] = ["nft", "-c", "-f"];
const IPTABLES: [&str; 3] = ["iptables-restore", "--test", "--noflush"];
const IP6TABLES: [&str; 3] = ["ip6tables-restore", "--test", "--noflush"];

/// Whether a program is there and takes a sample.
fn checks(words: &[&str], sample: &str) -> bool {
    host::has(words[0]) && check(words, sample).0
}

/// Whether a program takes a text in a file, and what it says.
fn check(words: &[&str], text: &str) -> (bool, String) {
    let dir = host::tempdir().unwrap();
    let file = dir.path().join("rules");
    fs::write(&file, text).unwrap();
    let mut command = host::command(words[0], dir.path());
    let ran = command.args(&words[1..]).arg(&file).stdin(Stdio::null()).output().unwrap();
    (ran.status.success(), String::from_utf8_lossy(&ran.stderr).into_owned())
}

/// An organization of two sites and a perimeter, with addresses of both families and a connector at another port.
fn home() -> Home {
    let home = Home::new();
    let servers = [
        "HUB01 -Version 2010 -ServerRole HubTransport,Mailbox -IPAddresses 192.168.5.10,fd00::10 -Site Berlin",
        "HUB02 -Version 2010 -ServerRole HubTransport -IPAddresses 192.168.5.11,192.168.5.12 -Site Berlin",
        "CAS01 -Version 2010 -ServerRole ClientAccess,UnifiedMessaging -IPAddresses 192.168.5.20,fd00::20 -Site Berlin",
        "MBX07 -Version 2007 -ServerRole Mailbox -IPAddresses 192.168.6.13 -Site Leipzig",
        "MBX13 -Version 2013 -ServerRole Mailbox,ClientAccess -IPAddresses 192.168.6.30,192.168.6.31 -Site Leipzig",
        "EDGE01 -Version 2010 -ServerRole EdgeTransport -IPAddresses 10.1.1.2,fd00:1::2",
        "NOWHERE -Version 2010 -ServerRole HubTransport",
    ];
    for server in servers {
        home.done(format!("new-exchangeserver {server}").split(' '));
    }
    home.done(["set-receiveconnector", "HUB02\\Default HUB02", "-Bindings", "192.168.5.11:2526"]);
    home
}

fn export(home: &Home, format: &str) -> String {
    home.done(["export-firewallrule", format])
}

type Opened = BTreeSet<(String, String, String, String)>;

/// What flows need, as single connections: from, to, protocol, ports.
fn needed(home: &Home) -> Opened {
    let text = home.done(["get-datapath", "-Server", "*", "-o", "json"]);
    let flows: Vec<Json> = serde_json::from_str(&text).unwrap();
    let texts = |flow: &Json, key: &str| -> Vec<String> {
        let list = flow[key].as_array().cloned().unwrap_or_default();
        list.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let mut found = Opened::new();
    for flow in flows.iter().filter(|flow| flow["Source"] != flow["Destination"]) {
        for from in texts(flow, "SourceIPAddresses") {
            for to in texts(flow, "DestinationIPAddresses") {
                if from.contains(':') != to.contains(':') {
                    continue;
                }
                for port in texts(flow, "Ports") {
                    let (ports, transport) = match port.as_str() {
                        "any" => ("any", "any"),
                        "dynamic" => ("1024-65535", "TCP"),
                        listed => listed.split_once('/').unwrap(),
                    };
                    found.insert((from.clone(), to.clone(), transport.to_owned(), ports.to_owned()));
                }
            }
        }
    }
    found
}

/// What the rows of CSV open.
fn opened(text: &str) -> Opened {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.unwrap();
        let cell = |at: usize| row.get(at).unwrap().to_owned();
        (cell(0), cell(1), cell(2), cell(3))
    };
    reader.records().map(row).collect()
}

/// Both ways: each connection that a flow needs is opened, and each that is opened some flow needs. Ports that one rule
/// puts together, such as 25 and 1024 to 65535, are compared one by one.
#[test]
fn rules_open_what_flows_need_and_nothing_more() {
    let home = home();
    let (needed, opened) = (needed(&home), opened(&export(&home, "csv")));
    assert_eq!((needed.len(), opened.len()), (70, 70));
    let range = |ports: &str| -> (u16, u16) {
        let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
        (first.parse().unwrap(), last.parse().unwrap())
    };
    let within = |one: &(String, String, String, String), all: &Opened| {
        let alike = all.iter().filter(|(f, t, p, _)| (f, t, p) == (&one.0, &one.1, &one.2));
        if one.3 == "any" {
            return alike.count() > 0;
        }
        let ranges: Vec<(u16, u16)> = alike.map(|other| range(&other.3)).collect();
        let (first, last) = range(&one.3);
        (first..=last).all(|port| ranges.iter().any(|(from, to)| (*from..=*to).contains(&port)))
    };
    for one in &needed {
        assert!(within(one, &opened), "closed: {one:?}");
    }
    for one in &opened {
        assert!(within(one, &needed), "open and not needed: {one:?}");
    }
}

#[test]
fn powershell_is_read_by_its_grammar() {
    let text = export(&home(), "NewNetFirewallRule");
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_pwsh::LANGUAGE.into()).unwrap();
    let tree = parser.parse(&text, None).unwrap();
    assert!(!tree.root_node().has_error(), "{text}");
    assert_eq!(text.matches("New-NetFirewallRule").count(), 27);
}

#[test]
fn csv_is_read_back() {
    let text = export(&home(), "csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    assert_eq!(headings.iter().take(4).collect::<Vec<_>>(), ["Source", "Destination", "Protocol", "Port"]);
    assert!(reader.records().all(|row| row.unwrap().len() == headings.len()));
}

#[test]
fn a_file_is_written_again_and_no_other_is_replaced() {
    let home = home();
    let dir = host::tempdir().unwrap();
    let path = dir.path().join("rules.nft");
    let words = ["export-firewallrule", "nftables", "-Path", path.to_str().unwrap()];
    home.done(words);
    let first = fs::read_to_string(&path).unwrap();
    home.done(words);
    assert_eq!(first, fs::read_to_string(&path).unwrap());
    fs::write(&path, "table inet mine {\n}\n").unwrap();
    assert_eq!(home.run(words).exit.code(), 5);
    assert_eq!(fs::read_to_string(&path).unwrap(), "table inet mine {\n}\n");
}

/// A mistyped directory is not made, whichever cmdlet writes one file.
#[test]
fn a_file_needs_its_directory() {
    let home = home();
    let dir = host::tempdir().unwrap();
    let path = dir.path().join("missing").join("file");
    for line in
        ["export-firewallrule nftables", "export-runbook", "export-collector", "export-completion bash"]
    {
        let ran = home.run(line.split(' ').chain(["-Path", path.to_str().unwrap()]));
        assert_eq!(ran.exit.code(), 6, "{line}: {}", ran.err);
        assert!(ran.err.contains("missing` does not exist; nothing was written"), "{line}: {}", ran.err);
        assert!(!ran.err.contains("wrote"), "{line}: {}", ran.err);
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    let ran = home.run(["export-firewallrule", "nftables", "-Path", dir.path().to_str().unwrap()]);
    assert!(ran.exit.code() == 6 && ran.err.contains(" is a directory, and one file"), "{}", ran.err);
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let below = file.join("rules");
    let ran = home.run(["export-firewallrule", "nftables", "-Path", below.to_str().unwrap()]);
    assert!(ran.err.contains("file` is not a directory; nothing was written"), "{}", ran.err);
}

fn is_read(format: &str, words: &[&str]) {
    let home = home();
    for more in [&[][..], &["-RpcPorts", "6005-6104,6200"], &["-Destination", "EDGE01"]] {
        let text = home.done(["export-firewallrule", format].iter().chain(more));
        let (taken, says) = check(words, &text);
        assert!(taken, "{says}\n{text}");
    }
}

#[test]
fn nft_reads_nftables() {
    needs!("nft that may be asked", checks(&NFT, "table inet t {\n}\n"));
    is_read("nftables", &NFT);
}

#[test]
fn iptables_restore_reads_iptables() {
    needs!("iptables-restore that may be asked", checks(&IPTABLES, "*filter\nCOMMIT\n"));
    is_read("iptables", &IPTABLES);
}

#[test]
fn ip6tables_restore_reads_ip6tables() {
    needs!("ip6tables-restore that may be asked", checks(&IP6TABLES, "*filter\nCOMMIT\n"));
    is_read("ip6tables", &IP6TABLES);
}

/// The differences between what data paths need and a list, and whether the line ends with 0.
fn differences(home: &Home, list: &str) -> (Vec<Json>, bool) {
    let dir = host::tempdir().unwrap();
    let file = dir.path().join("open");
    fs::write(&file, list).unwrap();
    let ran = home.run(["test-datapath", "-OpenPorts", file.to_str().unwrap(), "-o", "json"]);
    assert!([0, 3].contains(&ran.exit.code()), "{}", ran.err);
    (serde_json::from_str(&ran.out).unwrap(), ran.exit.code() == 0)
}

#[test]
fn what_is_exported_is_what_is_compared() {
    let home = home();
    for words in [&["csv"][..], &["csv", "-RpcPorts", "1024-65535"]] {
        let text = home.done(["export-firewallrule"].iter().chain(words));
        assert_eq!(differences(&home, &text), (Vec::new(), true));
    }
}

/// A row that is left out is reported as closed with its port and addresses, unless another row opens it too.
#[test]
fn each_row_that_is_missing_is_closed() {
    let home = home();
    let text = export(&home, "csv");
    let rows: Vec<&str> = text.lines().collect();
    let (mut closed, step) = (0, rows.len() / 24);
    for at in (1..rows.len()).step_by(step) {
        let others: Vec<&str> =
            rows.iter().enumerate().filter(|(row, _)| *row != at).map(|(_, row)| *row).collect();
        let (found, same) = differences(&home, &others.join("\n"));
        let cells: Vec<&str> = rows[at].split(',').collect();
        assert_eq!(found.is_empty(), same);
        closed += usize::from(!same);
        for one in found {
            assert_eq!(one["Result"], "Closed", "{one}");
            assert_eq!(
                (one["Source"].as_str(), one["Destination"].as_str()),
                (Some(cells[4]), Some(cells[5]))
            );
            assert!(
                one["SourceIPAddresses"].as_array().unwrap().iter().all(|address| address == cells[0]),
                "{one}"
            );
        }
    }
    assert_eq!(closed, 35);
}

#[test]
fn each_row_that_is_added_is_not_needed() {
    let home = home();
    let text = export(&home, "csv");
    for (row, result) in [
        ("10.1.1.2,192.168.5.10,UDP,25", "NotNeeded"),
        ("10.1.1.2,192.168.5.10,TCP,3389", "NotNeeded"),
        ("198.51.100.7,192.168.5.10,TCP,25", "NotNeeded"),
        ("10.1.1.0/24,192.168.5.10,TCP,25", "TooWide"),
        ("10.1.1.2,192.168.5.10,TCP,any", "TooWide"),
        ("any,any,any,any", "TooWide"),
    ] {
        let (found, _) = differences(&home, &format!("{text}{row},,,,\n"));
        assert!(!found.is_empty(), "{row}");
        assert!(found.iter().all(|one| one["Result"] == result), "{row}: {found:?}");
        let place = format!("line {}", text.lines().count() + 1);
        assert!(found.iter().all(|one| one["Place"] == *place), "{row}: {found:?}");
    }
}

/// A ruleset as JSON, as nft prints it of a network namespace that it was loaded in.
fn loaded(ruleset: &str) -> Option<String> {
    if !host::has("nft") || !host::has("unshare") {
        return None;
    }
    let dir = host::tempdir().unwrap();
    let file = dir.path().join("rules");
    fs::write(&file, ruleset).unwrap();
    let mut command = host::command("unshare", dir.path());
    command.args(["-rn", "sh", "-c", "nft -f \"$0\" && nft -j list ruleset"]).arg(&file);
    let ran = command.stdin(Stdio::null()).output().unwrap();
    ran.status.success().then(|| String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// The exported chain, jumped to by one that drops all else, is what is needed; with more rules each is found.
#[test]
fn nft_prints_what_is_compared() {
    needs!("nft in a network namespace", loaded("table inet t {\n}\n").is_some());
    let home = home();
    let hooked = |rules: &str| {
        let base =
            "table inet filter {\n chain forward {\n type filter hook forward priority 0; policy drop;\n";
        let json = loaded(&format!("{}{base}{rules}}}\n}}\n", export(&home, "nftables"))).unwrap();
        differences(&home, &json).0
    };
    assert_eq!(hooked("jump exchange\n"), Vec::<Json>::new());
    assert!(hooked("").iter().all(|one| one["Result"] == "Closed"));
    let kinds = |found: Vec<Json>| -> BTreeSet<String> {
        found.iter().map(|one| one["Result"].as_str().unwrap().to_owned()).collect()
    };
    let of = |names: &[&str]| -> BTreeSet<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let admin = "ip saddr 198.51.100.7 tcp dport 22 accept\n";
    assert_eq!(kinds(hooked(&format!("jump exchange\n{admin}"))), of(&["NotNeeded"]));
    assert_eq!(kinds(hooked("ip saddr 10.1.1.2 tcp dport 25 drop\njump exchange\n")), of(&["Closed"]));
    assert_eq!(
        kinds(hooked("ct state established accept\njump exchange\nicmp type echo-request accept\n")),
        of(&[])
    );
    assert_eq!(kinds(hooked("ip saddr 10.1.1.0/24 return\naccept\n")), of(&["Closed", "TooWide"]));
}
