//! -Anonymize: whatever a session names as a user, mailbox, name of a client, domain, address or certificate is nowhere
//! in what comes out, and the session is what it was otherwise.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "a test reads the texts of replies")]

use std::net::IpAddr;

use exch::protocol_log::{Facts, Known, Outcome, Pseudonyms, Session, lines};
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::{Config, TestRunner};

use crate::protocol_log::sessions;

/// What a session names.
#[derive(Clone, Debug)]
struct Secrets {
    user: String,
    windows_domain: String,
    local: String,
    domain: String,
    recipient: String,
    recipient_domain: String,
    helo: String,
    subject: String,
    organization: String,
    security: String,
    command: String,
    address: IpAddr,
}

/// Letters that no word of a server has beside each other.
fn word() -> impl Strategy<Value = String> {
    "zq[a-z]{3,7}"
}

fn user() -> impl Strategy<Value = String> {
    prop_oneof![
        word(),
        (word(), word()).prop_map(|(one, other)| format!("{one}.{other}")),
        (word(), word()).prop_map(|(one, other)| format!("{one} {other}")),
        word().prop_map(|one| format!("O'{one}")),
    ]
}

fn local() -> impl Strategy<Value = String> {
    prop_oneof![
        word(),
        word().prop_map(|one| one.to_uppercase()),
        (word(), word()).prop_map(|(one, other)| format!("{one}.{other}")),
        (word(), word()).prop_map(|(one, other)| format!("\"{one} {other}\"")),
        (word(), word()).prop_map(|(one, other)| format!("\"{one}>{other}\"")),
        (word(), word()).prop_map(|(one, other)| format!("prvs=1={one}={other}.com")),
        (word(), word()).prop_map(|(one, other)| format!("{one}+{other}")),
        word().prop_map(|one| format!("O'{one}")),
    ]
}

fn domain() -> impl Strategy<Value = String> {
    prop_oneof![
        word().prop_map(|one| format!("{one}.com")),
        word().prop_map(|one| format!("mail.{one}.co.uk")),
        (word(), word()).prop_map(|(one, other)| format!("{one}.{other}.example.net")),
        word(),
        word().prop_map(|one| format!("{one}.xn--p1ai")),
    ]
}

fn helo() -> impl Strategy<Value = String> {
    prop_oneof![
        word(),
        word().prop_map(|one| format!("{one}-pc7")),
        (word(), word()).prop_map(|(one, other)| format!("{one}.{other}.local")),
        word().prop_map(|one| format!("{one}.contoso.com")),
    ]
}

fn secrets() -> impl Strategy<Value = Secrets> {
    let people = (user(), word(), local(), domain(), local(), domain());
    let others = (helo(), word(), word(), word(), word(), any::<[u8; 3]>());
    (people, others).prop_map(
        |(
            (user, windows_domain, local, domain, recipient, recipient_domain),
            (helo, subject, organization, security, command, [b, c, d]),
        )| Secrets {
            user,
            windows_domain,
            local,
            domain,
            recipient,
            recipient_domain,
            helo,
            subject,
            organization,
            security,
            command,
            address: [77, b, c, d].into(),
        },
    )
}

impl Secrets {
    /// The words that may be nowhere.
    fn words(&self) -> Vec<String> {
        let all = [
            &self.user,
            &self.windows_domain,
            &self.local,
            &self.domain,
            &self.recipient,
            &self.recipient_domain,
            &self.helo,
            &self.subject,
            &self.organization,
            &self.security,
            &self.command,
        ];
        let parts = all.into_iter().flat_map(|text| text.split(|one: char| !one.is_alphanumeric()));
        parts
            .filter(|part| part.len() > 4 && part.to_lowercase().starts_with("zq"))
            .map(str::to_lowercase)
            .collect()
    }

    fn filled(&self, template: &str) -> String {
        let places = [
            ("{user}", &self.user),
            ("{nb}", &self.windows_domain),
            ("{local}", &self.local),
            ("{domain}", &self.domain),
            ("{to}", &self.recipient),
            ("{at}", &self.recipient_domain),
            ("{helo}", &self.helo),
            ("{cn}", &self.subject),
            ("{org}", &self.organization),
            ("{sid}", &self.security),
            ("{cmd}", &self.command),
        ];
        let text = template.replace("{ip}", &self.address.to_string());
        places.into_iter().fold(text, |text, (place, value)| text.replace(place, value))
    }
}

