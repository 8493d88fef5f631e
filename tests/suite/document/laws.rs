//! Laws over every row and every version: what is written is read, and a change touches its key alone.

use enumset::EnumSet;
use exch::connector::{Host, ReceiveConnector, rows, setup};
use exch::param::{Kind, Noun, Row, Size, Span, Value, Version};
use exch::permission::DOMAIN;
use exch::permission::{AccessList, Entry, PermissionGroup, Principal, right};
use exch::server::{Server, ServerRole, allowed_roles};
use exch::store::document::{edit_host, new_host, read_host};

use super::{FILE, ensure, same};
use crate::outcome::Failed;

const VERSIONS: [Version; 6] =
    [Version::V2007, Version::V2010, Version::V2013, Version::V2016, Version::V2019, Version::Se];

fn made(version: Version, roles: EnumSet<ServerRole>) -> Host {
    let mut server = Server::new("HUB01", "hub01.contoso.com");
    (server.version, server.roles) = (version, roles);
    server.metadata.guid = "0b6f1a52-3a0e-4a3e-9b0e-2d0a8f0f7a11".parse().ok();
    server.metadata.created = "2026-01-31T12:00:00Z".parse().ok();
    let mut connectors = setup::default_connectors(&server);
    for (at, connector) in connectors.iter_mut().enumerate() {
        connector.metadata.guid = format!("00000000-0000-4000-8000-{at:012}").parse().ok();
        connector.metadata.created = "2026-01-31T12:00:00.25Z".parse().ok();
        connector.metadata.changed = "2026-02-01T00:00:00Z".parse().ok();
    }
    Host { server, connectors }
}

fn hosts() -> impl Iterator<Item = Host> {
    VERSIONS.into_iter().flat_map(|version| {
        let allowed = allowed_roles(version);
        let alone = allowed.iter().map(EnumSet::from);
        alone.chain([allowed - ServerRole::EdgeTransport]).map(move |roles| made(version, roles))
    })
}

#[test]
fn setup_round_trip() -> Result<(), Failed> {
    for host in hosts() {
        let text = new_host(&host, DOMAIN);
        ensure(read_host(&text, FILE)? == host, format!("read back differently:\n{text}"))?;
        same(&edit_host(&text, FILE, &host)?, &text)?;
    }
    Ok(())
}

/// Another value of the same type.
pub(super) fn other(kind: Kind, value: &Value) -> Value {
    let texts: &[&str] = match kind {
        Kind::Bool | Kind::Switch => &["true", "false"],
        Kind::Count(_, 2) => &["0", "2"],
        Kind::Count(..) | Kind::Unlimited(..) => &["7", "9"],
        Kind::Size(..) | Kind::UnlimitedSize(..) => {
            return Value::Size(Size::bytes(if *value == Value::Size(Size::bytes(1 << 20)) {
                1_048_577
            } else {
                1 << 20
            }));
        }
        Kind::Span(..) => {
            return Value::Span(Span::seconds(if *value == Value::Span(Span::seconds(77)) {
                78
            } else {
                77
            }));
        }
        Kind::Domain => &["mx.fabrikam.com", "mx.contoso.com"],
        Kind::Certificate => &["<I>CN=CA<S>CN=a \"quoted\" name", "<I>CN=CA<S>CN='b'"],
        Kind::Choice(names) | Kind::Flags(names, _) => names,
        Kind::List(Kind::Binding) => &["10.0.0.9:2525", "[fe80::1]:25"],
        Kind::List(Kind::Range) => &["10.9.0.0/16", "10.8.0.0(255.255.0.0)"],
        Kind::List(Kind::Address) => &["10.0.0.9", "10.0.0.8"],
        Kind::List(Kind::Capability) => {
            &["contoso.com:AcceptCloudServicesMail", "fabrikam.com:AcceptCloudServicesMail"]
        }
        Kind::List(&Kind::Form(form)) | Kind::Form(form) => &[form.example, form.other],
        Kind::Address => &["10.0.0.9", "10.0.0.8"],
        Kind::Guid => &["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"],
        Kind::Time => &["2026-03-01T00:00:00.5Z", "2026-03-02T00:00:00Z"],
        _ => &["with \"quotes\", a \\ and\ta\nline # end", "plain 'text'"],
    };
    let parsed = texts.iter().filter_map(|text| kind.parse("", text).ok());
    parsed.into_iter().find(|parsed| parsed != value).unwrap_or(Value::Null)
}

/// Lines of one text that the other does not have, or has less often, both ways.
pub(super) fn difference(old: &str, new: &str) -> Vec<String> {
    let less = |one: &str, other: &str| {
        let mut left: Vec<&str> = other.lines().collect();
        let mut lacking = Vec::new();
        for line in one.lines() {
            match left.iter().position(|l| *l == line) {
                Some(at) => drop(left.swap_remove(at)),
                None => lacking.push(line.to_owned()),
            }
        }
        lacking
    };
    [less(old, new), less(new, old)].concat()
}

