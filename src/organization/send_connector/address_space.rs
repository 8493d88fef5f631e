//! Address spaces: the mail that a Send connector is for, written `[type:]space[;cost]`.

use crate::param::{Form, Refused, Value, check_domain};

/// `[type:]space[;cost]`; printed with its type and its cost.
pub static ADDRESS_SPACE: Form = Form {
    type_name: "Microsoft.Exchange.Data.AddressSpace",
    syntax: "[type:]space[;cost]: *, name, or *.name for it and all below it; cost 1 to 100, the lower one is preferred",
    example: "contoso.com",
    other: "X400:c=us;a=adatum;p=contoso;o=berlin;5",
    read,
};

/// The space that stands for every accepted domain.
const ACCEPTED: &str = "--";
const SMTP: &str = "SMTP";
/// What 2007 puts before the type of a space that servers of the same site alone use.
const LOCAL: &str = "Local:";
const COSTS: std::ops::RangeInclusive<u32> = 1..=100;

fn read(text: &str) -> Result<Value, Refused> {
    let text = text.trim();
    let (local, rest) = match text.get(..LOCAL.len()) {
        Some(head) if head.eq_ignore_ascii_case(LOCAL) => text.split_at(LOCAL.len()),
        _ => ("", text),
    };
    // The product prints a type as it was typed, and one that was left out in small letters.
    let (kind, rest) = rest.split_once(':').unwrap_or(("smtp", rest));
    if kind.is_empty() || !kind.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Refused::new("what stands before the colon is a type, such as SMTP or X400"));
    }
    let head = &text[..text.len() - rest.len()];
    let typed = |why: Refused| Refused { instead: why.instead.map(|space| format!("{head}{space}")), ..why };
    let (space, cost) = parted(rest).map_err(typed)?;
    if kind.eq_ignore_ascii_case(SMTP) {
        domains(space).map_err(typed)?;
    } else if kind.eq_ignore_ascii_case("X400") {
        x400(space)?;
    }
    Ok(Value::Text(format!("{local}{kind}:{space};{cost}")))
}

/// The space and its cost. A space that holds a semicolon itself has to name its cost.
fn parted(text: &str) -> Result<(&str, u32), Refused> {
    let Some((space, cost)) = text.rsplit_once(';') else { return not_empty(text).map(|space| (space, 1)) };
    let space = not_empty(space)?;
    match cost.trim().parse::<u32>() {
        Ok(cost) if COSTS.contains(&cost) => Ok((space, cost)),
        Ok(_) => Err(Refused::new("a cost is a number from 1 to 100").instead(format!("{space};1"))),
        Err(_) if text.contains('=') => {
            Err(Refused::new("a space that holds a semicolon ends with its cost")
                .instead(format!("{text};1")))
        }
        Err(_) => Err(Refused::new("what follows the semicolon is a cost, a number from 1 to 100")
            .instead(format!("{space};1"))),
    }
}

fn not_empty(space: &str) -> Result<&str, Refused> {
    let space = space.trim();
    if space.is_empty() {
        Err(Refused::new("an address space names a domain, or * for every one"))
    } else {
        Ok(space)
    }
}

/// `*`, `--`, a domain, or `*.` and a domain.
fn domains(space: &str) -> Result<(), Refused> {
    if space == "*" || space == ACCEPTED {
        return Ok(());
    }
    let name = space.strip_prefix("*.").unwrap_or(space);
    if name.contains('*') {
        let domain = name.rsplit('*').next().unwrap_or_default().trim_matches('.');
        let why = "a star is the whole space or its first label, with a dot behind it";
        return Err(if domain.is_empty() {
            Refused::new(why)
        } else {
            Refused::new(why).instead(format!("*.{domain}"))
        });
    }
    check_domain(name).map_err(|why| Refused::new(why.to_string()))
}

/// `key=value` pairs from the country down, a semicolon between them (RFC 1685).
fn x400(space: &str) -> Result<(), Refused> {
    let pairs = || space.split(';').map(|part| part.trim().split_once('='));
    let whole = pairs().all(|pair| pair.is_some_and(|(key, _)| !key.is_empty()));
    let country = pairs().next().flatten().is_some_and(|(key, _)| key.eq_ignore_ascii_case("c"));
    if whole && country || space == "*" {
        return Ok(());
    }
    Err(Refused::new("an X400 space is written c=…;a=…;p=…;o=…, the country first")
        .instead(ADDRESS_SPACE.other))
}

/// One address space, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'s> {
    /// Whether servers of the same site alone use it, as 2007 writes it.
    pub local: bool,
    /// Its type: `SMTP`.
    pub kind: &'s str,
    /// What it covers: `*.contoso.com`.
    pub space: &'s str,
    /// What it costs, from 1.
    pub cost: u32,
}

impl<'s> Parts<'s> {
    /// Of a space as it is kept.
    #[must_use]
    pub fn of(text: &'s str) -> Self {
        let rest = text.get(LOCAL.len()..).filter(|_| text.to_ascii_lowercase().starts_with("local:"));
        let (kind, space) = rest.unwrap_or(text).split_once(':').unwrap_or((SMTP, text));
        let (space, cost) = space.rsplit_once(';').unwrap_or((space, "1"));
        Parts { local: rest.is_some(), kind, space, cost: cost.parse().unwrap_or(1) }
    }

    /// Whether it is of mail over SMTP.
    #[must_use]
    pub(crate) fn is_smtp(self) -> bool {
        self.kind.eq_ignore_ascii_case(SMTP)
    }

    /// Whether it stands for every accepted domain.
    #[must_use]
    pub(crate) fn is_accepted_domains(self) -> bool {
        self.is_smtp() && self.space == ACCEPTED
    }

    /// The domain that it is for, where it is one alone.
    #[must_use]
    pub fn domain(self) -> Option<&'s str> {
        (self.is_smtp() && !self.space.contains('*') && self.space != ACCEPTED).then_some(self.space)
    }

    /// Whether both cover the same: they may differ in their cost.
    #[must_use]
    pub fn same(self, other: Parts<'_>) -> bool {
        self.kind.eq_ignore_ascii_case(other.kind) && self.space.eq_ignore_ascii_case(other.space)
    }
}
