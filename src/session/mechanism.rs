//! Which ways of encryption and authentication a connector offers a client (P7), and whether Extended Protection
//! lets one pass (P12).

use enumset::EnumSet;

use super::client::{Client, Mechanism, Tls};
use crate::connector::{AuthMechanism, ExtendedProtectionPolicy, ReceiveConnector};

use AuthMechanism::{BasicAuth, BasicAuthRequireTLS, ExchangeServer, Integrated};

/// Whether a session that is not encrypted yet is offered this way of encryption.
#[must_use]
pub fn offers_tls(connector: &ReceiveConnector, tls: Tls) -> bool {
    match tls {
        Tls::None => true,
        Tls::StartTls => connector.auth.contains(AuthMechanism::Tls),
        Tls::AnonymousTls => connector.auth.contains(ExchangeServer) && !connector.suppress_x_anonymous_tls,
    }
}

/// Whether a session that is encrypted like that is offered the mechanism (P7).
#[must_use]
pub fn offers(connector: &ReceiveConnector, mechanism: Mechanism, tls: Tls) -> bool {
    let auth = connector.auth;
    match mechanism {
        Mechanism::Gssapi => auth.contains(Integrated) && connector.enable_auth_gssapi,
        Mechanism::Ntlm => auth.contains(Integrated),
        Mechanism::Login => {
            auth.contains(BasicAuth) && (tls != Tls::None || !auth.contains(BasicAuthRequireTLS))
        }
        Mechanism::ExchangeServer => auth.contains(ExchangeServer),
        Mechanism::Other => false,
    }
}

/// What AuthMechanism needs for the mechanism to be offered; nothing where no value helps.
#[must_use]
pub fn needed(mechanism: Mechanism) -> EnumSet<AuthMechanism> {
    match mechanism {
        Mechanism::Gssapi | Mechanism::Ntlm => Integrated.into(),
        Mechanism::Login => BasicAuth.into(),
        Mechanism::ExchangeServer => ExchangeServer.into(),
        Mechanism::Other => EnumSet::empty(),
    }
}

/// Whether Extended Protection lets the client's authentication pass (P12). Only Require refuses; where TLS ends
/// at a proxy there is no channel to bind to.
#[must_use]
pub fn is_protected(connector: &ReceiveConnector, client: &Client) -> bool {
    let bound = matches!(client.mechanism, Some(Mechanism::Gssapi | Mechanism::Ntlm));
    let required = connector.extended_protection_policy == ExtendedProtectionPolicy::Require
        && !connector.extended_protection_tls_terminated_at_proxy;
    !(bound && required) || client.channel_binding && client.tls != Tls::None
}
