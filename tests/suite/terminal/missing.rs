//! Values that are missing: asked for on PowerShell's screen, checked as they are typed.

use super::pty::Pty;

const SCREEN: &str = "\r\n\r\ncmdlet New-ReceiveConnector at command pipeline position 1\r\n\
                      Supply values for the following parameters:\r\n(Type !? for Help.)\r\n";

#[test]
fn a_usage_switch_asks_for_everything_missing_on_powershells_screen() {
    let mut pty = Pty::new();
    let code = pty.code_of("New-ReceiveConnector -Custom", |pty| {
        pty.sees(SCREEN);
        pty.answers("Name: ", "Test");
        pty.answers("Bindings[0]: ", "0.0.0.0:25");
        pty.answers("Bindings[1]: ", "");
        pty.answers("RemoteIPRanges[0]: ", "10.0.0.1");
        pty.answers("RemoteIPRanges[1]: ", "10.0.0.2");
        pty.answers("RemoteIPRanges[2]: ", "");
        pty.sees("recorded as revision ");
    });
    assert_eq!(code, "0");
    let shown = pty.output("$EXCH get-receiveconnector Test -o json -Property RemoteIPRanges,Bindings");
    assert!(shown.contains("10.0.0.1") && shown.contains("10.0.0.2"), "{shown}");
}

#[test]
fn a_wrong_value_is_reported_and_asked_for_again() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector -Custom -Name Relay -RemoteIPRanges 10.0.0.1");
    pty.answers("Bindings[0]: ", "0.0.0.0:99999");
    pty.sees("error: parameter Bindings: ");
    pty.answers("Bindings[0]: ", "0.0.0.0:26");
    pty.answers("Bindings[1]: ", "nonsense");
    pty.sees("error: parameter Bindings: ");
    pty.answers("Bindings[1]: ", "");
    pty.sees_all(&["Relay {0.0.0.0:26}", "recorded as revision "]);
}

#[test]
fn help_is_given_and_the_value_asked_for_again() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector -Custom -Name Relay -RemoteIPRanges 10.0.0.1");
    pty.answers("Bindings[0]: ", "!?");
    pty.sees("Local addresses and ports it listens at");
    pty.answers("Bindings[0]: ", "0.0.0.0:26");
    pty.answers("Bindings[1]: ", "");
    pty.sees("recorded as revision ");
}

#[test]
fn several_values_go_on_one_line_and_an_empty_list_is_asked_for_again() {
    let mut pty = Pty::new();
    let code = pty.code_of("new-receiveconnector -Custom -Name Relay -Bindings 0.0.0.0:26", |pty| {
        pty.answers("RemoteIPRanges[0]: ", "");
        pty.sees("Cannot bind argument to parameter 'RemoteIPRanges' because it is an empty");
        pty.answers("RemoteIPRanges[0]: ", "10.0.0.1, 10.0.0.0/33");
        pty.sees("error: parameter RemoteIPRanges: ");
        pty.answers("RemoteIPRanges[0]: ", "10.0.0.1, 10.0.0.2,10.0.0.3");
        pty.answers("RemoteIPRanges[3]: ", "\"10.0.0.4\",'10.0.0.5'");
        pty.answers("RemoteIPRanges[5]: ", "");
        pty.sees("recorded as revision ");
    });
    assert_eq!(code, "0");
    let shown = pty.output("$EXCH get-receiveconnector Relay -o json -Property RemoteIPRanges");
    assert!(shown.contains("10.0.0.3") && shown.contains("10.0.0.5"), "{shown}");
}

#[test]
fn an_empty_name_is_reported_and_asked_for_again() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector -Client -RemoteIPRanges 10.0.0.1");
    pty.answers("Name: ", "");
    pty.sees("Cannot bind argument to parameter 'Name' because it is an empty string");
    pty.answers("Name: ", "   ");
    pty.sees("because it is an empty string");
    pty.answers("Name: ", "  Relay  ");
    pty.sees_all(&["\\Relay ", "recorded as revision "]);
}

#[test]
fn a_missing_name_alone_is_asked_for() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector -Bindings 0.0.0.0:26 -RemoteIPRanges 10.0.0.1");
    pty.answers("Name: ", "Relay");
    pty.sees("recorded as revision ");
}

#[test]
fn a_missing_identity_is_asked_for() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector Relay -Bindings 0.0.0.0:26 -RemoteIPRanges 10.0.0.1");
    pty.sees("recorded as revision ");
    pty.runs("Set-ReceiveConnector -Enabled:false");
    pty.sees("cmdlet Set-ReceiveConnector at command pipeline position 1");
    pty.sees("In the store: ");
    pty.sees("Relay\r\n");
    pty.answers("Identity: ", "Relay");
    pty.sees_all(&["False", "recorded as revision "]);
    pty.runs("Remove-ReceiveConnector");
    pty.answers("Identity: ", "Relay");
    pty.answers("(default is \"N\"): ", "y");
    pty.sees("recorded as revision ");
}

