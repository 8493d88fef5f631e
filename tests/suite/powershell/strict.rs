//! Single points of the strict reader: places, sentences, and lines that files hold.

use exch::powershell::read::line;
use exch::powershell::{Element, Literal, Written};

use crate::outcome::Failed;

/// Text, what it is refused with, and the byte offset of the place.
const REFUSALS: &[(&str, &str, usize)] = &[
    ("Set-X Relay -Fqdn mail.contoso.com,", "Missing expression after ',' in pipeline element.", 35),
    ("Set-X Relay -Fqdn \"mail.contoso.com", "The string is missing the terminator: \".", 18),
    ("Set-X Relay -Fqdn 'mail.contoso.com\nGet-X", "The string is missing the terminator: '.", 18),
    ("Set-X -R @{Add='a'", "Missing closing '}' in statement block or type definition.", 11),
    ("Set-X -R (1,2", "Missing closing ')' in expression.", 13),
    ("Set-X -Enabled true)", "Unexpected token ')' in expression or statement.", 19),
    ("Set-X @{Add=\"a\";add=\"b\"}", "Duplicate keys 'add' are not allowed in hash literals.", 16),
    ("Set-X @{Add}", "Missing '=' operator after key in hash literal.", 11),
    ("Set-X @{Add=}", "Missing statement after '=' in hash literal.", 12),
    ("Set-X -Name:", "Parameter -Name: requires an argument.", 12),
    ("Set-X ()", "An expression was expected after '('.", 6),
    ("Set-X <# open", "The terminator '#>' is missing from the multiline comment.", 6),
    ("Set-X > a.txt", "a redirection is not read here", 6),
    ("Set-X 2>&1", "a redirection is not read here", 6),
    ("Set-X *>$null", "a redirection is not read here", 6),
    ("Set-X a>b", "a redirection is not read here", 7),
    (
        "Set-X @'a'@",
        "No characters are allowed after a here-string header but before the end of the line.",
        8,
    ),
    ("Set-X @'\na", "The string is missing the terminator: '@.", 6),
    ("Set-X @params", "only PowerShell can compute this", 6),
    ("Set-X { a }", "only PowerShell can compute this", 6),
    ("Set-X (hostname)", "only PowerShell can compute this", 7),
    ("Set-X 'a'.Length", "only PowerShell can compute this", 6),
    ("Set-X $true[0]", "only PowerShell can compute this", 6),
    ("Set-X @{Add=10.0.0.1}", "only PowerShell can compute this", 12),
    ("Set-X \"on $env:NAME\"", "only PowerShell can compute this", 10),
    ("Set-X a`\n -B", "the backtick at the end of the line is part of the word before it", 7),
    ("Set-X a && Set-Y", "a pipeline is not read here", 8),
    ("Set-X a &", "Missing argument in parameter list.", 8),
];

#[test]
fn refusals() -> Result<(), Failed> {
    for (text, sentence, place) in REFUSALS {
        let error = line(text).err().ok_or_else(|| format!("{text} was read"))?;
        assert_eq!((error.to_string().as_str(), error.span.start), (*sentence, *place), "{text}");
        assert!(error.span.end <= text.len() && text.is_char_boundary(error.span.end), "{text}");
    }
    Ok(())
}

/// The last argument of a line, as text.
fn last_text(text: &str) -> Result<(String, Written), Failed> {
    match line(text)?.pop() {
        Some(Element::Argument(value)) => match value.literal {
            Literal::Text(read) => Ok((read.text, read.written)),
            other => Err(format!("{text}: {other:?}").into()),
        },
        other => Err(format!("{text}: {other:?}").into()),
    }
}

#[test]
fn texts() -> Result<(), Failed> {
    for (text, read) in [
        ("S -C \"a`tb`\"c`'d`\\e\"", "a\tb\"c'd\\e"),
        ("S -C \"costs `$5\"", "costs $5"),
        ("S -C \"costs 5$\"", "costs 5$"),
        ("S -C a\"b c\"d", "ab cd"),
        ("S -C a`\"b", "a\"b"),
        ("S -C “a\"", "a"),
        ("S -C ‘it’’s’", "it’s"),
        ("S -C „low”", "low"),
        ("S -C \"a\"b", "b"),
        ("S Relay#1", "Relay#1"),
        ("S Relay #1", "Relay"),
        ("S <# the relay #> Relay", "Relay"),
        ("S -Name `\r\n  Relay", "Relay"),
        ("S -Name `\n  Relay ` \n", "Relay"),
        ("S -Identity : Relay", "Relay"),
        ("S -Name -5", "-5"),
        ("S -- -Name", "-Name"),
        ("S (36MB)", "37748736"),
        ("S (\n 'a' # why\n)", "a"),
        ("S \u{a0}Relay", "Relay"),
    ] {
        assert_eq!(last_text(text)?.0, read, "{text}");
    }
    Ok(())
}

#[test]
fn written() -> Result<(), Failed> {
    for (text, written) in [
        ("S 36MB", Written::Bare),
        ("S '36MB'", Written::Single),
        ("S \"36MB\"", Written::Double),
        ("S “36MB”", Written::Curly),
        ("S ‘36MB’", Written::Curly),
        ("S (36MB)", Written::Number),
        ("S --% 36MB", Written::Verbatim),
    ] {
        assert_eq!(last_text(text)?.1, written, "{text}");
    }
    Ok(())
}

/// A tree without places.
fn shape(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.text.clone(),
        Literal::List(values) => {
            format!("[{}]", values.iter().map(|value| shape(&value.literal)).collect::<Vec<_>>().join(" "))
        }
        Literal::Table(entries) => {
            let entries =
                entries.iter().map(|entry| format!("{}={}", entry.key, shape(&entry.value.literal)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Literal::Bool(value) => format!("${value}"),
        Literal::Null => "$null".to_owned(),
    }
}

#[test]
fn shapes() -> Result<(), Failed> {
    for (text, expected) in [
        ("S 0.0.0.0:25,\n  [::]:25", "[0.0.0.0:25 [::]:25]"),
        ("S @(\n  'a', # one\n  'b'  # two\n)", "[a b]"),
        ("S @('a'\n'b';'c')", "[a b c]"),
        ("S @()", "[]"),
        ("S @{Add='a'\nRemove='b'}", "{Add=a Remove=b}"),
        ("S @{ Add = 'a', 'b'; Remove = @('c') }", "{Add=[a b] Remove=[c]}"),
        ("S @{'+'=1KB;}", "{+=1024}"),
        ("S $TRUE,$False,$null", "[$true $false $null]"),
        ("S a, -b, (1,2)", "[a -b [1 2]]"),
    ] {
        let Some(Element::Argument(value)) = line(text)?.pop() else {
            return Err(format!("{text}: no argument").into());
        };
        assert_eq!(shape(&value.literal), expected, "{text}");
        assert_eq!(&text[value.span.range()], &text[2..], "{text}");
    }
    Ok(())
}

/// Brackets without end are refused, not followed.
#[test]
fn depth() -> Result<(), Failed> {
    for bracket in ["(", "@(", "@{a=", "("] {
        assert!(line(&format!("S {}", bracket.repeat(100_000))).is_err());
    }
    assert!(line(&format!("S {}1{}", "(".repeat(30), ")".repeat(30))).is_ok());
    Ok(())
}
