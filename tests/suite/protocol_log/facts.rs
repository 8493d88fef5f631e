//! What the lines of a session say: commands with their replies, keywords, messages, outcomes.

use exch::protocol_log::{Facts, OF_CONNECTOR, Outcome, keywords};

use super::{line, of_fixture, sessions};

/// The commands of a session of these lines with their replies.
fn replies(lines: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let text: String =
        lines.iter().map(|(event, data)| line(1, "08DF000000000001", 0, event, data, "")).collect();
    let session = sessions(&text).remove(0);
    let facts = Facts::of(&session);
    facts.exchanges.iter().map(|one| (one.text.to_owned(), one.reply.map(str::to_owned))).collect()
}

#[test]
fn replies_find_their_commands() {
    // Pipelining: two commands stand before the answer to the first.
    let piped = replies(&[
        ("<", "MAIL FROM:<a@contoso.com>"),
        ("<", "RCPT TO:<b@contoso.com>"),
        (">", "250 2.1.0 Sender OK"),
        (">", "550 5.7.1 Unable to relay"),
        ("<", "DATA"),
        (">", "354 Start mail input; end with <CRLF>.<CRLF>"),
        (">", "250 2.6.0 Queued mail for delivery"),
    ]);
    let found: Vec<_> = piped.iter().map(|(_, reply)| reply.as_deref().unwrap()).collect();
    assert_eq!(
        found,
        ["250 2.1.0 Sender OK", "550 5.7.1 Unable to relay", "250 2.6.0 Queued mail for delivery"]
    );
    // Lost replies: those that certainly belong elsewhere do not take their place.
    let lost = replies(&[
        ("<", "EHLO a"),
        ("<", "MAIL FROM:<a@contoso.com>"),
        ("<", "RCPT TO:<b@contoso.com>"),
        ("<", "BDAT 20 LAST"),
        (">", "\"250 2.6.0 <m@contoso.com> [InternalId=1, Hostname=EX01] Queued mail for delivery\""),
    ]);
    let found: Vec<bool> = lost.iter().map(|(_, reply)| reply.is_some()).collect();
    assert_eq!(found, [false, false, false, true]);
    // The exchange of credentials goes on until the last reply.
    let login = replies(&[
        ("<", "AUTH LOGIN"),
        (">", "334 <authentication response>"),
        (">", "334 <authentication response>"),
        (">", "535 5.7.3 Authentication unsuccessful"),
    ]);
    assert_eq!(login[0].1.as_deref(), Some("535 5.7.3 Authentication unsuccessful"));
}

#[test]
fn joined_keywords_are_parted() {
    let joined = " SIZE 37748736 PIPELINING DSN AUTH NTLM LOGIN X-EXPS GSSAPI NTLM 8BITMIME XRDST";
    let parted =
        ["SIZE 37748736", "PIPELINING", "DSN", "AUTH NTLM LOGIN", "X-EXPS GSSAPI NTLM", "8BITMIME", "XRDST"];
    assert_eq!(keywords(joined), parted);
    assert!(keywords("").is_empty());
}

#[test]
fn real_sessions_come_out_as_they_did() {
    let outcome = |name: &str| {
        let sessions = of_fixture(name);
        sessions.iter().map(|session| Facts::of(session).outcome()).collect::<Vec<_>>()
    };
    use Outcome::{Accepted, HandedOn, NoMail, Partial, Refused};
    assert_eq!(outcome("FrontEnd-RECV2026100108-1.LOG"), [NoMail, Accepted, Refused, HandedOn]);
    assert_eq!(outcome("Hub-RECV2026100108-1.LOG"), [Accepted]);
    assert_eq!(outcome("RECV20131015-1.LOG"), [Partial]);
    assert_eq!(outcome("RECV20161214-1.LOG"), [Refused]);
    assert_eq!(outcome("RECV2020111321-1.LOG"), [Accepted]);
    assert_eq!(outcome("RECV2023011116-1.LOG"), [Refused]);
    assert_eq!(outcome("RECV2026100209-1.LOG"), [Accepted, NoMail]);

    let session = of_fixture("RECV20131015-1.LOG").remove(0);
    let facts = Facts::of(&session);
    assert_eq!((facts.user, facts.mechanism), (Some("CONTOSO\\svc-archive"), Some("LOGIN")));
    assert_eq!(facts.permissions.iter().map(|set| set.names.len()).collect::<Vec<_>>(), [18, 18]);
    assert_eq!(
        facts.messages.iter().map(|one| one.sender).collect::<Vec<_>>(),
        [None, Some("svc-archive@contoso.com")]
    );
    assert_eq!(facts.taken().count(), 1);
    assert_eq!(facts.tarpits, 1);

    let session = of_fixture("RECV20161214-1.LOG").remove(0);
    let facts = Facts::of(&session);
    let offer = facts.offers.first().unwrap();
    assert_eq!(
        offer.keywords(),
        [
            "SIZE",
            "PIPELINING",
            "DSN",
            "ENHANCEDSTATUSCODES",
            "STARTTLS",
            "AUTH NTLM",
            "8BITMIME",
            "BINARYMIME",
            "CHUNKING"
        ]
    );

    let session = of_fixture("RECV2023011116-1.LOG").remove(0);
    let facts = Facts::of(&session);
    assert_eq!(facts.tls.unwrap().protocol, Some("TLS1_2"));
    assert_eq!(facts.offers.iter().map(|offer| offer.in_tls).collect::<Vec<_>>(), [false, true]);
    assert_eq!(facts.refused_user, Some("user1@contoso.com"));

    let session = of_fixture("RECV2020111321-1.LOG").remove(0);
    assert_eq!(Facts::of(&session).bytes, 3454);

    let session = of_fixture("Hub-RECV2026100108-1.LOG").remove(0);
    let facts = Facts::of(&session);
    let client = facts.proxied.first().unwrap();
    assert_eq!(
        (client.address, client.session),
        (Some("10.1.1.70".parse().unwrap()), Some("08DF000000000005"))
    );
    assert_eq!(facts.messages.first().unwrap().client, Some(0));

    let session = of_fixture("FrontEnd-RECV2026100108-1.LOG").remove(3);
    assert_eq!(Facts::of(&session).user, Some("user4@contoso.com"));
}

