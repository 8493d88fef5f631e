//! What Get-Help and Get-Command find, and that neither needs a store.

use std::path::Path;

use exch::answer::Exit;
use exch::cmdlet::CMDLETS;
use exch::cmdlet::help::topics::TOPICS;
use exch::param::Rule;

use super::{holds, tell};
use crate::console::{run, world};
use crate::outcome::Failed;

#[test]
fn every_way_to_ask_gives_the_same_page() -> Result<(), Failed> {
    let page = tell("get-help set-receiveconnector").out;
    holds(page.starts_with("NAME\n    Set-ReceiveConnector\n"), page.clone())?;
    for line in [
        "set-receiveconnector -?",
        "Set-ReceiveConnector --help",
        "receiveconnector set -?",
        "help set-receiveconnector",
        "get-help set-rec",
        "Get-Help -Name SET-RECEIVECONNECTOR",
        "get-help Set–ReceiveConnector",
    ] {
        holds(tell(line).out == page, line)?;
    }
    let list = tell("--help").out;
    for line in ["-h", "-?", "get-help", "help"] {
        holds(tell(line).out == list, line)?;
    }
    Ok(())
}

/// The names that a line prints.
fn names(line: &str) -> Vec<String> {
    tell(&format!("{line} -o name")).out.lines().map(str::to_owned).collect()
}

#[test]
fn an_abbreviation_or_a_noun_helps() -> Result<(), Failed> {
    let verbs =
        ["New", "Get", "Set", "Remove", "Copy", "Compare"].map(|verb| format!("{verb}-ReceiveConnector"));
    for line in ["get-help receiveconnector", "get-help *-receiveconnector", "get-help receive"] {
        let found = names(line);
        holds(found == verbs, format!("{line}: {found:?}"))?;
    }
    let store = names("get-help *-store");
    holds(store == ["Initialize-Store", "Set-Store", "Test-Store"], format!("{store:?}"))
}

#[test]
fn an_unknown_name_tells_the_nearest() -> Result<(), Failed> {
    let ran = tell("get-help new-recieveconector");
    holds(ran.exit == Exit::NotFound && ran.out.is_empty(), ran.out)?;
    holds(ran.err.contains("Get-Help could not find 'new-recieveconector'"), ran.err.clone())?;
    holds(ran.err.contains("hint: exch get-help new-receiveconnector\n"), ran.err)?;
    let ran = tell("get-help set-receiveconnector -Parameter Baner");
    holds(ran.exit == Exit::NotFound, ran.err.clone())?;
    holds(ran.err.contains("-Parameter Banner\n"), ran.err)?;
    let ran = tell("get-command -Noun ReceiveConector");
    holds(ran.exit == Exit::NotFound && ran.err.contains("-Noun ReceiveConnector"), ran.err)?;
    let ran = tell("get-command zzz*");
    holds(ran.exit == Exit::Done && ran.out.is_empty(), ran.out)
}

#[test]
fn one_parameter_or_some() -> Result<(), Failed> {
    let count = |line: &str| tell(line).out.lines().filter(|line| line.starts_with("    -")).count();
    for (line, wanted) in [
        ("get-help set-receiveconnector -Parameter MaxHopCount", 1),
        ("get-help set-receiveconnector -Parameter wi", 1),
        ("get-help set-receiveconnector -Parameter *HopCount", 2),
        ("get-help set-receiveconnector -Parameter MaxInbound", 3),
    ] {
        holds(count(line) == wanted, format!("{line}: {}", count(line)))?;
    }
    Ok(())
}

#[test]
fn commands_are_objects() -> Result<(), Failed> {
    let all = names("get-command");
    holds(all.len() == exch::cmdlet::CMDLETS.len(), format!("{all:?}"))?;
    let some = names("get-command -Noun ExchangeServer,Store -Verb Set");
    holds(some == ["Set-ExchangeServer", "Set-Store"], format!("{some:?}"))?;
    let json = tell("get-command remove-exchangeserver -o json").out;
    let syntax =
        "Remove-ExchangeServer [-Identity] <String[]> [-WhatIf] [-Confirm] [-Force] [<CommonParameters>]";
    holds(json.contains(syntax), json)
}

