//! How an adapter ends, what it leaves running, and how it keeps silent.

use super::{AT_ONCE, Stranger, costs, costs_with};
use crate::scene::beside_each_other;
use std::fs;

#[test]
fn an_end_before_its_time_is_told_with_how_it_came() {
    let modes = [
        "exits at create",
        "exits at the first refresh",
        "is killed at assign",
        "aborts at content",
        "exits after the reply",
        "kills its group",
        "exits at close",
        "talks at the end",
        "replies at the end",
        "writes half a line at the end",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn what_happens_after_the_end_of_input_is_told() {
    let modes = ["stays after the end", "stays after the end, deaf"];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn whatever_it_started_is_gone_and_that_is_told() {
    let modes = [
        "leaves a child",
        "leaves a child of a group of its own",
        "leaves a daemon",
        "leaves a daemon of a daemon",
        "leaves a deaf daemon",
        "leaves a chain of orphans",
        "leaves two hundred",
        "leaves a daemon and dies",
        "leaves a daemon at every start",
        "holds the pipes and exits",
        "leaves a stopped daemon",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn silence_at_a_refresh_costs_its_bound() {
    let modes = [
        "stops itself",
        "hangs at refresh",
        "hangs at refresh, deaf",
        "trickles without end",
        "closes its output",
        "answers in single bytes",
    ];
    insta::assert_snapshot!(costs_with("--refresh-ms 1000", &modes));
}

#[test]
fn silence_at_a_request_costs_its_bound() {
    let modes = [
        "is silent at create",
        "is silent at open",
        "is silent at close",
        "hangs at content",
        "writes half a line",
    ];
    insta::assert_snapshot!(costs_with("--request-ms 4000 --plans 1", &modes));
}

/// Who judges nothing starts the same processes.
#[test]
fn bench_and_list_coverage_tell_what_is_left_at_the_end_too() {
    let bench = ("bench", "--points 1 --shape unchanged --samples 2");
    let list = ("list", "coverage");
    let cases = [
        (bench, "leaves a daemon", "it ended and left 1 processes"),
        (bench, "stays after the end", "no reply within"),
        (bench, "talks at the end", "a line is not a reply"),
        (list, "leaves a daemon at every start", "it ended and left 1 processes"),
        (list, "stays after the end, deaf", "no reply within"),
        (list, "talks at the end", "a line is not a reply"),
    ];
    beside_each_other(&cases, AT_ONCE, |&((verb, options), mode, said)| {
        let stranger = Stranger::new(mode).with(options);
        let ran = stranger.run_at(verb, &stranger.path("mine"));
        assert_eq!(ran.code, Some(3), "{verb}: {mode}: {}{}", ran.out, ran.err);
        assert!(
            (ran.out.clone() + &ran.err).contains(said),
            "{verb}: {mode}: {}{}",
            ran.out,
            ran.err
        );
    });
}

/// A line of its own in a report is the suite's.
#[test]
fn a_name_of_several_lines_is_one_in_figures_and_in_a_diagnosis() {
    for (verb, options) in [
        ("bench", "--points 1 --shape unchanged --samples 2"),
        ("doctor", ""),
        ("bench", "--format json --points 1 --shape unchanged --samples 2"),
    ] {
        let stranger = Stranger::new("greets with lines in its name").with(options);
        let ran = stranger.run_at(verb, "an argument\n::error::of two lines".as_ref());
        assert!(matches!(ran.code, Some(0)), "{verb}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains("pkgsource: conforms\\n"), "{verb}: {}", ran.out);
        assert!(!ran.out.lines().any(|line| line.starts_with("::error")), "{verb}: {}", ran.out);
    }
}

/// What ends without a parent waits in the table of processes until the suite asks for its status: a plan's at most.
#[test]
fn the_dead_are_not_kept() {
    let stranger = Stranger::new("leaves the dead").with("--plans 40");
    let ran = stranger.run();
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    let notes = fs::read_to_string(stranger.path("notes")).unwrap();
    let dead: Vec<usize> =
        notes.lines().filter_map(|line| line.strip_prefix("dead ")?.parse().ok()).collect();
    assert!(dead.len() > 40 && dead.iter().all(|&dead| dead < 300), "{dead:?}");
}

/// The process that answers goes on, and is not the one that was started: that is the end all the same.
#[test]
fn whoever_hands_its_pipes_over_has_ended() {
    let ran = Stranger::new("hands its pipes over to a daemon").run();
    assert_eq!(ran.code, Some(3), "{}", ran.out);
    assert!(
        ran.out.contains("the process ended (exit status 0) with the reply outstanding"),
        "{}",
        ran.out
    );
}

/// Each starts the next and ends, faster than the table of processes is read.
#[test]
fn a_moving_target_is_told_and_gone() {
    let stranger = Stranger::new("leaves a moving target");
    let ran = stranger.run();
    assert_eq!(ran.code, Some(3), "{}", ran.out);
    assert!(ran.out.contains("it ended and left"), "{}", ran.out);
    assert!(!(0..100).any(|_| is_anybody_using(&stranger)), "{}", ran.out);
}

/// True where a process runs that was given this stranger's folder.
fn is_anybody_using(stranger: &Stranger) -> bool {
    let notes = stranger.path("notes").to_string_lossy().into_owned();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| fs::read(entry.path().join("cmdline")).ok())
        .any(|arguments| String::from_utf8_lossy(&arguments).contains(&notes))
}
