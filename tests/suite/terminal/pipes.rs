//! Pipes between real programs: identities that one prints and the next reads, and pipes that nobody asked to read.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::pty::Pty;
use crate::host;

const STORE: &str = r#"
"$EXCH" new-exchangeserver HUB01 -Version 2010 2>/dev/null >/dev/null
"$EXCH" new-receiveconnector "Anonymous Relay" -Server HUB01 -Usage Custom -Bindings 0.0.0.0:2526 \
    -RemoteIPRanges 10.0.0.7 -PermissionGroups AnonymousUsers >/dev/null 2>/dev/null
"#;

const GRANT: &str = r#""$EXCH" add-adpermission -Identity - -User "NT AUTHORITY\ANONYMOUS LOGON" -ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient"#;

fn shell(home: &Path, script: &str) -> Command {
    let mut shell = host::command("/bin/sh", home);
    shell.env("EXCH", host::EXCH).args(["-c", script]);
    shell
}

/// Grants a right on what `get` prints, and holds the history to the line with the identity.
fn granted(get: &str) {
    let home = host::tempdir().expect("a directory");
    let script = format!(
        "{STORE}\n\"$EXCH\" {get} | {GRANT} || exit\n\"$EXCH\" get-storehistory -o list -Property Body"
    );
    let Output { status, stdout, stderr } = shell(home.path(), &script).output().expect("a shell");
    let (out, err) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{err}");
    let line = r"Add-ADPermission -Identity 'HUB01\Anonymous Relay' -User 'NT AUTHORITY\ANONYMOUS LOGON' -ExtendedRights ms-Exch-SMTP-Accept-Any-Recipient";
    assert!(out.contains(line), "{out}");
    assert!(err.contains("recorded as revision"), "{err}");
}

#[test]
fn names_from_a_pipe_are_identities() {
    granted(r#"get-receiveconnector "Anonymous Relay" -o name"#);
}

#[test]
fn json_from_a_pipe_is_identities() {
    granted(r#"get-receiveconnector "Anonymous Relay" -o json"#);
}

#[test]
fn at_a_terminal_a_hyphen_waits_for_nothing() {
    let code = Pty::new().code_of("get-receiveconnector -Identity -", |pty| {
        pty.sees("error: parameter Identity: `-` reads standard input, and nothing is piped into");
    });
    assert_eq!(code, "2");
}

/// The pipe stays open and says nothing: a line without `-Identity -` ends all the same.
#[test]
fn an_inherited_pipe_is_not_read() {
    let home = host::tempdir().expect("a directory");
    let script = format!("{STORE}\nexec \"$EXCH\" get-receiveconnector -o name");
    let mut shell = shell(home.path(), &script);
    let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
    let held = child.stdin.take();
    let Output { status, stdout, .. } = child.wait_with_output().expect("an end");
    assert!(status.success() && String::from_utf8_lossy(&stdout).contains("Anonymous Relay"));
    drop(held);
}

/// A pager draws on the terminal that standard error is: a progress bar would paint over it.
#[test]
fn beside_a_pipe_there_is_no_progress_bar() {
    let logs = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/protocol-logs/home/logs");
    let mut pty = Pty::new();
    let piped = pty.output(&format!("\"$EXCH\" get-protocollog '{logs}' | cat"));
    assert!(piped.contains("Client Frontend EX01"), "{piped}");
    assert!(!piped.contains('\u{1b}'), "{piped:?}");
    let filed = pty.output(&format!("\"$EXCH\" get-protocollog '{logs}' > \"$HOME/out\""));
    assert!(filed.contains('\u{1b}'), "{filed:?}");
}
