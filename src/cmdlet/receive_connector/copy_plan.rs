//! Copies of connectors on their way to other servers: each is checked beside what is there and beside the other
//! copies, and either all of them are put into the draft or everything that stands in the way is reported at once.

use std::collections::BTreeMap;

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::receive_connector::new::has_transport;
use crate::cmdlet::receive_connector::shared::{apply_args, check_given, identity};
use crate::cmdlet::shared::identity as identities;
use crate::cmdlet::shared::identity::Found;
use crate::cmdlet::transaction::{Draft, Outcome, Question};
use crate::connector::copy::{copied, loses_role, naming_server, own_binding};
use crate::connector::rules::{self, Case, taken_name};
use crate::connector::{Host, ReceiveConnector, namesake, rows, same_name};
use crate::net::Binding;
use crate::param::{Finding, Row, Verb};
use crate::powershell::quote;
use crate::server::Server;

/// A server that gets copies.
pub struct Target {
    /// Its name.
    pub server: String,
    /// Whether only a wildcard names it: then it is passed over where it has the connector itself.
    pub by_wildcard: bool,
}

/// Copies, checked and not yet put in.
pub struct Copies<'c, 'w> {
    call: &'c Call<'w>,
    always_asked: bool,
    /// Every server as the copies so far make it.
    hosts: BTreeMap<String, Host>,
    made: Vec<Found>,
    refused: Vec<(String, Vec<Problem>)>,
    warnings: Vec<Finding>,
    notices: Vec<String>,
}

