//! How far a long run has come, on a terminal of its own: standard error, where the answers go elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::screen::Screen;

/// How often it is drawn, in hertz.
const RATE: u8 = 5;

/// A bar, or nothing where nobody would see it well.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar over `size` bytes, beside answers as they come: those that go to the same terminal are progress enough.
    #[must_use]
    pub fn beside(err: &Screen, out: &Screen, size: Option<u64>) -> Self {
        if out.terminal { Progress(ProgressBar::hidden()) } else { Progress::new(err, size) }
    }

    /// A bar over `size` bytes; only what was read where the size is not known.
    #[must_use]
    pub fn new(err: &Screen, size: Option<u64>) -> Self {
        if !err.bars {
            return Progress(ProgressBar::hidden());
        }
        let target = ProgressDrawTarget::stderr_with_hz(RATE);
        let bar = ProgressBar::with_draw_target(size, target);
        let form = match size {
            Some(_) => "{bar:30} {bytes} of {total_bytes}, {eta} left",
            None => "{spinner} {bytes} read",
        };
        Progress(bar.with_style(style(form)))
    }

    /// A bar over `all` lines of a runbook. What they print is printed when all of them ran.
    #[must_use]
    pub(crate) fn of_lines(err: &Screen, all: usize) -> Self {
        if !err.bars {
            return Progress(ProgressBar::hidden());
        }
        let target = ProgressDrawTarget::stderr_with_hz(RATE);
        let bar = ProgressBar::with_draw_target(u64::try_from(all).ok(), target);
        Progress(bar.with_style(style("{bar:30} {pos} of {len} lines, {eta} left")))
    }

    /// So many of `all` lines have run. When all have, the bar is gone; a run that begins anew shows it again.
    pub fn passed(&self, count: usize, all: usize) {
        match count {
            0 => self.0.reset(),
            _ if count == all => self.end(),
            _ => self.0.set_position(u64::try_from(count).unwrap_or(u64::MAX)),
        }
    }

    /// So many bytes were read.
    pub fn at(&mut self, bytes: u64) {
        self.0.set_position(bytes);
    }

    /// Says something without the bar in its way.
    pub(crate) fn suspend(&self, say: impl FnOnce()) {
        self.0.suspend(say);
    }

    /// Takes it away for good, since answers come to the same terminal.
    pub(crate) fn give_way(&mut self) {
        self.end();
        self.0 = ProgressBar::hidden();
    }

    /// Takes it away.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// A template of our own that cannot be read leaves the usual one.
fn style(form: &str) -> ProgressStyle {
    ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar())
}
