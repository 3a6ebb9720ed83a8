//! From release to release: what a run keeps, what differs from it, and what is known to deviate.

use crate::scene::{CONFORMS, Scene, USAGE, VIOLATES};
use serde_json::Value;

/// The known situations show everything that is compared here.
const FEW: [&str; 8] =
    ["verify", "--plans", "5", "--seed", "7", "--no-covering", "--enumerate", "0"];
const CLASS: [&str; 2] = ["--class", "SMS_Package"];

fn with<'a>(adapter: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [FEW.as_slice(), &["--adapter", adapter], more].concat()
}

fn without_date(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap();
    assert!(value["made"]["date"].as_str().unwrap().ends_with('Z'));
    value.as_object_mut().unwrap().remove("made");
    value
}

#[test]
fn two_equal_runs_keep_the_same_apart_from_the_date_and_differ_in_nothing() {
    let scene = Scene::new();
    for file in ["a.json", "b.json"] {
        let ran = scene.run(&with("reference", &[CLASS.as_slice(), &["--save", file]].concat()));
        assert_eq!(ran.code, Some(CONFORMS), "{}", ran.err);
    }
    assert_eq!(without_date(&scene.text("a.json")), without_date(&scene.text("b.json")));
    let ran = scene.run(&with("reference", &[CLASS.as_slice(), &["--against", "a.json"]].concat()));
    assert_eq!(ran.code, Some(CONFORMS));
    assert!(ran.out.contains("\nagainst a.json (reference, pkgsource 0.1.0): nothing differs\n"));
}

#[test]
fn a_regression_ends_with_one_and_a_known_breach_does_not() {
    let scene = Scene::new();
    let mutant = "mutant:skips-an-increment";
    for (adapter, file) in [("reference", "good.json"), (mutant, "bad.json")] {
        scene.run(&with(adapter, &[CLASS.as_slice(), &["--save", file]].concat()));
    }
    let worse = scene.run(&with(mutant, &[CLASS.as_slice(), &["--against", "good.json"]].concat()));
    assert_eq!(worse.code, Some(VIOLATES));
    let line = "\n  regression: VER-1 held -> broken (SMS_Package)\n";
    assert!(worse.out.contains(line), "{}", worse.out);
    let against = ["--against", "good.json", "-q"];
    let quiet = scene.run(&with(mutant, &[CLASS.as_slice(), &against].concat()));
    let decided = "; against good.json: regression: VER-1 held -> broken\n";
    assert!(quiet.code == Some(VIOLATES) && quiet.out.ends_with(decided), "{}", quiet.out);
    let same = scene.run(&with(mutant, &[CLASS.as_slice(), &["--against", "bad.json"]].concat()));
    assert_eq!(same.code, Some(CONFORMS), "{}", same.out);
    let better =
        scene.run(&with("reference", &[CLASS.as_slice(), &["--against", "bad.json"]].concat()));
    assert_eq!(better.code, Some(CONFORMS));
    assert!(better.out.contains("\n  fix: VER-1 broken -> held (SMS_Package)\n"), "{}", better.out);
}

#[test]
fn known_deviations_are_blessed_expected_and_missed_where_they_are_gone() {
    let scene = Scene::new();
    let mutant = "mutant:skips-an-increment";
    let expect = ["--expect", "known.toml"];
    let blessed = scene.run(&with(mutant, &[expect.as_slice(), &["--bless"]].concat()));
    assert_eq!(blessed.code, Some(CONFORMS), "{}{}", blessed.err, blessed.out);
    let known = scene.text("known.toml");
    assert!(known.contains("clause = \"VER-1\"\nclass = \"SMS_Package\"\n"), "{known}");
    let met = scene.run(&with(mutant, &expect));
    assert_eq!(met.code, Some(CONFORMS));
    assert!(
        met.out.contains("\nas expected by known.toml\n  known deviation: VER-1 in SMS_Package: ")
    );
    let stale = scene.run(&with("reference", &expect));
    assert_eq!(stale.code, Some(VIOLATES));
    assert!(stale.out.contains("\n  wrong entry: VER-1 in SMS_Package: stale: it holds now"));
    let line = |adapter: &str| scene.run(&with(adapter, &[expect.as_slice(), &["-q"]].concat()));
    let (met, stale) = (line(mutant), line("reference"));
    assert_eq!((met.code, met.out.lines().count()), (Some(CONFORMS), 1));
    assert!(met.out.ends_with("; as expected by known.toml\n"), "{}", met.out);
    assert_eq!((stale.code, stale.out.lines().count()), (Some(VIOLATES), 1));
    let why =
        "; NOT as expected by known.toml: wrong entry: VER-1 in SMS_Package: stale: it holds now";
    assert!(stale.out.contains(": conforms: ") && stale.out.contains(why), "{}", stale.out);
    let narrowed = [CLASS.as_slice(), &expect, &["--bless"]].concat();
    let refused = scene.run(&with(mutant, &narrowed));
    assert_eq!(refused.code, Some(VIOLATES));
    assert!(refused.err.contains("only a whole run is blessed"), "{}", refused.err);
}

#[test]
fn what_a_run_is_held_against_is_read_before_anything_is_run() {
    let scene = Scene::new();
    scene.file("report.json", r#"{"report": 2}"#);
    scene.file("twice.json", r#"{"saved": 2, "saved": 2}"#);
    scene.file("array.json", "[2, 2]");
    scene.file("bad.toml", "[[deviation]]\nclause = \"VER-1\"\nclass = \"any\"\nreason = \"\"\n");
    for (option, file, why) in [
        ("--against", "report.json", "written by `verify --save FILE`"),
        ("--against", "none.json", "cannot be read"),
        ("--against", "twice.json", "duplicate field `saved`"),
        ("--against", "array.json", "it is an array, not an object"),
        ("--expect", "bad.toml", "its reason says nothing"),
        ("--save", "bad.toml", "something stands there"),
        ("--report", "html=bad.toml", "something stands there"),
    ] {
        let ran = scene.run(&with("reference", &[option, file]));
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{option}");
        assert!(ran.err.contains(why), "{}", ran.err);
    }
}

#[test]
fn several_faces_are_written_in_one_run_and_colour_comes_only_where_it_is_asked_for() {
    let scene = Scene::new();
    let files = ["--report", "html=r.html", "--report", "junit=r.xml", "--report", "markdown=r.md"];
    let more = [CLASS.as_slice(), &files, &["--report", "json=r.json", "-q"]].concat();
    let ran = scene.run(&with("mutant:skips-an-increment", &more));
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(scene.text("r.html").starts_with("<!DOCTYPE html>"));
    assert!(scene.text("r.xml").contains("failures=\"1\""));
    assert!(scene.text("r.md").contains("<b>VER-1 is broken in SMS_Package</b>"));
    assert!(scene.text("r.json").contains("\"verdict\": \"violates\""));
    let coloured = [CLASS.as_slice(), &["--color", "always"]].concat();
    assert!(scene.run(&with("reference", &coloured)).out.contains("\u{1b}[1m\u{1b}[32mreference"));
    assert!(!scene.run(&with("reference", &CLASS)).out.contains('\u{1b}'));
    let verbose = [CLASS.as_slice(), &["-v"]].concat();
    assert!(scene.run(&with("reference", &verbose)).out.contains("\nreadings found\n"));
}
