//! `@FILE` in place of a list: its elements are the lines of a file, or with `@-` of standard input.

use super::expanded::WorkingDirectory;
use crate::answer::{Exit, Problem};
use crate::param::{Completes, Meant, Param, STDIN};

/// The file that a word names: what stands behind `@` and is no table or array of PowerShell.
pub fn path(param: &Param, word: &str) -> Option<String> {
    let path = word.strip_prefix('@').filter(|_| param.completes != Completes::File)?;
    let is_path = !path.is_empty() && !path.starts_with(['{', '(', '"', '\'']);
    is_path.then(|| path.to_owned())
}

/// The elements, where each `@FILE` is the lines of that file: blank ones and those that begin with `#` say nothing, and
/// neither does what follows a `#` after a space, but in names.
///
/// # Errors
/// Exit 2 where a file cannot be read or holds nothing, and what is wrong with a line, by its number.
pub fn elements(
    param: &'static Param,
    words: &[String],
    here: WorkingDirectory<'_>,
) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    for word in words {
        match path(param, word) {
            Some(path) => all.extend(lines(param, &path, here)?),
            None => all.push(word.clone()),
        }
    }
    Ok(all)
}

fn lines(param: &'static Param, path: &str, here: WorkingDirectory<'_>) -> Result<Vec<String>, Problem> {
    let what = if path == STDIN { "standard input".to_owned() } else { format!("the file `{path}`") };
    let text = (here.read)(path).map_err(|why| {
        Problem::new(Exit::NotUnderstood, format!("parameter {}: {what} cannot be read: {why}", param.name))
            .hint(format!(
                "-{} @FILE takes one value a line, @- standard input; -{0} {}",
                param.name,
                param.sample()
            ))
            .about(param.name)
    })?;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = value(param, line);
        if line.is_empty() {
            continue;
        }
        if let Err(finding) = param.kind.parse_all(param.name, &[line]) {
            let meant = match &finding.meant {
                Meant::Values(values) => Some(format!("write {} there", values.join(","))),
                Meant::Example(example) => Some(format!("write each as {example}")),
                Meant::Unknown | Meant::Answer(_) => None,
            };
            let problem = Problem::from(finding);
            let message = format!("line {} of {what}: {}", number + 1, problem.message);
            return Err(Problem { message, hint: meant.or(problem.hint), ..problem });
        }
        found.push(line.to_owned());
    }
    if found.is_empty() {
        return Err(Problem::new(
            Exit::NotUnderstood,
            format!("parameter {}: {what} holds no value", param.name),
        )
        .hint(format!("write one value a line; -{} '$null' in quotes empties a list", param.name))
        .about(param.name));
    }
    Ok(found)
}

/// What a line says.
fn value<'l>(param: &Param, line: &'l str) -> &'l str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    let comment = [" #", "\t#"].into_iter().filter_map(|mark| line.find(mark)).min();
    match comment.filter(|_| !param.kind.is_identities()) {
        Some(at) => line.get(..at).unwrap_or(line).trim_end(),
        None => line,
    }
}
