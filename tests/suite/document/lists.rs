//! Lists in every layout: elements come and go, and the layout stays.

use exch::connector::AuthMechanism;

use super::{edited, same};
use crate::outcome::Failed;

fn file(ranges: &str, auth: &str) -> String {
    format!(
        "Name = \"A\"\nFqdn = \"a.b\"\nServerRole = [\"Mailbox\"]\n\n[[ReceiveConnector]]\nName = \"X\"\nBindings = [\"10.0.0.5:25\"]\nRemoteIPRanges = {ranges} # ranges\nAuthMechanism = {auth}\n"
    )
}

/// A list before, the ranges it shall hold, and the list after.
const LAYOUTS: &[(&str, &str, &str)] = &[
    (r#"["10.0.0.1"]"#, "1 2", r#"["10.0.0.1", "10.0.0.2"]"#),
    (r#"["10.0.0.1",]"#, "1 2", r#"["10.0.0.1", "10.0.0.2",]"#),
    (r#"[ "10.0.0.1", "10.0.0.2" ]"#, "2", r#"[ "10.0.0.2" ]"#),
    (r#"[ "10.0.0.1", "10.0.0.2" ]"#, "1", r#"[ "10.0.0.1" ]"#),
    (r#"["10.0.0.1", "10.0.0.2", "10.0.0.3"]"#, "1 3", r#"["10.0.0.1", "10.0.0.3"]"#),
    (r#"["10.0.0.1", "10.0.0.2"]"#, "3 1 2", r#"["10.0.0.3", "10.0.0.1", "10.0.0.2"]"#),
    (r#"['10.0.0.1']"#, "1 2", r#"['10.0.0.1', '10.0.0.2']"#),
    (r#"["10.0.0.1"]"#, "9", r#"["10.0.0.9"]"#),
    (r#""10.0.0.1""#, "2", r#""10.0.0.2""#),
    (r#""10.0.0.1""#, "1 2", r#"["10.0.0.1", "10.0.0.2"]"#),
    (
        "[\n  \"10.0.0.1\",\n  \"10.0.0.2\"\n]",
        "1 2 3",
        "[\n  \"10.0.0.1\",\n  \"10.0.0.2\",\n  \"10.0.0.3\"\n]",
    ),
    (
        "[\n  \"10.0.0.1\",\n  \"10.0.0.2\",\n]",
        "1 2 3",
        "[\n  \"10.0.0.1\",\n  \"10.0.0.2\",\n  \"10.0.0.3\",\n]",
    ),
    (
        "[\n  \"10.0.0.1\",\n  \"10.0.0.2\",\n]",
        "0 1 2",
        "[\n  \"10.0.0.0\",\n  \"10.0.0.1\",\n  \"10.0.0.2\",\n]",
    ),
    ("[\n  \"10.0.0.1\"\n]", "1 2", "[\n  \"10.0.0.1\",\n  \"10.0.0.2\"\n]"),
    (
        "[ # all, by #, of them\n  # one\n  \"10.0.0.1\", # a, b\n  # two\n  \"10.0.0.2\", # c\n  # three\n  \"10.0.0.3\" # d\n  # end\n]",
        "1 3",
        "[ # all, by #, of them\n  # one\n  \"10.0.0.1\", # a, b\n  # two\n  # three\n  \"10.0.0.3\" # d\n  # end\n]",
    ),
    (
        "[ # all\n  # one\n  \"10.0.0.1\", # a, b\n  \"10.0.0.2\" # c\n  # end\n]",
        "0 1 2 3",
        "[ # all\n  \"10.0.0.0\",\n  # one\n  \"10.0.0.1\", # a, b\n  \"10.0.0.2\", # c\n  \"10.0.0.3\"\n  # end\n]",
    ),
    (
        "[\n  # one\n  \"10.0.0.1\", # a\n  # two\n  \"10.0.0.2\", # b\n]",
        "1",
        "[\n  # one\n  \"10.0.0.1\", # a\n  # two\n]",
    ),
    (
        "[\n  # one\n  \"10.0.0.1\", # a\n  \"10.0.0.2\", # b\n]",
        "1 7",
        "[\n  # one\n  \"10.0.0.1\", # a\n  \"10.0.0.7\",\n]",
    ),
    (
        "[\n  \"10.0.0.1\", \"10.0.0.2\",\n  \"10.0.0.3\", \"10.0.0.4\",\n]",
        "1 3 4 5",
        "[\n  \"10.0.0.1\",\n  \"10.0.0.3\", \"10.0.0.4\", \"10.0.0.5\",\n]",
    ),
    (
        "[\n  \"10.0.0.1\", \"10.0.0.2\",\n  \"10.0.0.3\", \"10.0.0.4\",\n]",
        "2 4",
        "[\n  \"10.0.0.2\",\n  \"10.0.0.4\",\n]",
    ),
    ("[\"10.0.0.1\",\n \"10.0.0.2\"]", "1 2 3", "[\"10.0.0.1\",\n \"10.0.0.2\",\n \"10.0.0.3\"]"),
    ("[\"10.0.0.1\",\n \"10.0.0.2\"]", "0 1 2", "[\"10.0.0.0\",\n \"10.0.0.1\",\n \"10.0.0.2\"]"),
    ("[\"10.0.0.1\", # a\n \"10.0.0.2\"]", "1", "[\"10.0.0.1\" # a\n]"),
    (
        "[\n  \"10.0.0.1\",\n\n  \"10.0.0.2\",\n  \"10.0.0.3\",\n]",
        "1 3",
        "[\n  \"10.0.0.1\",\n\n  \"10.0.0.3\",\n]",
    ),
    (
        "[\n  \"10.0.0.1\" # a\n  , \"10.0.0.2\" # b\n]",
        "1 2 3",
        "[\n  \"10.0.0.1\" # a\n  , \"10.0.0.2\", # b\n \"10.0.0.3\"\n]",
    ),
];

#[test]
fn list_layouts() -> Result<(), Failed> {
    for (before, wanted, after) in LAYOUTS {
        for eol in ["\n", "\r\n"] {
            let lay = |list: &str| file(list, "[]").replace('\n', eol);
            let new = edited(&lay(before), |host| {
                let ranges = wanted.split(' ').filter_map(|n| format!("10.0.0.{n}").parse().ok());
                if let Some(c) = host.connectors.first_mut() {
                    c.remote_ip_ranges = ranges.collect();
                }
            })?;
            same(&new, &lay(after))?;
        }
    }
    Ok(())
}

#[test]
fn flags() -> Result<(), Failed> {
    use AuthMechanism::{BasicAuth, Integrated, Tls};
    let cases = [
        (r#"["Tls", "BasicAuth"]"#, Tls | Integrated | BasicAuth, r#"["Tls", "Integrated", "BasicAuth"]"#),
        (r#"["BasicAuth", "Tls"]"#, Tls | Integrated | BasicAuth, r#"["BasicAuth", "Tls", "Integrated"]"#),
        (r#"["Tls", "basicauth"]"#, BasicAuth.into(), r#"["basicauth"]"#),
        (r#"["Tls, Integrated", "BasicAuth"]"#, Tls | Integrated, r#"["Tls, Integrated"]"#),
        (r#"["Tls, Integrated", "BasicAuth"]"#, Tls | BasicAuth, r#"["Tls", "BasicAuth"]"#),
        (r#""Tls, Integrated""#, Tls.into(), r#""Tls""#),
        (r#"'Tls'"#, Tls | BasicAuth, r#"'Tls, BasicAuth'"#),
        (r#"["None"]"#, Tls.into(), r#"["Tls"]"#),
        ("[]", Tls.into(), r#"["Tls"]"#),
        (r#"["Tls"]"#, enumset::EnumSet::empty(), r#"["None"]"#),
        ("[ # none yet\n]", Tls | BasicAuth, "[ # none yet\n    \"Tls\",\n    \"BasicAuth\",\n]"),
    ];
    for (before, wanted, after) in cases {
        let new = edited(&file(r#"["10.0.0.1"]"#, before), |host| {
            if let Some(c) = host.connectors.first_mut() {
                c.auth = wanted;
            }
        })?;
        same(&new, &file(r#"["10.0.0.1"]"#, after))?;
    }
    Ok(())
}

#[test]
fn outgrown() -> Result<(), Failed> {
    let new = edited(&file(r#"["10.0.0.1"]"#, "[]"), |host| {
        if let Some(c) = host.connectors.first_mut() {
            c.remote_ip_ranges.extend((2..10).filter_map(|n| format!("10.0.0.{n}").parse().ok()));
        }
    })?;
    let lines: String = (1..10).map(|n| format!("    \"10.0.0.{n}\",\n")).collect();
    same(&new, &file(&format!("[\n{lines}]"), "[]"))
}
