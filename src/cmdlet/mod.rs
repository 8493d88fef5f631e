//! The cmdlets: one thin file each, and the table that names them.
//!
//! A cmdlet reads a call, changes a draft and says what came of it. It never commits, prints, asks or meets a
//! disk, a clock or a command line.

mod ad_permission;
mod ad_permission_args;
mod ad_permission_change;
mod ad_permission_instance;
mod add_ad_permission;
mod args;
pub mod common;
mod compare_receive_connector;
mod compare_store_revision;
mod copies;
mod copy_receive_connector;
mod data_path;
mod data_path_mail;
mod data_path_servers;
mod default_domain;
mod difference;
mod draft;
mod drift;
mod edge_subscription;
mod effective;
mod exchange_server;
mod export;
mod export_completion;
mod export_link;
mod export_manual;
mod fix_command;
mod get_ad_permission;
mod get_command;
mod get_data_path;
mod get_exchange_server;
mod get_help;
mod get_receive_connector;
mod get_store_history;
pub mod guide;
mod guide_receive_connector;
pub mod help;
pub mod identities;
pub mod identity;
pub mod identity_input;
mod initialize_store;
mod known;
mod member;
mod new_accepted_domain;
mod new_edge_subscription;
mod new_exchange_server;
mod new_receive_connector;
mod new_send_connector;
mod not_found;
mod outcome;
mod plain;
mod policy;
mod receive_connector;
mod relay;
mod remove_accepted_domain;
mod remove_ad_permission;
mod remove_edge_subscription;
mod remove_exchange_server;
mod remove_receive_connector;
mod restore_store_revision;
mod rows;
mod send_connector;
mod session_against;
mod session_answer;
mod session_client;
mod session_limits;
mod session_params;
mod session_rows;
mod session_telling;
mod set_accepted_domain;
mod set_exchange_server;
mod set_receive_connector;
mod set_send_connector;
mod set_store;
mod set_transport_config;
mod shapes;
mod source;
mod subscription_file;
mod test_data_path;
mod test_data_path_domain;
mod test_data_path_roles;
mod test_data_path_session;
mod test_store;
pub mod topics;
mod usages;

pub use args::{Args, Call, Context, Machine, to_type};
pub use difference::{Difference, differences};
pub use draft::{Answers, Draft, HostChange, Question};
pub use export::{Content, Export, Exported};
pub use export_completion::Shell;
pub use known::{Asked, Known, begins};
pub use outcome::Outcome;
pub use rows::{Answered, Answering, Row, Rows};
pub use shapes::DIFFERENCE;
pub use source::{Archive, ChangedFiles, Damage, Past, RevisionInfo, Source};

use crate::answer::Problem;
use crate::manual::Help;
use crate::param::{Param, Verb};

/// What a cmdlet may do to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Tells of the program itself; needs no store, not even a sound one.
    Tells,
    /// Reads alone; takes `-At`.
    Reads,
    /// Tells of the program itself, and reads the store where the line means something in it; takes `-At`.
    Consults,
    /// Changes it; takes `-WhatIf`, `-Confirm`, `-Reason` and their kin.
    Changes,
    /// Brings an old revision back as a whole, over a broken store too.
    Restores,
    /// Reads a store that may be broken, to tell what is wrong with it; takes `-At`.
    Audits,
}

/// A parameter that a call cannot do without and did not get.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// The parameter.
    pub param: &'static Param,
    /// Whether it may be asked for at a terminal.
    pub ask: bool,
}

