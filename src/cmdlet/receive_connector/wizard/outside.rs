//! Whether the senders of a guided connector may send to recipients outside of the organization, and what that takes:
//! a right (R1), trust (R2), or accounts.

use strum::{EnumString, IntoStaticStr, VariantNames};

use super::place::as_ranges;
use super::{GROUPS, choice, one_of, preset};
use crate::answer::Problem;
use crate::cmdlet::ad_permission;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::receive_connector::new::{host, usage};
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::wizard::{Choice, Settled, Step};
use crate::cmdlet::transaction::Draft;
use crate::connector::relay::{Count, Grade};
use crate::connector::rows;
use crate::connector::scenario::Outside;
use crate::connector::usage::Usage;
use crate::param::{Argument, Closed, Field, Kind, Param, Value, param};
use crate::permission::{ANONYMOUS, rows as entries};
use crate::server::Server;

/// What senders may send outside of the organization, and by what.
#[derive(Clone, Copy, PartialEq, Eq, VariantNames, IntoStaticStr, EnumString)]
enum Relay {
    No,
    Anonymous,
    ExternallySecured,
    Users,
    AsUsage,
}

impl Closed for Relay {}

/// The answer. It is the guide's own and no parameter of the cmdlet.
pub(super) static OUTSIDE: Param = param(
    "OutsideRecipients",
    Kind::Choice(Relay::VARIANTS),
    "Whether these senders may send to recipients outside of the organization",
);

/// What a scenario answers by itself.
pub(super) fn known(asked: Outside) -> Vec<(&'static Param, Value)> {
    match asked {
        Outside::Ask => Vec::new(),
        Outside::Usage => vec![(&OUTSIDE, Relay::AsUsage.value())],
        Outside::Secured => vec![(&OUTSIDE, Relay::ExternallySecured.value())],
    }
}

fn answered(call: &Call<'_>) -> Relay {
    call.args.choice(&OUTSIDE).unwrap_or(Relay::AsUsage)
}

/// Whether the user was asked, rather than the usage.
pub(super) fn was_asked(call: &Call<'_>) -> bool {
    answered(call) == Relay::No
}

/// Whether the permission groups are still to be chosen.
pub(super) fn leaves_groups(call: &Call<'_>) -> bool {
    matches!(answered(call), Relay::No | Relay::AsUsage)
}

/// The question. What would be an open relay is not offered.
pub(super) fn step(call: &Call<'_>, server: &Server) -> Step {
    let ranges = call.args.value(&rows::REMOTE_IP_RANGES.param).map(Value::elements).unwrap_or_default();
    let count = Count::of(&as_ranges(&ranges));
    let is_open = count.grade() == Grade::Open;
    let of =
        |relay: Relay, text: &str, says: &str| choice(text.to_owned(), relay.value(), vec![says.to_owned()]);
    let mut choices: Vec<Choice> = vec![of(
        Relay::No,
        "no: to recipients of the organization only",
        "Mail to other recipients is refused: 550 5.7.54 Unable to relay.",
    )];
    if !is_open {
        choices.push(of(
            Relay::Anonymous,
            "yes, without authentication (anonymous relay)",
            "Add-ADPermission lets anonymous sessions send to any recipient; the mail is filtered as anonymous mail is.",
        ));
        choices.push(of(
            Relay::ExternallySecured,
            "yes, as a trusted server (externally secured; nothing is filtered)",
            "AuthMechanism ExternalAuthoritative: the mail passes unfiltered and without a size limit.",
        ));
    }
    if !server.is_edge() {
        choices.push(of(
            Relay::Users,
            "yes, after authentication as a user of the organization",
            "Users who authenticate may send to any recipient.",
        ));
    }
    let mut step = one_of(&OUTSIDE, "May they send to recipients outside of the organization", choices);
    if is_open {
        step.says.push(format!("Relay without authentication is not offered: the ranges have {count}."));
    }
    step
}

/// The call that the answers make, and the call that gives the right.
pub(super) fn settle(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Settled, Problem> {
    let (host, _) = host(call, draft)?;
    let usage = usage(&call.args);
    let mut args = call.args.clone();
    args.take_back(|param| param.name == OUTSIDE.name);
    let mut then = Vec::new();
    match answered(call) {
        Relay::No | Relay::AsUsage => needed_by_groups(usage, &host.server, &mut args)?,
        Relay::Anonymous => {
            put(&mut args, &rows::PERMISSION_GROUPS.param, &["AnonymousUsers"])?;
            let name = args.text(&rows::NAME.param).unwrap_or_default();
            then.push(granting(&identity(&host.server.name, &name))?);
        }
        Relay::ExternallySecured => {
            put(&mut args, &rows::AUTH_MECHANISM.param, &["ExternalAuthoritative"])?;
            put(&mut args, &rows::PERMISSION_GROUPS.param, &["ExchangeServers"])?;
        }
        Relay::Users => {
            let client: Vec<String> = texts(&preset(Usage::Client, &rows::AUTH_MECHANISM, &host.server));
            let client: Vec<&str> = client.iter().map(String::as_str).collect();
            put(&mut args, &rows::AUTH_MECHANISM.param, &client)?;
            put(&mut args, &rows::PERMISSION_GROUPS.param, &["ExchangeUsers"])?;
        }
    }
    Ok(Settled { args, then })
}

/// Gives anonymous sessions the right to send to any recipient (R1).
fn granting(connector: &str) -> Result<(&'static Cmdlet, Args), Problem> {
    let mut args = Args::default();
    put(&mut args, &entries::IDENTITY.param, &[connector])?;
    put(&mut args, &entries::USER.param, &[ANONYMOUS])?;
    put(&mut args, &entries::EXTENDED_RIGHTS.param, &["ms-Exch-SMTP-Accept-Any-Recipient"])?;
    Ok((&ad_permission::add::CMDLET, args))
}

/// Members of a group must be able to authenticate: of the mechanisms of a group that the usage has none of, all are
/// added. Partners need Domain Security.
fn needed_by_groups(usage: Usage, server: &Server, args: &mut Args) -> Result<(), Problem> {
    let groups = args.texts(&rows::PERMISSION_GROUPS.param);
    let own = texts(&preset(usage, &rows::AUTH_MECHANISM, server));
    let mut all: Vec<&str> = own.iter().map(String::as_str).collect();
    for group in GROUPS.iter().filter(|group| groups.iter().any(|name| name == group.name)) {
        if !group.by.is_empty() && !group.by.iter().any(|one| all.contains(one)) {
            // Externally secured is an answer of its own.
            all.extend(group.by.iter().filter(|one| **one != "ExternalAuthoritative"));
        }
    }
    if all.len() > own.len() {
        put(args, &rows::AUTH_MECHANISM.param, &all)?;
    }
    if groups.iter().any(|name| name == "Partners") && usage == Usage::Custom {
        put(args, &rows::DOMAIN_SECURE_ENABLED.param, &["true"])?;
    }
    Ok(())
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn put(args: &mut Args, param: &'static Param, texts: &[&str]) -> Result<(), Problem> {
    args.put(param, Argument::Set(param.kind.parse_all(param.name, texts)?));
    Ok(())
}
