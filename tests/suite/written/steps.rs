//! Random steps on the way to a store: cmdlets of every noun, some of which are refused.

use exch::cmdlet::CMDLETS;
use exch::param::{Param, Verb};

use crate::world::Home;

/// A step on the way to a store: which kind, and what it is about.
pub type Step = (u8, usize, usize, usize);

const SERVERS: [&str; 4] = ["EX01", "EX02", "EDGE01", "OLD01"];
const NAMES: [&str; 4] = ["Relay", "Scanners", "From partners", "O'Brien"];
const BINDINGS: [&str; 6] =
    ["0.0.0.0:25", "10.0.0.1:25", "0.0.0.0:2526", "[::]:2526", "10.0.0.1:2527,10.0.0.2:2527", "0.0.0.0:587"];
const RANGES: [&str; 5] = [
    "10.0.0.1",
    "10.0.0.0/24",
    "10.0.0.1-10.0.0.9,192.168.1.0(255.255.255.0)",
    "fd00::/64",
    "0.0.0.0-255.255.255.255",
];
const GROUPS: [&str; 5] =
    ["None", "AnonymousUsers", "ExchangeUsers", "ExchangeServers,ExchangeLegacyServers", "Partners"];
const USERS: [&str; 5] = [
    r"NT AUTHORITY\ANONYMOUS LOGON",
    r"CONTOSO\app1",
    "NT AUTHORITY\\Authenticated Users",
    r"CONTOSO\Relay's users",
    "S-1-5-21-1-2-3-1000",
];
pub const RIGHTS: [&str; 4] = [
    "ms-Exch-SMTP-Accept-Any-Recipient",
    "ms-Exch-SMTP-Submit",
    "ms-Exch-SMTP-Accept-Any-Sender,ms-Exch-Bypass-Anti-Spam",
    "ms-Exch-Accept-Headers-Routing",
];
const DOMAINS: [&str; 4] = ["contoso.com", "fabrikam.com", "*.adatum.com", "woodgrovebank.com"];

fn of<'a>(all: &[&'a str], at: usize) -> &'a str {
    all[at % all.len()]
}

/// A parameter of that cmdlet with a value, as rows and kinds give them.
fn some_parameter(verb: Verb, noun: &str, at: usize) -> Vec<String> {
    let cmdlet = CMDLETS.iter().find(|cmdlet| cmdlet.verb == verb && cmdlet.noun == noun).unwrap();
    let apt = |param: &&&'static Param| {
        !matches!(param.name, "Identity" | "Name" | "Bindings" | "RemoteIPRanges" | "Version" | "ServerRole")
    };
    let params = (cmdlet.params)();
    let params: Vec<&&'static Param> = params.iter().filter(apt).collect();
    let param = params[at % params.len()];
    let value = match (at / params.len()) % 3 {
        0 => param.sample().trim_matches('\'').to_owned(),
        1 => "$null".to_owned(),
        _ => "true".to_owned(),
    };
    vec![format!("-{}:{value}", param.name)]
}

