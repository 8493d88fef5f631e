//! Who stands at the ends of the data paths of the 2007 edition, and what they may be called.

use crate::datapath::role::{role, roles};
use crate::param::Version::V2007;
use crate::server::ServerRole::{ClientAccess, EdgeTransport, HubTransport, Mailbox, UnifiedMessaging};

roles! {
    HUB_TRANSPORT = role("hub-transport", &["Hub", "HubTransport", "Hub Transport", "Hub Transport server"])
        .servers(&[(&[V2007], &[HubTransport])]);
    EDGE_TRANSPORT = role("edge-transport", &["Edge", "EdgeTransport", "Edge Transport", "Edge Transport server"])
        .servers(&[(&[V2007], &[EdgeTransport])]);
    MAILBOX = role("mailbox", &["Mailbox", "Mailbox server", "MBX"])
        .servers(&[(&[V2007], &[Mailbox])]);
    CLIENT_ACCESS = role("client-access", &["ClientAccess", "Client Access", "Client Access server", "CAS"])
        .servers(&[(&[V2007], &[ClientAccess])]);
    UNIFIED_MESSAGING = role("unified-messaging", &["UnifiedMessaging", "Unified Messaging", "Unified Messaging server", "UM"])
        .servers(&[(&[V2007], &[UnifiedMessaging])]);
    LEGACY_MAILBOX = role("legacy-mailbox", &["legacy Mailbox", "legacy Mailbox server", "Exchange 2003", "Exchange Server 2003", "Exchange 2003 back end", "Exchange 2000"]);
    DOMAIN_CONTROLLER = role("domain-controller", &["domain controller", "DC", "Active Directory", "AD", "global catalog", "GC"]);
    AD_TOPOLOGY_SERVICE = role("ad-topology-service", &["Active Directory Topology service", "AD Topology", "Microsoft Exchange Active Directory Topology"]);
    ADAM_ON_EDGE = role("adam-on-edge", &["ADAM", "ADAM on Edge", "Active Directory Application Mode", "AD LDS"]);
    RECIPIENT_UPDATE_SERVICE = role("recipient-update-service", &["Recipient Update Service", "RUS"]);
    ADMIN = role("admin", &["administrator", "management station"]);
    BACKUP_CLIENT = role("backup-client", &["backup", "backup client", "backup program"]);
    ANY = role("any", &["anything", "any client or server"]);
    CLIENT = role("client", &["client program", "browser", "mobile device", "mobile phone", "Outlook", "WebDAV client"]);
    OUTLOOK = role("outlook", &["Outlook"]);
    MAPI_CLIENT = role("mapi-client", &["MAPI", "MAPI client", "Outlook"]);
    WEBDAV_CLIENT = role("webdav-client", &["WebDAV", "WebDAV client"]);
    SMTP_CLIENT = role("smtp-client", &["SMTP client", "user SMTP client", "Outlook Express"]);
    IP_GATEWAY = role("ip-gateway", &["IP gateway", "VoIP gateway", "IP PBX", "PBX"]);
    OUTSIDE_PROXY_SERVER = role("outside-proxy-server", &["outside proxy", "open proxy", "external proxy server"]);
}
