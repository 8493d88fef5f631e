//! The parameters of a session, on a line or in a row, each with its type. It gives them no meaning.

use strum::VariantNames;

use crate::connector::TransportRole;
use crate::datapath::rows;
use crate::param::{Completes, Group, Kind, Param, Verb, param};
use crate::session::{Disposition, Mechanism, Peer, ServiceState, Tls};

const TEST: &[Verb] = &[Verb::Test];
/// The largest size that is asked about.
const MOST_BYTES: u64 = 1 << 40;

const fn asked(name: &'static str, kind: Kind, group: Group, help: &'static str) -> Param {
    param(name, kind, help).on(TEST).group(group)
}

/// The server.
pub static SERVER: Param = asked(
    "Server",
    Kind::List(&Kind::Text),
    Group::Identity,
    "The server of the store that the session arrives at; a list or a wildcard asks each of them",
)
.usual()
.example("HUB01")
.completes(Completes::Server);
/// Where the session comes from.
pub(crate) static REMOTE: Param =
    asked("RemoteIPAddress", Kind::Address, Group::Connections, "The address that the client comes from")
        .usual();
/// Where it arrives.
pub(crate) static LOCAL: Param = asked(
    "LocalIPAddress",
    Kind::Address,
    Group::Connections,
    "The server address that the client connects to. Default: the first address of the same family",
);
/// At which port.
pub static PORT: &Param = &rows::PORT.param;
/// The transport service that is meant.
pub(crate) static ROLE: Param = asked(
    "TransportRole",
    Kind::Choice(TransportRole::VARIANTS),
    Group::Connections,
    "The transport service that is meant, 2013 and later. Default: the one that listens there",
);
/// The name after EHLO.
pub static HELO: Param =
    asked("Helo", Kind::Text, Group::Protocol, "The name after EHLO; '' for none").default("client");
/// How it is encrypted.
pub static TLS: Param = asked(
    "Tls",
    Kind::Choice(Tls::VARIANTS),
    Group::Security,
    "How the session is encrypted: by STARTTLS, between Exchange servers by X-ANONYMOUSTLS, or Implicit: TLS from connect, often called SSL, which no Receive connector offers",
)
.default("None")
.misnomers(&[("SSL", SSL), ("SslOnConnect", SSL), ("SMTPS", SSL), ("TLS", STARTTLS), ("TLS12", STARTTLS), ("TLS13", STARTTLS)]);
const SSL: &str = "-Tls Implicit is TLS from connect, which no Receive connector supports, at port 465 either; a client of Exchange uses STARTTLS: -Tls StartTls";
const STARTTLS: &str =
    "-Tls StartTls where the client uses STARTTLS; -Tls Implicit where it starts TLS at connect";
/// The names in the client's certificate.
pub(crate) static CERTIFICATE: Param = asked(
    "ClientCertificateDomain",
    Kind::List(&Kind::Domain),
    Group::Security,
    "The names in the client's certificate, with -Tls StartTls",
);
/// How it authenticates.
pub static MECHANISM: Param = asked(
    "AuthMechanism",
    Kind::Choice(Mechanism::VARIANTS),
    Group::Security,
    "How the client authenticates: BasicAuth and LOGIN are AUTH LOGIN, PLAIN is AUTH PLAIN. Anonymous without it",
)
.usual();
/// The client does not bind its authentication to the channel.
pub(crate) static NO_BINDING: Param = asked(
    "NoChannelBinding",
    Kind::Switch,
    Group::Security,
    "The client does not bind NTLM or GSSAPI to the TLS channel",
);
/// The account.
pub static USER: Param =
    asked("User", Kind::Text, Group::Security, "The account that it authenticates as: a name or a SID")
        .usual()
        .example(r"'CONTOSO\app1'")
        .completes(Completes::Principal);
/// Groups of the account.
pub(crate) static MEMBER_OF: Param = asked(
    "MemberOf",
    Kind::List(&Kind::Text),
    Group::Security,
    "Groups of the account, beside those that the store knows",
)
.completes(Completes::Principal);
/// The server that the client is.
pub(crate) static PEER_SERVER: Param = asked(
    "PeerServer",
    Kind::Text,
    Group::Security,
    "The server of the store that the client is, with -AuthMechanism ExchangeServer",
)
.completes(Completes::Server);
/// What server the client is.
pub(crate) static PEER_ROLE: Param = asked(
    "PeerRole",
    Kind::Choice(Peer::VARIANTS),
    Group::Security,
    "What the client is to the server, with -AuthMechanism ExchangeServer. Since 2013 a Mailbox server is HubTransport; LegacyServer is a server of Exchange 2003",
);
/// The envelope's sender.
pub(crate) static MAIL_FROM: Param =
    asked("MailFrom", Kind::Text, Group::Other, "The envelope's sender. Default: <>, the empty one")
        .usual()
        .example("app1@contoso.com");
