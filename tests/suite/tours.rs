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
    let mut blocks = page.split("```console\n");
    out.push_str(blocks.next().unwrap());
    for block in blocks {
        let (shown, rest) = block.split_once("```").unwrap();
        out.push_str("```console\n");
        for command in shown.lines().filter_map(|line| line.strip_prefix("$ exch ")) {
            out.push_str(&format!("$ exch {command}\n"));
            let words = shlex::split(command).unwrap();
            out.push_str(&told(&home.run(words).both, &home));
        }
        out.push_str("```");
        out.push_str(rest);
    }
    out
}

/// Output without what differs from run to run: revisions and the temporary directory.
fn told(text: &str, home: &Home) -> String {
    let store = home.store().display().to_string();
    let text = text.replace(&store, "~/.local/share/exch");
    let mut out = String::new();
    for line in text.lines() {
        let hex = |word: &str| {
            word.len() == 7
                && word.chars().all(|c| c.is_ascii_hexdigit())
                && word.chars().any(|c| c.is_ascii_digit())
        };
        let words: Vec<String> = line
            .split(' ')
            .map(|word| if hex(word) { "4f2a91c".to_owned() } else { word.to_owned() })
            .collect();
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
