//! Test-SmtpConnectivity against a real Postfix, without and with STARTTLS.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::script::Identity;
use super::{differences, home, test};
use crate::host;

/// A real Postfix with a configuration of its own, at a port of the loopback interface; it ends with the value.
struct Postfix {
    dir: host::TempDir,
    port: u16,
}

/// What it needs to answer up to RCPT TO.
const SERVICES: &str = "rewrite unix - - n - - trivial-rewrite
cleanup unix n - n - 0 cleanup
anvil unix - - n - 1 anvil
bounce unix - - n - 0 bounce
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
";

/// Whether there is one that knows the settings used here: 3.6 and newer.
fn is_there() -> bool {
    let ran = host::command("postconf", Path::new("/")).args(["-h", "mail_version"]).output();
    let version = ran.map(|ran| String::from_utf8_lossy(&ran.stdout).into_owned()).unwrap_or_default();
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or_default());
    (numbers.next(), numbers.next()) >= (Some(3), Some(6))
}

impl Postfix {
    /// With STARTTLS where there is a certificate for it.
    fn start(identity: Option<&Identity>) -> Self {
        let dir = host::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = dir.path().display();
        let config = format!(
            "compatibility_level = 3.6\nqueue_directory = {at}/queue\ndata_directory = {at}/data\n\
             myhostname = mail.contoso.com\nmydestination = contoso.com\ninet_interfaces = 127.0.0.1\n\
             inet_protocols = ipv4\nmynetworks = 127.0.0.2/32\nmaillog_file = {at}/log\n\
             maillog_file_prefixes = {at}\nsmtpd_relay_restrictions = reject_unauth_destination\n"
        );
        let mut config = config;
        if let Some(identity) = identity {
            let pem = format!("{}{}", identity.key.serialize_pem(), identity.certificate.pem());
            fs::write(dir.path().join("tls.pem"), pem).unwrap();
            config += &format!("smtpd_tls_security_level = may\nsmtpd_tls_chain_files = {at}/tls.pem\n");
        }
        fs::write(dir.path().join("main.cf"), config).unwrap();
        let services = format!("{port} inet n - n - - smtpd\n{SERVICES}");
        fs::write(dir.path().join("master.cf"), services).unwrap();
        for name in ["queue", "data"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        // Its services run as a user of their own.
        for words in [["chmod", "755", "."], ["chown", "postfix", "data"]] {
            let [program, words @ ..] = words;
            assert!(host::command(program, dir.path()).args(words).status().unwrap().success());
        }
        let postfix = Postfix { dir, port };
        assert!(postfix.told("start"));
        let answers = || {
            thread::sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        };
        assert!((0..300).any(|_| answers()), "postfix does not answer");
        postfix
    }

    fn told(&self, word: &str) -> bool {
        let mut command = host::command("postfix", self.dir.path());
        command.arg("-c").arg(self.dir.path()).arg(word).output().is_ok_and(|ran| ran.status.success())
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        self.told("abort");
    }
}

/// It is no Exchange server: what it says otherwise is reported, and that it refuses to relay is not.
#[test]
fn postfix_is_compared() {
    if !super::can_start("postfix", is_there()) {
        return;
    }
    let postfix = Postfix::start(None);
    let (ran, objects) = test(&home(&[postfix.port]), &["-RelayCheck", "someone@example.com"]);
    assert_eq!((ran.exit.code(), objects.len()), (3, 1), "{}", ran.err);
    let object = &objects[0];
    assert_eq!(object["StatusCode"], "Success", "{object}");
    assert_eq!(object["Details"], "220 mail.contoso.com ESMTP Postfix");
    let found = differences(object);
    for wanted in
        ["VRFY is offered", "ETRN is offered", "STARTTLS is not offered", "the recipient is refused with"]
    {
        assert!(found.iter().any(|one| one.starts_with(wanted)), "{wanted}: {found:?}");
    }
    assert!(object["RelayReply"].as_str().unwrap().starts_with("554 5.7.1"), "{object}");
}

/// In TLS, with a certificate that expired and is for another name than the store's connector.
#[test]
fn postfix_with_starttls_and_an_expired_certificate() {
    if !super::can_start("postfix", is_there()) {
        return;
    }
    let postfix = Postfix::start(Some(&Identity::new(&["mail.contoso.com"], [2020, 2026])));
    let (ran, objects) = test(&home(&[postfix.port]), &["-RelayCheck", "someone@example.com"]);
    assert_eq!((ran.exit.code(), objects.len()), (3, 1), "{}", ran.err);
    let object = &objects[0];
    assert_eq!(
        (object["StatusCode"].as_str(), object["TlsProtocol"].as_str()),
        (Some("Success"), Some("TLS 1.3"))
    );
    assert_eq!(object["CertificateSubject"], "CN=rcgen self signed cert");
    assert_eq!(object["CertificateChain"], "SelfSigned");
    let found = differences(object);
    for wanted in [
        "VRFY is offered",
        "ETRN is offered",
        "the certificate expired on 2026-01-01",
        "the certificate is for `mail.contoso.com`, and the store's connector is `HUB01.contoso.com`",
        "the recipient is refused with",
    ] {
        assert!(found.iter().any(|one| one.starts_with(wanted)), "{wanted}: {found:?}");
    }
    assert!(!found.iter().any(|one| one.contains("TLS")), "{found:?}");
}