#[test]
fn a_connector_and_the_servers_for_its_copies_are_asked_for() {
    let mut pty = Pty::new();
    pty.runs("new-exchangeserver HUB01 -NoDefaultConnectors");
    pty.runs("new-exchangeserver HUB02 -NoDefaultConnectors");
    pty.runs(
        "new-receiveconnector Relay -Server HUB01 -Custom -Bindings 0.0.0.0:26 -RemoteIPRanges 10.0.0.1",
    );
    pty.sees_all(&["Relay {0.0.0.0:26}", "recorded as revision "]);
    pty.runs("copy-receiveconnector");
    pty.answers("Identity: ", "HUB01\\Relay");
    pty.answers("Server[0]: ", "HUB02");
    pty.answers("Server[1]: ", "");
    pty.sees_all(&["HUB02\\Relay {0.0.0.0:26}", "recorded as revision "]);
    pty.runs("compare-receiveconnector 'HUB0?\\Relay'");
    pty.answers("DifferenceIdentity: ", "HUB02\\Relay");
    pty.sees("is not a single connector");
}

#[test]
fn the_usage_by_name_never_asks() {
    let mut pty = Pty::new();
    let code = pty.code_of("new-receiveconnector -Usage Custom", |pty| {
        pty.sees("parameters: Name Bindings RemoteIPRanges");
        pty.sees("hint:\r\n    exch new-receiveconnector -Usage Custom -Name ");
    });
    assert_eq!(code, "2");
    assert!(!pty.has_store());
}

#[test]
fn noninteractive_and_ci_never_ask() {
    let mut pty = Pty::new();
    let describe = |pty: &mut Pty| drop(pty.sees("parameters: Name Bindings RemoteIPRanges"));
    assert_eq!(pty.code_of("new-receiveconnector -Custom -NonInteractive", describe), "2");
    assert_eq!(pty.code_of("new-receiveconnector -NonInteractive", describe), "2");
    assert_eq!(pty.code_of("new-receiveconnector -Custom </dev/null", describe), "2");
    assert_eq!(pty.code_of("new-receiveconnector -Custom 2>told; cat told", describe), "0");
    let mut pty = Pty::with(&[("TERM", "xterm"), ("CI", "true")]);
    assert_eq!(pty.code_of("new-receiveconnector -Custom", describe), "2");
}

#[test]
fn a_line_is_edited_as_it_is_typed() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector -Client -RemoteIPRanges 10.0.0.1");
    pty.sees("Name: ");
    // Backspace, left, home, end, delete and Ctrl-U.
    pty.keys(
        "wrong\u{15}Raly\u{7f}\u{7f}l\u{1b}[De\u{1b}[C\u{1b}[DX\u{1b}[3~ay\u{1b}[H>\u{1b}[3~\u{1b}[F!\r",
    );
    pty.sees_all(&["\\>aeXay! ", "recorded as revision "]);
}

#[test]
fn a_line_longer_than_the_terminal_is_edited() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector -Client -RemoteIPRanges 10.0.0.1");
    pty.sees("Name: ");
    let name = "n".repeat(100);
    pty.keys(&format!("{name}{}\r", "\u{7f}".repeat(60)));
    pty.sees_all(&["\\nnnnnnnnnn", "recorded as revision "]);
    let shown = pty.output("$EXCH get-receiveconnector -o name");
    assert!(shown.ends_with(&format!("\\{}", "n".repeat(40))), "{shown}");
}

#[test]
fn lines_that_are_pasted_at_once_answer_one_question_each() {
    let mut pty = Pty::new();
    pty.runs("new-receiveconnector -Custom");
    pty.sees("Name: ");
    pty.keys("Relay\r0.0.0.0:25\r[::]:25\r\r10.0.0.0/24\r\r");
    pty.sees_all(&["Bindings[2]: ", "RemoteIPRanges[1]: ", "{0.0.0.0:25, [::]:25}", "recorded as revision "]);
}

#[test]
fn a_dumb_terminal_is_asked_in_plain_lines() {
    let mut pty = Pty::with(&[("TERM", "dumb"), ("NO_COLOR", "1")]);
    pty.types("\"$EXCH\" new-receiveconnector -Custom");
    pty.sees(SCREEN);
    pty.answers("Name: ", "Relay");
    pty.answers("Bindings[0]: ", "0.0.0.0:25");
    pty.answers("Bindings[1]: ", "");
    pty.answers("RemoteIPRanges[0]: ", "10.0.0.1");
    pty.answers("RemoteIPRanges[1]: ", "");
    let shown = pty.sees("recorded as revision ");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}
