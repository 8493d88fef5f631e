//! The table of the cmdlets, and those that are plain: of which everything is said by their noun's rows and by what is
//! written here. A cmdlet that does anything of its own has a file.

use super::{
    accepted_domain, ad_permission, data_path, edge_subscription, effective_access, exchange_server, help,
    organization, protocol_log, receive_connector, runbook, send_connector, session, store, transport_config,
};
use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::plain::{get, new, remove, set};
use crate::manual::Example;
use crate::organization::{
    AcceptedDomain, AccessPolicy, EdgeSubscription, NetworkEndpoint, NetworkZone, Principal, SendConnector,
    TransportConfig,
};

/// Every cmdlet, in the order in which help lists them.
pub static CMDLETS: &[&Cmdlet] = &[
    &receive_connector::new::CMDLET,
    &receive_connector::get::CMDLET,
    &receive_connector::set::CMDLET,
    &receive_connector::remove::CMDLET,
    &receive_connector::copy::CMDLET,
    &receive_connector::compare::CMDLET,
    &send_connector::new::CMDLET,
    &GET_SEND_CONNECTOR,
    &send_connector::set::CMDLET,
    &REMOVE_SEND_CONNECTOR,
    &ad_permission::add::CMDLET,
    &ad_permission::get::CMDLET,
    &ad_permission::remove::CMDLET,
    &NEW_PRINCIPAL,
    &GET_PRINCIPAL,
    &SET_PRINCIPAL,
    &REMOVE_PRINCIPAL,
    &exchange_server::new::CMDLET,
    &exchange_server::get::CMDLET,
    &exchange_server::set::CMDLET,
    &exchange_server::remove::CMDLET,
    &accepted_domain::new::CMDLET,
    &GET_ACCEPTED_DOMAIN,
    &accepted_domain::set::CMDLET,
    &accepted_domain::remove::CMDLET,
    &GET_TRANSPORT_CONFIG,
    &transport_config::set::CMDLET,
    &data_path::get::CMDLET,
    &data_path::test::CMDLET,
    &session::connectivity::CMDLET,
    &data_path::export_rules::CMDLET,
    &NEW_NETWORK_ENDPOINT,
    &GET_NETWORK_ENDPOINT,
    &SET_NETWORK_ENDPOINT,
    &REMOVE_NETWORK_ENDPOINT,
    &NEW_NETWORK_ZONE,
    &GET_NETWORK_ZONE,
    &SET_NETWORK_ZONE,
    &REMOVE_NETWORK_ZONE,
    &effective_access::get::CMDLET,
    &effective_access::compare::CMDLET,
    &NEW_ACCESS_POLICY,
    &GET_ACCESS_POLICY,
    &SET_ACCESS_POLICY,
    &REMOVE_ACCESS_POLICY,
    &effective_access::test_policy::CMDLET,
    &protocol_log::get::CMDLET,
    &protocol_log::measure::CMDLET,
    &protocol_log::test::CMDLET,
    &edge_subscription::new::CMDLET,
    &GET_EDGE_SUBSCRIPTION,
    &edge_subscription::remove::CMDLET,
    &organization::collector::CMDLET,
    &organization::import::CMDLET,
    &organization::compare::CMDLET,
    &runbook::invoke::CMDLET,
    &runbook::export::CMDLET,
    &store::initialize::CMDLET,
    &store::set::CMDLET,
    &store::test::CMDLET,
    &store::history::CMDLET,
    &store::compare::CMDLET,
    &store::undo::CMDLET,
    &store::restore::CMDLET,
    &help::get_help::CMDLET,
    &help::get_command::CMDLET,
    &help::export_manual::CMDLET,
    &help::export_link::CMDLET,
    &help::export_completion::CMDLET,
];

/// PowerShell's short names for cmdlets.
pub(crate) static ALIASES: &[(&str, &Cmdlet)] = &[
    ("help", &help::get_help::CMDLET),
    ("man", &help::get_help::CMDLET),
    ("gcm", &help::get_command::CMDLET),
    ("run", &runbook::invoke::CMDLET),
];

/// Get-SendConnector.
static GET_SEND_CONNECTOR: Cmdlet = get::<SendConnector>(
    "Show Send connectors",
    "Shows where the organization's mail goes. Without an identity it shows every connector.",
    &[
        Example::new("get-sendconnector", "Shows every Send connector."),
        Example::new("get-sendconnector 'To Fabrikam' -Output list", "Shows one with every property."),
    ],
);

/// Remove-SendConnector.
static REMOVE_SEND_CONNECTOR: Cmdlet = remove::<SendConnector>(
    "Remove Send connectors",
    "Removes Send connectors after asking, with No as the default; -Confirm:false does not ask. What it sent goes the way of the next connector whose address space fits.",
    &[
        Example::new("remove-sendconnector 'To Fabrikam' -WhatIf", "Shows what would go."),
        Example::new(
            "remove-sendconnector 'To Fabrikam' -Confirm:false",
            "Removes a connector without asking.",
        ),
    ],
);

