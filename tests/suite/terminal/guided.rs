//! The guided way, from nothing to a connector.

use super::pty::{DOWN, Pty};

const GO_ON: &str = "(default is \"Y\"): ";

/// A terminal with the server HUB01 of that version at 192.0.2.1.
fn with(version: &str) -> Pty {
    let mut pty = Pty::new();
    pty.output(&format!(
        "$EXCH new-exchangeserver HUB01 -Version {version} -IPAddresses 192.0.2.1 -NoDefaultConnectors"
    ));
    pty
}

/// Presses Down that many times, then Enter.
fn picks(pty: &mut Pty, heading: &str, down: usize) {
    pty.sees(heading);
    for _ in 0..down {
        pty.sees("> ");
        pty.keys(DOWN);
    }
    pty.keys("\r");
}

/// Goes through the steps for a third-party MTA.
fn steps(pty: &mut Pty) {
    pty.runs("new-receiveconnector");
    pty.sees("Ctrl-C cancels; nothing is changed.");
    picks(pty, "Who will send mail to HUB01", 5);
    pty.sees_all(&["Usage: Internal", "Sender: a third-party MTA.", "Note: give its address range"]);
    pty.answers("Name: ", "From MTA");
    picks(pty, "Where it listens", 1);
    pty.sees("Bindings: 192.0.2.1:25");
    pty.answers("RemoteIPRanges[0]: ", "10.0.0.7");
    pty.answers("RemoteIPRanges[1]: ", "");
    picks(pty, "May they send to recipients outside", 0);
    pty.sees_all(&["Who may send mail", "[x] AnonymousUsers", "[x] ExchangeServers"]);
    pty.keys("\r");
    pty.sees("PermissionGroups: AnonymousUsers, ExchangeServers, ExchangeLegacyServers");
}

#[test]
fn the_guided_way_makes_a_connector() {
    let mut pty = with("2010");
    steps(&mut pty);
    pty.sees_all(&["This is what it makes:", "HUB01\\From MTA", "{10.0.0.7}"]);
    pty.sees("exch new-receiveconnector -Usage Internal -Name 'From MTA' ");
    pty.sees("Performing the operation \"New\" on target \"HUB01\\From MTA\".");
    pty.answers(GO_ON, "");
    pty.sees_all(&["HUB01\\From MTA {192.0.2.1:25}", "recorded as revision "]);
    let shown = pty.output("$EXCH get-receiveconnector -o name");
    assert_eq!(shown, "HUB01\\From MTA");
}

#[test]
fn the_line_it_shows_makes_the_same_connector() {
    let mut pty = with("2010");
    steps(&mut pty);
    pty.sees("The line that makes the same:\r\n");
    let line = pty.sees("\r\n\r\nConfirm").replace("\r\n", "");
    pty.answers(GO_ON, "y");
    pty.sees("recorded as revision ");
    let line = line.trim().replacen("exch", "$EXCH", 1);
    let code = "$EXCH get-receiveconnector -o list | grep -v -e Guid -e When";
    let guided = pty.output(code);
    pty.output("$EXCH remove-receiveconnector 'From MTA' -Confirm:false");
    pty.output(&line);
    assert_eq!(pty.output(code), guided);
}

#[test]
fn the_guided_way_ends_with_no_and_makes_nothing() {
    let mut pty = with("2010");
    steps(&mut pty);
    pty.answers(GO_ON, "n");
    pty.sees("nothing changed: no revision was made");
    assert_eq!(pty.output("$EXCH get-receiveconnector -o name"), "");
}

#[test]
fn what_a_rule_refuses_is_asked_for_again() {
    let mut pty = with("2010");
    pty.output("$EXCH new-receiveconnector 'From MTA' -Bindings 192.0.2.1:25 -RemoteIPRanges 10.0.0.7");
    pty.runs("new-receiveconnector");
    picks(&mut pty, "Who will send mail to HUB01", 5);
    pty.answers("Name: ", "from mta");
    pty.sees("the Receive connector \"HUB01\\From MTA\" is there already");
    pty.answers("Name: ", "Other");
    picks(&mut pty, "Where it listens", 1);
    pty.answers("RemoteIPRanges[0]: ", "");
    pty.sees("because it is an empty");
    pty.answers("RemoteIPRanges[0]: ", "10.0.0.7");
    pty.answers("RemoteIPRanges[1]: ", "");
    picks(&mut pty, "May they send to recipients outside", 0);
    pty.sees("Who may send mail");
    // Without a group nothing is accepted, so that one is asked for again.
    pty.keys(" \u{1b}[B\u{1b}[B \u{1b}[B \r");
    pty.sees("select at least one");
    pty.sees("Who may send mail");
    pty.keys("\r");
    pty.sees("conflict with the settings on Receive connector");
    picks(&mut pty, "Where it listens", 2);
    pty.answers("Bindings[0]: ", "192.0.2.1:26");
    pty.answers("Bindings[1]: ", "");
    pty.answers("RemoteIPRanges[0]: ", "10.0.0.7");
    pty.answers("RemoteIPRanges[1]: ", "");
    pty.answers(GO_ON, "");
    pty.sees_all(&["HUB01\\Other {192.0.2.1:26}", "recorded as revision "]);
}

#[test]
fn the_guided_way_asks_for_the_server_where_there_are_several() {
    let mut pty = with("2010");
    pty.output("$EXCH new-exchangeserver HUB02 -NoDefaultConnectors");
    pty.runs("new-receiveconnector");
    picks(&mut pty, "On which server", 1);
    pty.sees_all(&["Server: HUB02", "Who will send mail to HUB02"]);
    pty.keys("\u{1b}");
    pty.sees("interrupted: nothing was changed");
}

#[test]
fn on_an_edge_server_the_scenarios_are_its_own() {
    let mut pty = Pty::new();
    pty.output("$EXCH new-exchangeserver EDGE01 -ServerRole EdgeTransport -NoDefaultConnectors");
    pty.runs("new-receiveconnector");
    pty.sees_all(&["Who will send mail to EDGE01", "an external relay domain", "a domain with mutual TLS"]);
    pty.keys("q");
    pty.sees("interrupted: nothing was changed");
}

#[test]
fn the_guided_way_works_in_a_dumb_terminal() {
    let mut pty = Pty::with(&[("TERM", "dumb")]);
    pty.output("$EXCH new-exchangeserver HUB01 -Version 2010 -NoDefaultConnectors");
    pty.runs("new-receiveconnector");
    pty.sees_all(&["Who will send mail to HUB01:", "  1  the Internet", "  6  a third-party MTA"]);
    pty.answers("Number (1-8): ", "9");
    pty.answers("Number (1-8): ", "6");
    pty.answers("Name: ", "Relay");
    pty.answers("Number (1-2): ", "1");
    pty.answers("RemoteIPRanges[0]: ", "10.0.0.7");
    pty.answers("RemoteIPRanges[1]: ", "");
    pty.sees("May they send to recipients outside of the organization:");
    pty.answers("Number (1-4): ", "1");
    pty.sees("  3  [x] ExchangeServers");
    pty.answers("Numbers (Enter for those marked, 0 for none): ", "1, 3");
    pty.sees("PermissionGroups: AnonymousUsers, ExchangeServers");
    pty.answers(GO_ON, "");
    let shown = pty.sees("recorded as revision ");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}
