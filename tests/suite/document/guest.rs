//! A file that a person wrote, with remarks, an order and a hand of their own, through changes of its neighbours.

use exch::connector::{Host, ReceiveConnector};
use exch::param::{Size, Span, Unlimited};
use exch::store::document::{DocumentError, edit_host, read_host};

use super::{FILE, edited, ensure, same};
use crate::outcome::Failed;

/// Three connectors, no two in the same hand.
const TEXT: &str = r#"# HUB01: the only way in from the scanners.
# Ask Petra before you touch anything.

Version = 2010                   # until spring
Name = "HUB01"
Fqdn = 'hub01.contoso.com'
ServerRole = "HubTransport, Mailbox"
IPAddresses = ["10.0.0.5"]
# Comment = "old"

# --- the default one, as setup made it
[[ReceiveConnector]]             # do not remove
Name     = "Default HUB01"
Bindings = ["0.0.0.0:25", "[::]:25"]
RemoteIPRanges = [
    # everything
    "0.0.0.0-255.255.255.255",   # IPv4
    "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" # IPv6
]
AuthMechanism = ["Tls", "Integrated"]
MaxInboundConnection = 1_000     # was 5_000
PermissionGroups = ["ExchangeUsers"]
# the line below this one is no default

# A remark that belongs to nobody.

# Scanners on the third floor:
# they speak no TLS.
[[ReceiveConnector]]
  Name = "Scanners"
  RemoteIPRanges = ["10.1.0.0/24"]
  Bindings = ["10.0.0.5:25"]
  PermissionGroups = ["AnonymousUsers"]
  MaxMessageSize = 0x200_0000    # thirty-two of them

  [[ReceiveConnector.ADPermission]]
  User = 'CONTOSO\app1'          # the billing system
  ExtendedRights = "ms-Exch-SMTP-Submit"
[[ReceiveConnector]]
Name = "Partners"
Bindings = [ "10.0.0.5:587" ]
RemoteIPRanges = ["192.0.2.1", "192.0.2.2",]
# nothing below here

# vim: set ft=toml
"#;

fn find<'h>(host: &'h mut Host, name: &str) -> Option<&'h mut ReceiveConnector> {
    host.connectors.iter_mut().find(|c| c.name == name)
}

/// The text with one connector changed.
fn with(name: &str, change: impl FnOnce(&mut ReceiveConnector)) -> Result<String, Failed> {
    edited(TEXT, |host| {
        if let Some(connector) = find(host, name) {
            change(connector);
        }
    })
}

#[test]
fn nothing_changed() -> Result<(), Failed> {
    let host = read_host(TEXT, FILE)?;
    let sizes: Vec<Size> = host.connectors.iter().map(|c| c.max_message_size).collect();
    ensure(sizes.get(1) == Some(&Size::bytes(32 << 20)), format!("{sizes:?}"))?;
    same(&edit_host(TEXT, FILE, &host)?, TEXT)
}

#[test]
fn set_one() -> Result<(), Failed> {
    let new = with("Default HUB01", |c| {
        c.max_inbound_connection = Unlimited(Some(2_000));
        c.banner = "220 hub01".to_owned();
        c.remote_ip_ranges.extend("10.9.0.0/16".parse().ok());
        c.metadata.guid = "0b6f1a52-3a0e-4a3e-9b0e-2d0a8f0f7a11".parse().ok();
    })?;
    let meant = TEXT
        .replace("1_000     # was", "2000     # was")
        .replace("ff\" # IPv6\n", "ff\", # IPv6\n    \"10.9.0.0/16\"\n")
        .replace(
            "PermissionGroups = [\"ExchangeUsers\"]\n",
            "PermissionGroups = [\"ExchangeUsers\"]\nBanner = \"220 hub01\"\n",
        )
        .replace(
            "Name     = \"Default HUB01\"\n",
            "Name     = \"Default HUB01\"\nGuid     = \"0b6f1a52-3a0e-4a3e-9b0e-2d0a8f0f7a11\"\n",
        );
    same(&new, &meant)
}

