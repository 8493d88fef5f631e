//! Who stands at the ends of the data paths of the 2010 edition, and what they may be called.

use crate::datapath::role::{role, roles};
use crate::param::Version::{V2007, V2010};
use crate::server::ServerRole::{ClientAccess, EdgeTransport, HubTransport, Mailbox, UnifiedMessaging};

roles! {
    HUB_TRANSPORT = role("hub-transport", &["Hub", "HubTransport", "Hub Transport", "Hub Transport server"])
        .servers(&[(&[V2007, V2010], &[HubTransport])]);
    EDGE_TRANSPORT = role("edge-transport", &["Edge", "EdgeTransport", "Edge Transport", "Edge Transport server"])
        .servers(&[(&[V2007, V2010], &[EdgeTransport])]);
    MAILBOX = role("mailbox", &["Mailbox", "Mailbox server", "MBX", "DAG member"])
        .servers(&[(&[V2007, V2010], &[Mailbox])]);
    CLIENT_ACCESS = role("client-access", &["ClientAccess", "Client Access", "Client Access server", "CAS"])
        .servers(&[(&[V2007, V2010], &[ClientAccess])]);
    UNIFIED_MESSAGING = role("unified-messaging", &["UnifiedMessaging", "Unified Messaging", "Unified Messaging server", "UM"])
        .servers(&[(&[V2007, V2010], &[UnifiedMessaging])]);
    LEGACY_MAILBOX = role("legacy-mailbox", &["legacy Mailbox", "legacy Mailbox server", "Exchange 2007 Mailbox server", "Exchange 2003", "Exchange Server 2003", "Exchange 2003 back end"])
        .servers(&[(&[V2007], &[Mailbox])]);
    DOMAIN_CONTROLLER = role("domain-controller", &["domain controller", "DC", "Active Directory", "AD", "global catalog", "GC"]);
    AD_RMS = role("ad-rms", &["AD RMS", "RMS", "Active Directory Rights Management Services"]);
    OFFICE_COMMUNICATIONS_SERVER = role("office-communications-server", &["Office Communications Server", "OCS", "Lync Server"]);
    ADMIN = role("admin", &["administrator", "management station"]);
    ANY = role("any", &["anything", "any client or server"]);
    CLIENT = role("client", &["client program", "browser", "mobile device", "mobile phone", "Outlook"]);
    OUTLOOK = role("outlook", &["Outlook"]);
    IP_GATEWAY = role("ip-gateway", &["IP gateway", "VoIP gateway", "IP PBX", "PBX"]);
    SMTP_CLIENT = role("smtp-client", &["SMTP client", "user SMTP client", "Outlook Express"]);
}
