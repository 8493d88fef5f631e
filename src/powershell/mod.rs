//! stub

/// stub
#[must_use]
pub fn number(text: &str) -> Option<u128> {
    text.parse().ok()
}

/// stub
#[must_use]
pub fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
