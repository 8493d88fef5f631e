//! The subscription file that the product carries from one side to the other: of its bytes the server's name is
//! read, and nothing else, since it holds a password.

use super::Args;
use crate::answer::Problem;
use crate::param::{Finding, Kind, Param, Verb, Version, param};

/// The file's bytes.
pub(super) static FILE_DATA: Param = param(
    "FileData",
    Kind::List(&Kind::Text),
    "The subscription file's bytes, of which the server's name is read",
)
.on(&[Verb::New])
.since(Version::V2010)
.secret();

const NAME: &str = "EdgeServerName";

/// The Edge Transport server that the file names.
///
/// # Errors
/// Exit 1 where no server's name is in it.
pub(super) fn server_name(args: &Args) -> Result<String, Problem> {
    let text = contents(&args.texts(&FILE_DATA));
    let named = text.split_once(&format!("<{NAME}>")).and_then(|(_, rest)| rest.split_once("</"));
    match named.map(|(name, _)| name.trim()).filter(|name| !name.is_empty()) {
        Some(name) => Ok(name.to_owned()),
        None => {
            let message = format!("parameter {}: what was given holds no {NAME}", FILE_DATA.name);
            Err(Finding::new("ES1", FILE_DATA.name, message)
                .hint("-Server EDGE01 names the server, and no file is needed")
                .into())
        }
    }
}

/// The bytes as PowerShell hands them over, one number a word, else the text itself. Two bytes a character, as
/// PowerShell writes files, are read too.
fn contents(words: &[String]) -> String {
    let bytes: Option<Vec<u8>> = words.iter().map(|word| word.parse().ok()).collect();
    match bytes {
        Some(bytes) => String::from_utf8_lossy(&bytes).replace('\0', ""),
        None => words.join(","),
    }
}