/// One cmdlet.
pub struct Cmdlet {
    /// What it does.
    pub verb: Verb,
    /// To what.
    pub noun: &'static str,
    /// One line of help.
    pub synopsis: &'static str,
    /// Description, examples and ways to call it.
    pub help: Help,
    /// Its own parameters; those that many cmdlets share are in [`common`].
    pub params: fn() -> Vec<&'static Param>,
    /// What it may do to the store.
    pub effect: Effect,
    /// Parameters that this call needs beside those its rows require.
    pub needs: fn(&Args) -> Vec<Missing>,
    /// The work.
    pub run: fn(&Call, &mut Draft<'_>) -> Result<Outcome, Problem>,
}

/// Every cmdlet, in the order in which help lists them.
pub static CMDLETS: &[&Cmdlet] = &[
    &new_receive_connector::CMDLET,
    &get_receive_connector::CMDLET,
    &set_receive_connector::CMDLET,
    &remove_receive_connector::CMDLET,
    &copy_receive_connector::CMDLET,
    &compare_receive_connector::CMDLET,
    &new_send_connector::CMDLET,
    &plain::GET_SEND_CONNECTOR,
    &set_send_connector::CMDLET,
    &plain::REMOVE_SEND_CONNECTOR,
    &add_ad_permission::CMDLET,
    &get_ad_permission::CMDLET,
    &remove_ad_permission::CMDLET,
    &plain::NEW_PRINCIPAL,
    &plain::GET_PRINCIPAL,
    &plain::SET_PRINCIPAL,
    &plain::REMOVE_PRINCIPAL,
    &new_exchange_server::CMDLET,
    &get_exchange_server::CMDLET,
    &set_exchange_server::CMDLET,
    &remove_exchange_server::CMDLET,
    &new_accepted_domain::CMDLET,
    &plain::GET_ACCEPTED_DOMAIN,
    &set_accepted_domain::CMDLET,
    &remove_accepted_domain::CMDLET,
    &plain::GET_TRANSPORT_CONFIG,
    &set_transport_config::CMDLET,
    &get_data_path::CMDLET,
    &test_data_path::CMDLET,
    &new_edge_subscription::CMDLET,
    &plain::GET_EDGE_SUBSCRIPTION,
    &remove_edge_subscription::CMDLET,
    &initialize_store::CMDLET,
    &set_store::CMDLET,
    &test_store::CMDLET,
    &get_store_history::CMDLET,
    &compare_store_revision::CMDLET,
    &restore_store_revision::CMDLET,
    &get_help::CMDLET,
    &get_command::CMDLET,
    &export_manual::CMDLET,
    &export_link::CMDLET,
    &export_completion::CMDLET,
];

/// PowerShell's short names for cmdlets.
pub static ALIASES: &[(&str, &Cmdlet)] =
    &[("help", &get_help::CMDLET), ("man", &get_help::CMDLET), ("gcm", &get_command::CMDLET)];

impl Cmdlet {
    /// `Verb-Noun`.
    #[must_use]
    pub fn name(&self) -> String {
        let verb: &str = self.verb.into();
        format!("{verb}-{}", self.noun)
    }

    /// Every parameter it takes: its own, then the common ones.
    #[must_use]
    pub fn all_params(&self) -> Vec<&'static Param> {
        let mut params = (self.params)();
        params.extend(common::of(self.effect));
        params
    }

    /// The parameter at a place without a name, counted from 1.
    #[must_use]
    pub fn positional(&self, place: usize) -> Option<&'static Param> {
        let stands = |param: &&&'static Param| {
            param.position.is_some_and(|(at, verbs)| at == place && verbs.contains(&self.verb))
        };
        (self.params)().iter().find(stands).copied()
    }

    /// Does the work on `draft`, checks what no cmdlet has to check by itself, and tells what none has to tell.
    ///
    /// # Errors
    /// Those of the cmdlet, and a connector's DefaultDomain that is no accepted domain.
    pub fn work(&self, call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
        let mut outcome = (self.run)(call, draft)?;
        default_domain::check(draft)?;
        relay::tell(draft, &mut outcome)?;
        Ok(outcome)
    }

    /// What a call with `args` lacks, in the order of its parameters.
    #[must_use]
    pub fn missing(&self, args: &Args) -> Vec<Missing> {
        let required = |param: &&'static Param| param.required.contains(&self.verb) && !args.has(param);
        let mut missing: Vec<Missing> =
            (self.params)().into_iter().filter(required).map(|param| Missing { param, ask: true }).collect();
        missing.extend((self.needs)(args));
        missing
    }
}

/// For cmdlets that need nothing beside what their rows require.
fn nothing_more(_: &Args) -> Vec<Missing> {
    Vec::new()
}

/// The parameters of a noun's rows that `verb` takes.
fn row_params<N: crate::param::Noun>(verb: Verb) -> Vec<&'static Param> {
    N::rows().iter().map(|row| &row.param).filter(|param| param.on.contains(&verb)).collect()
}
