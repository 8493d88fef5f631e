//! The client that a line or a row describes: addresses of one family, a sender, who authenticates how.
//!
//! What does not go together is refused here. It decides nothing about the session.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::{params, policy};
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::shared::excluded;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::manual::Exclusion;
use crate::param::{Param, Value};
use crate::powershell::quote;
use crate::session::{Client, Mechanism, Peer, ServiceState, Tls};

/// The port of SMTP.
const SMTP: u16 = 25;

/// A refusal that names a parameter: exit 2.
pub fn refused(param: &Param, why: &str, hint: impl Into<String>) -> Problem {
    let message = format!("parameter {}: {why}", param.name);
    Problem::new(Exit::NotUnderstood, message).hint(hint).about(param.name)
}

/// A part of a client: the parameters that say it, and how it is read from what was given.
struct Part {
    of: &'static [&'static Param],
    read: fn(&mut Client, &Args, &Host, &mut Draft<'_>) -> Result<(), Problem>,
}

/// What a client is made of, in the order in which mistakes are reported.
#[rustfmt::skip]
static PARTS: &[Part] = &[
    Part { of: &[&params::REMOTE, &params::LOCAL, params::PORT, &params::SERVER], read: |c, args, host, _| { (c.remote, c.local) = ends(args, host)?; Ok(()) } },
    Part { of: &[&params::ROLE], read: |c, args, _, _| { c.role = args.choice(&params::ROLE); Ok(()) } },
    Part { of: &[&params::HELO], read: |c, args, _, _| { c.helo = helo(args)?; Ok(()) } },
    Part { of: &[&params::TLS], read: |c, args, _, _| { c.tls = tls(args); Ok(()) } },
    Part { of: &[&params::CERTIFICATE], read: |c, args, _, _| { c.certificate = args.texts(&params::CERTIFICATE); Ok(()) } },
    Part { of: &[&params::MECHANISM], read: |c, args, _, _| { c.mechanism = args.choice(&params::MECHANISM); Ok(()) } },
    Part { of: &[&params::USER], read: |c, args, _, _| { c.user = args.text(&params::USER); Ok(()) } },
    Part { of: &[&params::NO_BINDING], read: |c, args, _, _| { c.channel_binding = !is_on(args, &params::NO_BINDING); Ok(()) } },
    Part { of: &[&params::PEER_SERVER, &params::PEER_ROLE], read: |c, args, _, draft| { c.peer = peer(args, draft)?; Ok(()) } },
    Part { of: &[&params::MAIL_FROM], read: |c, args, _, _| { c.mail_from = mailbox(args, &params::MAIL_FROM)?.unwrap_or_default(); Ok(()) } },
    Part { of: &[&params::FROM], read: |c, args, _, _| { c.from = mailbox(args, &params::FROM)?; Ok(()) } },
    Part { of: &[&params::RCPT_TO], read: |c, args, _, _| { c.recipients = recipients(args)?; Ok(()) } },
    Part { of: &[&params::SIZE], read: |c, args, _, _| { c.size = size(args, &params::SIZE); Ok(()) } },
    Part { of: &[&params::HEADER_SIZE], read: |c, args, _, _| { c.header_size = size(args, &params::HEADER_SIZE); Ok(()) } },
    Part { of: &[&params::HOPS, &params::LOCAL_HOPS], read: |c, args, _, _| { (c.hops, c.local_hops) = hops(args); Ok(()) } },
    Part { of: &[&params::BARE_LINEFEED], read: |c, args, _, _| { c.bare_linefeed = is_on(args, &params::BARE_LINEFEED); Ok(()) } },
    Part { of: &[&params::CONNECTIONS], read: |c, args, _, _| { c.connections = count(args, &params::CONNECTIONS).unwrap_or(1); Ok(()) } },
    Part { of: &[&params::MESSAGE_RATE], read: |c, args, _, _| { c.message_rate = count(args, &params::MESSAGE_RATE).unwrap_or(1); Ok(()) } },
    Part { of: &[&params::NO_CERTIFICATE], read: |c, args, _, _| { c.server_certificate = !is_on(args, &params::NO_CERTIFICATE); Ok(()) } },
    Part { of: &[&params::COMPONENT], read: |c, args, _, _| { c.component = args.choice(&params::COMPONENT); Ok(()) } },
    Part { of: &[&params::COMPONENT_STATE], read: |c, args, _, _| { c.service_state = args.choice(&params::COMPONENT_STATE).unwrap_or(ServiceState::Active); Ok(()) } },
];

/// The client that arrives at `host`.
///
/// # Errors
/// Exit 2 for what does not go together and for what is no address, exit 4 for a -PeerServer that is not there.
pub fn client(args: &Args, host: &Host, draft: &mut Draft<'_>) -> Result<Client, Problem> {
    let nowhere = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let mut client = Client::new(nowhere, SocketAddr::new(nowhere, SMTP));
    change(&mut client, |_| true, args, host, draft).map(|()| client)
}

