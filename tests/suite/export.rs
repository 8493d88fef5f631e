//! What setup makes and what is made as a real organization has it, against that one's exports: property by property
//! and line by line.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::clixml::{Clixml, objects};
use crate::world::Home;

/// What no two servers share.
/// And the domain controller, which a store does not know.
const MARKS: &[&str] =
    &["Guid", "WhenChanged", "WhenCreated", "WhenChangedUTC", "WhenCreatedUTC", "OriginatingServer"];

/// One real export, and how its objects come to be here.
struct Export {
    /// The fixtures' names begin so.
    fixture: &'static str,
    /// Makes the store and the objects as their owner has them.
    made: &'static [&'static [&'static str]],
    get: &'static str,
    /// What the owner changed and is not made here.
    own: &'static [&'static str],
}

/// What setup made, lightly changed by its owner.
static RECEIVE_CONNECTORS: Export = Export {
    fixture: "exchange-2019-receive-connectors",
    made: &[
        &["initialize-store", "-Domain", "exlab.dom"],
        &["new-exchangeserver", "WIN-CTD3L0RGEN4", "-Version", "2019", "-ServerRole", "Mailbox"],
    ],
    get: "get-receiveconnector",
    own: &["TlsCertificateName", "TlsDomainCapabilities"],
};

static SEND_CONNECTORS: Export = Export {
    fixture: "exchange-2019-send-connectors",
    made: &[
        &["initialize-store", "-Domain", "exlab.dom"],
        &["new-exchangeserver", "WIN-CTD3L0RGEN4", "-Version", "2019"],
        &[
            "new-sendconnector",
            "Mail to O365",
            "-AddressSpaces",
            "SMTP:*",
            "-DNSRoutingEnabled:false",
            "-SmartHosts",
            "microsoft-com.mail.protection.outlook.com",
            "-CloudServicesMailEnabled:true",
            "-TlsCertificateName",
            "<I>CN=localhost<S>CN=localhost",
        ],
    ],
    get: "get-sendconnector",
    own: &[],
};

static ACCEPTED_DOMAINS: Export = Export {
    fixture: "exchange-2019-accepted-domains",
    made: &[
        &["initialize-store", "-Organization", "SoloORG", "-Domain", "Solo.com"],
        &["new-exchangeserver", "Solo-DC1"],
        &["new-accepteddomain", "Contoso Wild", "-DomainName", "*.contoso.local"],
        &["new-accepteddomain", "Wild .com", "-DomainName", "*.com", "-DomainType", "InternalRelay"],
    ],
    get: "get-accepteddomain",
    own: &[],
};

static ALL: [&Export; 3] = [&RECEIVE_CONNECTORS, &SEND_CONNECTORS, &ACCEPTED_DOMAINS];

#[test]
fn every_property_equals_the_real_one() {
    ALL.into_iter().for_each(Export::every_property);
}

#[test]
fn the_list_equals_the_real_one() {
    ALL.into_iter().for_each(Export::list);
}

#[test]
fn the_table_equals_the_real_one() {
    ALL.into_iter().for_each(Export::table);
}

impl Export {
    fn fixture(&self, ending: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(format!("{}.{ending}", self.fixture))
    }

    /// What Get- prints in a store in which the objects were made.
    fn printed(&self, how: &[&str]) -> String {
        let home = Home::new();
        self.made.iter().for_each(|line| drop(home.done(line.iter())));
        home.done(std::iter::once(&self.get).chain(how))
    }

    fn is_own(&self, name: &str) -> bool {
        self.own.contains(&name) || MARKS.contains(&name)
    }

    fn every_property(&self) {
        let ours: Vec<serde_json::Map<String, Json>> =
            serde_json::from_str(&self.printed(&["-o", "json"])).unwrap();
        let real = objects(&self.fixture("clixml"));
        assert_eq!(ours.len(), real.len());
        for (ours, real) in ours.iter().zip(&real) {
            // What the product does not have stands after everything that it has.
            let names: Vec<&String> = ours.keys().collect();
            let (product, ours_alone) = names.split_at(real.len());
            assert_eq!(product, real.iter().map(|(name, _)| name).collect::<Vec<_>>());
            assert!(ours_alone.iter().all(|name| ["Relay", "AccessListIncomplete"].contains(&name.as_str())));
            for (name, value) in real.iter().filter(|(name, _)| !self.is_own(name)) {
                assert!(same(&ours[name], value), "{name}: {} is not {value:?}", ours[name]);
            }
        }
    }

    /// The lines of a list, those of the owner's own properties and nobody's values left out.
    fn lines<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let own = |line: &&str| line.split_once(" :").is_some_and(|(name, _)| self.is_own(name.trim_end()));
        text.lines().filter(|line| !own(line)).collect()
    }

    fn list(&self) {
        let ours = self.printed(&["-o", "list"]);
        // What the product does not have is a line of its own.
        let ours: String = ours.split_inclusive('\n').filter(|line| !line.starts_with("Relay ")).collect();
        let real = fs::read_to_string(self.fixture("list.txt")).unwrap();
        assert_eq!(self.lines(&ours), self.lines(&real));
        assert_eq!(ours.lines().count(), real.lines().count());
    }

    fn table(&self) {
        let ours = self.printed(&[]);
        let real = fs::read_to_string(self.fixture("table.txt")).unwrap();
        assert_eq!(ours.lines().collect::<Vec<_>>(), real.lines().collect::<Vec<_>>());
    }
}

/// Whether a JSON value says what the exported one says; a size as bytes says what its parenthesis says.
fn same(ours: &Json, real: &Clixml) -> bool {
    match (ours, real) {
        (Json::Null, Clixml::Null) => true,
        (Json::String(text), Clixml::Null) => text.is_empty(),
        (Json::Null, Clixml::Text(text)) => text.is_empty(),
        (Json::Bool(a), Clixml::Bool(b)) => a == b,
        (Json::Number(a), Clixml::Number(b)) => a.as_i64() == Some(*b),
        (Json::Number(a), Clixml::Text(text)) => {
            let bytes = text
                .split_once('(')
                .map_or(text.clone(), |(_, b)| b.replace([',', ')'], "").replace(" bytes", ""));
            bytes == a.to_string()
        }
        (Json::String(a), Clixml::Text(b)) => a == b,
        (Json::Array(a), Clixml::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Array(flags), Clixml::Text(text)) => {
            let names: Vec<&str> = flags.iter().filter_map(Json::as_str).collect();
            names.join(", ") == *text
        }
        _ => false,
    }
}
