//! The keywords of an EHLO answer as a log has them: a line each to Exchange 2013, joined by spaces since 2016.

/// Keywords that the configuration of a connector decides.
pub static OF_CONNECTOR: &[&str] = &[
    "SIZE",
    "PIPELINING",
    "DSN",
    "ENHANCEDSTATUSCODES",
    "STARTTLS",
    "X-ANONYMOUSTLS",
    "AUTH",
    "X-EXPS",
    "X-EXCHANGEAUTH",
    "8BITMIME",
    "BINARYMIME",
    "CHUNKING",
    "XEXCH50",
    "SMTPUTF8",
    "XRDST",
    "XSHADOW",
    "XSHADOWREQUEST",
    "XLONGADDR",
    "XORAR",
];

/// Keywords that servers of one organization offer each other.
static BETWEEN_SERVERS: &[&str] = &[
    "XPROXY",
    "XPROXYFROM",
    "XPROXYTO",
    "XSESSIONPARAMS",
    "XSYSPROBE",
    "XMESSAGECONTEXT",
    "X-MESSAGECONTEXT",
    "XOORG",
    "XORIGFROM",
    "XCLIENTIP",
    "XATTRDIRECT",
    "XATTRIBUTION",
];

fn is_keyword(word: &str) -> bool {
    OF_CONNECTOR.iter().chain(BETWEEN_SERVERS).any(|known| known.eq_ignore_ascii_case(word))
}

/// The keywords of a joined answer, each with its arguments: a word that is no known keyword belongs to the one before
/// it, as the answer does not say where one ends.
#[must_use]
pub fn keywords(joined: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in joined.split_ascii_whitespace() {
        match lines.last_mut() {
            Some(line) if !is_keyword(word) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
