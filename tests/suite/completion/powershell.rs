//! PowerShell: its script against its grammar, the program's answers for every line of the fixture, and both in the
//! real one where it is there.

#![expect(clippy::disallowed_methods, reason = "tests read their fixtures and ask for pwsh")]

use serde_json::{Value as Json, json};

use super::store::{answered, compare, home, lines};
use crate::host;
use crate::world::Home;

const SCRIPT: &str = include_str!("../../../completions/exch.ps1");

#[test]
fn the_script_is_powershell() {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_pwsh::LANGUAGE.into()).expect("the grammar");
    let tree = parser.parse(SCRIPT, None).expect("a tree");
    assert!(!tree.root_node().has_error(), "{}", tree.root_node().to_sexp());
    assert!(SCRIPT.is_ascii(), "Windows PowerShell reads files in another encoding");
}

/// The texts that the program answers for a command with a cursor, counted in UTF-16 units.
fn texts(home: &Home, line: &str, cursor: usize) -> Vec<String> {
    let lines = answered(home, &["pwsh"], &format!("{}\n", json!({"line": line, "cursor": cursor})));
    assert!(lines.is_ascii(), "{lines}");
    let text = |line: &str| {
        let answer: Json = serde_json::from_str(line).expect("JSON");
        for key in ["list", "kind", "help"] {
            assert_ne!(answer[key].as_str().unwrap_or_default(), "", "{line}");
        }
        answer["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().map(text).collect()
}

/// A line, and what becomes of it by each of the first answers put where PowerShell puts it.
fn describe(line: &str, replace: std::ops::Range<usize>, texts: &[String]) -> String {
    let mut described = format!("{line}\n");
    for text in texts.iter().take(4) {
        let (head, tail) = (&line[..replace.start], &line[replace.end..]);
        described.push_str(&format!("    {head}{text}{tail}\n"));
    }
    if texts.len() > 4 {
        described.push_str(&format!("    and {} more\n", texts.len() - 4));
    }
    described
}

fn number(json: &Json) -> usize {
    json.as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number")
}

#[test]
fn the_answers_for_every_line_that_powershell_was_watched_at() {
    let home = home();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/powershell-completion.jsonl");
    let mut all = String::new();
    for fact in std::fs::read_to_string(path).expect("the fixture").lines() {
        let fact: Json = serde_json::from_str(fact).expect("JSON");
        // Where there is no word, PowerShell completes by itself.
        if fact["word"].is_null() {
            continue;
        }
        let line = fact["typed"].as_str().expect("a line").replacen('|', "", usize::from(true));
        let elements = fact["elements"].as_array().expect("elements");
        let pipe = fact["typed"].as_str().is_some_and(|typed| typed.matches('|').count() > 1);
        let line = if pipe {
            fact["typed"].as_str().expect("a line").trim_end_matches('|').to_owned()
        } else {
            line
        };
        let start = if line.starts_with('&') { 0 } else { number(&elements[0][2]) };
        let cursor = number(&fact["cursor"]);
        let end = number(&elements[elements.len() - 1][3]).max(cursor);
        let texts = texts(&home, &line[start..end], cursor - start);
        let replace = number(&fact["replace"][0])..number(&fact["replace"][0]) + number(&fact["replace"][1]);
        all.push_str(&describe(&line, replace, &texts));
    }
    compare("powershell-fixture.txt", &all);
}

/// The twelve lines as PowerShell wants them typed; `‹` is where it begins to replace.
const TWELVE: &[&str] = &[
    "exch ‹new-r",
    "exch receiveconnector ‹n",
    "exch new-receiveconnector ‹--usa",
    "exch new-receiveconnector -Usage:‹Cu",
    r#"exch set-receiveconnector ‹"HUB01\Default F"#,
    r"exch set-receiveconnector ‹'HUB01\Relay: ",
    "exch set-receiveconnector ‹anon",
    "exch set-receiveconnector ‹It",
    "exch set-receiveconnector Relay -AuthMechanism Tls,‹In",
    r"exch set-receiveconnector -Identity:‹'HUB01\Client F",
    "exch add-adpermission Relay -ExtendedRights ‹ms-Exch-SMTP-Accept-Any-R",
    "exch set-receiveconnector ‹m",
];

#[test]
fn powershell_completes_the_twelve_lines() {
    let home = home();
    let mut all = String::new();
    for marked in TWELVE {
        let line = marked.replace('‹', "");
        let from = marked.find('‹').expect("a mark");
        all.push_str(&describe(&line, from..line.len(), &texts(&home, &line, line.encode_utf16().count())));
    }
    compare("powershell.txt", &all);
}

/// The same twelve in the real one, by the entry that its editor uses.
#[test]
fn pwsh_itself() {
    needs!("pwsh");
    let dir = host::tempdir().expect("a directory");
    let command = |program: &str| {
        let mut command = host::command(program, dir.path());
        command.env("EXCH_STORE", dir.path().join("store")).env("EXCH_SERVER", "HUB01");
        command.env("PATH", host::path());
        command
    };
    for line in lines() {
        assert!(command(host::EXCH).args(line).output().expect("it runs").status.success());
    }
    let mut all = String::new();
    for marked in TWELVE {
        let line = marked.replace('‹', "");
        let typed = line.replace('\'', "''");
        let script = format!(
            "{SCRIPT}\n$r = TabExpansion2 -inputScript '{typed}' -cursorColumn {}\n\
             ConvertTo-Json -Compress @{{ from = $r.ReplacementIndex; length = $r.ReplacementLength; \
             texts = @($r.CompletionMatches | ForEach-Object CompletionText) }}",
            line.encode_utf16().count()
        );
        let mut pwsh = command("pwsh");
        pwsh.args(["-NoProfile", "-NonInteractive", "-Command", &script]);
        let printed = pwsh.output().expect("pwsh runs").stdout;
        let answer: Json = serde_json::from_slice(&printed).expect("JSON");
        let from = number(&answer["from"]);
        let texts = answer["texts"].as_array().expect("a list").iter();
        let texts: Vec<String> = texts.map(|text| text.as_str().expect("a text").to_owned()).collect();
        all.push_str(&describe(&line, from..from + number(&answer["length"]), &texts));
    }
    compare("powershell.txt", &all);
}
