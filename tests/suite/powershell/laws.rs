//! Laws: what is printed reads back the same, and no words at all are a panic or read differently twice.

use exch::powershell::read::{command, line};
use exch::powershell::words::{Listed, boolean, flags, is_encoded_block, list, scalar, table_words, word};
use exch::powershell::{Element, Literal, number, quote};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::host;
use crate::outcome::Failed;

/// Text dense in what shells and PowerShell give a meaning.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9._:/-]{0,12}",
        "[-–—―'\"`$@{}()\\[\\],;|&<>#=%*?~!+\\\\ \t\r\n‘’‚‛“”„aéA0x.:🚀]{0,12}",
        any::<String>(),
    ]
}

/// Text that a POSIX shell needs in quotes.
fn in_quotes() -> impl Strategy<Value = String> {
    let with_mark = (text(), "[ '\"$*\\\\()\n é]", text());
    prop_oneof![
        1 => Just(String::new()),
        1 => text().prop_map(|text| format!("={text}")),
        8 => with_mark.prop_map(|(before, mark, after)| before + &mark + &after),
    ]
}

fn check<S: Strategy>(
    strategy: &S,
    law: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), Failed> {
    let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(strategy, law).map_err(|error| error.to_string().into())
}

/// The only argument of a line.
fn only(text: &str) -> Result<Literal, TestCaseError> {
    let mut elements = line(text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
    match (elements.pop(), elements.is_empty()) {
        (Some(Element::Argument(value)), true) => Ok(value.literal),
        other => Err(TestCaseError::fail(format!("{text}: {other:?}"))),
    }
}

/// The texts of a list, or the one text.
fn texts(literal: &Literal) -> Vec<String> {
    match literal {
        Literal::Text(text) => vec![text.text.clone()],
        Literal::List(values) => values.iter().flat_map(|value| texts(&value.literal)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn text_back() -> Result<(), Failed> {
    check(&text(), |text| {
        let read = only(&quote::powershell(&text))?;
        prop_assert!(matches!(&read, Literal::Text(back) if back.text == text), "{:?}", read);
        Ok(())
    })
}

#[test]
fn list_back() -> Result<(), Failed> {
    let lists = (prop::collection::vec(text(), 0..4), prop::collection::vec(text(), 0..4));
    check(&lists, |(add, remove)| {
        prop_assert_eq!(&texts(&only(&quote::powershell_list(&add))?), &add);
        let Literal::Table(entries) = only(&quote::powershell_edit(&add, &remove))? else {
            return Err(TestCaseError::fail("no table"));
        };
        for (key, half) in [("Add", &add), ("Remove", &remove)] {
            let entry = entries.iter().find(|entry| entry.key == key);
            prop_assert_eq!(&entry.map(|entry| texts(&entry.value.literal)).unwrap_or_default(), half);
        }
        Ok(())
    })
}

/// PowerShell hands a written list over cut at its blanks, which a line break is none of; elements without empty
/// ones read back.
#[test]
fn words_back() -> Result<(), Failed> {
    let element = "[a-z0-9'‘’“”\"`@{}();,#=.:-]{1,6}( [a-z'\"]{1,3})?";
    check(&prop::collection::vec(element, 2..4), |elements| {
        let printed = quote::powershell_list(&elements);
        let words: Vec<&str> = printed.split(' ').collect();
        let read = list(&words).map_err(|error| TestCaseError::fail(format!("{words:?}: {error}")))?;
        prop_assert_eq!(read.listed, Listed::Elements(elements));
        Ok(())
    })
}

#[test]
fn never_panics() -> Result<(), Failed> {
    let words = (prop::collection::vec(text(), 0..6), 0_usize..20);
    check(&words, |(words, from)| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let joined = words.join(" ");
        prop_assert_eq!(line(&joined), line(&joined));
        if let Err(error) = command(&joined, from) {
            prop_assert!(joined.get(error.span.range()).is_some());
        }
        prop_assert_eq!(list(&words), list(&words));
        prop_assert_eq!(flags(&words), flags(&words));
        let taken = scalar(&words).map(|read| read.taken);
        prop_assert!(taken.is_err() || taken.is_ok_and(|taken| (1..=words.len()).contains(&taken)));
        prop_assert!(table_words(&words).is_none_or(|taken| taken <= words.len()));
        for single in &words {
            prop_assert_eq!(word(single), word(single));
            prop_assert_eq!(boolean(single), boolean(single));
            prop_assert_eq!(number::number(single), number::number(single));
            is_encoded_block(single);
        }
        Ok(())
    })
}

/// A megabyte of anything is read or refused in one pass: what grew with the square would never end.
#[test]
fn long_text() -> Result<(), Failed> {
    for part in ["a,", "'", "\"", "a ", "$", "`", "@{a=1;", "#", "<#", "“", "-a:", ",", "x'"] {
        let long = part.repeat(1_000_000 / part.len());
        let _ = line(&long);
        let _ = list(&[&long]);
        let _ = scalar(&[&long, "x"]);
    }
    Ok(())
}

/// A word quoted for bash in a sentence becomes one that PowerShell reads as the same text.
#[test]
fn posix_line_back() -> Result<(), Failed> {
    check(&in_quotes(), |text| {
        let quoted = quote::bash(&text);
        prop_assert!(quoted.starts_with('\''), "{}", quoted);
        let read = only(&quote::powershell_line(&quoted))?;
        prop_assert!(matches!(&read, Literal::Text(back) if back.text == text), "{:?}", read);
        let within = quote::powershell_line(&format!("the server's line is exch get-x {quoted} -o list"));
        prop_assert_eq!(
            within,
            format!("the server's line is exch get-x {} -o list", quote::powershell_line(&quoted))
        );
        Ok(())
    })
}

#[test]
fn apostrophes_open_no_quote() -> Result<(), Failed> {
    let cases = [
        ("the server's own and the user's", "the server's own and the user's"),
        (r"exch get-receiveconnector 'HUB01\Relay'", r"exch get-receiveconnector 'HUB01\Relay'"),
        (r"exch remove-x 'HUB01\Ann'\''s' -Force", r"exch remove-x 'HUB01\Ann''s' -Force"),
        ("'open", "'open"),
    ];
    for (posix, wanted) in cases {
        let found = quote::powershell_line(posix);
        if found != wanted {
            return Err(format!("found {found}, wanted {wanted}").into());
        }
    }
    Ok(())
}

#[test]
fn bash_back() -> Result<(), Failed> {
    needs!("bash");
    let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
    let texts = prop::collection::vec(text().prop_map(|text| text.replace('\0', "")), 1..20);
    let home = host::tempdir()?;
    let law = |texts: Vec<String>| {
        let arguments: Vec<String> = texts.iter().map(|text| quote::bash(text)).collect();
        let script = format!("printf '%s\\0' {}", arguments.join(" "));
        let output = host::command("bash", home.path()).args(["-c", &script]).output();
        let printed = output.map_err(|error| TestCaseError::fail(error.to_string()))?.stdout;
        prop_assert_eq!(String::from_utf8_lossy(&printed), texts.join("\0") + "\0");
        Ok(())
    };
    TestRunner::new(config).run(&texts, law).map_err(|error| error.to_string().into())
}