/// New-Principal.
static NEW_PRINCIPAL: Cmdlet = new::<Principal>(
    "Describe an account or group",
    "Says what is known of an account or group that access lists name: its groups, its own addresses, and those from which it may send as another. Test-DataPath needs it to decide for sessions of that account; access lists do without.",
    &[
        Example::new(
            "new-principal 'CONTOSO\\scanner' -EmailAddresses 'scanner@contoso.com' -MemberOf 'CONTOSO\\Relay Users'",
            "Says who a scanner is, and which group it is in.",
        ),
        Example::new(
            "new-principal 'CONTOSO\\Relay Users' -Sid S-1-5-21-1004336348-1177238915-682003330-1105",
            "Gives a group its security identifier, by which access lists may name it.",
        ),
    ],
);

/// Get-Principal.
static GET_PRINCIPAL: Cmdlet = get::<Principal>(
    "Show what is known of accounts and groups",
    "Shows the accounts and groups that the store knows something of. Without an identity it shows all of them.",
    &[
        Example::new("get-principal", "Shows all of them."),
        Example::new(
            "get-principal 'CONTOSO\\*' -Output list",
            "Shows those of a domain with every property.",
        ),
    ],
);

/// Set-Principal.
static SET_PRINCIPAL: Cmdlet = set::<Principal>(
    "Change what is known of accounts and groups",
    &[
        Example::new(
            "set-principal 'CONTOSO\\app1' -SendAs '@{Add=\"noreply@contoso.com\"}'",
            "Lets an account send as another address.",
        ),
        Example::new("set-principal 'CONTOSO\\app1' -MemberOf '$null'", "Says that it is in no group."),
    ],
);

/// Remove-Principal.
static REMOVE_PRINCIPAL: Cmdlet = remove::<Principal>(
    "Forget accounts and groups",
    "Forgets what is known of accounts and groups, after asking; -Confirm:false does not ask. Access lists that name them stay as they are.",
    &[
        Example::new("remove-principal 'CONTOSO\\app1' -WhatIf", "Shows what would go."),
        Example::new("remove-principal 'CONTOSO\\app1' -Confirm:false", "Forgets an account without asking."),
    ],
);

/// New-NetworkEndpoint.
static NEW_NETWORK_ENDPOINT: Cmdlet = new::<NetworkEndpoint>(
    "Say who is at an end of data paths and is not a server",
    "Says where domain controllers, clients, gateways and others are: the ends of data paths that are no servers of the store. Get-DataPath shows their rows with these addresses, and Export-FirewallRule has rules for them. External is the Internet, or a server of another organization.",
    &[
        Example::new(
            "new-networkendpoint DC02 -Kind DomainController -IPAddresses 192.168.6.2",
            "Says where a domain controller is.",
        ),
        Example::new(
            "new-networkendpoint Internet -Kind External -IPAddresses 0.0.0.0/0",
            "Says that mail comes from everywhere, and goes there.",
        ),
    ],
);

/// Get-NetworkEndpoint.
static GET_NETWORK_ENDPOINT: Cmdlet = get::<NetworkEndpoint>(
    "Show network endpoints",
    "Shows who is at an end of data paths and is not a server of the store. Without an identity it shows all of them.",
    &[
        Example::new("get-networkendpoint", "Shows every endpoint."),
        Example::new("get-networkendpoint 'DC*' -Output list", "Shows some with every property."),
    ],
);

/// Set-NetworkEndpoint.
static SET_NETWORK_ENDPOINT: Cmdlet = set::<NetworkEndpoint>(
    "Change network endpoints",
    &[
        Example::new(
            "set-networkendpoint DC01 -IPAddresses '@{Add=\"192.168.5.3\"}'",
            "Gives a domain controller another address.",
        ),
        Example::new("set-networkendpoint DC01 -Comment 'in Berlin'", "Gives it a remark."),
    ],
);

/// Remove-NetworkEndpoint.
static REMOVE_NETWORK_ENDPOINT: Cmdlet = remove::<NetworkEndpoint>(
    "Remove network endpoints",
    "Removes endpoints after asking, with No as the default; -Confirm:false does not ask. Their data paths are shown by role from then on, and have no firewall rules.",
    &[
        Example::new("remove-networkendpoint DC01 -WhatIf", "Shows what would go."),
        Example::new("remove-networkendpoint DC01 -Confirm:false", "Removes an endpoint without asking."),
    ],
);

/// New-NetworkZone.
static NEW_NETWORK_ZONE: Cmdlet = new::<NetworkZone>(
    "Say which networks a firewall parts from the others",
    "Gives networks a name, so that Get-DataPath -Crossing and Export-FirewallRule -Crossing show what passes the firewall between two of them. An address is of one zone; Outside stands for every address that no zone has. In a zone of the kind Perimeter, what is not supported in a perimeter network is reported.",
    &[
        Example::new(
            "new-networkzone DMZ -Kind Perimeter -Subnets 10.1.3.0/24",
            "Says which network is a perimeter network.",
        ),
        Example::new(
            "new-networkzone Internal -Subnets 192.168.0.0/16,10.2.0.0/16",
            "Says which networks are inside.",
        ),
    ],
);

