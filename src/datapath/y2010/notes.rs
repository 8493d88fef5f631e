//! What to know of the data paths of the 2010 edition, and which of them each note is about.

use crate::datapath::Condition::{Firewall, Perimeter};
use crate::datapath::Severity::{Caution, Info, Unsupported};
use crate::datapath::note::{Note, note};

/// The notes, in the order of the source.
pub(crate) static NOTES: &[Note] = &[
    note("colocated-hub-mailbox", Info, "Kerberos when both roles stand on one server, NTLM when the mail crosses to another.")
        .on(&["mailbox-to-hub-submission", "hub-to-mailbox-mapi"]),
    note("edge-direct-trust", Info, "Mutual TLS; a certificate counts because it is published in the directory, whoever signed it.")
        .on(&["hub-to-edge", "edge-to-hub"]),
    note("local-system-kerberos", Info, "Which of the two depends on the account of the program that uses the Exchange business logic layer: Kerberos when it runs as Local System, NTLM otherwise, for example for a shell cmdlet.")
        .on(&["availability-cas-to-mailbox", "dag-log-shipping-and-seeding", "admin-smb", "admin-remote-registry", "clustering"]),
    note("rpc-always-encrypted", Info, "RPC on this path is encrypted at all times.")
        .on(&["mailbox-to-hub-submission", "hub-to-mailbox-mapi", "availability-cas-to-mailbox", "cas-to-mailbox", "mailbox-replication-service"]),
    note("cluster-heartbeat", Caution, "Nodes also talk on UDP 3343, and the Cluster service (ClusSvc.exe) takes random high TCP ports: 135 alone is not enough between nodes.")
        .on(&["clustering", "cluster-heartbeat"]),
    note("dag-port", Info, "64327 is the default; Set-DatabaseAvailabilityGroup -ReplicationPort changes it for the group.")
        .on(&["dag-log-shipping-and-seeding"]),
    note("client-leg", Info, "Ports, authentication and encryption are those between the client program and the Client Access server.")
        .on(&["autodiscover", "availability", "owa", "pop3", "imap4", "outlook-oab-web"]),
    note("owa-ntlm-v2", Info, "NTLM in version 2 only.")
        .on(&["owa"]),
    note("pop3-proxy-port", Info, "One Client Access server hands POP3 on to another over 995, also when the client came over 110 with TLS.")
        .on(&["cas-to-cas-pop3"]),
    note("imap4-proxy-port", Info, "One Client Access server hands IMAP4 on to another over 993, also when the client came over 143 with TLS.")
        .on(&["cas-to-cas-imap4"]),
    note("legacy-authentication", Info, "Negotiate here is Kerberos with a fall back to NTLM, or to Basic where chosen; POP and IMAP go in plain text.")
        .on(&["cas-to-legacy-mailbox"]),
    note("ocs-integration", Info, "Only where Outlook Web App is tied to Office Communications Server.")
        .on(&["cas-to-ocs", "ocs-to-cas"]),
    note("no-firewall-inside", Unsupported, "No firewall is supported between Exchange servers, nor between a Mailbox or Client Access server and Active Directory. A network device may stand there if it restricts nothing and every port is open both ways.")
        .when(Firewall)
        .on(&["hub-to-hub", "mailbox-to-hub-submission", "hub-to-mailbox-mapi", "um-to-hub", "availability-cas-to-mailbox", "dag-log-shipping-and-seeding", "clustering", "cluster-heartbeat", "cas-to-um", "cas-to-cas-activesync-or-owa", "cas-to-cas-pop3", "cas-to-cas-imap4", "cas-to-mailbox", "cas-to-legacy-mailbox", "um-to-cas", "mailbox-to-ad", "cas-to-ad"]),
    note("no-filtering-to-directory", Caution, "The Exchange team said in 2013, of every version since 2007, that blocking any port or protocol between Exchange servers and domain controllers is not supported. The 2010 page names Mailbox and Client Access servers only.")
        .when(Firewall)
        .on(&["hub-to-ad", "um-to-ad"]),
    note("no-cas-in-perimeter", Unsupported, "A Client Access server in a perimeter network is not supported.")
        .when(Perimeter)
        .on(&["availability-cas-to-mailbox", "cas-to-ad", "cas-to-um", "cas-to-cas-activesync-or-owa", "cas-to-cas-pop3", "cas-to-cas-imap4", "autodiscover", "availability", "mailbox-replication-service", "outlook-oab-web", "owa", "pop3", "imap4", "cas-to-mailbox", "cas-to-legacy-mailbox", "cas-to-ocs", "ocs-to-cas", "um-to-cas", "mapi-access", "outlook-anywhere"]),
    note("rpc-client-access-ports", Info, "The dynamic ports of a Client Access server on Windows Server 2008 and later are 6005 to 59530; the RPC Client Access and Address Book services can each be held to one port, on each server.")
        .on(&["mapi-access"]),
    note("um-worker-ports", Info, "A Unified Messaging server listens at 5060, with mutual TLS at 5061, and its worker processes at 5065 and 5067, with mutual TLS at 5066 and 5068. Voice and fax take dynamic ports.")
        .on(&["um-phone"]),
];
