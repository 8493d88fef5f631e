//! Test-DataPath: whether a session is taken, or one end may reach another, with the reasons.

use super::{domain as by_domain, live, open_ports, roles as by_roles};
use crate::answer::Problem;
use crate::cmdlet::args::{Args, Call};
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, Missing};
use crate::cmdlet::session::test as by_session;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Exclusion, Help, ParameterSet};
use crate::param::{Param, Verb};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Test,
    noun: "DataPath",
    synopsis: "Predict an SMTP session, look up a data path, or try its ports",
    help: Help::new(
        "With -Server and -RemoteIPAddress it predicts an SMTP session: which connector answers and why no other, who the session is, the dialogue line by line, what decided each step, what becomes of the message, and the lines to type that would let a refused one pass; it exits with 0 when the message is accepted, or comes out as -Expect says. With -Source and -Destination it looks for data paths between two roles, or two servers of the store, and where such a path is mail between two servers it asks their own connectors too. With -OpenPorts it compares a firewall's list with what servers need, with -Live it connects from this machine to the TCP ports that they need, and with -DestinationDomain it says by which Send connector mail leaves, and whether Domain Security protects it. Every other answer exits with 3 and prints what is missing and the command that fixes it.",
        &[
            Example::new(
                "test-datapath -Server HUB01 -RemoteIPAddress 10.0.0.7 -LocalIPAddress 10.0.0.1 -Port 2526 -MailFrom 'printer@contoso.com' -RcptTo 'bob@example.com'",
                "Shows whether a printer can relay, and what would let it.",
            ),
            Example::new(
                "test-datapath -Server HUB01 -RemoteIPAddress 10.0.0.7 -LocalIPAddress 10.0.0.1 -Port 2526 -RcptTo 'bob@example.com' -Expect Rejected -o json -Property Outcome,Step,Code",
                "A policy for a pipeline: exits with 0 as long as strangers' mail is refused.",
            ),
            Example::new(
                "test-datapath -Source HubTransport -Destination EdgeTransport",
                "Shows how mail and EdgeSync reach an Edge Transport server of 2010.",
            ),
            Example::new(
                "test-datapath -Source ClientAccess -Destination Mailbox -Version 2007 -Port 135",
                "Shows whether a port is one of those between two roles.",
            ),
            Example::new(
                "test-datapath -Source HUB01 -Destination Mailbox -Authentication NTLM",
                "Takes role and version of one end from a server of the store.",
            ),
            Example::new(
                "test-datapath -OpenPorts open.csv -Crossing Perimeter,Outside",
                "Shows where a firewall between two zones opens too little or too much.",
            ),
            Example::new(
                "test-datapath -Live -Server HUB01 -Port 25 -Timeout 3",
                "Tries from this machine whether the ports of a server are open.",
            ),
            Example::new(
                "test-datapath -DestinationDomain fabrikam.com",
                "Shows which Send connector takes mail for a domain, and which conditions of Domain Security fail.",
            ),
        ],
    )
    .sets(sets)
    .columns(columns),
    params,
    effect: Effect::Consults,
    needs,
    excludes,
    run,
    ..DEFAULTS
};

fn params() -> Vec<&'static Param> {
    let others = by_domain::params().into_iter().chain(open_ports::params()).chain(live::params());
    by_roles::params().into_iter().chain(by_session::params()).chain(others).collect()
}

fn columns() -> Vec<(&'static str, &'static str)> {
    let session = crate::cmdlet::session::answer::columns().into_iter();
    let others = by_roles::COLUMNS.into_iter().chain(by_domain::COLUMNS);
    let others = others.chain(open_ports::COLUMNS).chain(live::COLUMNS);
    session.chain(crate::cmdlet::session::batch::COLUMNS).chain(others).collect()
}

fn sets() -> Vec<ParameterSet> {
    vec![by_session::set(), by_roles::set(), by_domain::set(), open_ports::set(), live::set()]
}

/// The parameters of each way that do not go with those of another.
fn excludes() -> Vec<Exclusion> {
    let of_both = || by_roles::params().into_iter().chain(by_session::params());
    let of_session = by_session::params().into_iter().map(|param| Exclusion::new(param, by_roles::own()));
    let of_domain = by_domain::params().into_iter().map(|param| Exclusion::new(param, of_both()));
    let of_ports = open_ports::excludes(of_both().chain(by_domain::params()));
    [live::excludes(), of_ports]
        .into_iter()
        .chain(of_domain)
        .chain(of_session)
        .chain(by_session::excludes())
        .collect()
}

fn needs(args: &Args) -> Vec<Missing> {
    match args {
        args if live::is_meant(args) => Vec::new(),
        args if by_domain::is_meant(args) => by_domain::needs(args),
        args if open_ports::is_meant(args) => open_ports::needs(args),
        args if by_session::is_meant(args) => by_session::needs(args),
        args => by_roles::needs(args),
    }
}

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    if live::is_meant(&call.args) {
        return live::run(call, draft);
    }
    match &call.args {
        args if open_ports::is_meant(args) => open_ports::run(call, draft),
        args if by_domain::is_meant(args) => by_domain::run(call, draft),
        args if by_session::is_meant(args) => by_session::run(call, draft),
        _ => by_roles::run(call, draft),
    }
}
