//! The tables of the organization's nouns against the reference facts, noun by noun.

use std::collections::BTreeSet;

use exch::cmdlet::CMDLETS;
use exch::organization::{AcceptedDomain, EdgeSubscription, Member, SendConnector, dn, send_connector};
use exch::param::{Access, Kind, Param, Platform, Printed, Row, Span, Tier, Value, Version};
use exch::server::{Directory, Server};
use toml::{Table, Value as Toml};

use super::{HUB, spelling, tables, text, texts, version};

const PARAMETERS: &str = "organization-parameters.toml";

/// The facts of one noun.
fn facts<N: Member>(key: &str) -> Vec<Table> {
    tables(PARAMETERS, key).into_iter().filter(|fact| text(fact, "noun") == N::NAME).collect()
}

fn row<N: Member>(name: &str) -> &'static Row<N> {
    N::rows().iter().find(|row| row.name() == name).unwrap_or_else(|| panic!("no row {name}"))
}

/// What the facts say of accepted domains and Send connectors, in the tables.
#[test]
fn organization_nouns() {
    noun::<AcceptedDomain>(39, &[]);
    let switches = ["AccountExpiryDuration", "FileData", "FileName", "Force", "Server"];
    noun::<EdgeSubscription>(8, &switches);
    noun::<SendConnector>(56, &["Custom", "Internal", "Internet", "Partner", "Usage", "Force"]);
}

fn noun<N: Member>(printed: usize, not_rows: &[&str]) {
    let properties = facts::<N>("property");
    let names: Vec<&str> = properties.iter().map(|fact| text(fact, "name")).collect();
    let ours: Vec<&str> =
        N::rows().iter().filter(|row| row.printed == Printed::Always).map(|row| row.name()).collect();
    assert_eq!(ours, names);
    assert_eq!(names.len(), printed);
    properties.iter().for_each(property::<N>);
    let parameters = facts::<N>("parameter");
    for fact in &parameters {
        parameter::<N>(fact);
        let is_row = N::rows().iter().any(|row| row.name() == text(fact, "name"));
        let elsewhere = not_rows.contains(&text(fact, "name")) || text(fact, "name") == "MakeDefault";
        assert!(is_row != elsewhere, "{}", text(fact, "name"));
        if is_row {
            types_and_defaults(row::<N>(text(fact, "name")), fact);
        }
    }
    cmdlets::<N>(&parameters);
    shape::<N>();
}

/// Every verb takes exactly the parameters that the facts give it.
fn cmdlets<N: Member>(parameters: &[Table]) {
    let noun = noun_fact::<N>();
    let of_noun = || CMDLETS.iter().filter(|cmdlet| cmdlet.noun == N::NAME);
    let verbs: Vec<&str> = of_noun().map(|cmdlet| -> &str { cmdlet.verb.into() }).collect();
    assert_eq!(verbs, texts(&noun, "verbs"));
    for cmdlet in of_noun() {
        let verb: &str = cmdlet.verb.into();
        let taken = parameters.iter().filter(|fact| texts(fact, "on").contains(&verb.to_owned()));
        let theirs: BTreeSet<&str> = taken.map(|fact| text(fact, "name")).collect();
        let ours: BTreeSet<&str> = (cmdlet.params)().iter().map(|param| param.name).collect();
        assert_eq!(ours, theirs, "{}", cmdlet.name());
    }
}

fn noun_fact<N: Member>() -> Table {
    tables(PARAMETERS, "noun").into_iter().find(|fact| text(fact, "name") == N::NAME).unwrap()
}

/// The columns of the table, and the distinguished name.
fn shape<N: Member>() {
    let (fact, scene) = (noun_fact::<N>(), scene(Version::V2019));
    let home = crate::world::Home::new();
    home.done(["initialize-store", "-Domain", "contoso.com"]);
    home.done(["new-sendconnector", "blank", "-AddressSpaces", "*"]);
    home.done(["set-exchangeserver", "HUB01", "-Site", "Berlin"]);
    home.done(["new-exchangeserver", "EDGE01", "-ServerRole", "EdgeTransport"]);
    home.done(["new-edgesubscription", "-Server", "EDGE01", "-Site", "Berlin"]);
    let table = home.done([format!("get-{}", N::NAME)]);
    let heading = table.lines().nth(1).unwrap_or_default();
    assert_eq!(heading.split_whitespace().collect::<Vec<_>>(), texts(&fact, "table"));
    if !fact.contains_key("dn") {
        return;
    }
    let wanted = text(&fact, "dn")
        .replace("<Name>", N::blank().name())
        .replace("<Organization>", "Contoso")
        .replace("<DC>", "DC=contoso,DC=com");
    assert_eq!(dn(&N::blank(), &scene), wanted);
}

