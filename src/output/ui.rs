//! The one way out for text: data on standard output, everything else on standard error.
//!
//! It owns neither stream, asks nothing and decides no exit code but that of a failed write.

use std::io::{ErrorKind, Write};

use super::messages;
use super::screen::Screen;
use crate::answer::{Exit, Problem};
use crate::powershell::quote::Quoting;

/// Shows a text that is longer than the screen, and returns whether it did.
pub type Pager = fn(&str) -> bool;

/// Both streams and what they are shown on.
pub struct Ui<'a> {
    out: &'a mut dyn Write,
    out_screen: Screen,
    err: &'a mut dyn Write,
    err_screen: Screen,
    pager: Option<Pager>,
    closed: bool,
    verbose: bool,
    silent: bool,
}

impl<'a> Ui<'a> {
    /// Messages over standard output and standard error.
    pub fn new(
        out: &'a mut dyn Write,
        out_screen: Screen,
        err: &'a mut dyn Write,
        err_screen: Screen,
    ) -> Self {
        Ui { out, out_screen, err, err_screen, pager: None, closed: false, verbose: false, silent: false }
    }

    /// Quotes lines to type for this kind of shell.
    pub(crate) fn quote_for(&mut self, quoting: Quoting) {
        self.err_screen.quoting = quoting;
    }

    /// What data is shown on: what [`super::render`] is given.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.out_screen
    }

    /// What messages are shown on.
    #[must_use]
    pub fn err_screen(&self) -> &Screen {
        &self.err_screen
    }

    /// Whether the reader of the data went away. Nothing more is written then, and there is nothing to
    /// report.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.closed
    }

    /// Writes data and flushes it. A reader that went away is no problem: see [`Ui::closed`].
    ///
    /// # Errors
    /// Standard output could not be written: a full disk, for one (exit 6).
    pub fn data(&mut self, text: &str) -> Result<(), Problem> {
        if self.closed {
            return Ok(());
        }
        match self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => {
                let message = format!("standard output could not be written: {error}");
                Err(Problem::new(Exit::Store, message)
                    .hint("make room, or send the output elsewhere")
                    .because(error))
            }
        }
    }

    /// Shows what is to be read in this pager from now on.
    pub fn page_with(&mut self, pager: Pager) {
        self.pager = Some(pager);
    }

    /// Writes a text to read, in the pager where it does not fit on the screen.
    ///
    /// # Errors
    /// As [`Ui::data`].
    pub fn page(&mut self, text: &str) -> Result<(), Problem> {
        if self.pager.is_some_and(|pager| pager(text)) { Ok(()) } else { self.data(text) }
    }

    /// Shows from now on the causes of each error below it, as `-Verbose` asks.
    pub(crate) fn show_causes(&mut self) {
        self.verbose = true;
    }

    /// Prints no error from now on, as `-ErrorAction SilentlyContinue` asks; exit codes stay.
    pub(crate) fn silence_errors(&mut self) {
        self.silent = true;
    }

    /// Prints an error, unless errors are silenced; with `json` as one object.
    pub fn error(&mut self, problem: &Problem, json: bool) {
        if self.silent {
            return;
        }
        let text = messages::error(problem, json, self.verbose, &self.err_screen);
        self.write_error(&text);
    }

    /// Prints a warning and what to type.
    pub fn warning(&mut self, message: &str, hint: Option<&str>) {
        let text = messages::warning(message, hint, &self.err_screen);
        self.write_error(&text);
    }

    /// Prints a notice.
    pub fn notice(&mut self, message: &str) {
        let text = messages::notice(message, &self.err_screen);
        self.write_error(&text);
    }

    /// Prints a sentence without a label, such as `recorded as revision 4f2a91c`.
    pub fn say(&mut self, message: &str) {
        self.write_error(&messages::plain(message, &self.err_screen));
    }

    /// Writes to standard error. Where that is closed, the work goes on without it.
    fn write_error(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }
}
