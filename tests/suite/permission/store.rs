//! What access lists are in the store: Add then Remove gives the file back byte for byte.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests look into the store")]

use std::fs;

use exch::answer::Exit;

use crate::world::Home;

/// A store with a relay connector on HUB01 that anonymous senders may use.
pub fn home() -> Home {
    let home = Home::new();
    home.done(["initialize-store", "-Domain", "contoso.com"]);
    home.done(["new-exchangeserver", "HUB01", "-Version", "2019"]);
    home.done(line("new-receiveconnector Relay -Server HUB01 -Usage Custom -Bindings 0.0.0.0:2526 -RemoteIPRanges 10.0.0.7 -PermissionGroups AnonymousUsers,ExchangeServers"));
    home
}

pub fn line(text: &str) -> Vec<String> {
    shlex::split(text).unwrap()
}

fn file(home: &Home) -> String {
    fs::read_to_string(home.store().join("servers/HUB01.toml")).unwrap()
}

fn write(home: &Home, text: &str) {
    fs::write(home.store().join("servers/HUB01.toml"), text).unwrap();
}

fn change(home: &Home, verb: &str, rest: &str) {
    home.done(line(&format!(r"{verb}-adpermission 'HUB01\Relay' {rest} -Confirm:false")));
}

const CHANGES: [&str; 6] = [
    "-User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient",
    "-User 'CONTOSO\\app1' -ExtendedRights ms-Exch-SMTP-Submit,ms-Exch-Bypass-Anti-Spam,ms-Exch-SMTP-Accept-Any-Recipient",
    "-User 'CONTOSO\\app1' -ExtendedRights ms-Exch-SMTP-Submit -Deny",
    "-User 'CONTOSO\\Exchange Servers' -ExtendedRights ms-Exch-SMTP-Submit -Deny",
    "-User 'Authenticated Users' -ExtendedRights ms-Exch-SMTP-Submit,ms-Exch-SMTP-Accept-Any-Recipient,ms-Exch-Bypass-Anti-Spam,ms-Exch-Accept-Headers-Routing",
    "-User 'Partner Servers' -ExtendedRights ms-Exch-Accept-Headers-Routing",
];

#[test]
fn add_then_remove_restores_the_file() {
    let home = home();
    for (at, before) in CHANGES.into_iter().enumerate() {
        for rest in CHANGES.into_iter().skip(at) {
            let text = file(&home);
            change(&home, "add", rest);
            assert_ne!(file(&home), text, "{rest}");
            change(&home, "remove", rest);
            assert_eq!(file(&home), text, "{rest}");
        }
        change(&home, "add", before);
    }
}

#[test]
fn remove_then_add_restores_the_file() {
    let home = home();
    let whole = file(&home);
    for rest in [
        "-User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
        "-User 'Hub Transport Servers' -ExtendedRights ms-Exch-SMTP-Submit,ms-Exch-SMTP-Accept-XAttr",
    ] {
        change(&home, "remove", rest);
        let less = file(&home);
        change(&home, "add", rest);
        assert_eq!(file(&home), whole, "{rest}");
        change(&home, "remove", rest);
        assert_eq!(file(&home), less, "{rest}");
        change(&home, "add", rest);
    }
}

#[test]
fn what_was_written_by_hand_comes_back() {
    let home = home();
    let by_hand = r#"
# The scanners.
[[ReceiveConnector.ADPermission]]
User = "contoso\\scan"   # by hand
ExtendedRights = "ms-Exch-SMTP-Submit"

[[ReceiveConnector.ADPermission]]
User = 'ANONYMOUS LOGON'
ExtendedRights = [
  "ms-Exch-SMTP-Accept-Exch50", # why?
]
"#;
    let text = file(&home);
    write(&home, &format!("{text}{by_hand}"));
    let text = file(&home);
    for rest in CHANGES {
        change(&home, "add", rest);
        change(&home, "remove", rest);
        assert_eq!(file(&home), text, "{rest}");
    }
    change(&home, "add", r"-User 'CONTOSO\scan' -ExtendedRights ms-Exch-Bypass-Anti-Spam");
    change(&home, "remove", r"-User 'CONTOSO\scan' -ExtendedRights ms-Exch-Bypass-Anti-Spam");
    assert_eq!(file(&home), text);
}

#[test]
fn a_list_that_outgrows_its_line_comes_back() {
    let names = [
        "ms-Exch-SMTP-Submit",
        "ms-Exch-SMTP-Accept-Any-Recipient",
        "ms-Exch-SMTP-Accept-Any-Sender",
        "ms-Exch-Bypass-Anti-Spam",
    ];
    let home = home();
    let bare = file(&home);
    for tall in [false, true] {
        for count in 1..names.len() {
            let quoted: Vec<String> = names[..count].iter().map(|name| format!("\"{name}\"")).collect();
            let rights = match tall {
                true => {
                    format!("[\n{}]", quoted.iter().map(|name| format!("    {name},\n")).collect::<String>())
                }
                false => format!("[{}]", quoted.join(", ")),
            };
            let text = format!(
                "{bare}\n[[ReceiveConnector.ADPermission]]\nUser = 'CONTOSO\\app1'\nExtendedRights = {rights}\n"
            );
            write(&home, &text);
            for more in names[count..].iter().copied().chain([names[count..].join(",").as_str()]) {
                change(&home, "add", &format!(r"-User 'CONTOSO\app1' -ExtendedRights {more}"));
                change(&home, "remove", &format!(r"-User 'CONTOSO\app1' -ExtendedRights {more}"));
                assert_eq!(file(&home), text, "{more}");
            }
        }
    }
}

