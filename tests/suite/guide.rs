//! The guided New-ReceiveConnector, every path: on every version and role, whatever is chosen from what it offers is
//! accepted, and the lines that it shows are those of the choice.

use exch::answer::Exit;
use exch::engine::{Asker, Interrupted};

use crate::world::{Home, Ran};

/// Servers of every version, with setup's connectors and an address.
const SERVERS: [(&str, &str); 10] = [
    ("2007", "HubTransport"),
    ("2010", "HubTransport"),
    ("2010", "EdgeTransport"),
    ("2013", "Mailbox"),
    ("2013", "ClientAccess"),
    ("2013", "ClientAccess,Mailbox"),
    ("2016", "Mailbox"),
    ("2019", "Mailbox"),
    ("SE", "Mailbox"),
    ("SE", "EdgeTransport"),
];

/// Those that are tried without one, too.
const WITHOUT: [(&str, &str); 2] = [("2010", "HubTransport"), ("2016", "Mailbox")];

#[test]
fn every_path_on_every_server() {
    SERVERS.iter().for_each(|(version, roles)| every_path(version, roles, ADDRESS));
}

#[test]
fn every_path_with_no_address_known() {
    WITHOUT.iter().for_each(|(version, roles)| every_path(version, roles, &[]));
}

/// Somebody who chooses by number, types what a label asks for, and declines in the end.
struct Chooser {
    /// The option of each menu, in turn; the first one from there on.
    path: Vec<usize>,
    /// How many options each menu had.
    counts: Vec<usize>,
    /// What is typed for a range.
    range: &'static str,
    /// Whether the whole is confirmed.
    confirms: &'static str,
    asked: usize,
}

impl Chooser {
    fn new(path: Vec<usize>) -> Self {
        Chooser { path, counts: Vec::new(), range: "10.20.0.7, 10.20.0.8", confirms: "n", asked: 0 }
    }

    /// A guide that asks for ever does not end by itself.
    fn count(&mut self) -> Result<(), Interrupted> {
        self.asked += 1;
        if self.asked > 40 { Err(Interrupted(Exit::Interrupted)) } else { Ok(()) }
    }

    /// The next path, in order; nothing after the last.
    fn next(&self) -> Option<Vec<usize>> {
        let taken = self.counts.iter().enumerate();
        let mut path: Vec<usize> =
            taken.map(|(at, _)| self.path.get(at).copied().unwrap_or_default()).collect();
        while let Some(last) = path.pop() {
            if last + 1 < self.counts[path.len()] {
                path.push(last + 1);
                return Some(path);
            }
        }
        None
    }
}

impl Asker for Chooser {
    fn line(&mut self, label: &str) -> Result<String, Interrupted> {
        self.count()?;
        let typed = match label {
            "Name: " => "From a device",
            "Bindings[0]: " => "192.0.2.1:2599",
            "RemoteIPRanges[0]: " => self.range,
            label if label.contains("[1]: ") || label.contains("[2]: ") => "",
            label if label.contains("default is") => self.confirms,
            other => panic!("asked for {other}"),
        };
        Ok(typed.to_owned())
    }

    fn choose(&mut self, _: &str, options: &[String]) -> Result<usize, Interrupted> {
        self.count()?;
        assert!(options.iter().all(|option| option.len() <= 72), "80 columns hold {options:?}");
        let at = self.path.get(self.counts.len()).copied().unwrap_or_default();
        self.counts.push(options.len());
        Ok(at)
    }

    fn check(&mut self, _: &str, options: &[(String, bool)]) -> Result<Vec<usize>, Interrupted> {
        self.count()?;
        Ok(options.iter().enumerate().filter(|(_, (_, marked))| *marked).map(|(at, _)| at).collect())
    }
}

fn home(version: &str, roles: &str, addresses: &[&str]) -> Home {
    let home = Home::new();
    home.done(
        ["new-exchangeserver", "HUB01", "-Version", version, "-ServerRole", roles].iter().chain(addresses),
    );
    home
}

const ADDRESS: &[&str] = &["-IPAddresses", "192.0.2.1"];

fn every_path(version: &str, roles: &str, addresses: &[&str]) {
    let home = home(version, roles, addresses);
    let (mut path, mut count) = (Some(Vec::new()), 0);
    while let Some(this) = path {
        let mut chooser = Chooser::new(this);
        let ran = home.asked(["new-receiveconnector"], Some(&mut chooser));
        let shown = &ran.err;
        assert!(!shown.contains("error: "), "{version} {roles} {:?}: {shown}", chooser.path);
        assert!(shown.contains("that make"), "{version} {roles} {:?}: {shown}", chooser.path);
        assert!(!shown.contains("accepts no mail until"), "{version} {roles} {:?}: {shown}", chooser.path);
        assert_eq!(ran.exit, Exit::Done, "{version} {roles} {:?}: {shown}", chooser.path);
        path = chooser.next();
        count += 1;
    }
    assert!(count >= 10, "{version} {roles}: only {count} paths");
}

/// Answers with Yes, and gives what was shown.
fn made(home: &Home, path: &[usize]) -> Ran {
    let mut chooser = Chooser { confirms: "y", ..Chooser::new(path.to_vec()) };
    let ran = home.asked(["new-receiveconnector"], Some(&mut chooser));
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    ran
}

fn shown(home: &Home, property: &str) -> String {
    home.done(["get-receiveconnector", "From a device", "-o", "csv", "-Property", property])
}

