//! Lines for access lists that are refused or leave things alone, entries as objects, owners, and what lists come to.

use exch::answer::Exit;

use super::store::{home, line};
use crate::world::Ran;

fn refusal(text: &str) -> Ran {
    let home = home();
    let before = home.done(line(r"get-adpermission 'HUB01\Relay' -o json"));
    let ran = home.run(line(text));
    assert!(matches!(ran.exit, Exit::Refused | Exit::NotUnderstood), "{:?} {}", ran.exit, ran.err);
    assert_eq!(home.done(line(r"get-adpermission 'HUB01\Relay' -o json")), before);
    ran
}

#[test]
fn a_lost_backslash_is_reported() {
    for (typed, meant) in [
        (r"CONTOSOapp1", r"'CONTOSO\app1'"),
        ("hub01svc", r"'hub01\svc'"),
        ("app1", r"'CONTOSO\app1'"),
        ("'NT AUTHORITYANONYMOUS LOGON'", r"'NT AUTHORITY\ANONYMOUS LOGON'"),
        ("'CONTOSOExchange Servers'", r"'CONTOSO\Exchange Servers'"),
    ] {
        let ran = refusal(&format!(
            r"add-adpermission 'HUB01\Relay' -User {typed} -ExtendedRights ms-Exch-SMTP-Submit"
        ));
        assert_eq!(ran.exit, Exit::Refused);
        let hint = ran.err.lines().find(|line| line.starts_with("hint: ")).unwrap_or_default();
        assert!(hint.contains(&format!("-User {meant}")), "{}", ran.err);
    }
}

#[test]
fn what_means_nothing_is_refused_with_the_reason() {
    let relay = r"add-adpermission 'HUB01\Relay'";
    let app = r"-User 'CONTOSO\app1'";
    for (rest, says) in [
        (format!("{app} -AccessRights GenericEverything"), "GenericEverything"),
        (format!("{app} -ExtendedRights ms-Exch-SMTP-Submit -Properties x"), "narrows ReadProperty"),
        (format!("{app} -ExtendedRights ms-Exch-SMTP-Submit -ChildObjectTypes x"), "CreateChild"),
        (
            format!("{app} -ExtendedRights ms-Exch-SMTP-Accept-Any-Recepient"),
            "did you mean ms-Exch-SMTP-Accept-Any-Recipient",
        ),
        (format!("{app} -ExtendedRights ''"), "an element of the list is empty"),
        (
            format!("{app} -Owner 'CONTOSO\\x' -ExtendedRights ms-Exch-SMTP-Submit"),
            "Parameter set cannot be resolved",
        ),
        ("-User '' -ExtendedRights ms-Exch-SMTP-Submit".to_owned(), "no account or group is called so"),
    ] {
        let ran = refusal(&format!("{relay} {rest}"));
        assert!(ran.err.contains(says), "{rest}: {}", ran.err);
        assert!(ran.err.contains("hint: "), "{}", ran.err);
    }
}

#[test]
fn already_so_makes_no_revision() {
    let home = home();
    let revisions = || home.done(["get-storehistory", "-o", "name"]);
    let before = revisions();
    for (text, says) in [
        (
            r"add-adpermission 'HUB01\Relay' -User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Submit",
            "is already present",
        ),
        (
            r"remove-adpermission 'HUB01\Relay' -User 'CONTOSO\app1' -ExtendedRights ms-Exch-SMTP-Submit",
            "is not present",
        ),
        (
            r"remove-adpermission 'HUB01\Relay' -User 'ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Submit -Deny",
            "leave -Deny out",
        ),
    ] {
        let ran = home.run(line(text));
        assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    assert_eq!(revisions(), before);
    home.done(line(
        r"add-adpermission 'HUB01\Relay' -User 'CONTOSO\app1' -ExtendedRights ms-Exch-SMTP-Submit -Deny",
    ));
    let ran = home.run(line(
        r"add-adpermission 'HUB01\Relay' -User 'CONTOSO\app1' -ExtendedRights ms-Exch-SMTP-Submit",
    ));
    assert!(ran.err.contains("Deny wins over Allow"), "{}", ran.err);
}

#[test]
fn instances_are_entries_as_printed() {
    let home = home();
    let before = home.done(line(r"get-adpermission 'HUB01\Relay' -o json"));
    let some = home.done(line(r"get-adpermission 'HUB01\Relay' -User 'ANONYMOUS LOGON' -o json"));
    let words = |verb: &str, more: &[&str]| {
        let line = [verb, "-Instance", some.as_str(), "-Confirm:false"];
        line.iter().chain(more).map(|word| (*word).to_owned()).collect::<Vec<_>>()
    };
    home.done(words("remove-adpermission", &[]));
    let less = home.done(line(r"get-adpermission 'HUB01\Relay' -o json"));
    assert!(!less.contains("ANONYMOUS") && less.contains("Hub Transport"), "{less}");
    home.done(words("add-adpermission", &[]));
    assert_eq!(home.done(line(r"get-adpermission 'HUB01\Relay' -o json")), before);
    home.done(words("add-adpermission", &["-User", r"CONTOSO\app1"]));
    assert!(home.done(line(r"get-adpermission 'HUB01\Relay' -User 'CONTOSO\app1'")).contains("app1"));
    for odd in ["x", "[1]", "{}", r#"{"Colour": "red"}"#] {
        let ran = home.run(["add-adpermission", "-Instance", odd]);
        assert_eq!(ran.exit, Exit::NotUnderstood, "{odd}: {}", ran.err);
    }
}

#[test]
fn owners_are_kept_and_shown() {
    let home = home();
    home.done(line(r"add-adpermission 'HUB01\Relay' -Owner 'CONTOSO\Domain Admins'"));
    let shown = home.done(line(r"get-adpermission 'HUB01\Relay' -Owner"));
    assert!(shown.contains(r"CONTOSO\Domain Admins") && shown.contains("Owner"), "{shown}");
    let again = home.run(line(r"add-adpermission 'HUB01\Relay' -Owner 'CONTOSO\Domain Admins'"));
    assert!(again.exit == Exit::Done && again.err.contains("is the owner already"), "{}", again.err);
}

#[test]
fn effective_tells_grounds() {
    let home = home();
    home.done(line(r"add-adpermission 'HUB01\Relay' -User 'CONTOSO\app1' -ExtendedRights ms-Exch-SMTP-Submit,ms-Exch-SMTP-Accept-Any-Recipient"));
    home.done(line(r"add-adpermission 'HUB01\Relay' -User 'Authenticated Users' -ExtendedRights ms-Exch-SMTP-Submit -Deny"));
    let json = home.done(line(r"get-adpermission 'HUB01\Relay' -User 'CONTOSO\app1' -Effective -o json"));
    assert!(json.contains("own entry of NT AUTHORITY"), "{json}");
    assert_eq!(
        (json.matches("\"Allowed\": true").count(), json.matches("\"Allowed\": false").count()),
        (1, 1),
        "{json}"
    );
    let table = home.done(line(r"get-adpermission 'HUB01\Relay' -User 'ANONYMOUS LOGON' -Effective"));
    assert_eq!(table.matches("{AnonymousUsers}").count(), 4, "{table}");
    let plain = home.done(line(r"get-adpermission 'HUB01\Relay' -User 'ANONYMOUS LOGON'"));
    assert!(plain.contains("Inherited") && !plain.contains("IsInherited"), "{plain}");
}
