//! A session as a file: remarks, commands, and what each printed.

use std::fmt;

use libtest_mimic::Failed;

use super::stage::{Answer, Stage};

/// A session, in order.
#[derive(Debug, PartialEq, Eq)]
pub struct Session(Vec<Part>);

#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// A line that is neither typed nor printed.
    Remark(String),
    /// A command, and all that came of it.
    Command { typed: String, printed: String },
}

const PROMPT: &str = "$ ";
/// How a command begins: the program, or what is piped into it.
const BEGINS: [&str; 2] = ["exch ", "printf "];

impl Session {
    /// Reads a session; a command that nobody blessed yet has printed nothing.
    pub fn read(text: &str) -> Result<Self, Failed> {
        let mut parts: Vec<Part> = Vec::new();
        let mut is_open = false;
        for line in text.lines() {
            let command = |typed: &&str| BEGINS.iter().any(|begins| typed.starts_with(begins));
            if let Some(typed) = line.strip_prefix(PROMPT).filter(command) {
                parts.push(Part::Command { typed: typed.to_owned(), printed: String::new() });
                is_open = true;
            } else if is_open && let Some(Part::Command { printed, .. }) = parts.last_mut() {
                printed.push_str(line);
                printed.push('\n');
                is_open = !line.starts_with("[exit ");
            } else {
                parts.push(Part::Remark(line.to_owned()));
            }
        }
        if parts.iter().all(|part| matches!(part, Part::Remark(_))) {
            return Err(format!("a session has lines that begin with `{PROMPT}{}`", BEGINS[0]).into());
        }
        Ok(Session(parts))
    }

    /// The same session as it goes on `stage`.
    pub fn play(&self, stage: &mut Stage) -> Result<Session, Failed> {
        let mut played = Vec::new();
        for part in &self.0 {
            played.push(match part {
                Part::Remark(line) => Part::Remark(line.clone()),
                Part::Command { typed, .. } => {
                    let printed = play_one(typed, stage).map_err(|why| -> Failed {
                        format!("{PROMPT}{typed}\n{}", why.message().unwrap_or_default()).into()
                    })?;
                    Part::Command { typed: typed.clone(), printed }
                }
            });
        }
        Ok(Session(played))
    }
}

fn play_one(typed: &str, stage: &mut Stage) -> Result<String, Failed> {
    let typed = stage.meant(typed)?;
    let mut stages = stages(&typed);
    let words = words(stages.pop().unwrap_or_default())?;
    let (files, head) = (stage.files()?, stage.revisions()?.len());
    let tries_only = words.iter().any(|word| word.eq_ignore_ascii_case("-WhatIf"));
    let (said, piped) = fed(&stages, stage)?;
    let Answer { exit, printed, .. } = stage.piped(words, piped)?;
    let printed = said + &printed;
    if tries_only || !matches!(exit, 0 | 3) {
        files.same(&stage.files()?)?;
        if stage.revisions()?.len() != head {
            return Err("nothing was to be changed, and a revision was made".into());
        }
    }
    Ok(format!("{printed}[exit {exit}]\n"))
}

/// The commands of a pipeline, the first without its `exch`.
fn stages(line: &str) -> Vec<&str> {
    line.split(" | ").map(|part| part.strip_prefix("exch ").unwrap_or(part)).collect()
}

/// What the commands before the last say on standard error, and hand over: `printf`, or the program itself.
fn fed(stages: &[&str], stage: &mut Stage) -> Result<(String, Option<Vec<u8>>), Failed> {
    let (mut said, mut piped) = (String::new(), None);
    for line in stages {
        if let Some(text) = line.strip_prefix("printf ") {
            let words = shlex::split(text).ok_or("a quote is open")?;
            piped = Some(escaped(words.first().map_or("", String::as_str)));
            continue;
        }
        let Answer { printed, out, .. } = stage.piped(words(line)?, piped.take())?;
        said.extend(printed.split_inclusive('\n').filter(|line| line.starts_with("! ")));
        piped = Some(out);
    }
    Ok((said, piped))
}

/// A text as printf writes it.
fn escaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match (byte, if byte == b'\\' { rest.next() } else { None }) {
            (b'\\', Some(b'n')) => bytes.push(b'\n'),
            (b'\\', Some(b'r')) => bytes.push(b'\r'),
            (b'\\', Some(b'x')) => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.extend(u8::from_str_radix(&digits, 16));
            }
            (b'\\', Some(other)) => bytes.push(other),
            (other, _) => bytes.push(other),
        }
    }
    bytes
}

/// The words that bash makes of a line. What bash would fill in has no place in a case.
fn words(line: &str) -> Result<Vec<String>, Failed> {
    let outside = line.split('\'').step_by(2).collect::<String>();
    if let Some(stray) = outside.chars().find(|c| matches!(c, '$' | '`' | ';' | '|' | '<' | '>')) {
        return Err(format!("bash would not hand over `{stray}`: put it in single quotes").into());
    }
    shlex::split(line).ok_or_else(|| "a quote is open".into())
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Remark(line) => writeln!(f, "{line}"),
            Part::Command { typed, printed } => write!(f, "{PROMPT}{typed}\n{printed}"),
        })
    }
}
