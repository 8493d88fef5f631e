//! Runbooks that are written: run on an empty store they make the same objects, a difference leads from the one revision
//! to the other, every line of it by itself, and PowerShell's grammar reads each.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests write runbooks")]

mod steps;

use std::fs;

use exch::answer::Exit;
use exch::cmdlet::CMDLETS;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::Value;

use steps::{RIGHTS, Step, store, words};

use crate::world::Home;

/// Everything that a store holds, without dates and identifiers, in one order.
fn holds(home: &Home, at: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for cmdlet in CMDLETS.iter().filter(|cmdlet| cmdlet.shows_what_lines_make()) {
        let name = cmdlet.name();
        let words: &[&str] = if cmdlet.noun == "ADPermission" { &[&name, r"*\*"] } else { &[&name] };
        let words = words.iter().copied().chain(["-o", "json", "-Property", "*", "-At", at]);
        let objects: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&home.done(words)).unwrap();
        for mut object in objects {
            object.retain(|key, _| {
                !(key.starts_with("When") || matches!(key.as_str(), "Guid" | "DistinguishedName"))
            });
            all.push((name.clone(), Value::Object(object)));
        }
    }
    all.sort_by_key(|(name, object)| (name.clone(), object.to_string()));
    all
}

/// What two stores do not have in common.
fn differ(one: &Home, at: &str, other: &Home, then: &str) -> String {
    let (one, other) = (holds(one, at), holds(other, then));
    let called = |object: &Value| object["Identity"].to_string();
    let fewer = |all: &[(String, Value)], others: &[(String, Value)]| -> Vec<(String, Value)> {
        all.iter().filter(|one| !others.contains(one)).cloned().collect()
    };
    let (less, more) = (fewer(&one, &other), fewer(&other, &one));
    let mut text = String::new();
    for (name, object) in &less {
        let same = |(other, twin): &&(String, Value)| other == name && called(twin) == called(object);
        let Some((_, twin)) = more.iter().find(same).filter(|_| name != "Get-ADPermission") else {
            text.push_str(&format!("- {name} {object}\n"));
            continue;
        };
        for (key, value) in object.as_object().unwrap().iter().filter(|(key, value)| twin[*key] != **value) {
            text.push_str(&format!("{name} {} {key}: {value} and {}\n", called(object), twin[key]));
        }
    }
    let alone = |(name, object): &&(String, Value)| {
        name == "Get-ADPermission"
            || !less.iter().any(|(other, twin)| other == name && called(twin) == called(object))
    };
    more.iter().filter(alone).for_each(|(name, object)| text.push_str(&format!("+ {name} {object}\n")));
    text
}

fn runs(home: &Home, text: &str) {
    fs::write(home.world.environment.directory.join("lines.ps1"), text).unwrap();
    let ran = home.run(["run", "lines.ps1", "-Force"]);
    assert_eq!(ran.exit, Exit::Done, "{}\n{text}", ran.err);
}

fn parsed(text: &str) {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_pwsh::LANGUAGE.into()).unwrap();
    let tree = parser.parse(text, None).unwrap();
    assert!(!tree.root_node().has_error(), "PowerShell's grammar does not read:\n{text}");
}

#[test]
fn random_stores_come_back() {
    let step = (0u8..29, 0usize..12, 0usize..12, 0usize..60);
    let steps = (proptest::collection::vec(step.clone(), 5..25), proptest::collection::vec(step, 1..12));
    let cases = std::env::var("EXCH_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let checked = runner.run(&steps, |(before, after)| {
        let home = store(&before);
        home.run(["new-exchangeserver", "LAST", "-Version", "2019"]);
        let old = home.done(["get-storehistory", "-ResultSize", "1", "-o", "name"]);
        let old = old.trim();
        for step in after {
            home.run(words(step));
        }
        let whole = home.done(["export-runbook", "-", "-At", old]);
        let again = Home::new();
        prop_assert!(!whole.contains("# not reached"), "{}", whole);
        runs(&again, &whole);
        parsed(&whole);
        prop_assert_eq!(differ(&again, "HEAD", &home, old), "", "{}", whole);
        let change = home.run(["compare-storerevision", old, "-o", "powershell"]);
        prop_assert!(matches!(change.exit, Exit::Done | Exit::No), "{}", change.err);
        prop_assert!(!change.out.contains("# not reached"), "{}", change.out);
        if !change.out.is_empty() {
            runs(&again, &change.out);
            parsed(&change.out);
        }
        prop_assert_eq!(differ(&again, "HEAD", &home, "HEAD"), "", "{}", change.out);
        Ok(())
    });
    match checked {
        Ok(()) => {}
        Err(TestError::Fail(why, (before, after))) => {
            let lines = |steps: &[Step]| {
                steps.iter().map(|step| words(*step).join(" ")).collect::<Vec<_>>().join("\n")
            };
            panic!("{}\n{}\n--\n{}", why.message(), lines(&before), lines(&after));
        }
        Err(TestError::Abort(why)) => panic!("{}", why.message()),
    }
}

