//! The store whose names are completed: two servers, and names that every shell has to quote.

use std::path::PathBuf;

use exch::cmdlet::CompletionRequest;
use exch::front::complete;

use crate::world::Home;

/// Connectors on HUB01 beside its default ones.
pub const NAMES: &[&str] =
    &["Relay", "Relay: Internet", "Anonymous Relay", "It's here", "[odd] $x", "a!b\"c", "Müller, 2"];

/// A home with that store.
pub fn home() -> Home {
    let mut home = Home::new();
    home.world.environment.server = Some("HUB01".to_owned());
    for line in lines() {
        home.done(line);
    }
    home
}

/// The lines that make it.
pub fn lines() -> Vec<Vec<String>> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let server = |name| words(&["new-exchangeserver", name, "-Version", "2019", "-IPAddresses", "10.0.0.1"]);
    let mut lines = vec![server("HUB01"), server("HUB02")];
    for (name, last) in NAMES.iter().zip(1..) {
        let (binding, range) = (format!("10.0.0.1:{}", 3000 + last), format!("10.9.0.{last}"));
        let line = ["new-receiveconnector", name, "-Server", "HUB01", "-Bindings", &binding];
        lines.push([words(&line), words(&["-RemoteIPRanges", &range])].concat());
    }
    lines
}

/// What the program answers a script that hands over those words.
pub fn answered(home: &Home, words: &[&str], input: &str) -> String {
    let known = |asked: &CompletionRequest<'_>| exch::engine::known(&home.world, asked);
    let words: Vec<_> =
        std::iter::once("complete-line").chain(words.iter().copied()).map(Into::into).collect();
    complete::answer(&words, || input.to_owned(), &known).unwrap_or_default()
}

/// A golden file of completion.
pub fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/completion").join(name)
}

/// Compares with a golden file, or writes it.
#[expect(clippy::disallowed_methods, reason = "tests read and bless golden files")]
pub fn compare(name: &str, text: &str) {
    if crate::host::blesses() {
        std::fs::write(golden(name), text).expect("written");
        return;
    }
    let kept = std::fs::read_to_string(golden(name)).unwrap_or_default();
    assert!(kept == text, "{name} differs; it would be:\n{text}");
}
