//! Test-SmtpConnectivity against servers on the loopback interface that answer by a script.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "real servers read their configuration from files")]

#[cfg(unix)]
mod exim;
mod ports;
mod postfix;
mod script;
mod tls;

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;

use exch::live::{Fault, Place, Request, Seen, Step};
use serde_json::Value as Json;

use crate::world::{Home, Ran};
use crate::{host, outcome};
use script::{BANNER, KEYWORDS, RELAY, Script, listen, silent};

/// A store whose one connector is bound to these ports of the loopback interface, at which anonymous mail is taken.
fn home(ports: &[u16]) -> Home {
    let home = Home::new();
    home.done("new-exchangeserver HUB01 -Version 2010 -ServerRole HubTransport -o name".split(' '));
    home.done(["remove-receiveconnector", "HUB01\\*", "-Confirm:false"]);
    let bindings: Vec<String> = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
    let bindings = bindings.join(",");
    home.done([
        "new-receiveconnector",
        "Live",
        "-Server",
        "HUB01",
        "-Usage",
        "Custom",
        "-Bindings",
        &bindings,
        "-RemoteIPRanges",
        "127.0.0.0/8",
        "-AuthMechanism",
        "Tls",
        "-PermissionGroups",
        "AnonymousUsers",
    ]);
    home
}

fn test(home: &Home, more: &[&str]) -> (Ran, Vec<Json>) {
    let ran = home.run(["test-smtpconnectivity", "HUB01", "-Timeout", "3", "-o", "json"].iter().chain(more));
    let objects = serde_json::from_str(&ran.out).unwrap_or_default();
    (ran, objects)
}

/// The one object of a server that answers by a script.
fn one(script: Script, more: &[&str]) -> (u8, Json) {
    let (port, _) = script.serve();
    let (ran, mut objects) = test(&home(&[port]), more);
    assert_eq!(objects.len(), 1, "{}{}", ran.out, ran.err);
    (ran.exit.code(), objects.remove(0))
}

fn differences(object: &Json) -> Vec<&str> {
    object["Differences"].as_array().unwrap().iter().filter_map(Json::as_str).collect()
}

#[test]
fn an_exchange_server_is_as_the_store_has_it() {
    let (exit, object) = one(Script::exchange(), &[]);
    assert_eq!(differences(&object), Vec::<&str>::new());
    assert_eq!((exit, object["StatusCode"].as_str()), (0, Some("Success")), "{object}");
    assert_eq!(object["Details"], BANNER);
    assert_eq!(object["AnsweredBy"], "HUB01\\Live");
    assert_eq!(object["ReceiveConnector"], "Live");
    assert_eq!(object["Keywords"].as_array().unwrap().len(), KEYWORDS.len());
}

#[test]
fn a_keyword_more_or_less_is_reported() {
    for (script, wanted) in [
        (
            Script::exchange().without("STARTTLS"),
            "STARTTLS is not offered, and the store's connector offers it",
        ),
        (
            Script::exchange().with("XEXCH50"),
            "XEXCH50 is offered, and the store's connector does not offer it",
        ),
        (
            Script::exchange().without("SIZE").with("SIZE 36700160"),
            "`SIZE 36700160` is offered, and the store's connector offers `SIZE 10485760`",
        ),
    ] {
        let (exit, object) = one(script, &[]);
        assert_eq!((exit, differences(&object)), (3, vec![wanted]));
        assert_eq!(object["StatusCode"], "Success");
    }
}

#[test]
fn another_banner_is_reported() {
    let script = Script { banner: "220 mail.contoso.com ESMTP Postfix".to_owned(), ..Script::exchange() };
    let (exit, object) = one(script, &[]);
    let found = differences(&object);
    assert_eq!((exit, found.len()), (3, 1), "{found:?}");
    assert!(found[0].starts_with("the banner is `220 mail.contoso.com ESMTP Postfix`"), "{found:?}");
}

#[test]
fn a_recipient_that_is_taken_is_reported() {
    let check = ["-RelayCheck", "someone@example.com", "-MailFrom", "app1@contoso.com"];
    let (exit, object) = one(Script::exchange(), &check);
    assert_eq!((exit, differences(&object)), (0, Vec::new()), "{object}");
    assert_eq!(object["RelayReply"], RELAY);
    let open = Script { recipient: "250 2.1.5 Recipient OK".to_owned(), ..Script::exchange() };
    let (exit, object) = one(open, &check);
    let wanted =
        "the recipient is taken (`250 2.1.5 Recipient OK`), and the store's connector refuses it with 550";
    assert_eq!((exit, differences(&object)), (3, vec![wanted]));
}

#[test]
fn no_message_is_sent() {
    let open = Script { recipient: "250 2.1.5 Recipient OK".to_owned(), ..Script::exchange() };
    let (port, said) = open.serve();
    test(&home(&[port]), &["-RelayCheck", "someone@example.com", "-Helo", "printer.contoso.com"]);
    let said = said.lock().unwrap().clone();
    assert_eq!(
        said.iter().take(3).collect::<Vec<_>>(),
        ["EHLO printer.contoso.com", "STARTTLS", "tls: EHLO printer.contoso.com"]
    );
    let last = ["tls: MAIL FROM:<>", "tls: RCPT TO:<someone@example.com>", "tls: QUIT"];
    assert!(said.iter().skip(3).zip(last).all(|(line, wanted)| line == wanted), "{said:?}");
    assert!((5..7).contains(&said.len()), "{said:?}");
}

