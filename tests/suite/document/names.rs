//! Server names as file names.

use exch::store::document::{file_name, server_name};
use proptest::prelude::*;

use super::{ensure, same};
use crate::outcome::Failed;

#[test]
fn file_names() -> Result<(), Failed> {
    let cases = [
        ("HUB01", "HUB01.toml"),
        ("WIN-CTD3L0RGEN4", "WIN-CTD3L0RGEN4.toml"),
        ("a/b\\c:d", "a%2Fb%5Cc%3Ad.toml"),
        ("..", "%2E%2E.toml"),
        (".git", "%2Egit.toml"),
        ("CON", "%43ON.toml"),
        ("nul.x", "%6Eul.x.toml"),
        ("Com1", "%43om1.toml"),
        ("COM10", "COM10.toml"),
        ("CONSOLE", "CONSOLE.toml"),
        ("x.", "x%2E.toml"),
        ("x ", "x%20.toml"),
        ("50%", "50%25.toml"),
        ("a\u{1}\u{85}", "a%01%C2%85.toml"),
        ("Zürich 1", "Zürich 1.toml"),
    ];
    for (name, file) in cases {
        same(&file_name(name), file)?;
        ensure(server_name(file).as_deref() == Some(name), file)?;
    }
    for file in ["HUB01", ".toml", ".x.toml", "a%2fb.toml", "%41.toml", "CON.toml", "%FF.toml", "x.toml.bak"]
    {
        ensure(server_name(file).is_none(), file)?;
    }
    Ok(())
}

#[test]
fn file_names_reversible() -> Result<(), Failed> {
    proptest!(|(name in "\\PC{1,20}|[ -~]{1,8}|[.][ -~]{0,3}|(?i:com)[0-9.]{1,3}")| {
        let file = file_name(&name);
        prop_assert!(!file.starts_with('.') && !file.contains(['/', '\\', ':']) && file.ends_with(".toml"));
        prop_assert_eq!(server_name(&file), Some(name));
    });
    Ok(())
}
