//! New- and Set-AccessPolicy: plain, but for a policy that does not hold, which the shared check reports.

use crate::cmdlet::definition::Cmdlet;
use crate::cmdlet::plain::{new, set};
use crate::manual::Example;
use crate::organization::AccessPolicy;

/// New-AccessPolicy.
pub static NEW: Cmdlet = new::<AccessPolicy>(
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

/// Set-AccessPolicy.
pub static SET: Cmdlet = set::<AccessPolicy>(
    "Change access policies",
    "Changes what is given and leaves the rest as it is. A list replaces the old one; '@{Add=\"…\";Remove=\"…\"}' in quotes adds and removes single values.",
    &[
        Example::new(
            "set-accesspolicy 'No relay' -ExceptRemoteIPRanges '@{Add=\"192.168.0.0/16\"}'",
            "Lets another network relay.",
        ),
        Example::new("set-accesspolicy 'No relay' -User '*'", "Forbids it to accounts and partners too."),
    ],
);