/// Makes a client that was read before what `args` say, where no parameters but those of which `is_other` holds are other
/// ones than before.
///
/// # Errors
/// As [`client`]; then parts of it are as before.
pub fn change(
    client: &mut Client,
    is_other: impl Fn(&Param) -> bool,
    args: &Args,
    host: &Host,
    draft: &mut Draft<'_>,
) -> Result<(), Problem> {
    let mut others = PARTS.iter().filter(|part| part.of.iter().any(|param| is_other(param)));
    others.try_for_each(|part| (part.read)(client, args, host, draft))
}

/// The addresses of the client and of the server.
fn ends(args: &Args, host: &Host) -> Result<(IpAddr, SocketAddr), Problem> {
    let remote = address(args, &params::REMOTE).ok_or_else(|| {
        refused(
            &params::REMOTE,
            "the address that the session comes from is missing",
            "-RemoteIPAddress 192.168.5.10",
        )
    })?;
    let port = count(args, params::PORT).and_then(|port| u16::try_from(port).ok()).unwrap_or(SMTP);
    Ok((remote, SocketAddr::new(local(args, remote, host)?, port)))
}

/// All Received headers, and those of this server.
fn hops(args: &Args) -> (u32, u32) {
    let local = count(args, &params::LOCAL_HOPS).unwrap_or(0);
    (count(args, &params::HOPS).unwrap_or(local), local)
}

fn is_on(args: &Args, switch: &Param) -> bool {
    args.flag(switch) == Some(true)
}

fn address(args: &Args, param: &Param) -> Option<IpAddr> {
    if let Some(Value::Address(address)) = args.value(param) { Some(*address) } else { None }
}

fn count(args: &Args, param: &Param) -> Option<u32> {
    match args.value(param) {
        Some(Value::Int(number)) => u32::try_from(*number).ok(),
        _ => None,
    }
}

fn size(args: &Args, param: &Param) -> Option<u64> {
    match args.value(param) {
        Some(Value::Size(size)) => Some(size.as_bytes()),
        _ => None,
    }
}

/// The name of the family, for sentences.
pub fn family(address: IpAddr) -> &'static str {
    if address.to_canonical().is_ipv4() { "IPv4" } else { "IPv6" }
}

/// The address that the session arrives at, of the remote one's family (S1).
fn local(args: &Args, remote: IpAddr, host: &Host) -> Result<IpAddr, Problem> {
    let fits = |address: &IpAddr| family(*address) == family(remote);
    let example = if remote.to_canonical().is_ipv4() { "10.0.0.1" } else { "fd00::1" };
    let hint = format!("-{} {example}", params::LOCAL.name);
    match address(args, &params::LOCAL) {
        Some(local) if fits(&local) => Ok(local),
        Some(local) => {
            let (own, other) = (family(local), family(remote));
            let why =
                format!("`{local}` is {own}, and the session comes from the {other} address `{remote}`");
            Err(refused(&params::LOCAL, &why, hint))
        }
        None => host.server.addresses.iter().copied().find(fits).ok_or_else(|| {
            let why = format!(
                "the store knows no {} address of {}; say which one the session arrives at",
                family(remote),
                host.server.name
            );
            refused(&params::LOCAL, &why, hint)
        }),
    }
}

fn tls(args: &Args) -> Tls {
    args.choice(&params::TLS).unwrap_or(Tls::None)
}

/// Which server the client is (P6).
fn peer(args: &Args, draft: &mut Draft<'_>) -> Result<Option<Peer>, Problem> {
    if let Some(name) = args.text(&params::PEER_SERVER) {
        let named = |problem: Problem| Problem {
            message: format!("parameter {}: {}", params::PEER_SERVER.name, problem.message),
            ..problem.about(params::PEER_SERVER.name)
        };
        let host = policy::server(&name, draft).map_err(named)?;
        return Ok(Some(Peer::of(&host.server)));
    }
    Ok(args.choice(&params::PEER_ROLE))
}

fn helo(args: &Args) -> Result<Option<String>, Problem> {
    let said = args.text(&params::HELO).unwrap_or_else(|| "client".to_owned());
    if said.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(refused(
            &params::HELO,
            &format!("`{}` is more than one word", said),
            "-Helo mail.contoso.com",
        ));
    }
    Ok(Some(said).filter(|name| !name.is_empty()))
}

