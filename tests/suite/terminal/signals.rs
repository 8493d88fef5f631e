//! Signals and commits: a commit under way ends first, and what is cut off before one leaves nothing.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use exch::answer::Exit;
use exch::engine::Shutdown;

use crate::host;

#[test]
fn a_commit_under_way_is_ended_before_the_program() {
    let gate = Shutdown::new();
    let busy = gate.enter().expect("nothing was told");
    gate.interrupt(Exit::Terminated, |_| panic!("a commit is under way"));
    assert_eq!(busy.requested(), Some(Exit::Terminated));
    drop(busy);
    assert_eq!(gate.enter().err().map(|problem| problem.exit), Some(Exit::Terminated));
    let mut ended = false;
    gate.interrupt(Exit::Interrupted, |committed| ended = committed);
    assert!(ended, "nothing is under way");
}

#[test]
fn sigterm_at_any_moment_leaves_all_of_a_change_or_nothing() {
    let home = host::tempdir().expect("a directory");
    let exch = |words: &[&str]| {
        let mut command = host::command(host::EXCH, home.path());
        command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let mut made = 0;
    for n in 1..=40u64 {
        let (name, range) = (format!("C{n}"), format!("10.0.0.{n}"));
        let line = ["new-receiveconnector", &name, "-Bindings", "0.0.0.0:25", "-RemoteIPRanges", &range];
        let child = exch(&line).spawn().expect("the program");
        thread::sleep(Duration::from_millis(n));
        let kill = format!("kill -TERM {}", child.id());
        let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
        let output = child.wait_with_output().expect("its end");
        let recorded = String::from_utf8_lossy(&output.stderr).contains("recorded as revision");
        made += usize::from(recorded);
        match output.status.code() {
            Some(0) => assert!(recorded, "{output:?}"),
            Some(143) => {}
            // The program had not come so far as to handle signals.
            None => assert!(!recorded, "{output:?}"),
            code => panic!("{code:?}: {output:?}"),
        }
        let names = exch(&["get-receiveconnector", "-o", "name"]).output().expect("the names");
        let names = String::from_utf8_lossy(&names.stdout).lines().count();
        assert_eq!(names, made, "what was told is what is there, after {n}: {output:?}");
        let tested = exch(&["test-store"]).output().expect("the test");
        assert!(tested.status.success(), "after {n}: {tested:?}");
    }
    assert!(made > 0, "some change was made");
}

/// Nothing comes through the pipe any more, and nobody closes it.
#[test]
fn a_pipe_that_is_silent_holds_nobody() {
    let home = host::tempdir().expect("a directory");
    let mut command = host::command(host::EXCH, home.path());
    command.args(["measure-protocollog", "-"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let _pipe = child.stdin.take();
    // It may not have come so far as to handle signals, so that the first one ends it.
    thread::sleep(Duration::from_secs(1));
    let kill = format!("kill -INT {}", child.id());
    let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
    let ended = (0..200).any(|_| {
        thread::sleep(Duration::from_millis(50));
        child.try_wait().expect("its state").is_some()
    });
    let _ = child.kill();
    assert!(ended, "it waits for the pipe");
    let output = child.wait_with_output().expect("its end");
    assert!(matches!(output.status.code(), Some(130) | None), "{output:?}");
}

/// What a command that reads protocol logs from a pipe prints, where Ctrl-C comes behind 200 sessions. On a busy machine
/// it may not have come so far: it gets more time then.
fn interrupted(home: &Path, words: &[&str]) -> Output {
    let is_early = |output: &Output| {
        output.status.code().is_none()
            || String::from_utf8_lossy(&output.stderr).contains("0 files, 0 lines, 0 sessions read")
    };
    let mut tries = [1, 4, 16].into_iter().map(|seconds| interrupted_after(home, words, seconds));
    tries.find(|output| !is_early(output)).expect("it reads within 16 seconds")
}

fn interrupted_after(home: &Path, words: &[&str], seconds: u64) -> Output {
    let mut command = host::command(host::EXCH, home);
    let piped = command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program");
    let mut pipe = child.stdin.take().expect("its input");
    for id in 0..200 {
        for (number, event) in [(0, "+"), (1, "-")] {
            writeln!(
                pipe,
                r"2026-10-01T08:00:00.000Z,EX01\Default Frontend EX01,08DF{id:012},{number},10.0.0.1:25,192.0.2.7:4000,{event},,"
            )
            .expect("a line");
        }
    }
    pipe.flush().expect("the lines");
    thread::sleep(Duration::from_secs(seconds));
    let kill = format!("kill -INT {}", child.id());
    let _ = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
    let output = child.wait_with_output().expect("its end");
    drop(pipe);
    output
}

#[test]
fn what_an_interrupted_reader_says_is_of_the_part_that_was_read() {
    let home = host::tempdir().expect("a directory");
    let mut new = host::command(host::EXCH, home.path());
    assert!(
        new.args(["new-exchangeserver", "EX01", "-Version", "2019"])
            .output()
            .expect("a store")
            .status
            .success()
    );

    let unused = interrupted(home.path(), &["measure-protocollog", "-", "-Unused", "-Output", "csv"]);
    let (said, rows) = (String::from_utf8_lossy(&unused.stderr), String::from_utf8_lossy(&unused.stdout));
    assert_eq!(unused.status.code(), Some(130), "{unused:?}");
    assert!(said.starts_with("warning: interrupted: "), "{said}");
    assert!(said.contains("notice: 1 file, 384 lines, 192 sessions read"), "{said}");
    assert!(said.contains("the part that was read covers 2026-10-01"), "{said}");
    assert!(rows.lines().skip(1).all(|row| row.ends_with(",,Unknown,,")), "{rows}");
    assert_eq!(rows.lines().count(), 5, "{rows}");

    let one = interrupted(home.path(), &["get-protocollog", "-", "-SessionId", "08DF999999999999"]);
    let said = String::from_utf8_lossy(&one.stderr);
    assert_eq!(one.status.code(), Some(130), "{one:?}");
    assert!(said.contains("session `08DF999999999999` was not found in the part that was read"), "{said}");
}
