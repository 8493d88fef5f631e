//! The reader of whole texts against what PowerShell's own parser made of 97 of them, and its laws.

use exch::powershell::lines::Lines;
use exch::powershell::read::command;
use exch::powershell::script::{Command, Script, script};
use exch::powershell::{Element, Literal, ReadError, Trouble, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value as Json, json};

use super::judge::{form, pairs};
use super::none_of;
use crate::outcome::Failed;

/// Texts that are read here on purpose otherwise than the fixture says, each with the reason.
const OURS: [(&str, &str); 1] = [(
    "$name = 'Relay'\nGet-ReceiveConnector $name",
    "a variable that is set once to a literal stands for that literal",
)];

fn fixture() -> Vec<Json> {
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/runbooks.jsonl"))
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line of the fixture is JSON"))
        .collect()
}

#[test]
fn reads_as_powershell() -> Result<(), Failed> {
    let rows = fixture();
    assert_eq!(rows.len(), 97);
    let ours = |row: &&Json| OURS.iter().any(|(text, _)| row["text"] == *text);
    assert_eq!(rows.iter().filter(ours).count(), OURS.len());
    let others = rows.iter().filter(|row| !ours(row));
    none_of(&others.filter_map(reads_alike).collect::<Vec<_>>())
}

/// What went wrong with one text of the fixture.
fn reads_alike(row: &Json) -> Option<String> {
    let text = row["text"].as_str().unwrap_or_default();
    let read = script(text);
    let wrong = |what: String| Some(format!("{text:?}\n  {what}"));
    if let Some(error) = row["error"].as_object() {
        return match read {
            Ok(read) => wrong(format!("is read as {read}")),
            Err(errors) => {
                let told: Vec<Json> = errors.iter().map(|error| told(text, error)).collect();
                let wanted = json!({"message": error["message"], "at": error["at"]});
                (told != [wanted.clone()]).then(|| format!("{text:?}\n  {told:?}\n  not {wanted}"))
            }
        };
    }
    if needs_powershell(row) {
        return match read {
            Ok(read) => wrong(format!("is read as {read}, though only PowerShell can run it")),
            Err(_) => None,
        };
    }
    if starts_line_with_pipe(text) {
        let newer = |error: &ReadError| matches!(error.trouble, Trouble::NewerShell(_));
        let refused = read.is_err_and(|errors| errors.iter().all(newer));
        return (!refused).then(|| format!("{text:?}\n  is read, though only PowerShell 7 reads it"));
    }
    match read {
        Ok(read) => {
            let (ours, theirs) = (statements(text, &read), theirs(text, row));
            (ours != theirs).then(|| format!("{text:?}\n  read {ours}\n  not  {theirs}"))
        }
        Err(errors) => wrong(format!("is refused: {errors:?}")),
    }
}

fn told(text: &str, error: &ReadError) -> Json {
    let at = Lines::new(text).position(error.span.start);
    json!({"message": error.to_string(), "at": [at.line, at.column]})
}

/// Whether a text holds what is not a line of cmdlets and literals.
fn needs_powershell(row: &Json) -> bool {
    let statements = row["statements"].as_array().into_iter().flatten();
    statements.into_iter().any(|statement| {
        let commands = statement["pipeline"].as_array().into_iter().flatten();
        let computed = commands.into_iter().any(|command| {
            command["reads"].to_string().contains("\"expression\"") || command["redirections"].is_array()
        });
        statement["other"].is_string() || computed
    })
}

/// Windows PowerShell, which the Exchange Management Shell is, ends the statement before such a line.
fn starts_line_with_pipe(text: &str) -> bool {
    text.lines().skip(1).any(|line| line.trim_start().starts_with('|'))
}

fn statements(text: &str, read: &Script) -> Json {
    let statement = |pipeline: &exch::powershell::script::Pipeline| {
        let at = Lines::new(text).position(pipeline.span.start);
        let input = pipeline.input.iter().map(|value| json!({"expression": &text[value.span.range()]}));
        let commands = pipeline.commands.iter().map(|command| one(text, command));
        json!({"at": [at.line, at.column], "pipeline": input.chain(commands).collect::<Vec<_>>()})
    };
    read.pipelines.iter().map(statement).collect()
}

/// A command in the fixture's form.
fn one(text: &str, command: &Command) -> Json {
    let named = command.elements.iter().cloned();
    json!({"cmdlet": command.name, "reads": pairs(text, named)})
}

