//! The pipeline that docs/ci.md tells of, run with the real program: green when all is right, red on drift.

#![expect(clippy::disallowed_methods, reason = "a pipeline runs in a directory of its own")]

use std::path::Path;
use std::process::{Command, Output};

use enumset::EnumSet;
use exch::organization::Part;

use crate::host::{self, EXCH};
use crate::outcome::Failed;

/// Whether the programs are there that the script calls.
fn has_tools() -> bool {
    ["awk", "bash", "diff", "grep", "mktemp", "sort"].into_iter().all(host::has)
}

fn script() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci/pipeline.sh")
}

/// A command in `dir`, with the program on the PATH. Its temporary files lie there, so that the store that the
/// script makes beside is in nobody's repository either.
fn command(name: &str, dir: &Path) -> Command {
    let mut command = host::command(name, dir);
    command.env("PATH", host::path()).env("EXCH_STORE", "store").env("TMPDIR", dir);
    command
}

fn pipeline(dir: &Path, step: &str, base: Option<&str>) -> Result<Output, Failed> {
    let mut command = command("bash", dir);
    Ok(command.arg(script()).arg(step).envs(base.map(|base| ("BASE", base))).output()?)
}

fn exch(dir: &Path, words: &[&str]) -> Result<Output, Failed> {
    let ran = command(EXCH, dir).args(words).output()?;
    ends(&ran, 0, "")?;
    Ok(ran)
}

/// Whether it ended with that code and said so.
fn ends(ran: &Output, code: i32, says: &str) -> Result<(), Failed> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let both = text(&ran.stdout) + &text(&ran.stderr);
    let right = ran.status.code() == Some(code) && both.contains(says);
    if right { Ok(()) } else { Err(format!("{:?}, wanted {code} and {says:?}: {both}", ran.status).into()) }
}

fn provisioned() -> Result<crate::host::TempDir, Failed> {
    let dir = crate::host::tempdir()?;
    ends(&pipeline(dir.path(), "provision", None)?, 0, "made a store")?;
    Ok(dir)
}

fn revisions(dir: &Path) -> Result<usize, Failed> {
    let ran = exch(dir, &["get-storehistory", "-o", "name"])?;
    Ok(ran.stdout.iter().filter(|byte| **byte == b'\n').count())
}

#[test]
fn green_when_all_is_right() -> Result<(), Failed> {
    needs!("bash and the tools of the script", has_tools());
    let dir = provisioned()?;
    let dir = dir.path();
    let before = revisions(dir)?;
    ends(&pipeline(dir, "check", None)?, 0, "no drift")?;
    ends(&pipeline(dir, "provision", None)?, 0, "")?;
    if revisions(dir)? != before {
        return Err("provisioning again made a revision".into());
    }
    // What the lines say is brought back; the way there is shown, and no failure.
    exch(dir, &["set-receiveconnector", "HUB01\\Scanners", "-MaxMessageSize", "1MB"])?;
    ends(&pipeline(dir, "provision", None)?, 0, "recorded as revision")?;
    ends(&pipeline(dir, "check", Some("HEAD~1"))?, 0, "20 MB")?;
    ends(&pipeline(dir, "bogus", None)?, 2, "usage: ")
}

#[test]
fn red_on_drift() -> Result<(), Failed> {
    needs!("bash and the tools of the script", has_tools());
    let changes: [&[&str]; 4] = [
        &["set-receiveconnector", "HUB01\\Relay", "-MaxHopCount", "10"],
        &[
            "add-adpermission",
            "HUB01\\Relay",
            "-User",
            r"CONTOSO\app1",
            "-ExtendedRights",
            "ms-Exch-SMTP-Submit",
        ],
        &["remove-receiveconnector", "HUB01\\Scanners", "-Confirm:false"],
        &[
            "new-receiveconnector",
            "Other",
            "-Server",
            "HUB01",
            "-Bindings",
            "10.0.0.1:26",
            "-RemoteIPRanges",
            "10.9.9.9",
        ],
    ];
    let dir = provisioned()?;
    let dir = dir.path();
    for change in changes {
        exch(dir, change)?;
        ends(&pipeline(dir, "check", None)?, 1, "drift: ")?;
        exch(dir, &["restore-storerevision", "HEAD~1"])?;
        ends(&pipeline(dir, "check", None)?, 0, "no drift")?;
    }
    // An edit by hand that no rule refuses is drift, one that a rule refuses is damage.
    let file = dir.join("store/servers/HUB01.toml");
    let text = std::fs::read_to_string(&file)?;
    std::fs::write(&file, text.replace("20 MB", "21 MB").replace("20MB", "21MB"))?;
    ends(&pipeline(dir, "check", None)?, 1, "21MB")?;
    std::fs::write(&file, text.replacen("Name = \"Relay\"", "Name = \"Scanners\"", 1))?;
    ends(&pipeline(dir, "check", None)?, 3, "Scanners")
}

