//! Ctrl-C and SIGTERM: the program ends at once, but for a commit under way, which ends first; the terminal is
//! put right before.
//!
//! A thread waits for the signals. On Windows the system's own way of ending stands: the store survives it.

#![cfg_attr(unix, expect(clippy::disallowed_methods, reason = "part of main, which alone ends the process"))]

use exch::output::prompt::TerminalGuard;

/// Begins to wait for signals, with the terminal's keeper where there is a terminal.
#[cfg(unix)]
pub fn watch(keeper: Option<TerminalGuard>) {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag::register_conditional_default;
    use signal_hook::iterator::Signals;

    if let Some(keeper) = &keeper {
        // The flag is up before a question that the signal breaks off asks what broke it off.
        let _ = signal_hook::flag::register(SIGTERM, keeper.terminated());
    }
    // Without handlers the system's own way of ending stands.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    let wait = move || {
        for signal in &mut signals {
            end(signal == SIGTERM, keeper.as_ref());
        }
    };
    if std::thread::Builder::new().spawn(wait).is_err() {
        // The handlers are there, and no thread to hear of them.
        for signal in [SIGINT, SIGTERM] {
            let _ = register_conditional_default(signal, Arc::new(AtomicBool::new(true)));
        }
    }
}

/// Nothing to wait for.
#[cfg(not(unix))]
pub fn watch(_keeper: Option<TerminalGuard>) {}

/// Ends the program, unless a commit is under way. A question that the signal broke off ends the run itself; it
/// is given a moment for that, and ended here where the system waits for a whole line.
#[cfg(unix)]
fn end(terminated: bool, keeper: Option<&TerminalGuard>) {
    use std::io::Write;

    use exch::answer::Exit;
    use exch::engine::{SHUTDOWN, Shutdown};

    let asking = keeper.filter(|keeper| keeper.is_asking());
    if asking.is_some() {
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    let exit = match asking {
        Some(keeper) if keeper.exit() == Exit::Terminated => Exit::Terminated,
        _ if terminated => Exit::Terminated,
        _ => Exit::Interrupted,
    };
    SHUTDOWN.interrupt(exit, |committed| {
        keeper.inspect(|keeper| keeper.close());
        if keeper.is_some_and(TerminalGuard::has_asked) {
            // Standard error may be closed; no one can read it then.
            let _ = writeln!(std::io::stderr(), "\nerror: {}", Shutdown::sentence(committed));
        }
        std::process::exit(exit.code().into());
    });
}