/// The fixture's statements without the call operators, which are read over here.
fn theirs(_: &str, row: &Json) -> Json {
    let mut statements = row["statements"].clone();
    for statement in statements.as_array_mut().into_iter().flatten() {
        for command in statement["pipeline"].as_array_mut().into_iter().flatten() {
            command.as_object_mut().into_iter().for_each(|command| drop(command.remove("operator")));
        }
    }
    statements
}

/// The reads of a text's last command, in the fixture's form.
fn last(text: &str) -> Result<Vec<Json>, String> {
    let read = script(text).map_err(|errors| format!("{text}: {errors:?}"))?;
    let command = read.pipelines.last().and_then(|pipeline| pipeline.commands.last());
    Ok(pairs(text, command.into_iter().flat_map(|command| command.elements.clone())))
}

/// The troubles of a text, each with where it begins.
fn troubles(text: &str) -> Vec<(String, usize)> {
    let errors = script(text).err().unwrap_or_default();
    errors.iter().map(|error| (error.to_string(), error.span.start)).collect()
}

#[test]
fn variables() -> Result<(), Failed> {
    let reads = [
        ("$ips = '10.0.0.1','10.0.0.2'\nX -R $ips", json!([["R", ["10.0.0.1", "10.0.0.2"]]])),
        ("$a = 'x'; X \"on $a, ${a}b\"", json!([[null, "on x, xb"]])),
        ("$A = @('1','2'); X \"$a\"", json!([[null, "1 2"]])),
        ("$n = 36MB; X $n", json!([[null, "37748736"]])),
        ("$on = $true; X -E $on -C:$on", json!([["E", true], ["C", true]])),
        ("$p = @{Name='a'; Custom=$true}\nX @p -Y 1", json!([["Name", "a"], ["Custom", true], ["Y", "1"]])),
        ("$l = 'a','b'\nX @l", json!([[null, "a"], [null, "b"]])),
        ("$t = @'\nfirst\nsecond\n'@\nX $t", json!([[null, "first\nsecond"]])),
    ];
    for (text, wanted) in reads {
        assert_eq!(json!(last(text)?), wanted, "{text}");
    }
    let refused = [
        ("X $a", "no line above sets the variable $a", 2),
        ("X @a", "no line above sets the variable $a", 2),
        ("$a = 'x'\n$A = 'y'\nX $a", "the variable $A is set twice", 9),
        ("$a = 'x'\nX @a", "@a needs a variable that holds a hashtable @{…} or a list", 11),
        ("$a = Get-X", "only PowerShell can compute this", 5),
        ("$a = 1 + 2", "only PowerShell can compute this", 5),
        ("$env:a = 'x'", "only PowerShell can compute this", 0),
        ("X $env:a", "only PowerShell can compute this", 2),
        ("$a += 'x'", "no line above sets the variable $a", 0),
        ("'Relay'", "a value by itself does nothing", 0),
    ];
    for (text, sentence, at) in refused {
        assert_eq!(troubles(text), [(sentence.to_owned(), at)], "{text}");
    }
    Ok(())
}

#[test]
fn hidden_lines() -> Result<(), Failed> {
    let text =
        "#exch New-ExchangeServer HUB01 -Version 2010 # the hub\n  #EXCH Get-X\nX #exch Y\n#exchange\n";
    let read = script(text).map_err(|errors| format!("{errors:?}"))?;
    let told: Vec<(bool, &str)> =
        read.pipelines.iter().map(|pipeline| (pipeline.hidden, &text[pipeline.span.range()])).collect();
    assert_eq!(told, [(true, "New-ExchangeServer HUB01 -Version 2010"), (true, "Get-X"), (false, "X")]);
    // What is open at the end of such a line does not reach into the next.
    assert_eq!(troubles("#exch X 'a\nY 'b'").first().map(|(_, at)| *at), Some(8));
    Ok(())
}

#[test]
fn every_place_at_once() -> Result<(), Failed> {
    let text = "X $a\nif ($true) {\n  Y\n} else { Z }\nX (hostname) -B 'x\ny'\nX fine\nX a && X b\n";
    let told: Vec<(String, usize)> = troubles(text)
        .into_iter()
        .map(|(sentence, at)| (sentence, Lines::new(text).position(at).line))
        .collect();
    let wanted = [
        ("no line above sets the variable $a", 1),
        ("only PowerShell can run `if`", 2),
        ("only PowerShell can compute this", 5),
        (
            "`&&` is read here by PowerShell 7 alone, and the Exchange Management Shell is Windows PowerShell 5.1",
            8,
        ),
    ];
    assert_eq!(told, wanted.map(|(sentence, line)| (sentence.to_owned(), line)));
    Ok(())
}

