//! Mail between two servers of the store in words: which connector answers each pair of addresses, and what the
//! destination requires before it takes the mail (D4).

use std::borrow::Cow;

use crate::answer::Problem;
use crate::cmdlet::receive_connector::shared::identity;
use crate::cmdlet::shared::fix_command;
use crate::cmdlet::transaction::Draft;
use crate::connector::Host;
use crate::connector::edge_default::{EdgeState, settle};
use crate::organization::EdgeSubscription;
use crate::organization::edge_subscription::rows as subscriptions;
use crate::param::{Finding, Rule, Value, same_name};
use crate::server::{Server, rows};
use crate::session::{MailPath, MailRoute, MissingRequirement, Proof};

/// What there is to say.
#[derive(Clone, Debug, Default)]
pub struct MailReport {
    /// Whether every port takes the mail, from one address to another at least.
    pub taken: bool,
    /// What is missing, each with the command that fixes it.
    pub findings: Vec<Finding>,
    /// A sentence for each pair of addresses, and what is not known.
    pub notices: Vec<String>,
    /// The same pairs in short.
    pub checks: Vec<Value>,
}

impl MailReport {
    /// What is missing, a sentence each.
    #[must_use]
    pub fn missing(&self) -> Vec<Value> {
        self.findings.iter().map(|finding| Value::Text(finding.message.clone())).collect()
    }
}

/// What direct trust requires.
const UNSUBSCRIBED: &str = "an Edge subscription";

/// The site that there is in every forest.
const FIRST_SITE: &str = "Default-First-Site-Name";

/// The rule that all of this is.
const RULE: Rule = Rule::D4;

