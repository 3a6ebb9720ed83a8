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
        let options = [
            "verify",
            "--class",
            "SMS_Package",
            "--plans",
            "5",
            "--no-covering",
            "--format",
            "json",
            "--history",
            "h.jsonl",
        ];
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

/// The documented update flow, in the scene's folder.
fn documented(scene: &Scene) -> String {
    let flow = include_str!("../../../specs/scenarios/documented-update.jsonl");
    scene.file("flow.jsonl", flow);
    flow.to_owned()
}

#[test]
fn a_class_that_the_history_does_not_have_is_no_verdict() {
    let scene = Scene::new();
    documented(&scene);
    let ran = scene.run(&["judge", "flow.jsonl", "--class", "SMS_VhdPackage"]);
    assert_eq!(ran.code, Some(UNDECIDED), "{}", ran.out);
    assert!(ran.out.contains("nothing that was asked for was put to the test"), "{}", ran.out);
}

#[test]
fn calls_that_overlap_are_not_judged_and_that_is_said() {
    let scene = Scene::new();
    let flow = documented(&scene);
    scene.file(
        "overlap.jsonl",
        &flow.replace(r#""invoked":5,"returned":6,"#, r#""invoked":5,"returned":8,"#),
    );
    let ran = scene.run(&["judge", "overlap.jsonl"]);
    assert_eq!(ran.code, Some(UNDECIDED), "{}", ran.out);
    let said = "undecided: not judged, because calls overlap: 1 of the packages";
    assert!(ran.out.contains(said), "{}", ran.out);
}

#[test]
fn a_clause_that_another_masks_is_not_called_met() {
    let scene = Scene::new();
    let mutant = [
        "verify",
        "--adapter",
        "mutant:compares-size-and-time",
        "--plans",
        "5",
        "--no-covering",
        "--class",
        "SMS_Package",
    ];
    let ran = scene.run(&[mutant.as_slice(), &["--clause", "DST-7"]].concat());
    assert_eq!(ran.code, Some(UNDECIDED), "{}", ran.out);
    let said = "undecided: DST-9 is broken in ";
    assert!(ran.out.contains(said), "{}", ran.out);
    let ran = scene.run(&[mutant.as_slice(), &["--clause", "DST-9"]].concat());
    assert_eq!(ran.code, Some(VIOLATES), "{}", ran.out);
}

#[test]
fn ordinals_that_cannot_be_are_refused() {
    let scene = Scene::new();
    let flow = documented(&scene);
    for (name, from, to, why) in [
        (
            "back.jsonl",
            r#""invoked":3,"returned":4"#,
            r#""invoked":3,"returned":2"#,
            "line 3, column 1: `returned` 2 is not after `invoked` 3",
        ),
        (
            "unreturned.jsonl",
            r#""invoked":3,"returned":4,"#,
            r#""invoked":3,"#,
            "line 3, column 1: it was answered, and has no `returned`; add it",
        ),
    ] {
        scene.file(name, &flow.replacen(from, to, 1));
        assert_refused_on(&scene, &["judge", name], &format!("history `{name}`: {why}"));
    }
    let settled = format!("{}\n{{\"settled\":{{\"at\":0,\"by\":\"return\"}}}}", flow.trim_end());
    scene.file("settled.jsonl", &settled);
    let ran = scene.run(&["judge", "settled.jsonl"]);
    assert_eq!(ran.code, Some(USAGE), "{}", ran.out);
    assert!(ran.err.contains("ordinals go up: settled `at` 0 after "), "{}", ran.err);
}

#[test]
fn content_that_is_added_again_replaces_what_was_added_before() {
    let scene = Scene::new();
    let record = |size: u32, digit: char| {
        format!(r#"{{"size":{size},"sha256":"{}"}}"#, digit.to_string().repeat(64))
    };
    let header = r#"{"header":{"history":1,"plan":"p","suite":"t","tree":{"sites":[{"site":"PS1"}],"points":[{"point":"DP1","site":"PS1"}]},"capabilities":{"protocol":1,"adapter":{"name":"by hand"},"implementation":{"name":"by hand"},"classes":["SMS_DriverPackage"],"operations":["create","edit","refresh","assign","add_content"],"reads":["package","content"],"source_mode":"path","time":"real","completes":"at_return","atomic_reads":true,"shows_failure":true}}}"#;
    let (own, old, new) = (record(1, 'a'), record(2, 'b'), record(3, 'c'));
    let add = |file: &str| {
        format!(
            r#"{{"op":"add_content","package":"P1","path":"added/1.inf","file":{file},"refresh_points":false}}"#
        )
    };
    let done = r#"{"ok":{}}"#.to_owned();
    let events = [
        (
            format!(
                r#"{{"op":"edit","source":"S1","changes":[{{"write":{{"path":"a.txt","file":{own}}}}}]}}"#
            ),
            done.clone(),
        ),
        (
            r#"{"op":"create","package":"P1","class":"SMS_DriverPackage","source":"S1"}"#.into(),
            done.clone(),
        ),
        (r#"{"op":"assign","package":"P1","point":"DP1"}"#.into(), done.clone()),
        (add(&old), done.clone()),
        (add(&old), done.clone()),
        (add(&new), done),
        (r#"{"op":"refresh","package":"P1"}"#.into(), r#"{"ok":{"return_value":0}}"#.into()),
        (r#"{"op":"package","package":"P1"}"#.into(), r#"{"ok":{"version":2}}"#.into()),
        (
            r#"{"op":"content","package":"P1","point":"DP1"}"#.into(),
            format!(
                r#"{{"ok":{{"files":[{{"path":"a.txt","size":1,"sha256":"{}"}},{{"path":"added/1.inf","size":3,"sha256":"{}"}}]}}}}"#,
                "a".repeat(64),
                "c".repeat(64)
            ),
        ),
    ];
    let lines = events.iter().enumerate().map(|(nth, (ask, reply))| {
        let invoked = 2 * nth + 1;
        format!(
            r#"{{"event":{{"invoked":{invoked},"returned":{},"ask":{ask},"reply":{reply}}}}}"#,
            invoked + 1
        )
    });
    let end = format!(r#"{{"end":{{"plans":1,"events":{}}}}}"#, events.len());
    let lines: Vec<String> =
        std::iter::once(header.to_owned()).chain(lines).chain(std::iter::once(end)).collect();
    scene.file("added.jsonl", &lines.join("\n"));
    let ran = scene.run(&["judge", "added.jsonl"]);
    assert_eq!(ran.code, Some(UNDECIDED), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("none is broken"), "{}", ran.out);
}

#[test]
fn a_history_in_another_protocol_is_refused() {
    let scene = Scene::new();
    let few =
        ["verify", "--plans", "1", "--no-scenarios", "--enumerate", "0", "--history", "h.jsonl"];
    assert!(scene.run(&[few.as_slice(), &["--adapter", "reference"]].concat()).code.is_some());
    scene.file("other.jsonl", &scene.text("h.jsonl").replace("\"protocol\":1", "\"protocol\":7"));
    let line = "history `other.jsonl`: line 1, column 1: `capabilities` speaks protocol 7, and this suite reads 1";
    assert_refused_on(&scene, &["judge", "other.jsonl"], line);
}
