//! Which ways of encryption and authentication a connector offers a client (P7), and whether Extended Protection
//! lets one pass (P12).

use enumset::EnumSet;

use super::client::{Client, Mechanism, Tls};
use crate::connector::{AuthMechanism, ExtendedProtectionPolicy, ReceiveConnector};

use AuthMechanism::{BasicAuth, BasicAuthRequireTLS, ExchangeServer, Integrated};

/// Whether a session that is not encrypted yet is offered this way of encryption. STARTTLS needs a certificate, too;
/// X-ANONYMOUSTLS does without, and nothing starts TLS at connect.
#[must_use]
pub(crate) fn offers_tls(connector: &ReceiveConnector, tls: Tls, certificate: bool) -> bool {
    match tls {
        Tls::None => true,
        Tls::Implicit => false,
        Tls::StartTls => certificate && connector.auth.contains(AuthMechanism::Tls),
        Tls::AnonymousTls => connector.auth.contains(ExchangeServer) && !connector.suppress_x_anonymous_tls,
    }
}

/// Whether a session that is encrypted like that is offered the mechanism (P7).
#[must_use]
pub fn offers(connector: &ReceiveConnector, mechanism: Mechanism, tls: Tls) -> bool {
    let auth = connector.auth;
    match mechanism {
        Mechanism::GSSAPI => auth.contains(Integrated) && connector.enable_auth_gssapi,
        Mechanism::NTLM => auth.contains(Integrated),
        Mechanism::BasicAuth | Mechanism::LOGIN => {
            auth.contains(BasicAuth) && (tls != Tls::None || !auth.contains(BasicAuthRequireTLS))
        }
        Mechanism::ExchangeServer => auth.contains(ExchangeServer),
        Mechanism::PLAIN => false,
    }
}

/// What AuthMechanism needs for the mechanism to be offered; nothing where no value helps.
#[must_use]
pub fn needed(mechanism: Mechanism) -> EnumSet<AuthMechanism> {
    match mechanism {
        Mechanism::GSSAPI | Mechanism::NTLM => Integrated.into(),
        Mechanism::BasicAuth | Mechanism::LOGIN => BasicAuth.into(),
        Mechanism::ExchangeServer => ExchangeServer.into(),
        Mechanism::PLAIN => EnumSet::empty(),
    }
}

/// Whether Extended Protection lets the client's authentication pass (P12). Only Require refuses; where TLS ends
/// at a proxy there is no channel to bind to.
#[must_use]
pub(crate) fn is_protected(connector: &ReceiveConnector, client: &Client) -> bool {
    let bound = matches!(client.mechanism, Some(Mechanism::GSSAPI | Mechanism::NTLM));
    let required = connector.extended_protection_policy == ExtendedProtectionPolicy::Require
        && !connector.extended_protection_tls_terminated_at_proxy;
    !(bound && required) || client.channel_binding && client.tls != Tls::None
}
