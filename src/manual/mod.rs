//! Help from the rows: what the program is, and what each cmdlet takes.

use crate::cmdlet::{CMDLETS, Cmdlet};
use crate::param::Kind;

/// `exch --version`.
#[must_use]
pub fn version() -> String {
    format!("exch {} (schema {})\n", env!("CARGO_PKG_VERSION"), crate::store::document::SCHEMA)
}

/// `exch` alone and `exch --help`.
#[must_use]
pub fn overview() -> String {
    let mut text = String::from(
        "exch: Exchange Server's transport cmdlets over a versioned store of TOML files.\n\nusage: exch <Verb-Noun> [-Parameter value …]\n\n",
    );
    for cmdlet in CMDLETS {
        text.push_str(&format!("  {:<26} {}\n", cmdlet.name(), cmdlet.synopsis));
    }
    text.push_str("\n`exch <Verb-Noun> -?` lists a cmdlet's parameters.\n");
    text
}

/// `exch X -?`.
#[must_use]
pub fn cmdlet(cmdlet: &Cmdlet) -> String {
    let mut text = format!("{}\n    {}\n\nPARAMETERS\n", cmdlet.name(), cmdlet.synopsis);
    for param in cmdlet.all_params() {
        let value = match param.kind {
            Kind::Switch => String::new(),
            kind => format!(" {}", kind.example()),
        };
        text.push_str(&format!("    -{}{value}\n        {}\n", param.name, param.help));
    }
    text
}
