//! A server on the loopback interface that answers by a script, with TLS.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};

/// What a 2010 server answers at a connector with TLS alone, as its sessions are published.
pub const KEYWORDS: [&str; 8] = [
    "SIZE 10485760",
    "PIPELINING",
    "DSN",
    "ENHANCEDSTATUSCODES",
    "STARTTLS",
    "8BITMIME",
    "BINARYMIME",
    "CHUNKING",
];
pub const BANNER: &str =
    "220 HUB01.contoso.com Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 05:00:00 +0000";
pub const RELAY: &str = "550 5.7.1 Unable to relay";

/// A certificate with its key, signed by itself.
pub struct Identity {
    pub certificate: rcgen::Certificate,
    pub key: KeyPair,
}

impl Identity {
    /// For these names, from the first day of a year until the first day of another.
    pub fn new(names: &[&str], years: [i32; 2]) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = params(names, years).self_signed(&key).unwrap();
        Identity { certificate, key }
    }

    /// What a server needs of it for TLS of these versions.
    pub fn config(self, versions: &[&'static SupportedProtocolVersion]) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).unwrap();
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_protocol_versions(versions).unwrap().with_no_client_auth();
        Arc::new(builder.with_single_cert(vec![self.certificate.der().clone()], key).unwrap())
    }
}

/// What a certificate for these names and years is made from.
pub fn params(names: &[&str], years: [i32; 2]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    let [begin, end] = years.map(|year| date_time_ymd(year, 1, 1));
    (params.not_before, params.not_after) = (begin, end);
    params
}

/// How a server answers.
#[derive(Clone)]
pub struct Script {
    pub banner: String,
    pub keywords: Vec<String>,
    /// The keywords in TLS; those before without STARTTLS where none are said.
    pub keywords_in_tls: Option<Vec<String>>,
    pub recipient: String,
    /// What is said to STARTTLS.
    pub start_tls: String,
    pub tls: Arc<ServerConfig>,
}

pub type Log = Arc<Mutex<Vec<String>>>;

impl Script {
    /// As an Exchange server answers whose certificate is valid when the tests run.
    pub fn exchange() -> Self {
        let identity = Identity::new(&["HUB01.contoso.com", "HUB01"], [2026, 2028]);
        Script {
            banner: BANNER.to_owned(),
            keywords: KEYWORDS.map(str::to_owned).to_vec(),
            keywords_in_tls: None,
            recipient: RELAY.to_owned(),
            start_tls: "220 2.0.0 SMTP server ready".to_owned(),
            tls: identity.config(rustls::ALL_VERSIONS),
        }
    }

    pub fn without(mut self, keyword: &str) -> Self {
        self.keywords.retain(|one| !one.starts_with(keyword));
        self
    }

    pub fn with(mut self, keyword: &str) -> Self {
        self.keywords.push(keyword.to_owned());
        self
    }

    /// The answer to a command.
    fn answer(&self, command: &str, in_tls: bool) -> String {
        let verb = command.get(..4).unwrap_or_default();
        match verb {
            "EHLO" => {
                let mut lines = vec!["HUB01.contoso.com Hello [127.0.0.1]".to_owned()];
                let own = self.keywords_in_tls.as_ref().filter(|_| in_tls).unwrap_or(&self.keywords);
                lines.extend(own.iter().filter(|line| !in_tls || *line != "STARTTLS").cloned());
                let last = lines.len() - 1;
                let line = |(at, text): (usize, &String)| {
                    format!("250{}{text}\r\n", if at == last { ' ' } else { '-' })
                };
                lines.iter().enumerate().map(line).collect()
            }
            "MAIL" => "250 2.1.0 Sender OK\r\n".to_owned(),
            "RCPT" => format!("{}\r\n", self.recipient),
            "STAR" if !in_tls => format!("{}\r\n", self.start_tls),
            "QUIT" => "221 2.0.0 Service closing transmission channel\r\n".to_owned(),
            _ => "500 5.3.3 Unrecognized command\r\n".to_owned(),
        }
    }

    /// Answers every connection; what clients said is in the list, in TLS behind `tls: `.
    pub fn serve(self) -> (u16, Log) {
        let said = Log::default();
        let kept = said.clone();
        let port = listen(move |mut stream| {
            let _ = stream.write_all(format!("{}\r\n", self.banner).as_bytes());
            if self.talk(&mut stream, false, &kept) {
                let connection = ServerConnection::new(self.tls.clone()).unwrap();
                self.talk(&mut StreamOwned::new(connection, stream), true, &kept);
            }
        });
        (port, said)
    }

    /// Whether TLS begins.
    fn talk(&self, stream: &mut (impl Read + Write), in_tls: bool, said: &Log) -> bool {
        while let Some(line) = line(stream) {
            said.lock().unwrap().push(if in_tls { format!("tls: {line}") } else { line.clone() });
            let answer = self.answer(&line, in_tls);
            let _ = stream.write_all(answer.as_bytes());
            if line == "STARTTLS" && answer.starts_with("220") {
                return true;
            }
            if line == "QUIT" {
                break;
            }
        }
        false
    }
}

/// The next line, without a byte of what follows.
fn line(stream: &mut impl Read) -> Option<String> {
    let (mut line, mut byte) = (Vec::new(), [0]);
    while stream.read(&mut byte).is_ok_and(|read| read == 1) {
        if byte == [b'\n'] {
            return Some(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        line.extend(byte);
    }
    None
}

/// A port at which every connection is handled like this, each by itself.
pub fn listen(handle: impl Fn(TcpStream) + Clone + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handle = handle.clone();
            thread::spawn(move || handle(stream));
        }
    });
    port
}

/// Holds a connection open, and says nothing, until the client goes.
pub fn silent(stream: TcpStream) {
    let _ = BufReader::new(stream).lines().next();
}
