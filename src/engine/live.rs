//! Connections to real servers: several at once, each step within its time, up to RCPT TO and never further.

#![expect(clippy::disallowed_methods, reason = "a step of a connection has a deadline")]

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::live::{Fault, Place, Reply, ReplyReader, Request, Seen, Step};

/// The most connections that are open at once.
const AT_ONCE: usize = 16;
/// The longest line that is read: RFC 5321 allows 512 bytes.
const LONGEST: usize = 4096;

/// Asks every server, and gives what was seen in the same order.
#[must_use]
pub fn ask(requests: &[Request]) -> Vec<Seen> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Seen>> = Mutex::new(vec![Seen::default(); requests.len()]);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(requests.len()) {
            scope.spawn(|| {
                while let Some((at, request)) = take(&next, requests) {
                    let seen = one(request);
                    results.lock().unwrap_or_else(PoisonError::into_inner)[at] = seen;
                }
            });
        }
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
    let mut wire = Wire { stream, buffer: Vec::new(), timeout: request.timeout };
    if !wire.step(Step::Banner, None, seen)? {
        return Ok(());
    }
    let mut said = vec![(Step::Ehlo, format!("EHLO {}", request.helo).trim_end().to_owned())];
    if let Some(envelope) = &request.envelope {
        said.push((Step::MailFrom, format!("MAIL FROM:<{}>", envelope.mail_from)));
        said.push((Step::RcptTo, format!("RCPT TO:<{}>", envelope.rcpt_to)));
    }
    for (step, command) in said {
        if !wire.step(step, Some(&command), seen)? {
            break;
        }
    }
    // Whether it is answered decides nothing.
    let _ = wire.stream.write_all(b"QUIT\r\n");
    Ok(())
}

/// The address; a lookup that takes too long is left to itself.
fn endpoint(request: &Request) -> Result<SocketAddr, Fault> {
    let name = match &request.place {
        Place::Address(address) => return Ok(SocketAddr::new(*address, request.port)),
        Place::Name(name) => name.clone(),
    };
    let (port, (send, receive)) = (request.port, mpsc::channel());
    let asked = name.clone();
    thread::spawn(move || {
        let found = (asked.as_str(), port).to_socket_addrs().map(|mut found| found.next());
        let _ = send.send(found);
    });
    match receive.recv_timeout(request.timeout) {
        Ok(Ok(Some(found))) => Ok(found),
        Ok(Ok(None)) => Err(Fault::NotFound(format!("`{name}` has no address"))),
        Ok(Err(error)) => Err(Fault::NotFound(format!("`{name}` does not resolve: {error}"))),
        Err(_) => Err(Fault::TimedOut),
    }
}

struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
    timeout: Duration,
}

impl Wire {
    /// Says `command`, and keeps the reply; whether the server goes on.
    fn step(&mut self, step: Step, command: Option<&str>, seen: &mut Seen) -> Result<bool, Ended> {
        let deadline = Instant::now() + self.timeout;
        let reply = self.exchange(command, deadline).map_err(|fault| (step, fault))?;
        let goes_on = if step == Step::Banner { reply.code == 220 } else { reply.code < 300 };
        seen.replies.push((step, reply));
        Ok(goes_on)
    }

    fn exchange(&mut self, command: Option<&str>, deadline: Instant) -> Result<Reply, Fault> {
        if let Some(command) = command {
            let left = left(deadline)?;
            let said = self.stream.set_write_timeout(Some(left));
            said.and_then(|()| self.stream.write_all(format!("{command}\r\n").as_bytes()))
                .map_err(|error| fault(&error))?;
        }
        let mut reader = ReplyReader::default();
        loop {
            let line = self.line(deadline)?;
            if let Some(reply) = reader.line(&line).map_err(Fault::Broken)? {
                return Ok(reply);
            }
        }
    }

    /// The next line without its end.
    fn line(&mut self, deadline: Instant) -> Result<Vec<u8>, Fault> {
        let mut bytes = [0; 1024];
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
                line.pop();
                line.pop_if(|byte| *byte == b'\r');
                return Ok(line);
            }
            if self.buffer.len() > LONGEST {
                self.buffer.truncate(80);
                return Ok(std::mem::take(&mut self.buffer));
            }
            let wait = self.stream.set_read_timeout(Some(left(deadline)?));
            match wait.and_then(|()| self.stream.read(&mut bytes)) {
                Ok(0) => return Err(Fault::Closed),
                Ok(read) => self.buffer.extend(&bytes[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(fault(&error)),
            }
        }
    }
}

/// What is left of a step's time.
fn left(deadline: Instant) -> Result<Duration, Fault> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Fault::TimedOut) } else { Ok(left) }
}

fn fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::TimedOut,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            Fault::Closed
        }
        io::ErrorKind::ConnectionRefused => Fault::Refused("nothing listens there".to_owned()),
        _ => Fault::Refused(error.to_string()),
    }
}
