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
    AcceptedDomain, AccessPolicy, EdgeSubscription, Principal, SendConnector, TransportConfig,
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
    &data_path::surroundings::NEW_ENDPOINT,
    &data_path::surroundings::GET_ENDPOINT,
    &data_path::surroundings::SET_ENDPOINT,
    &data_path::surroundings::REMOVE_ENDPOINT,
    &data_path::surroundings::NEW_ZONE,
    &data_path::surroundings::GET_ZONE,
    &data_path::surroundings::SET_ZONE,
    &data_path::surroundings::REMOVE_ZONE,
    &effective_access::get::CMDLET,
    &effective_access::compare::CMDLET,
    &effective_access::write_policy::NEW,
    &GET_ACCESS_POLICY,
    &effective_access::write_policy::SET,
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
    "Changes what is given and leaves the rest as it is. A list replaces the old one; '@{Add=\"…\";Remove=\"…\"}' in quotes adds and removes single values.",
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

/// Get-AccessPolicy.
static GET_ACCESS_POLICY: Cmdlet = get::<AccessPolicy>(
    "Show access policies",
    "Shows what clients must never be able to do, and what they must. Without an identity it shows every policy; Test-AccessPolicy shows whether they hold.",
    &[
        Example::new("get-accesspolicy", "Shows every policy."),
        Example::new("get-accesspolicy 'No relay' -Output list", "Shows one with every property."),
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
