//! Domain names as `Fqdn` and its kin take them (rule V8).

use thiserror::Error;

/// Why a text is no domain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadDomain {
    /// A label is empty: two dots, or a dot at the beginning.
    #[error("a part of the name is empty")]
    EmptyLabel,
    /// A label has more than 63 octets or the whole more than 255 (RFC 1035, section 2.3.4).
    #[error("a part of the name has more than 63 characters, or the whole more than 255")]
    TooLong,
    /// A label begins or ends with a hyphen (RFC 952).
    #[error("a part of the name begins or ends with a hyphen")]
    Hyphen,
    /// A character that no host name has.
    #[error("`{0}` cannot stand in a domain name")]
    Character(char),
}

/// Checks that `text` is a DNS name of A-labels or UTF-8 labels; an underscore is let through, since the
/// product lets it through (V8 warns about it elsewhere).
///
/// # Errors
/// The first part that is none, as [`BadDomain`].
pub fn check_domain(text: &str) -> Result<(), BadDomain> {
    if text.len() > 255 {
        return Err(BadDomain::TooLong);
    }
    text.split('.').try_for_each(check_label)
}

fn check_label(label: &str) -> Result<(), BadDomain> {
    if label.is_empty() {
        return Err(BadDomain::EmptyLabel);
    }
    if label.len() > 63 {
        return Err(BadDomain::TooLong);
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err(BadDomain::Hyphen);
    }
    let stray = |c: &char| {
        c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')
            || !c.is_ascii() && !c.is_alphanumeric()
    };
    label.chars().find(stray).map_or(Ok(()), |c| Err(BadDomain::Character(c)))
}
