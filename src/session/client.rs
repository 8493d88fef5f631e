//! What a client does in a session with one message: plain data, as a command line or a log has it.

use std::net::{IpAddr, SocketAddr};

use super::identity::Peer;
use crate::connector::TransportRole;
use crate::param::closed;

closed! {
    /// How a session is encrypted: not at all, by STARTTLS, by X-ANONYMOUSTLS between Exchange servers, or from connect,
    /// which no Receive connector does.
    #[derive(Hash)]
    Tls: None, StartTls, AnonymousTls, Implicit
}
closed! {
    /// How a client proves who it is: BasicAuth and LOGIN are AUTH LOGIN, PLAIN is AUTH PLAIN, which no connector offers,
    /// NTLM is of Integrated, GSSAPI of Integrated with EnableAuthGSSAPI, ExchangeServer is X-EXPS.
    #[derive(Hash)]
    Mechanism: BasicAuth, LOGIN, PLAIN, NTLM, GSSAPI, ExchangeServer
}
closed! {
    /// The state of the server's transport component, 2013 and later, as Set-ServerComponentState names it.
    #[derive(Hash)]
    ServiceState: Active, Draining, Inactive
}

impl Mechanism {
    /// Whether it is AUTH LOGIN.
    #[must_use]
    pub fn is_basic(self) -> bool {
        matches!(self, Mechanism::BasicAuth | Mechanism::LOGIN)
    }

    /// Whether it authenticates an account; else a server.
    #[must_use]
    pub fn is_of_account(self) -> bool {
        self != Mechanism::ExchangeServer
    }
}

/// A session with one message.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where it comes from.
    pub remote: IpAddr,
    /// The server's address and port at which it arrives.
    pub local: SocketAddr,
    /// The transport service that is meant; nothing for whichever listens there.
    pub role: Option<TransportRole>,
    /// The name after EHLO; nothing where none is given.
    pub helo: Option<String>,
    /// How it is encrypted when mail is submitted.
    pub tls: Tls,
    /// The names in the client's certificate.
    pub certificate: Vec<String>,
    /// How it authenticates; nothing for an anonymous session.
    pub mechanism: Option<Mechanism>,
    /// The account that it authenticates as: a name or a SID.
    pub user: Option<String>,
    /// Whether the client binds its authentication to the TLS channel (P12).
    pub channel_binding: bool,
    /// Which server the client is, where it is said; else the policy is asked for the remote address (P6).
    pub peer: Option<Peer>,
    /// The envelope's sender; empty for `<>`.
    pub mail_from: String,
    /// The header's sender; the envelope's unless given.
    pub from: Option<String>,
    /// The envelope's recipients.
    pub recipients: Vec<String>,
    /// The message's bytes, where known.
    pub size: Option<u64>,
    /// Whether the client says the size with MAIL FROM where SIZE is offered.
    pub declares_size: bool,
    /// The header's bytes, where known.
    pub header_size: Option<u64>,
    /// Received headers.
    pub hops: u32,
    /// Received headers of this server.
    pub local_hops: u32,
    /// Whether a line feed without a carriage return is in the message.
    pub bare_linefeed: bool,
    /// The connections that the client has open, this one included.
    pub connections: u32,
    /// The messages that the client has sent in this minute, this one included.
    pub message_rate: u32,
    /// Whether the connector has a certificate for STARTTLS, which no store knows.
    pub server_certificate: bool,
    /// The state of the server's transport component, which no store knows.
    pub service_state: ServiceState,
    /// The component that this is the state of; nothing for that of the service that answers.
    pub component: Option<TransportRole>,
}

impl Client {
    /// An anonymous client without TLS that greets by a name and sends no message yet.
    #[must_use]
    pub fn new(remote: IpAddr, local: SocketAddr) -> Self {
        Client {
            remote,
            local,
            role: None,
            helo: Some("client".to_owned()),
            tls: Tls::None,
            certificate: Vec::new(),
            mechanism: None,
            user: None,
            channel_binding: true,
            peer: None,
            mail_from: String::new(),
            from: None,
            recipients: Vec::new(),
            size: None,
            declares_size: true,
            header_size: None,
            hops: 0,
            local_hops: 0,
            bare_linefeed: false,
            connections: 1,
            message_rate: 1,
            server_certificate: true,
            service_state: ServiceState::Active,
            component: None,
        }
    }

    /// The header's sender, which is the envelope's where none is given.
    #[must_use]
    pub(crate) fn header_sender(&self) -> &str {
        self.from.as_deref().unwrap_or(&self.mail_from)
    }
}
