//! Asking at a terminal: one line, one of several options, or any of them.
//!
//! It knows how keys become an answer and leaves the terminal as it found it. What is asked, and what an answer
//! means, it does not know.

mod line;
mod menu;
mod numbered;
mod terminal_guard;

use std::io::{self, IsTerminal};

use console::Term;

pub use terminal_guard::TerminalGuard;

use crate::answer::Exit;

/// The user went away: Ctrl-C, the end of the input, or a signal, with the code to exit with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted(pub Exit);

/// Somebody at a terminal.
pub trait Asker {
    /// Asks for one line after `label`.
    ///
    /// # Errors
    /// [`Interrupted`] where the user went away.
    fn line(&mut self, label: &str) -> Result<String, Interrupted>;

    /// Asks for one of `options`, of which there is at least one, by its place.
    ///
    /// # Errors
    /// [`Interrupted`] where the user went away.
    fn choose(&mut self, label: &str, options: &[String]) -> Result<usize, Interrupted>;

    /// Asks for any of `options`, each with whether it is marked already, by their places.
    ///
    /// # Errors
    /// [`Interrupted`] where the user went away.
    fn check(&mut self, label: &str, options: &[(String, bool)]) -> Result<Vec<usize>, Interrupted>;
}

/// The terminal that the program was started at. Text goes to standard error.
pub struct Terminal {
    term: Term,
    keeper: TerminalGuard,
    dumb: bool,
}

impl Terminal {
    /// The terminal, where standard input and standard error both are one. A `dumb` one is asked line by line
    /// and told nothing but text.
    #[must_use]
    pub fn open(dumb: bool) -> Option<Self> {
        let term = Term::stderr();
        let attended = io::stdin().is_terminal() && term.is_term();
        attended.then(|| Terminal { term, keeper: TerminalGuard::new(), dumb })
    }

    /// What puts the terminal right, for a thread that has to end the program.
    #[must_use]
    pub fn keeper(&self) -> TerminalGuard {
        self.keeper.clone()
    }

    /// Reads an answer with the terminal in hand, and puts it right again. Any failure is the user gone.
    fn ask<T>(&self, read: impl FnOnce(&Term) -> io::Result<T>) -> Result<T, Interrupted> {
        self.keeper.take(!self.dumb);
        let answer = read(&self.term);
        self.keeper.restore();
        match answer {
            Ok(answer) => {
                self.keeper.let_go();
                Ok(answer)
            }
            Err(_) => {
                // A terminal that went away cannot be told.
                let _ = self.term.write_line("");
                Err(Interrupted(self.keeper.exit()))
            }
        }
    }
}

impl Asker for Terminal {
    fn line(&mut self, label: &str) -> Result<String, Interrupted> {
        let label = super::escape::visible(label).into_owned();
        self.ask(|term| if self.dumb { numbered::line(term, &label) } else { line::read(term, &label) })
    }

    fn choose(&mut self, label: &str, options: &[String]) -> Result<usize, Interrupted> {
        if self.dumb {
            return self.ask(|term| numbered::choose(term, label, options));
        }
        self.keeper.hides_cursor();
        self.ask(|term| menu::choose(term, label, options))
    }

    fn check(&mut self, label: &str, options: &[(String, bool)]) -> Result<Vec<usize>, Interrupted> {
        if self.dumb {
            return self.ask(|term| numbered::check(term, label, options));
        }
        self.keeper.hides_cursor();
        self.ask(|term| menu::check(term, label, options))
    }
}
