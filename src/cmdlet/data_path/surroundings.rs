//! The cmdlets for network endpoints and network zones: what is around the servers of the store (D8, D9).

use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::plain::{get, new, remove, set};
use crate::manual::Example;
use crate::organization::{NetworkEndpoint, NetworkZone};

const EDIT: &str = "Changes what is given and leaves the rest as it is. A list replaces the old one; '@{Add=\"…\";Remove=\"…\"}' in quotes adds and removes single values.";

/// New-NetworkEndpoint.
pub(crate) static NEW_ENDPOINT: Cmdlet = new::<NetworkEndpoint>(
    "Say who is at an end of data paths and is no server",
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
pub(crate) static GET_ENDPOINT: Cmdlet = get::<NetworkEndpoint>(
    "Show network endpoints",
    "Shows who is at an end of data paths and is no server of the store. Without an identity it shows all of them.",
    &[
        Example::new("get-networkendpoint", "Shows every endpoint."),
        Example::new("get-networkendpoint 'DC*' -Output list", "Shows some with every property."),
    ],
);

/// Set-NetworkEndpoint.
pub(crate) static SET_ENDPOINT: Cmdlet = set::<NetworkEndpoint>(
    "Change network endpoints",
    EDIT,
    &[
        Example::new(
            "set-networkendpoint DC01 -IPAddresses '@{Add=\"192.168.5.3\"}'",
            "Gives a domain controller another address.",
        ),
        Example::new("set-networkendpoint DC01 -Comment 'in Berlin'", "Gives it a remark."),
    ],
);

/// Remove-NetworkEndpoint.
pub(crate) static REMOVE_ENDPOINT: Cmdlet = remove::<NetworkEndpoint>(
    "Remove network endpoints",
    "Removes endpoints after asking, with No as the default; -Confirm:false does not ask. Their data paths are shown by role from then on, and have no firewall rules.",
    &[
        Example::new("remove-networkendpoint DC01 -WhatIf", "Shows what would go."),
        Example::new("remove-networkendpoint DC01 -Confirm:false", "Removes an endpoint without asking."),
    ],
);

/// New-NetworkZone.
pub(crate) static NEW_ZONE: Cmdlet = new::<NetworkZone>(
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
pub(crate) static GET_ZONE: Cmdlet = get::<NetworkZone>(
    "Show network zones",
    "Shows the networks that firewalls part. Without an identity it shows every zone.",
    &[
        Example::new("get-networkzone", "Shows every zone."),
        Example::new("get-networkzone Perimeter -Output list", "Shows one with every property."),
    ],
);

/// Set-NetworkZone.
pub(crate) static SET_ZONE: Cmdlet = set::<NetworkZone>(
    "Change network zones",
    EDIT,
    &[
        Example::new(
            "set-networkzone Perimeter -Subnets '@{Add=\"10.1.2.0/24\"}'",
            "Adds a network to a zone.",
        ),
        Example::new("set-networkzone Perimeter -Kind Internal", "Says that it is no perimeter network."),
    ],
);

/// Remove-NetworkZone.
pub(crate) static REMOVE_ZONE: Cmdlet = remove::<NetworkZone>(
    "Remove network zones",
    "Removes zones after asking, with No as the default; -Confirm:false does not ask. Their addresses are Outside from then on.",
    &[
        Example::new("remove-networkzone Perimeter -WhatIf", "Shows what would go."),
        Example::new("remove-networkzone Perimeter -Confirm:false", "Removes a zone without asking."),
    ],
);
