//! The characters PowerShell's tokenizer treats alike: four dashes, five single and four double quotes, blanks.

/// A hyphen, or a dash that a word processor made of one.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2015}')
}

/// Any single quote, straight or curly; each closes any other.
pub(crate) fn is_single_quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

/// Any double quote, straight or curly; each closes any other.
pub(crate) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

/// Any quote.
pub(super) fn is_quote(c: char) -> bool {
    is_single_quote(c) || is_double_quote(c)
}

/// A quote no shell but PowerShell knows.
pub(super) fn is_curly(c: char) -> bool {
    is_quote(c) && !c.is_ascii()
}

/// The end of a line.
pub(super) fn is_newline(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// White space that ends no line.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && !is_newline(c)
}

/// A character no bare word goes on with.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\0' | '&' | '(' | ')' | ',' | ';' | '{' | '|' | '}')
}

/// A character that makes a `$` before it a variable.
pub(super) fn starts_variable(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | ':' | '?' | '^' | '{' | '(')
}
