//! The readers of words, one small table each.

use exch::powershell::number::number;
use exch::powershell::words::{
    Listed, Notice, Word, boolean, flags, is_encoded_block, list, names, parts, scalar, table_words, word,
};

use crate::outcome::Failed;

#[test]
fn parameters() -> Result<(), Failed> {
    for (text, name, attached, long) in [
        ("-Name", "Name", None, false),
        ("--Name=Test", "Name", Some("Test"), false),
        ("--remote-ip-ranges", "remoteipranges", None, false),
        ("-Name:a=b", "Name", Some("a=b"), false),
        ("-Enabled:", "Enabled", Some(""), false),
        ("–Name", "Name", None, true),
        ("―Usage", "Usage", None, true),
        ("—Name:x", "Name", Some("x"), true),
        ("-?", "?", None, false),
        ("-Comment:a b", "Comment", Some("a b"), false),
    ] {
        let notice = long.then_some(Notice::LongDash);
        assert_eq!(word(text), Word::Parameter { name: name.into(), attached, notice }, "{text}");
    }
    assert_eq!(word("--"), Word::EndOfParameters);
    assert_eq!(word("--%"), Word::StopParsing);
    for text in ["-", "–", "-5", "-.5", "", "a-b", "-a b", "- a", "---x", "-it's"] {
        assert_eq!(word(text), Word::Value, "{text}");
    }
    Ok(())
}

fn elements(listed: Listed) -> String {
    match listed {
        Listed::Elements(elements) => elements.join("|"),
        Listed::Edit { add, remove } => format!("+{} -{}", add.join("|"), remove.join("|")),
        Listed::Null => "null".to_owned(),
    }
}

/// Words, how many a list in place takes, and what stands there: a word that is not in quotes is left open.
#[test]
fn several_names() -> Result<(), Failed> {
    for (words, taken, texts) in [
        (&["a"][..], 1, "a"),
        (&["a", "b"], 1, "a"),
        (&["a,b"], 1, "a,b"),
        (&["a,", "b", "c"], 2, "a|b"),
        (&["a", ",", "b", "c"], 3, "a|b"),
        (&["'a,b',", "c"], 2, "'a,b'|c"),
        (&["'Default", "HUB01','Client", "HUB01'", "c"], 3, "Default HUB01|Client HUB01"),
        (&["a,'b", "c'", "d"], 2, "a|b c"),
        (&["'tis", "b"], 1, "'tis"),
        (&["“Anonymous", "Relay”", "b"], 2, "Anonymous Relay"),
        (&["(old)"], 1, "(old)"),
        (&["a\"b"], 1, "a\"b"),
    ] {
        let read = names(words, true).map_err(|why| format!("{words:?}: {why}"))?;
        assert_eq!((read.taken, read.texts.join("|")), (taken, texts.to_owned()), "{words:?}");
    }
    for (word, held) in [
        ("a", None),
        ("a,b", Some("a|b")),
        ("'a','b'", Some("a|b")),
        ("'a,b'", Some("a,b")),
        ("a,'b c'", Some("a|b c")),
        ("Default HUB01,Client HUB01", Some("Default HUB01|Client HUB01")),
        ("a, b", None),
        ("a ,b", None),
        ("a,", None),
        ("a,,b", None),
    ] {
        assert_eq!(parts(word).map(|parts| parts.join("|")).as_deref(), held, "{word}");
    }
    assert!(names(&["@{Add='a'}"], true).is_err() && names(&["-", "a"], false).is_err());
    Ok(())
}

