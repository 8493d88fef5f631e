//! Where signals meet commits: a program that is told to end while it commits ends after that, never amid it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::answer::{Exit, Problem};

/// The program's one gate, as signals are the program's.
pub static SHUTDOWN: Shutdown = Shutdown::new();

/// Counts the commits under way and remembers a signal that came meanwhile.
pub struct Shutdown(Mutex<State>);

struct State {
    busy: usize,
    listening: bool,
    committed: bool,
    requested: Option<Exit>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Shutdown::new()
    }
}

impl Shutdown {
    /// A gate through which nothing has gone.
    #[must_use]
    pub const fn new() -> Self {
        Shutdown(Mutex::new(State { busy: 0, listening: false, committed: false, requested: None }))
    }

    /// A signal says to end with `exit`: `end` is called when no commit is under way, and none begins
    /// meanwhile; it is given whether there was one before. Otherwise the commit ends first, and the run with it. A run
    /// that listens ends itself at the first signal.
    pub fn interrupt(&self, exit: Exit, end: impl FnOnce(bool)) {
        let mut state = self.state();
        let again = state.requested.replace(exit).is_some();
        if state.busy == 0 && (again || !state.listening) {
            end(state.committed);
        }
    }

    /// Nothing, unless the program was told to end.
    ///
    /// # Errors
    /// Exit 130 or 143, when it was.
    pub fn check(&self) -> Result<(), Problem> {
        let requested = self.state().requested;
        requested.map_or(Ok(()), |exit| Err(self.interrupted(exit)))
    }

    /// From now on the run looks by itself, now and then, whether it is told to end, and prints what it has.
    pub fn listen(&self) {
        self.state().listening = true;
    }

    /// The code that the program was told to end with.
    #[must_use]
    pub fn requested(&self) -> Option<Exit> {
        self.state().requested
    }

    /// Begins a commit.
    ///
    /// # Errors
    /// As [`Shutdown::check`].
    pub fn enter(&self) -> Result<CommitGuard<'_>, Problem> {
        let guard = self.hold()?;
        self.state().committed = true;
        Ok(guard)
    }

    /// Begins what a signal must not break off, such as another program at the terminal.
    ///
    /// # Errors
    /// As [`Shutdown::check`].
    pub fn hold(&self) -> Result<CommitGuard<'_>, Problem> {
        self.check()?;
        self.state().busy += 1;
        Ok(CommitGuard(self))
    }

    /// The problem of a run that ends with `exit` before it is done: it says what became of its changes.
    #[must_use]
    pub fn interrupted(&self, exit: Exit) -> Problem {
        Problem::new(exit, Shutdown::sentence(self.state().committed))
    }

    /// What an interrupted run says, by whether it committed anything before.
    #[must_use]
    pub fn sentence(committed: bool) -> &'static str {
        if committed { "interrupted: what is recorded stays" } else { "interrupted: nothing was changed" }
    }

    /// The state is plain fields, whole even after a fault elsewhere.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A commit under way; it ends when this is dropped.
pub struct CommitGuard<'g>(&'g Shutdown);

impl CommitGuard<'_> {
    /// The code that the program was told to end with meanwhile.
    #[must_use]
    pub fn requested(&self) -> Option<Exit> {
        self.0.state().requested
    }
}

impl Drop for CommitGuard<'_> {
    fn drop(&mut self) {
        self.0.state().busy -= 1;
    }
}
