//! Help that is longer than the screen goes through a pager; what fits, and what is no help, does not.

use super::pty::Pty;

fn pty(pager: &str) -> Pty {
    Pty::with(&[("TERM", "xterm"), ("NO_COLOR", "1"), ("PAGER", pager)])
}

const LONG: &str = "\"$EXCH\" get-help set-receiveconnector -Full";

#[test]
fn long_help_goes_through_the_pager() {
    let printed = pty("head -n 2").output(LONG);
    assert!(printed.ends_with("Set-ReceiveConnector"), "{printed}");
    let cut = Pty::with(&[("TERM", "xterm"), ("PAGER", "cat"), ("EXCH_PAGER", "head -n 2")]).output(LONG);
    assert!(cut.lines().count() == 2, "{cut}");
}

#[test]
fn short_help_and_answers_do_not() {
    let mut pty = pty("head -n 1");
    let page = pty.output("\"$EXCH\" get-help set-receiveconnector -Parameter MaxHopCount");
    assert!(page.lines().count() > 5, "{page}");
    for long in [format!("{LONG} | tail -n 3"), format!("CI=1 {LONG}"), format!("TERM=dumb {LONG}")] {
        let page = pty.output(&long);
        assert!(page.lines().count() > 2, "{page}");
    }
}

#[test]
fn a_pager_that_is_not_there_is_no_obstacle() {
    let page = pty("no-such-pager").output(LONG);
    assert!(page.lines().count() > 50, "{page}");
}

#[test]
fn less_is_left_with_q() {
    needs!("less", super::has("less"));
    let mut pty = pty("less");
    let code = pty.code_of("get-help set-receiveconnector -Full", |pty| {
        pty.sees("Set-ReceiveConnector");
        pty.keys("q");
    });
    assert_eq!(code, "0");
}