#[test]
fn help_needs_no_sound_store() -> Result<(), Failed> {
    let dir = crate::host::tempdir()?;
    #[expect(clippy::disallowed_methods, reason = "a broken store is made by hand")]
    std::fs::write(dir.path().join("exch.toml"), "not = [a store")?;
    let world = world(dir.path(), dir.path());
    holds(run(&world, "get-exchangeserver", None, false).exit == Exit::Store, "the store is not broken")?;
    for line in ["", "--help", "--version", "get-help new-receiveconnector", "get-command", "test-store -?"] {
        let ran = run(&world, line, None, false);
        holds(ran.exit == Exit::Done && ran.err.is_empty() && !ran.out.is_empty(), line)?;
    }
    let alone = run(&world, "", None, false).out;
    holds(alone.contains("It cannot be read: ") && alone.contains("exch test-store"), alone)
}

/// A topic is found by its name, as PowerShell calls it too, and a wrong name leads to it.
#[test]
fn topics_are_found() -> Result<(), Failed> {
    for topic in TOPICS {
        let page = tell(&format!("get-help {}", topic.name)).out;
        holds(page.starts_with(&format!("NAME\n    {}\n", topic.name)), page.clone())?;
        holds(tell(&format!("get-help about_{}", topic.name.to_uppercase())).out == page, topic.name)?;
        holds(tell("--help").out.contains(&format!("    {} ", topic.name)), "--help lists every topic")?;
        let known = |noun: &&str| CMDLETS.iter().any(|cmdlet| cmdlet.noun == *noun);
        holds(topic.about.iter().all(known), format!("{}: {:?}", topic.name, topic.about))?;
    }
    let ran = tell("get-help relay -Parameter Name");
    holds(ran.exit == Exit::NotFound && ran.err.contains("hint: exch get-help relay\n"), ran.err)?;
    holds(tell("get-help exit-code").err.contains("hint: exch get-help exit-codes\n"), "the nearest topic")
}

#[test]
fn exch_alone_tells_the_store() -> Result<(), Failed> {
    let dir = crate::host::tempdir()?;
    let at = world(dir.path(), dir.path());
    let fresh = run(&at, "", None, false).out.replace('\n', " ");
    let path = dir.path().display().to_string();
    holds(fresh.contains("none yet") && fresh.contains(&path), fresh)?;
    let made = run(&at, "initialize-store", None, false);
    holds(made.exit == Exit::Done, made.err)?;
    let empty = run(&at, "", None, false).out;
    holds(empty.contains("without a server yet") && empty.contains("exch new-exchangeserver HUB01"), empty)?;
    run(&at, "new-exchangeserver HUB01", None, false);
    let used = run(&at, "", None, false).out;
    holds(used.contains(&format!("Store: {path}")) && used.contains("1 server"), used.clone())?;
    holds(used.contains("exch get-storehistory"), used)?;
    let mut homeless = world(Path::new(""), dir.path());
    homeless.environment.store = None;
    homeless.environment.directory = "/nonexistent".into();
    let ran = run(&homeless, "", None, false);
    holds(ran.exit == Exit::Done && ran.out.contains("no place for one"), ran.out)
}

/// The program has the text of each rule, as docs/semantics.md has it.
#[test]
fn every_rule_that_a_message_can_name_is_found() -> Result<(), Failed> {
    for number in <Rule as strum::VariantNames>::VARIANTS {
        let told = tell(&format!("get-help {}", number.to_lowercase()));
        let page = told.out;
        holds(told.exit == Exit::Done && page.starts_with(&format!("NAME\n    {number}\n")), *number)?;
        holds(page.lines().filter(|line| line.starts_with("    ")).count() > 2, page)?;
    }
    Ok(())
}