/// Lines that change a part of the organization, and what the difference then shows.
fn drift_of(part: Part) -> (&'static [&'static str], &'static str) {
    match part {
        Part::AcceptedDomains => (&["new-accepteddomain evil.com -DomainName evil.com"], "evil.com"),
        Part::TransportConfig => (&["set-transportconfig -MaxSendSize 1MB"], "-MaxSendSize 1MB"),
        Part::Principals => (&[r"new-principal CONTOSO\app1 -EmailAddresses app1@contoso.com"], "app1"),
        Part::EdgeSubscriptions => (
            &[
                "set-exchangeserver HUB01 -Site Berlin",
                "new-exchangeserver EDGE01 -Version 2010 -ServerRole EdgeTransport",
                "new-edgesubscription -Server EDGE01 -Site Berlin",
            ],
            "New-EdgeSubscription",
        ),
        Part::AccessPolicies => (
            &["new-accesspolicy None -Effect Forbid -Ability Relay -ExceptRemoteIPRanges 192.168.5.0/24"],
            "New-AccessPolicy",
        ),
        Part::NetworkEndpoints => (
            &["new-networkendpoint DC01 -Kind DomainController -IPAddresses 10.0.0.9"],
            "New-NetworkEndpoint",
        ),
        Part::NetworkZones => (&["new-networkzone Inside -Subnets 10.0.0.0/24"], "New-NetworkZone"),
        Part::SendConnectors => (
            &["new-sendconnector Out -Usage Internet -AddressSpaces * -SourceTransportServers HUB01"],
            "New-SendConnector",
        ),
    }
}

/// What somebody changes beside the lines is drift, whichever file of the store it is in.
#[test]
fn red_on_drift_of_every_noun() -> Result<(), Failed> {
    needs!("bash and the tools of the script", has_tools());
    let dir = provisioned()?;
    let dir = dir.path();
    let sound = exch(dir, &["get-storehistory", "-ResultSize", "1", "-o", "name"])?;
    let sound = String::from_utf8_lossy(&sound.stdout).trim().to_owned();
    let parts = EnumSet::<Part>::all().iter().map(drift_of);
    let others: [(&[&str], &str); 3] = [
        (&["set-store -Organization Fabrikam"], "Fabrikam"),
        (&["set-exchangeserver HUB01 -Site Berlin"], "-Site Berlin"),
        (&[r"add-adpermission HUB01\Scanners -Owner CONTOSO\app1"], "-Owner"),
    ];
    for (lines, shown) in parts.chain(others) {
        for line in lines {
            exch(dir, &line.split(' ').collect::<Vec<_>>())?;
        }
        ends(&pipeline(dir, "check", None)?, 1, shown)?;
        exch(dir, &["restore-storerevision", &sound])?;
    }
    ends(&pipeline(dir, "check", None)?, 0, "no drift")
}

