//! Laws over every row of every noun, instead of a test per parameter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read and bless their golden file")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use exch::cmdlet::CMDLETS;
use exch::connector::edge_default::EdgeState;
use exch::connector::rules::{Case, check, check_host};
use exch::connector::usage::Usage;
use exch::connector::{Host, ReceiveConnector, setup};
use exch::datapath::DataPath;
use exch::organization::{
    AcceptedDomain, AccessPolicy, EdgeSubscription, Member, NetworkEndpoint, NetworkZone, Principal,
    SendConnector, TransportConfig,
};
use exch::param::{Access, Declared, Kind, Noun, Param, Printed, Row, Value, Verb, Version};
use exch::permission::AdPermission;
use exch::server::{Directory, Server, ServerRole, allowed_roles};

use crate::world::Home;

/// Two values of a kind, different from each other and valid, as they would be typed.
fn samples(kind: Kind) -> [Vec<String>; 2] {
    let one = |a: &str, b: &str| [vec![a.to_owned()], vec![b.to_owned()]];
    match kind {
        Kind::Switch | Kind::Bool => one("true", "false"),
        Kind::Count(min, max) => one(&min.to_string(), &max.to_string()),
        Kind::Unlimited(min, _) => one(&min.to_string(), "Unlimited"),
        Kind::UnlimitedSize(min, _) => one(&min.to_string(), "Unlimited"),
        Kind::Size(min, max) => one(&min.to_string(), &max.to_string()),
        Kind::Span(min, _) => one(&exch::param::Span::seconds(min).to_string(), "00:07:11"),
        Kind::Text | Kind::Identity => one("220 ready", "something else"),
        Kind::Name => one("Relay", "Another Relay"),
        Kind::Domain => one("mail.contoso.com", "fabrikam.com"),
        Kind::Certificate => one("<I>CN=CA<S>CN=a", "<I>CN=CA<S>CN=b"),
        Kind::Choice(names) => one(names[0], names[names.len() - 1]),
        Kind::Flags(names, _) => {
            [vec![names[0].to_owned()], names.iter().take(2).map(|n| (*n).to_owned()).collect()]
        }
        Kind::Binding => one("10.0.0.1:25", "[fe80::1]:587"),
        Kind::Range => one("192.168.1.0(255.255.255.0)", "2001:db8::/32"),
        Kind::Address => one("10.0.0.1", "fe80::1"),
        Kind::Capability => one("contoso.com:AcceptOorgProtocol", "NO-TLS:AcceptCloudServicesMail"),
        Kind::Form(form) => one(form.example, form.other),
        Kind::Guid => one("75d6aeb5-cd4a-4c58-ab2c-76304ea198ab", "00000000-0000-0000-0000-000000000001"),
        Kind::Time => one("2021-08-06T13:57:31Z", "2026-11-22T05:00:00Z"),
        Kind::List(element) => {
            let [mut first, mut second] = samples(*element);
            let both = first.iter().chain(&second).cloned().collect();
            first.append(&mut second);
            [first.into_iter().take(1).collect(), both]
        }
    }
}

fn parsed(row: &Param, texts: &[String]) -> Value {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    row.kind.parse_all(row.name, &texts).unwrap()
}

fn names_of<N: Noun>() -> Vec<&'static str> {
    N::rows().iter().map(|row| row.name()).collect()
}

#[test]
fn names_are_unique_in_any_case() {
    let nouns = [
        names_of::<ReceiveConnector>(),
        names_of::<Server>(),
        names_of::<Directory>(),
        names_of::<AdPermission>(),
        names_of::<AcceptedDomain>(),
        names_of::<TransportConfig>(),
        names_of::<Principal>(),
        names_of::<DataPath>(),
        names_of::<SendConnector>(),
        names_of::<EdgeSubscription>(),
        names_of::<AccessPolicy>(),
        names_of::<NetworkEndpoint>(),
        names_of::<NetworkZone>(),
    ];
    for names in nouns {
        let lower: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower.len(), names.len());
    }
    for cmdlet in CMDLETS {
        let params = cmdlet.all_params();
        let mut seen = BTreeSet::new();
        for name in params.iter().flat_map(|p| [Some(p.name), p.alias]).flatten() {
            assert!(seen.insert(name.to_lowercase()), "{}: {name} twice", cmdlet.name());
        }
    }
}

