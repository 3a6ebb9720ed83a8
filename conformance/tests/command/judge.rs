//! `judge`: the verdict on a stored history is the run's own, and a history that cannot be read is named.

use crate::scene::{CONFORMS, MISSING, Scene, UNDECIDED, USAGE, VIOLATES, assert_refused_on, json};
use std::fs;

#[test]
fn judging_the_history_of_a_run_gives_the_run_s_own_verdict() {
    for (adapter, code, word) in [
        ("reference", CONFORMS, "conforms"),
        ("mutant:skips-an-increment", VIOLATES, "violates"),
        ("mutant:compares-size-and-time", VIOLATES, "violates"),
        ("variant:coalescing", CONFORMS, "conforms"),
    ] {
        let scene = Scene::new();
        let options = ["verify", "--plans", "5", "--format", "json", "--history", "h.jsonl"];
        let verified = scene.run(&[options.as_slice(), &["--adapter", adapter]].concat());
        let judged = scene.run(&["judge", "h.jsonl", "--format", "json"]);
        assert_eq!((verified.code, judged.code), (Some(code), Some(code)), "{adapter}");
        let reports = [json(&verified), json(&judged)];
        assert_eq!(reports.each_ref().map(|report| &report["verdict"]), [word, word]);
        for member in ["classes", "events", "plans", "strongest_force_broken"] {
            assert!(reports[0][member] == reports[1][member], "{adapter}: `{member}` differs");
        }
    }
}

#[test]
fn a_history_that_is_missing_is_named() {
    let line = format!("history `none.jsonl` cannot be read: {MISSING}");
    assert_refused_on(&Scene::new(), &["judge", "none.jsonl"], &line);
}

#[test]
fn a_malformed_history_is_named_with_line_and_column() {
    let scene = Scene::new();
    let history = scene.path("good.jsonl");
    let few = [
        "verify",
        "--adapter",
        "reference",
        "--no-scenarios",
        "--enumerate",
        "0",
        "--plans",
        "1",
        "--history",
    ];
    let ran = scene.run(&[few.as_slice(), &["good.jsonl"]].concat());
    assert_eq!(ran.code, Some(UNDECIDED), "{}{}", ran.out, ran.err);
    let good = fs::read_to_string(history).unwrap();
    let mut lines: Vec<&str> = good.lines().collect();

    let whole = lines[2];
    lines[2] = &whole[..whole.len() - 1];
    scene.file("cut.jsonl", &lines.join("\n"));
    let ran = scene.run(&["judge", "cut.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
    assert!(ran.err.starts_with("pkgsource: history `cut.jsonl`: line 3, column "), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);

    lines[2] = lines[1];
    scene.file("twice.jsonl", &lines.join("\n"));
    let why = "history `twice.jsonl`: line 3, column 1: ordinals go up: `invoked` 1 after 1";
    assert_refused_on(&scene, &["judge", "twice.jsonl"], why);

    scene.file("headless.jsonl", &good.lines().skip(1).collect::<Vec<_>>().join("\n"));
    let why = "history `headless.jsonl`: line 1, column 1: a history begins with a line `{\"header\": …}`";
    assert_refused_on(&scene, &["judge", "headless.jsonl"], why);
}

#[test]
fn files_without_any_history_are_no_verdict() {
    let scene = Scene::new();
    scene.file("empty.jsonl", "\n\n");
    let line = "the files hold no history; a history begins with a line `{\"header\": …}`";
    assert_refused_on(&scene, &["judge", "empty.jsonl"], line);
}