/// The statements of a text: a line that is indented belongs to the one before it.
fn statements(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        match all.last_mut().filter(|_| line.starts_with(' ')) {
            Some(last) => last.push_str(&format!("\n{line}")),
            None => all.push(line.to_owned()),
        }
    }
    all
}

fn changed(home: &Home, since: &str) -> String {
    let ran = home.run(["compare-storerevision", since, "-o", "powershell"]);
    assert_eq!(ran.exit, Exit::No, "{}", ran.err);
    ran.out
}

fn back(home: &Home, to: &str) -> String {
    let ran = home.run(["compare-storerevision", "HEAD", to, "-o", "powershell"]);
    assert_eq!(ran.exit, Exit::No, "{}", ran.err);
    ran.out
}

const TWO: &str = "#exch New-ExchangeServer HUB01 -Version 2016 -NoDefaultConnectors
New-ReceiveConnector One -Server HUB01 -Custom -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.1 -PermissionGroups AnonymousUsers
New-ReceiveConnector Two -Server HUB01 -Custom -Bindings 0.0.0.0:2525 -RemoteIPRanges 10.0.0.1 -PermissionGroups AnonymousUsers
";

#[test]
fn a_swap_goes_over_a_free_port() {
    let home = Home::new();
    runs(&home, TWO);
    let swapped = "Set-ReceiveConnector HUB01\\One -Bindings 0.0.0.0:999
Set-ReceiveConnector HUB01\\Two -Bindings 0.0.0.0:25
Set-ReceiveConnector HUB01\\One -Bindings 0.0.0.0:2525
";
    runs(&home, swapped);
    let lines = changed(&home, "HEAD~1");
    assert_eq!(
        statements(&lines),
        [
            r"Set-ReceiveConnector -Identity HUB01\One -Bindings 0.0.0.0:49152",
            r"Set-ReceiveConnector -Identity HUB01\Two -Bindings 0.0.0.0:25",
            r"Set-ReceiveConnector -Identity HUB01\One -Bindings 0.0.0.0:2525",
        ]
    );
    // Names that are swapped go over a free name.
    let renamed = "Set-ReceiveConnector HUB01\\One -Name Three
Set-ReceiveConnector HUB01\\Two -Name One
Set-ReceiveConnector HUB01\\Three -Name Two
";
    runs(&home, renamed);
    let lines = changed(&home, "HEAD~1");
    assert_eq!(
        statements(&lines),
        [
            r"Set-ReceiveConnector -Identity HUB01\One -Name 'Moving 1'",
            r"Set-ReceiveConnector -Identity HUB01\Two -Name One",
            r"Set-ReceiveConnector -Identity 'HUB01\Moving 1' -Name Two",
        ]
    );
}

/// Every line is a run of its own, as it is on a server. A connector takes the place of one that goes.
#[test]
fn no_state_on_the_way_breaks_a_rule() {
    let home = Home::new();
    runs(&home, TWO);
    let change = "Remove-ReceiveConnector HUB01\\One -Confirm:$false
Remove-ReceiveConnector HUB01\\Two -Confirm:$false
New-ReceiveConnector Relay -Server HUB01 -Custom -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.1 -PermissionGroups AnonymousUsers
Add-ADPermission HUB01\\Relay -User 'NT AUTHORITY\\ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient
New-AcceptedDomain fabrikam.com -DomainName fabrikam.com
Set-AcceptedDomain fabrikam.com -MakeDefault $true
Remove-AcceptedDomain contoso.com -Confirm:$false
New-ReceiveConnector Other -Server HUB01 -Custom -Bindings 0.0.0.0:2526 -RemoteIPRanges 10.0.0.2 -PermissionGroups AnonymousUsers -DefaultDomain fabrikam.com
New-SendConnector Out -AddressSpaces * -SourceTransportServers HUB01 -Internet
";
    runs(&home, change);
    for (lines, from, to) in
        [(changed(&home, "HEAD~1"), "HEAD~1", "HEAD"), (back(&home, "HEAD~1"), "HEAD", "HEAD~1")]
    {
        let again = Home::new();
        runs(&again, &home.done(["export-runbook", "-", "-At", from]));
        assert!(!lines.contains("# not reached"), "{lines}");
        for statement in statements(&lines) {
            runs(&again, &statement);
        }
        assert_eq!(differ(&again, "HEAD", &home, to), "", "{lines}");
    }
}

/// A file as teams keep it, run on an empty store, printed and run again.
#[test]
fn a_team_s_file_comes_back() {
    const TEAM: &str = include_str!("../fixtures/team.ps1");
    let home = Home::new();
    runs(&home, TEAM);
    let lines = home.done(["export-runbook", "-"]);
    parsed(&lines);
    let again = Home::new();
    runs(&again, &lines);
    assert_eq!(differ(&again, "HEAD", &home, "HEAD"), "", "{lines}");
    // Printing is stable: what came back prints the same lines.
    let twice = again.done(["export-runbook", "-"]);
    assert_eq!(statements(&twice), statements(&lines));
}