#[test]
fn the_domain_is_the_stores_own() {
    let home = home();
    change(&home, "add", r"-User 'exchange servers' -ExtendedRights ms-Exch-SMTP-Submit -Deny");
    home.done(line(r"new-principal 'FABRIKAM\backup'"));
    change(&home, "add", r"-User 'FABRIKAM\Exchange Servers' -ExtendedRights ms-Exch-SMTP-Submit");
    let text = file(&home);
    assert!(text.contains(r"User = 'CONTOSO\Exchange Servers'"), "{text}");
    assert!(text.contains(r"User = 'FABRIKAM\Exchange Servers'") && !text.contains("<DOMAIN>"), "{text}");
    let json = home.done(line(r"get-adpermission 'HUB01\Relay' -User 'CONTOSO\Exchange Servers' -o json"));
    assert!(json.contains(r"CONTOSO\\Exchange Servers") && !json.contains("FABRIKAM"), "{json}");
    // The domain gets another name: the organization's own group follows.
    home.done(["set-store", "-NetBiosDomain", "CORP"]);
    let text = file(&home);
    assert!(text.contains(r"User = 'CORP\Exchange Servers'") && text.contains("FABRIKAM"), "{text}");
    let shown = home.done(line(r"get-adpermission 'HUB01\Relay' -User 'Exchange Servers'"));
    assert!(shown.contains(r"CORP\Exchange Servers"), "{shown}");
}

#[test]
fn dropping_a_group_is_reported() {
    let home = home();
    let ran = home.run(line(r"set-receiveconnector 'HUB01\Relay' -PermissionGroups ExchangeServers"));
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    let described = r"`HUB01\Relay`: NT AUTHORITY\ANONYMOUS LOGON loses ms-Exch-SMTP-Submit, ms-Exch-SMTP-Accept-Any-Sender, ms-Exch-SMTP-Accept-Authoritative-Domain-Sender, ms-Exch-Accept-Headers-Routing";
    assert!(ran.err.contains(described), "{}", ran.err);
    let ran = home.run(line(r"set-receiveconnector 'HUB01\Relay' -Banner '220 ready'"));
    assert!(!ran.err.contains("loses"), "{}", ran.err);
}

#[test]
fn edits_of_groups_keep_the_rest() {
    let home = home();
    let groups = |home: &Home| {
        let shown = home.done(line(r"get-receiveconnector 'HUB01\Relay' -Property PermissionGroups -o list"));
        shown.trim().split(" : ").nth(1).unwrap().to_owned()
    };
    change(&home, "add", CHANGES[0]);
    assert_eq!(groups(&home), "AnonymousUsers, ExchangeServers, Custom");
    home.done(line(r#"set-receiveconnector 'HUB01\Relay' -PermissionGroups '@{Add="ExchangeUsers";Remove="ExchangeServers"}'"#));
    assert_eq!(groups(&home), "AnonymousUsers, ExchangeUsers, Custom");
    // A group that lost a right stays as it is when others are edited, and goes when groups are set.
    change(&home, "remove", "-User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Sender");
    home.done(line(r#"set-receiveconnector 'HUB01\Relay' -PermissionGroups '@{Remove="ExchangeUsers"}'"#));
    assert_eq!(groups(&home), "Custom");
    let ran = home.run(line(r"get-receiveconnector 'HUB01\Relay' -Verbose"));
    assert!(
        ran.err.contains(r"`HUB01\Relay` is AnonymousUsers without ms-Exch-SMTP-Accept-Any-Sender"),
        "{}",
        ran.err
    );
    home.done(line(r#"set-receiveconnector 'HUB01\Relay' -PermissionGroups '@{Add="AnonymousUsers"}'"#));
    assert_eq!(groups(&home), "AnonymousUsers, Custom");
    home.done(line(r"set-receiveconnector 'HUB01\Relay' -PermissionGroups ExchangeUsers"));
    assert_eq!(groups(&home), "ExchangeUsers, Custom");
}

#[test]
fn all_or_none() {
    let home = home();
    home.done(line("new-receiveconnector Trusted -Server HUB01 -Usage Custom -Bindings 0.0.0.0:2527 -RemoteIPRanges 10.0.0.8 -PermissionGroups ExchangeServers -AuthMechanism Tls,ExternalAuthoritative"));
    let text = file(&home);
    // C5 holds the second connector to its group, so the first keeps its own too.
    let rest = "-User 'Externally Secured Servers' -ExtendedRights ms-Exch-SMTP-Submit";
    let ran =
        home.run(line(&format!(r"remove-adpermission 'HUB01\Relay','HUB01\Trusted' {rest} -Confirm:false")));
    assert_eq!(ran.exit, Exit::Refused, "{}", ran.err);
    assert_eq!(file(&home), text);
    let ran = home.run(line(&format!(r"add-adpermission '*\Relay' {}", CHANGES[0])));
    assert_eq!(ran.exit, Exit::NotUnderstood, "{}", ran.err);
    assert!(ran.err.contains("-Confirm:false"), "{}", ran.err);
}

#[test]
fn entries_that_a_newer_version_gives_join_their_group() {
    let home = home();
    home.done(line("new-exchangeserver OLD01 -Version 2007"));
    let rest = r"'OLD01\Default OLD01' -User 'Hub Transport Servers'";
    home.done(line(&format!("add-adpermission {rest} -ExtendedRights ms-Exch-SMTP-Accept-XShadow")));
    let groups = "get-receiveconnector 'OLD01\\Default OLD01' -Property PermissionGroups -o list";
    assert!(home.done(line(groups)).contains("Custom"));
    home.done(line("set-exchangeserver OLD01 -Version 2010 -Confirm:false"));
    let shown = home.done(line(groups));
    assert!(shown.contains("ExchangeServers") && !shown.contains("Custom"), "{shown}");
}