/// A sender, with the recipients.
type Envelope = (Option<String>, Vec<String>);

/// The envelopes of the messages, and how many were taken.
fn messages(lines: &[(&str, &str)]) -> (Vec<Envelope>, usize) {
    let numbered = lines.iter().zip(4..);
    let text: String =
        numbered.map(|((event, data), at)| line(1, "08DF000000000001", at, event, data, "")).collect();
    let session = sessions(&text).remove(0);
    let facts = Facts::of(&session);
    let all = facts.messages.iter().map(|message| {
        let to = message.recipients.iter().map(|to| to.address.to_owned()).collect();
        (message.sender.map(str::to_owned), to)
    });
    (all.collect(), facts.taken().count())
}

#[test]
fn a_message_counts_without_its_first_lines() {
    let to = |address: &str| vec![address.to_owned()];
    let taken = "250 2.6.0 <1@a> Queued mail for delivery";
    let rcpt = [("<", "RCPT TO:<a@x>"), (">", "250 2.1.5 Recipient OK")];
    let data = [("<", "DATA"), (">", "354 Start mail input; end with <CRLF>.<CRLF>"), (">", taken)];
    let mail = [("<", "MAIL FROM:<s@x>"), (">", "250 2.1.0 Sender OK")];
    assert_eq!(messages(&[&rcpt[..], &data].concat()), (vec![(None, to("a@x"))], 1));
    assert_eq!(messages(&data), (vec![(None, Vec::new())], 1));
    // A later message of the session, whose MAIL FROM alone is missing.
    let both = [&mail[..], &rcpt, &data, &rcpt, &data].concat();
    assert_eq!(messages(&both), (vec![(Some("s@x".to_owned()), to("a@x")), (None, to("a@x"))], 2));
    let chunks = [&rcpt[..], &[("<", "BDAT 5"), (">", "250 2.6.0 CHUNK received OK")]].concat();
    let chunks = [&chunks[..], &[("<", "BDAT 5 LAST"), (">", taken)]].concat();
    assert_eq!(messages(&chunks), (vec![(None, to("a@x"))], 1));
    // Commands out of order are no message.
    let early = [("<", "RCPT TO:<a@x>"), (">", "503 5.5.2 Need mail command"), ("<", "DATA")];
    assert_eq!(messages(&early), (Vec::new(), 0));
}

/// A joined answer is parted at known keywords, so each that a connector may offer is among them, and no other.
#[test]
fn every_keyword_of_the_rules_is_known_to_the_reader() {
    use exch::connector::{AuthMechanism, ReceiveConnector, SizeEnabled};
    use exch::param::Version;
    use exch::server::Server;
    use exch::session::{Tls, ehlo};
    let mut offered = std::collections::BTreeSet::new();
    for version in [Version::V2007, Version::V2010, Version::V2013, Version::V2016, Version::V2019] {
        let mut server = Server::new("EX01", "ex01.contoso.com");
        server.version = version;
        let mut connector = ReceiveConnector::new("Relay", &server);
        connector.auth = AuthMechanism::Tls | AuthMechanism::Integrated | AuthMechanism::ExchangeServer;
        connector.size_enabled = SizeEnabled::Enabled;
        (connector.long_addresses, connector.orar, connector.smtp_utf8) = (true, true, true);
        for tls in [Tls::None, Tls::StartTls, Tls::AnonymousTls] {
            let (connector, server) = (&connector, &server);
            let scene = ehlo::EhloContext { connector, server, tls, certificate: true, xexch50: true };
            let lines = ehlo::keywords(&scene);
            offered.extend(lines.iter().map(|line| line.split(' ').next().unwrap().to_owned()));
        }
    }
    let known: std::collections::BTreeSet<String> = OF_CONNECTOR.iter().map(ToString::to_string).collect();
    assert_eq!(offered, known);
}
