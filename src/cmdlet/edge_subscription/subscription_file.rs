//! The subscription file that the product carries from one side to the other: of its bytes the server's name is
//! read, and nothing else, since it holds a password.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::param::{Completes, Finding, Kind, Param, Rule, Verb, Version, param};
use crate::text::decode;

/// The file's bytes.
pub(in crate::cmdlet) static FILE_DATA: Param = param(
    "FileData",
    Kind::List(&Kind::Text),
    "The subscription file's path or bytes, of which the server's name is read",
)
.on(&[Verb::New])
.since(Version::V2010)
.completes(Completes::File)
.secret();

const NAME: &str = "EdgeServerName";

/// The Edge Transport server that the file names.
///
/// # Errors
/// Exit 1 where the file cannot be read, or no server's name is in it.
pub(in crate::cmdlet) fn server_name(call: &Call<'_>) -> Result<String, Problem> {
    let text = contents(&call.args.texts(&FILE_DATA), call)?;
    let named = text.split_once(&format!("<{NAME}>")).and_then(|(_, rest)| rest.split_once("</"));
    match named.map(|(name, _)| name.trim()).filter(|name| !name.is_empty()) {
        Some(name) => Ok(name.to_owned()),
        None => Err(refused(format!("what was given holds no {NAME}"))),
    }
}

/// The bytes as PowerShell hands them over, one number a word; else the text itself, or the file of that path.
fn contents(words: &[String], call: &Call<'_>) -> Result<String, Problem> {
    let numbers: Option<Vec<u8>> = words.iter().map(|word| word.parse::<u8>().ok()).collect();
    match (numbers, words) {
        (Some(bytes), _) => Ok(text(&bytes)),
        (None, [path]) if !path.contains('<') => match (call.context.read_file)(path) {
            Ok(bytes) => Ok(text(&bytes)),
            Err(why) => {
                Err(refused(format!("the file `{path}` cannot be read: {}", why.kind())).because(why))
            }
        },
        (None, words) => Ok(words.join(",")),
    }
}

/// The text, whatever is broken in it: of all that a file may hold, the server's name alone is looked for.
fn text(bytes: &[u8]) -> String {
    decode(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

fn refused(why: String) -> Problem {
    Finding::of(Rule::ES1, FILE_DATA.name, why)
        .hint("-Server EDGE01 names the server, and no file is needed")
        .into()
}
