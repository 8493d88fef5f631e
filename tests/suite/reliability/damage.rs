//! Every byte of a small store flipped, every file cut at every length and taken away, every object of git's too:
//! an error that names the place, or the true answer, or a hand edit that is called one. Never a panic, never a
//! wrong answer in silence.

use std::path::Path;

use exch::answer::Exit;

use super::{Done, Failed, Place, Tally, depth, ensure, files};
use crate::world::{Home, Ran};

#[test]
fn files_of_the_store() -> Done {
    each_file("damage::files_of_the_store", |path| !path.contains(".git/"))
}

#[test]
fn objects_of_git() -> Done {
    each_file("damage::objects_of_git", |path| path.contains(".git/objects/"))
}

#[test]
fn the_rest_of_git() -> Done {
    each_file("damage::the_rest_of_git", |path| path.contains(".git/") && !path.contains("/objects/"))
}

/// What is asked.
const QUESTIONS: [&[&str]; 6] = [
    &["get-receiveconnector", "-Output", "json"],
    &["get-receiveconnector", "HUB01\\A", "-Output", "json"],
    &["get-exchangeserver", "-Output", "json"],
    &["get-storehistory", "-Output", "json"],
    &["get-receiveconnector", "-At", "HEAD~1", "-Output", "json"],
    &["test-store", "-Output", "json"],
];

fn answers(home: &Home) -> Vec<Ran> {
    QUESTIONS.iter().map(|words| home.run(words.iter())).collect()
}

fn small() -> Result<Place, Failed> {
    let place = Place::with_servers(&["HUB01"])?;
    place.exch(&["set-receiveconnector", "HUB01\\A", "-Banner", "220 ready"])?.well()?;
    Ok(place)
}

/// The damages of a file: what it holds then, none for taken away.
fn damages(bytes: &[u8]) -> Vec<(String, Option<Vec<u8>>)> {
    let mut all = vec![("taken away".to_owned(), None)];
    let masks: &[u8] = depth(&[0x01], &[0x01, 0x20, 0x80]);
    for n in 0..bytes.len() {
        for mask in masks {
            let mut flipped = bytes.to_vec();
            flipped.iter_mut().skip(n).take(1).for_each(|byte| *byte ^= mask);
            all.push((format!("byte {n} flipped by {mask:#04x}"), Some(flipped)));
        }
        all.push((format!("cut at {n}"), bytes.get(..n).map(<[u8]>::to_vec)));
    }
    all
}

fn each_file(name: &str, which: fn(&str) -> bool) -> Done {
    let mut tally = Tally::of(name);
    let place = small()?;
    let home = place.home();
    let truth = answers(&home);
    for answer in &truth {
        ensure(answer.exit == Exit::Done, &format!("the truth: {}", answer.err))?;
    }
    let mut count = 0_usize;
    for file in files(&place.store)? {
        let shown = file.strip_prefix(&place.store)?.display().to_string();
        if !which(&shown) {
            continue;
        }
        let bytes = std::fs::read(&file)?;
        for (what, damaged) in damages(&bytes) {
            count += 1;
            let is_sampled = count.is_multiple_of(depth(61, 1)) || damaged.is_none();
            if is_sampled && damaged.as_ref() != Some(&bytes) {
                put(&file, damaged.as_deref())?;
                tally.add(&format!("{shown} {what}"), judge(&place, &shown, &answers(&home), &truth));
            }
        }
        put(&file, Some(&bytes))?;
    }
    let healed = answers(&home).iter().zip(&truth).all(|(now, then)| now.out == then.out);
    tally.add("put back", ensure(healed, "another answer than before"));
    tally.finish()
}

/// Replaces a file, which may be read-only.
fn put(file: &Path, bytes: Option<&[u8]>) -> Done {
    if file.exists() {
        std::fs::remove_file(file)?;
    }
    bytes.map_or(Ok(()), |bytes| std::fs::write(file, bytes))?;
    Ok(())
}

fn judge(place: &Place, file: &str, answers: &[Ran], truth: &[Ran]) -> Done {
    for ((words, answer), truth) in QUESTIONS.iter().zip(answers).zip(truth) {
        let described = format!("{words:?} exits {:?}: {}{}", answer.exit, answer.out, answer.err);
        let is_edit = answer.err.contains("edited by hand");
        let names = file.rsplit('/').next().unwrap_or_default();
        let names_it =
            answer.both.contains(names) || answer.both.contains("damaged") || answer.both.contains("git");
        match answer.exit {
            Exit::Done => {
                ensure(answer.out == truth.out || is_edit, &format!("a silent wrong answer: {described}"))?
            }
            Exit::Store => ensure(names_it, &format!("the place is not named: {described}"))?,
            Exit::No => ensure(words.contains(&"test-store"), &described)?,
            // By hand the connector may have got another name.
            Exit::NotFound => ensure(words.contains(&"HUB01\\A") && is_edit, &described)?,
            _ => return Err(described.into()),
        }
    }
    let unseen = answers.last().is_some_and(|answer| answer.exit == Exit::Done);
    if unseen && file.contains(".git/objects/") {
        // After the last bit of what is compressed come up to seven that nobody reads, git neither.
        place
            .git(&["fsck", "--full", "--strict"])
            .map_err(|_| "Test-Store finds nothing wrong, git fsck does")?;
    }
    Ok(())
}

/// A change over damage is refused, or made as it should be: what was there before is not lost by it.
#[test]
fn changes_over_damage() -> Done {
    let mut tally = Tally::of("damage::changes_over_damage");
    let template = small()?;
    let history = template.state()?.history;
    let mut count = 0_usize;
    for file in files(&template.store)? {
        let shown = file.strip_prefix(&template.store)?.to_owned();
        let bytes = std::fs::read(&file)?;
        for (what, damaged) in damages(&bytes) {
            count += 1;
            if !count.is_multiple_of(depth(331, 11)) || damaged.as_ref() == Some(&bytes) {
                continue;
            }
            let place = template.copy()?;
            put(&place.store.join(&shown), damaged.as_deref())?;
            let ran = place.home().run(["set-receiveconnector", "HUB01\\A", "-Comment", "over"]);
            let done = changed(&place, &ran, &history, || put(&place.store.join(&shown), Some(&bytes)));
            tally.add(&format!("{} {what}", shown.display()), done);
        }
    }
    tally.finish()
}

fn changed(place: &Place, ran: &Ran, history: &[String], repair: impl Fn() -> Done) -> Done {
    let described = format!("{:?}: {}", ran.exit, ran.err);
    match ran.exit {
        Exit::Done => {
            // An old object that the change did not meet may be damaged still.
            let state = place.state().or_else(|_| repair().and_then(|()| place.state()))?;
            let kept = state.history.len().saturating_sub(history.len());
            ensure(
                state.history.get(kept..) == Some(history),
                &format!("history {:?} after {described}", state.history),
            )?;
            let connector = state.objects.first().and_then(|all| all.get(0)).cloned().unwrap_or_default();
            ensure(connector["Comment"] == "over", &format!("not made: {described}"))
        }
        Exit::Fault => Err(described.into()),
        _ => {
            repair()?;
            let state = place.state()?;
            ensure(
                state.history == history && !state.edited,
                &format!("refused and changed: {described}: {state:?}"),
            )
        }
    }
}
