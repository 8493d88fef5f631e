//! docs/daily-work.md, typed line by line at a terminal of 80 columns, and compared with what the page shows.

use std::fs;
use std::path::Path;

use super::pty::Pty;
use crate::host;
use crate::shown::Page;

/// What begins a block that is typed here; the blocks of other pages are shown without a terminal.
const FENCE: &str = "```console width=80";

#[test]
fn docs_daily_work_md_is_what_a_terminal_of_80_columns_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/daily-work.md");
    let text = fs::read_to_string(&path).unwrap();
    let path_of_program = host::path();
    let mut pty =
        Pty::with(&[("TERM", "xterm"), ("NO_COLOR", "1"), ("PATH", path_of_program.to_str().unwrap())]);
    let home = pty.home().canonicalize().unwrap();
    // What it prints names the store's place, which is as long as the machine has it.
    pty.output("EXCH_STORE=~/exch exch initialize-store -Organization Contoso -Domain contoso.com");
    let mut names = Page::default();
    let mut played = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        played.push_str(&format!("{line}\n"));
        if line != FENCE {
            continue;
        }
        for command in lines.by_ref().take_while(|line| *line != "```") {
            let Some(typed) = command.strip_prefix("$ ") else { continue };
            let printed = pty.output(typed).replace('\r', "");
            played.push_str(&format!("{command}\n{}", names.show(&printed, &home.join("exch"), &home)));
        }
        played.push_str("```\n");
    }
    if host::blesses() {
        fs::write(&path, &played).unwrap();
        return;
    }
    for (played, shown) in played.lines().zip(text.lines()) {
        assert_eq!(played, shown, "docs/daily-work.md; see the difference with EXCH_BLESS=1");
    }
    assert!(played == text, "docs/daily-work.md ends elsewhere");
    let wide = text.lines().skip_while(|line| *line != FENCE).find(|line| {
        !line.starts_with(['$', '#', '|']) && !line.contains("hint: ") && line.chars().count() > 120
    });
    assert_eq!(wide, None, "output fits the terminal");
}
