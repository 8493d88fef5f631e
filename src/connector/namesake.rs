//! A server's own name inside the texts of its connectors: `Default HUB01` is to HUB01 what `Default HUB02` is to
//! HUB02.
//!
//! A name counts as a word of its own, in any case: HUB01 is not in `HUB010`. Which property a text comes from is
//! not known here.

use super::same_name;
use crate::server::Server;

/// What stands for a server's FQDN and for its name; no text of a connector can hold a control character.
const ITS_FQDN: &str = "\u{1}";
const ITS_NAME: &str = "\u{2}";

/// A connector's name as it would be on another server: the name of the old one in it becomes the new one's.
#[must_use]
pub fn on_server(name: &str, from: &Server, to: &Server) -> String {
    replaced(name, &from.name, &to.name)
}

/// An Fqdn as it would be on another server: the old one's FQDN or NetBIOS name becomes the new one's. Nothing for
/// any other name, which belongs to no server.
#[must_use]
pub fn fqdn_on(fqdn: &str, from: &Server, to: &Server) -> Option<String> {
    let pairs = [(&from.fqdn, &to.fqdn), (&from.name, &to.name)];
    pairs.into_iter().find(|(old, _)| same_name(old, fqdn)).map(|(_, new)| new.clone())
}

/// A text with marks where it names its own server, so that the texts of two servers can be compared.
#[must_use]
pub fn abstracted(text: &str, server: &Server) -> String {
    replaced(&replaced(text, &server.fqdn, ITS_FQDN), &server.name, ITS_NAME)
}

/// Whether a text names the server.
#[must_use]
pub(crate) fn is_named(text: &str, server: &Server) -> bool {
    abstracted(text, server) != text
}

/// The text with another word in place of every `word`.
fn replaced(text: &str, word: &str, with: &str) -> String {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let (mut out, mut rest, mut before) = (String::with_capacity(text.len()), text, None);
    while let Some(first) = rest.chars().next() {
        let is_word = |head: &&str| !head.is_empty() && edge(before) && same_name(head, word);
        let after = rest.get(..word.len()).filter(is_word).and_then(|head| rest.get(head.len()..));
        match after.filter(|after| edge(after.chars().next())) {
            Some(after) => {
                out.push_str(with);
                before = word.chars().last();
                rest = after;
            }
            None => {
                out.push(first);
                before = Some(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}
