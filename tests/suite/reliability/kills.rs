//! `kill -9` at random moments in a loop of changes: whatever was acknowledged is there, whatever is there is whole.

use std::time::{Duration, Instant};

use super::{Dice, Done, Failed, Place, Ran, Tally, depth, ensure, same};

/// Kills in one store; then a new one, so that a long run is no test of long histories.
const IN_ONE_STORE: usize = 50;

#[test]
fn half_1() -> Done {
    needs!("git");
    kills(1)
}

#[test]
fn half_2() -> Done {
    needs!("git");
    kills(2)
}

fn kills(half: usize) -> Done {
    let mut tally = Tally::of(format!("kills::half_{half}"));
    let wanted = depth(13, 260);
    let mut dice = Dice(half as u64);
    let (mut killed, mut acknowledged, mut settled) = (0, 0, 0);
    while killed < wanted {
        let mut story = Story::begin()?;
        for _ in 0..IN_ONE_STORE.min(wanted - killed) {
            let done = story.kill_one(&mut dice);
            tally.add(&format!("kill {killed}"), done);
            killed += 1;
        }
        acknowledged += story.acknowledged;
        settled += story.settled;
    }
    tally.name = format!(
        "{}: {killed} killed, {acknowledged} changes acknowledged, {settled} recoveries said",
        tally.name
    );
    tally.finish()
}

/// One store, and what must be in it.
struct Story {
    place: Place,
    /// Numbers of the changes that are there, oldest first.
    there: Vec<usize>,
    next: usize,
    /// How long a change takes.
    usual: Duration,
    acknowledged: usize,
    settled: usize,
}

impl Story {
    fn begin() -> Result<Story, Failed> {
        let place = Place::with_servers(&["HUB01", "HUB02"])?;
        let begun = Instant::now();
        let mut story =
            Story { place, there: Vec::new(), next: 1, usual: Duration::ZERO, acknowledged: 0, settled: 0 };
        story.whole_change()?;
        story.usual = begun.elapsed();
        Ok(story)
    }

    /// The n-th change: four values in two files.
    fn words(n: usize) -> Vec<String> {
        let reason = format!("change {n}");
        let words =
            ["set-receiveconnector", "*\\A", "-Comment", &reason, "-Banner", &format!("220 {reason}")];
        words
            .map(str::to_owned)
            .into_iter()
            .chain(["-Confirm:false", "-Reason", &reason].map(str::to_owned))
            .collect()
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn whole_change(&mut self) -> Result<Ran, Failed> {
        let n = self.number();
        let words = Story::words(n);
        let ran = Ran::of(self.place.command(super::EXCH).args(&words).output()?);
        ensure(ran.code() == Some(0), &format!("change {n}: {:?}: {}", ran.status, ran.err))?;
        self.there.push(n);
        self.acknowledged += 1;
        Ok(ran)
    }

    /// Changes until one of them is killed, then looks at what is there.
    fn kill_one(&mut self, dice: &mut Dice) -> Done {
        loop {
            let n = self.number();
            let mut command = self.place.command(super::EXCH);
            let mut child = command
                .args(Story::words(n))
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()?;
            let moment = dice.below(u64::try_from(self.usual.as_micros())?);
            std::thread::sleep(Duration::from_micros(moment));
            let _ = child.kill();
            match child.wait()?.code() {
                Some(0) => {
                    self.there.push(n);
                    self.acknowledged += 1;
                    // It was quicker than it used to be.
                    self.usual = self.usual * 9 / 10;
                }
                Some(code) => return Err(format!("change {n} exits {code}").into()),
                None => return self.look(n),
            }
        }
    }

    /// Everything acknowledged is there, the killed change wholly or not at all; the next change settles it.
    fn look(&mut self, killed: usize) -> Done {
        let state = self.place.state()?;
        ensure(!state.edited, "a hand edit is shown that nobody made")?;
        if state.history.first() == Some(&format!("change {killed}")) {
            self.there.push(killed);
        }
        self.compare()?;
        self.place.test_store()?;
        let begun = Instant::now();
        let next = self.whole_change()?;
        self.usual = (self.usual + begun.elapsed()) / 2;
        let said = next.err.lines().filter(|line| line.contains("cut short")).count();
        ensure(said <= 1, &format!("recovery is said {said} times: {}", next.err))?;
        self.settled += said;
        let again = self.whole_change()?;
        ensure(!again.err.contains("cut short"), "recovery is said again")?;
        self.compare()?;
        self.place.test_store()?;
        self.place.check_with_git()
    }

    fn compare(&self) -> Done {
        let state = self.place.state()?;
        let subjects = state.history.iter().rev().filter(|subject| subject.starts_with("change "));
        same(
            subjects.cloned().collect::<Vec<_>>(),
            self.there.iter().map(|n| format!("change {n}")).collect(),
        )?;
        let last = self.there.last().copied().unwrap_or_default();
        for connector in state.objects.first().and_then(|all| all.as_array()).into_iter().flatten() {
            same(connector["Comment"].as_str(), Some(format!("change {last}").as_str()))?;
            same(connector["Banner"].as_str(), Some(format!("220 change {last}").as_str()))?;
        }
        Ok(())
    }
}