fn scene(version: Version) -> exch::organization::Scene {
    let mut local = Server::new("HUB01", "hub01.contoso.com");
    local.version = version;
    exch::organization::Scene { directory: Directory::new("Contoso", "contoso.com"), local: Some(local) }
}

/// Where a printed value comes from.
fn property<N: Member>(fact: &Table) {
    let name = text(fact, "name");
    let (row, blank) = (row::<N>(name), N::blank());
    let print = |row: &Row<N>| row.print(&blank, &scene(Version::V2019)).to_string();
    if text(fact, "computed").is_empty() {
        let parameter = text(fact, "parameter");
        let other = matches!((name, parameter), ("Default", "MakeDefault") | ("Name", "Server"));
        assert!(parameter == name || other, "{name}");
        return;
    }
    let since = fact.get("since").map_or(Version::OLDEST, |v| version(v.as_str().unwrap()));
    assert_eq!(row.param.since, since, "{name}");
    match text(fact, "computed") {
        "constant" if fact["value"].is_array() => {
            assert_eq!(print(row), format!("{{{}}}", texts(fact, "value").join(", ")), "{name}");
        }
        "constant" => assert_eq!(print(row), text(fact, "value"), "{name}"),
        "store" => assert!(row.param.on.is_empty() && !matches!(row.access, Access::Constant(_)), "{name}"),
        // What the server's name was when it was subscribed.
        "template" if name == "Domain" => assert!(row.param.on.is_empty()),
        "property" | "template" | "join" => assert!(matches!(row.access, Access::Computed(_)), "{name}"),
        other => panic!("{other}"),
    }
}

/// Who takes a parameter, where it stands, and which editions have it.
fn parameter<N: Member>(fact: &Table) {
    let name = text(fact, "name");
    for cmdlet in CMDLETS.iter().filter(|cmdlet| cmdlet.noun == N::NAME) {
        let verb: &str = cmdlet.verb.into();
        let Some(param) = (cmdlet.params)().into_iter().find(|param| param.name == name) else { continue };
        let needs = |key: &str| texts(fact, key).contains(&verb.to_owned());
        let in_set = fact.contains_key("required_set");
        assert_eq!(param.required.contains(&cmdlet.verb), needs("required") && !in_set, "{name} on {verb}");
        let stands =
            fact.get("position").is_some() && (needs("position_on") || !fact.contains_key("position_on"));
        let ours = param.position.is_some_and(|(at, verbs)| at == 1 && verbs.contains(&cmdlet.verb));
        assert_eq!(ours, stands, "{name} on {verb}");
        let span = |key: &str, or: Version| fact.get(key).map_or(or, |v| version(v.as_str().unwrap()));
        let theirs = (span("since", Version::OLDEST), span("until", Version::NEWEST));
        assert_eq!((param.since, param.until), theirs, "{name}");
    }
}

fn types_and_defaults<N: Member>(row: &Row<N>, fact: &Table) {
    let name = row.name();
    assert_eq!(type_of(&row.param), text(fact, "type"), "{name}");
    if fact.contains_key("values") {
        assert_eq!(row.param.kind.names(), texts(fact, "values"), "{name}");
    }
    if let Some(range) = fact.get("range").and_then(Toml::as_array) {
        let bounds: Vec<String> = range.iter().map(spelling).collect();
        assert_eq!(bounds_of(row.param.kind), bounds, "{name}");
    }
    for (key, on) in [("default", Version::V2019), ("default_before_2013", Version::V2010)] {
        let Some(default) = fact.get(key) else { continue };
        let platform = Platform { version: on, tier: Tier::Transport };
        let ours = row.default_on(platform);
        match default {
            Toml::Array(items) => assert!(items.is_empty() && ours == Value::List(Vec::new()), "{name}"),
            Toml::String(text) if text.is_empty() => assert!(ours.is_empty(), "{name}"),
            text => assert_eq!(ours, row.param.parse(&spelling(text)).unwrap(), "{name} on {on:?}"),
        }
        // And an object of which nothing is said has it.
        let shown = row.print(&N::blank(), &scene(on));
        assert!(shown == ours || shown.is_empty() && ours.is_empty(), "{name} is {shown} on {on:?}");
    }
}