#[test]
fn long_lines_are_wrapped() {
    let home = Home::new();
    let ranges: Vec<String> = (1..=40).map(|host| format!("10.0.{host}.0/24")).collect();
    runs(&home, TWO);
    home.done([
        "set-receiveconnector",
        r"HUB01\One",
        "-RemoteIPRanges",
        &ranges.join(","),
        "-Comment",
        "it's a \u{2018}list\u{2019}",
    ]);
    let lines = home.done(["get-receiveconnector", r"HUB01\One", "-o", "powershell"]);
    assert!(lines.lines().all(|line| line.chars().count() <= 120), "{lines}");
    parsed(&lines);
    let again = Home::new();
    runs(
        &again,
        &TWO.lines()
            .filter(|line| !line.contains(" One "))
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    );
    runs(&again, &lines);
    assert_eq!(differ(&again, "HEAD", &home, "HEAD"), "");
}

#[test]
fn what_is_not_reached_is_said() {
    let home = Home::new();
    runs(&home, TWO);
    // A property that no cmdlet sets, in a file that was edited by hand.
    let file = home.store().join("servers/HUB01.toml");
    let text =
        fs::read_to_string(&file).unwrap().replacen("Bindings", "AcceptConsumerMail = true\nBindings", 1);
    fs::write(&file, text).unwrap();
    let ran = home.run(["get-receiveconnector", r"HUB01\One", "-o", "powershell"]);
    assert!(
        ran.out.ends_with(
            "# not reached: HUB01\\One: AcceptConsumerMail stays `False`, where `True` is wanted\n"
        ),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("one difference is not reached by the lines"), "{}", ran.err);
}

#[test]
fn a_file_that_is_not_ours_stays() {
    let home = Home::new();
    runs(&home, TWO);
    let directory = &home.world.environment.directory;
    home.done(["export-runbook", "store.ps1"]);
    home.done(["export-runbook", "store.ps1"]);
    assert!(fs::read_to_string(directory.join("store.ps1")).unwrap().starts_with("# exch: "));
    fs::write(directory.join("mine.ps1"), "Get-ReceiveConnector\n").unwrap();
    assert_eq!(home.run(["export-runbook", "mine.ps1"]).exit, Exit::Conflict);
    assert_eq!(fs::read_to_string(directory.join("mine.ps1")).unwrap(), "Get-ReceiveConnector\n");
}

#[test]
fn a_format_that_is_not_there_changes_nothing() {
    let home = Home::new();
    for format in ["powershell", "svg"] {
        let ran = home.run(["new-exchangeserver", "HUB01", "-o", format]);
        assert_eq!(ran.exit, Exit::NotUnderstood, "{}", ran.err);
        assert!(!home.store().exists());
    }
}

/// The lines of Compare-Organization bring the servers to the store, and the other way the store to the servers.
#[test]
fn servers_and_store_meet_both_ways() {
    const EXPORT: &str = include_str!("../fixtures/exchange-2019-receive-connectors.clixml");
    let imported = || {
        let home = Home::new();
        fs::write(home.world.environment.directory.join("export.xml"), EXPORT).unwrap();
        home.done(["import-organization", "export.xml"]);
        home
    };
    let home = imported();
    assert_eq!(home.done(["compare-organization", "export.xml", "-o", "powershell"]), "");
    let names = home.done(["get-receiveconnector", "-o", "name"]);
    let names: Vec<&str> = names.lines().collect();
    home.done(["set-receiveconnector", names[0], "-RemoteIPRanges", "10.0.0.0/8", "-Banner", "220 mail"]);
    home.done(["remove-receiveconnector", names[1], "-Confirm:false"]);
    home.done(["add-adpermission", names[2], "-User", "ANONYMOUS LOGON", "-ExtendedRights", RIGHTS[0]]);
    home.done(["set-receiveconnector", names[3], "-Name", "Renamed"]);
    let compare = |more: &[&str]| {
        let words = ["compare-organization", "export.xml", "-o", "powershell"];
        let ran = home.run(words.iter().chain(more));
        assert_eq!(ran.exit, Exit::No, "{}", ran.err);
        assert!(!ran.out.contains("# not reached"), "{}", ran.out);
        parsed(&ran.out);
        ran.out
    };
    let to_store = compare(&[]);
    let servers = imported();
    runs(&servers, &to_store);
    assert_eq!(differ(&servers, "HEAD", &home, "HEAD"), "", "{to_store}");
    let to_servers = compare(&["-Reverse"]);
    runs(&home, &to_servers);
    assert_eq!(home.run(["compare-organization", "export.xml"]).exit, Exit::Done, "{to_servers}");
}
