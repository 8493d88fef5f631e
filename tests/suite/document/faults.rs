//! What is wrong, and the line and column of it.

use exch::server::Directory;
use exch::store::document::{DocumentError, Fault, edit_directory, new_directory, read_directory, read_host};

use super::{FILE, ensure, same};
use crate::outcome::Failed;

const SERVER: &str = "Name = \"A\"\nFqdn = \"a.b\"\nServerRole = [\"Mailbox\"]\n";
const CONNECTOR: &str =
    "[[ReceiveConnector]]\nName = \"X\"\nBindings = [\"10.0.0.5:25\"]\nRemoteIPRanges = [\"10.0.0.1\"]\n";

fn faults(text: impl AsRef<[u8]>) -> Result<Vec<Fault>, Failed> {
    match read_host(text, FILE) {
        Err(DocumentError::Broken(faults)) => Ok(faults),
        other => Err(format!("{other:?}").into()),
    }
}

/// The text after a whole server and connector, where its fault is, and a word of message or hint.
const PLACES: &[(&str, (usize, usize), &str)] = &[
    ("MaxHopCount = 501\n", (8, 15), "maximum allowed range of 500"),
    ("  MaxHopCount = [1]\n", (8, 17), "takes an integer"),
    ("maxhopcount = 5\n", (8, 1), "matched exactly"),
    ("MaxHopCont = 5\n", (8, 1), "write MaxHopCount"),
    ("Identity = 'A\\X'\n", (8, 1), "computed"),
    ("Zzz = 1\n", (8, 1), "not a property"),
    ("Enabled = yes\n", (8, 11), ""),
    ("Enabled = 1.5\n", (8, 11), "takes true or false"),
    ("ConnectionTimeout = 600\n", (8, 21), "00:10:00"),
    ("AuthMechanism = [\"Tls\", \"Tsl\"]\n", (8, 25), "Unable to match"),
    ("AuthMechanism = [\"Tls\", 5]\n", (8, 25), "strings"),
    ("# café 🛂\n'Banner' = \"HELO\"\n", (9, 1), "220"),
    ("Comment = \"é\" x\n", (8, 15), ""),
    ("WhenCreated = 2026-01-31T12:00:00\n", (8, 15), "without an offset"),
    ("WhenCreated = 2026-01-31\n", (8, 15), "offset"),
    ("Banner.Text = 1\n", (8, 1), "dotted"),
    ("Name = \"Y\"\n", (8, 1), "duplicate"),
    ("SuppressXAnonymousTls = true\n", (8, 1), "UseDowngraded"),
    ("ExtendedProtectionTlsTerminatedAtProxy = false\n", (8, 1), "does not exist in Exchange 2019"),
    ("RequireTLS = true\n", (8, 1), "needs Tls"),
    (
        "[[ReceiveConnector.ADPermission]]\nUser = 'A\\b'\nExtendedRights = [\"ms-Exch-SMTP-Submt\"]\n",
        (10, 19),
        "write ms-Exch-SMTP-Submit",
    ),
    ("[[ReceiveConnector.ADPermission]]\nUser = 'A\\b'\n", (8, 1), "ExtendedRights is missing"),
    ("[[ReceiveConnector.ADPermission]]\nUsr = 'A\\b'\n", (8, 1), "User is missing"),
    ("[ReceiveConnector.ADPermission]\nUser = 'A\\b'\n", (8, 19), "list of tables"),
    ("ADPermission.User = 'x'\n", (8, 1), "list of tables"),
    ("[Other]\n", (8, 2), "not a property"),
    (
        "[[ReceiveConnector]]\nName = \"x\"\nBindings = [\"10.0.0.5:26\"]\nRemoteIPRanges = [\"10.0.0.1\"]\n",
        (9, 1),
        "two connectors",
    ),
    (
        "[[ReceiveConnector]]\nName = \"Y\"\nBindings = [\"10.0.0.5:25\"]\nRemoteIPRanges = [\"10.0.0.1\"]\n",
        (6, 1),
        "conflict",
    ),
    (
        "[[ReceiveConnector]]\nName = \"Y\"\nBindings = []\nRemoteIPRanges = [\"10.0.0.1\"]\n",
        (10, 1),
        "is empty",
    ),
    (
        "[[ReceiveConnector]]\nName = \"Y\"\nBindings = [\"10.0.0.5:26\"]\n",
        (8, 1),
        "RemoteIPRanges is missing",
    ),
    (
        "[[ReceiveConnector]]\nBindings = [\"10.0.0.5:26\"]\nRemoteIPRanges = [\"10.0.0.1\"]\n",
        (8, 1),
        "Name is missing",
    ),
    (
        "Guid = 'aaaaaaaa-0000-4000-8000-000000000001'\n[[ReceiveConnector]]\nName = \"Y\"\nGuid = 'aaaaaaaa-0000-4000-8000-000000000001'\nBindings = [\"10.0.0.5:26\"]\nRemoteIPRanges = [\"10.0.0.1\"]\n",
        (11, 1),
        "of its own",
    ),
];

