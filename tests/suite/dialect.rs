//! The judge: every line of the dialect fixture, from what bash and from what PowerShell 7 hand over, is read as
//! PowerShell reads it, or refused with what to type. It is never read as something else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
#![expect(clippy::print_stdout, reason = "the judge prints its table")]

use std::fs;
use std::path::Path;

use exch::answer::Exit;
use exch::cmdlet::{Args, CMDLETS, Cmdlet};
use exch::front::{Request, WorkingDirectory, read};
use exch::param::{Argument, Kind, Param, Value};
use serde_json::Value as Json;

use crate::world::Home;

#[test]
fn as_bash_hands_it_over() {
    judge("bash");
}

#[test]
fn as_pwsh_hands_it_over() {
    judge("pwsh");
}

/// Lines that are refused in PowerShell, and of which bash leaves nothing to refuse: `-Confirm` alone asks, so
/// nothing is changed that was not asked about.
const BASH_DROPS: &[&str] = &["Set-ReceiveConnector Relay -Confirm $false"];

/// What became of one line.
enum Verdict {
    Read,
    Refused,
    /// The shell left nothing to notice.
    Lost,
}

fn judge(shell: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dialect.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let (mut read, mut refused, mut lost, mut wrong) = (0, 0, 0, Vec::new());
    for line in text.lines() {
        let fact: Json = serde_json::from_str(line).unwrap();
        let Some(words) = fact.get(shell).and_then(Json::as_array) else { continue };
        let words: Vec<String> = words.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        if !CMDLETS.iter().any(|cmdlet| cmdlet.name().eq_ignore_ascii_case(&words[0])) {
            continue;
        }
        match verdict(&fact, &words, shell) {
            Ok(Verdict::Read) => read += 1,
            Ok(Verdict::Refused) => refused += 1,
            Ok(Verdict::Lost) => lost += 1,
            Err(why) => wrong.push(format!("{}\n    {words:?}\n    {why}", fact["line"].as_str().unwrap())),
        }
    }
    let lines = read + refused + lost + wrong.len();
    println!(
        "{shell}: {lines} lines, {read} read, {refused} refused, {lost} lost by the shell, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn verdict(fact: &Json, words: &[String], shell: &str) -> Result<Verdict, String> {
    let ours = fact.get("ours");
    let lost = ours
        .and_then(Json::as_str)
        .is_some_and(|ours| ours == "undetectable" || ours == format!("undetectable in {shell}"));
    let lost = lost || shell == "bash" && BASH_DROPS.contains(&fact["line"].as_str().unwrap_or_default());
    let expected = ours.filter(|ours| ours.is_array()).or_else(|| fact.get("reads"));
    match read(words, WorkingDirectory::NONE) {
        _ if lost => Ok(Verdict::Lost),
        Err(problem) if problem.hint.is_none() => Err(format!("refused without a hint: {}", problem.message)),
        Err(_) => Ok(Verdict::Refused),
        Ok(Request::Call { cmdlet, args, .. }) => {
            if ours.and_then(Json::as_str) == Some("refuse") {
                return Err("read, and should be refused".to_owned());
            }
            let expected = expected.and_then(Json::as_array).ok_or("PowerShell refuses it")?;
            match same(cmdlet, &args, expected) {
                Err(_) if lost_backslash(words, expected) => refused_with_backslash(words),
                other => other.map(|()| Verdict::Read),
            }
        }
        Ok(_) => Err("no call".to_owned()),
    }
}

/// Whether bash took a backslash that the line holds.
fn lost_backslash(words: &[String], expected: &[Json]) -> bool {
    let wanted = expected.iter().filter_map(|pair| pair.get(1)?.as_str()).filter(|text| text.contains('\\'));
    let mut wanted = wanted.map(|text| text.replace('\\', ""));
    wanted.any(|text| words.contains(&text))
}

/// Such an identity is found nowhere, such an account is nobody, and the answer says that the shell took the
/// backslash.
fn refused_with_backslash(words: &[String]) -> Result<Verdict, String> {
    let home = Home::new();
    home.done(["new-exchangeserver", "HUB01", "-Version", "2010"]);
    let ran = home.run(words);
    let described = ran.exit == Exit::NotFound && ran.err.contains(r"'HUB01\Default'")
        || ran.exit == Exit::Refused && ran.err.contains(r"-User 'CONTOSO\app1'");
    if described { Ok(Verdict::Refused) } else { Err(format!("not refused with the backslash: {}", ran.err)) }
}

/// Whether what was read is what is expected, pair by pair.
fn same(cmdlet: &'static Cmdlet, args: &Args, expected: &[Json]) -> Result<(), String> {
    let mut place = 0;
    for pair in expected {
        let pair = pair.as_array().ok_or("no pair")?;
        let param = match pair[0].as_str() {
            Some(name) => named(cmdlet, name)?,
            None => {
                place += 1;
                cmdlet.positional(place).ok_or_else(|| format!("place {place} is none"))?
            }
        };
        let wanted = argument(param, pair.get(1))?;
        let given = args.get(param).ok_or_else(|| format!("-{} is missing", param.name))?;
        if wanted.as_ref().is_some_and(|wanted| wanted != given) {
            return Err(format!("-{} is {given:?} and not {wanted:?}", param.name));
        }
    }
    if args.iter().count() == expected.len() { Ok(()) } else { Err("more or fewer parameters".to_owned()) }
}

fn named(cmdlet: &'static Cmdlet, name: &str) -> Result<&'static Param, String> {
    let params = cmdlet.all_params();
    let whole = params.iter().find(|p| p.name.eq_ignore_ascii_case(name));
    let begins = || params.iter().find(|p| p.name.to_lowercase().starts_with(&name.to_lowercase()));
    whole.or_else(begins).copied().ok_or_else(|| format!("-{name} is unknown"))
}

/// The expected value as the parameter's type; nothing where any value will do.
fn argument(param: &'static Param, value: Option<&Json>) -> Result<Option<Argument>, String> {
    let parse = |texts: &[String]| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        param.kind.parse_all(param.name, &texts).map_err(|finding| finding.message)
    };
    let list = |items: &Json| -> Vec<String> {
        items.as_array().map_or_else(|| vec![text(items)], |items| items.iter().map(text).collect())
    };
    Ok(Some(match value {
        None if matches!(param.kind, Kind::Switch) => Argument::Set(Value::Bool(true)),
        None => return Err(format!("-{} has no value", param.name)),
        Some(Json::Object(object)) if object.contains_key("expression") => return Ok(None),
        Some(Json::Object(object)) if object.contains_key("null") => match param.kind {
            Kind::List(_) => Argument::Set(Value::List(Vec::new())),
            _ => Argument::Set(Value::Null),
        },
        Some(Json::Object(object)) => {
            let table = object["hashtable"].as_object().unwrap();
            let half = |wanted: &str| -> Result<Vec<Value>, String> {
                let found = table.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted));
                found.map_or(Ok(Vec::new()), |(_, items)| parse(&list(items)).map(|value| value.elements()))
            };
            Argument::Edit { add: half("Add")?, remove: half("Remove")? }
        }
        Some(value) if param.kind.is_multivalued() => match text(value).strip_prefix("@{") {
            // A hashtable in quotes is the edit that it spells.
            Some(_) => return Ok(None),
            None => {
                let pieces: Vec<String> =
                    list(value).iter().flat_map(|t| t.split(',')).map(|t| t.trim().to_owned()).collect();
                Argument::Set(parse(&pieces)?)
            }
        },
        // What PowerShell computes out of parentheses is a list of one.
        Some(Json::Array(items)) if items.len() == 1 => Argument::Set(parse(&[text(&items[0])])?),
        Some(value) => Argument::Set(parse(&[text(value)])?),
    }))
}

fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
