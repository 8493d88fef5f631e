//! Receive protocol logs of Exchange Server: bytes to lines, lines to sessions, sessions to facts.
//!
//! Pure and streaming: it takes a reader and gives sessions as they end. It knows no store, no connector and no file
//! system. The format is described in docs/protocol-logs.md; points that published samples disagree on are noted where
//! they are read.

mod anonymize;
mod assembly;
mod columns;
mod event;
mod facts;
mod join;
mod keywords;
mod line;
mod lines;
mod mentions;
mod pairing;
mod pseudonyms;
mod reader;
mod sentence;
mod service;
mod session;
mod time;
mod unpack;
mod vocabulary;
mod writing;

pub use columns::LogKind;
pub use event::{Event, EventKind};
pub use facts::{
    Exchange, Facts, Handshake, Message, Offer, Outcome, PERMISSION_NAMES, Permissions, ProxiedClient,
    Recipient,
};
pub use join::{Join, Sessions, read_file};
pub use keywords::{OF_CONNECTOR, keywords};
pub use pairing::Verb;
pub use pseudonyms::{Known, Pseudonyms};
pub use reader::{Broken, LogError, Reader, Sink, Totals};
pub use service::Service;
pub use session::{Entry, Session};
pub use unpack::{Packing, Peeked, packing, text};
pub use writing::{header, lines};