#[test]
fn set_neighbour_and_default() -> Result<(), Failed> {
    let new = with("Scanners", |c| {
        c.max_message_size = Size::bytes(10 << 20);
        c.connection_timeout = Span::seconds(900);
        c.bindings.clear();
        c.bindings.extend("10.0.0.5:2525".parse().ok());
    })?;
    // The default is written out, since the remark would be stranded.
    let meant = TEXT
        .replace("0x200_0000    # thirty", "\"10 MB\"    # thirty")
        .replace(
            "  PermissionGroups = [\"AnonymousUsers\"]\n",
            "  PermissionGroups = [\"AnonymousUsers\"]\n  ConnectionTimeout = \"00:15:00\"\n",
        )
        .replace("[\"10.0.0.5:25\"]", "[\"10.0.0.5:2525\"]");
    same(&new, &meant)?;
    let again = edited(&new, |host| {
        if let Some(c) = find(host, "Scanners") {
            c.connection_timeout = Span::seconds(600);
        }
    })?;
    same(&again, &meant.replace("  ConnectionTimeout = \"00:15:00\"\n", ""))
}

fn added(host: &mut Host, name: &str, binding: &str) {
    let mut connector = ReceiveConnector::new(name, &host.server);
    connector.bindings.extend(binding.parse().ok());
    connector.remote_ip_ranges.extend("10.7.0.0/16".parse().ok());
    host.connectors.push(connector);
}

const TABLE: &str = "[[ReceiveConnector]]\nName = \"Relay\"\nEnabled = true\nBindings = [\"10.0.0.5:2626\"]\nRemoteIPRanges = [\"10.7.0.0/16\"]\nAuthMechanism = [\"None\"]\nPermissionGroups = [\"None\"]\nFqdn = \"hub01.contoso.com\"\n";

#[test]
fn new_one() -> Result<(), Failed> {
    let new = edited(TEXT, |host| added(host, "Relay", "10.0.0.5:2626"))?;
    same(&new, &TEXT.replace("# nothing below here\n", &format!("# nothing below here\n\n{TABLE}")))?;
    let two = edited(&new, |host| added(host, "Relay 2", "10.0.0.5:2727"))?;
    let second = TABLE.replace("\"Relay\"", "\"Relay 2\"").replace("2626", "2727");
    same(&two, &TEXT.replace("# nothing below here\n", &format!("# nothing below here\n\n{TABLE}\n{second}")))
}

/// The text without what stands between two marks.
fn without(text: &str, from: &str, to: &str) -> String {
    let start = text.find(from).unwrap_or(0);
    let end = text.get(start..).and_then(|rest| rest.find(to)).map_or(text.len(), |at| start + at);
    let mut out = text.to_owned();
    out.replace_range(start..end, "");
    out
}

#[test]
fn remove_each() -> Result<(), Failed> {
    let remove = |name: &str| edited(TEXT, |host| host.connectors.retain(|c| c.name != name));
    let first = without(TEXT, "# --- the default", "# A remark");
    same(&remove("Default HUB01")?, &first)?;
    same(&remove("Scanners")?, &without(TEXT, "# Scanners", "[[ReceiveConnector]]\nName = \"Partners\""))?;
    same(&remove("Partners")?, &without(TEXT, "[[ReceiveConnector]]\nName = \"Partners\"", "\n# vim"))?;
    let none = edited(TEXT, |host| host.connectors.clear())?;
    let meant = "# Comment = \"old\"\n\n# A remark that belongs to nobody.\n\n# vim: set ft=toml\n";
    ensure(none.ends_with(meant) && !none.contains("[["), none.clone())?;
    let tidy = edited(
        "Name = \"A\"\nFqdn = \"a.b\"\nServerRole = \"Mailbox\"\n\n[[ReceiveConnector]]\nName = \"X\"\nBindings = [\"10.0.0.5:25\"]\nRemoteIPRanges = [\"10.0.0.1\"]\n\n[[ReceiveConnector]]\nName = \"Y\"\nBindings = [\"10.0.0.5:26\"]\nRemoteIPRanges = [\"10.0.0.1\"]\n",
        |host| host.connectors.clear(),
    )?;
    same(&tidy, "Name = \"A\"\nFqdn = \"a.b\"\nServerRole = \"Mailbox\"\n")
}

