//! EHLO as real servers answer it, from the connectors that setup makes of that version and role (E).

use exch::connector::edge_default::EdgeState;
use exch::connector::setup::default_connectors_of;
use exch::connector::{ReceiveConnector, SizeEnabled};
use exch::param::Version;
use exch::server::{Server, ServerRole};
use exch::session::Tls;
use exch::session::ehlo::{EhloContext, keywords};

fn server(version: Version, role: ServerRole) -> Server {
    let mut server = Server::new("MBX01", "mbx01.contoso.com");
    (server.version, server.roles) = (version, role.into());
    server
}

/// That of an Edge Transport server as a subscription sets it.
fn default(server: &Server, prefix: &str) -> ReceiveConnector {
    let name = format!("{prefix} {}", server.name);
    default_connectors_of(server, EdgeState::Subscribed)
        .into_iter()
        .find(|connector| connector.name == name)
        .unwrap()
}

fn describe(server: &Server, connector: &ReceiveConnector, tls: Tls) -> String {
    keywords(&EhloContext { connector, server, tls, certificate: true, xexch50: true }).join(", ")
}

#[test]
fn ehlo_of_2016_default_frontend() {
    let server = server(Version::V2016, ServerRole::Mailbox);
    let frontend = default(&server, "Default Frontend");
    assert_eq!(
        describe(&server, &frontend, Tls::None),
        "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, STARTTLS, X-ANONYMOUSTLS, AUTH NTLM, X-EXPS GSSAPI NTLM, \
         8BITMIME, BINARYMIME, CHUNKING, XRDST"
    );
    assert_eq!(
        describe(&server, &frontend, Tls::StartTls),
        "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, AUTH NTLM LOGIN, X-EXPS GSSAPI NTLM, 8BITMIME, \
         BINARYMIME, CHUNKING, XRDST"
    );
    assert_eq!(
        describe(&server, &frontend, Tls::AnonymousTls),
        "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, AUTH NTLM LOGIN, X-EXPS EXCHANGEAUTH GSSAPI NTLM, \
         X-EXCHANGEAUTH SHA256, 8BITMIME, BINARYMIME, CHUNKING, XRDST"
    );
}

#[test]
fn ehlo_of_2010_hub() {
    let server = server(Version::V2010, ServerRole::HubTransport);
    assert_eq!(
        describe(&server, &default(&server, "Default"), Tls::None),
        "SIZE, PIPELINING, DSN, ENHANCEDSTATUSCODES, STARTTLS, X-ANONYMOUSTLS, AUTH NTLM, X-EXPS GSSAPI NTLM, 8BITMIME, \
         BINARYMIME, CHUNKING, XEXCH50, XRDST, XSHADOW"
    );
}

#[test]
fn ehlo_of_2019_relay() {
    let server = server(Version::V2019, ServerRole::Mailbox);
    let mut relay = ReceiveConnector::new("Relay", &server);
    relay.auth = exch::connector::AuthMechanism::Tls.into();
    assert_eq!(
        describe(&server, &relay, Tls::None),
        "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, STARTTLS, 8BITMIME, BINARYMIME, CHUNKING, SMTPUTF8"
    );
}

#[test]
fn ehlo_of_edge_and_of_the_transport_service() {
    let edge = server(Version::V2010, ServerRole::EdgeTransport);
    let inner = default(&edge, "Default internal receive connector");
    assert!(describe(&edge, &inner, Tls::None).contains("X-ANONYMOUSTLS, X-EXPS NTLM, 8BITMIME"));
    assert!(describe(&edge, &inner, Tls::None).ends_with("CHUNKING, XEXCH50, XSHADOW"));
    let mailbox = server(Version::V2013, ServerRole::Mailbox);
    let hub = default(&mailbox, "Default");
    assert!(describe(&mailbox, &hub, Tls::None).ends_with("CHUNKING, XEXCH50, XRDST, XSHADOWREQUEST"));
    let newer = server(Version::V2016, ServerRole::Mailbox);
    assert!(
        describe(&newer, &default(&newer, "Default"), Tls::None).ends_with("CHUNKING, XRDST, XSHADOWREQUEST")
    );
}

