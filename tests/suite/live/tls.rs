//! STARTTLS: what is said of protocol, certificate and keywords in TLS.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};

use rcgen::{BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair};
use serde_json::Value as Json;

use super::script::{Identity, KEYWORDS, Log, Script, listen, params};
use super::{differences, home, one, status, test};
use crate::host;

/// A server with this certificate.
fn with(identity: Identity) -> Script {
    Script { tls: identity.config(rustls::ALL_VERSIONS), ..Script::exchange() }
}

#[test]
fn tls_is_shown() {
    let (exit, object) = one(Script::exchange(), &[]);
    assert_eq!((exit, differences(&object)), (0, Vec::new()), "{object}");
    assert_eq!(object["TlsProtocol"], "TLS 1.3");
    assert!(object["TlsCipherSuite"].as_str().unwrap().starts_with("TLS_"), "{object}");
    assert_eq!(object["CertificateNames"], serde_json::json!(["HUB01.contoso.com", "HUB01"]));
    assert_eq!(object["CertificateNotAfter"], "2028-01-01T00:00:00Z");
    assert_eq!(object["CertificateNotBefore"], "2026-01-01T00:00:00Z");
    assert_eq!(object["CertificateChain"], "SelfSigned");
    assert_eq!(object["KeywordsInTls"].as_array().unwrap().len(), KEYWORDS.len() - 1);
}

#[test]
fn tls_of_an_older_version() {
    let identity = Identity::new(&["HUB01.contoso.com"], [2026, 2028]);
    let script = Script { tls: identity.config(&[&rustls::version::TLS12]), ..Script::exchange() };
    let (exit, object) = one(script, &[]);
    assert_eq!((exit, object["TlsProtocol"].as_str()), (0, Some("TLS 1.2")), "{object}");
}

#[test]
fn a_keyword_in_tls_is_reported() {
    let mut in_tls: Vec<String> = KEYWORDS.iter().map(|one| (*one).to_owned()).collect();
    in_tls.retain(|one| one != "STARTTLS" && one != "CHUNKING");
    in_tls.push("AUTH LOGIN".to_owned());
    let script = Script { keywords_in_tls: Some(in_tls), ..Script::exchange() };
    let (exit, object) = one(script, &[]);
    let wanted = [
        "in TLS, CHUNKING is not offered, and the store's connector offers it",
        "in TLS, AUTH is offered, and the store's connector does not offer it",
    ];
    assert_eq!((exit, differences(&object)), (3, wanted.to_vec()), "{object}");
}

/// The one difference of a server with a certificate for these names and years.
fn of_certificate(names: &[&str], years: [i32; 2]) -> String {
    let (exit, object) = one(with(Identity::new(names, years)), &[]);
    assert_eq!((exit, object["StatusCode"].as_str()), (3, Some("Success")), "{object}");
    let found = differences(&object);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].to_owned()
}

#[test]
fn an_expired_certificate_is_reported() {
    let own = ["HUB01.contoso.com"];
    assert_eq!(of_certificate(&own, [2020, 2026]), "the certificate expired on 2026-01-01");
    assert_eq!(of_certificate(&own, [2027, 2028]), "the certificate is not valid before 2027-01-01");
}

#[test]
fn a_certificate_for_another_name_is_reported() {
    let wanted = "the certificate is for `mail.contoso.com`, `10.0.0.1`, and the store's connector is `HUB01.contoso.com`";
    assert_eq!(of_certificate(&["10.0.0.1", "mail.contoso.com"], [2026, 2028]), wanted);
    let wanted = "the certificate is for no name, and the store's connector is `HUB01.contoso.com`";
    assert_eq!(of_certificate(&[], [2026, 2028]), wanted);
    let wanted =
        "the certificate is for `*.hub01.contoso.com`, and the store's connector is `HUB01.contoso.com`";
    assert_eq!(of_certificate(&["*.hub01.contoso.com"], [2026, 2028]), wanted);
    let (exit, object) = one(with(Identity::new(&["*.contoso.com"], [2026, 2028])), &[]);
    assert_eq!((exit, differences(&object)), (0, Vec::new()), "{object}");
}

/// A certificate that a root has signed, and that root as a file holds it.
fn signed(by: &str, years: [i32; 2]) -> (Identity, String) {
    let mut root = CertificateParams::default();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.distinguished_name = DistinguishedName::new();
    root.distinguished_name.push(DnType::CommonName, by);
    let root_key = KeyPair::generate().unwrap();
    let pem = root.self_signed(&root_key).unwrap().pem();
    let key = KeyPair::generate().unwrap();
    let certificate =
        params(&["HUB01.contoso.com"], years).signed_by(&key, &Issuer::new(root, root_key)).unwrap();
    (Identity { certificate, key }, pem)
}