/// The result and the details of a port.
fn status(port: u16) -> (String, String) {
    let (ran, objects) = test(&home(&[port]), &[]);
    assert_eq!(ran.exit.code(), 3, "{}", ran.err);
    let text = |key: &str| objects[0][key].as_str().unwrap_or_default().to_owned();
    (text("StatusCode"), text("Details"))
}

#[test]
fn a_closed_port() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(
        status(port),
        ("UnableToConnect".into(), "the connection failed: nothing listens there".into())
    );
}

#[test]
fn a_server_that_says_nothing() {
    let wanted = ("ExternalError".into(), "the banner took longer than 3 seconds".into());
    assert_eq!(status(listen(silent)), wanted);
}

#[test]
fn a_server_that_hangs_up() {
    let port = listen(drop);
    assert_eq!(
        status(port),
        ("ExternalError".into(), "the server closed the connection before the banner".into())
    );
}

#[test]
fn a_server_that_speaks_something_else() {
    let port = listen(|mut stream| {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n");
        silent(stream);
    });
    let (status, details) = status(port);
    assert_eq!(status, "ExternalError");
    assert!(details.contains("`SSH-2.0-OpenSSH_9.6` does not begin with a code"), "{details}");
}

#[test]
fn a_server_that_never_ends_a_reply() {
    let port = listen(|mut stream| while stream.write_all(b"220-x\r\n").is_ok() {});
    let (code, details) = status(port);
    assert_eq!(
        (code.as_str(), details.contains("more than 100 lines")),
        ("ExternalError", true),
        "{details}"
    );
    let port = listen(|mut stream| while stream.write_all(b"220 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx").is_ok() {});
    // A line without an end is cut, and read as far as it came.
    assert!(status(port).0 != "UnableToConnect");
}

#[test]
fn a_server_that_is_not_available() {
    let script = Script { banner: "421 4.3.2 Service not available".to_owned(), ..Script::exchange() };
    let (exit, object) = one(script, &[]);
    assert_eq!((exit, object["StatusCode"].as_str()), (3, Some("TransientError")));
    assert_eq!(object["Details"], "421 4.3.2 Service not available");
}

/// Twenty silent servers and one that answers: each has its row, in the order of the bindings.
#[test]
fn many_servers_are_asked_at_once() {
    let mut ports: Vec<u16> = (0..20).map(|_| listen(silent)).collect();
    ports.push(Script::exchange().serve().0);
    let (_, objects) = test(&home(&ports), &[]);
    let ends: Vec<String> = ports.iter().map(|port| format!("127.0.0.1:{port}")).collect();
    let seen: Vec<&str> = objects.iter().filter_map(|object| object["EndPoint"].as_str()).collect();
    assert_eq!(seen, ends);
    let success = objects.iter().filter(|object| object["StatusCode"] == "Success").count();
    assert_eq!(success, 1);
}

/// No name is looked up here: what the engine says of one that does not resolve is shown.
#[test]
fn a_name_that_does_not_resolve() {
    let mut home = Home::new();
    home.world.dial = |requests| {
        let fault = |request: &Request| match &request.place {
            Place::Name(name) => Fault::NotFound(format!("`{name}` does not resolve")),
            Place::Address(address) => panic!("{address} is no name"),
        };
        let seen = |request| Seen { fault: Some((Step::Lookup, fault(request))), ..Seen::default() };
        requests.iter().map(seen).collect()
    };
    home.done("new-exchangeserver HUB01 -Version 2010 -ServerRole HubTransport".split(' '));
    let (ran, objects) = test(&home, &[]);
    assert_eq!((ran.exit.code(), objects.len()), (3, 2), "{}", ran.err);
    for (object, port) in objects.iter().zip([25, 587]) {
        assert_eq!(object["StatusCode"], "UnableToConnect");
        assert_eq!(object["EndPoint"], format!("HUB01.contoso.com:{port}"));
        let details = "the lookup of the name failed: `HUB01.contoso.com` does not resolve";
        assert_eq!(object["Details"], details);
    }
}

#[test]
fn what_is_refused() {
    let home = Home::new();
    assert_eq!(home.run(["test-smtpconnectivity"]).exit.code(), 2);
    assert_eq!(home.run(["test-smtpconnectivity", "NOSUCH"]).exit.code(), 4);
    // Nothing that a line says can begin another command.
    let home = self::home(&[25]);
    assert_eq!(home.run(["test-smtpconnectivity", "HUB01", "-Timeout", "0"]).exit.code(), 1);
    for (param, value) in [("-Helo", "a\r\nDATA"), ("-RelayCheck", "a@b.c>\r\nDATA"), ("-RelayCheck", "bob")]
    {
        let ran = home.run(["test-smtpconnectivity", "HUB01", param, value]);
        assert_eq!(ran.exit.code(), 2, "{param} {value:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(&param[1..]), "{}", ran.err);
    }
}

/// Whether a real server can be started, which root does; what else is missing is named.
fn can_start(tool: &str, is_there: bool) -> bool {
    let id = host::command("id", Path::new("/")).arg("-u").output();
    let is_root = id.is_ok_and(|ran| ran.stdout == b"0\n");
    outcome::is_there(tool, is_there) && outcome::is_there("root, which starts it", is_root)
}
