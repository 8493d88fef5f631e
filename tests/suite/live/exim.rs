//! Test-SmtpConnectivity against a real Exim, without and with STARTTLS.
//!
//! Debian's packages of Exim and Postfix exclude each other, so `.ci/run` unpacks Exim's below `target/tools`. It runs
//! here as inetd runs it: one process for a connection, which ends with it.

use std::fs;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::script::{Identity, listen};
use super::{differences, home, test};
use crate::host;

const UNPACKED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/exim");

fn exim(home: &Path) -> Command {
    let unpacked = Path::new(UNPACKED).join("usr/sbin/exim4");
    let program = if unpacked.is_file() { unpacked } else { PathBuf::from("exim4") };
    let libraries = format!("{UNPACKED}/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    let mut command = host::command(program, home);
    command.env("LD_LIBRARY_PATH", libraries);
    command
}

/// Whether it runs, which it does for its own user alone.
fn is_there() -> bool {
    exim(Path::new("/")).args(["-C", "/dev/null", "-bV"]).output().is_ok_and(|ran| ran.status.success())
}

/// The port of a server with a directory of its own; with STARTTLS where there is a certificate for it.
fn start(dir: &Path, identity: Option<&Identity>) -> u16 {
    let at = dir.display();
    let mut config = format!(
        "keep_environment =\nprimary_hostname = mail.contoso.com\nspool_directory = {at}/spool\n\
         log_file_path = {at}/%slog\nacl_smtp_rcpt = rcpt\n"
    );
    config += &match identity {
        None => "tls_advertise_hosts =\n".to_owned(),
        Some(identity) => {
            fs::write(dir.join("own.pem"), identity.certificate.pem()).unwrap();
            fs::write(dir.join("key.pem"), identity.key.serialize_pem()).unwrap();
            format!(
                "tls_advertise_hosts = *\ntls_certificate = {at}/own.pem\ntls_privatekey = {at}/key.pem\n"
            )
        }
    };
    config += "begin acl\nrcpt:\n  accept domains = contoso.com\n  deny message = relay not permitted\n";
    fs::write(dir.join("conf"), config).unwrap();
    for words in [["chmod", "755", "."], ["chown", "Debian-exim", "."]] {
        let [program, words @ ..] = words;
        assert!(host::command(program, dir).args(words).status().unwrap().success());
    }
    let dir = dir.to_owned();
    listen(move |stream| {
        let input = OwnedFd::from(stream.try_clone().unwrap());
        let mut command = exim(&dir);
        command.arg("-C").arg(dir.join("conf")).arg("-bs");
        let _ = command.stdin(input).stdout(OwnedFd::from(stream)).stderr(Stdio::null()).status();
    })
}

#[test]
fn exim_is_compared() {
    if !super::can_start("exim", is_there()) {
        return;
    }
    let dir = host::tempdir().unwrap();
    let port = start(dir.path(), None);
    let (ran, objects) = test(&home(&[port]), &["-RelayCheck", "someone@example.com"]);
    assert_eq!((ran.exit.code(), objects.len()), (3, 1), "{}", ran.err);
    let object = &objects[0];
    assert_eq!(object["StatusCode"], "Success", "{object}");
    assert!(object["Details"].as_str().unwrap().starts_with("220 mail.contoso.com ESMTP Exim"), "{object}");
    let found = differences(object);
    for wanted in ["HELP is offered", "STARTTLS is not offered"] {
        assert!(found.iter().any(|one| one.starts_with(wanted)), "{wanted}: {found:?}");
    }
    assert_eq!(object["RelayReply"], "550 relay not permitted");
}

#[test]
fn exim_with_starttls() {
    if !super::can_start("exim", is_there()) {
        return;
    }
    let dir = host::tempdir().unwrap();
    let port = start(dir.path(), Some(&Identity::new(&["HUB01.contoso.com"], [2026, 2028])));
    let (ran, objects) = test(&home(&[port]), &["-RelayCheck", "someone@example.com"]);
    assert_eq!((ran.exit.code(), objects.len()), (3, 1), "{}", ran.err);
    let object = &objects[0];
    assert_eq!(
        (object["StatusCode"].as_str(), object["TlsProtocol"].as_str()),
        (Some("Success"), Some("TLS 1.3"))
    );
    assert_eq!(object["CertificateNames"], serde_json::json!(["HUB01.contoso.com"]));
    assert_eq!(object["RelayReply"], "550 relay not permitted");
    let found = differences(object);
    assert!(!found.iter().any(|one| one.contains("TLS") || one.contains("certificate")), "{found:?}");
}
