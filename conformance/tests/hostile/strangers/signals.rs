//! Signals at any instant: the run ends in order, nothing is left, and what was done is kept.

use super::{Ran, Stranger};
use crate::scene::{beside_each_other, pause};
use pkgsource::history::{Histories, Whole};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Numbers that are the same in every run, so that a failure can be repeated.
struct Instants(u64);

impl Instants {
    fn next(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

fn start(stranger: &Stranger) -> Child {
    let mut command = hears_hang_up(&stranger.command("verify", &stranger.path("mine")));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// The command with SIGHUP as it is by default: whoever starts the tests may have it ignored, and then it stays so.
fn hears_hang_up(command: &Command) -> Command {
    let mut hears = Command::new("env");
    hears.arg("--default-signal=HUP").arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => hears.env(name, value),
            None => hears.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        hears.current_dir(folder);
    }
    hears.stdin(Stdio::null());
    hears
}

fn end(mut child: Child) -> Ran {
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    Ran { code: child.wait().unwrap().code(), out, err }
}

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

const SIGNALS: [(Signal, i32, &str); 3] =
    [(Signal::INT, 130, "SIGINT"), (Signal::TERM, 143, "SIGTERM"), (Signal::HUP, 129, "SIGHUP")];

/// Sends a signal: the run ends with its code, says so, and leaves nothing.
#[track_caller]
fn assert_ends_in_order(
    stranger: &Stranger,
    child: Child,
    (signal, code, name): (Signal, i32, &str),
    case: &str,
) {
    send(&child, signal);
    let ran = end(child);
    let said = || format!("{case}, {name}: {:?}\n{}{}", ran.code, ran.out, ran.err);
    assert_eq!(ran.code, Some(code), "{}", said());
    let marked = ran.out.contains(&format!("incomplete: interrupted by {name}"));
    assert!(marked || ran.err.contains("a signal ended the run"), "{}", said());
    stranger.assert_nothing_is_left(&ran);
}

/// Whatever was written is whole lines, and nothing claims to be the whole of it.
fn assert_history_is_readable(stranger: &Stranger, killed: bool) {
    let Ok(file) = fs::File::open(stranger.path("history.jsonl")) else { return };
    let mut histories = Histories::new(BufReader::new(file));
    for history in &mut histories {
        history.unwrap();
    }
    match histories.whole() {
        Whole::Interrupted => assert!(!killed),
        Whole::Damaged(why) => panic!("{why}"),
        Whole::No(_) => assert!(killed, "a run that ended in order has its end mark"),
        Whole::Yes => panic!("a run that was interrupted says that it was not"),
    }
}

fn written(history: &Path) -> u64 {
    fs::metadata(history).map_or(0, |data| data.len())
}

/// Sixty signals, at instants from the first moment to well within the run, a few runs beside each other.
#[test]
fn a_signal_at_any_instant_ends_the_run_in_order() {
    let modes = [
        "honest",
        "leaves a daemon",
        "hangs at refresh",
        "hangs at refresh, deaf",
        "leaves a deaf daemon",
    ];
    let mut instants = Instants(7);
    // An instant is a number of bytes that the run has written; who hangs at its first refresh comes to a few hundred.
    let cases: Vec<_> = (0..60)
        .map(|nth| {
            let mode = modes[nth % modes.len()];
            (mode, nth, instants.next(if mode.starts_with("hangs") { 700 } else { 60_000 }))
        })
        .collect();
    beside_each_other(&cases, 4, |&(mode, nth, instant)| {
        let stranger = Stranger::new(mode).with("--plans 1000 --refresh-ms 60000");
        let history = stranger.path("history.jsonl");
        let stranger = stranger.with("--history").with(history.to_str().unwrap());
        let child = start(&stranger);
        while written(&history) < instant
            || fs::read_to_string(stranger.path("notes")).unwrap_or_default().is_empty()
        {
            pause();
        }
        assert_ends_in_order(
            &stranger,
            child,
            SIGNALS[nth % SIGNALS.len()],
            &format!("{nth}: {mode}"),
        );
        assert_history_is_readable(&stranger, false);
    });
}

/// Signals to runs that write no history, each when so many processes have been started as the instant says.
pub(super) fn signals_at(modes: &[&'static str], options: &str, count: usize) {
    let cases: Vec<_> = (0..count).map(|nth| (modes[nth % modes.len()], nth)).collect();
    beside_each_other(&cases, 2, |&(mode, nth)| {
        let stranger = Stranger::new(mode).with(options).with("--refresh-ms 60000");
        let child = start(&stranger);
        let begun = || fs::read_to_string(stranger.path("notes")).unwrap_or_default();
        while begun().matches("pid ").count() < 1 + nth % 4 {
            pause();
        }
        assert_ends_in_order(
            &stranger,
            child,
            SIGNALS[nth / modes.len() % SIGNALS.len()],
            &format!("{nth}: {mode}"),
        );
    });
}

/// What stops a command by its name and then by its group signals it twice.
#[test]
fn a_signal_that_comes_twice_at_once_is_one() {
    for (signal, code, name) in SIGNALS {
        let stranger = Stranger::new("hangs at refresh").with("--refresh-ms 60000");
        let child = start(&stranger);
        while fs::read_to_string(stranger.path("notes")).unwrap_or_default().is_empty() {
            pause();
        }
        send(&child, signal);
        assert_ends_in_order(&stranger, child, (signal, code, name), "twice");
    }
}

/// The second signal does not wait for the adapter; the first has already said that the end has come.
#[test]
fn a_second_signal_ends_at_once() {
    let stranger = Stranger::new("hangs at refresh, deaf").with("--refresh-ms 600000");
    let history = stranger.path("history.jsonl");
    let stranger = stranger.with("--history").with(history.to_str().unwrap());
    let mut child = start(&stranger);
    // It hangs once no event is added any more: until then the first signal is enough.
    let (mut still, mut before) = (0, 0);
    while still < 100 {
        pause();
        let now = written(&history);
        (still, before) = if now > 0 && now == before { (still + 1, now) } else { (0, now) };
    }
    send(&child, Signal::TERM);
    while child.try_wait().unwrap().is_none() {
        kill_process(Pid::from_child(&child), Signal::INT).ok();
        pause();
    }
    let ran = end(child);
    assert_eq!(ran.code, Some(130), "{}", ran.err);
    assert!(!ran.out.contains("incomplete"), "{}", ran.out);
    for pid in fs::read_to_string(stranger.path("notes"))
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("pid "))
    {
        kill_process(Pid::from_raw(pid.parse().unwrap()).unwrap(), Signal::KILL).ok();
    }
}

/// Nobody can end in order then, but what was written is readable to the last whole event.
#[test]
fn a_run_that_is_killed_leaves_a_readable_history() {
    for nth in 0..6 {
        let stranger = Stranger::new("honest").with("--plans 1000");
        let history = stranger.path("history.jsonl");
        let stranger = stranger.with("--history").with(history.to_str().unwrap());
        let child = start(&stranger);
        while written(&history) < 2000 * (nth + 1) {
            pause();
        }
        send(&child, Signal::KILL);
        end(child);
        assert_history_is_readable(&stranger, true);
    }
}

/// The embedded site runs in the suite's own process: it ends between two operations.
#[test]
fn a_signal_ends_a_run_of_the_embedded_site_in_order() {
    let mut instants = Instants(11);
    let cases: Vec<_> =
        (0..12).map(|nth| (SIGNALS[nth % SIGNALS.len()], instants.next(200_000))).collect();
    beside_each_other(&cases, 2, |&((signal, code, name), instant)| {
        let stranger = Stranger::new("honest");
        let history = stranger.path("history.jsonl");
        let mut command = Command::new(env!("CARGO_BIN_EXE_pkgsource"));
        command
            .args(["verify", "--no-scenarios", "--enumerate", "0", "--plans", "5000", "--history"])
            .arg(&history)
            .current_dir(stranger.path("here"))
            .env("TMPDIR", stranger.path("tmp"));
        let child =
            hears_hang_up(&command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while written(&history) < instant.max(1) {
            pause();
        }
        send(&child, signal);
        let ran = end(child);
        assert_eq!(ran.code, Some(code), "{}{}", ran.out, ran.err);
        assert!(ran.out.contains(&format!("incomplete: interrupted by {name}")), "{}", ran.out);
        stranger.assert_nothing_is_left(&ran);
        assert_history_is_readable(&stranger, false);
    });
}

/// The bound on the adapter passes soon after the signal, which is why nothing was learned.
#[test]
fn a_signal_is_the_reason_where_an_adapter_is_silent_until_its_bound() {
    let few = "--points 1 --shape unchanged --samples 2";
    let folder = tempfile::TempDir::new().unwrap();
    let plan = folder.path().join("p.jsonl");
    let head = r#"{"plan":"p","tree":{"sites":[{"site":"PS1"}],"points":[]}}"#;
    fs::write(&plan, format!("{head}\n{{\"settle\":{{}}}}\n")).unwrap();
    let plan = plan.to_str().unwrap();
    let cases: Vec<_> = ["is silent at hello", "is silent at close"]
        .into_iter()
        .flat_map(|mode| {
            [("verify", ""), ("replay", plan), ("bench", few), ("doctor", ""), ("list", "coverage")]
                .map(|(verb, options)| (mode, verb, options))
        })
        .filter(|(mode, verb, _)| (*mode, *verb) != ("is silent at close", "list"))
        .collect();
    beside_each_other(&cases, cases.len(), |&(mode, verb, options)| {
        let stranger = Stranger::new(mode).with("--start-ms 3000").with(options);
        let mut command = hears_hang_up(&stranger.command(verb, &stranger.path("mine")));
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let is_silent = |notes: String| notes.lines().any(|line| line == "silent");
        while !fs::read_to_string(stranger.path("notes")).is_ok_and(is_silent) {
            pause();
        }
        send(&child, Signal::TERM);
        let ran = end(child);
        assert_eq!(ran.code, Some(143), "{mode}: {verb}: {}{}", ran.out, ran.err);
        stranger.assert_nothing_is_left(&ran);
    });
}

/// Emptying a folder that somebody fills takes a minute at most, and is cut short by a signal like everything else.
#[test]
fn a_signal_ends_the_run_while_a_folder_is_emptied_that_somebody_fills() {
    let stranger = Stranger::new("fills its scratch folder for ever");
    let child = start(&stranger);
    let is_closing = |notes: &String| notes.lines().any(|line| line == "close");
    while !fs::read_to_string(stranger.path("notes")).is_ok_and(|notes| is_closing(&notes)) {
        pause();
    }
    send(&child, Signal::TERM);
    let ran = end(child);
    assert_eq!(ran.code, Some(143), "{}{}", ran.out, ran.err);
    stranger.assert_nothing_is_left(&ran);
}
