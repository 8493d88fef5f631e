//! What stands above a question for a missing value: choices, an example that can be had, several values at one prompt.

use super::pty::Pty;

/// A terminal with the server HUB01, its setup's connectors and one more.
fn with_server() -> Pty {
    let mut pty = Pty::with(&[("TERM", "xterm"), ("NO_COLOR", "1"), ("EXCH_SERVER", "HUB01")]);
    pty.output("$EXCH new-exchangeserver HUB01 -Version 2019 -IPAddresses 192.0.2.1");
    pty
}

/// Waits for these lines, each to its end.
fn says(pty: &mut Pty, lines: &[&str]) {
    pty.sees(&format!("{}\r\n", lines.join("\r\n")));
}

const SEVERAL: &str = "Several on one line are separated by commas; an empty line ends the list.";

#[test]
fn a_connector_with_some_parameters_is_asked_for_the_rest() {
    let mut pty = with_server();
    pty.runs("new-receiveconnector Relay -PermissionGroups AnonymousUsers");
    // 0.0.0.0:25 is taken by the Front End Transport service.
    pty.sees_all(&["Local addresses and ports it listens at", "Example: 0.0.0.0:2525", SEVERAL]);
    pty.answers("Bindings[0]: ", "0.0.0.0:2526,[::]:2526");
    pty.answers("Bindings[2]: ", "");
    pty.sees_all(&["Remote addresses it answers", "Example: 192.168.1.0/24", SEVERAL]);
    pty.answers("RemoteIPRanges[0]: ", "10.0.0.7, 10.0.0.300");
    says(
        &mut pty,
        &[
            "error: parameter RemoteIPRanges: the remote range `10.0.0.300` is not an IP",
            "address or a range of them",
            "hint: give one such as `192.168.1.10`, `192.168.1.10-192.168.1.20` or",
            "`192.168.1.0/24`",
        ],
    );
    pty.answers("RemoteIPRanges[0]: ", "10.0.0.7, 10.0.0.8");
    pty.answers("RemoteIPRanges[2]: ", "");
    pty.sees_all(&["HUB01\\Relay {0.0.0.0:2526, [::]:2526}", "recorded as revision "]);
}

#[test]
fn a_binding_that_another_connector_has_is_asked_for_again() {
    let mut pty = with_server();
    pty.runs("new-receiveconnector Relay -RemoteIPRanges 10.0.0.7");
    pty.answers("Bindings[0]: ", "0.0.0.0:25");
    pty.answers("Bindings[1]: ", "");
    // -TransportRole would help on a command line, and cannot be typed here.
    says(
        &mut pty,
        &[
            "error: The values that you specified for the Bindings and RemoteIPRanges",
            "parameters conflict with the settings on Receive connector \"HUB01\\Default",
            "Frontend HUB01\". Receive connectors assigned to different Transport roles on a",
            "single server must listen on unique local IP address & port bindings. Binding",
            "`0.0.0.0:25` meets binding `0.0.0.0:25` of Receive connector \"HUB01\\Default",
            "Frontend HUB01\".",
            "hint: give a port other than 25: \"HUB01\\Default Frontend HUB01\" listens at",
            "`0.0.0.0:25`",
        ],
    );
    pty.answers("Bindings[0]: ", "0.0.0.0:2526");
    pty.answers("Bindings[1]: ", "");
    pty.sees_all(&["HUB01\\Relay {0.0.0.0:2526}", "recorded as revision "]);
}

#[test]
fn a_name_that_is_taken_is_asked_for_again() {
    let mut pty = with_server();
    pty.output("$EXCH new-receiveconnector Relay -Bindings 0.0.0.0:2526 -RemoteIPRanges 10.0.0.7");
    pty.runs("new-receiveconnector -Bindings 0.0.0.0:2527 -RemoteIPRanges 10.0.0.7");
    pty.sees("Example: Relay 2");
    pty.answers("Name: ", "relay");
    says(&mut pty, &["error: the Receive connector \"HUB01\\Relay\" is there already"]);
    pty.answers("Name: ", "Relay 2");
    pty.sees_all(&["HUB01\\Relay 2 {0.0.0.0:2527}", "recorded as revision "]);
}

#[test]
fn a_send_connectors_address_spaces_are_asked_for_with_an_example() {
    let mut pty = with_server();
    pty.runs("new-sendconnector");
    pty.sees_all(&["What it is called", "Example: To Fabrikam"]);
    pty.answers("Name: ", "To Fabrikam");
    says(
        &mut pty,
        &["The domains that mail goes to through it, each with a cost.", "Example: contoso.com", SEVERAL],
    );
    pty.answers("AddressSpaces[0]: ", "fabrikam.com, tailspintoys.com");
    pty.answers("AddressSpaces[2]: ", "");
    pty.sees("recorded as revision ");
}

#[test]
fn an_accepted_domain_that_is_there_is_no_example() {
    let mut pty = with_server();
    pty.runs("new-accepteddomain");
    // contoso.com is the organization's own.
    pty.sees("Example: *.fabrikam.com");
    pty.answers("DomainName: ", "contoso.com");
    pty.sees("Example: Fabrikam");
    pty.answers("Name: ", "Fabrikam");
    says(
        &mut pty,
        &[
            "error: the AcceptedDomain \"contoso.com\" has the DomainName `contoso.com` already",
            "hint: give another DomainName",
        ],
    );
    pty.answers("DomainName: ", "fabrikam.com");
    pty.sees("recorded as revision ");
}