/// The words of a step.
pub fn words((kind, a, b, c): Step) -> Vec<String> {
    let server = of(&SERVERS, a);
    let connector = if c % 4 == 0 {
        format!(r"{server}\Default Frontend {server}")
    } else {
        format!(r"{server}\{}", of(&NAMES, b))
    };
    let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let with =
        |words: &[&str], more: Vec<String>| own(words).into_iter().chain(more).collect::<Vec<String>>();
    match kind {
        0 => match server {
            "EDGE01" => {
                own(&["new-exchangeserver", server, "-Version", "2016", "-ServerRole", "EdgeTransport"])
            }
            "OLD01" => own(&[
                "new-exchangeserver",
                server,
                "-Version",
                of(&["2007", "2010", "2013"], b),
                "-Site",
                "Berlin",
            ]),
            _ => own(&[
                "new-exchangeserver",
                server,
                "-Version",
                of(&["2019", "2016", "Se"], b),
                "-Site",
                "Berlin",
            ]),
        },
        1..=4 => {
            let role = of(&["HubTransport", "FrontendTransport"], c);
            let mut all = own(&[
                "new-receiveconnector",
                of(&NAMES, b),
                "-Server",
                server,
                "-Custom",
                "-Bindings",
                of(&BINDINGS, c),
                "-RemoteIPRanges",
                of(&RANGES, b + c),
                "-PermissionGroups",
                of(&GROUPS, c / 3),
            ]);
            if !matches!(server, "EDGE01" | "OLD01") {
                all.extend(own(&["-TransportRole", role]));
            }
            all
        }
        5..=7 => with(
            &["set-receiveconnector", &connector],
            some_parameter(Verb::Set, "ReceiveConnector", b * 7 + c),
        ),
        8 => own(&[
            "set-receiveconnector",
            &connector,
            "-Bindings",
            of(&BINDINGS, b + c),
            "-RemoteIPRanges",
            of(&RANGES, b),
        ]),
        9 => own(&["set-receiveconnector", &connector, "-Name", of(&NAMES, c)]),
        10 => own(&["remove-receiveconnector", &connector, "-Confirm:false"]),
        11..=13 => {
            let cmdlet = if kind == 13 { "remove-adpermission" } else { "add-adpermission" };
            let mut all =
                own(&[cmdlet, &connector, "-User", of(&USERS, b), "-ExtendedRights", of(&RIGHTS, c)]);
            match kind {
                13 => all.push("-Confirm:false".to_owned()),
                _ => all.extend((c % 5 == 0).then(|| "-Deny".to_owned())),
            }
            all
        }
        14 => own(&[
            "new-accepteddomain",
            of(&DOMAINS, a),
            "-DomainName",
            of(&DOMAINS, a),
            "-DomainType",
            of(&["Authoritative", "InternalRelay", "ExternalRelay"], b),
        ]),
        15 => with(&["set-accepteddomain", of(&DOMAINS, a)], some_parameter(Verb::Set, "AcceptedDomain", b)),
        16 => own(&["remove-accepteddomain", of(&DOMAINS, a), "-Confirm:false"]),
        17 => own(&[
            "new-sendconnector",
            of(&NAMES, b),
            "-AddressSpaces",
            of(&DOMAINS, c),
            "-SourceTransportServers",
            of(&SERVERS, a),
            of(&["-Internet", "-Partner", "-Custom"], c),
        ]),
        18 => with(&["set-sendconnector", of(&NAMES, b)], some_parameter(Verb::Set, "SendConnector", c)),
        19 => with(&["set-transportconfig"], some_parameter(Verb::Set, "TransportConfig", b * 7 + c)),
        20 => own(&["new-principal", of(&USERS, b), "-EmailAddresses", "app1@contoso.com"]),
        21 => own(&[
            "new-accesspolicy",
            of(&NAMES, b),
            "-Effect",
            "Forbid",
            "-Ability",
            of(&["Relay", "Spoof"], c),
            "-User",
            of(&["Anonymous", "*"], b),
            "-Force",
        ]),
        22 => own(&["new-edgesubscription", "-Server", "EDGE01", "-Site", "Berlin", "-Force"]),
        23 => own(&["remove-edgesubscription", "EDGE01", "-Force"]),
        24 => own(&[
            "set-exchangeserver",
            server,
            "-Comment",
            of(&NAMES, b),
            "-IPAddresses",
            "10.0.0.1,10.0.0.2",
            "-Site",
            "Berlin",
        ]),
        25 => own(&["remove-sendconnector", of(&NAMES, b), "-Confirm:false"]),
        26 => own(&["add-adpermission", &connector, "-Owner", r"CONTOSO\app1"]),
        27 => own(&["set-store", "-Organization", of(&["Contoso", "Fabrikam Ltd"], a)]),
        // The last server of a site whose subscriptions stay cannot be gone when they are made.
        _ => own(&["remove-exchangeserver", of(&["EX02", "OLD01"], a), "-Confirm:false"]),
    }
}

/// A store that steps made, some of which were refused.
pub fn store(steps: &[Step]) -> Home {
    let home = Home::new();
    home.run(["new-exchangeserver", "EX01", "-Version", "2019", "-Site", "Berlin"]);
    home.run(["new-exchangeserver", "EDGE01", "-Version", "2016", "-ServerRole", "EdgeTransport"]);
    for step in steps {
        home.run(words(*step));
    }
    home
}
