//! The tables of an access list: entries that no whole permission group explains.

use toml::de::DeValue;

use super::error::Flaw;
use super::section::{Entry as Key, PERMISSION, Section};
use super::spell::{Spelled, Word, quote};
use crate::permission::{ACCESS_RIGHT_NAMES, Entry, Principal, RIGHTS, Right, access_right, right};
use crate::text::{NEAR, nearest};

pub(super) const USER: &str = "User";
const RIGHTS_KEY: &str = "ExtendedRights";
const ACCESS_KEY: &str = "AccessRights";
pub(super) const DENY: &str = "Deny";
pub(super) const INHERITED: &str = "Inherited";

/// What one table says.
pub(super) struct Grant {
    pub principal: Principal,
    pub rights: Vec<&'static Right>,
    pub deny: bool,
    pub inherited: bool,
    /// The key that names the rights.
    pub key: &'static str,
}

/// The key under which a right stands.
fn key_of(right: &Right) -> &'static str {
    if right.is_extended() { RIGHTS_KEY } else { ACCESS_KEY }
}

/// The right of either key called `name`.
pub(super) fn named(name: &str) -> Option<&'static Right> {
    right(name).or_else(|| access_right(name))
}

impl Grant {
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let entry = |right| Entry {
            principal: self.principal.clone(),
            right,
            deny: self.deny,
            inherited: self.inherited,
        };
        self.rights.iter().copied().map(entry)
    }

    /// Whether `entry` could stand in this table: of the same principal, side, origin and key.
    pub fn takes(&self, entry: &Entry) -> bool {
        self.deny == entry.deny
            && self.inherited == entry.inherited
            && self.principal == entry.principal
            && self.key == key_of(entry.right)
    }
}

/// Reads one table; nothing, and flaws, where it is wrong.
pub(super) fn read(section: &Section<'_>, domain: &str, flaws: &mut Vec<Flaw>) -> Option<Grant> {
    let known = flaws.len();
    let key = if section.entry(ACCESS_KEY).is_some() { ACCESS_KEY } else { RIGHTS_KEY };
    let principal = Principal::Account(String::new());
    let mut grant = Grant { principal, rights: Vec::new(), deny: false, inherited: false, key };
    for key in &section.entries {
        if let Err(flaw) = read_key(key, domain, &mut grant) {
            flaws.push(flaw);
        }
    }
    for (name, hint) in
        [(USER, "User = 'CONTOSO\\app1'"), (key, "ExtendedRights = [\"ms-Exch-SMTP-Submit\"]")]
    {
        if section.entry(name).is_none() {
            flaws.push(Flaw::new(section.header.start, format!("{name} is missing"), hint));
        }
    }
    (flaws.len() == known).then_some(grant)
}

fn read_key(key: &Key<'_>, domain: &str, grant: &mut Grant) -> Result<(), Flaw> {
    let at = key.value.span().start;
    match (key.key, key.value.get_ref()) {
        (USER, DeValue::String(name)) if !name.trim().is_empty() => {
            grant.principal = Principal::read_in(name, domain);
        }
        (USER, _) => {
            return Err(Flaw::new(
                at,
                "User takes the name of an account or group",
                "User = 'CONTOSO\\app1'",
            ));
        }
        (DENY, DeValue::Boolean(deny)) => grant.deny = *deny,
        (INHERITED, DeValue::Boolean(inherited)) => grant.inherited = *inherited,
        (INHERITED, _) => {
            return Err(Flaw::new(at, "Inherited takes true or false", "Inherited = true"));
        }
        (DENY, _) => return Err(Flaw::new(at, "Deny takes true or false", "Deny = true")),
        (RIGHTS_KEY | ACCESS_KEY, _) if key.key != grant.key => {
            let message = format!("{RIGHTS_KEY} and {ACCESS_KEY} stand in tables of their own");
            return Err(Flaw::new(key.key_at.start, message, "write a second table for the same User"));
        }
        (RIGHTS_KEY | ACCESS_KEY, DeValue::Array(items)) => {
            for item in items {
                grant.rights.push(read_right(item.get_ref(), item.span().start, grant.key)?);
            }
        }
        (RIGHTS_KEY | ACCESS_KEY, one) => grant.rights.push(read_right(one, at, grant.key)?),
        (other, _) => {
            let message = format!("`{other}` is not a key of {PERMISSION}");
            let meant = nearest(other, [USER, RIGHTS_KEY, ACCESS_KEY, DENY, INHERITED], NEAR);
            let all = "it has User, ExtendedRights or AccessRights, Deny and Inherited";
            let hint = meant.map_or(all.to_owned(), |name| format!("write {name}"));
            return Err(Flaw::new(key.key_at.start, message, hint));
        }
    }
    Ok(())
}

fn read_right(value: &DeValue<'_>, at: usize, key: &str) -> Result<&'static Right, Flaw> {
    let is_access = key == ACCESS_KEY;
    let example = if is_access { "GenericAll" } else { "ms-Exch-SMTP-Submit" };
    let Some(name) = value.as_str() else {
        let message = format!("{key} takes names of rights");
        return Err(Flaw::new(at, message, format!("{key} = [\"{example}\"]")));
    };
    let found = if is_access { access_right(name) } else { right(name) };
    found.ok_or_else(|| {
        let names: Vec<&str> = match is_access {
            true => ACCESS_RIGHT_NAMES.to_vec(),
            false => RIGHTS.iter().map(|right| right.name).collect(),
        };
        let hint = match nearest(name, names, NEAR) {
            Some(meant) => format!("write {meant}"),
            None => format!("rights are called like {example}"),
        };
        let kind = if is_access { "access" } else { "extended" };
        Flaw::new(at, format!("`{name}` is no {kind} right"), hint)
    })
}

/// The tables for `entries`: one for each principal and for what it is denied, in the order of first mention.
pub(super) fn tables(entries: &[Entry], connector: &str, domain: &str, eol: &str) -> Vec<String> {
    let mut grants: Vec<Grant> = Vec::new();
    for entry in entries {
        match grants.iter_mut().find(|grant| grant.takes(entry)) {
            Some(grant) => grant.rights.push(entry.right),
            None => grants.push(Grant {
                principal: entry.principal.clone(),
                rights: vec![entry.right],
                deny: entry.deny,
                inherited: entry.inherited,
                key: key_of(entry.right),
            }),
        }
    }
    grants.iter().map(|grant| table(grant, connector, domain, eol)).collect()
}

fn table(grant: &Grant, connector: &str, domain: &str, eol: &str) -> String {
    let names = grant.rights.iter().map(|right| Word::Quoted(right.name.to_owned())).collect();
    let (key, rights) = (grant.key, Spelled::Many(names).after(grant.key, eol));
    let mark = |is: bool, key: &str| if is { format!("{key} = true{eol}") } else { String::new() };
    let (deny, inherited) = (mark(grant.deny, DENY), mark(grant.inherited, INHERITED));
    let user = quote(&grant.principal.name_in(domain));
    format!("[[{connector}.{PERMISSION}]]{eol}{USER} = {user}{eol}{key} = {rights}{eol}{deny}{inherited}")
}