/// Get-NetworkZone.
static GET_NETWORK_ZONE: Cmdlet = get::<NetworkZone>(
    "Show network zones",
    "Shows the networks that firewalls part. Without an identity it shows every zone.",
    &[
        Example::new("get-networkzone", "Shows every zone."),
        Example::new("get-networkzone Perimeter -Output list", "Shows one with every property."),
    ],
);

/// Set-NetworkZone.
static SET_NETWORK_ZONE: Cmdlet = set::<NetworkZone>(
    "Change network zones",
    &[
        Example::new(
            "set-networkzone Perimeter -Subnets '@{Add=\"10.1.2.0/24\"}'",
            "Adds a network to a zone.",
        ),
        Example::new("set-networkzone Perimeter -Kind Internal", "Says that it is not a perimeter network."),
    ],
);

/// Remove-NetworkZone.
static REMOVE_NETWORK_ZONE: Cmdlet = remove::<NetworkZone>(
    "Remove network zones",
    "Removes zones after asking, with No as the default; -Confirm:false does not ask. Their addresses are Outside from then on.",
    &[
        Example::new("remove-networkzone Perimeter -WhatIf", "Shows what would go."),
        Example::new("remove-networkzone Perimeter -Confirm:false", "Removes a zone without asking."),
    ],
);

/// New-AccessPolicy.
static NEW_ACCESS_POLICY: Cmdlet = new::<AccessPolicy>(
    "Say what clients must never be able to do, or must",
    "Makes a policy of the organization's access. A later change that would break a policy that holds is refused, with a session that shows it; -Force makes it all the same. One that does not hold when it is made is reported, and Test-AccessPolicy and Test-Store report it until it does.",
    &[
        Example::new(
            "new-accesspolicy 'No spoofing' -Effect Forbid -Ability Spoof -ExceptRemoteIPRanges 10.0.0.0/8",
            "No client without authentication may use the organization's senders, but for one network.",
        ),
        Example::new(
            "new-accesspolicy Scanner -Effect Require -Ability Submit -Server HUB01 -RemoteIPRanges 10.0.0.7",
            "One client must be able to send mail through one server.",
        ),
    ],
);

/// Get-AccessPolicy.
static GET_ACCESS_POLICY: Cmdlet = get::<AccessPolicy>(
    "Show access policies",
    "Shows what clients must never be able to do, and what they must. Without an identity it shows every policy; Test-AccessPolicy shows whether they hold.",
    &[
        Example::new("get-accesspolicy", "Shows every policy."),
        Example::new("get-accesspolicy 'No relay' -Output list", "Shows one with every property."),
    ],
);

/// Set-AccessPolicy.
static SET_ACCESS_POLICY: Cmdlet = set::<AccessPolicy>(
    "Change access policies",
    &[
        Example::new(
            "set-accesspolicy 'No relay' -ExceptRemoteIPRanges '@{Add=\"192.168.0.0/16\"}'",
            "Lets another network relay.",
        ),
        Example::new("set-accesspolicy 'No relay' -User '*'", "Forbids it to accounts and partners too."),
    ],
);

/// Remove-AccessPolicy.
static REMOVE_ACCESS_POLICY: Cmdlet = remove::<AccessPolicy>(
    "Remove access policies",
    "Removes policies after asking, with No as the default; -Confirm:false does not ask. What they forbade is allowed from then on, as far as connectors and access lists give it.",
    &[
        Example::new("remove-accesspolicy 'No relay' -WhatIf", "Shows what would go."),
        Example::new("remove-accesspolicy 'No relay' -Confirm:false", "Removes a policy without asking."),
    ],
);

/// Get-AcceptedDomain.
static GET_ACCEPTED_DOMAIN: Cmdlet = get::<AcceptedDomain>(
    "Show accepted domains",
    "Shows the domains that the organization takes mail for. Without an identity it shows all of them.",
    &[
        Example::new("get-accepteddomain", "Shows every accepted domain."),
        Example::new("get-accepteddomain contoso.com -Output list", "Shows one with every property."),
    ],
);

/// Get-TransportConfig.
static GET_TRANSPORT_CONFIG: Cmdlet = get::<TransportConfig>(
    "Show the transport configuration",
    "Shows organization-wide transport settings, as a list. Which properties there are depends on the edition of the local server.",
    &[
        Example::new("get-transportconfig", "Shows every property."),
        Example::new(
            "get-transportconfig -Property 'TLS*,Max*Size'",
            "Shows the domains with Domain Security, and limits.",
        ),
    ],
);

/// Get-EdgeSubscription.
static GET_EDGE_SUBSCRIPTION: Cmdlet = get::<EdgeSubscription>(
    "Show Edge subscriptions",
    "Shows which Edge Transport servers belong to which site. Without an identity it shows every subscription.",
    &[
        Example::new("get-edgesubscription", "Shows every subscription."),
        Example::new("get-edgesubscription EDGE02 -Output list", "Shows one with every property."),
    ],
);