/// Lines in which a session names somebody: the event, its data and its context.
static NAMING: &[(&str, &str, &str)] = &[
    ("+", "", ""),
    (">", "220 EX01.contoso.com Microsoft ESMTP MAIL Service ready at Fri, 2 Oct 2026 08:00:00 +0000", ""),
    ("<", "EHLO {helo}", ""),
    (">", "250-EX01.contoso.com Hello [{ip}]", ""),
    (">", "250-SIZE 37748736", ""),
    (">", "250 AUTH NTLM LOGIN", ""),
    ("<", "STARTTLS", ""),
    (">", "220 2.0.0 SMTP server ready", ""),
    (
        "*",
        " CN={cn}, O=\"{org}, Ltd\", DC={cn} 12DEABC6565646512346ABDC13456894 {cn}.com",
        "Received certificate Subject",
    ),
    (
        "*",
        "",
        "TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256 with strength 256 bits",
    ),
    ("<", "X{cmd} {cmd}2", ""),
    (">", "500 5.3.3 Unrecognized command", ""),
    ("<", "XPROXY SID=08DF000000000005 IP={ip} PORT=50100 DOMAIN={helo} CAPABILITIES=0 SECID={sid}", ""),
    (">", "250 XProxy accepted", ""),
    (
        "<",
        "XPROXYFROM SID=08DF000000000005 IP={ip} PORT=50100 DOMAIN={helo} SEQNUM=1 PERMS=0 AUTHSRC=Anonymous SECID=S-1-5-21-{sid}",
        "",
    ),
    (">", "250 XProxyFrom accepted", ""),
    ("<", "VRFY {cmd}", ""),
    (">", "252 2.1.5 Cannot VRFY user", ""),
    ("<", "AUTH LOGIN {sid}", ""),
    (">", "334 <authentication response>", ""),
    ("*", "", "User Name: {user}"),
    ("*", "SMTPSubmit SMTPAcceptAnySender", "Set Session Permissions"),
    ("*", "{nb}\\{user}", "authenticated"),
    (">", "235 2.7.0 Authentication successful", ""),
    ("*", "Tarpit for '0.00:00:05'", ""),
    ("<", "MAIL FROM:<{local}@{domain}> SIZE=4096 AUTH=<> ENVID={sid}", ""),
    (">", "250 2.1.0 Sender OK", ""),
    ("<", "RCPT TO:<{to}@{at}> ORCPT=rfc822;{to}@{at}", ""),
    (">", "250 2.1.5 Recipient OK", ""),
    ("<", "RCPT TO:<{local}@{at}>", ""),
    (">", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", ""),
    ("<", "DATA", ""),
    (">", "354 Start mail input; end with <CRLF>.<CRLF>", ""),
    (
        ">",
        "250 2.6.0 <{cmd}@{domain}> [InternalId=1, Hostname=EX01.contoso.com] 4096 bytes in 0.120, 33.333 KB/sec Queued mail for delivery",
        "",
    ),
    ("*", "", "Proxy session was successfully set up. Session for{user} will now be proxied"),
    ("-", "", "Local"),
];

/// Lines that say the names again, in any form.
static REPEATING: &[(&str, &str, &str)] = &[
    ("*", "", "Hello {helo}"),
    (">", "250 EX01.contoso.com Hello {helo} [{ip}]", ""),
    ("*", "", "Inbound AUTH LOGIN failed for {user}"),
    ("*", "", "Logon of '{user}' from {ip}:4711 by {nb}\\{user}."),
    ("*", "no mailbox <{local}@{domain}>", "see http://{domain}/why?u={local}&ip={ip}"),
    ("*", "smtp:{local}@{domain}", "to='{to}@{at}'"),
    ("*", "{ip}-{ip} #{ip}# x{ip}y", "::ffff:{ip}"),
    ("*", "/o={org}/ou=Exchange/cn=Recipients/cn={user}", "#{user}# `{helo}` $"),
    ("*", "", "Client certificate CN={cn}, O={org}, DC={domain} chain validation status: 'UntrustedRoot'"),
    ("*", "", "Certificate subject of {cn}: {org}"),
    ("*", "peer {cn} of {org} is {helo}", "{sid}"),
    ("*", "", "CN={cn},OU=Users,DC={domain}"),
    ("*", "{helo}.contoso.com and {helo}@{domain}", "{at}:25"),
    ("*", "X{cmd} of {user}", "mail.{domain}"),
    ("*", "{local} wrote to {to} at {at}", "[{ip}]"),
    ("*", "svc_{nb}", "\\\\{helo}\\{user}$"),
    ("*", "'{local}' {local}2", "{nb}{user}"),
    (">", "250 XSHADOW {sid} {helo}", ""),
    (">", "500 5.3.3 Unrecognized command 'X{cmd}'", ""),
];

fn field(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A session of these lines, with those that repeat spread among those that name.
fn session(secrets: &Secrets, repeating: &[usize]) -> Session {
    let mut all: Vec<(&str, &str, &str)> = NAMING.to_vec();
    for (nth, at) in repeating.iter().enumerate() {
        all.insert(6 + (nth * 7 + at * 5) % (all.len() - 6), REPEATING[*at]);
    }
    let mut text = String::new();
    for (number, (event, data, context)) in all.into_iter().enumerate() {
        let (data, context) = (field(&secrets.filled(data)), field(&secrets.filled(context)));
        text.push_str(&format!(
            "2026-10-01T08:00:00.000Z,EX01\\Relay,08DF000000000001,{number},10.0.0.1:25,{}:4000,{event},{data},{context}\n",
            secrets.address
        ));
    }
    sessions(&text).remove(0)
}

fn known() -> Known {
    let mut known = Known::default();
    known.hosts.extend(["ex01", "ex01.contoso.com", "contoso"].map(str::to_owned));
    known.domains.insert("contoso.com".to_owned(), false);
    known
}

/// What is decided by, but for the names.
fn shape(facts: &Facts<'_>) -> String {
    let exchanges: Vec<_> = facts.exchanges.iter().map(|one| (one.verb, one.code(), one.in_tls)).collect();
    let messages: Vec<_> = facts
        .messages
        .iter()
        .map(|one| {
            (one.sender.is_some(), one.declared, one.exchange, one.recipients.len(), one.data, one.client)
        })
        .collect();
    let offers: Vec<_> = facts.offers.iter().map(|offer| offer.keywords()).collect();
    let proxied: Vec<_> =
        facts.proxied.iter().map(|client| (client.session, client.address.is_some())).collect();
    let users = (facts.user.is_some(), facts.refused_user.is_some(), facts.failed_logon.is_some());
    let others = (facts.tls, facts.mechanism, facts.handed_on, facts.tarpits, facts.bytes, facts.outcome());
    format!("{exchanges:?} {messages:?} {offers:?} {proxied:?} {users:?} {others:?} {:?}", facts.permissions)
}

/// Whether the address stands there, and not as a part of a longer one.
fn has_address(text: &str, address: IpAddr) -> bool {
    let address = address.to_string();
    let is_digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    text.match_indices(&address).any(|(at, _)| {
        !is_digit(text[..at].chars().next_back()) && !is_digit(text[at + address.len()..].chars().next())
    })
}

#[test]
fn nothing_that_a_session_names_is_left() {
    let repeating = subsequence((0..REPEATING.len()).collect::<Vec<_>>(), 0..=REPEATING.len());
    let cases = proptest::collection::vec((secrets(), repeating), 1..4);
    TestRunner::new(Config { failure_persistence: None, ..Config::default() })
        .run(&cases, |all| {
            let mut pseudonyms = Pseudonyms::new(known());
            for (secrets, repeating) in all {
                let session = session(&secrets, &repeating);
                let anonymous = pseudonyms.session(&session);
                let text = lines(&anonymous).to_lowercase();
                for word in secrets.words() {
                    prop_assert!(!text.contains(&word), "{} in\n{}", word, text);
                }
                let pseudonym = pseudonyms.address(secrets.address);
                prop_assert!(
                    pseudonym == secrets.address || !has_address(&text, secrets.address),
                    "{} in\n{}",
                    secrets.address,
                    text
                );
                prop_assert_eq!(shape(&Facts::of(&session)), shape(&Facts::of(&anonymous)), "\n{}", text);
                // A reply that repeats names may stand for another one.
                prop_assert!(!repeating.is_empty() || Facts::of(&anonymous).outcome() == Outcome::Partial);
                prop_assert_eq!(session.len(), anonymous.len());
            }
            Ok(())
        })
        .unwrap();
}

/// The texts of the replies that the rules give.
fn replies() -> Vec<String> {
    let read = |name: &str| {
        std::fs::read_to_string(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/session").join(name),
        )
        .unwrap()
    };
    let steps = read("steps.rs").split("macro_rules!").next().unwrap().to_owned();
    let all =
        [steps, read("transcript.rs").split("struct Log").next().unwrap().to_owned(), read("replies.rs")];
    let literals = all.iter().flat_map(|text| text.split('"').skip(1).step_by(2));
    literals.filter(|text| text.contains(' ') && !text.contains('{')).map(str::to_owned).collect()
}

/// What a server says by itself stays, even where a client or an account is called like each of its words.
#[test]
fn a_reply_of_the_rules_stays() {
    let replies = replies();
    assert!(replies.iter().any(|reply| reply == "Unable to relay"), "{replies:?}");
    for reply in replies {
        for word in reply.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let text = line(1, "<", &format!("EHLO {word}"))
                + &line(2, "<", &format!("MAIL FROM:<{word}@{word}.com>"))
                + &line(3, ">", &format!("550 5.7.1 {reply}"));
            let session = sessions(&text).remove(0);
            let anonymous = Pseudonyms::new(known()).session(&session);
            let last = anonymous.entries().last().unwrap().data.to_owned();
            assert_eq!(last, format!("550 5.7.1 {reply}"), "{word}");
            let said: Vec<String> = anonymous.entries().take(2).map(|one| one.data.to_owned()).collect();
            assert_eq!(said, ["EHLO host1", "MAIL FROM:<user1@domain1.example>"], "{word}");
        }
    }
}

/// A line of one session: what a server remarks is in its last field.
fn line(number: u32, event: &str, text: &str) -> String {
    let (data, context) =
        if event == "*" { (String::new(), field(text)) } else { (field(text), String::new()) };
    format!(
        "2026-10-01T08:00:00.000Z,EX01\\Relay,08DF1,{number},10.0.0.1:25,77.1.2.3:4000,{event},{data},{context}\n"
    )
}

/// The forms that were left in excerpts before.
#[test]
fn names_in_sentences() {
    let cases = [
        ("EHLO annlaptop", ">", "250 EX01 Hello annlaptop [77.1.2.3]", "250 EX01 Hello host1 [11.0.0.1]"),
        ("MAIL FROM:<jsmith@x.com>", "*", "failed for jsmith", "failed for user1"),
        ("MAIL FROM:<ann.smith@x.com>", "*", "Logon of ann.smith failed", "Logon of user1 failed"),
        ("NOOP", "*", "failed for somebody", "failed for user1"),
        ("EHLO pc7", "*", "Logon of PC7\\ann failed", "Logon of DOMAIN1\\user1 failed"),
        (
            "MAIL FROM:<\"John Smith\"@x.com>",
            "<",
            "RCPT TO:<O'Brien@x.com>",
            "RCPT TO:<user2@domain1.example>",
        ),
        ("NOOP", ">", "550 to \"John Smith\"@x.com", "550 to user1@domain1.example"),
        ("NOOP", ">", "550 for O'Brien@x.com", "550 for user1@domain1.example"),
        ("NOOP", ">", "550 see http://www.x.com/why", "550 see http://host1.domain1.example/why"),
        ("NOOP", "*", "Peer 'CN=ann, DC=x, DC=com' failed", "Peer '(removed)' failed"),
        ("NOOP", "*", "77.1.2.3-77.1.2.9, x77.1.2.3#", "11.0.0.1-11.0.0.2, x11.0.0.1#"),
        ("NOOP", ">", "550 5.1.1 /o=Fab/ou=First/cn=ann", "550 5.1.1 /(removed)"),
        ("NOOP", "<", "XSHADOW S-1-5-21-1 ann", "(removed)"),
        (
            "NOOP",
            "<",
            "XPROXY SID=08DF SECID=S-1-5 DOMAIN=ann",
            "XPROXY SID=08DF SECID=(removed) DOMAIN=host1",
        ),
        ("NOOP", "<", "RCPT TO:<ann@local>", "RCPT TO:<user1@domain1>"),
        ("NOOP", "<", "RCPT TO:<ann@x.invalid>", "RCPT TO:<user1@domain1.example>"),
        ("NOOP", "<", "RCPT TO:<ann@x.example.org>", "RCPT TO:<user1@domain1.example.com>"),
    ];
    for (first, event, text, wanted) in cases {
        let session = sessions(&(line(1, "<", first) + &line(2, event, text))).remove(0);
        let anonymous = Pseudonyms::new(known()).session(&session);
        let last = anonymous.entries().last().unwrap();
        if first.starts_with("EHLO ") {
            assert_eq!(anonymous.entries().next().unwrap().data, "EHLO host1");
        }
        assert_eq!(format!("{}{}", last.data, last.context), wanted);
    }
}
