//! Booleans as shells leave them (V6): `$true`, `True`, `1`; an empty one is what bash makes of `$true`.

use thiserror::Error;

/// Why a word is no boolean.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BooleanError {
    /// Nothing is left of it: an unquoted `$true` or `$false` is an empty variable to other shells.
    #[error("the shell left nothing of the boolean")]
    Empty,
    /// Something else.
    #[error(
        "Cannot convert value \"System.String\" to type \"System.Boolean\". Boolean parameters accept only \
         Boolean values and numbers, such as $True, $False, 1 or 0."
    )]
    Other,
}

impl BooleanError {
    /// What to type for a parameter of this name.
    pub fn hint(&self, parameter: &str) -> String {
        match self {
            BooleanError::Empty => format!("-{parameter}:true or -{parameter}:false, or '$true' in quotes"),
            BooleanError::Other => format!("-{parameter}:true or -{parameter}:false"),
        }
    }
}

/// Reads `$true` `$false` `true` `false` `1` `0`, in any case.
///
/// # Errors
/// [`BooleanError::Empty`] for nothing or blanks, [`BooleanError::Other`] for anything else.
pub fn boolean(word: &str) -> Result<bool, BooleanError> {
    match word.trim().to_ascii_lowercase().as_str() {
        "$true" | "true" | "1" => Ok(true),
        "$false" | "false" | "0" => Ok(false),
        "" => Err(BooleanError::Empty),
        _ => Err(BooleanError::Other),
    }
}