/// docs/ci/access.sh: green on what opens nothing, red on a public relay, and on a policy that does not hold.
#[test]
fn red_on_a_public_relay_and_a_broken_policy() -> Result<(), Failed> {
    needs!("bash and the tools of the script", has_tools());
    let dir = crate::host::tempdir()?;
    let check = |base: &str| -> Result<Output, Failed> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci/access.sh");
        Ok(command("bash", dir.path()).arg(script).env("BASE", base).output()?)
    };
    let run = |words: &[&str]| exch(dir.path(), words);
    run(&["new-exchangeserver", "HUB01", "-Version", "2010", "-NoDefaultConnectors"])?;
    let relay = ["new-receiveconnector", "Relay", "-Server", "HUB01", "-Bindings", "10.0.0.1:25"];
    run(&[&relay[..], &["-RemoteIPRanges", "10.1.0.0/24", "-PermissionGroups", "AnonymousUsers"]].concat())?;
    let right = ["-User", "S-1-5-7", "-ExtendedRights", "ms-Exch-SMTP-Accept-Any-Recipient"];
    run(&[&["add-adpermission", "Relay"], &right[..]].concat())?;
    ends(&check("HEAD~1")?, 0, "")?;
    run(&["set-receiveconnector", "Relay", "-RemoteIPRanges", "10.1.0.0/24,8.8.8.8"])?;
    ends(&check("HEAD~1")?, 1, "8.8.8.8")?;
    run(&["set-receiveconnector", "Relay", "-RemoteIPRanges", "10.1.0.0/24"])?;
    ends(&check("HEAD~1")?, 0, "")?;
    run(&["new-accesspolicy", "None", "-Effect", "Forbid", "-Ability", "Relay"])?;
    ends(&check("HEAD~1")?, 1, "An access policy does not hold")?;
    ends(&check("never")?, 4, "never")
}

/// docs/ci/change.sh: the lines of a branch, run on what it was made from, lead to the branch.
#[test]
fn a_change_as_lines_to_review() -> Result<(), Failed> {
    needs!("bash and the tools of the script", has_tools());
    let dir = provisioned()?;
    let dir = dir.path();
    let lines = |base: &str| -> Result<Output, Failed> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci/change.sh");
        Ok(command("bash", dir).arg(script).env("BASE", base).output()?)
    };
    ends(&lines("HEAD")?, 0, "")?;
    assert_eq!(std::fs::read_to_string(dir.join("change.ps1"))?, "");
    assert_eq!(std::fs::read_to_string(dir.join("relay.json"))?, "[]\n");
    exch(dir, &["set-receiveconnector", r"HUB01\Relay", "-RemoteIPRanges", "192.168.5.10"])?;
    exch(dir, &["remove-receiveconnector", r"HUB01\Scanners", "-Confirm:false"])?;
    ends(&lines("HEAD~2")?, 0, "")?;
    assert!(std::fs::read_to_string(dir.join("relay.json"))?.contains(r#""Change": "Closed""#));
    exch(dir, &["restore-storerevision", "HEAD~2"])?;
    exch(dir, &["run", "change.ps1"])?;
    ends(&lines("HEAD~2")?, 0, "")?;
    assert_eq!(std::fs::read_to_string(dir.join("change.ps1"))?, "");
    ends(&lines("never")?, 4, "never")
}

/// docs/ci/drift.sh: green on the export that the store came from, red when the store is changed, and the lines lead from
/// what the servers have to the store.
#[test]
fn red_when_servers_differ_from_the_store() -> Result<(), Failed> {
    needs!("bash and the tools of the script", has_tools());
    let dir = crate::host::tempdir()?;
    let dir = dir.path();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let exports = root.join("docs/import/home/exports");
    let check = |exports: &Path| -> Result<Output, Failed> {
        Ok(command("bash", dir).arg(root.join("docs/ci/drift.sh")).env("EXPORTS", exports).output()?)
    };
    let words = |verb: &str| [verb.to_owned(), exports.to_string_lossy().into_owned()];
    let ran = command(EXCH, dir).args(words("import-organization")).output()?;
    ends(&ran, 0, "recorded as revision")?;
    ends(&check(&exports)?, 0, "no drift")?;
    assert_eq!(std::fs::read_to_string(dir.join("drift.json"))?.trim(), "[]");
    exch(dir, &["set-receiveconnector", r"MAIL01\Relay", "-RemoteIPRanges", "192.168.20.31"])?;
    ends(&check(&exports)?, 3, "RemoteIPRanges")?;
    assert!(std::fs::read_to_string(dir.join("drift.json"))?.contains(r#""Property": "RemoteIPRanges""#));
    let lines = std::fs::read_to_string(dir.join("change.ps1"))?;
    exch(dir, &["restore-storerevision", "HEAD~1"])?;
    exch(dir, &["run", "change.ps1"])?;
    ends(&check(&exports)?, 3, "192.168.20.31")?;
    assert_eq!(std::fs::read_to_string(dir.join("change.ps1"))?, lines);
    ends(&check(&dir.join("nowhere"))?, 2, "there is no such file")
}
