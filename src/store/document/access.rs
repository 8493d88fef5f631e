//! The tables of an access list: entries that no whole permission group explains.

use toml::de::DeValue;

use super::error::Flaw;
use super::section::{Entry as Key, PERMISSION, Section};
use super::spell::{Spelled, Word, quote};
use crate::permission::{Entry, Principal, RIGHTS, Right, right};
use crate::text::{NEAR, nearest};

pub(super) const USER: &str = "User";
pub(super) const RIGHTS_KEY: &str = "ExtendedRights";
pub(super) const DENY: &str = "Deny";

/// What one table says.
pub(super) struct Grant {
    pub principal: Principal,
    pub rights: Vec<&'static Right>,
    pub deny: bool,
}

impl Grant {
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        self.rights.iter().map(|right| Entry { principal: self.principal.clone(), right, deny: self.deny })
    }

    /// Whether `entry` could stand in this table: its rights are a list, or it is there already.
    pub fn takes(&self, entry: &Entry) -> bool {
        self.deny == entry.deny && self.principal == entry.principal
    }
}

/// Reads one table; nothing, and flaws, where it is wrong.
pub(super) fn read(section: &Section<'_>, domain: &str, flaws: &mut Vec<Flaw>) -> Option<Grant> {
    let known = flaws.len();
    let mut grant = Grant { principal: Principal::Account(String::new()), rights: Vec::new(), deny: false };
    for key in &section.entries {
        if let Err(flaw) = read_key(key, domain, &mut grant) {
            flaws.push(flaw);
        }
    }
    for (name, hint) in
        [(USER, "User = 'CONTOSO\\app1'"), (RIGHTS_KEY, "ExtendedRights = [\"ms-Exch-SMTP-Submit\"]")]
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
        (DENY, _) => return Err(Flaw::new(at, "Deny takes true or false", "Deny = true")),
        (RIGHTS_KEY, DeValue::Array(items)) => {
            for item in items {
                grant.rights.push(read_right(item.get_ref(), item.span().start)?);
            }
        }
        (RIGHTS_KEY, one) => grant.rights.push(read_right(one, at)?),
        (other, _) => {
            let message = format!("`{other}` is no key of {PERMISSION}");
            let meant = nearest(other, [USER, RIGHTS_KEY, DENY], NEAR);
            let hint = meant
                .map_or("it has User, ExtendedRights and Deny".to_owned(), |name| format!("write {name}"));
            return Err(Flaw::new(key.key_at.start, message, hint));
        }
    }
    Ok(())
}

fn read_right(value: &DeValue<'_>, at: usize) -> Result<&'static Right, Flaw> {
    let Some(name) = value.as_str() else {
        return Err(Flaw::new(
            at,
            "ExtendedRights takes names of rights",
            "ExtendedRights = [\"ms-Exch-SMTP-Submit\"]",
        ));
    };
    right(name).ok_or_else(|| {
        let hint = match nearest(name, RIGHTS.iter().map(|right| right.name), NEAR) {
            Some(meant) => format!("write {meant}"),
            None => "rights are called like ms-Exch-SMTP-Submit".to_owned(),
        };
        Flaw::new(at, format!("`{name}` is no extended right"), hint)
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
            }),
        }
    }
    grants.iter().map(|grant| table(grant, connector, domain, eol)).collect()
}

fn table(grant: &Grant, connector: &str, domain: &str, eol: &str) -> String {
    let names = grant.rights.iter().map(|right| Word::Quoted(right.name.to_owned())).collect();
    let rights = Spelled::Many(names).after(RIGHTS_KEY, eol);
    let deny = if grant.deny { format!("{DENY} = true{eol}") } else { String::new() };
    let user = quote(&grant.principal.name_in(domain));
    format!("[[{connector}.{PERMISSION}]]{eol}{USER} = {user}{eol}{RIGHTS_KEY} = {rights}{eol}{deny}")
}