/// A kind as the reference writes types; what is a text to the store has a type of its own there.
fn type_of(param: &Param) -> &'static str {
    match (param.kind, param.name) {
        (Kind::Bool, _) => "Bool",
        (Kind::Switch, _) => "Switch",
        (Kind::Count(..), _) => "Int",
        (Kind::UnlimitedSize(..), _) => "Unlimited<Bytes>",
        (Kind::Size(..), _) => "Bytes",
        (Kind::Span(..), _) => "TimeSpan",
        (Kind::Domain, _) => "Fqdn",
        (Kind::Choice(_), _) => "Enum",
        (Kind::Flags(..), _) => "Flags",
        (Kind::Address, _) => "IPAddress",
        (Kind::Certificate, _) => "CertificateId",
        (Kind::Text, "Identity") => "Identity",
        (Kind::List(Kind::Identity), _) => "Identity",
        (Kind::Text, "Site") => "Site",
        (Kind::Text, "LinkedReceiveConnector") => "ReceiveConnector",
        (Kind::Text | Kind::Name, _) => "String",
        (Kind::List(Kind::Text), "SourceTransportServers") => "Server[]",
        (Kind::List(&Kind::Form(form)), _) => match form.type_name {
            "Microsoft.Exchange.Data.AddressSpace" => "AddressSpace[]",
            "Microsoft.Exchange.Data.SmartHost" => "SmartHost[]",
            other => panic!("{other}"),
        },
        (Kind::Form(form), _) => match form.type_name {
            "Microsoft.Exchange.Data.SmtpDomainWithSubdomains" => "DomainPattern",
            "System.Management.Automation.PSCredential" => "Credential",
            other => panic!("{other}"),
        },
        (other, name) => panic!("{name} {other:?}"),
    }
}

fn bounds_of(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Span(min, max) => [min, max].map(|end| Span::seconds(end).to_string()).to_vec(),
        kind => super::bounds_of(kind),
    }
}

/// What each usage of a Send connector gives, and what all of them need.
#[test]
fn organization_send_usages() {
    let usages = facts::<SendConnector>("usage");
    assert_eq!(usages.len(), send_connector::Usage::ALL.len());
    for (fact, usage) in usages.iter().zip(send_connector::Usage::ALL) {
        let name: &str = usage.into();
        assert_eq!((name, usage.purpose()), (text(fact, "name"), text(fact, "for")));
        assert_eq!(texts(fact, "required"), ["Name", "AddressSpaces"]);
        let since = fact.get("settings_since").map_or(Version::OLDEST, |v| version(v.as_str().unwrap()));
        for on in [Version::V2007, Version::V2010, Version::V2013, HUB.version] {
            let settings = fact["settings"].as_table().unwrap();
            let theirs: Vec<(String, String)> = match on >= since {
                true => settings.iter().map(|(key, value)| (key.clone(), spelling(value))).collect(),
                false => Vec::new(),
            };
            let ours: Vec<(String, String)> = usage
                .settings(on)
                .into_iter()
                .map(|(row, text)| (row.name().to_owned(), text.to_owned()))
                .collect();
            assert_eq!(ours, theirs, "{name} on {on:?}");
        }
    }
}

/// What the facts call examples and refusals of the forms is read and refused, and prints as they say.
#[test]
fn organization_forms() {
    let forms = [
        ("AddressSpace", &send_connector::ADDRESS_SPACE),
        ("SmartHost", &send_connector::SMART_HOST),
        ("DomainPattern", &exch::organization::accepted_domain::DOMAIN_PATTERN),
        ("Credential", &send_connector::CREDENTIAL),
    ];
    for (name, form) in forms {
        let fact = tables(PARAMETERS, "type").into_iter().find(|fact| text(fact, "name") == name).unwrap();
        for example in texts(&fact, "examples").iter().map(String::as_str).chain([form.example, form.other]) {
            let value = (form.read)(example).unwrap_or_else(|why| panic!("{example}: {why:?}"));
            assert_eq!((form.read)(&value.to_string()), Ok(value), "{example}");
        }
        for refused in texts(&fact, "refused").iter().filter(|text| !text.contains(' ')) {
            assert!((form.read)(refused).is_err(), "{name} takes {refused}");
        }
    }
    for (typed, printed) in [
        ("contoso.com", "smtp:contoso.com;1"),
        ("SMTP:*;7", "SMTP:*;7"),
        ("X400:c=us;a=adatum;p=contoso;o=berlin;5", "X400:c=us;a=adatum;p=contoso;o=berlin;5"),
        ("Local:contoso.com", "Local:smtp:contoso.com;1"),
    ] {
        assert_eq!((send_connector::ADDRESS_SPACE.read)(typed), Ok(Value::Text(printed.to_owned())));
    }
    for typed in ["10.10.1.1", "[10.10.1.1]"] {
        assert_eq!((send_connector::SMART_HOST.read)(typed), Ok(Value::Text("[10.10.1.1]".to_owned())));
    }
}
