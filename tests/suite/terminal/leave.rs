//! Leaving at every prompt: the code, the terminal as it was, and nothing made.

use super::pty::{CTRL_C, CTRL_D, Pty};

/// What is typed to get to a prompt: a command line, then answers by the label before them.
struct Prompt {
    line: &'static str,
    before: &'static [(&'static str, &'static str)],
    label: &'static str,
    /// Whether the cursor is hidden there.
    menu: bool,
}

const CUSTOM: &str = "new-receiveconnector -Custom";
const WIZARD: &str = "new-receiveconnector";
const CONFIRM: &str = "new-receiveconnector A -Bindings 0.0.0.0:25 -RemoteIPRanges 10.0.0.1 -Confirm";
const CLIENT: [(&str, &str); 4] =
    [("Who will send", "j"), ("Name: ", "A"), ("Where it listens", ""), ("Which remote", "")];

const PROMPTS: &[Prompt] = &[
    prompt(CUSTOM, &[], "Name: "),
    prompt(CUSTOM, &[("Name: ", "A")], "Bindings[0]: "),
    prompt(CUSTOM, &[("Name: ", "A"), ("Bindings[0]: ", "0.0.0.0:25")], "Bindings[1]: "),
    prompt(
        CUSTOM,
        &[("Name: ", "A"), ("Bindings[0]: ", "0.0.0.0:25"), ("Bindings[1]: ", "")],
        "RemoteIPRanges[0]: ",
    ),
    prompt("set-receiveconnector -Enabled:false", &[], "Identity: "),
    prompt("remove-receiveconnector", &[], "Identity: "),
    prompt(CONFIRM, &[], "(default is \"Y\"): "),
    menu(WIZARD, &[], "another sender"),
    prompt(WIZARD, &[("Who will send", "")], "Name: "),
    menu(WIZARD, &[("Who will send", ""), ("Name: ", "A")], "Where it listens"),
    prompt(
        WIZARD,
        &[("Who will send", "jjjjj"), ("Name: ", "A"), ("Where it listens", "")],
        "RemoteIPRanges[0]: ",
    ),
    menu(WIZARD, CLIENT.split_at(3).0, "Which remote"),
    menu(WIZARD, &CLIENT, "Partners"),
];

const fn prompt(
    line: &'static str,
    before: &'static [(&'static str, &'static str)],
    label: &'static str,
) -> Prompt {
    Prompt { line, before, label, menu: false }
}

const fn menu(
    line: &'static str,
    before: &'static [(&'static str, &'static str)],
    label: &'static str,
) -> Prompt {
    Prompt { line, before, label, menu: true }
}

/// Goes to each prompt, leaves it, and looks at what is left.
fn left(prompts: impl Iterator<Item = &'static Prompt>, code: &str, leave: fn(&mut Pty)) {
    let mut pty = Pty::new();
    for prompt in prompts {
        let modes = pty.modes();
        let mut shown = String::new();
        let got = pty.code_of(prompt.line, |pty| {
            for (label, answer) in prompt.before {
                shown.push_str(&pty.sees(label));
                if label.starts_with('W') {
                    shown.push_str(&pty.sees("> "));
                }
                pty.types(answer);
            }
            // What two menus have in common is still to be read of the one before: a menu's heading is its own.
            shown.push_str(&pty.sees(prompt.label));
            if prompt.label.starts_with('W') {
                shown.push_str(&pty.sees("> "));
            }
            leave(pty);
            shown.push_str(&pty.sees("interrupted: nothing was changed"));
        });
        let place = format!("{} at {}", prompt.line, prompt.label);
        assert_eq!(got, code, "{place}");
        assert_eq!(pty.modes(), modes, "{place}");
        let (hidden, visible) = (shown.rfind("\u{1b}[?25l"), shown.rfind("\u{1b}[?25h"));
        assert!(hidden.is_some() || !prompt.menu, "{place}: a menu hides the cursor");
        assert!(visible >= hidden, "{place}: the cursor stays hidden: {shown:?}");
        assert!(!pty.has_store(), "{place}");
    }
}

