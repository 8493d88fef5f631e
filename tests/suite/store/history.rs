//! The history, and names of revisions.

use exch::store::{Change, Class, Trees, When};

use super::{Done, PATIENCE, World, change, ensure, same};
use crate::outcome::Failed;

/// Four revisions, one a day from 2026-11-20, at 12:00 UTC.
fn days() -> std::result::Result<World, Failed> {
    let world = World::own()?;
    for day in 0..4 {
        let text = format!("{day}\n");
        let name = if day == 2 { "servers/B.toml" } else { "servers/A.toml" };
        let message = format!(
            "Set-ReceiveConnector A{day}\n\nexch Set-\n  second line\n\nCmdlet: Set-{day}\nServer: A\n"
        );
        let mut change = change(&[(name, Some(&text))], &message);
        change.when = at(day);
        world.repository()?.lock(PATIENCE)?.commit(&change)?;
    }
    Ok(world)
}

fn at(day: i64) -> When {
    When { seconds: 1_795_176_000 + day * 86_400, offset_minutes: -90 }
}

#[test]
fn history_is_newest_first() -> Done {
    let world = days()?;
    let repository = world.repository()?;
    let all: Vec<_> = repository.history(None)?.collect::<Result<_, _>>()?;
    same(all.len(), 4)?;
    let newest = all.first().ok_or("none")?;
    same(newest.subject.as_str(), "Set-ReceiveConnector A3")?;
    same(newest.body.as_str(), "exch Set-\n  second line")?;
    same(newest.trailers.clone(), vec![("Cmdlet".into(), "Set-3".into()), ("Server".into(), "A".into())])?;
    same(newest.when, at(3))?;
    same((newest.author.name.as_str(), newest.author.email.as_str()), ("Ann Admin", "ann@exlab.dom"))?;
    same(newest.paths(&Trees::of(&repository))?, vec!["servers/A.toml".into()])?;
    same(newest.parent, all.get(1).map(|one| one.id))?;
    let first = all.last().ok_or("none")?;
    same((first.parent, first.paths(&Trees::of(&repository))?), (None, vec!["servers/A.toml".into()]))
}

#[test]
fn history_of_one_file() -> Done {
    let world = days()?;
    let repository = world.repository()?;
    same(repository.history(Some("servers/A.toml"))?.count(), 3)?;
    same(repository.history(Some("servers/B.toml"))?.count(), 1)?;
    same(repository.history(Some("servers"))?.count(), 4)?;
    same(repository.history(Some("exch.toml"))?.count(), 0)?;
    same(repository.at("HEAD~2")?.history(None)?.count(), 2)
}

#[test]
fn revisions_by_name_and_by_date() -> Done {
    let world = days()?;
    let repository = world.repository()?;
    let ids: Vec<_> = repository.history(None)?.map(|one| one.map(|one| one.id)).collect::<Result<_, _>>()?;
    let full = ids.get(1).ok_or("none")?.to_string();
    let short = full.get(..9).unwrap_or_default().to_owned();
    let cases = [
        ("HEAD", 0),
        ("HEAD~2", 2),
        ("main", 0),
        (full.as_str(), 1),
        (short.as_str(), 1),
        ("2026-11-22", 1),
        ("2026-11-22T11:59:59Z", 2),
        ("2026-11-22T12:00:00Z", 1),
        ("2026-11-22T13:00:00+01:00", 1),
        ("2030-01-01", 0),
    ];
    for (text, n) in cases {
        same((text, repository.at(text)?.revision()), (text, ids.get(n).copied()))?;
    }
    for text in ["2026-11-19", "HEAD~9", "nonsense", "", "0000000", "^", "HEAD:servers", "@{u}", "2026-13-40"]
    {
        let none = repository.at(text).map(|_| ()).map_err(|error| error.class());
        same((text, none), (text, Err(Class::NoRevision)))?;
    }
    let first = repository.at("HEAD~3")?;
    same(
        first.file("servers/A.toml")?.map(|file| (file.bytes, file.edited)),
        Some((b"0\n".to_vec(), false)),
    )?;
    same(first.list("servers")?, vec!["A.toml".into()])
}

#[test]
fn no_revision_is_older_than_its_parent() -> Done {
    let world = days()?;
    let repository = world.repository()?;
    let late = Change { when: at(0), ..change(&[("servers/A.toml", Some("late\n"))], "a clock behind") };
    repository.lock(PATIENCE)?.commit(&late)?;
    let newest = repository.history(None)?.next().ok_or("none")??;
    same((newest.subject.as_str(), newest.when), ("a clock behind", at(3)))
}

#[test]
fn the_fallback_signs_when_nobody_else_does() -> Done {
    let world = World::own()?;
    // A name that git would not take is passed over.
    let author = exch::store::Person { name: "<>".into(), email: String::new() }.into();
    let change = Change { author, ..change(&[("exch.toml", Some("x"))], "no end\0 of line") };
    world.repository()?.lock(PATIENCE)?.commit(&change)?;
    let repository = world.repository()?;
    let newest = repository.history(None)?.next().ok_or("none")??;
    same(newest.author.name.as_str(), "ann")?;
    ensure(newest.subject == "no end  of line", &newest.subject)?;
    world.check_with_git()
}

/// Names that stand beside each other in a tree in an order that is not that of their text.
const NAMES: [&str; 6] = [
    "exch.toml",
    "servers/A.toml",
    "servers/A-1.toml",
    "servers/A.1.toml",
    "servers/B.toml",
    "organization/x.toml",
];

#[test]
fn a_revision_names_the_files_that_it_changed() -> Done {
    let world = World::own()?;
    let repository = world.repository()?;
    let mut files = std::collections::BTreeMap::new();
    let mut made = Vec::new();
    for turn in 0..40_usize {
        // Each turn changes one to four files; every third time a file that is there is removed.
        let names: Vec<&str> =
            (0..=turn % 4).map(|n| NAMES[(turn * 5 + n * 7 + turn / 6) % NAMES.len()]).collect();
        let names: std::collections::BTreeSet<&str> = names.into_iter().collect();
        let text = format!("{turn}\n");
        let to = |name: &&'static str| {
            let goes = turn % 3 == 2 && files.contains_key(name);
            (*name, if goes { None } else { Some(text.as_str()) })
        };
        let changes: Vec<(&str, Option<&str>)> = names.iter().map(to).collect();
        repository.lock(PATIENCE)?.commit(&change(&changes, "a change"))?;
        for (name, text) in &changes {
            match text {
                Some(_) => drop(files.insert(*name, ())),
                None => drop(files.remove(name)),
            }
        }
        made.push(names.into_iter().map(str::to_owned).collect::<Vec<_>>());
    }
    let trees = Trees::of(&repository);
    let told: Vec<Vec<String>> =
        repository.history(None)?.map(|one| one?.paths(&trees)).collect::<Result<_, _>>()?;
    made.reverse();
    same(told, made)
}