fn stored<N: Noun>(object: &N) -> Vec<(&'static str, Value)> {
    N::rows().iter().filter_map(|row| Some((row.name(), row.stored(object)?))).collect()
}

fn set_get_on<N: Noun + Clone>(object: &N) {
    for row in N::rows().iter().filter(|row| matches!(row.access, Access::Stored { .. })) {
        let settable = !row.param.on.is_empty();
        assert!(!settable || row.printed != Printed::Never, "{} can be set and not be read", row.name());
        for texts in samples(row.param.kind) {
            let value = parsed(&row.param, &texts);
            let mut changed = object.clone();
            row.assign(&mut changed, value.clone()).unwrap();
            for ((name, before), (_, after)) in stored(object).into_iter().zip(stored(&changed)) {
                if name == row.name() {
                    assert_eq!(after, value, "{name} is not what was set");
                } else {
                    assert_eq!(before, after, "{name} moved with {}", row.name());
                }
            }
        }
    }
}

#[test]
fn what_you_set_is_what_you_get_and_nothing_else_moved() {
    let server = Server::new("HUB01", "hub01.contoso.com");
    set_get_on(&ReceiveConnector::new("Relay", &server));
    set_get_on(&server);
    set_get_on(&Directory::new("First Organization", "contoso.com"));
    set_get_on(&AcceptedDomain::new("Contoso", "contoso.com"));
    set_get_on(&TransportConfig::blank());
    set_get_on(&Principal::blank());
    set_get_on(&SendConnector::new("To Fabrikam"));
    set_get_on(&EdgeSubscription::new("EDGE01", "Berlin", "contoso.com"));
    set_get_on(&AccessPolicy::blank());
    set_get_on(&NetworkEndpoint::blank());
    set_get_on(&NetworkZone::blank());
}

fn each_row(mut test: impl FnMut(&Param)) {
    ReceiveConnector::rows().iter().for_each(|row| test(&row.param));
    Server::rows().iter().for_each(|row| test(&row.param));
    AcceptedDomain::rows().iter().for_each(|row| test(&row.param));
    TransportConfig::rows().iter().for_each(|row| test(&row.param));
    Principal::rows().iter().for_each(|row| test(&row.param));
    SendConnector::rows().iter().for_each(|row| test(&row.param));
    EdgeSubscription::rows().iter().for_each(|row| test(&row.param));
    AccessPolicy::rows().iter().for_each(|row| test(&row.param));
    NetworkEndpoint::rows().iter().for_each(|row| test(&row.param));
    NetworkZone::rows().iter().for_each(|row| test(&row.param));
    Directory::rows().iter().for_each(|row| test(&row.param));
    AdPermission::rows().iter().for_each(|row| test(&row.param));
    DataPath::rows().iter().for_each(|row| test(&row.param));
}

#[test]
fn print_then_parse_is_the_identity() {
    each_row(|param| {
        for texts in samples(param.kind) {
            let value = parsed(param, &texts);
            let printed: Vec<String> = match &value {
                Value::Flags(names) => vec![Value::Flags(names.clone()).to_string()],
                _ => value.elements().iter().map(ToString::to_string).collect(),
            };
            assert_eq!(parsed(param, &printed), value, "{} of {printed:?}", param.name);
        }
    });
}

