//! Blocks of a desired state configuration: what is found, what is never closed, and that a text is read once.

use std::cell::Cell;

use exch::powershell::resource::{Block, Open, blocks};

const KIND: &str = "ExchReceiveConnector";

/// The blocks, and how often one was begun.
fn read(text: &str) -> (Result<Vec<Block>, Open>, usize) {
    let begun = Cell::new(0);
    let is_wanted = |kind: &str| {
        let wanted = kind == KIND;
        begun.set(begun.get() + usize::from(wanted));
        wanted
    };
    let found = blocks(text, is_wanted);
    (found, begun.get())
}

/// How many keys each block has, or what is never closed.
fn keys(text: &str) -> Result<Vec<usize>, String> {
    let found = read(text).0.map_err(|open| open.to_string())?;
    Ok(found.iter().map(|block| block.settings.len()).collect())
}

#[test]
fn names_and_texts_may_compute() {
    let block = "{ Identity = 'HUB01\\A'; MaxHopCount = 20 }\n";
    for before in [
        "ExchReceiveConnector A",
        "ExchReceiveConnector \"A_$(\"x\")_$Name\"",
        "ExchReceiveConnector 'it''s'",
        "$text = @'\nIt's {\n'@\nExchReceiveConnector A",
        "$text = @\"\nA \"quote\" of $(Get-Date) {\n\"@\nExchReceiveConnector A",
        "$a = \"$($b -replace '\"', '')\"\nExchReceiveConnector A",
        "$a = `\"\nExchReceiveConnector A",
        "Import-DscResource -Name ExchReceiveConnector\nExchReceiveConnector A",
        "class ExchReceiveConnector\n# <# {\nExchReceiveConnector A",
    ] {
        assert_eq!(keys(&format!("{before} {block}")), Ok(vec![2]), "{before}");
    }
    let inside =
        "ExchReceiveConnector A {\n Banner = @\"\n220 \"a\" $(b) }\n\"@\n Comment = 'c' + \"}\"\n}\n";
    assert_eq!(keys(inside), Ok(vec![2]));
}

#[test]
fn what_is_never_closed_is_refused_with_its_line() {
    let whole = "ExchReceiveConnector A { MaxHopCount = 20 }\n";
    for (text, what, line) in [
        ("ExchReceiveConnector B {\n MaxHopCount = 20\n", "block", 2),
        ("ExchReceiveConnector B {\n Banner = '220\n}\n", "block", 2),
        ("ExchReceiveConnector B {\n Banner = @'\n220\n}\n", "block", 2),
        ("ExchReceiveConnector B {\n # }\n", "block", 2),
        ("ExchReceiveConnector B {\n <# }\n", "block", 2),
        ("ExchReceiveConnector B {\n Entries = @(Pair\n{\n)\n", "block", 3),
        ("\n$a = 'text\n", "quote", 3),
        ("ExchReceiveConnector 'B { }\n", "quote", 2),
        ("\n<# text\n", "comment", 3),
    ] {
        let message = format!("the {what} that begins in line {line} is never closed");
        assert_eq!(keys(&format!("{whole}{text}")), Err(message), "{text}");
    }
}

/// Each block is begun once, and none is begun behind one that is never closed: the text is read once.
#[test]
fn a_block_is_begun_once() {
    for count in [1, 1_000] {
        let (found, begun) = read(&"ExchReceiveConnector a{".repeat(count));
        assert_eq!((found.map_err(|open| open.line), begun), (Err(1), 1));
        let (found, begun) = read(&"ExchReceiveConnector a{ b = c d{}}\n".repeat(count));
        assert_eq!((found.map(|found| found.len()), begun), (Ok(count), count));
    }
}

/// A text of 100 kB is read in no time; from each of its places anew, it would be gigabytes.
#[test]
fn any_text_is_read_once() {
    let bits = [
        "ExchReceiveConnector ",
        "ExchReceiveConnector 'a",
        "ExchReceiveConnector \"$(",
        "ExchReceiveConnector a{\nk = @(b c{",
        "ExchReceiveConnector a{}\n",
        "k = b c{}\n",
        "k = @(b c{} d\n",
        "k = 1,\n",
        "k = (\"$(",
        "@'\n",
        "@\"\n$(",
        "\"$(",
        "`\"",
        "'",
        "\"",
        "<#\n",
        "#",
        "(",
        "{",
        "}",
        "\n",
    ];
    for before in ["", "ExchReceiveConnector a{\n", "ExchReceiveConnector a{\nk = "] {
        for bit in bits {
            let text = format!("{before}{}", bit.repeat(100_000 / bit.len()));
            let (found, begun) = read(&text);
            assert!(found.is_err() || begun <= text.len() / KIND.len() + 1, "{bit}");
        }
    }
}