fn recipients(args: &Args) -> Result<Vec<String>, Problem> {
    let typed = args.texts(&params::RCPT_TO);
    let read = |text: String| match within_brackets(text, &params::RCPT_TO)? {
        to if !to.is_empty() => Ok(to),
        _ => Err(refused(&params::RCPT_TO, "a recipient is never empty", "-RcptTo bob@example.com")),
    };
    typed.into_iter().map(read).collect()
}

fn mailbox(args: &Args, param: &Param) -> Result<Option<String>, Problem> {
    args.text(param).map(|text| within_brackets(text, param)).transpose()
}

/// A mailbox, without the angle brackets that SMTP writes around it.
fn within_brackets(text: String, param: &Param) -> Result<String, Problem> {
    let within = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(&text);
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>');
    // A local part that is not in quotation marks has neither (RFC 5321, section 4.1.2).
    let is_quoted = within.contains('"');
    let is_several = !is_quoted && within.contains(';');
    if is_several && std::ptr::eq(param, &params::RCPT_TO) {
        let why = format!("`{text}` is not one mail address");
        let parts = within.split(';').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(quote::bash).collect();
        return Err(refused(param, &why, format!("-{} {}", param.name, parts.join(","))));
    }
    if is_several || !is_quoted && within.matches('@').count() > 1 || within.contains(bad) {
        let why = format!("`{}` is not a mail address", text);
        return Err(refused(param, &why, format!("-{} app1@contoso.com", param.name)));
    }
    Ok(if within.len() == text.len() { text } else { within.to_owned() })
}

/// A server of the store has its role.
pub fn one_peer() -> Exclusion {
    Exclusion::new(&params::PEER_SERVER, [&params::PEER_ROLE])
}

/// What goes together with anything: nothing of it is looked at by [`check`].
pub static FREE: [&Param; 6] =
    [&params::REMOTE, &params::LOCAL, params::PORT, &params::MAIL_FROM, &params::FROM, &params::RCPT_TO];

/// Refuses what does not go together, naming the parameter to blame.
///
/// # Errors
/// Exit 2.
pub fn check(args: &Args) -> Result<(), Problem> {
    excluded::check(&one_peer(), args)?;
    let (mechanism, tls) = (args.choice::<Mechanism>(&params::MECHANISM), tls(args));
    let exchange = mechanism == Some(Mechanism::ExchangeServer);
    let no_server = "only Exchange Server authentication identifies the client as a server";
    let with_exchange = "-AuthMechanism ExchangeServer, or leave it out";
    let rules: [(&Param, bool, &str, &str); 9] = [
        (
            &params::USER,
            mechanism.is_none(),
            "the session does not authenticate, so it has no account",
            "-AuthMechanism NTLM, BasicAuth or GSSAPI",
        ),
        (
            &params::USER,
            exchange,
            "Exchange Server authentication is for servers, not for accounts",
            "-PeerServer or -PeerRole says which server",
        ),
        (
            &params::MEMBER_OF,
            !args.has(&params::USER),
            "no -User is given whose groups these are",
            r"-User 'CONTOSO\app1'",
        ),
        (&params::PEER_SERVER, !exchange, no_server, with_exchange),
        (&params::PEER_ROLE, !exchange, no_server, with_exchange),
        (
            &params::CERTIFICATE,
            tls != Tls::StartTls,
            "a client shows its certificate only after STARTTLS",
            "-Tls StartTls",
        ),
        (
            &params::NO_BINDING,
            !matches!(mechanism, Some(Mechanism::NTLM | Mechanism::GSSAPI)),
            "only NTLM and GSSAPI are bound to the channel",
            "-AuthMechanism NTLM, or leave it out",
        ),
        (
            &params::MECHANISM,
            tls == Tls::AnonymousTls && !exchange,
            "X-ANONYMOUSTLS is for Exchange servers, which authenticate by ExchangeServer",
            "-Tls StartTls",
        ),
        (
            &params::HOPS,
            count(args, &params::HOPS) < count(args, &params::LOCAL_HOPS),
            "the headers of this server are among all Received headers, so -LocalHopCount is never larger",
            "-HopCount no smaller than -LocalHopCount",
        ),
    ];
    let broken = rules.into_iter().find(|(param, applies, ..)| args.says(param) && *applies);
    if let Some((param, _, why, hint)) = broken {
        return Err(refused(param, why, hint));
    }
    if mechanism.is_some() && !exchange && !args.has(&params::USER) {
        return Err(refused(
            &params::USER,
            "the account that the client authenticates as is missing",
            r"-User 'CONTOSO\app1'",
        ));
    }
    match (size(args, &params::SIZE), size(args, &params::HEADER_SIZE)) {
        (Some(whole), Some(header)) if header > whole => Err(refused(
            &params::HEADER_SIZE,
            "a header is no larger than its message",
            "-Size no smaller than -HeaderSize",
        )),
        _ => Ok(()),
    }
}
