//! `-Crossing`: what passes the firewall between two zones, and what is not supported there (D9).

use super::ends::Found;
use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Args;
use crate::cmdlet::transaction::Draft;
use crate::datapath::{Note, rows};
use crate::flow::{Crossing, barred_by_firewall, barred_in_perimeter};
use crate::organization::NetworkZone;
use crate::organization::network_zone::OUTSIDE;
use crate::param::{Finding, Rule, same_name};

/// Keeps what crosses, and says what is not supported.
///
/// # Errors
/// Exit 2 for other than two zones, exit 4 for a zone that is not there.
pub fn keep(args: &Args, found: &mut Found, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let zones = draft.members::<NetworkZone>()?.to_vec();
    let crossing = named(args, &zones)?;
    found.flows = found.flows.iter().flat_map(|flow| crossing.through(flow)).collect();
    let mut unsupported = Unsupported::default();
    for flow in &found.flows {
        for note in barred_by_firewall(flow) {
            unsupported.add(
                note,
                "through a firewall",
                format!("{} to {}", flow.source.name(), flow.destination.name()),
            );
        }
        for (note, server) in barred_in_perimeter(flow, &zones) {
            unsupported.add(note, "in a perimeter network", server.to_owned());
        }
    }
    found.warnings = unsupported.warnings(rows::CROSSING.name);
    Ok(())
}

/// What is not supported where a firewall stands: who, for each reason.
#[derive(Default)]
pub(super) struct Unsupported(Vec<(&'static Note, &'static str, Vec<String>)>);

impl Unsupported {
    /// Adds who a note is about; `place` is where it is not supported.
    pub(super) fn add(&mut self, note: &'static Note, place: &'static str, who: String) {
        match self.0.iter_mut().find(|(one, ..)| one.id == note.id) {
            Some((_, _, names)) if names.contains(&who) => {}
            Some((_, _, names)) => names.push(who),
            None => self.0.push((note, place, vec![who])),
        }
    }

    /// A warning for each reason.
    pub(super) fn warnings(self, parameter: &'static str) -> Vec<Finding> {
        self.0.into_iter().map(|(note, place, names)| warning(parameter, note, place, &names)).collect()
    }
}

/// The firewall between the two zones that a line names.
///
/// # Errors
/// Exit 2 for other than two zones, exit 4 for a zone that is not there.
pub fn named(args: &Args, zones: &[NetworkZone]) -> Result<Crossing, Problem> {
    let names = args.texts(&rows::CROSSING);
    match names.as_slice() {
        [one, other] if !same_name(one, other) => {
            Crossing::new([one, other], zones).map_err(|name| no_zone(name, zones))
        }
        _ => Err(not_two(&names)),
    }
}

fn warning(parameter: &'static str, note: &Note, place: &str, names: &[String]) -> Finding {
    let message = format!("not supported {place}: {}. {}", names.join(", "), note.text);
    Finding::new(Rule::D9, parameter, message)
}

fn not_two(names: &[String]) -> Problem {
    let message =
        format!("parameter Crossing: `{}`: a firewall is between two network zones", names.join(","));
    Problem::new(Exit::NotUnderstood, message)
        .hint(format!("-Crossing Perimeter,Internal; {OUTSIDE} is every address that no zone has"))
        .about(rows::CROSSING.name)
}

fn no_zone(name: &str, zones: &[NetworkZone]) -> Problem {
    let mut names: Vec<&str> = zones.iter().map(|zone| zone.name.as_str()).collect();
    names.push(OUTSIDE);
    let message = format!("parameter Crossing: there is no network zone `{name}`");
    Problem::new(Exit::NotFound, message)
        .hint(format!("zones are {}; exch new-networkzone makes one", names.join(", ")))
        .about(rows::CROSSING.name)
}
