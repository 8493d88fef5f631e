//! The closed lists that properties of a receive connector take their values from.

use enumset::EnumSetType;
use strum::{EnumString, IntoStaticStr, VariantNames};

use crate::param::{Closed, closed};

/// What a connector offers a client to prove who it is, in the order in which the product prints it.
#[derive(EnumSetType, Debug, PartialOrd, Ord, VariantNames, IntoStaticStr, EnumString)]
#[expect(missing_docs, reason = "the product's own names")]
pub enum AuthMechanism {
    Tls,
    Integrated,
    BasicAuth,
    BasicAuthRequireTLS,
    ExchangeServer,
    ExternalAuthoritative,
}

impl Closed for AuthMechanism {}

closed! {
    /// Which service owns the connector, 2013 and later.
    #[derive(Default)]
    TransportRole: #[default] HubTransport, FrontendTransport
}
closed! {
    /// By what MessageRateLimit counts.
    #[derive(Default)]
    MessageRateSource: None, #[default] IPAddress, User, All
}
closed! {
    /// Whether sessions are logged.
    #[derive(Default)]
    ProtocolLoggingLevel: #[default] None, Verbose
}
closed! {
    /// Whether GSSAPI and NTLM are bound to the TLS channel.
    #[derive(Default)]
    ExtendedProtectionPolicy: #[default] None, Allow, Require
}
closed! {
    /// How EHLO offers SIZE.
    #[derive(Default)]
    SizeEnabled: Disabled, #[default] Enabled, EnabledWithoutValue
}
