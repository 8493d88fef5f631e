//! TLS as it was negotiated with a server.

use super::Certificate;

/// What was negotiated, and with which certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsSession {
    /// The version of the protocol: `TLS 1.3`.
    pub protocol: String,
    /// The cipher suite, as IANA names it.
    pub cipher_suite: String,
    /// The server's certificate; nothing where it cannot be read.
    pub certificate: Option<Certificate>,
    /// Whether its chain leads to a root.
    pub chain: Chain,
}

/// How a chain of certificates ends, by the roots that this machine trusts. Names and the server's own dates do not
/// count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// At a trusted root.
    Trusted,
    /// At the certificate itself, which is no trusted root.
    SelfSigned,
    /// At an issuer that is not known.
    UnknownIssuer,
    /// This machine has no roots.
    NoRoots,
    /// Something else is wrong with it.
    Invalid(String),
}

impl Chain {
    /// One word, or what is wrong.
    #[must_use]
    pub fn describe(&self) -> &str {
        match self {
            Chain::Trusted => "Trusted",
            Chain::SelfSigned => "SelfSigned",
            Chain::UnknownIssuer => "UnknownIssuer",
            Chain::NoRoots => "NoRoots",
            Chain::Invalid(why) => why,
        }
    }
}
