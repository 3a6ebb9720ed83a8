//! What an adapter does to folders: its own, the suite's, the sources', and those that it would like the suite to touch.

use super::{Stranger, costs, costs_with};
use crate::scene::beside_each_other;
use std::fs;

#[test]
fn whatever_it_makes_of_its_scratch_folder_goes() {
    let modes = [
        "deletes its scratch folder",
        "deletes the folder of its scratch folder",
        "moves the folder of its scratch folder at open",
        "moves the folder of its scratch folder at close",
        "replaces its scratch folder by a link",
        "replaces its scratch folder by a file",
        "locks its scratch folder",
        "leaves odd names",
        "leaves odd kinds of files",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn sources_that_the_suite_cannot_take_are_refused() {
    let modes = [
        "has sources nowhere",
        "has relative sources",
        "has sources that are a file",
        "has sources at the root",
        "has sources where somebody's files are",
        "has sources behind dots",
        "has sources behind a link",
        "has sources of a number",
        "has no sources",
        "has sources that are a device",
        "has sources in its own folder of /proc",
        "has sources with a NUL",
    ];
    insta::assert_snapshot!(costs(&modes));
}

#[test]
fn a_source_that_was_exchanged_is_the_adapter_s_fault_and_nothing_behind_it_is_touched() {
    let modes = [
        "turns a source into a pipe",
        "turns a source into a folder",
        "turns a source into a link",
        "turns a source's folder into a link",
        "turns a source into a device",
        "plants files in a source",
        "puts an index into a source",
        "makes a folder in a source",
        "leaves a link to a copy of the sources",
        "takes the sources away",
        "makes the sources read-only",
    ];
    insta::assert_snapshot!(costs_with("--plans 6 --minutes 1", &modes));
}

#[test]
fn a_scratch_folder_of_any_depth_and_width_goes() {
    for (mode, argument) in
        [("fills its scratch folder deep", "3000"), ("fills its scratch folder wide", "")]
    {
        let ran = Stranger::new(mode).run_at("verify", argument.as_ref());
        assert_eq!(ran.code, Some(3), "{mode}: {}", ran.out);
        assert!(!ran.out.contains("blame:"), "{mode}: {}", ran.out);
        assert!(ran.out.contains("none is broken"), "{mode}: {}", ran.out);
    }
}

/// Where sources are on a share, nothing of one plan is there in the next, and nothing is left on it.
#[test]
fn a_share_is_as_empty_after_a_plan_as_before() {
    let options = "--plans 40";
    let own = Stranger::new("honest").with(options);
    let shared = Stranger::new("has sources on a share").with(options);
    let share = shared.path("share");
    let [own, shared] = [own.run(), shared.run_at("verify", &share)];
    assert_eq!((own.code, shared.code), (Some(0), Some(0)), "{}", shared.out);
    let after_first = |out: &str| out.split_once('\n').map(|(_, rest)| rest.to_owned());
    assert_eq!(after_first(&own.out), after_first(&shared.out), "the same obligations are met");
    assert_eq!(fs::read_dir(&share).unwrap().count(), 0);
}

/// Virtual time passes as fast as it is asked for; the wait ends by the bound on it all the same.
#[test]
fn what_never_settles_ends_by_its_bound() {
    let modes = [
        "never becomes idle",
        "never becomes idle in virtual time",
        "never settles in virtual time",
        "never settles",
        "never settles, and declares ten minutes",
    ];
    beside_each_other(&modes, modes.len(), |&mode| {
        let ran = Stranger::new(mode).with("--converge-ms 400 --plans 2 --minutes 1").run();
        assert!(matches!(ran.code, Some(1 | 3)), "{mode}: {:?} {}", ran.code, ran.out);
        assert!(ran.out.contains("blame: undecided. In plan g"), "{mode}: {}", ran.out);
    });
}

#[test]
fn doctor_tells_what_is_left_at_the_end() {
    let cases = [
        ("stays after the end", "BROKEN  ends with its input"),
        ("leaves a daemon", "BROKEN  ends with its input"),
        ("talks at the end", "BROKEN  ends with its input"),
        ("never becomes idle", "BROKEN  refreshes once"),
        ("has pages without end", "the content has "),
        ("fills its scratch folder for ever", "BROKEN  ends with its input"),
        ("honest", "The adapter is healthy."),
    ];
    beside_each_other(&cases, cases.len(), |&(mode, said)| {
        let stranger = Stranger::new(mode);
        let ran = stranger.run_at("doctor", &stranger.path("mine"));
        assert!(ran.out.contains(said), "{mode}: {}{}", ran.out, ran.err);
        assert_eq!(ran.code, Some(if mode == "honest" { 0 } else { 3 }), "{mode}");
    });
}
