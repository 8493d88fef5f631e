//! Export-FirewallRule: what a firewall must let pass between servers, in the form that it reads (D7).

use strum::VariantNames;

use super::ends;
use super::shared::{version_with, whole_or_ends};
use crate::answer::Problem;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect};
use crate::cmdlet::help::export::text_file;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::datapath::rows;
use crate::flow::endpoint_for;
use crate::flow::firewall::{Format, LeftOut, PortRange, Rules};
use crate::manual::{Example, Help};
use crate::param::{Completes, Form, Group, Kind, Param, Refused, Value, Verb, param};
use crate::powershell::quote;

const EXPORT: &[Verb] = &[Verb::Export];

static FORMAT: Param = param(
    "Format",
    Kind::Choice(Format::VARIANTS),
    "NewNetFirewallRule and netsh for the servers' own firewalls, the others for a firewall between them",
)
.on(EXPORT)
.required(EXPORT)
.position(1, EXPORT)
.group(Group::Identity);
static PATH: Param =
    param("Path", Kind::Text, "The file to write them to; standard output unless given, or -")
        .on(EXPORT)
        .completes(Completes::File)
        .group(Group::Identity);
/// The ports that RPC is held to.
pub(crate) static RPC_PORTS: Param = param(
    "RpcPorts",
    Kind::List(&Kind::Form(&RANGE)),
    "The dynamic ports that Windows is held to; all from 1024 up unless given",
)
.on(&[Verb::Export, Verb::Test])
.group(Group::Connections)
.example("6005-6104");

/// A port or a range of them.
static RANGE: Form = Form {
    type_name: "System.String",
    syntax: "a port, or first-last",
    example: "6005-6104",
    other: "5000",
    read: |text| range(text).map(|_| Value::text(text)),
};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Export,
    noun: "FirewallRule",
    synopsis: "Write firewall rules for what servers need between them",
    help: Help::new(
        "Writes rules that open what the data paths between servers need, and no more: who connects to which address at which port, as Get-DataPath shows it. Each rule names its data paths, and what is not supported through a firewall is said beside it. The rules for nftables and iptables are a chain of their own, to which a firewall's forward chain jumps; the scripts for Windows give each server its inbound rules. What has no address or no published port has no rule and is reported.",
        &[
            Example::new(
                "export-firewallrule nftables -Source Edge",
                "Prints what a firewall must let pass from Edge Transport servers.",
            ),
            Example::new(
                "export-firewallrule -Format NewNetFirewallRule -Path rules.ps1 -RpcPorts 6005-6104",
                "Writes a script that gives each Windows server its own rules, with RPC held to 100 ports.",
            ),
        ],
    ),
    params,
    effect: Effect::Reads,
    excludes: whole_or_ends,
    run,
    ..DEFAULTS
};

fn params() -> Vec<&'static Param> {
    let (source, destination) = (&rows::SOURCE.param, &rows::DESTINATION.param);
    vec![
        &FORMAT,
        &PATH,
        &rows::SERVER,
        &rows::SITE,
        &rows::CROSSING,
        source,
        destination,
        &rows::ID.param,
        &rows::VERSION.param,
        &RPC_PORTS,
    ]
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let Some(format) = call.args.choice::<Format>(&FORMAT) else { return Ok(Outcome::default()) };
    let found = ends::flows(call, draft)?;
    let rules = Rules::of(&found.flows, &narrowed(&call.args));
    let text = format.write(&rules);
    let mut outcome = text_file(call.args.text(&PATH).as_deref(), text, format.mark());
    outcome.notices.splice(..0, notices(&rules, format, &found));
    Ok(Outcome { warnings: found.warnings, ..outcome })
}

/// The ports that -RpcPorts names.
pub(crate) fn narrowed(args: &Args) -> Vec<PortRange> {
    args.texts(&RPC_PORTS).iter().filter_map(|text| range(text).ok()).collect()
}

/// `25` or `6005-6104`.
fn range(text: &str) -> Result<PortRange, Refused> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<u16>().ok().filter(|number| *number > 0);
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        (Some(first), Some(last)) => {
            Err(Refused::new("its first port is above its last").instead(format!("{last}-{first}")))
        }
        _ => Err(Refused::new("ports are numbers from 1 to 65535")),
    }
}

/// What has no rule, and what is not supported.
fn notices(rules: &Rules, format: Format, found: &ends::Found) -> Vec<String> {
    let mut notices: Vec<String> = found.without_rows.iter().copied().map(ends::no_rows).collect();
    notices.extend(left_out(&rules.left_out, "no rule for"));
    let unsupported = rules.rules.iter().filter(|rule| rule.unsupported.is_some()).count();
    if unsupported > 0 && !format.is_of_hosts() {
        notices.push(format!("{unsupported} of {} rules are for data paths that are not supported through a firewall; the comments say which", rules.rules.len()));
    }
    if let Some(ipv6) = format.family() {
        let other = rules.rules.iter().filter(|rule| rule.is_of_family(!ipv6)).count();
        let program = if ipv6 { "iptables" } else { "ip6tables" };
        if other > 0 {
            notices.push(format!(
                "{other} rules are of the other family of addresses: -Format {program} has them"
            ));
        }
    }
    if rules.rules.is_empty() {
        notices.push("no data path between these ends has a rule".to_owned());
    }
    notices
}

/// The flows without a rule, in sentences that begin as `what` does.
pub fn left_out(left_out: &LeftOut, what: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !left_out.unknown.is_empty() {
        let names: Vec<&str> = left_out.unknown.iter().map(String::as_str).collect();
        found.push(format!(
            "{what} what begins or ends at these, whose addresses the store does not know: {}{}",
            names.join(", "),
            giving(&names)
        ));
    }
    if !left_out.without_ports.is_empty() {
        let paths: Vec<&str> = left_out.without_ports.iter().copied().collect();
        found.push(format!("{what} data paths of which no port is published: {}", paths.join(", ")));
    }
    found
}

/// The lines that give the first of these ends its addresses: a server, and what an endpoint can stand for.
fn giving(names: &[&str]) -> String {
    let is_role =
        |name: &&&str| version_with(|edition, version| !edition.called(name, version).is_empty()).is_some();
    let server = names.iter().find(|name| !is_role(name));
    let server = server.map(|name| format!("exch set-exchangeserver {} -IPAddresses …", quote::bash(name)));
    let endpoint = endpoint_for(names).map(|(kind, role)| {
        let kind: &str = kind.into();
        format!("exch new-networkendpoint NAME -Kind {kind} -IPAddresses … for {role}")
    });
    let lines: Vec<String> = server.into_iter().chain(endpoint).collect();
    if lines.is_empty() { String::new() } else { format!("; to give them: {}", lines.join(", ")) }
}
