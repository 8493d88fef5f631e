//! Readers of what other programs write, and of conditions: spoiled, they are read or refused like the rest.

use std::io::Cursor;
use std::path::Path;

use exch::exported::{Export, ExportKind, Format, read};
use exch::filter::Filter;
use proptest::prelude::*;

/// Exports of every format, cut to a length that is read in a moment.
pub fn exports() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "tests/fixtures",
        "tests/fixtures/exports",
        "tests/cases/import/other-formats/beside",
        "tests/cases/import/dsc/beside",
    ];
    let entries =
        folders.iter().flat_map(|folder| std::fs::read_dir(root.join(folder)).into_iter().flatten());
    let mut paths: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let beginning = |bytes: Vec<u8>| bytes.get(..4096).map(<[u8]>::to_vec).unwrap_or(bytes);
    paths.retain(|path| path.extension().is_some_and(|end| end != "jsonl"));
    paths.iter().filter_map(|path| std::fs::read(path).ok()).map(beginning).collect()
}

/// The same bytes as each format; what is refused is said in one sentence.
pub fn export(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = String::from_utf8_lossy(bytes);
    let found = Format::of(&text);
    for format in [Format::Clixml, Format::Json, Format::Csv, Format::List, Format::Dsc] {
        let mut export = Export::default();
        export.begin("export".to_owned(), format, None);
        let read = read(format, Cursor::new(bytes), &mut export);
        export.finish();
        if let Err(why) = read {
            prop_assert!(!why.is_empty() && !why.contains('\n'), "{:?}: {:?}", format, why);
        }
        // An object is counted, and one that is counted is kept or refused.
        let counts = export.files.iter().flat_map(|file| &file.counts);
        let found_here: usize =
            counts.filter(|(kind, _)| **kind == ExportKind::ReceiveConnector).map(|(_, count)| *count).sum();
        let kept = export.connectors.len();
        let refused = export.refused.iter().any(|refused| refused.kind == ExportKind::ReceiveConnector);
        prop_assert!(kept <= found_here, "{} of {}", kept, found_here);
        prop_assert!(kept == found_here || refused || !export.manifests.is_empty());
        let empty = text.trim().is_empty() && export.is_empty();
        prop_assert!(found.is_some() || !text.trim().is_empty() || empty, "{:?}: made of nothing", format);
    }
    Ok(())
}

/// Conditions with every operator.
pub fn filters() -> Vec<Vec<u8>> {
    [
        "PermissionGroups -like '*Anonymous*' -and Enabled -eq 'True'",
        "{PermissionGroups -eq 'Partners' -or RemoteIPRanges -contains '10.1.0.7'}",
        "MaxMessageSize -ge 36MB -and ConnectionTimeout -lt 00:30:00 -and -not (MaxHopCount -le 60)",
        "Name -notlike \"a`\"b*\" -or $_.Comment -ne $null -or Bindings -notcontains '[::1]:25'",
        "(Fqdn -gt 'a') -and (Banner -eq '')",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// What is refused has a place in the text; so has each property that is named.
pub fn filter(bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = String::from_utf8_lossy(bytes);
    match Filter::parse(&text) {
        Err(error) => prop_assert!(text.is_char_boundary(error.at), "{} at {}", error.message, error.at),
        Ok(filter) => {
            for (name, at) in filter.names() {
                let there = text.get(at..).unwrap_or_default();
                prop_assert!(there.contains(name), "{} is not at {}", name, at);
            }
        }
    }
    Ok(())
}
