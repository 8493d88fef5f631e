//! The law of quoting: whatever the name, however its beginning is typed and wherever the shell begins to replace,
//! the line that results hands the name over. Names of three characters from those that mean something to shells.

use exch::cmdlet::CompletionCandidate;
use exch::front::complete;

const SPECIAL: &[char] = &['a', ' ', '\'', '"', '\\', '$', '!', ':', '=', '`', '~', '#', '*', 'ü'];

fn names() -> impl Iterator<Item = String> {
    let pairs = || SPECIAL.iter().flat_map(|one| SPECIAL.iter().map(move |two| (*one, *two)));
    pairs().flat_map(|(one, two)| ['x', '\\', ' '].map(|last| format!("N{one}{two}{last}")))
}

fn answered(words: &[&str], input: String, name: &str) -> Vec<String> {
    let words: Vec<_> =
        std::iter::once("complete-line").chain(words.iter().copied()).map(Into::into).collect();
    let text = complete::answer(&words, || input, &|_| vec![CompletionCandidate::whole(name, "")]);
    text.unwrap_or_default().lines().map(str::to_owned).collect()
}

/// The ways to type a text in bash: with backslashes, or in a quote that is still open.
fn typed(text: &str) -> [(Option<char>, String); 3] {
    let escaped = |some: &str| {
        text.chars().flat_map(|c| some.contains(c).then_some('\\').into_iter().chain([c])).collect::<String>()
    };
    let bare =
        text.chars().flat_map(|c| (!c.is_alphanumeric()).then_some('\\').into_iter().chain([c])).collect();
    let single = format!("'{}", text.replace('\'', r"'\''"));
    [(None, bare), (Some('\''), single), (Some('"'), format!("\"{}", escaped("$`\"\\")))]
}

/// The words as bash would hand them over; with no closing quote that bash itself puts there.
fn words_of(line: &str, open: Option<char>) -> Option<Vec<String>> {
    // A `!` is put outside of double quotes, where it means nothing to shlex.
    let closed = open.map(|quote| format!("{line}{quote}"));
    shlex::split(closed.as_deref().unwrap_or(line))
}

#[test]
fn in_bash_and_zsh_every_name_comes_through_every_quote() {
    for name in names() {
        for head in ["exch set-receiveconnector ", "exch set-receiveconnector -Identity:"] {
            for length in 0..=name.chars().count() {
                let begun: String = name.chars().take(length).collect();
                for (open, typed) in typed(&begun) {
                    one_posix(&name, head, open, &typed);
                }
            }
        }
    }
}

fn one_posix(name: &str, head: &str, open: Option<char>, typed: &str) {
    let before = format!("{head}{typed}");
    // The whole word; what follows the quote that is open; what follows a colon, as readline cuts.
    let word = before.rfind("-Identity:").unwrap_or(head.len());
    let mut starts = vec![(word, None)];
    let quote = |quote: char| (typed.rfind(quote).map(|at| head.len() + at + 1), Some(quote));
    match open.map(quote) {
        Some((Some(at), open)) => starts.push((at, open)),
        _ => starts.push((head.len(), None)),
    }
    for (start, closes) in starts {
        let replaced = &before[start..];
        let answer = answered(&["bash", &before, "", replaced, "80", "9"], String::new(), name);
        let spelled = answer.get(1).unwrap_or_else(|| panic!("{before}: nothing for {name:?}"));
        let line = format!("{}{spelled}", &before[..start]);
        let last = words_of(&line, closes).and_then(|words| words.last().cloned());
        let last = last.map(|word| word.trim_start_matches("-Identity:").to_owned());
        assert_eq!(last.as_deref(), Some(name), "{before} and TAB: {line}");
    }
}

#[test]
fn in_powershell_every_name_comes_through_every_quote() {
    for name in names() {
        for head in ["", "-Identity:", "-Identity "] {
            for (typed, length) in [("", 0), ("N", 1), ("'N", 2), ("\"N", 2), ("'", 1), ("\"", 1)] {
                let line = format!("exch set-receiveconnector {head}{typed}");
                let asked = serde_json::json!({"line": line, "cursor": line.chars().count()}).to_string();
                let answer = answered(&["pwsh"], asked, &name);
                let answer: serde_json::Value =
                    serde_json::from_str(answer.first().map_or("null", String::as_str)).expect("JSON");
                let text = answer["text"].as_str().expect("a text");
                let whole = format!("{}{text}", &line[..line.len() - length]);
                let read =
                    exch::powershell::read::line(&whole).unwrap_or_else(|why| panic!("{whole}: {why}"));
                let said = format!("{:?}", read.last());
                assert!(said.contains(&format!("text: {name:?}")), "{whole}: {said}");
            }
        }
    }
}