/// Every version with every set of roles that it can have.
fn servers() -> Vec<Server> {
    let mut servers = Vec::new();
    for version in
        [Version::V2007, Version::V2010, Version::V2013, Version::V2016, Version::V2019, Version::Se]
    {
        for bits in 1..=allowed_roles(version).as_u64().max(1) {
            let Some(roles) = enumset::EnumSet::<ServerRole>::try_from_u64(bits) else { continue };
            let mut server = Server::new("HUB01", "hub01.contoso.com");
            (server.version, server.roles) = (version, roles);
            if exch::server::check(&server).refusals.is_empty() {
                servers.push(server);
            }
        }
    }
    servers
}

#[test]
fn the_default_parses_on_every_platform() {
    // The values themselves are held to tests/reference: here, that what a user types of a default is it.
    let check_row = |row: &Row<ReceiveConnector>, server: &Server| {
        let Some(default) = row.param.default.on(server.platform()) else { return };
        let stored = row.stored(&ReceiveConnector::defaults(server.platform())).unwrap();
        let typed = match row.param.kind {
            kind @ Kind::List(_) => {
                let elements = stored.elements().iter().map(ToString::to_string).collect::<Vec<_>>();
                kind.parse_all(row.name(), &elements.iter().map(String::as_str).collect::<Vec<_>>())
            }
            _ => row.param.parse(&stored.to_string()),
        };
        let typed = typed.unwrap_or_else(|fault| panic!("{} {default}: {}", row.name(), fault.message));
        assert_eq!(typed, stored, "{} {default}", row.name());
    };
    let servers = servers();
    assert_eq!(servers.len(), 42);
    for server in &servers {
        ReceiveConnector::rows().iter().for_each(|row| check_row(row, server));
    }
}

#[test]
fn out_of_bounds_is_refused_by_name() {
    let mut bounded = BTreeSet::new();
    each_row(|param| {
        let (min, max) = match param.kind {
            Kind::Count(min, max)
            | Kind::Unlimited(min, max)
            | Kind::Size(min, max)
            | Kind::UnlimitedSize(min, max)
            | Kind::Span(min, max) => (min, max),
            _ => return,
        };
        let spell = |number: u64| match param.kind {
            Kind::Span(..) => exch::param::Span::seconds(number).to_string(),
            _ => number.to_string(),
        };
        let outside = [min.checked_sub(1), max.checked_add(1)];
        for number in outside.into_iter().flatten() {
            let finding = param.parse(&spell(number)).unwrap_err();
            assert!(finding.message.contains(param.name), "{}", finding.message);
            assert!(finding.hint.unwrap().contains(&spell(number)));
            bounded.insert(format!("{:?}", param.kind).split('(').next().unwrap_or_default().to_owned());
        }
        for number in [min, max] {
            assert!(param.parse(&spell(number)).is_ok(), "{} {number}", param.name);
        }
    });
    let kinds: Vec<&str> = bounded.iter().map(String::as_str).collect();
    assert_eq!(kinds, ["Count", "Size", "Span", "Unlimited", "UnlimitedSize"], "kinds that were tried");
}

/// Texts that many lists refuse, some of which show what was meant.
const REFUSED: [&str; 8] =
    ["10.0.0.9-10.0.0.5", "10.0.0.1", "10.0.0.0/33", "2525", "a b", "-x", "contoso..com", "AnonymousUserz"];