#[test]
fn scenarios_are_those_of_the_version() {
    let offered = |version, roles| {
        struct Reads(Vec<String>);
        impl Asker for Reads {
            fn line(&mut self, _: &str) -> Result<String, Interrupted> {
                Err(Interrupted(Exit::Interrupted))
            }
            fn choose(&mut self, _: &str, options: &[String]) -> Result<usize, Interrupted> {
                self.0 = options.to_vec();
                Err(Interrupted(Exit::Interrupted))
            }
            fn check(&mut self, _: &str, _: &[(String, bool)]) -> Result<Vec<usize>, Interrupted> {
                Err(Interrupted(Exit::Interrupted))
            }
        }
        let mut reads = Reads(Vec::new());
        home(version, roles, ADDRESS).asked(["new-receiveconnector"], Some(&mut reads));
        reads.0.join("\n")
    };
    let (old, new) = (offered("2010", "HubTransport"), offered("2016", "Mailbox"));
    assert!(old.contains("Exchange 2003") && old.contains("a Hub Transport server"), "{old}");
    assert!(
        !new.contains("2003") && !new.contains("Hub Transport") && new.contains("another forest"),
        "{new}"
    );
    let edge = offered("2016", "EdgeTransport");
    assert!(!edge.contains("2003") && edge.contains("a domain with mutual TLS"), "{edge}");
}

/// The other sender, the server's own address, then anonymous relay: on 2016 the first option is every address.
const DEVICE: usize = 5;

#[test]
fn a_relay_without_authentication_gets_the_right() {
    let home = home("2016", "Mailbox", ADDRESS);
    let ran = made(&home, &[DEVICE, 1, 1]);
    assert!(ran.err.contains("TransportRole: FrontendTransport"), "{}", ran.err);
    assert!(ran.err.contains("The lines that make the same:"), "{}", ran.err);
    assert!(
        ran.err.contains("    exch add-adpermission -Identity 'HUB01\\From a device' -User "),
        "{}",
        ran.err
    );
    assert!(shown(&home, "Relay").contains("anonymous"));
    assert!(shown(&home, "TransportRole").contains("FrontendTransport"));
    let history = home.done(["get-storehistory", "-ResultSize", "1", "-o", "json"]);
    assert!(history.contains("Add-ADPermission -Identity"), "one revision holds both: {history}");
    let taken = home.run([
        "test-datapath",
        "-Server",
        "HUB01",
        "-RemoteIPAddress",
        "10.20.0.7",
        "-MailFrom",
        "printer@contoso.com",
        "-RcptTo",
        "someone@example.net",
        "-Expect",
        "Accepted",
    ]);
    assert_eq!(taken.exit, Exit::Done, "{}{}", taken.out, taken.err);
}

#[test]
fn an_externally_secured_relay_is_one() {
    let home = home("2019", "Mailbox", ADDRESS);
    made(&home, &[DEVICE, 1, 2]);
    assert!(shown(&home, "AuthMechanism").contains("ExternalAuthoritative"));
    assert!(shown(&home, "Relay").contains("external"));
}

#[test]
fn users_can_authenticate() {
    let home = home("SE", "Mailbox", ADDRESS);
    made(&home, &[DEVICE, 1, 3]);
    assert!(shown(&home, "AuthMechanism").contains("BasicAuth"));
    assert!(shown(&home, "Relay").contains("authenticated"));
}

#[test]
fn an_open_relay_is_not_offered() {
    let home = home("2016", "Mailbox", ADDRESS);
    let mut chooser = Chooser { range: "1.0.0.0/8", ..Chooser::new(vec![DEVICE, 1, 1]) };
    let ran = home.asked(["new-receiveconnector"], Some(&mut chooser));
    assert!(ran.err.contains("Relay without authentication is not offered"), "{}", ran.err);
    assert_eq!(chooser.counts.last(), Some(&2), "to the organization, and after authentication");
}

/// At a prompt no parameter can be typed: a conflict of roles says what to answer.
#[test]
fn a_conflict_of_roles_names_no_parameter() {
    struct Binds(usize);
    impl Asker for Binds {
        fn line(&mut self, label: &str) -> Result<String, Interrupted> {
            match label {
                "Name: " => Ok("From a device".to_owned()),
                "Bindings[0]: " if self.0 == 0 => {
                    self.0 += 1;
                    Ok("0.0.0.0:25, 0.0.0.0:2525".to_owned())
                }
                "Bindings[0]: " => Err(Interrupted(Exit::Interrupted)),
                "RemoteIPRanges[0]: " => Ok("10.20.0.7".to_owned()),
                _ => Ok(String::new()),
            }
        }

        fn choose(&mut self, heading: &str, options: &[String]) -> Result<usize, Interrupted> {
            Ok(match heading {
                heading if heading.starts_with("Who will send") => DEVICE,
                "Where it listens" => options.len() - 1,
                _ => 0,
            })
        }

        fn check(&mut self, _: &str, _: &[(String, bool)]) -> Result<Vec<usize>, Interrupted> {
            Ok(vec![0])
        }
    }
    let ran = home("2016", "Mailbox", ADDRESS).asked(["new-receiveconnector"], Some(&mut Binds(0)));
    assert_eq!(ran.exit, Exit::Interrupted, "{}", ran.err);
    assert!(ran.err.contains("must listen on unique local IP address"), "{}", ran.err);
    assert!(ran.err.contains("hint: give a port other than 25: \""), "{}", ran.err);
    assert!(!ran.err.contains("-TransportRole"), "{}", ran.err);
}
