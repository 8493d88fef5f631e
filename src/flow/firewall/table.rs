//! Rules as rows of CSV, as firewall teams ask for them: one row for each source, destination and port.

use super::lines::{clean, port};
use super::rule::{End, Rule, Rules};
use crate::net::RemoteRange;

/// The headings.
pub(crate) const HEADINGS: &str =
    "Source,Destination,Protocol,Port,SourceName,DestinationName,DataPath,Remark";

/// The rows below the headings.
pub fn rows(rules: &Rules) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for rule in &rules.rules {
        for (source, destination) in pairs(rule) {
            for record in records(rule, source, destination) {
                // Memory takes every record.
                let _ = writer.write_record(record);
            }
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn pairs(rule: &Rule) -> impl Iterator<Item = (&End, &End)> {
    rule.sources
        .iter()
        .flat_map(|source| rule.destinations.iter().map(move |destination| (source, destination)))
}

fn records(rule: &Rule, source: &End, destination: &End) -> Vec<[String; 8]> {
    let transport = rule.service.transport().map_or("any", <&str>::from);
    let ports = rule.service.ports();
    let ports = if ports.is_empty() {
        vec!["any".to_owned()]
    } else {
        ports.into_iter().map(|range| port(range, '-')).collect()
    };
    let remark = rule.unsupported.map(|note| clean(note.text)).unwrap_or_default();
    let mut rows = Vec::new();
    for ipv6 in [false, true] {
        let of = |end: &'_ End| -> Vec<RemoteRange> {
            let own = end.addresses.iter().filter(|range| range.first().is_ipv6() == ipv6);
            own.filter_map(|range| RemoteRange::new(range.first(), range.last())).collect()
        };
        for from in of(source) {
            for to in of(destination) {
                rows.extend(ports.iter().map(|port| {
                    [
                        from.as_str().to_owned(),
                        to.as_str().to_owned(),
                        transport.to_owned(),
                        port.clone(),
                        clean(&source.name),
                        clean(&destination.name),
                        rule.paths.join(" "),
                        remark.clone(),
                    ]
                }));
            }
        }
    }
    rows
}
