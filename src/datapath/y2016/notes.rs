//! What to know of the data paths of the 2016 edition, and which of them each note is about.

use crate::datapath::Condition::Firewall;
use crate::datapath::Severity::{Caution, Info, Unsupported};
use crate::datapath::note::{Note, note};

/// The notes, in the order of the source.
pub(crate) static NOTES: &[Note] = &[
    note("internal-no-filtering", Unsupported, "Internal Exchange servers must reach each other, domain controllers and internal Lync or Skype for Business servers freely: every port (random RPC ports too), every protocol, both ways, nothing altered on the way. A firewall that filters or changes this traffic is not supported.")
        .when(Firewall)
        .on(&["internal-mailbox-to-mailbox", "internal-mailbox-to-domain-controller", "internal-domain-controller-to-mailbox", "internal-mailbox-to-skype", "internal-skype-to-mailbox", "internal-client-access-to-mailbox", "internal-mailbox-to-client-access", "internal-client-access-to-client-access", "internal-client-access-to-domain-controller", "internal-domain-controller-to-client-access", "internal-older-to-mailbox", "internal-mailbox-to-older", "smtp-outbound-proxy", "smtp-client-proxy", "smtp-default-from-front-end", "smtp-default-from-transport", "smtp-default-from-mailbox-transport", "smtp-mailbox-delivery", "um-service-sip", "um-worker-sip"]),
    note("clients-may-be-filtered", Info, "The client may be on the Internet, in another forest or inside; traffic between clients and Exchange may be restricted to these ports. Edge Transport servers take no part in it.")
        .on(&["https-clients", "http-clients", "imap4", "pop3", "smtp-client-submission"]),
    note("prefer-443", Caution, "Use 443 wherever it is possible; 80 is for the few services that must go unencrypted.")
        .on(&["http-clients"]),
    note("pop-imap-off", Info, "The service is off by default. It passes the session on to the backend service of a Mailbox server.")
        .on(&["imap4", "pop3"]),
    note("submission-on-25", Caution, "For programs that can submit on port 25 only, add 25 to the bindings of Client Frontend; with the same address, its remote ranges must then differ from those of Default Frontend.")
        .on(&["smtp-client-submission"]),
    note("inbound-goes-on-inside", Info, "Front End Transport hands the mail to the Transport service of a Mailbox server over the built-in Send connector of the organization.")
        .on(&["inbound-mail", "inbound-edge-to-organization"]),
    note("no-internet-send-connector", Info, "Setup makes no Send connector to the Internet: make one.")
        .on(&["outbound-mail", "outbound-mail-proxied"]),
    note("front-end-proxy", Info, "Only when the Send connector has FrontEndProxyEnabled. The Transport service then hands the mail to Outbound Proxy Frontend on 717, and Front End Transport sends it out.")
        .on(&["outbound-mail-proxied", "smtp-outbound-proxy"]),
    note("edge-may-be-filtered", Info, "An Edge Transport server normally stands in a perimeter network; its traffic with the Internet and with the organization may be restricted to these ports.")
        .on(&["inbound-internet-to-edge", "inbound-edge-to-organization", "outbound-organization-to-edge", "outbound-edge-to-internet", "edgesync", "dns-edge", "open-proxy-detection", "sender-reputation-proxy"]),
    note("edge-any-mailbox-server", Info, "Any Mailbox server of the subscribed Active Directory site may be the one.")
        .on(&["inbound-edge-to-organization", "outbound-organization-to-edge"]),
    note("edge-2013-standalone", Info, "2013: a Mailbox server without the Client Access role takes this mail with Default <Server>, which listens on 25 there.")
        .on(&["inbound-edge-to-organization"]),
    note("edge-older-direct", Info, "An Exchange 2010 (with 2013 also 2007) Edge Transport server delivers straight to the Transport service, not to Front End Transport.")
        .on(&["inbound-edge-to-organization"]),
    note("outbound-never-front-end", Info, "Mail to the Edge Transport server always leaves from the Transport service, never through Front End Transport, over the built-in Send connector of the organization.")
        .on(&["outbound-organization-to-edge"]),
    note("edgesync-later-servers", Caution, "The Mailbox servers that were in the site when the Edge server was subscribed take part; those added later do not by themselves.")
        .on(&["edgesync"]),
    note("name-resolution", Info, "A server that takes mail from outside or sends it there must resolve internal and external names; every internal server must resolve internal names.")
        .on(&["dns-mailbox", "dns-edge", "dns-client-access"]),
    note("open-proxy-detection", Info, "Sender reputation tests sending servers for open proxies this way. It can be turned off; where outbound traffic goes through a proxy server of your own, give its name, type and port to Set-SenderReputationConfig.")
        .on(&["open-proxy-detection"]),
    note("sender-reputation-own-proxy", Info, "Where a proxy server of your own controls access to the Internet, give its name, port and type to Set-SenderReputationConfig, else open proxy detection and sender blocking do not work.")
        .on(&["sender-reputation-proxy"]),
    note("um-call-router-ports", Info, "Listens on both ports; Set-UMCallRouterSettings changes them. It handles SIP only, no media.")
        .on(&["um-call-router-sip"]),
    note("um-service-ports", Info, "Listens on both ports; they cannot be changed.")
        .on(&["um-service-sip"]),
    note("um-worker-ports", Info, "5065 and 5067 serve TCP or mutual TLS; in dual mode 5066 and 5068 are used as well. They cannot be changed.")
        .on(&["um-worker-sip"]),
    note("um-media-ports", Info, "Media flow straight between the gateway and the worker process, after the call router has redirected the call. msexchangeum.config holds the range.")
        .on(&["um-worker-rtp"]),
    note("smtp-two-front-doors", Info, "Clients and outside servers use 25 and 587 of Front End Transport; 717, 2525, 465 and 475 are for Exchange services only, on the same or another server.")
        .on(&["smtp-default-frontend", "smtp-outbound-proxy", "smtp-client-proxy", "smtp-default-from-front-end", "smtp-default-from-transport", "smtp-default-from-mailbox-transport", "smtp-mailbox-delivery", "smtp-client-submission", "inbound-mail"]),
    note("default-2013-standalone", Info, "2013: on a Mailbox server without the Client Access role Default <Server> listens on 25 instead of 2525.")
        .on(&["smtp-default-from-front-end", "smtp-default-from-transport", "smtp-default-from-mailbox-transport"]),
    note("mailbox-delivery-implicit", Info, "This Receive connector is built in: it cannot be seen or changed.")
        .on(&["smtp-mailbox-delivery"]),
];
