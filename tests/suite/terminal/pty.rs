//! A shell in a pseudo-terminal, with a home of its own, in which the real program runs.

#![expect(clippy::disallowed_methods, reason = "tests look at what the program left")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use expectrl::session::OsSession;
use expectrl::{Expect, Session};

use crate::host;

/// A child process that a pseudo-terminal starts, and gives its standard streams.
pub fn at_terminal(program: &str, home: &Path) -> Command {
    let mut command = host::command(program, home);
    command.stdin(Stdio::inherit()).env("PAGER", "cat");
    command
}

/// A pseudo-terminal with `sh` in it.
pub struct Pty {
    session: OsSession,
    home: host::TempDir,
}

/// Ctrl-C, Ctrl-D, and the arrow down, as a terminal sends them.
pub const CTRL_C: &str = "\u{3}";
pub const CTRL_D: &str = "\u{4}";
pub const DOWN: &str = "\u{1b}[B";

impl Pty {
    /// A fresh one. Its store is made by the first change.
    pub fn new() -> Self {
        Self::with(&[("TERM", "xterm"), ("NO_COLOR", "1")])
    }

    /// A fresh one with those variables.
    pub fn with(variables: &[(&str, &str)]) -> Self {
        let home = host::tempdir().expect("a directory");
        let mut shell = at_terminal("/bin/sh", home.path());
        shell.env("PS1", "$ ").env("XDG_DATA_HOME", home.path().join("data"));
        shell.env("EXCH", host::EXCH).envs(variables.iter().copied());
        let mut session = Session::spawn(shell).expect("a pseudo-terminal");
        session.set_expect_timeout(Some(Duration::from_secs(20)));
        session.get_process_mut().set_window_size(80, 50).expect("a size");
        session.get_process_mut().set_echo(true, None).expect("a terminal that echoes");
        let mut pty = Pty { session, home };
        pty.sees("$ ");
        pty
    }

    /// Types a command line for the program.
    pub fn runs(&mut self, line: &str) {
        self.types(&format!("\"$EXCH\" {line}"));
    }

    /// Types a line.
    pub fn types(&mut self, line: &str) {
        self.keys(&format!("{line}\r"));
    }

    /// Presses keys.
    pub fn keys(&mut self, keys: &str) {
        self.session.send(keys).expect("keys are taken");
    }

    /// Waits until `text` is shown, and gives what came before it.
    pub fn sees(&mut self, text: &str) -> String {
        match self.session.expect(text) {
            Ok(found) => String::from_utf8_lossy(found.before()).into_owned(),
            Err(error) => {
                let rest = self.session.check(expectrl::Regex("(?s).+"));
                let rest = rest.map(|all| String::from_utf8_lossy(all.as_bytes()).into_owned());
                panic!("`{text}` is not shown ({error}), but {rest:?}")
            }
        }
    }

    /// Waits for each of these, in order.
    pub fn sees_all(&mut self, texts: &[&str]) {
        texts.iter().for_each(|text| drop(self.sees(text)));
    }

    /// Sees `label`, then answers.
    pub fn answers(&mut self, label: &str, answer: &str) {
        self.sees(label);
        self.types(answer);
    }

    /// What a shell command prints.
    pub fn output(&mut self, command: &str) -> String {
        self.types(&format!("echo begin''_out; {command}; echo end''_out"));
        self.sees("begin_out");
        let printed = self.sees("end_out").trim().to_owned();
        self.sees("$ ");
        printed
    }

    /// Runs a line, `talk`s to it, and gives its exit code.
    pub fn code_of(&mut self, line: &str, talk: impl FnOnce(&mut Self)) -> String {
        self.types(&format!("\"$EXCH\" {line}; echo code''=$?."));
        talk(self);
        self.sees("code=");
        let code = self.sees(".");
        self.sees("$ ");
        code
    }

    /// Sends a signal to the program, the shell's only child.
    pub fn kill(&self, signal: &str) {
        let shell = self.session.get_process().pid().to_string();
        let done = Command::new("pkill").args([&format!("-{signal}"), "-P", &shell]).status();
        assert!(done.is_ok_and(|status| status.success()), "the program is there");
    }

    /// Its home.
    pub fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// Whether the store was made.
    pub fn has_store(&self) -> bool {
        self.home.path().join("data").join("exch").exists()
    }

    /// The terminal's modes, as `stty` tells them.
    pub fn modes(&mut self) -> String {
        self.output("stty -a")
    }
}
