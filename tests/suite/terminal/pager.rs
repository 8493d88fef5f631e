//! Help that is longer than the screen goes through a pager; what fits, and what is no help, does not.

use libtest_mimic::Trial;

use super::pty::Pty;
use super::{needs, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("long help goes through the pager", through),
        trial("short help and answers do not", not_through),
        trial("a pager that is not there is no obstacle", absent),
        needs("less", trial("less is left with q", less)),
    ]
}

fn pty(pager: &str) -> Pty {
    Pty::with(&[("TERM", "xterm"), ("NO_COLOR", "1"), ("PAGER", pager)])
}

const LONG: &str = "\"$EXCH\" get-help set-receiveconnector -Full";

fn through() {
    let printed = pty("head -n 2").output(LONG);
    assert!(printed.ends_with("Set-ReceiveConnector"), "{printed}");
    let cut = Pty::with(&[("TERM", "xterm"), ("PAGER", "cat"), ("EXCH_PAGER", "head -n 2")]).output(LONG);
    assert!(cut.lines().count() == 2, "{cut}");
}

fn not_through() {
    let mut pty = pty("head -n 1");
    let page = pty.output("\"$EXCH\" get-help set-receiveconnector -Parameter MaxHopCount");
    assert!(page.lines().count() > 5, "{page}");
    for long in [format!("{LONG} | tail -n 3"), format!("CI=1 {LONG}"), format!("TERM=dumb {LONG}")] {
        let page = pty.output(&long);
        assert!(page.lines().count() > 2, "{page}");
    }
}

fn absent() {
    let page = pty("no-such-pager").output(LONG);
    assert!(page.lines().count() > 50, "{page}");
}

fn less() {
    let mut pty = pty("less");
    let code = pty.code_of("get-help set-receiveconnector -Full", |pty| {
        pty.sees("Set-ReceiveConnector");
        pty.keys("q");
    });
    assert_eq!(code, "0");
}
