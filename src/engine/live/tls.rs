//! STARTTLS: a handshake with whatever certificate the server has, and what there is to say of it.

use std::io;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor as verify_chain;
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, ring, verify_tls12_signature, verify_tls13_signature,
};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    AlertDescription, CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct as Signed,
    Error, ProtocolVersion, RootCertStore, SignatureScheme, StreamOwned,
};

use super::fault;
use super::wire::Timed;
use crate::live::{Certificate, Chain, Fault, TlsSession};

/// A connection in TLS.
pub(super) type Encrypted = StreamOwned<ClientConnection, Timed>;

/// Negotiates TLS with the server at `address`, asked for `name` where that is a DNS name.
pub(super) fn encrypt(
    timed: Timed,
    name: &str,
    address: IpAddr,
    now: Timestamp,
) -> Result<(Encrypted, TlsSession), Fault> {
    let provider = Arc::new(ring::default_provider());
    let failed = |error: Error| Fault::Tls(sentence(&error));
    let server = ServerName::try_from(name.to_owned()).unwrap_or(ServerName::from(address));
    let connection = ClientConnection::new(config(&provider).map_err(failed)?, server).map_err(failed)?;
    let mut encrypted = StreamOwned::new(connection, timed);
    while encrypted.conn.is_handshaking() {
        encrypted.conn.complete_io(&mut encrypted.sock).map_err(|error| broken(&error))?;
    }
    let session = session(&encrypted.conn, now, provider.signature_verification_algorithms);
    Ok((encrypted, session))
}

fn config(provider: &Arc<CryptoProvider>) -> Result<Arc<ClientConfig>, Error> {
    let every = EveryCertificate(provider.signature_verification_algorithms);
    let builder =
        ClientConfig::builder_with_provider(Arc::clone(provider)).with_safe_default_protocol_versions()?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(every));
    Ok(Arc::new(builder.with_no_client_auth()))
}

/// Takes every certificate. What is wrong with one is reported, and how the session goes on is of interest all the
/// same: nothing secret is said in it. The handshake's own signature is checked, so the certificate that is shown is
/// that of the server which answers.
#[derive(Debug)]
struct EveryCertificate(WebPkiSupportedAlgorithms);

/// Whether a signature of the handshake is the certificate's.
type Signature = Result<HandshakeSignatureValid, Error>;

impl ServerCertVerifier for EveryCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(&self, text: &[u8], by: &CertificateDer<'_>, signed: &Signed) -> Signature {
        verify_tls12_signature(text, by, signed, &self.0)
    }

    fn verify_tls13_signature(&self, text: &[u8], by: &CertificateDer<'_>, signed: &Signed) -> Signature {
        verify_tls13_signature(text, by, signed, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}

fn session(
    connection: &ClientConnection,
    now: Timestamp,
    algorithms: WebPkiSupportedAlgorithms,
) -> TlsSession {
    let protocol = match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3".to_owned(),
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2".to_owned(),
        other => format!("{other:?}"),
    };
    let suite = connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str());
    let certificates = connection.peer_certificates().unwrap_or_default();
    let certificate = certificates.first().and_then(|own| Certificate::read(own));
    let chain = chain(certificates, certificate.as_ref(), now, algorithms);
    // IANA's names of TLS 1.3 have no version in front.
    let cipher_suite = suite.unwrap_or_default().replacen("TLS13_", "TLS_", 1);
    TlsSession { protocol, cipher_suite, certificate, chain }
}

/// How the chain ends, at a time when the server's own certificate is valid: its dates are said apart.
fn chain(
    certificates: &[CertificateDer<'_>],
    read: Option<&Certificate>,
    now: Timestamp,
    algorithms: WebPkiSupportedAlgorithms,
) -> Chain {
    let Some((own, others)) = certificates.split_first() else {
        return Chain::Invalid("the server has no certificate".to_owned());
    };
    let roots = roots();
    let is_self_issued = read.is_some_and(Certificate::is_self_issued);
    if roots.is_empty() {
        return if is_self_issued { Chain::SelfSigned } else { Chain::NoRoots };
    }
    let at = read.map_or(now, |read| now.max(read.not_before).min(read.not_after));
    let at = UnixTime::since_unix_epoch(Duration::from_secs(at.as_second().try_into().unwrap_or_default()));
    let verified = ParsedCertificate::try_from(own)
        .and_then(|own| verify_chain(&own, roots, others, at, algorithms.all));
    match verified {
        Ok(()) => Chain::Trusted,
        Err(_) if is_self_issued => Chain::SelfSigned,
        Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => Chain::UnknownIssuer,
        Err(error) => Chain::Invalid(error.to_string()),
    }
}

/// The roots that this machine trusts, read once. SSL_CERT_FILE and SSL_CERT_DIR name others.
fn roots() -> &'static RootCertStore {
    static ROOTS: OnceLock<RootCertStore> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    })
}

/// What rustls found wrong, or why the connection ended, in TLS or in plain text.
pub(super) fn broken(error: &io::Error) -> Fault {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(error) => Fault::Tls(sentence(error)),
        None if error.kind() == io::ErrorKind::UnexpectedEof => Fault::Closed,
        None => fault(error),
    }
}

fn sentence(error: &Error) -> String {
    match error {
        Error::PeerIncompatible(_) | Error::AlertReceived(AlertDescription::ProtocolVersion) => format!(
            "the server supports none of the protocol versions and cipher suites of exch, TLS 1.2 and 1.3 ({error})"
        ),
        Error::AlertReceived(AlertDescription::HandshakeFailure) => format!(
            "the server refuses the handshake: no cipher suite in common, or it asks for a client certificate ({error})"
        ),
        Error::InvalidMessage(_) => "the server did not answer with TLS".to_owned(),
        other => other.to_string(),
    }
}
