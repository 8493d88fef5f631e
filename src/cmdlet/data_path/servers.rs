//! A data path between two servers of the store: what their own connectors add to what the tables say (D4).
//!
//! It knows which rows are mail and how their authentication is proved; whether mail is taken is [`session`]'s.
//!
//! [`session`]: crate::session

use crate::answer::Problem;
use crate::cmdlet::data_path::mail::{MailReport, report};
use crate::cmdlet::session::policy;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::datapath::{Answer, Auth, DataPath, Query, Verdict};
use crate::param::Version;
use crate::session::{MailPath, Proof};

/// What the connectors say to mail from `source` to `destination`, where the tables have it; nothing where no data
/// path that fits is mail.
///
/// # Errors
/// Where a file of the store cannot be read.
pub fn mail(
    source: &Host,
    destination: &Host,
    (query, verdict): (&Query, &Verdict),
    draft: &mut Draft<'_>,
) -> Result<Option<MailReport>, Problem> {
    let hops = hops(source, destination, query, verdict);
    if hops.is_empty() {
        return Ok(None);
    }
    let policy = policy::with_peers(policy::policy(draft)?, draft)?;
    let (source, policy) = (&source.server, &policy);
    let paths: Vec<MailPath<'_>> =
        hops.into_iter().map(|(port, proof)| MailPath { source, destination, port, proof, policy }).collect();
    report(&paths, draft).map(Some)
}

/// Ports and proofs, each once. Ports that no connector binds are left out where another is bound: what listens
/// there is not in the store.
fn hops(source: &Host, destination: &Host, query: &Query, verdict: &Verdict) -> Vec<(u16, Proof)> {
    let mut hops: Vec<(u16, Proof)> = Vec::new();
    let fitting = if verdict.answer == Answer::Documented { verdict.paths.as_slice() } else { &[] };
    for path in fitting {
        let proofs = proof(path, query.auth, source, destination).into_iter();
        let found = proofs
            .flat_map(|proof| ports(path, query, destination).into_iter().map(move |port| (port, proof)));
        hops.extend(found.filter(|hop| !hops.contains(hop)).collect::<Vec<_>>());
    }
    if hops.iter().any(|(port, _)| is_bound(destination, *port)) {
        hops.retain(|(port, _)| is_bound(destination, *port));
    }
    hops
}

fn is_bound(host: &Host, port: u16) -> bool {
    host.connectors.iter().flat_map(|connector| &connector.bindings).any(|binding| binding.port() == port)
}

/// The ports of a row at which mail arrives. A row with every port is mail at the one that is asked about, where a
/// connector listens there. Since 2013 the tables name the connector that takes a row, or it is none of the store's.
fn ports(path: &DataPath, query: &Query, destination: &Host) -> Vec<u16> {
    let asked = |port: &u16| query.port.is_none_or(|asked| asked == *port);
    let mail = path.ports.iter().filter(|port| port.protocol == Some("SMTP")).map(|port| port.first);
    let any = query.port.filter(|_| path.any_port);
    let named = query.version < Version::V2013 || path.receive_connector.is_some();
    let kept = |port: &u16| asked(port) && (is_bound(destination, *port) || named && !path.any_port);
    mail.chain(any).filter(kept).collect()
}

/// How the source proves who it is on a row: by Exchange Server authentication where the row has it, else by the
/// first that a connector could offer.
fn proof(path: &DataPath, asked: Option<Auth>, source: &Host, destination: &Host) -> Option<Proof> {
    let edges = [source, destination].iter().filter(|host| host.server.is_edge()).count();
    let stated = if path.default_auth.is_empty() { path.supported_auth } else { path.default_auth };
    let named: Vec<Auth> = asked.map_or_else(|| stated.to_vec(), |auth| vec![auth]);
    let proofs: Vec<Proof> = named.into_iter().filter_map(|auth| proved(auth, edges)).collect();
    let by_server = |proof: &&Proof| matches!(proof, Proof::DirectTrust | Proof::ExchangeServer);
    let unstated = || (stated.is_empty() && asked.is_none()).then(|| of_servers(edges));
    proofs.iter().find(by_server).or(proofs.first()).copied().or_else(unstated)
}

/// Exchange Server authentication is by direct trust where one end is an Edge Transport server, and there is none
/// between two of them.
fn of_servers(edges: usize) -> Proof {
    match edges {
        0 => Proof::ExchangeServer,
        1 => Proof::DirectTrust,
        _ => Proof::Anonymous,
    }
}

/// D4: what an authentication of the tables asks of a connector; nothing where SMTP has no such thing.
fn proved(auth: Auth, edges: usize) -> Option<Proof> {
    match auth {
        Auth::Kerberos | Auth::DirectTrust | Auth::ExchangeServer => {
            Some(of_servers(edges)).filter(|proof| *proof != Proof::Anonymous)
        }
        Auth::Ntlm | Auth::Negotiate => Some(Proof::Integrated),
        Auth::Basic => Some(Proof::Basic),
        Auth::Certificate => Some(Proof::DomainSecurity),
        Auth::Anonymous => Some(Proof::Anonymous),
        Auth::Digest | Auth::FormsBased | Auth::PlainText | Auth::ByIpAddress => None,
    }
}
