//! The table M row by row: what is varied against a session that passes, and the reply.

use exch::connector::{AuthMechanism, ExtendedProtectionPolicy, MessageRateSource, SizeEnabled};
use exch::param::{Size, Unlimited, Version};
use exch::permission::PermissionGroup;
use exch::session::{Mechanism, Outcome, Refusal, Service, ServiceState, Tls};

use super::scene::{ANONYMOUS, Scene, domain};

/// `step: reply`, `accepted`, or the conditions.
pub fn describe(scene: &Scene) -> String {
    let policy = scene.policy();
    let decision = Service::new(&scene.host, &policy).decide(&scene.client);
    let reply = |refusal: Refusal| {
        let enhanced = scene.host.connectors[decision.connector.unwrap_or(0)].enhanced_status_codes;
        let line = refusal.reply().map(|reply| reply.line(scene.host.server.version, enhanced));
        let step: &str = refusal.step().into();
        format!("{step}: {}", line.unwrap_or_else(|| format!("{refusal:?}")))
    };
    match decision.outcome {
        Outcome::Accepted => "accepted".to_owned(),
        Outcome::Undecided(conditions) => format!("undecided: {conditions:?}"),
        Outcome::Partial(refusal) => format!("partial, {}", reply(refusal)),
        Outcome::Rejected(refusal) => reply(refusal),
    }
}

type Vary = fn(&mut Scene);

use PermissionGroup::{AnonymousUsers, ExchangeServers, ExchangeUsers, Partners};
use exch::organization::accepted_domain::DomainType::Authoritative;

const TOP: &str = "RCPT TO: 550 5.1.4 Recipient address reserved by RFC 2606";
const SECOND: &str = "RCPT TO: 550 5.1.5 Recipient address reserved by RFC 2606";
const SINGLE: &str = "RCPT TO: 550 5.1.6 Recipient addresses in single label domains not accepted";
pub const RELAY: &str = "RCPT TO: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain";
pub const SUBMIT: &str =
    "MAIL FROM: 530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM";
pub const SENDER: &str =
    "end of data: 550 5.7.60 SMTP; Client does not have permissions to send as this sender";
const MECHANISM: &str = "AUTH: 504 5.7.4 Unrecognized authentication type";
const FAILED: &str = "AUTH: 535 5.7.3 Authentication unsuccessful";
pub const NO_SUBMIT: &str = "MAIL FROM: 550 5.7.1 Client does not have permissions to submit to this server";
const HOPS: &str = "headers: 554 5.4.6 Hop count exceeded - possible mail loop";

/// Ann, by LOGIN, on a connector for users.
fn ann(s: &mut Scene) {
    s.groups(ExchangeUsers.into());
    s.client.mechanism = Some(Mechanism::BasicAuth);
    s.client.user = Some(r"CONTOSO\ann".to_owned());
    s.client.mail_from = "ann@contoso.com".to_owned();
}