/// The header's sender.
pub static FROM: Param =
    asked("From", Kind::Text, Group::Other, "The header's sender. Default: the envelope's");
/// The recipients.
pub(crate) static RCPT_TO: Param =
    asked("RcptTo", Kind::List(&Kind::Text), Group::Other, "The recipients, in order")
        .usual()
        .example("bob@example.com");
/// The message's size.
pub static SIZE: Param = asked("Size", Kind::Size(0, MOST_BYTES), Group::Limits, "The size of the message");
/// The header's size.
pub(crate) static HEADER_SIZE: Param =
    asked("HeaderSize", Kind::Size(0, MOST_BYTES), Group::Limits, "The size of its header");
/// Received headers.
pub static HOPS: Param =
    asked("HopCount", Kind::Count(0, 100_000), Group::Limits, "How many Received headers it has");
/// Received headers of this server.
pub(crate) static LOCAL_HOPS: Param = asked(
    "LocalHopCount",
    Kind::Count(0, 100_000),
    Group::Limits,
    "How many of its Received headers are of this server",
);
/// A bare line feed in the message.
pub(crate) static BARE_LINEFEED: Param = asked(
    "BareLinefeed",
    Kind::Switch,
    Group::Other,
    "The message has a line feed that no carriage return precedes",
);
/// How many connections the client has open.
pub(crate) static CONNECTIONS: Param = asked(
    "Connections",
    Kind::Count(1, 1_000_000),
    Group::Limits,
    "How many connections the client has open at the same time, this one included",
)
.default("1");
/// How many messages the client sends in a minute.
pub(crate) static MESSAGE_RATE: Param = asked(
    "MessageRate",
    Kind::Count(1, 1_000_000),
    Group::Limits,
    "How many messages the client sends in a minute, this one included",
)
.default("1");
/// The connector has no certificate.
pub(crate) static NO_CERTIFICATE: Param = asked(
    "NoServerCertificate",
    Kind::Switch,
    Group::Security,
    "The server has no usable certificate for the connector's Fqdn, so it does not offer STARTTLS",
);
/// The state of the server's transport component.
pub(crate) static COMPONENT_STATE: Param = asked(
    "ComponentState",
    Kind::Choice(ServiceState::VARIANTS),
    Group::Other,
    "The state of the component of the transport service that answers, 2013 and later: Draining or Inactive in maintenance",
)
.default("Active");
/// Whose state it is.
pub(crate) static COMPONENT: Param = asked(
    "Component",
    Kind::Choice(TransportRole::VARIANTS),
    Group::Other,
    "The component that -ComponentState is about. Default: that of the service whose connector answers",
);
/// The expected outcome.
pub(crate) static EXPECT: Param = asked(
    "Expect",
    Kind::Choice(Disposition::VARIANTS),
    Group::Safety,
    "The expected outcome. Exit 0 if the session comes out like that, 3 if not",
);
/// The revision to compare with.
pub(crate) static AGAINST: Param = asked(
    "Against",
    Kind::Text,
    Group::Safety,
    "Answer as of another revision too, and show what changed: identifier, tag, HEAD~2 or date",
)
.completes(Completes::Revision);
/// Many sessions.
pub(crate) static INPUT_FILE: Param = asked(
    "InputFile",
    Kind::Text,
    Group::Identity,
    "Sessions, one a row: CSV with columns named as these parameters, or JSON lines; - reads standard input",
)
.example("sessions.csv")
.completes(Completes::File);

/// What a session is made of: what a row can say too.
pub(crate) static OF_SESSION: &[&Param] = &[
    &SERVER,
    &REMOTE,
    &LOCAL,
    PORT,
    &ROLE,
    &HELO,
    &TLS,
    &CERTIFICATE,
    &MECHANISM,
    &NO_BINDING,
    &USER,
    &MEMBER_OF,
    &PEER_SERVER,
    &PEER_ROLE,
    &MAIL_FROM,
    &FROM,
    &RCPT_TO,
    &SIZE,
    &HEADER_SIZE,
    &HOPS,
    &LOCAL_HOPS,
    &BARE_LINEFEED,
    &CONNECTIONS,
    &MESSAGE_RATE,
    &NO_CERTIFICATE,
    &COMPONENT_STATE,
    &COMPONENT,
    &EXPECT,
];
