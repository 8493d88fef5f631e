//! A conversation in lines, each step within its time, in plain text or in TLS.

#![expect(clippy::disallowed_methods, reason = "a step of a connection has a deadline")]

use std::io::{self, Read, Write};
use std::net::{IpAddr, TcpStream};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Ended;
use super::tls::{self, Encrypted};
use crate::live::{Fault, Reply, ReplyReader, Seen, Step, TlsSession};

/// The longest line that is read: RFC 5321 allows 512 bytes.
const LONGEST: usize = 4096;

/// A connection of which no read or write outlasts the deadline.
pub(super) struct Timed {
    stream: TcpStream,
    deadline: Instant,
}

impl Timed {
    fn left(&self) -> io::Result<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

impl Read for Timed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(bytes)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

enum Channel {
    Plain(Timed),
    Encrypted(Box<Encrypted>),
}

impl Channel {
    fn timed(&mut self) -> &mut Timed {
        match self {
            Channel::Plain(timed) => timed,
            Channel::Encrypted(encrypted) => encrypted.get_mut(),
        }
    }

    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Channel::Plain(timed) => timed.read(bytes),
            Channel::Encrypted(encrypted) => encrypted.read(bytes),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Channel::Plain(timed) => timed.write_all(bytes),
            Channel::Encrypted(encrypted) => encrypted.write_all(bytes).and_then(|()| encrypted.flush()),
        }
    }
}

/// The conversation with a server.
pub(super) struct Wire {
    channel: Channel,
    buffer: Vec<u8>,
    timeout: Duration,
}

impl Wire {
    /// Over this connection, in plain text.
    pub(super) fn new(stream: TcpStream, timeout: Duration) -> Self {
        let timed = Timed { stream, deadline: Instant::now() + timeout };
        Wire { channel: Channel::Plain(timed), buffer: Vec::new(), timeout }
    }

    /// Says `command`, and keeps the reply; whether the server goes on.
    pub(super) fn step(&mut self, step: Step, command: Option<&str>, seen: &mut Seen) -> Result<bool, Ended> {
        self.begin();
        let reply = self.exchange(command).map_err(|fault| (step, fault))?;
        let goes_on = match step {
            Step::Banner | Step::StartTls => reply.code == 220,
            _ => reply.code < 300,
        };
        seen.replies.push((step, reply));
        Ok(goes_on)
    }

    /// Leaves; whether that is answered decides nothing.
    pub(super) fn leave(&mut self) {
        let _ = self.channel.write(b"QUIT\r\n");
    }

    /// The same conversation in TLS, with the server at `address` asked for `name`.
    pub(super) fn encrypt(
        mut self,
        name: &str,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<(Self, TlsSession), Fault> {
        self.begin();
        if !self.buffer.is_empty() {
            return Err(Fault::Tls("the server sent more than its reply before TLS began".to_owned()));
        }
        let Channel::Plain(timed) = self.channel else {
            return Err(Fault::Tls("the session is in TLS already".to_owned()));
        };
        let (encrypted, session) = tls::encrypt(timed, name, address, now)?;
        let channel = Channel::Encrypted(Box::new(encrypted));
        Ok((Wire { channel, buffer: Vec::new(), timeout: self.timeout }, session))
    }

    /// The time of a step runs from here.
    fn begin(&mut self) {
        self.channel.timed().deadline = Instant::now() + self.timeout;
    }

    fn exchange(&mut self, command: Option<&str>) -> Result<Reply, Fault> {
        if let Some(command) = command {
            let said = self.channel.write(format!("{command}\r\n").as_bytes());
            said.map_err(|error| tls::broken(&error))?;
        }
        let mut reader = ReplyReader::default();
        loop {
            let line = self.line()?;
            if let Some(reply) = reader.line(&line).map_err(Fault::Broken)? {
                return Ok(reply);
            }
        }
    }

    /// The next line without its end.
    fn line(&mut self) -> Result<Vec<u8>, Fault> {
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
            match self.channel.read(&mut bytes) {
                Ok(0) => return Err(Fault::Closed),
                Ok(read) => self.buffer.extend(&bytes[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(tls::broken(&error)),
            }
        }
    }
}
