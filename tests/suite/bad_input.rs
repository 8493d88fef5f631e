//! Input that nobody meant: one clear error, the right exit code, nothing changed, and never a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "tests write what the program reads")]

use std::path::Path;
use std::process::Output;

use exch::answer::Exit;
use exch::powershell::quote::Quoting;

use crate::host;
use crate::world::{Home, Ran};

/// A connector of an apostrophe that exists already: its hint is quoted for PowerShell where that is the shell.
#[test]
fn hints_are_quoted_for_the_shell() {
    let mut home = Home::new();
    assert_eq!(new(&home, "Ann's").exit, Exit::Done);
    let posix = new(&home, "Ann's").err;
    assert!(posix.contains(r"'HUB01\Ann'\''s'"), "{posix}");
    home.world.environment.quoting = Quoting::PowerShell;
    let powershell = new(&home, "Ann's").err;
    assert!(powershell.contains(r"'HUB01\Ann''s'"), "{powershell}");
}

/// A New- line that is whole but for its name.
fn new(home: &Home, name: &str) -> Ran {
    home.run([
        "new-receiveconnector",
        "-Name",
        name,
        "-Usage",
        "Custom",
        "-Bindings",
        "10.0.0.1:25",
        "-RemoteIPRanges",
        "10.1.0.0/16",
    ])
}

