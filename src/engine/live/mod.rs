//! Connections to real servers: several at once, each step within its time, up to RCPT TO and never further.

mod tls;
mod wire;

use std::io;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, mpsc};
use std::thread;

use crate::live::{Fault, Place, Request, Seen, Smtp, Step};
use wire::Wire;

/// The most connections that are open at once.
const AT_ONCE: usize = 16;

/// Asks every server, and gives what was seen in the same order.
#[must_use]
pub fn ask(requests: &[Request]) -> Vec<Seen> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Seen>> = Mutex::new(vec![Seen::default(); requests.len()]);
    let work = || {
        while let Some((at, request)) = take(&next, requests) {
            let seen = one(request);
            results.lock().unwrap_or_else(PoisonError::into_inner)[at] = seen;
        }
    };
    thread::scope(|scope| {
        for _ in 1..AT_ONCE.min(requests.len()) {
            // Where the system has no more threads, those that are there do it all.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn take<'r>(next: &AtomicUsize, requests: &'r [Request]) -> Option<(usize, &'r Request)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    requests.get(at).map(|request| (at, request))
}

fn one(request: &Request) -> Seen {
    let mut seen = Seen::default();
    if let Err(fault) = converse(request, &mut seen) {
        seen.fault = Some(fault);
    }
    seen
}

type Ended = (Step, Fault);

fn converse(request: &Request, seen: &mut Seen) -> Result<(), Ended> {
    let endpoint = endpoint(request).map_err(|fault| (Step::Lookup, fault))?;
    seen.endpoint = Some(endpoint);
    let stream = TcpStream::connect_timeout(&endpoint, request.timeout)
        .map_err(|error| (Step::Connect, fault(&error)))?;
    seen.own = stream.local_addr().ok().map(|own| own.ip());
    let Some(smtp) = &request.smtp else { return Ok(()) };
    let mut wire = Wire::new(stream, request.timeout);
    if wire.step(Step::Banner, None, seen)? {
        talk(wire, smtp, endpoint, seen)?.leave();
    }
    Ok(())
}

/// What is said after the greeting, as far as the server goes along.
fn talk(mut wire: Wire, smtp: &Smtp, endpoint: SocketAddr, seen: &mut Seen) -> Result<Wire, Ended> {
    let ehlo = format!("EHLO {}", smtp.helo).trim_end().to_owned();
    if !wire.step(Step::Ehlo, Some(&ehlo), seen)? {
        return Ok(wire);
    }
    if let Some(name) = smtp.tls_name.as_deref().filter(|_| offers_tls(seen)) {
        if !wire.step(Step::StartTls, Some("STARTTLS"), seen)? {
            return Ok(wire);
        }
        let encrypted = wire.encrypt(name, endpoint.ip(), smtp.now);
        let (encrypted, session) = encrypted.map_err(|fault| (Step::Handshake, fault))?;
        (wire, seen.tls) = (encrypted, Some(session));
        if !wire.step(Step::EhloInTls, Some(&ehlo), seen)? {
            return Ok(wire);
        }
    }
    if let Some(envelope) = &smtp.envelope {
        let from = format!("MAIL FROM:<{}>", envelope.mail_from);
        if wire.step(Step::MailFrom, Some(&from), seen)? {
            wire.step(Step::RcptTo, Some(&format!("RCPT TO:<{}>", envelope.rcpt_to)), seen)?;
        }
    }
    Ok(wire)
}

/// Whether STARTTLS is among the keywords.
fn offers_tls(seen: &Seen) -> bool {
    let ehlo = seen.reply(Step::Ehlo);
    ehlo.is_some_and(|reply| {
        reply.lines.iter().skip(1).any(|line| line.trim().eq_ignore_ascii_case("STARTTLS"))
    })
}

/// The address; a lookup that takes too long is left to itself.
fn endpoint(request: &Request) -> Result<SocketAddr, Fault> {
    let name = match &request.place {
        Place::Address(address) => return Ok(SocketAddr::new(*address, request.port)),
        Place::Name(name) => name.clone(),
    };
    let (port, (send, receive)) = (request.port, mpsc::channel());
    let asked = name.clone();
    let look_up = move || {
        let found = (asked.as_str(), port).to_socket_addrs().map(|mut found| found.next());
        let _ = send.send(found);
    };
    if let Err(error) = thread::Builder::new().spawn(look_up) {
        return Err(Fault::NotFound(format!("`{name}` cannot be looked up: {error}")));
    }
    match receive.recv_timeout(request.timeout) {
        Ok(Ok(Some(found))) => Ok(found),
        Ok(Ok(None)) => Err(Fault::NotFound(format!("`{name}` has no address"))),
        Ok(Err(error)) => Err(Fault::NotFound(format!("`{name}` does not resolve: {error}"))),
        Err(_) => Err(Fault::TimedOut),
    }
}

/// Why a connection failed or ended.
fn fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::TimedOut,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            Fault::Closed
        }
        io::ErrorKind::ConnectionRefused => Fault::Refused,
        _ => Fault::Network(error.to_string()),
    }
}
