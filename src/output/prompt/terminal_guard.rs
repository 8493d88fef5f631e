//! What keeps the terminal as it was: its modes are noted before the first question and put back after each.
//!
//! A question holds the terminal raw from its first key to its last, so that what is pasted is not echoed
//! twice and Ctrl-C is a key.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use console::Term;

use crate::answer::Exit;

/// The terminal's state, shared with the thread that waits for signals.
#[derive(Clone)]
pub struct TerminalGuard(Arc<State>);

struct State {
    asking: AtomicBool,
    asked: AtomicBool,
    /// Held while the modes change: the thread that waits for signals must not put them back in the middle.
    changes: Mutex<()>,
    raw: AtomicBool,
    hidden: AtomicBool,
    terminated: Arc<AtomicBool>,
    #[cfg(unix)]
    modes: Option<rustix::termios::Termios>,
}

impl TerminalGuard {
    pub(super) fn new() -> Self {
        TerminalGuard(Arc::new(State {
            asking: AtomicBool::new(false),
            asked: AtomicBool::new(false),
            changes: Mutex::new(()),
            raw: AtomicBool::new(false),
            hidden: AtomicBool::new(false),
            terminated: Arc::default(),
            #[cfg(unix)]
            modes: rustix::termios::tcgetattr(std::io::stdin()).ok(),
        }))
    }

    /// The flag to raise on SIGTERM before anything else happens.
    #[must_use]
    pub fn terminated(&self) -> Arc<AtomicBool> {
        self.0.terminated.clone()
    }

    /// Whether a question is open, or was left by a user who went away.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        self.0.asking.load(Ordering::SeqCst)
    }

    /// Whether there was any question yet: between two of them Ctrl-C is a signal again, not a key.
    #[must_use]
    pub fn has_asked(&self) -> bool {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// The code to exit with when a question was left.
    #[must_use]
    pub fn exit(&self) -> Exit {
        if self.0.terminated.load(Ordering::SeqCst) { Exit::Terminated } else { Exit::Interrupted }
    }

    /// Puts the modes and the cursor back.
    pub fn restore(&self) {
        let _changes = self.changes();
        self.put_back();
    }

    /// Puts the modes and the cursor back for good, since the program ends: a question that would begin meanwhile waits.
    pub fn close(&self) {
        let changes = self.changes();
        self.put_back();
        std::mem::forget(changes);
    }

    fn changes(&self) -> MutexGuard<'_, ()> {
        self.0.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put_back(&self) {
        if !self.0.raw.swap(false, Ordering::SeqCst) {
            return;
        }
        self.set_modes(false);
        if self.0.hidden.swap(false, Ordering::SeqCst) {
            // A terminal that went away needs no cursor.
            let _ = Term::stderr().show_cursor();
        }
    }

    /// Notes that the next question hides the cursor.
    pub(super) fn hides_cursor(&self) {
        self.0.hidden.store(true, Ordering::SeqCst);
    }

    pub(super) fn take(&self, raw: bool) {
        let _changes = self.changes();
        self.0.asked.store(true, Ordering::SeqCst);
        self.0.asking.store(true, Ordering::SeqCst);
        if raw {
            self.0.raw.store(true, Ordering::SeqCst);
            self.set_modes(true);
        }
    }

    pub(super) fn let_go(&self) {
        self.0.asking.store(false, Ordering::SeqCst);
    }

    /// Raw but for output, or as it was. A terminal that takes no modes is asked as it is.
    #[cfg(unix)]
    fn set_modes(&self, raw: bool) {
        use rustix::termios::{OptionalActions, tcsetattr};
        let Some(before) = &self.0.modes else { return };
        let mut modes = before.clone();
        if raw {
            modes.make_raw();
            modes.output_modes = before.output_modes;
        }
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Drain, &modes);
    }

    /// Consoles of Windows are put right key by key.
    #[cfg(not(unix))]
    fn set_modes(&self, _raw: bool) {}
}