#[test]
fn names() {
    let home = Home::new();
    let long = "x".repeat(65);
    for name in
        [long.as_str(), "", " ", r"a\b", "tab\there", "line\nbreak", "null\0", "evil\u{202e}gnp", "\u{7}"]
    {
        let ran = new(&home, name);
        assert_eq!(ran.exit, Exit::Refused, "{name:?}: {}", ran.err);
        assert!(ran.err.contains("parameter Name") && ran.err.contains("hint: "), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
        assert!(ran.out.is_empty());
    }
    for name in ["a/b", "..", "CON", "Straße 🚀", &"x".repeat(64)] {
        assert_eq!(new(&Home::new(), name).exit, Exit::Done, "{name:?}");
    }
}

#[test]
fn long_arguments() {
    let home = Home::new();
    let long = "1".repeat(131_071);
    for words in [
        vec!["new-receiveconnector", "-Name", &long, "-Custom"],
        vec!["set-receiveconnector", &long, "-Enabled", "true"],
        vec!["set-receiveconnector", "Relay", "-MaxHopCount", &long],
        vec!["set-receiveconnector", "Relay", "-RemoteIPRanges", &long],
        vec![long.as_str()],
        vec!["get-receiveconnector", "-Property", &long],
    ] {
        let ran = home.run(&words);
        assert!(ran.exit != Exit::Fault && ran.err.len() < 4_000, "{} bytes", ran.err.len());
    }
}

#[test]
fn ten_megabytes() {
    let home = Home::new();
    let megabytes = "10.0.0.1,".repeat(10 << 20 >> 3);
    let ran = home.run(["set-receiveconnector", "Relay", "-RemoteIPRanges", &megabytes]);
    assert!(ran.exit != Exit::Done && ran.exit != Exit::Fault);
    assert!(ran.err.len() < 6_000, "{} bytes", ran.err.len());
}

/// A line that never ends, and one that is too long for an identity, are one error each.
#[test]
fn standard_input_without_end() {
    let mut home = Home::new();
    home.world.input = || Some(Box::new(std::io::repeat(b'x')));
    let ran = home.run(["get-receiveconnector", "-Identity", "-"]);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert!(ran.err.contains("line 1 of standard input goes past 64 MB"), "{}", ran.err);
    home.world.input = || Some(Box::new(std::io::Cursor::new("Relay\n".to_owned() + &"x".repeat(5_000))));
    let ran = home.run(["get-receiveconnector", "-Identity", "-"]);
    assert_eq!(ran.exit, Exit::NotUnderstood);
    assert!(
        ran.err.contains("line 2 of standard input is not an identity: it has 5000 bytes"),
        "{}",
        ran.err
    );
    // Nobody asked for it, so nobody reads it.
    assert_eq!(home.run(["get-receiveconnector"]).exit, Exit::Done);
}

#[test]
fn parameters() {
    let home = Home::new();
    home.done(["new-exchangeserver", "HUB01", "-Version", "2010"]);
    let set = |rest: &[&str]| {
        let words = ["set-receiveconnector", "Default HUB01"].iter().chain(rest);
        home.run(words)
    };
    for (rest, says) in [
        (&["-Foo", "1"][..], "A parameter cannot be found that matches parameter name 'Foo'"),
        (&["-Bannr", "220 x"], "did you mean -Banner?"),
        (&["-Max", "1"], "is ambiguous. Possible matches include: -MaxInboundConnection"),
        (&["-Banner", "220 a", "-banner", "220 b"], "parameter 'Banner' is specified more than once"),
        (
            &["-Banner", "220 a", "extra"],
            "A positional parameter cannot be found that accepts argument 'extra'",
        ),
        (
            &["-MaxHopCount"],
            "Missing an argument for parameter 'MaxHopCount'. Specify a parameter of type 'System.Int32' and try again",
        ),
        (&["-Enabled:"], "-Enabled:true or -Enabled:false"),
        (&["-RemoteIPRanges", "@{Add=10.0.0.1"], "Missing closing '}'"),
        (&["-RemoteIPRanges", "System.Collections.Hashtable"], "in quotes"),
        (&[], "there is nothing to set"),
    ] {
        let ran = set(rest);
        assert_eq!(ran.exit, Exit::NotUnderstood, "{rest:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{rest:?}: {}", ran.err);
        assert!(ran.err.contains("hint: "), "{rest:?}: {}", ran.err);
    }
}

#[test]
fn nothing_is_half_done() {
    let home = Home::new();
    assert_ne!(new(&home, "").exit, Exit::Done);
    assert!(!exists(&home.store()), "a refused first change made a store");
}

#[expect(clippy::disallowed_methods, reason = "looking for what must not be there")]
fn exists(path: &Path) -> bool {
    path.exists()
}

/// Runs the real program in a shell, with a data directory of its own.
fn shell(line: &str) -> Output {
    let data = host::tempdir().unwrap();
    host::command("sh", data.path()).args(["-c", line]).env("PATH", host::path()).output().unwrap()
}

#[test]
fn an_argument_that_is_no_text() {
    needs!("sh", cfg!(unix));
    let done = shell(r#"exch get-receiveconnector "$(printf 'a\377b')""#);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("is not UTF-8 text"));
}

#[test]
fn streams() {
    needs!("sh", cfg!(unix));
    let make = "exch new-exchangeserver HUB01 >/dev/null 2>&1; ";
    for (line, code) in [
        ("exch get-receiveconnector >/dev/full", 6),
        ("exch get-receiveconnector >&-", 0),
        ("exch get-receiveconnector nosuch 2>&-", 4),
        ("exch get-receiveconnector nosuch 2>/dev/full", 4),
        ("exch get-receiveconnector -o json | true; true", 0),
        ("exch get-receiveconnector </dev/null | head -c 1 >/dev/null", 0),
    ] {
        let done = shell(&format!("{make}{line}"));
        assert_eq!(done.status.code(), Some(code), "{line}: {}", String::from_utf8_lossy(&done.stderr));
        assert!(!String::from_utf8_lossy(&done.stderr).contains("panicked"), "{line}");
    }
}

/// A log that links name again, in a folder that leads back to itself too, counts once.
#[cfg(unix)]
#[test]
fn a_log_counts_once_under_however_many_names() {
    use std::os::unix::fs::symlink;
    let home = Home::new();
    let logs = home.store().join("../../logs/a");
    std::fs::create_dir_all(home.store()).unwrap();
    std::fs::create_dir_all(&logs).unwrap();
    std::fs::copy(crate::protocol_log::fixture("RECV2025012920-1.LOG"), logs.join("RECV2025012920-1.LOG"))
        .unwrap();
    symlink("RECV2025012920-1.LOG", logs.join("RECV2.LOG")).unwrap();
    symlink("../../logs", logs.join("again")).unwrap();
    let ran = home.run(["measure-protocollog", &logs.parent().unwrap().display().to_string()]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    assert!(ran.err.contains("1 file, "), "{}", ran.err);
}
