//! Every command that the README and the pages of docs/ show, run twice and compared with what they show: in this
//! process, and by the real program in one real shell for the whole page, as a reader pastes them. Neither machine
//! has the name or an address that a page mentions.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read and bless the pages")]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;

use crate::host;
use crate::shown::Page;
use crate::world::Home;

/// Two trials for each page; the fenced blocks called `console` of a page are one story in one new home.
pub fn trials() -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = docs.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    pages.push(root.join("README.md"));
    pages.sort();
    let has_story = |path: &PathBuf| fs::read_to_string(path).unwrap().contains("```console\n");
    pages.into_iter().filter(has_story).flat_map(|page| [shown(page.clone()), pasted(page)]).collect()
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().to_lowercase()
}

fn shown(path: PathBuf) -> Trial {
    Trial::test(format!("tours::{}", name(&path)), move || {
        let text = fs::read_to_string(&path).unwrap();
        let played = play(&path, &text);
        if host::blesses() {
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

/// The real program. A page that is blessed is compared with it too.
fn pasted(path: PathBuf) -> Trial {
    let trial = Trial::test(format!("tours::{}::pasted", name(&path)), move || {
        let text = fs::read_to_string(&path).unwrap();
        let (described, wanted) = (paste(&path, &text), typed(&text));
        for (described, (command, wanted)) in described.iter().zip(wanted) {
            assert_eq!(*described, wanted, "{}: {command}", path.display());
        }
        Ok(())
    });
    let missing = !host::has("bash");
    trial.with_kind(if missing { "skipped: no bash" } else { "" }).with_ignored_flag(missing)
}

/// Puts what a page takes for granted into the reader's home: `docs/PAGE/home`, where there is one.
fn furnish(page: &Path, home: &Path) {
    let from = page.with_extension("").join("home");
    if from.is_dir() {
        copy(&from, home);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The page with the output of every command as the program prints it now.
fn play(path: &Path, page: &str) -> String {
    let mut reader = Reader::new();
    furnish(path, &reader.home.world.environment.directory);
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.push_str(&format!("{line}\n"));
        let Some(shell) = Shell::of(line) else { continue };
        for shown in lines.by_ref().take_while(|line| *line != "```") {
            let Some(command) = shown.strip_prefix(shell.prompt) else { continue };
            out.push_str(&format!("{shown}\n"));
            out.push_str(&reader.types(&(shell.words)(command)));
        }
        out.push_str("```\n");
    }
    out
}

/// Somebody who follows a page on a machine of another name, with a home and nothing in it.
struct Reader {
    home: Home,
    page: Page,
}

impl Reader {
    fn new() -> Self {
        let mut home = Home::new();
        home.world.machine.name = "LAPTOP-7".to_owned();
        home.world.machine.addresses = || vec!["198.51.100.77".parse().unwrap()];
        home.world.environment.data_dir = Some(home.world.environment.directory.join(".local/share"));
        Reader { home, page: Page::default() }
    }

    /// What a line prints.
    fn types(&mut self, words: &[String]) -> String {
        let environment = &mut self.home.world.environment;
        match words.split_first() {
            Some((program, words)) if program == "exch" => {
                let both = self.home.run(words).both;
                let environment = &self.home.world.environment;
                let store = environment.store.clone();
                let store = store.unwrap_or_else(|| environment.directory.join(".local/share/exch"));
                self.page.show(&both, &store, &environment.directory)
            }
            Some((export, words)) if export == "export" => {
                let (name, value) = words.first().and_then(|word| word.split_once('=')).unwrap();
                match (name, value.strip_prefix("~/")) {
                    ("EXCH_SERVER", None) => environment.server = Some(value.to_owned()),
                    ("EXCH_STORE", Some(place)) => {
                        environment.store = Some(environment.directory.join(place))
                    }
                    _ => panic!("a page exports EXCH_SERVER, or EXCH_STORE below the home: {words:?}"),
                }
                String::new()
            }
            _ => panic!("a line of a page runs exch, or exports a variable of it: {words:?}"),
        }
    }
}

/// The commands of a page, in bash's spelling, and what it shows for each.
fn typed(page: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(shell) = Shell::of(line) else { continue };
        for shown in lines.by_ref().take_while(|line| *line != "```") {
            match (shown.strip_prefix(shell.prompt), all.last_mut()) {
                (Some(command), _) => all.push(((shell.for_bash)(command), String::new())),
                (None, Some((_, output))) => output.push_str(&format!("{shown}\n")),
                (None, None) => panic!("output before the first command: {shown}"),
            }
        }
    }
    all
}

/// What bash prints for each command of a page, pasted into one shell.
fn paste(path: &Path, page: &str) -> Vec<String> {
    const END: &str = "\u{1e}\n";
    let home = host::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    furnish(path, &home);
    let commands = typed(page);
    let script: String = commands.iter().map(|(line, _)| format!("{line}\nprintf '{END}'\n")).collect();
    #[cfg(unix)]
    let mut bash = host::elsewhere("bash", &home);
    #[cfg(not(unix))]
    let mut bash = host::command("bash", &home);
    let ran = bash.args(["-c", &format!("exec 2>&1\n{script}")]).env("PATH", host::path()).output().unwrap();
    let described = String::from_utf8(ran.stdout).unwrap();
    let place = commands.iter().find_map(|(line, _)| line.strip_prefix("export EXCH_STORE=~/"));
    let store = home.join(place.unwrap_or(".local/share/exch"));
    let mut shown = Page::default();
    let parts: Vec<&str> = described.split_terminator(END).collect();
    assert_eq!(parts.len(), commands.len(), "{described}{}", String::from_utf8_lossy(&ran.stderr));
    parts.into_iter().map(|part| shown.show(part, &store, &home)).collect()
}

/// A shell whose lines pages show.
struct Shell {
    /// What a fenced block of them is called.
    fence: &'static str,
    /// What stands before a line.
    prompt: &'static str,
    /// The words that it hands over.
    words: fn(&str) -> Vec<String>,
    /// The line as bash takes it.
    for_bash: fn(&str) -> String,
}

impl Shell {
    /// The shell of the block that a line begins.
    fn of(line: &str) -> Option<&'static Self> {
        SHELLS.iter().find(|shell| line.strip_prefix("```") == Some(shell.fence))
    }
}

static SHELLS: [Shell; 2] = [
    Shell {
        fence: "console",
        prompt: "$ ",
        words: |line| shlex::split(line).unwrap(),
        for_bash: str::to_owned,
    },
    Shell {
        fence: "powershell",
        prompt: "PS> ",
        words: from_powershell,
        for_bash: |line| {
            let words = from_powershell(line);
            shlex::try_join(words.iter().map(String::as_str)).unwrap()
        },
    },
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
