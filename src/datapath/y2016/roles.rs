//! Who stands at the ends of the data paths of the 2016 edition, and what they may be called.

use crate::datapath::role::{role, roles};
use crate::param::Version::{Se, V2007, V2010, V2013, V2016, V2019};
use crate::server::ServerRole::{ClientAccess, EdgeTransport, HubTransport, Mailbox, UnifiedMessaging};

roles! {
    MAILBOX_SERVER = role("mailbox-server", &["Mailbox", "Mailbox server", "MBX", "internal Exchange server"])
        .servers(&[(&[V2013, V2016, V2019, Se], &[Mailbox])]);
    CLIENT_ACCESS_SERVICES = role("client-access-services", &["Client Access services", "ClientAccess", "Client Access", "Client Access server", "CAS"])
        .servers(&[(&[V2013], &[ClientAccess]), (&[V2016, V2019, Se], &[Mailbox])]);
    FRONT_END_TRANSPORT = role("front-end-transport", &["Front End Transport", "Front End Transport service", "FrontendTransport", "FET"])
        .servers(&[(&[V2013], &[ClientAccess]), (&[V2016, V2019, Se], &[Mailbox])]);
    TRANSPORT_SERVICE = role("transport-service", &["Transport service", "Transport", "HubTransport", "Hub Transport"])
        .servers(&[(&[V2013, V2016, V2019, Se], &[Mailbox])]);
    MAILBOX_TRANSPORT_SUBMISSION = role("mailbox-transport-submission", &["Mailbox Transport Submission", "Mailbox Transport Submission service", "Mailbox Transport"])
        .servers(&[(&[V2013, V2016, V2019, Se], &[Mailbox])]);
    MAILBOX_TRANSPORT_DELIVERY = role("mailbox-transport-delivery", &["Mailbox Transport Delivery", "Mailbox Transport Delivery service", "Mailbox Transport"])
        .servers(&[(&[V2013, V2016, V2019, Se], &[Mailbox])]);
    UM_CALL_ROUTER = role("um-call-router", &["UM call router", "UMCallRouter", "Unified Messaging Call Router", "Unified Messaging", "UM"])
        .servers(&[(&[V2013], &[ClientAccess]), (&[V2016], &[Mailbox])]);
    UM_SERVICE = role("um-service", &["UM service", "Unified Messaging service", "Unified Messaging", "UM"])
        .servers(&[(&[V2013, V2016], &[Mailbox])]);
    UM_WORKER_PROCESS = role("um-worker-process", &["UM worker process", "UM worker", "Unified Messaging", "UM"])
        .servers(&[(&[V2013, V2016], &[Mailbox])]);
    EDGE_TRANSPORT = role("edge-transport", &["Edge", "EdgeTransport", "Edge Transport", "Edge Transport server"])
        .servers(&[(&[V2007, V2010, V2013, V2016, V2019, Se], &[EdgeTransport])]);
    OLDER_EXCHANGE_SERVER = role("older-exchange-server", &["Exchange 2007 server", "Exchange 2010 server", "older Exchange server"])
        .servers(&[(&[V2007, V2010], &[HubTransport, Mailbox, ClientAccess, UnifiedMessaging])]);
    DOMAIN_CONTROLLER = role("domain-controller", &["domain controller", "DC", "Active Directory", "AD", "global catalog", "GC"]);
    DNS_SERVER = role("dns-server", &["DNS", "DNS server"]);
    SKYPE_FOR_BUSINESS_SERVER = role("skype-for-business-server", &["Skype for Business server", "Skype for Business", "Lync", "Lync server"]);
    IP_GATEWAY = role("ip-gateway", &["IP gateway", "VoIP gateway", "IP PBX", "PBX", "session border controller", "SBC"]);
    ANY_CLIENT = role("any-client", &["client", "any client", "client program", "browser", "mobile device", "mobile phone", "Outlook", "SMTP client"]);
    SMTP_SERVER = role("smtp-server", &["SMTP server", "mail server", "external SMTP server", "application server"]);
    INTERNET = role("internet", &["the Internet", "external", "outside"]);
}
