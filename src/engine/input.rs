//! `-Identity -`: standard input as identities, read when a call asks for it and before any lock.

use std::io::Read;

use super::World;
use crate::answer::{Exit, Problem};
use crate::cmdlet::shared::{identity_list, identity_stdin};
use crate::cmdlet::{Args, Cmdlet, to_type};

/// The most bytes that are read: some 400,000 identities, or 20,000 connectors as JSON.
const MOST: usize = 64 << 20;

/// Why standard input is not read.
pub(super) const NOTHING_PIPED: &str = "nothing is piped into it";

/// What standard input names.
pub struct Piped {
    /// Identities.
    pub identities: Vec<String>,
    /// The text, where its objects are entries of access lists.
    pub entries: Option<String>,
    /// Whether nothing came at all, not even an empty array: a command before it may have failed.
    pub is_empty: bool,
}

/// What standard input names.
///
/// # Errors
/// Exit 2 where it is a terminal, cannot be read, is too long, or holds something else.
pub fn read(cmdlet: &Cmdlet, args: &Args, world: &World) -> Result<Piped, Problem> {
    let name = identity_list::given(args).map_or("Identity", |param| param.name);
    let Some(input) = (world.input)() else {
        return Err(nothing_piped(name)
            .hint(format!("pipe identities in, one a line: … | {}", to_type(cmdlet, args, None))));
    };
    let mut bytes = Vec::new();
    let limit = u64::try_from(MOST + 1).unwrap_or(u64::MAX);
    input.take(limit).read_to_end(&mut bytes).map_err(|why| {
        let message = format!("parameter {name}: standard input could not be read: {why}");
        Problem::new(Exit::NotUnderstood, message).about(name).because(why)
    })?;
    if bytes.len() > MOST {
        let line = identity_stdin::line_at(&bytes, MOST);
        return Err(identity_stdin::refused(
            line,
            &format!("goes past {} MB, the most that is read", MOST >> 20),
        )
        .hint("give one identity a line, in several runs"));
    }
    Ok(Piped {
        identities: identity_stdin::read(&bytes)?,
        entries: identity_stdin::entries(&bytes),
        is_empty: bytes.is_empty(),
    })
}

/// The refusal of `-` for a parameter at a terminal.
pub(super) fn nothing_piped(parameter: &'static str) -> Problem {
    let message = format!("parameter {parameter}: `-` reads standard input, and {NOTHING_PIPED}");
    Problem::new(Exit::NotUnderstood, message).about(parameter)
}

/// The refusal of an empty standard input: a shell starts each command of a pipe whether the one before it fails or not.
pub(crate) fn nothing_came(cmdlet: &Cmdlet, args: &Args) -> Problem {
    let name = identity_list::given(args).map_or("Identity", |param| param.name);
    let message =
        format!("parameter {name}: standard input is empty: the command before it failed or found nothing");
    Problem::new(Exit::NotFound, message)
        .hint(format!(
            "see what the command before it says; with -Output json it prints an empty array where it found nothing, and {} is done then",
            cmdlet.name()
        ))
        .about(name)
}
