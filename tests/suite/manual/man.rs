//! Manual pages and links as the cmdlets write them: what is in them, and what they never write over.

#![expect(clippy::disallowed_methods, reason = "exported files are looked at")]

use std::fs;

use exch::answer::Exit;
use exch::cmdlet::help;
use exch::manual::{Block, MARK};

use super::holds;
use crate::console::{run, world};
use crate::host;
use crate::outcome::Failed;

#[test]
fn every_chapter_is_a_page() -> Result<(), Failed> {
    let dir = host::tempdir()?;
    let at = world(dir.path(), dir.path());
    for _ in 0..2 {
        let ran = run(&at, "export-manual -Path deep/man", None, false);
        holds(ran.exit == Exit::Done && ran.out.is_empty(), ran.both)?;
    }
    for chapter in help::pages::manual() {
        let (name, section) = chapter.about.manual();
        let text = fs::read_to_string(dir.path().join(format!("deep/man/{name}.{section}")))?;
        holds(text == chapter.man(), name)?;
    }
    let written = fs::read_dir(dir.path().join("deep/man"))?.count();
    holds(written == help::pages::manual().len(), format!("{written} files"))
}

/// The sections of a cmdlet's page, and every parameter once.
#[test]
fn a_page_holds_everything_in_order() -> Result<(), Failed> {
    let wanted = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "PARAMETERS",
        "OUTPUTS",
        "EXAMPLES",
        "\"EXIT STATUS\"",
        "\"SEE ALSO\"",
    ];
    for chapter in help::pages::manual().into_iter().filter(|chapter| chapter.about.manual().1 == 1).skip(1) {
        let page = chapter.man();
        holds(page.starts_with(MARK), "the mark is first")?;
        let found: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        let has_outputs = chapter.blocks.iter().any(|block| matches!(block, Block::Section("Outputs")));
        let wanted = wanted.into_iter().filter(|title| has_outputs || *title != "OUTPUTS");
        holds(found.iter().copied().eq(wanted), format!("{:?}: {found:?}", chapter.about))?;
        for block in &chapter.blocks {
            let Block::Parameters(facts) = block else { continue };
            for fact in facts {
                let head = format!("\\fB\\-{}\\fR", fact.param.name);
                let parameters = page.split(".SH PARAMETERS").nth(1).unwrap_or_default();
                let times = parameters.lines().filter(|line| line.split(' ').next() == Some(&head)).count();
                holds(times == 1, format!("{:?}: {head} stands {times} times", chapter.about))?;
            }
        }
    }
    Ok(())
}

#[test]
fn other_files_are_not_written_over() -> Result<(), Failed> {
    let dir = host::tempdir()?;
    let at = world(dir.path(), dir.path());
    let mine = dir.path().join("exch-usage.7");
    fs::write(&mine, "mine")?;
    let ran = run(&at, "export-manual -Path .", None, false);
    holds(ran.exit == Exit::Conflict && ran.err.contains("exch-usage.7 is there already"), ran.err)?;
    holds(
        fs::read_to_string(&mine)? == "mine" && fs::read_dir(dir.path())?.count() == 1,
        "nothing was written",
    )?;
    let ran = run(&at, "export-manual -Path exch-usage.7/man", None, false);
    holds(ran.exit == Exit::Store && ran.err.contains("hint: "), ran.err)
}

#[test]
fn groff_reads_every_page_without_a_warning() -> Result<(), Failed> {
    needs!("groff");
    let dir = host::tempdir()?;
    for chapter in help::pages::manual() {
        let (name, section) = chapter.about.manual();
        let file = dir.path().join(format!("{name}.{section}"));
        fs::write(&file, chapter.man())?;
        let arguments = ["-man", "-Tutf8", "-Kutf8", "-ww", "-rLL=80n"];
        let shown = host::command("groff", dir.path()).args(arguments).arg(&file).output()?;
        let errors = String::from_utf8_lossy(&shown.stderr).into_owned();
        let real: Vec<&str> = errors.lines().filter(|line| line.contains(&*name)).collect();
        holds(shown.status.success() && real.is_empty(), format!("{name}: {errors}"))?;
        let text = String::from_utf8_lossy(&shown.stdout).into_owned();
        holds(text.contains(chapter.about.name()) || text.contains("exch"), name)?;
    }
    Ok(())
}