/// A statement that is refused hides nothing of what follows it, and nothing in it is taken for a statement.
#[test]
fn skips_what_it_refuses() -> Result<(), Failed> {
    let texts = [
        "foreach ($s in 'a','b') {\n  X $s # }\n  Y \"}\"\n}\nX $late",
        "$x = Get-Y |\n  Where-Object { $_.Name -eq '}' }\nX $late",
        "try { X } catch { Y }\nfinally { Z }\nX $late",
        "X @\"\n$(hostname) }\n\"@\nX $late",
    ];
    for text in texts {
        let told = troubles(text);
        assert_eq!(told.len(), 2, "{text}\n{told:?}");
        assert_eq!(
            told.last().map(|(sentence, _)| sentence.as_str()),
            Some("no line above sets the variable $late")
        );
    }
    // A variable that was refused is not called unset as well.
    assert_eq!(troubles("$a = Get-X\nX $a").len(), 1);
    Ok(())
}

/// Texts of literals and of what means something to PowerShell.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "New-X ",
        "-Name ",
        "-B:",
        "'a b' ",
        "\"c`td\" ",
        "10.0.0.1,",
        "[::]:25 ",
        "@('x',2) ",
        "@{Add='y';b=1} ",
        "$true ",
        "$null ",
        "$a = 'x','y'\n",
        "$a ",
        "@a ",
        "\n",
        "\r\n",
        ";",
        "| ",
        "# c\n",
        "<# c #>",
        "`\n",
        "36MB ",
        "007 ",
        "#exch Y z\n",
        "-- ",
        "–Dash ",
        "‘it’’s’ ",
        "@'\nhere\n'@ ",
        "& 'Get-X' ",
        "if ($x) { Y } ",
        "--% ",
        "}",
        "(",
        "é ",
        "_",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..14).prop_map(|pieces| pieces.concat())
}

fn check(law: impl Fn(String) -> Result<(), TestCaseError>) -> Result<(), Failed> {
    let config = Config { cases: 3000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&text(), law).map_err(|error| error.to_string().into())
}

/// What was read is printed and read again the same, places and quotes aside.
#[test]
fn text_back() -> Result<(), Failed> {
    check(|text| {
        let Ok(read) = script(&text) else { return Ok(()) };
        let printed = read.to_string();
        let again = script(&printed)
            .map_err(|errors| TestCaseError::fail(format!("{text:?}\n{printed:?}\n{errors:?}")))?;
        prop_assert_eq!(plain(&read), plain(&again), "{:?}\n{:?}", text, printed);
        Ok(())
    })
}

/// A script without its places.
fn plain(read: &Script) -> Json {
    let pipelines = read.pipelines.iter().map(|pipeline| {
        let commands = pipeline.commands.iter().map(|command| {
            let elements: Vec<Json> = command.elements.iter().map(element).collect();
            json!([command.name, elements])
        });
        json!({
            "hidden": pipeline.hidden,
            "input": pipeline.input.as_ref().map(literal),
            "commands": commands.collect::<Vec<_>>(),
        })
    });
    pipelines.collect()
}

fn element(element: &Element) -> Json {
    match element {
        Element::Parameter { name, attached, .. } => json!([name, attached.as_ref().map(literal)]),
        Element::EndOfParameters(_) => json!("--"),
        Element::Argument(value) => literal(value),
    }
}

fn literal(value: &Value) -> Json {
    match &value.literal {
        Literal::Table(entries) => {
            let entries = entries.iter().map(|entry| json!([entry.key, literal(&entry.value)]));
            json!({"table": entries.collect::<Vec<_>>()})
        }
        Literal::List(values) => json!({"list": values.iter().map(literal).collect::<Vec<_>>()}),
        _ => form(
            "",
            &Value { span: exch::powershell::Span { start: 0, end: 0 }, literal: value.literal.clone() },
        ),
    }
}

/// No text is a panic, and every error lies in the text.
#[test]
fn never_panics() -> Result<(), Failed> {
    check(|text| {
        for error in script(&text).err().unwrap_or_default() {
            prop_assert!(text.get(error.span.range()).is_some(), "{:?}: {:?}", text, error);
        }
        let _ = command(&text, 0);
        Ok(())
    })
}