#[test]
fn remove_and_add() -> Result<(), Failed> {
    let new = edited(TEXT, |host| {
        host.connectors.retain(|c| c.name != "Partners");
        added(host, "Relay", "10.0.0.5:2626");
        if let Some(relay) = host.connectors.last_mut() {
            relay.metadata.guid = "0b6f1a52-3a0e-4a3e-9b0e-2d0a8f0f7a11".parse().ok();
        }
    })?;
    // Without Guids, what stands in the same place is the same connector under another name.
    ensure(new.contains("Name = \"Relay\"\nGuid") && new.contains("# nothing below here"), new)
}

#[test]
fn rename() -> Result<(), Failed> {
    let new = with("Partners", |c| c.name = "Partner mail".to_owned())?;
    same(&new, &TEXT.replace("\"Partners\"", "\"Partner mail\""))
}

#[test]
fn restore_in_the_middle() -> Result<(), Failed> {
    let mut host = read_host(TEXT, FILE)?;
    for (at, connector) in host.connectors.iter_mut().enumerate() {
        connector.metadata.guid = format!("00000000-0000-4000-8000-{at:012}").parse().ok();
    }
    let text = edit_host(TEXT, FILE, &host)?;
    let gone = Host {
        connectors: host.connectors.iter().filter(|c| c.name != "Scanners").cloned().collect(),
        ..host.clone()
    };
    let without = edit_host(&text, FILE, &gone)?;
    let back = edit_host(&without, FILE, &host)?;
    let names: Vec<String> = read_host(&back, FILE)?.connectors.into_iter().map(|c| c.name).collect();
    ensure(names == ["Default HUB01", "Scanners", "Partners"], back.clone())?;
    ensure(back.contains("no default\n\n[[ReceiveConnector]]\nName = \"Scanners\"\n"), back)
}

#[test]
fn fill_in() -> Result<(), Failed> {
    let new = edited(TEXT, |host| {
        host.server.metadata.guid = "0b6f1a52-3a0e-4a3e-9b0e-2d0a8f0f7a11".parse().ok();
        host.server.metadata.changed = "2026-01-31T12:00:00Z".parse().ok();
    })?;
    let meant = TEXT
        .replace("Name = \"HUB01\"\n", "Name = \"HUB01\"\nGuid = \"0b6f1a52-3a0e-4a3e-9b0e-2d0a8f0f7a11\"\n")
        .replace(
            "IPAddresses = [\"10.0.0.5\"]\n",
            "IPAddresses = [\"10.0.0.5\"]\nWhenChanged = 2026-01-31T12:00:00Z\n",
        );
    same(&new, &meant)
}

#[test]
fn line_ends() -> Result<(), Failed> {
    let change = |host: &mut Host| {
        host.server.comment = "two\r\nlines".to_owned();
        added(host, "Relay", "10.0.0.5:2626");
        host.connectors.retain(|c| c.name != "Partners");
        if let Some(c) = find(host, "Default HUB01") {
            c.remote_ip_ranges.extend("10.9.0.0/16".parse().ok());
        }
    };
    let plain = edited(TEXT, change)?;
    let crlf = TEXT.replace('\n', "\r\n");
    same(&edited(&crlf, change)?, &plain.replace('\n', "\r\n"))?;
    same(&edited(&format!("\u{feff}{crlf}"), change)?, &format!("\u{feff}{}", plain.replace('\n', "\r\n")))?;
    let cut = TEXT.trim_end_matches("\n\n# vim: set ft=toml\n");
    let new = edited(cut, |host| added(host, "Relay", "10.0.0.5:2626"))?;
    same(&new, &format!("{cut}\n\n{}", TABLE.trim_end()))?;
    let gone = edited(&new, |host| host.connectors.truncate(3))?;
    same(&gone, cut)
}

#[test]
fn inline_tables() -> Result<(), Failed> {
    let text = "Name = \"A\"\nFqdn = \"a.b\"\nServerRole = \"Mailbox\"\nReceiveConnector = [\n  { Name = \"X\", Bindings = [\"10.0.0.5:25\"], RemoteIPRanges = [\"10.0.0.1\"] },\n]\n";
    let mut host = read_host(text, FILE)?;
    same(&edit_host(text, FILE, &host)?, text)?;
    host.server.comment = "x".to_owned();
    match edit_host(text, FILE, &host) {
        Err(DocumentError::Unkeepable(fault)) => {
            ensure((fault.line, fault.column) == (5, 3), fault.to_string())
        }
        other => Err(format!("{other:?}").into()),
    }
}
