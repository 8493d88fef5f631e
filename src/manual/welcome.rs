//! The few lines that `exch` alone prints: what it is, the store in use, and what to type next. It never opens
//! a store; it is told how one looks.

use super::overview::{ABOUT, commands};
use super::text_layout::{Text, TextLayout};

/// The place that a command run here and now would use.
#[derive(Clone, Debug)]
pub struct StorePlace {
    /// The directory.
    pub path: String,
    /// What is there.
    pub state: StoreState,
}

/// How the store looks at a glance.
#[derive(Clone, Debug)]
pub enum StoreState {
    /// There is none yet.
    None,
    /// It can be read, and has so many servers.
    Sound(usize),
    /// It cannot be read, for this reason.
    Broken(String),
}

/// What a line to type does.
type Next = [(&'static str, &'static str); 3];

/// `exch` alone.
pub(super) fn welcome(store: Option<&StorePlace>, sheet: &TextLayout) -> String {
    let mut text = Text::new(sheet);
    for line in ABOUT {
        text.prose(0, line);
    }
    text.blank();
    let (says, next) = match store {
        Some(StorePlace { path, state }) => of_store(path, state),
        None => (vec!["Store: no place for one; -Store DIR or EXCH_STORE names it".to_owned()], &FRESH),
    };
    says.iter().for_each(|line| text.prose(0, line));
    text.blank();
    text.heading(0, "Next:");
    commands(&mut text, next);
    text.done()
}

fn of_store(path: &str, state: &StoreState) -> (Vec<String>, &'static Next) {
    match state {
        StoreState::None => (vec![format!("Store: none yet; the first change makes one in {path}")], &FRESH),
        StoreState::Sound(0) => (vec![format!("Store: {path}, without a server yet")], &FRESH),
        StoreState::Sound(1) => (vec![format!("Store: {path}, 1 server")], &USED),
        StoreState::Sound(servers) => (vec![format!("Store: {path}, {servers} servers")], &USED),
        StoreState::Broken(why) => {
            let whole = format!("It cannot be read: {why}");
            (vec![format!("Store: {path}"), whole], &BROKEN)
        }
    }
}

/// Where there are servers.
const USED: Next = [
    ("exch get-receiveconnector", "the connectors of every server"),
    ("exch get-storehistory", "who changed what"),
    ("exch --help", "every cmdlet"),
];

/// Before there is one.
const FRESH: Next = [
    ("exch new-exchangeserver HUB01", "a server with its default connectors"),
    ("exch get-help new-receiveconnector", "how to add a connector"),
    ("exch --help", "every cmdlet"),
];

/// Where the store is damaged.
const BROKEN: Next = [
    ("exch test-store", "everything that is wrong, each with its place"),
    ("exch restore-storerevision HEAD -WhatIf", "what bringing the last revision back would change"),
    ("exch get-help store", "how the store is kept"),
];
