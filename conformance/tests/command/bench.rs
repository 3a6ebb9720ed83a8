//! `bench`: figures belong to histories that the judge accepted, and what was not measured is named.

use crate::scene::{
    CONFORMS, Scene, UNDECIDED, USAGE, VIOLATES, assert_refused, assert_valid, json,
};

const FEW: [&str; 6] = ["bench", "--samples", "3", "--points", "1,2,4", "--adapter"];

#[test]
fn every_figure_of_every_case_is_there() {
    let scene = Scene::new();
    let ran = scene.run(&[FEW.as_slice(), &["reference", "--format", "json"]].concat());
    assert_eq!(ran.code, Some(CONFORMS), "{}", ran.err);
    let measured = json(&ran);
    assert_valid("bench", &measured);
    let cases = measured["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 15);
    for case in cases {
        assert_eq!(case["samples"].as_array().unwrap().len(), 3, "{case}");
        let of = |name: &str| case[name].as_f64().unwrap();
        assert!(of("call_us") <= of("all_us") && of("bytes_per_second") > 0.0, "{case}");
        let latency = |name: &str| case["latency_us"][name].as_u64().unwrap();
        let quantiles = ["p50", "p95", "p99", "max"].map(latency);
        assert!(quantiles.is_sorted(), "{case}");
        let slowest = case["samples"].as_array().unwrap().iter();
        let slowest = slowest.map(|sample| sample["all_us"].as_u64().unwrap()).max().unwrap();
        // The histogram keeps three digits.
        assert!(quantiles[3].abs_diff(slowest) <= slowest / 500 + 1, "{case}");
    }
    assert_eq!(measured["growth"].as_array().unwrap().len(), 5);
    assert_eq!(measured["broken"].as_array().unwrap().len(), 0);
}

#[test]
fn real_files_are_measured_and_the_page_needs_nothing_but_itself() {
    let scene = Scene::new();
    let few = ["bench", "--samples", "2", "--points", "1,2", "--shape", "large,one-per-cent"];
    let ran = scene.run(&[few.as_slice(), &["--html", "b.html", "--beside", "cp"]].concat());
    assert_eq!(ran.code, Some(CONFORMS), "{}", ran.err);
    assert!(
        ran.out.starts_with("folder: 4 cases measured, the judge accepted each\n"),
        "{}",
        ran.out
    );
    assert_eq!(ran.out.matches("beside it: cp ").count(), 4, "{}", ran.out);
    let page = scene.text("b.html");
    assert!(page.contains("<svg") && page.contains("one per cent changed"));
    for needed in ["<script", "http:", "https:", "src=", "@import", "url(", "<link"] {
        assert!(!page.contains(needed), "{needed}");
    }
}

#[test]
fn what_breaks_a_promise_has_no_figures() {
    let scene = Scene::new();
    for format in ["text", "json", "html"] {
        let broken = ["mutant:skips-an-increment", "--format", format];
        let ran = scene.run(&[FEW.as_slice(), &broken].concat());
        assert_eq!(ran.code, Some(VIOLATES), "{}", ran.err);
        assert!(ran.out.contains("VER-1"), "{}", ran.out);
        for figure in [" µs", " ms", "GB/s", "p50", "<svg", "\"call_us\""] {
            assert!(!ran.out.contains(figure), "{format} has {figure}: {}", ran.out);
        }
    }
}

#[test]
fn what_there_is_no_time_for_is_named() {
    let scene = Scene::new();
    let ran = scene.run(&[FEW.as_slice(), &["reference", "--minutes", "0"]].concat());
    assert_eq!(ran.code, Some(UNDECIDED), "{}", ran.err);
    assert!(ran.out.contains("one large file, over 1: stopped when the time"), "{}", ran.out);
}

#[test]
fn points_that_do_not_ascend_are_refused() {
    for points in ["4,1", "0,1", "1,1"] {
        assert_refused(&["bench", "--points", points], "--points takes numbers from 1 on", &[]);
    }
}

#[test]
fn a_baseline_is_kept_and_compared_and_never_across_fingerprints() {
    let scene = Scene::new();
    let kept = scene.run(&[FEW.as_slice(), &["reference", "--save", "b.json"]].concat());
    assert_eq!(kept.code, Some(CONFORMS), "{}", kept.err);
    let against = ["reference", "--against", "b.json", "--gate", "300%"];
    let ran = scene.run(&[FEW.as_slice(), &against].concat());
    // Three samples are too few for any word.
    assert_eq!(ran.code, Some(CONFORMS), "{}{}", ran.out, ran.err);
    let head = "\nAgainst b.json, gate 300 %: 0 worse, 0 better, 0 same, 30 cannot tell\n";
    assert!(ran.out.contains(head), "{}", ran.out);
    let refused = |arguments: &[&str], why: &str| {
        let ran = scene.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
        assert!(ran.err.contains(why), "{}", ran.err);
    };
    let text = scene.text("b.json").replace("\"kernel\": \"", "\"kernel\": \"other ");
    scene.file("other.json", &text);
    let other = ["reference", "--against", "other.json"];
    refused(&[FEW.as_slice(), &other].concat(), "`other.json`: its `kernel` is other ");
    let points = ["bench", "--points", "1", "--adapter", "reference", "--against", "b.json"];
    refused(&points, "its `points` is 1,2,4, and here it is 1; ");
    scene.file("none.json", "{}");
    let none = ["reference", "--against", "none.json"];
    refused(&[FEW.as_slice(), &none].concat(), "it is no measurement that `bench --save` wrote");
    let gate = ["reference", "--against", "b.json", "--gate", "much"];
    refused(&[FEW.as_slice(), &gate].concat(), "takes a percentage, as in 5%");
}

#[test]
fn what_breaks_a_promise_is_no_baseline() {
    let scene = Scene::new();
    let broken = ["mutant:skips-an-increment", "--save", "b.json"];
    assert_eq!(scene.run(&[FEW.as_slice(), &broken].concat()).code, Some(VIOLATES));
    assert_eq!(scene.names(), Vec::<String>::new());
}

/// A case that the baseline has for other numbers of points is none that can be compared.
#[test]
fn a_comparison_of_nothing_is_undecided_and_figures_that_cannot_be_are_refused() {
    let scene = Scene::new();
    let few = ["bench", "--samples", "2", "--points", "1", "--shape", "unchanged", "--adapter"];
    let kept = scene.run(&[few.as_slice(), &["reference", "--save", "b.json"]].concat());
    assert_eq!(kept.code, Some(CONFORMS), "{}", kept.err);
    let text = scene.text("b.json");
    let against = |text: String| {
        scene.file("other.json", &text);
        scene.run(&[few.as_slice(), &["reference", "--against", "other.json"]].concat())
    };
    let other = against(text.replace("\"points\": 1,", "\"points\": 2,"));
    assert_eq!(other.code, Some(UNDECIDED), "{}{}", other.out, other.err);
    assert!(
        other.out.contains("\nAgainst other.json, gate 5 %: nothing to compare\n"),
        "{}",
        other.out
    );
    let mut refused = Vec::new();
    for (member, value) in [
        ("calibration_us", "0"),
        ("all_us", "0"),
        ("call_us", "18446744073709551615"),
        ("call_us", "86400000001"),
    ] {
        let mut value_of: serde_json::Value = serde_json::from_str(&text).unwrap();
        value_of["cases"][0]["samples"][1][member] = serde_json::from_str(value).unwrap();
        refused.push((value_of.to_string(), "sample 2: a time is 1 to 86400000000 microseconds"));
    }
    let mut twice: serde_json::Value = serde_json::from_str(&text).unwrap();
    let case = twice["cases"][0].clone();
    twice["cases"].as_array_mut().unwrap().push(case);
    refused.push((twice.to_string(), "the case is there twice"));
    refused.push(("[1]".into(), "it is an array, not an object"));
    for (text, why) in refused {
        let ran = against(text);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        assert!(ran.err.contains(why), "{ran:?}");
    }
}
