//! How the two ends of a data path know each other.

use strum::{EnumString, IntoStaticStr, VariantNames};

/// A way of authentication, as the tables name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantNames, IntoStaticStr, EnumString)]
pub enum Auth {
    /// Kerberos.
    Kerberos,
    /// NTLM.
    #[strum(serialize = "NTLM")]
    Ntlm,
    /// Integrated Windows authentication: Kerberos, then NTLM.
    Negotiate,
    /// A name and a password.
    Basic,
    /// HTTP Digest.
    Digest,
    /// The logon form of Outlook Web Access.
    FormsBased,
    /// A name and a password in plain text.
    PlainText,
    /// Mutual TLS.
    Certificate,
    /// Mutual TLS with a certificate that is in the directory.
    DirectTrust,
    /// The address of the other end.
    #[strum(serialize = "ByIPAddress")]
    ByIpAddress,
    /// None.
    Anonymous,
    /// Exchange Server authentication.
    ExchangeServer,
}

impl Auth {
    /// The spelling that is typed and printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl crate::param::Closed for Auth {}
