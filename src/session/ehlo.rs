//! The keywords with which a connector answers EHLO, in order (E).

use super::client::{Mechanism, Tls};
use super::mechanism::{offers, offers_tls};
use crate::connector::{AuthMechanism, ReceiveConnector, SizeEnabled, TransportRole};
use crate::param::Version;
use crate::server::Server;

use AuthMechanism::{ExchangeServer, ExternalAuthoritative};

/// What keywords depend on.
#[derive(Clone, Copy)]
pub struct EhloContext<'a> {
    /// The connector that answers.
    pub connector: &'a ReceiveConnector,
    /// Its server.
    pub server: &'a Server,
    /// How the session is encrypted when EHLO is sent.
    pub tls: Tls,
    /// Whether the connector has a certificate for STARTTLS.
    pub certificate: bool,
    /// TransportConfig's Xexch50Enabled.
    pub xexch50: bool,
}

impl EhloContext<'_> {
    fn exchange(&self) -> bool {
        self.connector.auth.contains(ExchangeServer)
    }

    /// Whether Exchange servers, or clients that count as such, are expected.
    fn is_trusting(&self) -> bool {
        self.exchange() || self.connector.auth.contains(ExternalAuthoritative)
    }

    /// Whether the connector is the Front End Transport service's; the role came with 2013.
    fn frontend(&self) -> bool {
        is_frontend(self.connector, self.server)
    }

    fn since(&self, version: Version) -> bool {
        self.server.version >= version
    }
}

/// Whether the Front End Transport service owns the connector: 2013 and later, not on Edge.
#[must_use]
pub(crate) fn is_frontend(connector: &ReceiveConnector, server: &Server) -> bool {
    connector.transport_role == TransportRole::FrontendTransport
        && server.version >= Version::V2013
        && !server.is_edge()
}

/// Whether XEXCH50 is offered.
pub(super) fn offers_xexch50(scene: &EhloContext<'_>) -> bool {
    scene.is_trusting() && !scene.since(Version::V2016) && !scene.frontend() && scene.xexch50
}

/// One line of the table: the keyword with its values, or nothing.
type Line = fn(&EhloContext<'_>) -> Option<String>;

/// A keyword without values.
fn word(keyword: &str, when: bool) -> Option<String> {
    when.then(|| keyword.to_owned())
}

/// A keyword with those of its values that hold; nothing when none does.
fn list(keyword: &str, values: &[(&str, bool)]) -> Option<String> {
    let named: Vec<&str> = values.iter().filter(|(_, holds)| *holds).map(|(value, _)| *value).collect();
    (!named.is_empty()).then(|| format!("{keyword} {}", named.join(" ")))
}

/// AUTH with the mechanisms that are offered. It stands bare where authentication is meant and none is offered now: LOGIN
/// that waits for TLS, or an externally secured connector. Tls and ExchangeServer alone bring no such line.
fn auth(scene: &EhloContext<'_>, values: &[(&str, bool)]) -> Option<String> {
    let meant = AuthMechanism::Integrated | AuthMechanism::BasicAuth | ExternalAuthoritative;
    let bare = word("AUTH", !scene.connector.auth.is_disjoint(meant));
    list("AUTH", values).or(bare)
}

/// The table.
#[rustfmt::skip]
static LINES: &[Line] = &[
    |s| match s.connector.size_enabled {
        SizeEnabled::Disabled => None,
        SizeEnabled::EnabledWithoutValue => word("SIZE", true),
        SizeEnabled::Enabled => Some(format!("SIZE {}", s.connector.max_message_size.as_bytes())),
    },
    |s| word("PIPELINING", s.connector.pipelining),
    |s| word("DSN", s.connector.dsn),
    |s| word("ENHANCEDSTATUSCODES", s.connector.enhanced_status_codes),
    |s| word("STARTTLS", s.tls == Tls::None && offers_tls(s.connector, Tls::StartTls, s.certificate)),
    |s| word("X-ANONYMOUSTLS", s.tls == Tls::None && offers_tls(s.connector, Tls::AnonymousTls, s.certificate)),
    |s| auth(s, &[("GSSAPI", Mechanism::GSSAPI), ("NTLM", Mechanism::NTLM), ("LOGIN", Mechanism::BasicAuth)]
        .map(|(name, mechanism)| (name, offers(s.connector, mechanism, s.tls)))),
    |s| list("X-EXPS", &[("EXCHANGEAUTH", s.exchange() && s.tls == Tls::AnonymousTls), ("GSSAPI", s.exchange() && !s.server.is_edge()), ("NTLM", s.exchange())]),
    |s| word("X-EXCHANGEAUTH SHA256", s.exchange() && s.tls == Tls::AnonymousTls),
    |s| word("8BITMIME", s.connector.eight_bit_mime),
    |s| word("BINARYMIME", s.connector.binary_mime),
    |s| word("CHUNKING", s.connector.chunking),
    |s| word("XEXCH50", offers_xexch50(s)),
    |s| word("SMTPUTF8", s.since(Version::V2019) && s.connector.smtp_utf8),
    |s| word("XRDST", s.exchange() && !s.server.is_edge()),
    |s| word("XSHADOW", s.is_trusting() && s.server.version == Version::V2010),
    // An Edge Transport server has no TransportRole (C11).
    |s| word("XSHADOWREQUEST", s.exchange() && s.since(Version::V2013) && !s.frontend() && !s.server.is_edge()),
    |s| word("XLONGADDR", s.connector.long_addresses),
    |s| word("XORAR", s.connector.orar),
];

/// The keywords, in order.
#[must_use]
pub fn keywords(scene: &EhloContext<'_>) -> Vec<String> {
    LINES.iter().filter_map(|line| line(scene)).collect()
}