/// What becomes of mail on these paths, which are all between the same two servers.
///
/// # Errors
/// Where a file of the store cannot be read.
pub fn report(paths: &[MailPath<'_>], draft: &mut Draft<'_>) -> Result<MailReport, Problem> {
    let mut report = MailReport { taken: true, ..MailReport::default() };
    let domain = draft.directory().netbios_domain.clone();
    let trusting = paths.iter().find(|path| path.proof == Proof::DirectTrust);
    if let Some(path) = trusting {
        subscription(path, draft, &mut report)?;
    }
    let subscribed = report.findings.is_empty();
    for path in paths {
        // What else is missing is what a subscription, which is asked for, does not bring.
        let mut destination = Cow::Borrowed(path.destination);
        if !subscribed {
            settle(destination.to_mut(), EdgeState::Subscribed);
        }
        on_port(&MailPath { destination: &destination, ..*path }, &domain, subscribed, &mut report);
    }
    if let Some(path) = paths.first() {
        report.findings.extend(unknown(path));
    }
    report.taken &= report.findings.is_empty();
    Ok(report)
}

/// One port. Mail that finds one way is taken; where there is none, the pair with the fewest missing requirements says
/// which.
fn on_port(path: &MailPath<'_>, domain: &str, subscribed: bool, report: &mut MailReport) {
    let crossings = path.crossings();
    for crossing in &crossings {
        let short = in_short(path, crossing, domain, subscribed);
        report
            .notices
            .push(format!("mail from {} to {}: {short}", path.source.name, path.destination.server.name));
        report.checks.push(Value::Text(short));
        report.notices.extend(instead(path, crossing));
    }
    // Where no connector answers, more may be missing than is known.
    let known = |crossing: &&MailRoute| (crossing.connector.is_none(), crossing.missing.len());
    let Some(nearest) = crossings.iter().min_by_key(known) else { return };
    for missing in &nearest.missing {
        let finding = finding(path, nearest, missing, domain);
        if !report.findings.contains(&finding) {
            report.findings.push(finding);
        }
    }
}

/// `192.168.5.10 to 10.1.1.2:25: EDGE01\From Internal Org; taken`.
fn in_short(path: &MailPath<'_>, crossing: &MailRoute, domain: &str, subscribed: bool) -> String {
    let MailRoute { remote, local, connector, reply, missing, .. } = crossing;
    let who = match connector {
        Some(at) => named(path.destination, *at),
        None => "no connector answers".to_owned(),
    };
    let reply = reply.as_ref().map(|reply| format!("; {reply}")).unwrap_or_default();
    let mut required: Vec<String> =
        missing.iter().map(|one| fix_command::requirement(one, path, local, domain)).collect();
    if !subscribed && path.proof == Proof::DirectTrust {
        required.push(UNSUBSCRIBED.to_owned());
    }
    if required.is_empty() {
        return format!("{remote} to {local}: {who}; taken");
    }
    format!("{remote} to {local}: {who}{reply}; requires {}", required.join(", "))
}

/// S3: a connector that is in the way of another that would take the mail.
fn instead(path: &MailPath<'_>, crossing: &MailRoute) -> Option<String> {
    let (host, remote) = (path.destination, crossing.remote);
    let (at, other) = (crossing.connector?, crossing.instead?);
    let line = fix_command::excluding(host, host.connectors.get(at)?, remote)?;
    Some(format!(
        "`{}` would take it if `{}` did not answer {remote}: {line}",
        named(host, other),
        named(host, at)
    ))
}

/// One missing requirement, and the command.
fn finding(path: &MailPath<'_>, crossing: &MailRoute, missing: &MissingRequirement, domain: &str) -> Finding {
    let (from, to) = (&path.source.name, &path.destination.server.name);
    let what = fix_command::requirement(missing, path, &crossing.local, domain);
    let whose = fix_command::place(missing)
        .map_or_else(|| to.clone(), |at| format!("`{}`", named(path.destination, at)));
    let sentence =
        format!("{to} does not take mail from {from} at port {}: {whose} requires {what}", path.port);
    let finding = Finding::new(RULE, fix_command::property(missing), sentence);
    match fix_command::line(missing, path, crossing, domain) {
        Some(line) => finding.hint(line),
        None => finding,
    }
}

fn named(host: &Host, at: usize) -> String {
    host.connectors.get(at).map(|connector| identity(&host.server.name, &connector.name)).unwrap_or_default()
}

/// Servers whose addresses the store does not know, or that share no family.
fn unknown(path: &MailPath<'_>) -> Vec<Finding> {
    let (from, to) = (path.source, &path.destination.server);
    let property = rows::IP_ADDRESSES.name();
    let silent: Vec<&Server> = [from, to].into_iter().filter(|server| server.addresses.is_empty()).collect();
    let unsaid = |server: &&Server| {
        let name = &server.name;
        let sentence = format!(
            "whether {} takes mail from {} is not known: the store has no address of {name}",
            to.name, from.name
        );
        let line = format!("exch set-exchangeserver {name} -{property} 10.0.0.10,10.0.0.11");
        Finding::new(RULE, property, sentence).hint(format!("give its addresses, as in {line}"))
    };
    let mut found: Vec<Finding> = silent.iter().map(unsaid).collect();
    if silent.is_empty() && path.crossings().is_empty() {
        let sentence = format!("{} and {} have no addresses of one family", from.name, to.name);
        let hint = format!("exch get-exchangeserver {},{} -Property Name,{property}", from.name, to.name);
        found.push(Finding::new(RULE, property, sentence).hint(hint));
    }
    found
}

/// Direct trust needs the Edge Transport server to be subscribed.
fn subscription(path: &MailPath<'_>, draft: &mut Draft<'_>, report: &mut MailReport) -> Result<(), Problem> {
    let ends = [path.source, &path.destination.server];
    let edge = ends.into_iter().find(|server| server.is_edge());
    let other = ends.into_iter().find(|server| !server.is_edge());
    let Some((edge, other)) = edge.zip(other) else { return Ok(()) };
    match subscribed(edge, draft)? {
        Some(subscription) => report.notices.push(belongs(edge, other, &subscription)),
        None => report.findings.push(unsubscribed(path, edge, other.site.as_deref())),
    }
    Ok(())
}

fn unsubscribed(path: &MailPath<'_>, edge: &Server, site: Option<&str>) -> Finding {
    let (from, to, edge) = (&path.source.name, &path.destination.server.name, &edge.name);
    let sentence =
        format!("{to} does not take mail from {from} by direct trust: {edge} requires {UNSUBSCRIBED}");
    let hint = match site {
        Some(site) => fix_command::subscribing(edge, site),
        None => {
            format!("give the servers of the site -Site, then {}", fix_command::subscribing(edge, FIRST_SITE))
        }
    };
    Finding::new(RULE, subscriptions::SITE.name(), sentence).hint(hint)
}

/// The subscription of an Edge Transport server.
fn subscribed(edge: &Server, draft: &mut Draft<'_>) -> Result<Option<EdgeSubscription>, Problem> {
    let all = draft.members::<EdgeSubscription>()?;
    Ok(all.iter().find(|subscription| same_name(&subscription.name, &edge.name)).cloned())
}

/// To which site it belongs; servers of another one send through that.
fn belongs(edge: &Server, other: &Server, subscription: &EdgeSubscription) -> String {
    let site = &subscription.site;
    match other.site.as_deref().filter(|own| !same_name(own, site)) {
        Some(own) => format!(
            "{} is subscribed to site {site}; mail of {}, which is of site {own}, goes through servers of {site}",
            edge.name, other.name
        ),
        None => format!("{} is subscribed to site {site}", edge.name),
    }
}
