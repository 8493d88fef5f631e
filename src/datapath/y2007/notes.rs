//! What to know of the data paths of the 2007 edition, and which of them each note is about.

use crate::datapath::Condition::{Firewall, FirewallInSite, Perimeter};
use crate::datapath::Severity::{Caution, Info, Unsupported};
use crate::datapath::note::{Note, note};

/// The notes, in the order of the source.
pub(crate) static NOTES: &[Note] = &[
    note("hub-tls", Info, "TLS with the self-signed certificates that setup installs; the two servers authenticate with Kerberos.")
        .on(&["hub-to-hub"]),
    note("direct-trust", Info, "Mutual TLS; all traffic between Hub and Edge Transport servers is authenticated and encrypted. A certificate counts because it is published in Active Directory or ADAM, whoever signed it; its chain is not validated. The Edge Subscription publishes the Edge server's certificate, EdgeSync writes those of the Hub servers into ADAM.")
        .on(&["hub-to-edge", "edge-to-hub", "edgesync"]),
    note("opportunistic-tls", Info, "Between two organizations. Setup makes a self-signed certificate and turns TLS on, so that any sender can encrypt; outbound, Exchange tries TLS with every remote server.")
        .on(&["edge-to-edge"]),
    note("colocated-hub-mailbox", Info, "Kerberos when both roles stand on one server, NTLM when the mail crosses to another.")
        .on(&["mailbox-to-hub-submission", "hub-to-mailbox-mapi"]),
    note("domain-security", Info, "Domain Security secures mail between chosen domains across the Internet with mutual TLS, at less cost than S/MIME. What an authenticated sender sent over such a path is marked Domain Secured in Outlook 2007 and Outlook Web Access.")
        .on(&["edge-to-edge", "hub-to-edge", "edge-to-hub"]),
    note("edgesync-spam-data", Info, "EdgeSync brings safelists and recipients into ADAM; apart from recipient filtering and sender reputation, the anti-spam agents use only what their own computer holds.")
        .on(&["edgesync", "adam-on-edge"]),
    note("recipient-filter-directory", Info, "Recipient filtering asks a directory: ADAM when it runs on an Edge Transport server (same computer, nothing crosses the network), Active Directory when it is set up on a Hub Transport server. Prefer the Edge server.")
        .on(&["adam-on-edge", "hub-to-ad"]),
    note("sender-reputation-probe", Info, "For sender reputation the Protocol Analysis agent opens connections of its own to proxy servers outside, to trace where suspicious mail came from. The computer where it runs needs that way out. The 2007 page gives no ports.")
        .on(&["sender-reputation-probe"]),
    note("journaling-needs-directory", Info, "Journaling and message classification run on the Hub Transport server and work from Active Directory data.")
        .on(&["hub-to-ad"]),
    note("trust-ports", Info, "Microsoft Knowledge Base article 179442 lists the firewall ports that domains and trusts need.")
        .on(&["hub-to-ad", "mailbox-to-ad", "sa-legacy-to-ad", "oab-to-ad", "rus-to-ad", "dsaccess-to-ad"]),
    note("local-system-kerberos", Info, "Which of the two depends on the account of the program that uses the Exchange business logic layer: Kerberos when it runs as Local System (it signs in with the computer account, and both sides must trust each other), NTLM otherwise, for example for a shell cmdlet that an administrator runs.")
        .on(&["ccr-scr-log-shipping", "ccr-scr-seeding", "vss-backup", "legacy-backup", "clustering", "mapi-access", "mailbox-assistants", "availability-cas-to-mailbox", "content-indexing", "admin-remote-registry", "admin-smb", "ad-topology", "sa-legacy-listen", "sa-legacy-mapi-client", "outlook-oab-rpc"]),
    note("rpc-always-encrypted", Info, "RPC on this path is encrypted at all times.")
        .on(&["mailbox-to-hub-submission", "hub-to-mailbox-mapi", "mapi-access", "availability-cas-to-mailbox", "content-indexing", "rus-rpc", "ad-topology", "sa-legacy-mapi-client", "oab-to-ad", "outlook-oab-rpc", "cas-to-mailbox", "um-to-mailbox"]),
    note("rpc-encryption-unclear", Caution, "The page says of RPC to Mailbox servers that it is always encrypted, but its table names no encryption for this path. Do not count on it.")
        .on(&["mailbox-assistants", "sa-legacy-listen"]),
    note("rpc-ipsec-alone", Caution, "The page says of RPC to Mailbox servers that it is always encrypted, but for this path its table names IPsec alone. Do not count on it.")
        .on(&["clustering", "admin-remote-registry"]),
    note("negotiate-order", Info, "Negotiate over HTTP means Kerberos first, then NTLM.")
        .on(&["webdav-mailbox", "autodiscover", "cas-to-legacy-mailbox", "um-web-service"]),
    note("cluster-heartbeat", Caution, "Every node sends numbered unicast datagrams to every other on UDP 3343, to see that nodes and links are up. Cluster state travels over dynamic RPC, and the Cluster service (ClusSvc.exe) takes random high TCP ports: 135 alone is not enough between nodes.")
        .on(&["clustering"]),
    note("oab-over-rpc", Info, "For Outlook 2003 and earlier, and for Outlook 2007 while Web distribution of the offline address book is off.")
        .on(&["outlook-oab-rpc"]),
    note("webdav-through-cas", Info, "WebDAV programs can reach a Mailbox server themselves, but mostly use a Client Access server, which then connects to the Mailbox server on 80 or 443.")
        .on(&["webdav-mailbox", "webdav-cas", "webdav-cas-to-mailbox"]),
    note("client-leg", Info, "Ports, authentication and encryption are those between the client program and the Client Access server.")
        .on(&["autodiscover", "availability", "owa", "pop3", "imap4", "outlook-anywhere", "activesync", "webdav-cas", "outlook-oab-web"]),
    note("owa-ntlm-v2", Info, "NTLM in version 2 only.")
        .on(&["owa"]),
    note("webdav-forms", Info, "Forms-based means the logon form of Outlook Web Access; Basic is that of HTTP.")
        .on(&["webdav-cas"]),
    note("oab-over-web", Info, "For Outlook 2007 when Web distribution of the offline address book is on.")
        .on(&["outlook-oab-web"]),
    note("legacy-authentication", Info, "Negotiate here is Kerberos with a fall back to NTLM, or to Basic where chosen; POP and IMAP go in plain text.")
        .on(&["cas-to-legacy-mailbox"]),
    note("cas-to-exchange-2003", Caution, "With an Exchange 2003 Mailbox server, use Kerberos and turn NTLM and Basic off; for Outlook Web Access use forms-based authentication with a trusted certificate.")
        .on(&["cas-to-legacy-mailbox"]),
    note("activesync-to-exchange-2003", Caution, "ActiveSync for mailboxes on an Exchange 2003 back end needs Integrated Windows authentication on that server's Microsoft-Server-ActiveSync virtual directory. To set it in Exchange System Manager there, install the hotfix of KB 937301, the article on event 1036 on the Client Access server.")
        .on(&["cas-to-legacy-mailbox", "activesync"]),
    note("cas-mailbox-dynamic-ports", Caution, "Many ports, nearly all picked by RPC and not fixed. KB 154596 tells how to narrow the dynamic range.")
        .on(&["cas-to-mailbox", "availability-cas-to-mailbox"]),
    note("cas-account-group", Info, "The Client Access server must be a domain member and its computer account a member of the group Exchange Servers, which may read and write every Exchange server of the organization.")
        .on(&["cas-to-um", "cas-to-legacy-mailbox", "cas-to-mailbox", "cas-to-cas-activesync", "cas-to-cas-owa", "availability-cas-to-mailbox", "webdav-cas-to-mailbox"]),
    note("no-firewall-between-cas-and-mailbox", Unsupported, "No firewall is supported between a Client Access server and a Mailbox server of the same Active Directory site.")
        .when(FirewallInSite)
        .on(&["cas-to-mailbox", "cas-to-legacy-mailbox", "availability-cas-to-mailbox", "webdav-cas-to-mailbox"]),
    note("no-cas-in-perimeter", Unsupported, "A Client Access server in a perimeter network is not supported: it must be a domain member with the rights of the group Exchange Servers and reaches Mailbox servers over RPC.")
        .when(Perimeter)
        .on(&["autodiscover", "availability", "owa", "pop3", "imap4", "outlook-anywhere", "activesync", "cas-to-um", "cas-to-legacy-mailbox", "cas-to-mailbox", "cas-to-cas-activesync", "cas-to-cas-owa", "webdav-cas", "outlook-oab-web", "availability-cas-to-mailbox", "webdav-cas-to-mailbox"]),
    note("um-ip-gateway-authentication", Caution, "IP gateways know two ways only: a certificate (mutual TLS), or the IP address, which is all there is on an unencrypted SIP connection. NTLM and Kerberos do not work with them.")
        .on(&["um-fax", "um-phone"]),
    note("um-ip-gateway-object", Caution, "The address of the IP gateway or IP PBX must be on a UM IP gateway object that is linked to a dial plan; without it, or with a wrong address, authentication fails and the server refuses the connection.")
        .on(&["um-fax", "um-phone"]),
    note("um-one-sip-port-at-rtm", Caution, "In the RTM release of Exchange 2007 a Unified Messaging server talks either on 5060 (not secured) or on 5061 (secured), never on both.")
        .on(&["um-fax", "um-phone", "cas-to-um"]),
    note("no-filtering-between-servers", Caution, "In 2013 the Exchange team extended this to every version since 2007: a device that blocks any port or protocol between Exchange servers of one organization, or between them and domain controllers, is not supported. This edition says so only of Client Access and Mailbox servers.")
        .when(Firewall)
        .on(&["hub-to-hub", "mailbox-to-hub-submission", "hub-to-mailbox-mapi", "um-to-hub", "hub-to-ad", "ccr-scr-log-shipping", "ccr-scr-seeding", "clustering", "mailbox-assistants", "mailbox-to-ad", "content-indexing", "ad-topology", "sa-legacy-to-ad", "sa-legacy-mapi-client", "oab-to-ad", "rus-to-ad", "dsaccess-to-ad", "cas-to-um", "cas-to-cas-activesync", "cas-to-cas-owa", "um-to-hub-um-table", "um-to-mailbox"]),
];