#[test]
fn fault_places() -> Result<(), Failed> {
    for (more, place, word) in PLACES {
        for eol in ["\n", "\r\n"] {
            let text = format!("\u{feff}{SERVER}{CONNECTOR}{more}").replace('\n', eol);
            let found = faults(&text).map_err(|e| format!("{more}: {e:?}"))?;
            let said =
                |f: &Fault| f.message.contains(word) || f.hint.as_deref().is_some_and(|h| h.contains(word));
            let there = |f: &Fault| (f.line, f.column) == *place && said(f) && f.file == FILE;
            ensure(found.iter().any(there), format!("{more}: {found:?}"))?;
        }
    }
    let heads: &[(&str, (usize, usize), &str)] = &[
        ("\nFqdn = \"a.b\"\nServerRole = \"Mailbox\"\n", (2, 1), "Name is missing"),
        ("# x\nName = \"A\"\nServerRole = \"Mailbox\"\n", (2, 1), "Fqdn of the server"),
        ("Name = \"A\"\nFqdn = \"a.b\"\n", (1, 1), "at least one role"),
        ("Name = \"A\"\nFqdn = \"a.b\"\nServerRole = \"Hub\"\n", (3, 1), "no server role"),
        ("Name = \"A\"\nVersion = 2012\n", (2, 11), "2012"),
        ("ReceiveConnector = 5\n", (1, 1), "list of tables"),
        ("ReceiveConnector = [5]\n", (1, 21), "table"),
        ("", (1, 1), "Name is missing"),
    ];
    for (text, place, word) in heads {
        let found = faults(text)?;
        let there = |f: &Fault| (f.line, f.column) == *place && f.message.contains(word);
        ensure(found.iter().any(there), format!("{text}: {found:?}"))?;
    }
    Ok(())
}

#[test]
fn not_utf8() -> Result<(), Failed> {
    let found = faults(b"Name = \"A\"\n# caf\xe9\n")?;
    ensure(found.first().is_some_and(|f| (f.line, f.column) == (2, 6)), format!("{found:?}"))?;
    let found = faults(b"\xff\xfeN\0")?;
    ensure(
        found.first().and_then(|f| f.hint.as_deref()).is_some_and(|h| h.contains("UTF-16")),
        format!("{found:?}"),
    )
}

#[test]
fn schema() -> Result<(), Failed> {
    let newer = read_directory("schema = 2\nNew = {}\n", "exch.toml");
    let meant = DocumentError::Newer { file: "exch.toml".to_owned(), found: 2, known: 1 };
    ensure(newer == Err(meant), format!("{newer:?}"))?;
    let edited = edit_directory("schema = 2\n", "exch.toml", &Directory::new("A", "b.c"));
    ensure(matches!(edited, Err(DocumentError::Newer { .. })), format!("{edited:?}"))?;
    for (text, place) in [
        ("", (1, 1)),
        ("schema = 0\n", (1, 10)),
        ("\nschema = \"1\"\n", (2, 10)),
        ("schema = 1\nDomain = 5\n", (2, 10)),
    ] {
        match read_directory(text, "exch.toml") {
            Err(DocumentError::Broken(found)) => {
                ensure(found.first().is_some_and(|f| (f.line, f.column) == place), format!("{found:?}"))?;
            }
            other => return Err(format!("{text}: {other:?}").into()),
        }
    }
    Ok(())
}

#[test]
fn directory() -> Result<(), Failed> {
    let mut names = Directory::new("First Organization", "exlab.dom");
    let text = new_directory(&names);
    same(
        &text,
        "schema = 1\nOrganization = \"First Organization\"\nDomain = \"exlab.dom\"\nNetBiosDomain = \"EXLAB\"\n",
    )?;
    ensure(read_directory(&text, "exch.toml")? == names, "read back")?;
    same(&edit_directory(&text, "exch.toml", &names)?, &text)?;
    names.domain = "contoso.com".to_owned();
    same(&edit_directory(&text, "exch.toml", &names)?, &text.replace("exlab.dom", "contoso.com"))?;
    let short = "# ours\r\nschema = 1 # do not touch\r\nDomain = 'exlab.dom'";
    let names = read_directory(short, "exch.toml")?;
    ensure(names == Directory::new("First Organization", "exlab.dom"), format!("{names:?}"))?;
    let other = Directory { organization: "Contoso".to_owned(), domain: "contoso.com".to_owned(), ..names };
    let meant = "# ours\r\nschema = 1 # do not touch\r\nOrganization = \"Contoso\"\r\nDomain = 'contoso.com'\r\nNetBiosDomain = 'EXLAB'".replace("'EXLAB'", "\"EXLAB\"");
    same(&edit_directory(short, "exch.toml", &other)?, &meant)
}