impl<'c, 'w> Copies<'c, 'w> {
    /// None yet. `always_asked`: whether each is asked about even without `-Confirm`.
    pub fn new(call: &'c Call<'w>, always_asked: bool) -> Self {
        Copies {
            call,
            always_asked,
            hosts: BTreeMap::new(),
            made: Vec::new(),
            refused: Vec::new(),
            warnings: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Makes one copy, or notes down what stands in its way.
    ///
    /// # Errors
    /// Where a server's file cannot be read.
    pub fn add(&mut self, source: &Found, target: &Target, draft: &mut Draft<'_>) -> Result<(), Problem> {
        let (server, name) = source;
        if target.by_wildcard && same_name(server, &target.server) {
            return Ok(());
        }
        let Some(from) = draft.host(server)? else { return Err(identities::no_server(server, draft)) };
        let Some(connector) = from.connector(name) else { return Ok(()) };
        let to = self.host(&target.server, draft)?;
        let new_name = self.call.args.text(&rows::NAME.param);
        let new_name = new_name.unwrap_or_else(|| namesake::on_server(name, &from.server, &to.server));
        let made = identity(&to.server.name, &new_name);
        if !draft.confirm(self.question(&made)) {
            return Ok(());
        }
        self.kept_texts(connector, (&from.server, &to.server));
        match self.build(connector, &from.server, &to) {
            Ok((copy, warnings)) => {
                self.warnings.extend(warnings.into_iter().map(|warning| warning.on(&made)));
                self.made.push((to.server.name.clone(), copy.name.clone()));
                self.hosts.entry(target.server.clone()).or_insert(to).connectors.push(copy);
            }
            Err(problems) => self.refused.push((made, problems)),
        }
        Ok(())
    }

    /// A server as the copies so far make it.
    fn host(&self, name: &str, draft: &mut Draft<'_>) -> Result<Host, Problem> {
        if let Some(host) = self.hosts.get(name) {
            return Ok(host.clone());
        }
        let host = draft.host(name)?;
        host.map(|host| Host::clone(&host)).ok_or_else(|| identities::no_server(name, draft))
    }

    fn question(&self, made: &str) -> Question {
        Question {
            operation: "Copy",
            target: made.to_owned(),
            along: Vec::new(),
            removes: false,
            always: self.always_asked,
        }
    }

    /// The copy of one connector as it would stand on `to`, with warnings; else all that is against it.
    fn build(
        &self,
        connector: &ReceiveConnector,
        from: &Server,
        to: &Host,
    ) -> Result<(ReceiveConnector, Vec<Finding>), Vec<Problem>> {
        has_transport(&to.server).map_err(|problem| vec![problem])?;
        check_given(&self.call.args, &to.server).map_err(|problem| vec![problem])?;
        let copied = copied(connector, from, &to.server);
        let mut copy = copied.connector;
        let mut warnings = apply_args(&mut copy, &self.call.args).map_err(|problem| vec![problem])?;
        let mut problems: Vec<Problem> = copied.lost.into_iter().map(Problem::from).collect();
        problems.extend(rows::NAME.param.parse(&copy.name).err().map(Problem::from));
        let taken = taken_name(to, &copy.name);
        problems.extend(taken.map(|taken| self.already_there((from, connector), (&to.server, taken))));
        let case = Case { connector: &copy, server: &to.server, before: None, has_peers: false };
        let found = rules::check(&case);
        let source = identity(&from.name, &connector.name);
        problems.extend(found.refusals.into_iter().map(|refusal| with_fix(&source, &to.server, refusal)));
        // What stands under the copy's own name is reported once.
        problems.extend(rules::conflicts_of(&copy, taken, to).into_iter().map(Problem::from));
        warnings.extend(found.warnings);
        if problems.is_empty() { Ok((copy, warnings)) } else { Err(problems) }
    }

    /// C1: the name is taken, by what was there or by another copy of this call.
    fn already_there(
        &self,
        (from, source): (&Server, &ReceiveConnector),
        (to, taken): (&Server, &ReceiveConnector),
    ) -> Problem {
        let there = identity(&to.name, &taken.name);
        let by_copy = self.made.iter().any(|(server, name)| *server == to.name && *name == taken.name);
        let message = if by_copy {
            format!("two of the copies would be \"{there}\"")
        } else {
            format!("the Receive connector \"{there}\" is there already")
        };
        let original = quote::bash(&identity(&from.name, &source.name));
        let hint = if by_copy {
            "copy them one by one, each with a -Name of its own".to_owned()
        } else if same_name(&from.name, &to.name) {
            "a copy on the same server needs another -Name, and other -Bindings".to_owned()
        } else {
            let there = quote::bash(&there);
            format!(
                "exch compare-receiveconnector {original} {there} shows how they differ; choose another -Name, or leave {} out of -Server",
                to.name
            )
        };
        Problem::new(Exit::Conflict, message).hint(hint).about(rows::NAME.name())
    }

    /// Says once for each connector what a copy keeps although it names the server, or no server.
    fn kept_texts(&mut self, connector: &ReceiveConnector, (from, to): (&Server, &Server)) {
        if same_name(&from.name, &to.name) {
            return;
        }
        let source = identity(&from.name, &connector.name);
        let mut notices: Vec<String> = naming_server(connector, from)
            .into_iter()
            .map(|row| format!("`{source}`: {row} names {} and is copied as it is", from.name))
            .collect();
        let copied = connector.access.own_entries().iter().filter(|entry| !entry.inherited);
        let mut locals: Vec<&str> = copied.map(|entry| entry.principal.name()).collect();
        locals.retain(|account| namesake::is_named(account, from));
        locals.dedup();
        notices.extend(locals.into_iter().map(|account| {
            format!(
                "`{source}`: the account {account} names {}, and its entries are copied as they are",
                from.name
            )
        }));
        let foreign = |fqdn: &&str| namesake::fqdn_on(fqdn, from, from).is_none();
        let given = self.call.args.has(&rows::FQDN.param);
        if let Some(fqdn) = connector.fqdn.as_deref().filter(foreign).filter(|_| !given) {
            notices.push(format!(
                "`{source}`: Fqdn {fqdn} is copied as it is; -{} gives copies another",
                rows::FQDN.name()
            ));
        }
        let moved = |binding: &Binding| {
            let own = own_binding(binding, from, to)?;
            Some(format!("`{source}`: {binding} of {} is {own} on {}", from.name, to.name))
        };
        if loses_role(connector, to) && !self.call.args.has(&rows::TRANSPORT_ROLE.param) {
            notices.push(format!(
                "`{source}`: TransportRole {} is left out: {} has one transport service, which takes the copy",
                <&str>::from(connector.transport_role),
                to.name
            ));
        }
        if !self.call.args.has(&rows::BINDINGS.param) {
            notices.extend(connector.bindings.iter().filter_map(moved));
        }
        notices.retain(|notice| !self.notices.contains(notice));
        self.notices.extend(notices);
    }

    /// Puts every copy into the draft; gives what was made and what is to be said.
    ///
    /// # Errors
    /// Everything that stands in the way of any copy: exit 5 where something of it is a conflict, else 1.
    pub fn finish(self, draft: &mut Draft<'_>) -> Result<(Vec<Found>, Outcome), Problem> {
        let tried = self.made.len() + self.refused.len();
        if !self.refused.is_empty() {
            return Err(refusal(self.refused, tried));
        }
        for host in self.hosts.into_values() {
            draft.put(host, &self.call.context)?;
        }
        let mut warnings = self.warnings;
        if tried == 1 {
            warnings.iter_mut().for_each(|warning| warning.objects.clear());
        }
        Ok((self.made, Outcome { warnings, notices: self.notices, ..Outcome::default() }))
    }
}

/// A rule of the other server's that the connector breaks there: what Copy- cannot set is changed where it comes from.
fn with_fix(source: &str, to: &Server, refusal: Finding) -> Problem {
    let is_set = |row: &&&Row<ReceiveConnector>| row.name() == refusal.parameter;
    let can_set = rows::ROWS.iter().find(is_set).is_some_and(|row| row.param.on.contains(&Verb::Copy));
    let problem = Problem::from(refusal);
    if can_set {
        return problem;
    }
    problem.hint(format!("change {} first, or leave {} out of -Server", quote::bash(source), to.name))
}

/// One error for all copies; of a single copy its first problem, with the others beside it.
fn refusal(refused: Vec<(String, Vec<Problem>)>, tried: usize) -> Problem {
    let names: Vec<String> = refused.iter().map(|(made, _)| made.clone()).collect();
    let each = refused
        .into_iter()
        .flat_map(|(made, problems)| problems.into_iter().map(move |problem| (made.clone(), problem)));
    let mut each: Vec<(String, Problem)> = each.collect();
    let conflict = each.iter().any(|(_, problem)| problem.exit == Exit::Conflict);
    let exit = if conflict { Exit::Conflict } else { Exit::Refused };
    if tried == 1 && !each.is_empty() {
        let (_, first) = each.remove(0);
        return first.with(each.into_iter().map(|(_, problem)| problem).collect()).exit(exit);
    }
    let describe = |(made, problem): (String, Problem)| Problem {
        message: format!("{made}: {}", problem.message),
        ..problem
    };
    let message = format!(
        "{} of {tried} copies cannot be made, and nothing was copied: {}",
        names.len(),
        names.join(", ")
    );
    Problem::new(exit, message)
        .hint("see the errors below; exclude these servers from -Server to copy to the others")
        .about("Server")
        .with(each.into_iter().map(describe).collect())
}
