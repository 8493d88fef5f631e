//! Confirmations: the screen, every answer, and what the default is.

use super::pty::Pty;

const REMOVE: &str = "[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"N\"): ";
const CHANGE: &str = "[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"Y\"): ";

/// A terminal with connectors of those names on the server HUB01.
fn with(names: &[&str]) -> Pty {
    let mut pty = Pty::new();
    pty.output("$EXCH new-exchangeserver HUB01 -NoDefaultConnectors");
    for (name, last) in names.iter().zip(1..) {
        pty.output(&format!(
            "$EXCH new-receiveconnector {name} -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.{last}"
        ));
    }
    pty
}

/// The names that are left.
fn left(pty: &mut Pty) -> String {
    pty.output("$EXCH get-receiveconnector -o name").replace("\r\n", " ")
}

#[test]
fn the_default_of_a_removal_is_no() {
    let mut pty = with(&["A"]);
    let code = pty.code_of("remove-receiveconnector A", |pty| {
        let screen = "\r\n\r\nConfirm\r\nAre you sure you want to perform this action?\r\n\
                      Performing the operation \"Remove\" on target \"HUB01\\A\".\r\n";
        pty.sees(screen);
        pty.answers(REMOVE, "");
        pty.sees("notice: nothing changed: no revision was made");
    });
    assert_eq!(code, "0");
    assert_eq!(left(&mut pty), "HUB01\\A");
}

#[test]
fn yes_and_no_are_for_one_yes_to_all_and_no_to_all_for_the_others_too() {
    let mut pty = with(&["A", "B", "C", "D"]);
    pty.runs("remove-receiveconnector '*'");
    pty.sees_all(&["4 objects:\r\n", "    HUB01\\A\r\n", "    HUB01\\D\r\n"]);
    pty.answers(REMOVE, "n");
    pty.answers(REMOVE, "Y");
    pty.sees("on target \"HUB01\\C\".");
    pty.answers(REMOVE, "no to all");
    pty.sees("recorded as revision ");
    assert_eq!(left(&mut pty), "HUB01\\A HUB01\\C HUB01\\D");
    pty.runs("remove-receiveconnector '*'");
    pty.answers(REMOVE, "N");
    pty.answers(REMOVE, "a");
    pty.sees("recorded as revision ");
    assert_eq!(left(&mut pty), "HUB01\\A");
    pty.output("$EXCH new-receiveconnector B -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.9");
    let code = pty.code_of("remove-receiveconnector '*'", |pty| {
        pty.answers(REMOVE, "L");
        pty.sees("nothing changed");
    });
    assert_eq!(code, "0");
    assert_eq!(left(&mut pty), "HUB01\\A HUB01\\B");
}

#[test]
fn a_question_mark_explains_and_asks_again_and_so_does_what_is_no_answer() {
    let mut pty = with(&["A"]);
    pty.runs("remove-receiveconnector A");
    pty.answers(REMOVE, "?");
    pty.sees("Y - Continue with only the next step of the operation.");
    pty.sees("L - Skip this operation and all subsequent operations.");
    pty.answers(REMOVE, "perhaps");
    pty.answers(REMOVE, "yes");
    pty.sees("recorded as revision ");
    assert_eq!(left(&mut pty), "");
}

#[test]
fn what_goes_along_is_listed() {
    let mut pty = with(&["A", "B"]);
    pty.runs("remove-exchangeserver HUB01");
    pty.sees_all(&["on target \"HUB01\".", "These go with it:\r\n", "    HUB01\\A\r\n", "    HUB01\\B\r\n"]);
    pty.answers(REMOVE, "y");
    pty.sees("recorded as revision ");
}

#[test]
fn the_default_of_a_change_through_a_wildcard_is_yes() {
    let mut pty = with(&["A", "B"]);
    pty.runs("set-receiveconnector '*' -Enabled:false");
    pty.sees("Performing the operation \"Set\" on target \"HUB01\\A\".\r\n    Enabled True → False\r\n");
    pty.answers(CHANGE, "");
    pty.answers(CHANGE, "");
    pty.sees_all(&["False", "False", "recorded as revision "]);
}

#[test]
fn confirm_asks_even_where_nothing_else_would() {
    let mut pty = Pty::new();
    let line = "new-receiveconnector A -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.1 -Confirm";
    let code = pty.code_of(line, |pty| {
        pty.answers(CHANGE, "n");
        pty.sees("nothing changed");
    });
    assert_eq!(code, "0");
    assert!(!pty.has_store());
    pty.runs(line);
    pty.answers(CHANGE, "y");
    pty.sees("recorded as revision ");
}

#[test]
fn confirm_false_asks_nothing_and_a_script_is_reported_to_give_it() {
    let mut pty = with(&["A"]);
    let code = pty.code_of("remove-receiveconnector A </dev/null", |pty| {
        pty.sees("error: cannot ask whether to remove HUB01\\A");
        pty.sees("-Confirm:false");
    });
    assert_eq!(code, "2");
    pty.runs("remove-receiveconnector A -Confirm:false");
    pty.sees("recorded as revision ");
}
