//! Invoke-Runbook: files of lines as one change, what it refuses, and the pages that show it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests write runbooks and read pages")]

use std::fs;
use std::path::Path;

use exch::answer::Exit;

use crate::host;
use crate::world::{Home, Ran};

const RELAY: &str = r#"# The documented relay set-up
#exch New-ExchangeServer MBX01 -Version 2019 -IPAddresses 10.0.0.20
$ips = "192.168.5.10","192.168.5.11"
$relay = @{ Name = 'Printers'; Server = 'MBX01'; TransportRole = 'FrontendTransport'; Custom = $true }
New-ReceiveConnector @relay -Bindings 10.0.0.20:25 -RemoteIPRanges $ips `
    -PermissionGroups AnonymousUsers
Get-ReceiveConnector 'MBX01\Printers' | Add-ADPermission -User 'NT AUTHORITY\ANONYMOUS LOGON' -ExtendedRights "ms-Exch-SMTP-Accept-Any-Recipient" | Out-Null
Set-ReceiveConnector 'MBX01\Printers' -RemoteIPRanges @{Add = '192.168.5.12'} -Comment @"
printers of
room 12
"@
"#;

fn write(home: &Home, name: &str, text: impl AsRef<[u8]>) {
    fs::write(home.world.environment.directory.join(name), text).unwrap();
}

fn run(home: &Home, text: &str, more: &[&str]) -> Ran {
    write(home, "change.ps1", text);
    home.run(["run", "change.ps1"].iter().chain(more))
}

fn revisions(home: &Home) -> usize {
    home.done(["get-storehistory", "-o", "name"]).lines().count()
}

fn value(home: &Home, identity: &str, property: &str) -> String {
    home.done(["get-receiveconnector", identity, "-o", "json", "-Property", property])
}

#[test]
fn the_relay_setup() {
    let home = Home::new();
    let tried = run(&home, RELAY, &["-WhatIf"]);
    assert_eq!(tried.exit, Exit::Done, "{}", tried.err);
    assert!(tried.out.contains("{192.168.5.10, 192.168.5.11, 192.168.5.12}"), "{}", tried.out);
    assert!(!home.store().exists());
    let ran = run(&home, RELAY, &[]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    assert_eq!(ran.err.matches("can relay through").count(), 1, "{}", ran.err);
    assert_eq!(revisions(&home), 1);
    let history = home.done(["get-storehistory", "-o", "list", "-Property", "Subject,Body"]);
    assert!(history.starts_with("\nSubject : Invoke-Runbook change.ps1\n"), "{history}");
    assert!(
        history.contains("Get-ReceiveConnector -Identity MBX01\\Printers | Add-ADPermission "),
        "{history}"
    );
    assert!(value(&home, r"MBX01\Printers", "Relay").contains("anonymous"));
    assert!(value(&home, r"MBX01\Printers", "Comment").contains(r"printers of\nroom 12"));
    // The file again: the server is there already, and nothing changes.
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Conflict);
    assert_eq!(revisions(&home), 1);
}

#[test]
fn a_mistake_leaves_nothing_behind() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let text = "Set-ReceiveConnector 'MBX01\\Printers' -MaxHopCount 40\n\n# four\nSet-ReceiveConnector 'MBX01\\Printers' -Bannner x\n";
    let ran = run(&home, text, &[]);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert_eq!(
        ran.err,
        "error: change.ps1:4:39: A parameter cannot be found that matches parameter name 'Bannner'\n  \
         4 | Set-ReceiveConnector 'MBX01\\Printers' -Bannner x\n    \
         |                                       ^^^^^^^^\nhint: did you mean -Banner?\n"
    );
    assert_eq!(revisions(&home), 1);
    assert!(value(&home, r"MBX01\Printers", "MaxHopCount").contains("60"));
}

#[test]
fn every_mistake_is_reported() {
    let home = Home::new();
    let text = "Get-Queue\nforeach ($x in 1..3) {\n  Get-ReceiveConnector\n}\nSet-ReceiveConnector a -Banner $env:X -WhatIf\nSet-ReceiveConnector a -MaxHopCount 501\nSet-ReceiveConnector a -WhatIf\nSet-ReceiveConnector a -Banner x -Banner y\nRestore-StoreRevision HEAD\n";
    let ran = run(&home, text, &[]);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    let places: Vec<&str> =
        ran.err.lines().filter_map(|line| line.strip_prefix("error: change.ps1:")).collect();
    let places: Vec<&str> = places.iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["1:1", "2:1", "5:32", "6:37", "7:24", "8:34", "9:1"], "{}", ran.err);
    let json = run(&home, text, &["-Output", "json"]).err;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["errors"].as_array().map(Vec::len), Some(6));
}

#[test]
fn a_line_that_is_refused_names_its_place() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let text = "Set-ReceiveConnector 'MBX01\\Printers' -MaxHopCount 40\nNew-ReceiveConnector Other -Server MBX01 -Custom -Bindings 10.0.0.20:25 -RemoteIPRanges 192.168.5.10 -TransportRole FrontendTransport\n";
    let ran = run(&home, text, &[]);
    assert_eq!(ran.exit, Exit::Conflict);
    assert!(ran.err.starts_with("error: change.ps1:2:1: "), "{}", ran.err);
    assert!(ran.err.contains("\n  2 | New-ReceiveConnector Other"), "{}", ran.err);
    assert_eq!(revisions(&home), 1);
    let absent = run(&home, "Set-ReceiveConnector nosuch -Enabled $true", &[]);
    assert_eq!(absent.exit, Exit::NotFound);
    // A parameter that is missing is not asked for.
    let missing = run(&home, "New-ReceiveConnector -Name x -Server MBX01", &[]);
    assert!(
        missing.err.contains("change.ps1:1:1: Cannot process command because of one or more missing"),
        "{}",
        missing.err
    );
}

#[test]
fn each_line_by_itself() {
    let home = Home::new();
    let text = "#exch New-ExchangeServer MBX01 -Version 2019\nSet-ReceiveConnector 'MBX01\\nosuch' -MaxHopCount 40\nSet-ReceiveConnector 'MBX01\\Default MBX01' -MaxHopCount 40\n";
    let ran = run(&home, text, &["-EachLine"]);
    assert_eq!(ran.exit, Exit::NotFound);
    assert!(ran.err.contains("error: change.ps1:2:1: "), "{}", ran.err);
    assert!(ran.err.ends_with("notice: 1 of 3 lines failed; the others ran\n"), "{}", ran.err);
    assert_eq!(revisions(&home), 2);
    assert!(value(&home, r"MBX01\Default MBX01", "MaxHopCount").contains("40"));
    // A text that cannot be read runs no line.
    assert_eq!(
        run(&home, "Set-ReceiveConnector x -MaxHopCount 41\nforeach", &["-EachLine"]).exit,
        Exit::NotUnderstood
    );
    assert_eq!(revisions(&home), 2);
}

/// Rows that cannot be read, or that a rule refuses, keep no other from becoming a revision.
#[test]
fn each_row_by_itself() {
    let home = Home::new();
    home.done(["new-exchangeserver", "MBX01", "-Version", "2010", "-NoDefaultConnectors"]);
    let rows = "Name,Server,Bindings,RemoteIPRanges\nA,MBX01,0.0.0.0:2601,10.0.0.300\nB,MBX01,0.0.0.0:2601,10.0.0.2\nB,MBX01,0.0.0.0:2601,10.0.0.3\nC,MBX01\nD,MBX01,0.0.0.0:2601,10.0.0.4\n";
    let ran = run(&home, rows, &["-Cmdlet", "New-ReceiveConnector", "-EachLine"]);
    for line in [2, 4, 5] {
        assert!(ran.err.contains(&format!("error: change.ps1:{line}:1: ")), "{}", ran.err);
    }
    assert!(ran.err.ends_with("3 of 5 lines failed; the others ran\n"), "{}", ran.err);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert_eq!(home.done(["get-receiveconnector", "-o", "name"]), "MBX01\\B\nMBX01\\D\n");
    assert_eq!(revisions(&home), 3);
}

#[test]
fn what_lines_print() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let text = "Get-ReceiveConnector 'MBX01\\Printers' | fl Name, Enabled\nSet-ReceiveConnector 'MBX01\\Printers' -Enabled $false\nGet-ReceiveConnector 'MBX01\\Printers' | Select-Object -Property Name,Enabled\nGet-ReceiveConnector 'MBX01\\Printers' | Format-Table Name -AutoSize\nGet-ReceiveConnector 'MBX01\\Printers' | Out-Null\n";
    let ran = run(&home, text, &[]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    assert!(
        ran.out.starts_with("\nName    : Printers\nEnabled : True\n\n\nName    : Printers\nEnabled : False\n\n\nName\n----\nPrinters\n"),
        "{}",
        ran.out
    );
    let other = run(&home, "Get-ReceiveConnector | Select-Object -First 1", &[]);
    assert!(other.err.contains("Select-Object takes the names of properties here"), "{}", other.err);
    assert_eq!(other.exit, Exit::NotUnderstood);
    // Lines that change nothing make no revision, and what they print is all there is to say.
    let only = run(&home, "Get-ReceiveConnector 'MBX01\\Printers' | fl Name", &[]);
    assert_eq!((only.exit, only.out.as_str(), only.err.as_str()), (Exit::Done, "\nName : Printers\n\n", ""));
}

#[test]
fn what_if_for_a_program() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let text = "Set-ReceiveConnector 'MBX01\\Printers' -RemoteIPRanges 192.168.5.10,8.8.8.8";
    let ran = run(&home, text, &["-WhatIf", "-Output", "json"]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let access: Vec<(&str, &str)> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["Property"] == "EffectiveAccess")
        .map(|row| (row["Before"].as_str().unwrap_or("-"), row["After"].as_str().unwrap_or("-")))
        .collect();
    assert!(
        access.iter().any(|(before, after)| *before == "-"
            && after.contains("8.8.8.8 (public) can")
            && after.contains("Relay")),
        "{access:?}"
    );
    assert!(
        access.iter().any(|(before, after)| *after == "-"
            && before.contains("192.168.5.11")
            && before.contains("Relay")),
        "{access:?}"
    );
    assert!(ran.err.contains("notice: opens `MBX01\\Printers`"), "{}", ran.err);
    assert!(ran.err.contains("can no longer"), "{}", ran.err);
}

/// What is no runbook, and what only PowerShell can run: one clear error, and nothing changed.
#[test]
fn bad_input() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let set = "Set-ReceiveConnector 'MBX01\\Printers' -MaxHopCount 40\n";
    let many: String = (0..9_999).map(|_| set).collect();
    for (text, place, says) in [
        (format!("{many}Set-ReceiveConnector 'MBX01\\Printers' -MaxHopCount many\n"), "10000:52", "many"),
        (format!("{set}foreach ($c in 1) {{ }}\n"), "2:1", "foreach"),
        (format!("{set}Set-ReceiveConnector 'MBX01\\Printers' -Comment $x\n"), "2:48", "$x"),
        (format!("$x = 1\n$x = 2\n{set}"), "2:1", "$x"),
        (format!("{set}Set-ReceiveConnector 'MBX01\\Printers' -Comment @\"\nx\n"), "2:48", "terminator"),
        (format!("{set}Get-Queue\n"), "2:1", "Get-Queue"),
        (format!("{set}{}\n", "x".repeat(1 << 20)), "2:1", "xxx"),
    ] {
        let ran = run(&home, &text, &[]);
        assert_eq!(ran.exit, if says == "many" { Exit::Refused } else { Exit::NotUnderstood }, "{}", ran.err);
        assert!(ran.err.starts_with(&format!("error: change.ps1:{place}: ")), "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
        // No error is longer than a reader reads, whatever the line.
        assert!(ran.err.len() < 4_000, "{} bytes", ran.err.len());
    }
    assert_eq!(revisions(&home), 1);
}

/// Every line with its place, but not what follows from a line that failed.
#[test]
fn every_line_that_is_refused_is_reported() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let text = "New-ReceiveConnector Other -Server MBX01 -Custom -Bindings 10.0.0.20:25 -RemoteIPRanges 192.168.5.10 -TransportRole FrontendTransport\nAdd-ADPermission 'MBX01\\Other' -User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Submit\nSet-ReceiveConnector 'MBX01\\Printers' -Comment fine\nSet-ReceiveConnector 'MBX01\\nosuch' -Comment x\n";
    let ran = run(&home, text, &[]);
    let places: Vec<&str> =
        ran.err.lines().filter_map(|line| line.strip_prefix("error: change.ps1:")).collect();
    let places: Vec<&str> = places.iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["1:1", "4:1"], "{}", ran.err);
    assert_eq!(ran.exit, Exit::Conflict);
    assert_eq!(revisions(&home), 1);
}

/// No quoting is undone, and nothing is read as something else than PowerShell hands over.
#[test]
fn literals_are_what_was_typed() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    for (typed, wanted) in [
        ("'''quoted'''", "'quoted'"),
        ("\"a`tb\"", "a\\tb"),
        ("'@{Add=1}'", "@{Add=1}"),
        ("'a,b'", "a,b"),
        ("007", "007"),
        ("‘curly’", "curly"),
        ("'$null'", "$null"),
    ] {
        let ran = run(&home, &format!("Set-ReceiveConnector 'MBX01\\Printers' -Comment {typed}"), &[]);
        assert_eq!(ran.exit, Exit::Done, "{typed}: {}", ran.err);
        let comment = value(&home, r"MBX01\Printers", "Comment");
        assert!(comment.contains(&format!("\"Comment\": \"{wanted}\"")), "{typed}: {comment}");
    }
    assert_eq!(run(&home, "Set-ReceiveConnector 'MBX01\\Printers' -Comment $null", &[]).exit, Exit::Done);
    assert!(value(&home, r"MBX01\Printers", "Comment").contains("\"Comment\": \"\""));
    assert_eq!(
        run(&home, "Set-ReceiveConnector 'MBX01\\Printers' -Comment 'a','b'", &[]).exit,
        Exit::NotUnderstood
    );
    assert_eq!(
        run(&home, "Set-ReceiveConnector 'MBX01\\Printers' -RemoteIPRanges '10.0.0.1,10.0.0.2'", &[]).exit,
        Exit::Refused
    );
}