/// 2010, as two real servers answer: AUTH stands bare where LOGIN waits for TLS and where the connector is externally
/// secured, and not beside ExchangeServer alone.
#[test]
fn ehlo_without_a_mechanism() {
    use exch::connector::AuthMechanism::{
        BasicAuth, BasicAuthRequireTLS, ExchangeServer, ExternalAuthoritative,
    };
    let server = server(Version::V2010, ServerRole::HubTransport);
    let with = |auth: enumset::EnumSet<exch::connector::AuthMechanism>| {
        let mut connector = ReceiveConnector::new("Apps", &server);
        connector.auth = auth;
        describe(&server, &connector, Tls::None)
    };
    let tls = exch::connector::AuthMechanism::Tls;
    assert!(with(tls | BasicAuth | BasicAuthRequireTLS).contains("STARTTLS, AUTH, 8BITMIME"));
    assert!(
        with(ExternalAuthoritative.into())
            .ends_with("AUTH, 8BITMIME, BINARYMIME, CHUNKING, XEXCH50, XSHADOW")
    );
    assert!(!with(tls | ExchangeServer).contains("AUTH,"));
    let mut connector = ReceiveConnector::new("Apps", &server);
    connector.auth = tls.into();
    let scene = EhloContext {
        connector: &connector,
        server: &server,
        tls: Tls::None,
        certificate: false,
        xexch50: true,
    };
    assert!(!keywords(&scene).contains(&"STARTTLS".to_owned()));
}

/// Each parameter by itself takes its keyword away or brings it.
#[test]
fn ehlo_line_by_line() {
    type Vary = fn(&mut ReceiveConnector);
    let cases: [(&str, Vary, bool); 11] = [
        ("SIZE", |c| c.size_enabled = SizeEnabled::Disabled, false),
        ("PIPELINING", |c| c.pipelining = false, false),
        ("DSN", |c| c.dsn = false, false),
        ("ENHANCEDSTATUSCODES", |c| c.enhanced_status_codes = false, false),
        ("X-ANONYMOUSTLS", |c| c.suppress_x_anonymous_tls = true, false),
        ("GSSAPI NTLM, X-EXPS", |c| c.enable_auth_gssapi = true, true),
        ("8BITMIME", |c| c.eight_bit_mime = false, false),
        ("BINARYMIME", |c| c.binary_mime = false, false),
        ("CHUNKING", |c| c.chunking = false, false),
        ("XLONGADDR", |c| c.long_addresses = true, true),
        ("XORAR", |c| c.orar = true, true),
    ];
    let server = server(Version::V2010, ServerRole::HubTransport);
    for (keyword, vary, there) in cases {
        let mut connector = default(&server, "Default");
        assert_eq!(describe(&server, &connector, Tls::None).contains(keyword), !there, "{keyword}");
        vary(&mut connector);
        assert_eq!(describe(&server, &connector, Tls::None).contains(keyword), there, "{keyword}");
    }
    let connector = default(&server, "Default");
    let scene = EhloContext {
        connector: &connector,
        server: &server,
        tls: Tls::None,
        certificate: true,
        xexch50: false,
    };
    assert!(!keywords(&scene).iter().any(|keyword| keyword == "XEXCH50"));
}

#[test]
fn ehlo_as_lines() {
    let words = ["DSN".to_owned(), "CHUNKING".to_owned()];
    let lines = exch::session::replies::ehlo("mbx01.contoso.com", "10.0.0.7".parse().unwrap(), &words);
    assert_eq!(lines, ["250-mbx01.contoso.com Hello [10.0.0.7]", "250-DSN", "250 CHUNKING"]);
    let none = exch::session::replies::ehlo("mbx01", "10.0.0.7".parse().unwrap(), &[]);
    assert_eq!(none, ["250 mbx01 Hello [10.0.0.7]"]);
    let banner = exch::session::replies::banner;
    assert_eq!(banner("", "mbx01", "today"), "220 mbx01 Microsoft ESMTP MAIL Service ready at today");
    assert_eq!(banner("220 hello", "mbx01", "today"), "220 hello");
}
