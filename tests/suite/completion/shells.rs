//! The real shells in a pseudo-terminal: keys are typed, TAB among them, and the line that results is read back,
//! as is the list that a second TAB shows.

#![expect(clippy::disallowed_methods, reason = "tests look for the shells")]

use std::path::Path;
use std::time::Duration;

use expectrl::session::OsSession;
use expectrl::{Expect, Session};

use super::store::{compare, lines};
use crate::terminal::pty::at_terminal;
use crate::{host, outcome};

/// Tries it in each shell that is there.
fn in_each(test: fn(&Shell)) {
    for shell in [&BASH, &ZSH, &FISH] {
        let is_there = ["/usr/bin", "/bin"].iter().any(|dir| Path::new(dir).join(shell.name).is_file());
        if outcome::is_there(shell.name, is_there) {
            test(shell);
        }
    }
}

#[test]
fn the_twelve_lines() {
    in_each(twelve)
}

#[test]
fn the_list_has_help_and_files_are_the_shells() {
    in_each(list)
}

#[test]
fn a_backslash_without_quotes_is_the_one_of_an_identity() {
    in_each(backslash)
}

/// A shell, and how it is made to tell the line that is being typed at Ctrl-X Ctrl-P.
struct Shell {
    name: &'static str,
    words: &'static [&'static str],
    tells: &'static str,
    /// The documented line, and what a shell without a configuration needs before it.
    exports: &'static str,
}

const BASH: Shell = Shell {
    name: "bash",
    words: &["--norc", "--noprofile"],
    tells: r#"bind -x '"\C-x\C-p": printf "\nLINE<%s>LINE\n" "$READLINE_LINE"'"#,
    exports: r#"eval "$(exch export-completion -Shell bash)""#,
};
const ZSH: Shell = Shell {
    name: "zsh",
    words: &["-f"],
    tells: r#"tells() { print -rn -- $'\nLINE<'"$BUFFER"$'>LINE\n' >$TTY }; zle -N tells; bindkey '^X^P' tells"#,
    exports: r#"autoload -Uz compinit; compinit -u; eval "$(exch export-completion -Shell zsh)""#,
};
const FISH: Shell = Shell {
    name: "fish",
    words: &["--no-config"],
    tells: r#"bind \cx\cp 'printf "\nLINE<%s>LINE\n" (commandline | string collect)'"#,
    exports: "exch export-completion -Shell fish | source",
};

const TWELVE: &[&str] = &[
    "exch new-r",
    "exch receiveconnector n",
    "exch new-receiveconnector --usa",
    "exch new-receiveconnector -Usage:Cu",
    r#"exch set-receiveconnector "HUB01\Default F"#,
    r"exch set-receiveconnector 'HUB01\Relay: ",
    "exch set-receiveconnector anon",
    "exch set-receiveconnector It",
    "exch set-receiveconnector Relay -AuthMechanism Tls,In",
    r"exch set-receiveconnector -Identity:'HUB01\Client F",
    "exch add-adpermission Relay -ExtendedRights ms-Exch-SMTP-Accept-Any-R",
    r"exch set-receiveconnector HUB01\\Relay:\ ",
];

struct Pty {
    session: OsSession,
    _home: host::TempDir,
}

impl Pty {
    /// The shell with its completion set up as the README says, in a home with the store.
    fn open(shell: &Shell) -> Self {
        let home = host::tempdir().expect("a directory");
        let command = |program: &str| {
            let mut command = at_terminal(program, home.path());
            command.env("EXCH_STORE", home.path().join("store")).env("EXCH_SERVER", "HUB01");
            command.env("PATH", host::path()).env("TERM", "xterm");
            command
        };
        for line in lines() {
            assert!(command(host::EXCH).args(line).output().expect("it runs").status.success());
        }
        std::fs::write(home.path().join("some file.txt"), "").expect("written");
        let mut started = command(shell.name);
        started.args(shell.words);
        let mut session = Session::spawn(started).expect("a pseudo-terminal");
        session.set_expect_timeout(Some(Duration::from_secs(60)));
        session.get_process_mut().set_window_size(150, 60).expect("a size");
        let mut pty = Pty { session, _home: home };
        pty.keys(&format!("{}\r{}\recho rea''dy\r", shell.exports, shell.tells));
        pty.sees("ready\r");
        pty
    }

    fn keys(&mut self, keys: &str) {
        self.session.send(keys).expect("keys are taken");
    }

    fn sees(&mut self, text: &str) -> String {
        match self.session.expect(text) {
            Ok(found) => String::from_utf8_lossy(found.before()).into_owned(),
            Err(error) => {
                let rest = self.session.check(expectrl::Regex("(?s).+"));
                let rest = rest.map(|all| String::from_utf8_lossy(all.as_bytes()).into_owned());
                panic!("`{text}` is not shown ({error}), but {rest:?}")
            }
        }
    }

    /// Types a line and what comes after it, and gives what was shown meanwhile and the line as it is then.
    fn line_after(&mut self, typed: &str, keys: &str) -> (String, String) {
        self.keys(&format!("{typed}{keys}"));
        self.keys("\u{18}\u{10}");
        let shown = self.sees("LINE<");
        let line = self.sees(">LINE");
        self.keys("\u{15}");
        (shown, line)
    }
}

fn twelve(shell: &Shell) {
    let mut pty = Pty::open(shell);
    let mut all = String::new();
    for typed in TWELVE {
        let (_, line) = pty.line_after(typed, "\t");
        // What ends in a blank shows it.
        let line = if line.ends_with(' ') { format!("{line}|") } else { line };
        all.push_str(&format!("{typed}\n    {line}\n"));
    }
    compare(&format!("{}.txt", shell.name), &all);
}

fn list(shell: &Shell) {
    let mut pty = Pty::open(shell);
    let (shown, line) = pty.line_after("exch set-receiveconnector Relay -MaxH", "\t\t");
    // Keys after a list: fish takes its first entry, the others none.
    assert!(["-MaxH", "-MaxHeaderSize"].iter().any(|end| line.trim_end().ends_with(end)), "{line:?}");
    for text in ["-MaxHopCount", "Received headers before a message counts as looping", "Bytes of header"] {
        assert!(shown.contains(text), "{shown:?} lacks {text}");
    }
    let (shown, _) = pty.line_after("exch restore-storerevision ", "\t\t");
    assert!(shown.contains("New-ReceiveConnector HUB01\\It's here"), "{shown:?}");
    let (_, line) = pty.line_after("exch export-completion -Path som", "\t");
    assert!(line.contains(r"some\ file.txt"), "{line:?}");
    let (_, line) = pty.line_after("exch set-receiveconnector Relay -Banner som", "\t");
    assert_eq!(line, "exch set-receiveconnector Relay -Banner som");
}

/// `HUB01\Rel` is `HUB01Rel` to the shell, and meant as it looks.
fn backslash(shell: &Shell) {
    let mut pty = Pty::open(shell);
    let (_, line) = pty.line_after(r"exch set-receiveconnector HUB01\Default\ F", "\t");
    let escaped = line.replace(r"\ ", " ").replace(r"\\", r"\");
    assert!(
        line.contains(r"'HUB01\Default Frontend HUB01'") || escaped.contains(r"HUB01\Default Frontend HUB01"),
        "{line:?}"
    );
}
