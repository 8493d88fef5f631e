//! The public reference's parameters: each cmdlet takes them, or docs/coming-from-the-shell.md says why not.

use exch::cmdlet::CMDLETS;

use super::{read, texts};

/// Every documented parameter is taken, or is in the table of the page with a reason; and no row of it is in vain.
#[test]
fn documented_parameters_are_taken_or_listed() {
    let page = include_str!("../../../docs/coming-from-the-shell.md");
    let rows: Vec<(String, String)> = page.lines().filter_map(row).collect();
    let facts = read("documented-parameters.toml");
    let mut used = Vec::new();
    for fact in facts["cmdlet"].as_array().unwrap() {
        let fact = fact.as_table().unwrap();
        let name = fact["name"].as_str().unwrap();
        let cmdlet = CMDLETS.iter().find(|cmdlet| cmdlet.name() == name);
        let taken = cmdlet.unwrap_or_else(|| panic!("{name}")).all_params();
        for parameter in texts(fact, "parameters") {
            let row = (name.to_owned(), parameter.clone());
            let is_taken = taken.iter().any(|param| param.name == parameter);
            assert!(is_taken != rows.contains(&row), "{name} -{parameter}: {is_taken}");
            used.extend((!is_taken).then_some(row));
        }
    }
    assert_eq!(used.len(), rows.len(), "{rows:?} against {used:?}");
}

/// A row of the table: cmdlet, parameter, reason.
fn row(line: &str) -> Option<(String, String)> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    let [cmdlet, parameter, reason] = cells.as_slice() else { return None };
    let parameter = parameter.strip_prefix("`-")?.strip_suffix('`')?;
    assert!(!reason.trim().is_empty(), "{line}");
    Some(((*cmdlet).to_owned(), parameter.to_owned()))
}
