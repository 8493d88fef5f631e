//! What holds of every page: the frame in order, each parameter once, no line wider than the screen.

use std::collections::BTreeSet;

use exch::cmdlet::help::topics::TOPICS;
use exch::cmdlet::{CMDLETS, Cmdlet, help};
use exch::engine::Options;
use exch::manual::{Document, Page, StorePlace, StoreState, TextLayout, View};
use exch::param::Kind;
use unicode_width::UnicodeWidthStr;

use super::holds;
use crate::console::world;
use crate::outcome::Failed;

const FRAME: [&str; 9] = [
    "NAME",
    "SYNOPSIS",
    "SYNTAX",
    "DESCRIPTION",
    "PARAMETERS",
    "OUTPUTS",
    "EXAMPLES",
    "RELATED LINKS",
    "REMARKS",
];

fn page(cmdlet: &Cmdlet, view: View, width: usize) -> String {
    Document::Page(Box::new(help::pages::page(cmdlet)), view).render(&TextLayout { width, bold: false })
}

#[test]
fn the_frame_is_get_helps() -> Result<(), Failed> {
    for cmdlet in CMDLETS {
        for view in [View::Brief, View::Full] {
            let text = page(cmdlet, view, 80);
            let headings: Vec<&str> =
                text.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).collect();
            let page = help::pages::page(cmdlet);
            let links = !page.links.is_empty() || !page.topics.is_empty();
            let wanted = FRAME.into_iter().filter(|title| links || *title != "RELATED LINKS");
            let wanted: Vec<&str> =
                wanted.filter(|title| !page.columns.is_empty() || *title != "OUTPUTS").collect();
            holds(headings == wanted, format!("{}: {headings:?}", cmdlet.name()))?;
        }
    }
    Ok(())
}

/// The parameters that a page shows under PARAMETERS.
fn shown(text: &str) -> Vec<String> {
    let section = text
        .split("PARAMETERS\n")
        .nth(1)
        .and_then(|rest| rest.split("\nOUTPUTS").next()?.split("\nEXAMPLES").next());
    let group = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let grouped = section.unwrap_or_default().lines().skip_while(|line| !group(line));
    let entries = grouped.filter(|line| line.starts_with("    -"));
    let names = |line: &str| {
        let line = line.trim();
        // The paragraph of what is accepted without effect names several in a line.
        let ends = if line.contains(',') && !line.contains("  ") { ',' } else { ' ' };
        let words = line.split(ends).map(str::trim).filter(|word| word.starts_with('-'));
        let taken = if ends == ',' { usize::MAX } else { 1 };
        words.take(taken).map(|word| word[1..].to_owned()).collect::<Vec<_>>()
    };
    entries.flat_map(names).collect()
}

#[test]
fn every_parameter_stands_once() -> Result<(), Failed> {
    for cmdlet in CMDLETS {
        let mut wanted: Vec<String> = cmdlet.all_params().iter().map(|p| p.name.to_owned()).collect();
        wanted.sort();
        holds(wanted.iter().collect::<BTreeSet<_>>().len() == wanted.len(), "a parameter is there twice")?;
        for (view, width) in [(View::Brief, 80), (View::Brief, 200), (View::Full, 80)] {
            let mut found = shown(&page(cmdlet, view, width));
            found.sort();
            holds(found == wanted, format!("{} at {width}: {found:?}\n{wanted:?}", cmdlet.name()))?;
        }
    }
    Ok(())
}

fn documents(page: &Page) -> Vec<Document> {
    let part = |view| Document::Page(Box::new(page.clone()), view);
    let store = |state| Document::Welcome(Some(StorePlace { path: "/srv/store".to_owned(), state }));
    let topics = TOPICS.iter().map(|topic| Document::Topic(Box::new(topic.chapter())));
    let others = vec![
        part(View::Brief),
        part(View::Full),
        part(View::Examples),
        part(View::Parameters(page.params.clone())),
        help::pages::overview(),
        store(StoreState::None),
        store(StoreState::Sound(0)),
        store(StoreState::Sound(1)),
        store(StoreState::Sound(1_204)),
        store(StoreState::Broken("exch.toml:1:9: no value stands after the equals sign".to_owned())),
        Document::Welcome(None),
    ];
    others.into_iter().chain(topics).collect()
}

#[test]
fn no_line_is_wider_than_the_screen() -> Result<(), Failed> {
    for cmdlet in CMDLETS {
        for document in documents(&help::pages::page(cmdlet)) {
            for width in [76, 80, 100, 119, 120, 200, 400] {
                let text = document.render(&TextLayout { width, bold: false });
                if let Some(long) = text.lines().find(|line| line.width() > width) {
                    return Err(format!("{} at {width}: {long}", cmdlet.name()).into());
                }
                let blanks = text.lines().any(|line| line.ends_with(' ')) || text.contains("\n\n\n");
                holds(!blanks, format!("{} at {width}: blanks too many", cmdlet.name()))?;
            }
        }
    }
    Ok(())
}

#[test]
fn every_cmdlet_describes_itself() -> Result<(), Failed> {
    for cmdlet in CMDLETS {
        let name = cmdlet.name();
        let sentences = cmdlet.help.description.matches(". ").count() + 1;
        holds((2..=4).contains(&sentences), format!("{name}: {sentences} sentences"))?;
        holds(cmdlet.help.examples.len() >= 2, format!("{name}: too few examples"))?;
        for example in cmdlet.help.examples {
            let begins = example.line.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(&name));
            holds(begins, format!("{name}: an example of another cmdlet: {}", example.line))?;
            let bare: String = example.line.split('\'').step_by(2).collect();
            let plain = |c: char| c.is_ascii_alphanumeric() || " -.:,/~".contains(c);
            holds(bare.chars().all(plain), format!("{name}: a shell changes {}", example.line))?;
            holds(example.does.ends_with('.'), format!("{name}: no sentence: {}", example.does))?;
        }
    }
    Ok(())
}

#[test]
fn defaults_are_values() -> Result<(), Failed> {
    for param in CMDLETS.iter().flat_map(|cmdlet| cmdlet.all_params()) {
        for (_, text) in param.default.cases() {
            holds(param.parse_default(text).is_ok(), format!("-{} {text}", param.name))?;
        }
        holds(!matches!(param.kind, Kind::Switch) || param.default.cases().is_empty(), param.name)?;
    }
    Ok(())
}

#[test]
fn the_lock_timeout_is_as_told() -> Result<(), Failed> {
    let nowhere = std::path::Path::new("/nonexistent");
    let options = Options::read(&exch::cmdlet::Args::default(), &world(nowhere, nowhere));
    let seconds = options.map(|options| options.lock_timeout.as_secs());
    let param = &exch::cmdlet::shared::common_params::LOCK_TIMEOUT;
    let described = param.default.cases().first().map(|(_, text)| *text);
    holds(seconds == Ok(10) && described == Some("00:00:10"), format!("{seconds:?}, {described:?}"))
}

#[test]
fn bold_is_all_that_colour_adds() -> Result<(), Failed> {
    for cmdlet in CMDLETS {
        for document in documents(&help::pages::page(cmdlet)) {
            let plain = document.render(&TextLayout { width: 80, bold: false });
            let bold = document.render(&TextLayout { width: 80, bold: true });
            holds(bold.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain, cmdlet.name())?;
            holds(!plain.contains('\x1b'), cmdlet.name())?;
        }
    }
    Ok(())
}
