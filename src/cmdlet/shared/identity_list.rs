//! The identities of a call before it runs: a word with commas is one name or several, and the store says which.
//! Where identities come from, a command line or standard input, is not known here.

use super::identity;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::shared::crud::is_there as is_member;
use crate::cmdlet::transaction::Draft;
use crate::organization::{Part, with_part};
use crate::param::{Argument, Noun, Param, STDIN, Value};
use crate::permission::rows as entries;
use crate::powershell::{quote, words};
use crate::server::Server;

/// The parameter of a call that names its objects, if it was given.
#[must_use]
pub fn given(args: &Args) -> Option<&'static Param> {
    args.iter().map(|(param, _)| *param).find(|param| param.kind.is_identities())
}

/// Whether identities are to be read from standard input.
#[must_use]
pub(crate) fn from_input(args: &Args) -> bool {
    given(args).is_some_and(|param| args.texts(param) == [STDIN])
}

/// Puts exact identities in place of what was given.
pub fn put(args: &mut Args, identities: Vec<String>) {
    let Some(param) = given(args) else { return };
    args.replace(param, Argument::Set(Value::texts(identities)));
}

/// Puts entries of access lists, which a cmdlet with `-Instance` takes, in place of identities. False where the cmdlet
/// takes none, or the line says itself whose rights it is about.
pub(crate) fn put_entries(cmdlet: &Cmdlet, args: &mut Args, text: String) -> bool {
    let instance = (cmdlet.params)().into_iter().find(|param| param.name == entries::INSTANCE.name);
    let Some(instance) = instance.filter(|_| !args.has(&entries::USER.param) && !args.has(&entries::OWNER))
    else {
        return false;
    };
    args.take_back(|given| given.kind.is_identities());
    args.push(instance, Argument::Set(Value::Text(text)));
    true
}

/// Whether what was typed holds a word that may be several identities.
#[must_use]
pub fn is_open(args: &Args) -> bool {
    given(args).is_some_and(|param| args.texts(param).iter().any(|text| parts(text).is_some()))
}

/// The identities that a word may hold; a distinguished name is one, commas and all.
fn parts(word: &str) -> Option<Vec<String>> {
    words::parts(word).filter(|_| !identity::is_distinguished(word))
}

/// What was typed as exact identities: a word that is there as a whole stays one, any other is parted at its
/// commas.
///
/// # Errors
/// Exit 2 where a word is there as a whole and in its parts too.
pub fn settled(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Vec<String>, Problem> {
    let Some(param) = given(&call.args) else { return Ok(Vec::new()) };
    let mut settled = Vec::new();
    for word in call.args.texts(param) {
        let Some(parts) = parts(&word) else {
            settled.push(word);
            continue;
        };
        if !is_there(&word, call, draft)? {
            settled.extend(parts);
        } else if parts.len() > 1 && all_there(&parts, call, draft)? {
            return Err(either(param, &word, &parts));
        } else {
            settled.push(word);
        }
    }
    Ok(settled)
}

fn all_there(parts: &[String], call: &Call<'_>, draft: &mut Draft<'_>) -> Result<bool, Problem> {
    for part in parts {
        if !is_there(part, call, draft)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_there(text: &str, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<bool, Problem> {
    if call.cmdlet.noun == Server::NAME {
        return Ok(!identity::find_servers(text, draft)?.is_empty());
    }
    if let Some(part) = Part::named(call.cmdlet.noun) {
        return with_part!(part, is_member(text, call, draft));
    }
    Ok(!identity::find(text, call, draft)?.is_empty())
}

fn either(param: &Param, word: &str, parts: &[String]) -> Problem {
    let name = param.name;
    let message = format!("parameter {name}: `{word}` is one name and a list of names, and there are both");
    let typed = |texts: &[String]| quote::bash(&quote::powershell_list(texts).replace('\'', "\""));
    Problem::new(Exit::NotUnderstood, message)
        .hint(format!("-{name} {} is the one, -{name} {} the list", typed(&[word.to_owned()]), typed(parts)))
        .about(name)
}
