//! What is offered where, by the entry that the scripts use: fish's form is the plainest, one `text<TAB>help` a line.

use std::collections::BTreeSet;

use exch::answer::Exit;
use exch::cmdlet::{CMDLETS, Cmdlet};
use exch::param::{Group, Kind};

use super::store::{answered, home};
use crate::world::Home;

/// The texts offered at the end of a line.
fn offered(home: &Home, line: &str) -> Vec<String> {
    let lines = answered(home, &["fish", line], "");
    lines.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_parameter_of_every_cmdlet_is_offered_once_until_it_is_given() {
    let home = Home::new();
    for cmdlet in CMDLETS {
        let name = cmdlet.name();
        let all: BTreeSet<String> = cmdlet.all_params().iter().map(|p| format!("-{}", p.name)).collect();
        for param in cmdlet.all_params() {
            let letters = offered(&home, &format!("exch {name} -{}", param.name.to_lowercase()));
            assert!(letters.contains(&format!("-{}", param.name)), "{name} -{}", param.name);
            let rest = offered(&home, &format!("exch {name} -{} x -", param.name));
            assert!(!rest.contains(&format!("-{}", param.name)), "{name} -{} twice", param.name);
        }
        let bare = offered(&home, &format!("exch {name} -"));
        let ignored =
            |cmdlet: &Cmdlet| cmdlet.all_params().iter().filter(|p| p.group == Group::Ignored).count();
        assert_eq!(bare.len(), bare.iter().collect::<BTreeSet<_>>().len(), "{name}: one twice");
        assert_eq!(bare.len() + ignored(cmdlet), all.len(), "{name}");
        let double = offered(&home, &format!("exch {name} --"));
        assert_eq!(double, bare.iter().map(|name| format!("-{name}")).collect::<Vec<_>>());
    }
}

/// What does not go with a parameter that is there is not offered, and refused where it is typed all the same.
#[test]
fn parameters_that_do_not_go_together() {
    let home = Home::new();
    let mut pairs = 0;
    for cmdlet in CMDLETS {
        let (name, known) = (cmdlet.name(), cmdlet.all_params());
        for exclusion in (cmdlet.excludes)() {
            for other in &exclusion.others {
                for pair in [[exclusion.param, *other], [*other, exclusion.param]] {
                    let [one, other] = pair.map(|param| format!("-{}", param.name));
                    assert!(
                        pair.iter().all(|one| known.iter().any(|param| param.name == one.name)),
                        "{name} {one}"
                    );
                    assert_ne!(one, other, "{name}");
                    let offered = offered(&home, &format!("exch {name} {one} x -"));
                    assert!(!offered.contains(&other), "{name}: {other} beside {one}");
                    let typed = pair.map(|param| match param.kind {
                        Kind::Switch => format!("-{}", param.name),
                        _ => format!("-{} {}", param.name, param.sample()),
                    });
                    let ran = home.run(shlex::split(&format!("{name} {}", typed.join(" "))).unwrap());
                    let says = ["does not go with", one.as_str(), other.as_str()];
                    assert_eq!(ran.exit, Exit::NotUnderstood, "{name} {typed:?}: {}", ran.err);
                    assert!(says.iter().all(|part| ran.err.contains(part)), "{name} {typed:?}: {}", ran.err);
                    pairs += 1;
                }
            }
        }
    }
    assert_eq!(pairs, 796);
}

#[test]
fn a_switch_that_is_switched_off_excludes_nothing() {
    let home = Home::new();
    let ran = home.run(["get-adpermission", "*", "-Owner:false", "-User", "ANONYMOUS LOGON"]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    let ran = home.run(["get-adpermission", "*", "-Owner", "-User", "ANONYMOUS LOGON"]);
    assert_eq!(ran.exit, Exit::NotUnderstood, "{}", ran.err);
    for (line, wanted) in [
        ("exch get-adpermission -Owner:false -Us", "-User"),
        ("exch get-adpermission -Owner: $false -Us", "-User"),
        ("exch new-receiveconnector -Custom:false -Inter", "-Internet"),
        ("exch measure-protocollog x -Unused:false -To", "-Top"),
        ("exch test-datapath -Live:false -RcptT", "-RcptTo"),
    ] {
        assert!(offered(&home, line).contains(&wanted.to_owned()), "{line}");
    }
    let lines = ["exch get-adpermission -Owner -Us", "exch get-adpermission -Owner: -Us"];
    // `-Encrypted:false` is no switch that is off: it asks for what is not encrypted.
    for line in lines.into_iter().chain(["exch test-datapath -Encrypted:false -RcptT"]) {
        assert!(offered(&home, line).is_empty(), "{line}");
    }
}

/// As binding reads them: a list without a name ends where no comma carries it on.
#[test]
fn the_second_place_behind_a_list() {
    let home = Home::new();
    let names = offered(&home, r"exch compare-receiveconnector 'HUB1\Relay' 'HUB2\Relay' -");
    let has = |names: &[String], name: &str| names.iter().any(|one| one == name);
    assert!(!has(&names, "-Server") && !has(&names, "-DifferenceIdentity"), "{names:?}");
    let names = offered(&home, r"exch compare-receiveconnector 'HUB1\Relay', 'HUB2\Relay' -");
    assert!(has(&names, "-Server") && has(&names, "-DifferenceIdentity"), "{names:?}");
}

#[test]
fn every_value_of_a_closed_list_is_offered_in_any_case() {
    let home = Home::new();
    for cmdlet in CMDLETS {
        for param in cmdlet.all_params() {
            for value in param.kind.names() {
                let line = format!("exch {} -{}:{}", cmdlet.name(), param.name, value.to_lowercase());
                let whole = format!("-{}:{value}", param.name);
                assert!(offered(&home, &line).contains(&whole), "{line}");
            }
        }
    }
}

#[test]
fn cmdlets_by_verb_or_by_noun() {
    let home = Home::new();
    assert_eq!(offered(&home, "exch new-r"), ["new-receiveconnector"]);
    assert_eq!(offered(&home, "exch New-R"), ["New-ReceiveConnector"]);
    assert_eq!(offered(&home, "exch receive"), ["receiveconnector"]);
    assert_eq!(offered(&home, "exch storerevision "), ["compare", "undo", "restore"]);
    assert!(offered(&home, "exch new ").contains(&"exchangeserver".to_owned()));
    assert_eq!(offered(&home, "exch new receivec"), ["receiveconnector"]);
    assert_eq!(offered(&home, "exch hel"), ["help"]);
    assert_eq!(offered(&home, "exch ").len(), CMDLETS.len());
    assert_eq!(offered(&home, "A=b /opt/bin/exch get-h"), ["get-help"]);
    assert!(offered(&home, "exch nothing ").is_empty());
    assert!(offered(&home, "exch nothing at ").is_empty());
}

#[test]
fn values_by_what_their_parameter_names() {
    let home = home();
    let gives = |line: &str, wanted: &[&str]| assert_eq!(offered(&home, line), wanted, "{line}");
    gives("exch set-receiveconnector x -Enabled ", &["true", "false"]);
    gives("exch set-receiveconnector x -Confirm:", &["-Confirm:true", "-Confirm:false"]);
    gives("exch set-receiveconnector x -MaxProtocolErrors u", &["Unlimited"]);
    gives("exch set-receiveconnector x -Banner ", &[]);
    gives("exch new-receiveconnector x -Server h", &["HUB01", "HUB02"]);
    gives("exch get-receiveconnector -o ", &["table", "list", "json", "csv", "name", "powershell"]);
    gives("exch get-receiveconnector -Property Remote", &["RemoteIPRanges"]);
    gives("exch test-store -Property ", &["Place", "Message"]);
    gives("exch compare-storerevision HEAD~1 -Property Identity,Be", &["Identity,Before"]);
    gives("exch get-adpermission x -Property Den", &["Deny", "DeniedBy"]);
    gives("exch get-help set-ex", &["set-exchangeserver"]);
    gives("exch get-command -Noun store", &["Store", "StoreHistory", "StoreRevision"]);
    gives("exch get-command -Verb re", &["Remove", "Restore"]);
    gives("exch add-adpermission x -User 'NT AUTHORITY\\AU", &[r"NT AUTHORITY\Authenticated Users"]);
    gives("exch add-adpermission x -ExtendedRights ms-exch-smtp-sub", &["ms-Exch-SMTP-Submit"]);
    gives("exch export-completion -Shell ", &["bash", "zsh", "fish", "pwsh"]);
    gives("exch export-completion -Path ", &["files"]);
    gives("exch test-store -Stor", &["-Store"]);
    // A name that is new is nobody's to know, so parameters are offered, and after a hyphen always.
    assert!(offered(&home, "exch new-receiveconnector ").contains(&"-Usage".to_owned()));
    gives("exch new-receiveconnector x y", &[]);
    gives("exch new-receiveconnector –usa", &["-Usage"]);
    gives("exch new-receiveconnector --remote-ip", &["--RemoteIPRanges"]);
}

#[test]
fn a_list_goes_on_at_the_cursor_without_what_it_holds() {
    let home = home();
    let gives = |line: &str, wanted: &[&str]| assert_eq!(offered(&home, line), wanted, "{line}");
    gives("exch set-receiveconnector x -AuthMechanism tls,in", &["tls,Integrated"]);
    gives("exch set-receiveconnector x -AuthMechanism Tls, in", &["Integrated"]);
    gives("exch set-receiveconnector x -AuthMechanism 'Tls, in", &["Tls, Integrated"]);
    gives("exch set-receiveconnector x -AuthMechanism:Tls,in", &["-AuthMechanism:Tls,Integrated"]);
    gives("exch set-receiveconnector x -AuthMechanism Tls,t", &[]);
    gives("exch set-receiveconnector x -AuthMechanism none", &["None"]);
    let more = offered(&home, "exch set-receiveconnector x -AuthMechanism Tls,");
    assert!(more.contains(&"Tls,Integrated".to_owned()) && !more.contains(&"Tls,None".to_owned()));
    let after = offered(&home, "exch set-receiveconnector x -AuthMechanism Tls ");
    assert!(after.iter().all(|name| name.starts_with('-')), "{after:?}");
}

/// bash puts in what all candidates begin with: that is never less than what was typed.
#[test]
fn what_all_candidates_begin_with_is_no_less_than_what_was_typed() {
    let home = home();
    let answer = answered(&home, &["bash", "exch test-datapath -Source hub", "", "hub", "80", "9"], "");
    let names: Vec<&str> = answer.lines().skip(1).collect();
    assert!(names.len() > 2, "{answer}");
    assert!(names.iter().all(|name| name.starts_with("Hub")), "{answer}");
}

#[test]
fn identities_the_local_servers_the_servers_then_one_servers() {
    let home = home();
    let gives = |line: &str, wanted: &[&str]| assert_eq!(offered(&home, line), wanted, "{line}");
    let bare = offered(&home, "exch set-receiveconnector ");
    assert!(bare.contains(&"Relay: Internet".to_owned()));
    assert_eq!(bare.iter().rev().take(2).collect::<Vec<_>>(), [r"HUB02\", r"HUB01\"]);
    gives("exch set-receiveconnector h", &[r"HUB01\", r"HUB02\"]);
    gives(r"exch set-receiveconnector 'hub01\rel", &[r"HUB01\Relay", r"HUB01\Relay: Internet"]);
    gives(r"exch set-receiveconnector hub01\\it", &[r"HUB01\It's here"]);
    assert_eq!(offered(&home, "exch set-receiveconnector HUB02").len(), 5);
    gives("exch set-exchangeserver hub02", &["HUB02"]);
    gives(r"exch get-adpermission 'HUB01\Anon", &[r"HUB01\Anonymous Relay"]);
    gives(r"exch set-receiveconnector NONE\", &[]);
    // An identity with a comma that is there as a whole is one.
    gives("exch get-adpermission mü", &["Müller, 2"]);
    gives("exch set-receiveconnector mü", &["Müller, 2"]);
}

#[test]
fn the_last_revisions_come_with_their_subjects() {
    let home = home();
    let all = answered(&home, &["fish", "exch restore-storerevision "], "");
    assert_eq!(all.lines().count(), super::store::lines().len());
    assert!(all.lines().next().is_some_and(|line| line.ends_with("\tNew-ReceiveConnector HUB01\\Müller, 2")));
    assert_eq!(
        offered(&home, "exch get-receiveconnector -At "),
        offered(&home, "exch compare-storerevision ")
    );
}

#[test]
fn store_says_whose_names() {
    let (home, other) = (Home::new(), home());
    let line = format!("exch set-receiveconnector -Store '{}' Anon", other.store().display());
    assert_eq!(offered(&home, &line), ["Anonymous Relay"]);
    assert!(offered(&home, "exch set-receiveconnector Anon").is_empty());
}

#[expect(clippy::disallowed_methods, reason = "the test damages a store")]
#[test]
fn tab_changes_nothing_waits_for_no_lock_and_reports_no_error() {
    let home = home();
    let before = home.done(["get-storehistory", "-o", "name"]);
    let asks = |words: &[&str]| {
        let ran = home.run(std::iter::once("complete-line").chain(words.iter().copied()));
        assert_eq!((ran.exit, ran.err.as_str()), (exch::answer::Exit::Done, ""), "{words:?}");
        ran.out
    };
    let repository = exch::store::StoreRepository::open(&home.store()).expect("a store");
    let held = repository.lock(std::time::Duration::ZERO).expect("the lock");
    assert!(asks(&["bash", r"exch set-receiveconnector HUB01\\", "", "", "80", "9"]).contains("Relay"));
    drop(held);
    assert_eq!(before, home.done(["get-storehistory", "-o", "name"]));
    for words in [&[][..], &["sh"], &["bash"], &["zsh", ""], &["fish", "'"], &["bash", "exch \0", "\u{1b}"]] {
        asks(words);
    }
    std::fs::write(home.store().join("servers/HUB01.toml"), "no store").expect("written");
    assert_eq!(asks(&["fish", r"exch set-receiveconnector HUB01\"]), "");
    assert!(asks(&["fish", "exch set-receiveconnector H"]).contains("HUB02"));
    std::fs::write(home.store().join(".git/HEAD"), "no head").expect("written");
    assert_eq!(asks(&["fish", "exch set-receiveconnector H"]), "");
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what was written")]
#[test]
fn the_script_is_printed_or_written() {
    let home = Home::new();
    for (shell, ending) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish"), ("pwsh", "ps1")] {
        let file = format!("{}/completions/exch.{ending}", env!("CARGO_MANIFEST_DIR"));
        let kept = std::fs::read_to_string(file).expect("the script");
        assert_eq!(home.done(["export-completion", shell]), kept);
        home.done(["export-completion", "-Shell", shell, "-Path", ending]);
        let written = home.world.environment.directory.join(ending);
        assert_eq!(std::fs::read_to_string(written).expect("the file"), kept);
    }
    // What another program made is never written over.
    let ran = home.run(["export-completion", "bash", "-Path", "zsh"]);
    assert_eq!(ran.exit, exch::answer::Exit::Conflict, "{}", ran.err);
}
