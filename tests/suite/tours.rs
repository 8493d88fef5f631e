//! Every command that the README and the pages of docs/ show, run and compared with what they show.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read and bless the pages")]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;

use crate::world::Home;

/// A trial for each page; the fenced blocks called `console` of a page are one story in one new home.
pub fn trials() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = docs.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    pages.push(root.join("README.md"));
    pages.sort();
    let has_story = |path: &PathBuf| fs::read_to_string(path).unwrap().contains("```console\n");
    pages.into_iter().filter(has_story).map(trial).collect()
}

fn trial(path: PathBuf) -> Trial {
    let name = path.file_stem().unwrap().to_string_lossy().to_lowercase();
    Trial::test(format!("tours::{name}"), move || {
        let text = fs::read_to_string(&path).unwrap();
        let played = play(&text);
        if std::env::var_os("EXCH_BLESS").is_some() {
            fs::write(&path, &played).unwrap();
            return Ok(());
        }
        assert!(
            played == text,
            "{} shows other output than the program; see the difference with EXCH_BLESS=1",
            path.display()
        );
        Ok(())
    })
}

/// The page with the output of every command as the program prints it now.
fn play(page: &str) -> String {
    let home = Home::new();
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(&format!("{line}\n"));
        let shell = SHELLS.iter().find(|shell| line.strip_prefix("```") == Some(shell.fence));
        let Some(Shell { prompt, words, .. }) = shell else { continue };
        for shown in lines.by_ref().take_while(|line| *line != "```") {
            let Some(command) = shown.strip_prefix(prompt) else { continue };
            out.push_str(&format!("{shown}\n"));
            out.push_str(&told(&home.run(words(command)).both, &home.store().display().to_string()));
        }
        out.push_str("```\n");
    }
    out
}

/// A shell whose lines pages show.
struct Shell {
    /// What a fenced block of them is called.
    fence: &'static str,
    /// What stands before the words.
    prompt: &'static str,
    /// The words that it hands over.
    words: fn(&str) -> Vec<String>,
}

static SHELLS: [Shell; 2] = [
    Shell { fence: "console", prompt: "$ exch ", words: |line| shlex::split(line).unwrap() },
    Shell { fence: "powershell", prompt: "PS> exch ", words: from_powershell },
];

/// The words that PowerShell 7 hands over, of lines with nothing but bare words, single quotes, lists and
/// booleans: a list is a word an element, and `$true` is True.
fn from_powershell(line: &str) -> Vec<String> {
    let bare: String = line.split('\'').step_by(2).collect();
    assert!(!bare.contains(['"', '`', '(', '{', '@', ';', '|']), "no plain line: {line}");
    let line = line.replace("', '", "' '").replace(":$true", ":True").replace(":$false", ":False");
    // Outside of quotes a backslash is a character like any other, and a comma with a blank ends an element.
    let line = line.replace(", ", " ").replace('\\', "\\\\");
    let quoted =
        |(at, part): (usize, &str)| if at % 2 == 1 { part.replace("\\\\", "\\") } else { part.to_owned() };
    let parts: Vec<String> = line.split('\'').enumerate().map(quoted).collect();
    shlex::split(&parts.join("'")).unwrap()
}

/// Output without what differs from run to run: revisions and the directory of the store.
pub fn told(text: &str, store: &str) -> String {
    let text = text.replace(store, "~/.local/share/exch");
    let mut out = String::new();
    for line in text.lines() {
        let hex = |word: &&str| {
            word.len() == 7
                && word.chars().all(|c| c.is_ascii_hexdigit())
                && word.chars().any(|c| c.is_ascii_digit())
        };
        let named = |word: &str| match Some(word.trim_end_matches([',', '.'])).filter(hex) {
            Some(revision) => word.replace(revision, "4f2a91c"),
            None => word.to_owned(),
        };
        let words: Vec<String> = line.split(' ').map(named).collect();
        out.push_str(words.join(" ").trim_end());
        out.push('\n');
    }
    // Format-Table and Format-List begin and end with blank lines, which a page does not need.
    let lines: Vec<&str> = out.lines().collect();
    let kept = lines.iter().enumerate().filter(|(at, line)| {
        !line.is_empty() || *at > 0 && lines.get(at + 1).is_some_and(|next| !next.is_empty())
    });
    kept.map(|(_, line)| format!("{line}\n")).collect()
}