#[test]
fn lists() -> Result<(), Failed> {
    for (words, read) in [
        (&["a,b"][..], "a|b"),
        (&["a,", "b"], "a|b"),
        (&["a", ",b"], "a|b"),
        (&["a", ",", "b"], "a|b"),
        (&["a", "b"], "a|b"),
        (&["'a','b'"], "a|b"),
        (&["\"a\",", "'b',", "c"], "a|b|c"),
        (&["Tls, Integrated"], "Tls|Integrated"),
        (&["10.0.0.1 - 10.0.0.9"], "10.0.0.1 - 10.0.0.9"),
        (&["10.0.0.1 - 10.0.0.9", "x"], "10.0.0.1 - 10.0.0.9|x"),
        (&["'Tls','Integrated,", "BasicAuth'"], "Tls|Integrated, BasicAuth"),
        (&["'it''s',b"], "it's|b"),
        (&["o'brien@contoso.com,b"], "o'brien@contoso.com|b"),
        (&["“a”,", "“b", "c”"], "a|b c"),
        (&["$NULL"], "null"),
        (&["192.168.1.0(255.255.255.0),x"], "192.168.1.0(255.255.255.0)|x"),
        (&["SMTP:*;1"], "SMTP:*;1"),
        (&["a,\n  b"], "a|b"),
    ] {
        assert_eq!(elements(list(words)?.listed), read, "{words:?}");
    }
    assert_eq!(list(&["“a”"])?.notices, [Notice::CurlyQuotes]);
    assert_eq!(list(&["'a'"])?.notices, []);
    Ok(())
}

#[test]
fn flag_lists() -> Result<(), Failed> {
    assert_eq!(elements(flags(&["'Tls','Integrated,", "BasicAuth'"])?.listed), "Tls|Integrated|BasicAuth");
    assert!(flags(&["'Tls,,BasicAuth'"]).is_err());
    Ok(())
}

#[test]
fn edits() -> Result<(), Failed> {
    for (words, read) in [
        (&["@{Add=10.0.0.1}"][..], "+10.0.0.1 -"),
        (&["@{Add=\"a\",\"b\"; Remove='c'}"], "+a|b -c"),
        (&["@{Add=a,b; Remove=c}"], "+a|b -c"),
        (&["@{", "add", "=", "a", "}"], "+a -"),
        (&["@{REMOVE=a,", "b;}"], "+ -a|b"),
        (&["@{Add=@(\"a\",\"b\");Remove=('c')}"], "+a|b -c"),
        (&["@{Add=10.0.0.1 - 10.0.0.9}"], "+10.0.0.1 - 10.0.0.9 -"),
        (&["@{Add=\"a\"\nRemove=\"b\"}"], "+a -b"),
        (&["@{Add=“a”}"], "+a -"),
    ] {
        assert_eq!(elements(list(words)?.listed), read, "{words:?}");
    }
    assert_eq!(table_words(&["@{", "add", "=", "a", "}", "Relay"]), Some(5));
    assert_eq!(table_words(&["@{add=a", "b", "c"]), Some(3));
    assert_eq!(table_words(&["a"]), None);
    Ok(())
}

/// Words, and the beginning of what they are refused with.
const REFUSALS: &[(&[&str], &str)] = &[
    (&[], "no value"),
    (&[""], "an element of the list is empty"),
    (&["a", "", "b"], "an element of the list is empty"),
    (&["a,", "'',", "b"], "an element of the list is empty"),
    (&["a,"], "Missing expression after ','"),
    (&["a,,b"], "Missing expression after ','"),
    (&["a,", ",", "b"], "Missing expression after ','"),
    (&[",a"], "Missing argument in parameter list."),
    (&[","], "Missing argument in parameter list."),
    (&["a,$null"], "a list holds $null"),
    (&["a,$b"], "only PowerShell can compute `$b`"),
    (&["'a"], "The string is missing the terminator: '."),
    (&["'a'b"], "text follows a closing quote"),
    (&["a\"b\",c"], "a quote stands inside"),
    (&["a'b',c"], "a quote stands inside"),
    (&["10.0.0.1", "-", "10.0.0.9"], "a hyphen alone is not a range"),
    (&["System.Collections.Hashtable"], "PowerShell handed over the words"),
    (&["@{}"], "the edit @{} neither adds"),
    (&["@{Add=a"], "Missing closing '}'"),
    (&["@{"], "Missing closing '}'"),
    (&["@{+=a}"], "`+` is not a key"),
    (&["@{Add=a;add=b}"], "Duplicate keys 'add'"),
    (&["@{Add=a", "Remove=b}"], "a comma or a semicolon is missing"),
    (&["@{Add=a Remove=b}"], "a comma or a semicolon is missing"),
    (&["@{Add}"], "Missing '=' operator"),
    (&["@{Add=a}", "b"], "text follows the closing bracket"),
    (&["@Add=a", "@b"], "the shell expanded the braces"),
];

