//! A naive model of the rules M, P6 to P9 and P11, written from docs/semantics.md and not from the table: how a session
//! of [`super::twin`] comes out, by step. It knows only what those sessions vary.

use exch::connector::{AuthMechanism, ReceiveConnector};
use exch::permission::Principal;
use exch::session::{Account, Mechanism, Tls};

use super::scene::Scene;

/// How a session comes out: the step at which nothing is taken any more, or a word.
pub fn expected(scene: &Scene) -> &'static str {
    let holds = |c: &&ReceiveConnector| {
        c.enabled && c.remote_ip_ranges.iter().any(|range| range.contains(scene.client.remote))
    };
    let size = |c: &&ReceiveConnector| c.remote_ip_ranges.iter().map(|range| range.size()).min();
    let Some(connector) = scene.host.connectors.iter().filter(holds).min_by_key(size) else {
        return "connect";
    };
    let names: Vec<Vec<String>> = match scene.client.mechanism {
        Some(Mechanism::ExchangeServer) => {
            ["Hub Transport Servers", "Edge Transport Servers", "Exchange Servers"].map(alone).to_vec()
        }
        Some(_) => vec![account_names(scene)],
        None if connector.auth.contains(AuthMechanism::ExternalAuthoritative) => {
            vec![alone("Externally Secured Servers")]
        }
        None => {
            let own = ["S-1-5-7", "S-1-5-2"].map(str::to_owned).to_vec();
            vec![own.clone(), [own, vec!["S-1-1-0".to_owned()]].concat()]
        }
    };
    let all: Vec<&str> = names.iter().map(|names| one(scene, connector, names)).collect();
    let rejected = |outcome: &&&str| STEPS.contains(*outcome);
    if all.iter().all(|outcome| *outcome == all[0]) {
        all[0]
    } else if all.iter().filter(rejected).count() == all.len() {
        STEPS.iter().find(|step| all.contains(step)).unwrap()
    } else {
        "undecided"
    }
}

const STEPS: [&str; 6] = ["connect", "STARTTLS", "AUTH", "MAIL FROM", "RCPT TO", "end of data"];

fn alone(name: &str) -> Vec<String> {
    [name, "S-1-1-0", "S-1-5-2"].map(str::to_owned).to_vec()
}

fn known(scene: &Scene) -> Option<&Account> {
    let user = scene.client.user.as_deref()?;
    let is_it = |name: &str| name.eq_ignore_ascii_case(user);
    scene.accounts.iter().find(|one| is_it(&one.name) || one.sid.as_deref().is_some_and(is_it))
}

fn account_names(scene: &Scene) -> Vec<String> {
    let own = match known(scene) {
        Some(account) => {
            [account.name.clone()].into_iter().chain(account.sid.clone()).chain(account.groups.clone())
        }
        None => return [alone("S-1-5-11"), vec![scene.client.user.clone().unwrap()]].concat(),
    };
    own.chain(alone("S-1-5-11")).collect()
}

/// P5: some entry allows, and none denies; of the connector itself, else inherited.
fn may(scene: &Scene, connector: &ReceiveConnector, names: &[String], right: &str) -> bool {
    let session: Vec<Principal> = names.iter().map(|name| Principal::read_in(name, "CONTOSO")).collect();
    let entries = connector.access.entries(scene.host.server.platform());
    let spoken: Vec<_> =
        entries.iter().filter(|e| e.right.name == right && session.contains(&e.principal)).collect();
    let own = spoken.iter().any(|entry| !entry.inherited);
    let mut decide = spoken.iter().filter(|entry| entry.inherited != own).peekable();
    decide.peek().is_some() && decide.all(|entry| !entry.deny)
}

fn one(scene: &Scene, connector: &ReceiveConnector, names: &[String]) -> &'static str {
    let (client, auth) = (&scene.client, connector.auth);
    let offered = match client.tls {
        Tls::StartTls => auth.contains(AuthMechanism::Tls),
        Tls::AnonymousTls => auth.contains(AuthMechanism::ExchangeServer),
        Tls::None | Tls::Implicit => true,
    };
    if !offered {
        return "STARTTLS";
    }
    let offered = match client.mechanism {
        Some(Mechanism::BasicAuth) => auth.contains(AuthMechanism::BasicAuth),
        Some(Mechanism::NTLM) => auth.contains(AuthMechanism::Integrated),
        Some(Mechanism::ExchangeServer) => auth.contains(AuthMechanism::ExchangeServer),
        None => true,
        _ => false,
    };
    let account = client.mechanism.is_some_and(|mechanism| mechanism != Mechanism::ExchangeServer);
    if !offered || account && !may(scene, connector, names, "ms-Exch-SMTP-Submit") {
        return "AUTH";
    }
    let secured = connector.domain_secure && client.mail_from.ends_with("@fabrikam.com");
    let proved = auth.contains(AuthMechanism::Tls)
        && client.tls == Tls::StartTls
        && !auth.contains(AuthMechanism::ExternalAuthoritative)
        && client.certificate == ["fabrikam.com"];
    let partner = alone("Partner Servers");
    let names = if secured && proved { &partner } else { names };
    let large = client.size.is_some() && !may(scene, connector, names, "ms-Exch-Bypass-Message-Size-Limit");
    let submits = may(scene, connector, names, "ms-Exch-SMTP-Submit");
    if connector.require_tls && client.tls == Tls::None || !submits || secured && !proved || large {
        return "MAIL FROM";
    }
    let taken = client.recipients.iter().filter(|to| is_taken(scene, connector, names, to)).count();
    if taken == 0 {
        return "RCPT TO";
    }
    let senders = [&client.mail_from, client.from.as_ref().unwrap_or(&client.mail_from)];
    let checks =
        senders.map(|from| secured && proved || sends(scene, connector, names, account, from) != Some(false));
    if checks.contains(&false) {
        return "end of data";
    }
    let unknown = |from: &&String| sends(scene, connector, names, account, from).is_none();
    match (senders.iter().any(unknown) && !(secured && proved), taken < client.recipients.len()) {
        (true, _) => "undecided",
        (false, true) => "partial",
        (false, false) => "accepted",
    }
}

fn is_taken(scene: &Scene, connector: &ReceiveConnector, names: &[String], to: &str) -> bool {
    let Some((_, domain)) = to.split_once('@') else { return true };
    let ours = domain == "contoso.com" || domain.ends_with("partner.example");
    ours || may(scene, connector, names, "ms-Exch-SMTP-Accept-Any-Recipient")
}

/// Whether the session may send from an address; nothing where that is not known (P11).
fn sends(
    scene: &Scene,
    connector: &ReceiveConnector,
    names: &[String],
    account: bool,
    from: &str,
) -> Option<bool> {
    let right = match from.split_once('@') {
        Some((_, "contoso.com")) => "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
        _ => "ms-Exch-SMTP-Accept-Any-Sender",
    };
    if from.is_empty() || may(scene, connector, names, right) {
        return Some(true);
    }
    if !account {
        return Some(false);
    }
    let own = known(scene)?.addresses.as_ref()?;
    let listed = own.iter().any(|own| own.trim_start_matches("SMTP:").eq_ignore_ascii_case(from));
    Some(listed || known(scene)?.send_as.iter().any(|other| other == from))
}
