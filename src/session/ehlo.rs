//! The keywords with which a connector answers EHLO, in order (E).

use super::client::{Mechanism, Tls};
use super::evidence::Evidence;
use super::mechanism::{offers, offers_tls};
use crate::connector::{AuthMechanism, ReceiveConnector, SizeEnabled, TransportRole, rows};
use crate::param::{Field, Row, Version};
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

/// What a keyword depends on.
enum Setting {
    /// A property of the connector.
    Of(&'static Row<ReceiveConnector>),
    /// The server's version.
    Version,
    /// TransportConfig's Xexch50Enabled.
    Xexch50,
}

use Setting::{Of, Version as OfVersion, Xexch50};

/// One line of the table.
struct Line {
    keyword: &'static str,
    settings: &'static [Setting],
    /// Its values, which may be none; nothing where it is not offered.
    values: fn(&EhloContext<'_>) -> Option<String>,
}

const fn line(
    keyword: &'static str,
    settings: &'static [Setting],
    values: fn(&EhloContext<'_>) -> Option<String>,
) -> Line {
    Line { keyword, settings, values }
}

/// No values.
fn word(when: bool) -> Option<String> {
    when.then(String::new)
}

/// Those of the values that hold; nothing when none does.
fn list(values: &[(&str, bool)]) -> Option<String> {
    let named: Vec<&str> = values.iter().filter(|(_, holds)| *holds).map(|(value, _)| *value).collect();
    (!named.is_empty()).then(|| named.join(" "))
}

/// AUTH with the mechanisms that are offered. It stands bare where authentication is meant and none is offered now: LOGIN
/// that waits for TLS, or an externally secured connector. Tls and ExchangeServer alone bring no such line.
fn auth(scene: &EhloContext<'_>, values: &[(&str, bool)]) -> Option<String> {
    let meant = AuthMechanism::Integrated | AuthMechanism::BasicAuth | ExternalAuthoritative;
    let bare = word(!scene.connector.auth.is_disjoint(meant));
    list(values).or(bare)
}

const AUTH: Setting = Of(&rows::AUTH_MECHANISM);

/// The table.
#[rustfmt::skip]
static LINES: &[Line] = &[
    line("SIZE", &[Of(&rows::SIZE_ENABLED), Of(&rows::MAX_MESSAGE_SIZE)], |s| match s.connector.size_enabled {
        SizeEnabled::Disabled => None,
        SizeEnabled::EnabledWithoutValue => word(true),
        SizeEnabled::Enabled => Some(s.connector.max_message_size.as_bytes().to_string()),
    }),
    line("PIPELINING", &[Of(&rows::PIPELINING_ENABLED)], |s| word(s.connector.pipelining)),
    line("DSN", &[Of(&rows::DELIVERY_STATUS_NOTIFICATION_ENABLED)], |s| word(s.connector.dsn)),
    line("ENHANCEDSTATUSCODES", &[Of(&rows::ENHANCED_STATUS_CODES_ENABLED)], |s| word(s.connector.enhanced_status_codes)),
    line("STARTTLS", &[AUTH], |s| word(s.tls == Tls::None && offers_tls(s.connector, Tls::StartTls, s.certificate))),
    line("X-ANONYMOUSTLS", &[AUTH, Of(&rows::SUPPRESS_X_ANONYMOUS_TLS)], |s| word(s.tls == Tls::None && offers_tls(s.connector, Tls::AnonymousTls, s.certificate))),
    line("AUTH", &[AUTH, Of(&rows::ENABLE_AUTH_GSSAPI)], |s| auth(s, &[("GSSAPI", Mechanism::GSSAPI), ("NTLM", Mechanism::NTLM), ("LOGIN", Mechanism::BasicAuth)]
        .map(|(name, mechanism)| (name, offers(s.connector, mechanism, s.tls))))),
    line("X-EXPS", &[AUTH], |s| list(&[("EXCHANGEAUTH", s.exchange() && s.tls == Tls::AnonymousTls), ("GSSAPI", s.exchange() && !s.server.is_edge()), ("NTLM", s.exchange())])),
    line("X-EXCHANGEAUTH", &[AUTH], |s| list(&[("SHA256", s.exchange() && s.tls == Tls::AnonymousTls)])),
    line("8BITMIME", &[Of(&rows::EIGHT_BIT_MIME_ENABLED)], |s| word(s.connector.eight_bit_mime)),
    line("BINARYMIME", &[Of(&rows::BINARY_MIME_ENABLED)], |s| word(s.connector.binary_mime)),
    line("CHUNKING", &[Of(&rows::CHUNKING_ENABLED)], |s| word(s.connector.chunking)),
    line("XEXCH50", &[AUTH, OfVersion, Of(&rows::TRANSPORT_ROLE), Xexch50], |s| word(offers_xexch50(s))),
    line("SMTPUTF8", &[OfVersion, Of(&rows::SMTP_UTF8_ENABLED)], |s| word(s.since(Version::V2019) && s.connector.smtp_utf8)),
    line("XRDST", &[AUTH], |s| word(s.exchange() && !s.server.is_edge())),
    line("XSHADOW", &[AUTH, OfVersion], |s| word(s.is_trusting() && s.server.version == Version::V2010)),
    // An Edge Transport server has no TransportRole (C11).
    line("XSHADOWREQUEST", &[AUTH, OfVersion, Of(&rows::TRANSPORT_ROLE)], |s| word(s.exchange() && s.since(Version::V2013) && !s.frontend() && !s.server.is_edge())),
    line("XLONGADDR", &[Of(&rows::LONG_ADDRESSES_ENABLED)], |s| word(s.connector.long_addresses)),
    line("XORAR", &[Of(&rows::ORAR_ENABLED)], |s| word(s.connector.orar)),
];

/// The keywords, in order.
#[must_use]
pub fn keywords(scene: &EhloContext<'_>) -> Vec<String> {
    let offered = |line: &Line| {
        let values = (line.values)(scene)?;
        let keyword = line.keyword;
        Some(if values.is_empty() { keyword.to_owned() } else { format!("{keyword} {values}") })
    };
    LINES.iter().filter_map(offered).collect()
}

/// The settings that decide whether and how these keywords are offered, each once.
pub(super) fn settings(scene: &EhloContext<'_>, keywords: &[&str]) -> Vec<Evidence> {
    let version = scene.server.version;
    let mut all: Vec<(&'static str, String)> = Vec::new();
    for setting in LINES.iter().filter(|line| keywords.contains(&line.keyword)).flat_map(|line| line.settings)
    {
        let one = match setting {
            Of(row) if !row.exists_in(version) => continue,
            Of(row) => (row.name(), row.print_plain(scene.connector)),
            OfVersion => ("Version", <&str>::from(version).to_owned()),
            Xexch50 => ("Xexch50Enabled", scene.xexch50.value().to_string()),
        };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all.into_iter().map(|(name, value)| Evidence::Setting(name, value)).collect()
}