#[rustfmt::skip]
pub const ROWS: &[(&str, Vary)] = &[
    ("accepted", |_| {}),
    // connect
    ("connect: NotBound", |s| s.client.local = "10.0.0.1:26".parse().unwrap()),
    ("connect: NotBound", |s| s.connector().enabled = false),
    ("connect: 421 4.3.2 Service not available", |s| s.connector().remote_ip_ranges = vec!["10.0.0.0/8".parse().unwrap()]),
    // EHLO
    ("EHLO: 501 5.0.0 EHLO requires domain address", |s| { s.connector().require_ehlo_domain = true; s.client.helo = None; }),
    ("EHLO: 501 5.0.0 EHLO requires domain address", |s| { s.connector().require_ehlo_domain = true; s.client.helo = Some(" ".to_owned()); }),
    ("accepted", |s| s.connector().require_ehlo_domain = true),
    ("accepted", |s| s.client.helo = None),
    // STARTTLS
    ("STARTTLS: 500 5.3.3 Unrecognized command", |s| { s.connector().auth = AuthMechanism::Integrated.into(); s.client.tls = Tls::StartTls; }),
    ("STARTTLS: 500 5.3.3 Unrecognized command", |s| { s.connector().auth = AuthMechanism::Tls.into(); s.client.tls = Tls::AnonymousTls; }),
    ("STARTTLS: 500 5.3.3 Unrecognized command", |s| { s.connector().suppress_x_anonymous_tls = true; s.client.tls = Tls::AnonymousTls; }),
    // AUTH
    (MECHANISM, |s| { ann(s); s.connector().auth = AuthMechanism::Tls.into(); }),
    (MECHANISM, |s| { ann(s); s.client.mechanism = Some(Mechanism::PLAIN); }),
    (MECHANISM, |s| { ann(s); s.client.mechanism = Some(Mechanism::GSSAPI); }),
    ("accepted", |s| { ann(s); s.client.mechanism = Some(Mechanism::GSSAPI); s.connector().enable_auth_gssapi = true; }),
    ("accepted", |s| { ann(s); s.client.mechanism = Some(Mechanism::NTLM); }),
    (MECHANISM, |s| { ann(s); s.connector().auth |= AuthMechanism::BasicAuthRequireTLS; }),
    ("accepted", |s| { ann(s); s.connector().auth |= AuthMechanism::BasicAuthRequireTLS; s.client.tls = Tls::StartTls; }),
    (MECHANISM, |s| { s.client.mechanism = Some(Mechanism::ExchangeServer); s.connector().auth = AuthMechanism::Tls.into(); }),
    (FAILED, |s| { ann(s); s.groups(AnonymousUsers.into()); }),
    (FAILED, |s| { ann(s); s.entry(r"CONTOSO\staff", "ms-Exch-SMTP-Submit", true); }),
    (FAILED, |s| { ann(s); s.entry("S-1-5-21-1-2-3-1001", "ms-Exch-SMTP-Submit", true); }),
    // P12
    (FAILED, |s| { ann(s); s.client.mechanism = Some(Mechanism::NTLM); s.connector().extended_protection_policy = ExtendedProtectionPolicy::Require; }),
    (FAILED, |s| { ann(s); s.client.mechanism = Some(Mechanism::NTLM); s.client.tls = Tls::StartTls; s.client.channel_binding = false; s.connector().extended_protection_policy = ExtendedProtectionPolicy::Require; }),
    ("accepted", |s| { ann(s); s.client.mechanism = Some(Mechanism::NTLM); s.client.tls = Tls::StartTls; s.connector().extended_protection_policy = ExtendedProtectionPolicy::Require; }),
    ("accepted", |s| { ann(s); s.client.mechanism = Some(Mechanism::NTLM); s.client.channel_binding = false; s.connector().extended_protection_policy = ExtendedProtectionPolicy::Allow; }),
    ("accepted", |s| { ann(s); s.client.mechanism = Some(Mechanism::NTLM); s.client.channel_binding = false; s.connector().extended_protection_policy = ExtendedProtectionPolicy::Require; s.connector().extended_protection_tls_terminated_at_proxy = true; }),
    ("accepted", |s| { ann(s); s.client.channel_binding = false; s.connector().extended_protection_policy = ExtendedProtectionPolicy::Require; }),
    // MAIL FROM
    ("MAIL FROM: 451 5.7.3 STARTTLS is required to send mail", |s| s.connector().require_tls = true),
    ("accepted", |s| { s.connector().require_tls = true; s.client.tls = Tls::StartTls; }),
    (SUBMIT, |s| s.groups(ExchangeUsers.into())),
    (SUBMIT, |s| s.entry(ANONYMOUS, "ms-Exch-SMTP-Submit", true)),
    ("MAIL FROM: 530 5.7.1 Client was not authenticated", |s| { s.groups(ExchangeUsers.into()); s.version(Version::V2013); }),
    ("MAIL FROM: 530 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM", |s| { s.groups(ExchangeUsers.into()); s.connector().enhanced_status_codes = false; }),
    (NO_SUBMIT, |s| s.connector().auth = AuthMechanism::Tls | AuthMechanism::ExternalAuthoritative),
    (NO_SUBMIT, |s| { s.client.mechanism = Some(Mechanism::ExchangeServer); }),
    ("accepted", |s| { s.client.mechanism = Some(Mechanism::ExchangeServer); s.client.peer = Some(exch::session::Peer::HubTransport); s.groups(ExchangeServers.into()); }),
    ("undecided: EnumSet(Peer)", |s| { s.edge(); s.client.mechanism = Some(Mechanism::ExchangeServer); s.groups(ExchangeServers.into()); }),
    ("MAIL FROM: DomainSecurity", |s| s.connector().domain_secure = true),
    (SENDER, |s| s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Any-Sender")),
    ("end of data: 550 5.7.1 Anonymous client does not have permissions to send as this sender", |s| { s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Any-Sender"); s.version(Version::V2010); }),
    (SENDER, |s| { s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender"); s.client.mail_from = "c@contoso.com".to_owned(); }),
    ("accepted", |s| s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender")),
    ("accepted", |s| { s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Any-Sender"); s.client.mail_from = String::new(); }),
    ("accepted", |s| { s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Any-Sender"); s.frontend(); }),
    // P11
    ("accepted", ann),
    ("accepted", |s| { ann(s); s.client.mail_from = "ANN@sales.contoso.com".to_owned(); }),
    ("accepted", |s| { ann(s); s.client.mail_from = "info@contoso.com".to_owned(); }),
    ("accepted", |s| { ann(s); s.client.mail_from = String::new(); }),
    (SENDER, |s| { ann(s); s.client.mail_from = "bob@contoso.com".to_owned(); }),
    ("end of data: 550 5.7.1 Client does not have permissions to send as this sender", |s| { ann(s); s.version(Version::V2013); s.client.mail_from = "bob@contoso.com".to_owned(); }),
    ("undecided: EnumSet(Sender)", |s| { ann(s); s.client.user = Some(r"CONTOSO\nobody".to_owned()); }),
    ("undecided: EnumSet(Sender)", |s| { ann(s); s.client.user = Some(r"CONTOSO\silent".to_owned()); }),
    (RELAY, |s| { ann(s); s.client.user = Some(r"CONTOSO\silent".to_owned()); s.entry(r"CONTOSO\silent", "ms-Exch-SMTP-Accept-Any-Recipient", true); s.client.recipients = vec!["x@adatum.com".to_owned()]; }),
    ("accepted", |s| { ann(s); s.entry("Authenticated Users", "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender", false); s.client.mail_from = "bob@contoso.com".to_owned(); }),
    // SIZE=
    ("MAIL FROM: 552 5.3.4 Message size exceeds fixed maximum message size", |s| s.client.size = Some(37_748_737)),
    ("accepted", |s| s.client.size = Some(10_485_760)),
    ("data: 552 5.3.4 Message size exceeds fixed maximum message size", |s| { s.client.size = Some(37_748_737); s.client.declares_size = false; }),
    ("data: 552 5.3.4 Message size exceeds fixed maximum message size", |s| { s.client.size = Some(37_748_737); s.connector().size_enabled = SizeEnabled::Disabled; }),
    ("accepted", |s| { s.client.size = Some(37_748_737); s.entry(ANONYMOUS, "ms-Exch-Bypass-Message-Size-Limit", false); }),
    // RCPT TO
    ("partial, RCPT TO: 452 4.5.3 Too many recipients", |s| { s.connector().max_recipients_per_message = 2; s.client.recipients = vec!["b@contoso.com".to_owned(); 3]; }),
    ("accepted", |s| { s.connector().max_recipients_per_message = 2; s.client.recipients = vec!["b@contoso.com".to_owned(); 2]; }),
    (TOP, |s| { s.connector().reject_reserved_top_level = true; s.client.recipients = vec!["b@mail.TEST".to_owned()]; }),
    (SECOND, |s| { s.connector().reject_reserved_second_level = true; s.client.recipients = vec!["b@example.com".to_owned()]; }),
    (SECOND, |s| { s.connector().reject_reserved_second_level = true; s.client.recipients = vec!["b@mail.example.org".to_owned()]; }),
    (RELAY, |s| { s.connector().reject_reserved_second_level = true; s.client.recipients = vec!["b@myexample.com".to_owned()]; }),
    (SINGLE, |s| { s.connector().reject_single_label = true; s.client.recipients = vec!["b@contoso".to_owned()]; }),
    (RELAY, |s| s.client.recipients = vec!["b@adatum.com".to_owned()]),
    ("RCPT TO: 550 5.7.1 Unable to relay", |s| { s.version(Version::V2013); s.client.recipients = vec!["b@adatum.com".to_owned()]; }),
    ("accepted", |s| { s.client.recipients = vec!["b@adatum.com".to_owned()]; s.entry(ANONYMOUS, "ms-Exch-SMTP-Accept-Any-Recipient", false); }),
    (RELAY, |s| s.client.recipients = vec!["b@sub.contoso.com".to_owned()]),
    ("accepted", |s| { s.domains[0].match_sub_domains = true; s.client.recipients = vec!["b@Sub.Contoso.Com".to_owned()]; }),
    ("accepted", |s| s.client.recipients = vec!["b@partner.example".to_owned(), "b@a.b.partner.example".to_owned()]),
    ("accepted", |s| { s.domains.push(domain("*", Authoritative)); s.client.recipients = vec!["b@adatum.com".to_owned()]; }),
    (RELAY, |s| s.client.recipients = vec!["b@notpartner.example".to_owned()]),
    // end of data
    (SENDER, |s| { s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender"); s.client.from = Some("c@contoso.com".to_owned()); }),
    (SENDER, |s| { ann(s); s.client.from = Some("bob@contoso.com".to_owned()); }),
    ("accepted", |s| { ann(s); s.client.from = Some("info@contoso.com".to_owned()); }),
    ("undecided: EnumSet(Sender | HeaderSender)", |s| { ann(s); s.client.user = Some("x@y".to_owned()); s.client.from = Some("info@contoso.com".to_owned()); }),
    // headers
    ("headers: 552 5.3.4 Header size exceeds fixed maximum size", |s| { s.connector().max_header_size = Size::bytes(9); s.client.header_size = Some(10); }),
    ("accepted", |s| { s.connector().max_header_size = Size::bytes(9); s.client.header_size = Some(9); }),
    (HOPS, |s| s.client.hops = 61),
    ("accepted", |s| s.client.hops = 60),
    (HOPS, |s| s.client.local_hops = 6),
    ("accepted", |s| { s.connector().max_local_hop_count = 0; s.client.local_hops = 6; }),
    // data
    ("data: 554 5.6.0 Invalid message content, contains bare linefeeds", |s| { s.connector().bare_linefeed_rejection = true; s.client.bare_linefeed = true; }),
    ("accepted", |s| s.client.bare_linefeed = true),
    // K: an Edge Transport server does not know whose an address is.
    (SENDER, |s| { ann(s); s.edge(); }),
    ("accepted", |s| { ann(s); s.edge(); s.entry("Authenticated Users", "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender", false); }),
    (SENDER, |s| { ann(s); s.edge(); s.client.user = Some(r"CONTOSO\nobody".to_owned()); }),
    // D: what the moment brings.
    ("connect: ImplicitTls", |s| s.client.tls = Tls::Implicit),
    ("STARTTLS: 500 5.3.3 Unrecognized command", |s| { s.client.tls = Tls::StartTls; s.client.server_certificate = false; }),
    ("accepted", |s| s.client.server_certificate = false),
    ("connect: 421 4.3.2 The maximum number of concurrent server connections has exceeded a per-source limit, closing transmission channel", |s| s.client.connections = 21),
    ("connect: 421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel", |s| { s.client.connections = 21; s.version(Version::V2010); }),
    ("connect: 421 4.3.2 The maximum number of concurrent server connections has exceeded a per-source limit, closing transmission channel", |s| { s.client.connections = 101; s.connector().max_inbound_connection_per_source = Unlimited(None); }),
    ("connect: 421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel", |s| s.client.connections = 5001),
    ("accepted", |s| s.client.connections = 20),
    ("MAIL FROM: 421 4.4.2 Message submission rate for this client has exceeded the configured limit", |s| { s.connector().message_rate_limit = Unlimited(Some(5)); s.client.message_rate = 6; }),
    ("accepted", |s| { s.connector().message_rate_limit = Unlimited(Some(5)); s.client.message_rate = 5; }),
    ("accepted", |s| { s.connector().message_rate_limit = Unlimited(Some(5)); s.connector().message_rate_source = MessageRateSource::User; s.client.message_rate = 6; }),
    ("MAIL FROM: 421 4.3.2 Service not active", |s| s.client.service_state = ServiceState::Draining),
    ("accepted", |s| { s.client.service_state = ServiceState::Inactive; s.version(Version::V2010); }),
    // L: a refused recipient leaves the others alone.
    ("partial, RCPT TO: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", |s| s.client.recipients.push("b@adatum.com".to_owned())),
    ("partial, RCPT TO: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", |s| s.client.recipients.insert(0, "b@adatum.com".to_owned())),
    ("data: 554 5.6.0 Invalid message content, contains bare linefeeds", |s| { s.client.recipients.push("b@adatum.com".to_owned()); s.connector().bare_linefeed_rejection = true; s.client.bare_linefeed = true; }),
    // A: the recipient is refused before the sender.
    (RELAY, |s| { s.without(ANONYMOUS, "ms-Exch-SMTP-Accept-Any-Sender"); s.client.recipients = vec!["b@adatum.com".to_owned()]; }),
    // The first refusal ends it.
    ("MAIL FROM: 451 5.7.3 STARTTLS is required to send mail", |s| { s.connector().require_tls = true; s.groups(Partners.into()); s.client.size = Some(u64::MAX); }),
    ("partial, RCPT TO: 452 4.5.3 Too many recipients", |s| { s.connector().max_recipients_per_message = 1; s.client.recipients.push("b@adatum.com".to_owned()); }),
];

#[test]
fn table_of_replies() {
    for (at, (expected, vary)) in ROWS.iter().enumerate() {
        let mut scene = Scene::new();
        vary(&mut scene);
        assert_eq!(describe(&scene), *expected, "row {at}");
    }
}