/// By the roots of the machine, which a file names here.
#[test]
fn a_chain_is_judged_by_the_roots_of_the_machine() {
    let judged = |identity: Identity, roots: &str| {
        let (port, _) = with(identity).serve();
        let home = home(&[port]);
        let dir = host::tempdir().unwrap();
        let file = dir.path().join("roots.pem");
        fs::write(&file, roots).unwrap();
        let mut command = host::command(host::EXCH, dir.path());
        command.env("EXCH_STORE", home.store()).env("SSL_CERT_FILE", &file);
        command.args([
            "test-smtpconnectivity",
            "HUB01",
            "-o",
            "json",
            "-Property",
            "CertificateChain,Differences",
        ]);
        let ran = command.output().unwrap();
        let found: Vec<Json> = serde_json::from_slice(&ran.stdout).unwrap();
        (found[0]["CertificateChain"].as_str().unwrap().to_owned(), found[0]["Differences"].clone())
    };
    let (identity, root) = signed("Contoso Root", [2020, 2200]);
    assert_eq!(judged(identity, &root), ("Trusted".to_owned(), serde_json::json!([])));
    // Its dates are a matter of their own.
    let (identity, root) = signed("Contoso Root", [2020, 2021]);
    let expired = serde_json::json!(["the certificate expired on 2021-01-01"]);
    assert_eq!(judged(identity, &root), ("Trusted".to_owned(), expired));
    let (identity, _) = signed("Fabrikam Root", [2020, 2200]);
    assert_eq!(judged(identity, &root).0, "UnknownIssuer");
    let (identity, _) = signed("Contoso Root", [2020, 2200]);
    assert_eq!(judged(identity, "").0, "NoRoots");
}

/// What the server says to STARTTLS, where TLS does not begin.
#[test]
fn starttls_is_refused() {
    let script = Script { start_tls: "454 4.7.0 TLS not available".to_owned(), ..Script::exchange() };
    let (exit, object) = one(script, &[]);
    assert_eq!((exit, object["StatusCode"].as_str()), (3, Some("TransientError")));
    assert_eq!(object["Details"], "454 4.7.0 TLS not available");
    assert_eq!(object["TlsProtocol"], Json::Null);
}

/// A server that says this after it agreed to TLS.
fn instead(bytes: &'static [u8]) -> (String, String) {
    let port = listen(move |mut stream| {
        let _ = stream.write_all(b"220 HUB01.contoso.com Microsoft ESMTP MAIL Service ready\r\n");
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        lines.next();
        let _ = stream.write_all(b"250-HUB01.contoso.com\r\n250 STARTTLS\r\n");
        lines.next();
        let _ = stream.write_all(b"220 2.0.0 SMTP server ready\r\n");
        let _ = stream.read(&mut [0; 16]);
        let _ = stream.write_all(bytes);
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.read(&mut [0; 4096]);
    });
    status(port)
}

#[test]
fn no_tls_after_starttls() {
    let (status, details) = instead(b"554 5.7.3 Unable to initialize security subsystem\r\n");
    assert_eq!(status, "ExternalError");
    assert_eq!(details, "the TLS handshake failed: the server did not answer with TLS");
    // The alert of a server that has TLS 1.0 alone.
    let (status, details) = instead(&[21, 3, 1, 0, 2, 2, 70]);
    assert_eq!(status, "ExternalError");
    assert!(details.contains("TLS 1.2 and 1.3 (received fatal alert: ProtocolVersion"), "{details}");
    let (status, details) = instead(b"");
    assert_eq!(status, "ExternalError");
    assert_eq!(details, "the TLS handshake took longer than 3 seconds");
    // What was said before TLS is not taken for what is said in it.
    let script =
        Script { start_tls: "220 2.0.0 SMTP server ready\r\n250 OK".to_owned(), ..Script::exchange() };
    let (_, object) = one(script, &[]);
    let wanted = "the TLS handshake failed: the server sent more than its reply before TLS began";
    assert_eq!(object["Details"], wanted);
}

/// What a server was told.
fn said(log: &Log) -> Vec<String> {
    log.lock().unwrap().iter().filter(|line| !line.ends_with("QUIT")).cloned().collect()
}

#[test]
fn after_starttls_all_is_said_in_tls() {
    let check = ["-RelayCheck", "someone@example.com"];
    let (port, log) = Script::exchange().serve();
    test(&home(&[port]), &check);
    let wanted = [
        "EHLO client",
        "STARTTLS",
        "tls: EHLO client",
        "tls: MAIL FROM:<>",
        "tls: RCPT TO:<someone@example.com>",
    ];
    assert_eq!(said(&log), wanted);
    let (port, log) = Script::exchange().serve();
    let (_, objects) = test(&home(&[port]), &[check[0], check[1], "-Tls", "None"]);
    assert_eq!(said(&log), ["EHLO client", "MAIL FROM:<>", "RCPT TO:<someone@example.com>"]);
    assert_eq!((&objects[0]["TlsProtocol"], differences(&objects[0])), (&Json::Null, Vec::new()));
}
