//! The plain cmdlets: those of which everything is said by their noun's rows and by what is written here. A cmdlet
//! that does anything of its own has a file.

use crate::answer::Problem;
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params};
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::{
    AcceptedDomain, AccessPolicy, EdgeSubscription, Member, Principal, SendConnector, TransportConfig,
};
use crate::param::{Param, Verb};

/// Get-SendConnector.
pub(crate) static GET_SEND_CONNECTOR: Cmdlet = get::<SendConnector>(
    "Show Send connectors",
    "Shows where the organization's mail goes. Without an identity it shows every connector.",
    &[
        Example::new("get-sendconnector", "Shows every Send connector."),
        Example::new("get-sendconnector 'To Fabrikam' -Output list", "Shows one with every property."),
    ],
);

/// Remove-SendConnector.
pub(crate) static REMOVE_SEND_CONNECTOR: Cmdlet = remove::<SendConnector>(
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
pub(crate) static NEW_PRINCIPAL: Cmdlet = new::<Principal>(
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
pub(crate) static GET_PRINCIPAL: Cmdlet = get::<Principal>(
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
pub(crate) static SET_PRINCIPAL: Cmdlet = set::<Principal>(
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
pub(crate) static REMOVE_PRINCIPAL: Cmdlet = remove::<Principal>(
    "Forget accounts and groups",
    "Forgets what is known of accounts and groups, after asking; -Confirm:false does not ask. Access lists that name them stay as they are.",
    &[
        Example::new("remove-principal 'CONTOSO\\app1' -WhatIf", "Shows what would go."),
        Example::new("remove-principal 'CONTOSO\\app1' -Confirm:false", "Forgets an account without asking."),
    ],
);

/// Get-AccessPolicy.
pub(crate) static GET_ACCESS_POLICY: Cmdlet = get::<AccessPolicy>(
    "Show access policies",
    "Shows what clients must never be able to do, and what they must. Without an identity it shows every policy; Test-AccessPolicy shows whether they hold.",
    &[
        Example::new("get-accesspolicy", "Shows every policy."),
        Example::new("get-accesspolicy 'No relay' -Output list", "Shows one with every property."),
    ],
);

/// Remove-AccessPolicy.
pub(crate) static REMOVE_ACCESS_POLICY: Cmdlet = remove::<AccessPolicy>(
    "Remove access policies",
    "Removes policies after asking, with No as the default; -Confirm:false does not ask. What they forbade is allowed from then on, as far as connectors and access lists give it.",
    &[
        Example::new("remove-accesspolicy 'No relay' -WhatIf", "Shows what would go."),
        Example::new("remove-accesspolicy 'No relay' -Confirm:false", "Removes a policy without asking."),
    ],
);

/// Get-AcceptedDomain.
pub(crate) static GET_ACCEPTED_DOMAIN: Cmdlet = get::<AcceptedDomain>(
    "Show accepted domains",
    "Shows the domains that the organization takes mail for. Without an identity it shows all of them.",
    &[
        Example::new("get-accepteddomain", "Shows every accepted domain."),
        Example::new("get-accepteddomain contoso.com -Output list", "Shows one with every property."),
    ],
);

/// Get-TransportConfig.
pub(crate) static GET_TRANSPORT_CONFIG: Cmdlet = get::<TransportConfig>(
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
pub(crate) static GET_EDGE_SUBSCRIPTION: Cmdlet = get::<EdgeSubscription>(
    "Show Edge subscriptions",
    "Shows which Edge Transport servers belong to which site. Without an identity it shows every subscription.",
    &[
        Example::new("get-edgesubscription", "Shows every subscription."),
        Example::new("get-edgesubscription EDGE02 -Output list", "Shows one with every property."),
    ],
);

type Run = fn(&Call<'_>, &mut Draft<'_>) -> Result<Outcome, Problem>;
type Examples = &'static [Example];

/// New-.
pub(super) const fn new<N: Member>(synopsis: &'static str, text: &'static str, examples: Examples) -> Cmdlet {
    let run: Run = |call, draft| crud::new::<N>(call, &call.args, draft, |_, _, _, _| Ok(Vec::new()));
    cmdlet::<N>(Verb::New, synopsis, Help::new(text, examples), || row_params::<N>(Verb::New), run)
}

/// Get-.
pub(super) const fn get<N: Member>(synopsis: &'static str, text: &'static str, examples: Examples) -> Cmdlet {
    let run: Run = |call, draft| crud::get::<N>(call, draft);
    cmdlet::<N>(Verb::Get, synopsis, Help::new(text, examples), || row_params::<N>(Verb::Get), run)
}

/// Set-.
pub(super) const fn set<N: Member>(synopsis: &'static str, text: &'static str, examples: Examples) -> Cmdlet {
    let run: Run = |call, draft| crud::set::<N>(call, &call.args, draft, |_, _, _, _| Ok(Vec::new()));
    cmdlet::<N>(Verb::Set, synopsis, Help::new(text, examples), || row_params::<N>(Verb::Set), run)
}

/// Remove-.
pub(super) const fn remove<N: Member>(
    synopsis: &'static str,
    text: &'static str,
    examples: Examples,
) -> Cmdlet {
    let run: Run = |call, draft| crud::remove::<N>(call, draft, |_| None);
    cmdlet::<N>(Verb::Remove, synopsis, Help::new(text, examples), || row_params::<N>(Verb::Remove), run)
}

const fn cmdlet<N: Member>(
    verb: Verb,
    synopsis: &'static str,
    help: Help,
    params: fn() -> Vec<&'static Param>,
    run: Run,
) -> Cmdlet {
    let effect = if matches!(verb, Verb::Get) { Effect::Reads } else { Effect::Changes };
    Cmdlet { verb, noun: N::NAME, synopsis, help, params, effect, run, ..DEFAULTS }
}
