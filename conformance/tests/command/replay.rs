//! `replay`: a saved counterexample fails again, and a plan that cannot be read is named.

use crate::scene::{HEAD, MISSING, Scene, VIOLATES, assert_refused_on};
use std::fs;

#[test]
fn a_counterexample_is_saved_once_and_fails_again_when_it_is_replayed() {
    let scene = Scene::new();
    fs::create_dir(scene.path("saved")).unwrap();
    let mutant = ["--adapter", "mutant:skips-an-increment"];
    let options = ["verify", "--plans", "5", "--class", "SMS_Package", "--saved", "saved"];
    assert_eq!(scene.run(&[options.as_slice(), &mutant].concat()).code, Some(VIOLATES));
    let plan = scene.text("saved/ver-1-regular.jsonl");
    let replayed =
        scene.run(&[&["replay", "saved/ver-1-regular.jsonl"], mutant.as_slice()].concat());
    assert_eq!(replayed.code, Some(VIOLATES), "{}", replayed.err);
    assert!(replayed.out.contains("\nVER-1 is broken in SMS_Package: "), "{}", replayed.out);
    assert_eq!(scene.run(&[options.as_slice(), &mutant].concat()).code, Some(VIOLATES));
    assert_eq!(scene.text("saved/ver-1-regular.jsonl"), plan);
}

#[test]
fn a_plan_that_is_missing_is_named() {
    let line = format!("plan `none.jsonl` cannot be read: {MISSING}");
    assert_refused_on(&Scene::new(), &["replay", "none.jsonl"], &line);
}

#[test]
fn a_malformed_plan_is_named_with_line_and_column() {
    let check = |text: &str, place: &str| {
        let scene = Scene::new();
        scene.file("bad.jsonl", text);
        assert_refused_on(&scene, &["replay", "bad.jsonl"], &format!("plan `bad.jsonl`: {place}"));
        assert_eq!(scene.text("bad.jsonl"), text);
    };
    check("", "line 1, column 1: the file is empty; a plan begins with a line `{\"plan\": …}`");
    check("plan\n", "line 1, column 1: expected value");
    check(&format!("{HEAD}\n\n{{\"do\"\n"), "line 3, column 5: EOF while parsing an object");
    check(
        &format!("{HEAD}\n{{\"look\":{{}}}}\n{{\"wait\":{{}}}}\n"),
        "line 3, column 7: unknown variant `wait`, expected one of `do`, `settle`, `look`",
    );
}