#[test]
fn ctrl_c_leaves_every_prompt_with_130() {
    left(PROMPTS.iter(), "130", |pty| pty.keys(CTRL_C));
}

#[test]
fn sigterm_leaves_every_prompt_with_143() {
    needs!("pkill", super::has("pkill"));
    left(PROMPTS.iter(), "143", |pty| pty.kill("TERM"));
}

#[test]
fn sigint_from_elsewhere_leaves_every_prompt_with_130() {
    needs!("pkill", super::has("pkill"));
    left(PROMPTS.iter(), "130", |pty| pty.kill("INT"));
}

#[test]
fn ctrl_d_leaves_every_prompt_with_130() {
    left(PROMPTS.iter(), "130", |pty| pty.keys(CTRL_D));
}

#[test]
fn ctrl_c_sigterm_and_ctrl_d_leave_a_dumb_terminal() {
    needs!("pkill", super::has("pkill"));
    for (code, leave) in [("130", CTRL_C), ("130", CTRL_D), ("143", "")] {
        let mut pty = Pty::with(&[("TERM", "dumb")]);
        let modes = pty.modes();
        let got = pty.code_of(CUSTOM, |pty| {
            pty.sees("Name: ");
            if leave.is_empty() {
                pty.kill("TERM")
            } else {
                pty.keys(leave)
            }
            pty.sees("interrupted: nothing was changed");
        });
        assert_eq!(got, code);
        assert_eq!(pty.modes(), modes);
        assert!(!pty.has_store());
    }
}

/// With -EachLine a question that is left ends the run: no line after it changes anything.
#[test]
fn ctrl_c_at_a_question_ends_a_runbook_line_by_line() {
    let mut pty = Pty::new();
    assert_eq!(pty.code_of("new-exchangeserver EX01 -Version 2019", |_| {}), "0");
    let path = pty.home().join("change.ps1");
    for (leave, hops) in [(CTRL_C, "41"), (CTRL_D, "42")] {
        let change = |hops: &str| format!("Set-ReceiveConnector 'EX01\\Default EX01' -MaxHopCount {hops}\n");
        let remove = "Remove-ReceiveConnector 'EX01\\Default EX01'\n";
        std::fs::write(&path, change(hops) + remove + &change("43")).expect("a runbook");
        let code = pty.code_of(&format!("run {} -EachLine", path.display()), |pty| {
            pty.sees("[Y] Yes");
            pty.keys(leave);
            pty.sees("interrupted: what is recorded stays");
        });
        assert_eq!(code, "130");
        let line = r#""$EXCH" get-receiveconnector 'EX01\Default EX01' -o csv -Property MaxHopCount"#;
        let shown = pty.output(line);
        assert!(shown.ends_with(hops), "{shown}");
    }
}

/// Between two questions Ctrl-C is a signal; how soon after an answer it comes is for the machine to say.
#[test]
fn ctrl_c_between_two_questions_leaves_with_130() {
    let mut pty = Pty::new();
    for wait in 0..24 {
        let code = pty.code_of(WIZARD, |pty| {
            pty.sees("Who will send");
            pty.sees("> ");
            pty.types("");
            std::thread::sleep(std::time::Duration::from_micros(wait * 250));
            pty.keys(CTRL_C);
            pty.sees("interrupted: nothing was changed");
        });
        assert_eq!(code, "130", "{wait}");
    }
    assert!(!pty.has_store());
}

/// `script` gives the program a terminal at which nobody types, and sends Ctrl-D for the end of its own input.
#[test]
fn a_terminal_without_a_user_never_waits() {
    needs!("script", super::has("script"));
    let mut pty = Pty::new();
    for line in [CUSTOM, WIZARD] {
        let code = pty.output(&format!("script -qec \"$EXCH {line}\" /dev/null </dev/null; echo code=$?"));
        assert!(code.ends_with("code=130"), "{code}");
    }
}