#[test]
fn a_server_that_is_there_is_no_example() {
    let mut pty = with_server();
    pty.runs("new-exchangeserver");
    pty.sees("Example: HUB02");
    pty.answers("Name: ", "HUB01");
    says(
        &mut pty,
        &["error: the server \"HUB01\" is there already", "hint: exch set-exchangeserver HUB01 changes it"],
    );
    pty.answers("Name: ", "HUB02");
    pty.sees("recorded as revision ");
}

#[test]
fn connectors_accounts_and_rights_are_offered() {
    let mut pty = with_server();
    pty.runs("add-adpermission");
    let stored = [
        "In the store: Default HUB01, Client Proxy HUB01, Default Frontend HUB01,",
        "Outbound Proxy Frontend HUB01, Client Frontend HUB01",
        "Several are separated by commas.",
    ];
    says(&mut pty, &stored);
    pty.answers("Identity: ", "HUB01\\Nonsense");
    says(
        &mut pty,
        &[
            "Known: NT AUTHORITY\\ANONYMOUS LOGON, NT AUTHORITY\\Authenticated Users, MS",
            "Exchange\\Partner Servers, MS Exchange\\Hub Transport Servers, MS Exchange\\Edge",
            "Transport Servers, MS Exchange\\Externally Secured Servers, MS Exchange\\Legacy",
            "Exchange Servers, CONTOSO\\Exchange Servers, CONTOSO\\ExchangeLegacyInterop,",
            "Everyone, NT AUTHORITY\\NETWORK",
        ],
    );
    pty.answers("User: ", "NT AUTHORITY\\ANONYMOUS LOGON");
    says(
        &mut pty,
        &[
            "Known: ms-Exch-SMTP-Submit, ms-Exch-SMTP-Accept-Any-Recipient,",
            "ms-Exch-SMTP-Accept-Authentication-Flag, ms-Exch-SMTP-Accept-Any-Sender,",
            "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender, ms-Exch-Bypass-Anti-Spam,",
            "ms-Exch-Bypass-Message-Size-Limit, ms-Exch-SMTP-Send-Exch50,",
            "ms-Exch-SMTP-Accept-Exch50, ms-Exch-Accept-Headers-Routing,",
            "ms-Exch-Accept-Headers-Forest, ms-Exch-Accept-Headers-Organization, and 15 more",
            SEVERAL,
        ],
    );
    pty.answers("ExtendedRights[0]: ", "ms-Exch-SMTP-Accept-Any-Recipient,ms-Exch-Bypass-Anti-Spam");
    pty.answers("ExtendedRights[2]: ", "");
    says(
        &mut pty,
        &[
            "error: The operation couldn't be performed because object 'HUB01\\Nonsense'",
            "couldn't be found: no such Receive connector",
            "hint: exch get-receiveconnector lists what there is",
        ],
    );
    says(&mut pty, &stored);
    pty.answers("Identity: ", "HUB01\\Default Frontend HUB01");
    pty.sees("recorded as revision ");
}

#[test]
fn choices_are_listed_and_a_wrong_one_is_asked_for_again() {
    let mut pty = with_server();
    pty.runs("new-accesspolicy 'No relay'");
    says(&mut pty, &["One of: Forbid, Require"]);
    pty.answers("Effect: ", "Never");
    says(
        &mut pty,
        &[
            "error: Cannot process argument transformation on parameter 'Effect'. Unable to",
            "match the identifier name Never to a valid enumerator name. Specify one of the",
            "following enumerator names and try again: Forbid, Require",
            "hint: give one of those names",
        ],
    );
    pty.answers("Effect: ", "forbid");
    says(
        &mut pty,
        &[
            "One of: Submit, Relay, Spoof, SendAsAnyone, BypassAntiSpam,",
            "BypassMessageSizeLimit, ForgeHeaders, AuthenticateInClear, SubmitInClear",
            SEVERAL,
        ],
    );
    pty.answers("Ability[0]: ", "Relay");
    pty.answers("Ability[1]: ", "");
    pty.sees("recorded as revision ");
}

#[test]
fn files_of_the_directory_are_offered_and_a_missing_one_is_asked_for_again() {
    let mut pty = with_server();
    pty.output(
        "mkdir jobs; cd jobs; echo 'New-AcceptedDomain F -DomainName fabrikam.com' >add.ps1; touch notes.txt",
    );
    pty.runs("invoke-runbook");
    let before = pty.sees("In this directory: add.ps1\r\n");
    assert!(!before.contains("notes.txt"), "{before}");
    pty.answers("Path: ", "ad.ps1");
    says(&mut pty, &["error: parameter Path: `ad.ps1` cannot be read: there is no such file"]);
    pty.answers("Path: ", "add.ps1");
    pty.sees("recorded as revision ");
}

#[test]
fn several_connectors_are_named_at_one_prompt() {
    let mut pty = with_server();
    for (name, port) in [("One", 2526), ("Two", 2527)] {
        pty.output(&format!(
            "$EXCH new-receiveconnector {name} -Bindings 0.0.0.0:{port} -RemoteIPRanges 10.0.0.7"
        ));
    }
    pty.runs("set-receiveconnector -Enabled:false -Confirm:false");
    pty.sees("Several are separated by commas.");
    pty.answers("Identity: ", "One, Two");
    pty.sees_all(&["HUB01\\One", "HUB01\\Two", "recorded as revision "]);
}