fn check_row<N: Noun>(
    row: &'static Row<N>,
    text: &str,
    host: &Host,
    put: impl Fn(&mut Host, Value),
    object: &N,
) -> Result<(), Failed> {
    let Some(value) = row.stored(object) else { return Ok(()) };
    let mut changed = host.clone();
    put(&mut changed, other(row.param.kind, &value));
    ensure(changed != *host, format!("{} has no other value", row.name()))?;
    let new = edit_host(text, FILE, &changed).map_err(|e| format!("{}: {e}", row.name()))?;
    same(&edit_host(&new, FILE, &changed)?, &new)?;
    let key = format!("{} = ", row.name());
    let lines = difference(text, &new);
    ensure(
        !lines.is_empty() && lines.iter().all(|line| line.starts_with(&key)),
        format!("{}: {lines:?}", row.name()),
    )?;
    // And back again: the line is as it was, or gone with the default.
    same(&edit_host(&new, FILE, host)?, text)
}

#[test]
fn every_row_alone() -> Result<(), Failed> {
    for host in hosts() {
        let text = new_host(&host, DOMAIN);
        for row in ReceiveConnector::rows().iter().filter(|row| row.exists_in(host.server.version)) {
            let Some(object) = host.connectors.last() else { continue };
            let put = |host: &mut Host, value: Value| {
                let last = host.connectors.last_mut().map(|c| row.assign(c, value));
                assert!(matches!(last, Some(Ok(()))), "{} takes its own values", row.name());
            };
            if row.name() == rows::NAME.name() && object.metadata.guid.is_none() {
                continue;
            }
            check_row(row, &text, &host, put, object)?;
        }
    }
    Ok(())
}

#[test]
fn every_server_row_alone() -> Result<(), Failed> {
    let mut host = made(Version::V2019, ServerRole::Mailbox.into());
    host.connectors.clear();
    let text = new_host(&host, DOMAIN);
    for row in Server::rows() {
        let put = |host: &mut Host, value: Value| assert_eq!(row.assign(&mut host.server, value), Ok(()));
        check_row(row, &text, &host, put, &host.server)?;
    }
    Ok(())
}

#[test]
fn access_entries() -> Result<(), Failed> {
    let mut host = made(Version::V2019, ServerRole::Mailbox.into());
    let plain = new_host(&host, DOMAIN);
    let platform = host.server.platform();
    let entry = |user: &str, name: &str, deny: bool| -> Result<Entry, Failed> {
        Ok(Entry::own(Principal::read(user), right(name).ok_or("no right")?, deny))
    };
    let relay = entry("CONTOSO\\app1", "ms-Exch-SMTP-Accept-Any-Recipient", false)?;
    let submit = entry("CONTOSO\\app1", "ms-Exch-SMTP-Submit", false)?;
    let denied = entry("Exchange Servers", "ms-Exch-SMTP-Accept-Exch50", true)?;
    let groups = EnumSet::from(PermissionGroup::AnonymousUsers);
    let mut with = |entries: &[&Entry]| {
        let entries = entries.iter().map(|entry| (*entry).clone()).collect();
        if let Some(first) = host.connectors.first_mut() {
            first.access = AccessList::from_parts(groups, entries, platform);
        }
        host.clone()
    };
    let one = with(&[&relay]);
    let text = edit_host(&plain, FILE, &one)?;
    let table = "\n\n[[ReceiveConnector.ADPermission]]\nUser = 'CONTOSO\\app1'\nExtendedRights = [\"ms-Exch-SMTP-Accept-Any-Recipient\"]\n\n[[ReceiveConnector]]\n";
    ensure(text.contains(table), text.clone())?;
    let all = with(&[&relay, &denied, &submit]);
    let text = edit_host(&text, FILE, &all)?;
    let table = "ExtendedRights = [\"ms-Exch-SMTP-Accept-Any-Recipient\", \"ms-Exch-SMTP-Submit\"]\n\n[[ReceiveConnector.ADPermission]]\nUser = '<DOMAIN>\\Exchange Servers'\nExtendedRights = [\"ms-Exch-SMTP-Accept-Exch50\"]\nDeny = true\n\n[[Rec";
    ensure(text.contains(table), text.clone())?;
    same(&new_host(&read_host(&text, FILE)?, DOMAIN), &text)?;
    let text = edit_host(&text, FILE, &with(&[&denied]))?;
    ensure(!text.contains("app1"), text.clone())?;
    same(&edit_host(&text, FILE, &all)?.replace("\n\n\n", "\n\n"), &edit_host(&text, FILE, &all)?)?;
    let text = edit_host(&text, FILE, &with(&[]))?;
    same(&text, &edit_host(&plain, FILE, &with(&[]))?)
}

#[test]
fn defaults_follow_the_version() -> Result<(), Failed> {
    let mut host = made(Version::V2010, ServerRole::HubTransport | ServerRole::Mailbox);
    let text = new_host(&host, DOMAIN);
    ensure(!text.contains("MaxHopCount") && !text.contains("TransportRole"), text.clone())?;
    (host.server.version, host.server.roles) = (Version::V2019, ServerRole::Mailbox.into());
    let newer = edit_host(&text, FILE, &host)?;
    ensure(newer.matches("MaxHopCount = 30\n").count() == host.connectors.len(), newer.clone())?;
    ensure(read_host(&newer, FILE)? == host, newer.clone())?;
    // What the older version lacks goes, even where it was written out.
    let back = Host { server: read_host(&text, FILE)?.server, ..host.clone() };
    let spelled =
        newer.replace("Enabled = true\n", "Enabled = true\nTransportRole = \"HubTransport\" # by hand\n");
    let older = edit_host(&spelled, FILE, &back)?;
    ensure(!older.contains("TransportRole"), older.clone())?;
    ensure(read_host(&older, FILE)? == back, older)
}