#[test]
fn refusals() -> Result<(), Failed> {
    for (words, sentence) in REFUSALS {
        let error = list(words).err().ok_or_else(|| format!("{words:?} was read"))?;
        assert!(error.to_string().starts_with(sentence), "{words:?}: {error}");
    }
    let hint = |words: &[&str]| list(words).err().and_then(|error| error.hint());
    assert_eq!(
        hint(&["10.0.0.1", "-", "10.0.0.9"]).as_deref(),
        Some("write 10.0.0.1-10.0.0.9, without spaces")
    );
    assert_eq!(hint(&["@{Add=10.0.0.1"]).as_deref(), Some("'@{Add=\"10.0.0.1\";Remove=\"…\"}'"));
    assert_eq!(hint(&["a,b,"]).as_deref(), Some("a,b"));
    Ok(())
}

#[test]
fn scalars() -> Result<(), Failed> {
    for (words, text, taken) in [
        (&["Te,st"][..], "Te,st", 1),
        (&["“Anonymous", "Relay”", "x"], "Anonymous Relay", 2),
        (&["‘it’’s’"], "it’s", 1),
        (&["say “hello”"], "say “hello”", 1),
        (&["'x'"], "'x'", 1),
        (&["36", "MB"], "36", 1),
        (&["007"], "007", 1),
        (&["It's a test"], "It's a test", 1),
        (&[""], "", 1),
    ] {
        let read = scalar(words)?;
        assert_eq!((read.value.as_deref(), read.taken), (Some(text), taken), "{words:?}");
    }
    assert_eq!(scalar(&["$null"])?.value, None);
    for words in [
        &[][..],
        &["'a','b'"],
        &["“a”,b"],
        &["a,", "b"],
        &["a", ",b"],
        &["“a"],
        &["“a”b"],
        &["System.Collections.Hashtable"],
        &["RwBlAHQALQBEAGEAdABlAA=="],
    ] {
        assert!(scalar(words).is_err(), "{words:?}");
    }
    assert!(!is_encoded_block("AnonymousRelay01") && !is_encoded_block("contoso.com"));
    Ok(())
}

#[test]
fn booleans() -> Result<(), Failed> {
    for text in ["$true", "TRUE", "1", "True"] {
        assert_eq!(boolean(text), Ok(true), "{text}");
    }
    for text in ["$FALSE", "false", "0"] {
        assert_eq!(boolean(text), Ok(false), "{text}");
    }
    for text in ["", " ", "yes", "$null", "2", "truee"] {
        let error = boolean(text).err().ok_or_else(|| format!("{text} was read"))?;
        assert!(error.hint("Enabled").starts_with("-Enabled:true"), "{text}");
    }
    Ok(())
}

#[test]
fn numbers() -> Result<(), Failed> {
    for (text, whole) in [
        ("36MB", 37_748_736),
        ("1.5GB", 1_610_612_736),
        (".5GB", 536_870_912),
        ("36.5mb", 38_273_024),
        ("0x10000", 65_536),
        ("0x1b", 27),
        ("0x10kb", 16_384),
        ("1e1", 10),
        ("5kb", 5_120),
        ("60l", 60),
        ("-1", -1),
        ("007", 7),
        ("12.50e2", 1250),
        ("0x100000000", 4_294_967_296),
        ("18446744073709551615", 18_446_744_073_709_551_615),
    ] {
        assert_eq!(number(text).and_then(|number| number.whole()), Some(whole), "{text}");
    }
    for text in
        ["", "-", ".", "MB", "1_000", "1,000", "10.0.0.1", "0x", "0xFFFFFFFF", "1e", "1e99999", "36 MB", "1x"]
    {
        assert_eq!(number(text), None, "{text}");
    }
    assert!(number("9".repeat(40).as_str()).is_none() && number("9999999999999999999999999999PB").is_none());
    assert_eq!(number("1.5").map(|number| (number.whole(), number.rounded())), Some((None, Some(2))));
    assert_eq!(number("-2.5").and_then(|number| number.rounded()), Some(-2));
    Ok(())
}
