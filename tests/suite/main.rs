//! Plain tests: laws over the tables, naive twins, the real program. What is compared with files that
//! `EXCH_BLESS=1` writes (case folders, pages, screens) is in `tests/snapshots`.

#[macro_use]
mod outcome;

mod access;
mod anonymized;
mod anonymized_secrets;
mod architecture;
mod bad_input;
mod browser;
mod clixml;
mod completion;
mod conflict;
#[path = "../support/console.rs"]
mod console;
mod copy;
mod counted;
mod datapath;
mod dialect;
mod document;
mod export;
mod exported_files;
mod firewall;
mod fuzz;
mod generated;
mod guide;
#[path = "../support/host.rs"]
mod host;
#[cfg(unix)]
mod hostile;
mod import;
mod laws;
mod linked;
mod links;
mod live;
mod manual;
mod net;
#[cfg(unix)]
#[path = "../support/other_user.rs"]
mod other_user;
mod output;
mod permission;
mod pipeline;
mod powershell;
mod principals;
mod protocol_log;
mod reference;
mod relay;
mod reliability;
mod rows;
mod rules;
mod runbook;
mod session;
#[cfg(unix)]
#[path = "../support/shown.rs"]
mod shown;
mod star;
mod store;
#[cfg(unix)]
mod terminal;
mod times;
mod words;
#[path = "../support/world.rs"]
mod world;
mod written;