#[test]
fn questions() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let remove = "Remove-ReceiveConnector 'MBX01\\Printers'";
    let ran = run(&home, remove, &[]);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert_eq!(revisions(&home), 1);
    assert_eq!(run(&home, &format!("{remove} -Confirm:$false"), &[]).exit, Exit::Done);
    assert_eq!(revisions(&home), 2);
    home.done(["restore-storerevision", "HEAD~1"]);
    assert_eq!(run(&home, remove, &["-Confirm:false"]).exit, Exit::Done);
}

#[test]
fn pipelines() {
    let home = Home::new();
    assert_eq!(run(&home, RELAY, &[]).exit, Exit::Done);
    let piped = "Get-ReceiveConnector 'MBX01\\Default*' | Set-ReceiveConnector -MaxHopCount 41 -Confirm:$false\n'Printers','MBX01\\Client Proxy MBX01' | Set-ReceiveConnector -MaxHopCount 42 -Confirm:$false\nGet-ReceiveConnector 'MBX01\\Nosuch*' | Remove-ReceiveConnector";
    let ran = run(&home, piped, &[]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    assert!(value(&home, r"MBX01\Default MBX01", "MaxHopCount").contains("41"));
    assert!(value(&home, r"MBX01\Printers", "MaxHopCount").contains("42"));
    assert!(value(&home, r"MBX01\Client Proxy MBX01", "MaxHopCount").contains("42"));
    let all = run(&home, "Get-ReceiveConnector | Set-ReceiveConnector -MaxHopCount 43 -Confirm:$false", &[]);
    assert_eq!(all.exit, Exit::Done, "{}", all.err);
    assert!(value(&home, r"MBX01\Printers", "MaxHopCount").contains("43"));
    let no_input = run(&home, "Get-ReceiveConnector | New-ExchangeServer X", &[]);
    assert_eq!(no_input.exit, Exit::NotUnderstood, "{}", no_input.err);
}

#[test]
fn files_as_windows_writes_them() {
    let text = RELAY.replace('\n', "\r\n");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: [Vec<u8>; 4] = [
        text.clone().into_bytes(),
        [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
        [b"\xff\xfe".as_slice(), &utf16].concat(),
        text.replace(' ', "\u{a0}")
            .replace("ANONYMOUS\u{a0}LOGON", "ANONYMOUS LOGON")
            .replace("NT\u{a0}", "NT ")
            .replace("#exch\u{a0}", "#exch ")
            .into_bytes(),
    ];
    for bytes in files {
        let home = Home::new();
        write(&home, "change.ps1", &bytes);
        let ran = home.run(["invoke-runbook", "change.ps1"]);
        assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    }
}

#[test]
fn what_is_no_runbook() {
    let home = Home::new();
    write(&home, "binary.ps1", [0x7f, 0x45, 0, 0, 0xff, 0xfe]);
    for (name, wanted) in [
        ("binary.ps1", "`binary.ps1` is not text in UTF-8 or UTF-16"),
        ("absent.ps1", "`absent.ps1` cannot be read: there is no such file"),
        (".", "`.` cannot be read: it is not a file"),
        ("-", "`-` reads standard input, and nothing is piped into it"),
    ] {
        let ran = home.run(["run", name]);
        assert_eq!(ran.exit, Exit::NotUnderstood, "{}", ran.err);
        assert!(ran.err.contains(wanted), "{}", ran.err);
    }
    let nothing = run(&home, "# nothing\n", &[]);
    assert_eq!(nothing.exit, Exit::Done, "{}", nothing.err);
    assert!(!home.store().exists());
    for open in [
        "Set-ReceiveConnector a -Comment @'\nb",
        "Set-ReceiveConnector 'a",
        "Set-ReceiveConnector a -RemoteIPRanges @{Add='x'",
    ] {
        assert_eq!(run(&home, open, &[]).exit, Exit::NotUnderstood, "{open}");
    }
}

/// Without its file at hand it is refused as any cmdlet is, and an error in an endless line shows a part of it.
#[test]
fn its_path_and_a_long_line() {
    let home = Home::new();
    let missing = home.run(["run"]);
    assert_eq!(missing.exit, Exit::NotUnderstood);
    assert!(missing.err.contains("missing mandatory parameters: Path"), "{}", missing.err);
    let long = format!("Set-ReceiveConnector a -Comment '{}' -Bannner x", "é".repeat(100_000));
    let ran = run(&home, &long, &[]);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert!(ran.err.len() < 2_000, "{}", ran.err.len());
    let marked = ran.err.lines().nth(2).unwrap();
    let shown: String =
        ran.err.lines().nth(1).unwrap().chars().skip(marked.chars().count() - 8).take(8).collect();
    assert_eq!((shown.as_str(), marked.trim_start_matches([' ', '|'])), ("-Bannner", "^^^^^^^^"));
    for line in [
        "Get-ReceiveConnector -Output json",
        "Get-ReceiveConnector -Property Name",
        "Get-ReceiveConnector -At HEAD",
    ] {
        let ran = run(&home, line, &[]);
        assert_eq!(ran.exit, Exit::NotUnderstood, "{line}");
        assert!(ran.err.contains("is for the whole runbook, not for one line"), "{}", ran.err);
    }
    for (line, does) in [
        ("Test-DataPath -InputFile sessions.csv", "Test-DataPath reads a file of rows"),
        ("Measure-ProtocolLog logs", "Measure-ProtocolLog reads protocol logs"),
        ("Get-ProtocolLog logs", "Get-ProtocolLog reads protocol logs"),
        (
            "Export-FirewallRule -Server HUB01 -Format csv -Path rules.csv",
            "Export-FirewallRule writes a file",
        ),
    ] {
        let text = format!("#exch New-ExchangeServer HUB01 -Version 2010\n#exch {line}\n");
        let ran = run(&home, &text, &[]);
        assert_eq!(ran.exit, Exit::NotUnderstood, "{line}: {}", ran.err);
        let says = format!("change.ps1:2:7: {does}, which does not run within a runbook");
        assert!(ran.err.contains(&says), "{line}: {}", ran.err);
    }
}

/// A file with one bad line among two thousand changes nothing; without it, it is one revision.
#[test]
fn two_thousand_lines() {
    let home = Home::new();
    let servers =
        (0..20).map(|at| format!("#exch New-ExchangeServer S{at} -Version 2010 -NoDefaultConnectors\n"));
    let lines = (0..2_000).map(|at| {
        let (server, place) = (at % 20, at / 20);
        format!("New-ReceiveConnector C{place} -Server S{server} -Custom -Bindings 10.{}.{}.1:25 -RemoteIPRanges 192.0.2.1\n", place / 250, place % 250)
    });
    let text: String = servers.chain(lines).collect();
    let bad = text.replacen(
        "-Server S7 -Custom -Bindings 10.0.77.1:25",
        "-Server S7 -Custom -Bindings 10.0.77.1:99999",
        1,
    );
    let ran = run(&home, &bad, &[]);
    assert_eq!(ran.exit, Exit::Refused, "{}", ran.err);
    assert!(!home.store().exists());
    let ran = run(&home, &text, &[]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err.get(..500).unwrap_or(&ran.err));
    assert_eq!(revisions(&home), 1);
    assert_eq!(home.done(["get-receiveconnector", "-o", "name"]).lines().count(), 2_000);
}

/// The here-document of the page, pasted into bash.
#[test]
fn the_page_runs_in_bash() {
    needs!("bash");
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/runbooks.md")).unwrap();
    let block = page.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut bash = host::command("bash", home.path());
    let ran = bash.args(["-ec", block]).env("PATH", host::path()).output().unwrap();
    let err = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{err}");
    assert!(err.contains("recorded as revision"), "{err}");
}