/// What is hinted for a refused element is no line that takes the place of what the user meant to keep.
#[test]
fn a_hint_for_one_element_keeps_the_rest() {
    let home = Home::new();
    let mut kept = 0;
    for cmdlet in CMDLETS.iter().filter(|cmdlet| cmdlet.verb == Verb::Set) {
        let lists = (cmdlet.params)().into_iter().filter(|param| {
            param.kind.is_multivalued() && !param.kind.is_identities() && param.on.contains(&Verb::Set)
        });
        for param in lists {
            let [first, _] = samples(param.kind);
            let typed = format!("-{} ", param.name);
            let hint = |value: &str| {
                let ran = home.run([cmdlet.name().as_str(), "X", &format!("-{}", param.name), value]);
                let hint = ran.err.lines().find_map(|line| line.strip_prefix("hint: "))?.to_owned();
                hint.strip_prefix(&typed).map(str::to_owned)
            };
            for wrong in REFUSED {
                let edit = hint(&format!("@{{Add=\"{wrong}\"}}"));
                assert!(edit.as_ref().is_none_or(|hint| hint.starts_with("'@{")), "{typed}{edit:?}");
                let list = hint(&format!("{},{wrong}", first[0]));
                assert!(list.as_ref().is_none_or(|hint| hint.contains(&first[0])), "{typed}{list:?}");
                kept += usize::from(edit.is_some()) + usize::from(list.is_some());
            }
        }
    }
    assert!(kept > 20, "{kept} hints are values to type");
}

#[test]
fn setups_connectors_break_no_rule() {
    for server in servers() {
        for state in [EdgeState::Alone, EdgeState::Subscribed] {
            let connectors = setup::default_connectors_of(&server, state);
            let host = Host { server: server.clone(), connectors };
            assert_eq!(check_host(&host), vec![], "{:?} {:?}", host.server.version, host.server.roles);
        }
    }
}

#[test]
fn presets_break_no_rule() {
    for server in servers() {
        for usage in Usage::ALL.into_iter().filter(|usage| usage.preset().on_edge || !server.is_edge()) {
            let mut connector = ReceiveConnector::new("Relay", &server);
            for (row, value) in usage.preset().values(server.platform()) {
                row.assign(&mut connector, value).unwrap();
            }
            for row in usage.preset().required {
                let [texts, _] = samples(row.param.kind);
                row.assign(&mut connector, parsed(&row.param, &texts)).unwrap();
            }
            let case = Case { connector: &connector, server: &server, before: None, has_peers: false };
            assert_eq!(check(&case).refusals, vec![], "{} on {:?}", usage.name(), server.version);
        }
    }
}

/// The shortest prefix of each of the product's parameters that names it alone. A new row that takes
/// somebody's `-Max` away shows in review.
#[test]
fn every_abbreviation_is_in_the_golden_file() {
    let mut text = String::new();
    for cmdlet in CMDLETS {
        writeln!(text, "{}", cmdlet.name()).unwrap();
        let params = cmdlet.all_params();
        for param in &params {
            let rivals = |prefix: &str| {
                params
                    .iter()
                    .filter(|p| !p.is_whole() && p.name.to_lowercase().starts_with(&prefix.to_lowercase()))
                    .count()
            };
            let whole =
                |prefix: &str| params.iter().any(|p| p.alias.is_some_and(|a| a.eq_ignore_ascii_case(prefix)));
            let shortest =
                (1..param.name.len()).map(|end| &param.name[..end]).find(|p| rivals(p) == 1 && !whole(p));
            let shortest = if param.is_whole() { param.name } else { shortest.unwrap_or(param.name) };
            writeln!(text, "  -{shortest:<42} -{}", param.name).unwrap();
        }
    }
    golden("abbreviations.txt", &text);
}

/// Compares with a golden file, or writes it when EXCH_BLESS is set.
pub fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if crate::host::blesses() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == text,
        "tests/golden/{name} is not what it was; read the difference, then run with EXCH_BLESS=1"
    );
}

#[test]
fn every_required_parameter_is_taken() {
    for cmdlet in CMDLETS {
        for param in cmdlet.all_params() {
            let taken = param.on.is_empty() || param.on.contains(&cmdlet.verb);
            assert!(taken, "{} takes -{} and should not", cmdlet.name(), param.name);
            let required = param.required.contains(&cmdlet.verb);
            assert!(!required || param.on.contains(&cmdlet.verb), "{} -{}", cmdlet.name(), param.name);
        }
    }
    assert!(CMDLETS.iter().any(|cmdlet| cmdlet.verb == Verb::New));
}
