//! What the common parameters ask of the engine: which store, how to print, whether to ask, what to say why.

use std::path::PathBuf;
use std::time::Duration;

use strum::VariantNames;

use super::World;
use crate::answer::{Exit, Problem};
use crate::cmdlet::shared::common_params;
use crate::cmdlet::{Args, Cmdlet};
use crate::output::Format;
use crate::param::{Argument, Group, Kind, Param, Value, Verb};
use crate::picture::Form;

/// Common parameters, typed.
#[derive(Clone, Debug)]
pub struct Options {
    /// `-Store`.
    pub store: Option<PathBuf>,
    /// `-At`.
    pub at: Option<String>,
    /// `-Output`.
    pub format: Format,
    /// `-Property`.
    pub properties: Vec<String>,
    /// `-Reason`.
    pub reason: Option<String>,
    /// `-ExpectRevision`.
    pub expect_revision: Option<String>,
    /// `-LockTimeout`.
    pub lock_timeout: Duration,
    /// `-NonInteractive`, or CI.
    pub non_interactive: bool,
    /// `-WhatIf`.
    pub what_if: bool,
    /// `-ProtocolLog`, beside `-WhatIf`.
    pub protocol_log: Vec<String>,
    /// `-Confirm`, when it was given.
    pub confirm: Option<bool>,
}

impl Options {
    /// Reads the common parameters.
    ///
    /// # Errors
    /// Exit 1 for an output format that there is not, 2 for logs without `-WhatIf`.
    pub fn read(args: &Args, world: &World) -> Result<Self, Problem> {
        let format = match args.text(&common_params::OUTPUT) {
            None => Format::default(),
            Some(name) => match Kind::Choice(Format::VARIANTS).parse(common_params::OUTPUT.name, &name)? {
                Value::Choice(name) => name.parse().unwrap_or_default(),
                _ => Format::default(),
            },
        };
        let lock_timeout = match args.value_or_default(&common_params::LOCK_TIMEOUT) {
            Some(Value::Span(span)) => Duration::from_secs(span.as_seconds()),
            _ => Duration::ZERO,
        };
        let (what_if, protocol_log) =
            (args.flag(&common_params::WHAT_IF) == Some(true), args.texts(&common_params::PROTOCOL_LOG));
        if !what_if && args.has(&common_params::PROTOCOL_LOG) {
            let message = "parameter ProtocolLog: logs are read for -WhatIf alone, and -WhatIf is missing";
            return Err(Problem::new(Exit::NotUnderstood, message)
                .hint("add -WhatIf to see what the change does to their sessions, or leave -ProtocolLog out to make the change; what a connector logs is set by -ProtocolLoggingLevel")
                .about(common_params::PROTOCOL_LOG.name));
        }
        // A cmdlet's own -Property names what it looks at, and not what is printed of the answer.
        let is_own = args.iter().any(|(param, _)| {
            param.name == common_params::PROPERTY.name && param.group != common_params::PROPERTY.group
        });
        Ok(Options {
            store: args.text(&common_params::STORE).map(PathBuf::from),
            at: args.text(&common_params::AT),
            format,
            properties: if is_own { Vec::new() } else { args.texts(&common_params::PROPERTY) },
            // A subject of spaces alone would be none.
            reason: args.text(&common_params::REASON).filter(|reason| !reason.trim().is_empty()),
            expect_revision: args.text(&common_params::EXPECT_REVISION),
            lock_timeout,
            non_interactive: args.flag(&common_params::NON_INTERACTIVE) == Some(true) || world.environment.ci,
            what_if,
            protocol_log,
            confirm: args.flag(&common_params::CONFIRM),
        })
    }

    /// Refuses a format that the cmdlet does not have, before anything runs.
    ///
    /// # Errors
    /// Exit 2 for a picture or for cmdlet lines of what has none.
    pub(crate) fn check_format(&self, cmdlet: &Cmdlet) -> Result<(), Problem> {
        let (missing, hint) = match self.format {
            Format::Svg | Format::Html if cmdlet.pictures.is_empty() => {
                ("there is no picture", "Get-EffectiveAccess and Get-DataPath draw pictures")
            }
            Format::Mermaid | Format::Dot if !cmdlet.pictures.contains(&Form::Mermaid) => {
                ("there is no such picture", "Get-DataPath draws with mermaid and dot")
            }
            Format::Powershell if !cmdlet.writes_lines() => (
                "there are no cmdlet lines",
                "the Get- cmdlets of what a store holds have them, and Compare-StoreRevision",
            ),
            Format::List | Format::Json | Format::Csv | Format::Name if cmdlet.verb == Verb::Export => {
                let message = format!(
                    "parameter Output: {} writes a text, and no objects that could be printed so",
                    cmdlet.name()
                );
                return Err(Problem::new(Exit::NotUnderstood, message)
                    .hint("leave -Output out; Get- cmdlets print what the text is made from as json, csv or a list")
                    .about(common_params::OUTPUT.name));
            }
            _ => return Ok(()),
        };
        let message = format!("parameter Output: {missing} of what {} prints", cmdlet.name());
        Err(Problem::new(Exit::NotUnderstood, message)
            .hint(format!("-Output table, list, json, csv or name; {hint}"))
            .about(common_params::OUTPUT.name))
    }

    /// What is said of parameters that are taken without effect.
    #[must_use]
    pub fn notices(&self, args: &Args) -> Vec<String> {
        let notice = |(param, argument): &(&'static Param, Argument)| {
            let why = param.help.strip_prefix("Accepted without effect: ")?;
            let typed = if let Argument::Set(value) = argument { value.to_string() } else { String::new() };
            let is_default = param.default.cases().iter().any(|(_, text)| *text == typed);
            let has_none = param.group == Group::Ignored && !is_default;
            has_none.then(|| format!("parameter {} has no effect: {why}", param.name))
        };
        args.iter().filter_map(notice).collect()
    }
}
