//! `verify`: how it ends, what it prints and writes, and what it refuses before a history is begun.

use crate::scene::{
    CONFORMS, HEAD, MISSING, PKGSOURCE, Scene, UNDECIDED, USAGE, VIOLATES, assert_refused,
    assert_refused_on, json, run,
};
use serde_json::Value;
use std::fs;

#[test]
fn what_conforms_ends_with_zero() {
    let ran = run(&["verify", "--adapter", "reference", "--plans", "5", "--no-covering"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""), "{}", ran.out);
    assert!(ran.out.starts_with("reference: conforms"), "{}", ran.out);
}

#[test]
fn a_broken_clause_ends_with_one_and_is_named() {
    let few = ["--plans", "5", "--no-covering"];
    let ran =
        run(&[&["verify", "--adapter", "mutant:skips-an-increment"], few.as_slice()].concat());
    assert_eq!((ran.code, ran.err.as_str()), (Some(VIOLATES), ""), "{}", ran.out);
    assert!(ran.out.starts_with("mutant:skips-an-increment: violates"), "{}", ran.out);
    assert!(ran.out.contains("\nVER-1 is broken in SMS_Package: "), "{}", ran.out);
}

/// Serves `create` and `package` and nothing else: below the minimum profile.
const LEAST: &str = r#"
import json, os, sys
packages = set()
def answer(request):
    op = request["op"]
    if op == "hello":
        who = {"name": "least", "version": "1"}
        return {"ok": {"protocol": 1, "adapter": who, "implementation": who, "classes": ["SMS_Package"],
                       "operations": ["create"], "reads": ["package"], "completes": "at_return"}}
    if op == "open":
        packages.clear()
        sources = os.path.join(request["scratch"], "sources")
        os.makedirs(sources, exist_ok=True)
        return {"ok": {"sources": sources}}
    if op == "close":
        return {"ok": {}}
    if op == "create":
        packages.add(request["package"])
        return {"ok": {}}
    if op == "package":
        return {"ok": {"version": 1} if request["package"] in packages else {"absent": True}}
    return {"unsupported": {}}
for line in sys.stdin:
    if line.strip():
        request = json.loads(line)
        print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
"#;

#[test]
fn an_adapter_below_the_minimum_profile_ends_with_three_and_says_what_is_missing() {
    let scene = Scene::new();
    scene.file("least.py", LEAST);
    let verify = ["verify", "--plans", "5", "--format", "json", "--", "python3", "least.py"];
    let ran = scene.run(&verify);
    assert_eq!((ran.code, ran.err.as_str()), (Some(UNDECIDED), ""), "{}", ran.out);
    let report = json(&ran);
    assert_eq!(report["verdict"], "undecided");
    for missing in ["no refresh", "two points", "no content", "no failure"] {
        assert!(report["below_minimum_profile"].to_string().contains(missing), "{report:#}");
    }
    assert_eq!(report["faults"], serde_json::json!([]));
}

#[test]
fn equal_runs_print_equal_bytes() {
    for format in ["text", "json"] {
        let verify = [
            "verify",
            "--class",
            "SMS_Package",
            "--adapter",
            "reference",
            "--plans",
            "20",
            "--no-covering",
            "--format",
            format,
        ];
        let [one, other] = [0, 1].map(|_| run(&verify));
        assert_eq!(one.code, Some(CONFORMS), "{}", one.err);
        assert_eq!(one, other);
    }
}

/// A history's lines without durations.
fn untimed(history: &str) -> Vec<Value> {
    let line = |line: &str| -> Value {
        let mut line = serde_json::from_str(line).expect("a line of a history is JSON");
        if let Some(event) = Value::pointer_mut(&mut line, "/event").and_then(Value::as_object_mut)
        {
            event.remove("took_us");
        }
        line
    };
    history.lines().map(line).collect()
}

#[test]
fn equal_runs_write_equal_histories_apart_from_how_long_it_took() {
    let [one, other] = [0, 1].map(|_| {
        let scene = Scene::new();
        let verify = [
            "verify",
            "--class",
            "SMS_Package",
            "--adapter",
            "reference",
            "--plans",
            "5",
            "--no-covering",
            "--history",
            "h.jsonl",
        ];
        assert_eq!(scene.run(&verify).code, Some(CONFORMS));
        assert_eq!(scene.names(), ["h.jsonl"]);
        untimed(&scene.text("h.jsonl"))
    });
    assert!(one == other, "the histories differ");
}

#[test]
fn over_the_protocol_the_report_is_the_same_apart_from_the_subject() {
    let few = ["--plans", "20", "--no-covering"];
    let options = ["verify", "--class", "SMS_Package", "--format", "json"];
    let options = [options.as_slice(), &few].concat();
    let within = run(&[options.as_slice(), &["--adapter", "reference"]].concat());
    let beyond = run(&[options.as_slice(), &["--", PKGSOURCE, "adapter", "reference"]].concat());
    assert_eq!((within.code, beyond.code), (Some(CONFORMS), Some(CONFORMS)), "{}", beyond.err);
    let mut reports = [json(&within), json(&beyond)];
    let subjects = reports.each_mut().map(|report| report["subject"].take());
    assert_eq!(
        subjects,
        [Value::from("reference"), Value::from(format!("{PKGSOURCE} adapter reference"))]
    );
    assert!(reports[0] == reports[1], "the reports differ");
}

#[test]
fn a_folder_of_plans_names_the_plan_that_is_malformed() {
    let scene = Scene::new();
    fs::create_dir(scene.path("plans")).unwrap();
    scene.file("plans/a.jsonl", HEAD);
    scene.file("plans/b.jsonl", "[]");
    let arguments = ["verify", "--saved", "plans", "--history", "new.jsonl"];
    let ran = scene.run(&arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""));
    assert!(ran.err.starts_with("pkgsource: plan `plans/b.jsonl`: line 1, column "), "{}", ran.err);
    assert_eq!(scene.names(), ["plans"]);
}

/// Few plans, for what does not depend on them.
const FEW: [&str; 6] =
    ["--no-scenarios", "--plans", "12", "--enumerate", "0", "--class=SMS_Package"];

#[test]
fn a_folder_for_counterexamples_is_made_when_there_is_one_and_not_before() {
    let scene = Scene::new();
    let conforms = [&["verify", "--adapter", "reference", "--saved", "new"], FEW.as_slice()];
    assert_eq!(scene.run(&conforms.concat()).code, Some(CONFORMS));
    assert_eq!(scene.names(), Vec::<String>::new());
    let mutant = "mutant:skips-an-increment";
    let violates = [&["verify", "--adapter", mutant, "--saved", "new"], FEW.as_slice()];
    assert_eq!(scene.run(&violates.concat()).code, Some(VIOLATES));
    assert_eq!(scene.names(), ["new"]);
    assert_eq!(
        scene.run(&[&["verify", "--adapter", mutant], FEW.as_slice()].concat()).code,
        Some(VIOLATES)
    );
    assert_eq!(scene.names(), ["new", "pkgsource-saved"]);
}

#[test]
fn the_printed_line_repeats_a_counterexample_when_a_shell_runs_it() {
    let scene = Scene::new();
    fs::create_dir(scene.path("it's here")).unwrap();
    let mutants = ["mutant:skips-an-increment", "mutant:copies-nothing", "mutant:increments-twice"];
    for mutant in mutants {
        let subject = [PKGSOURCE, "adapter", mutant];
        let verify = ["verify", "--saved", "it's here", "--request-ms", "4000"];
        let ran = scene.run(&[&verify, FEW.as_slice(), &["--"], &subject].concat());
        assert_eq!(ran.code, Some(VIOLATES), "{}", ran.err);
        let lines: Vec<&str> = ran
            .out
            .lines()
            .filter_map(|line| line.strip_prefix("  repeat it: pkgsource "))
            .collect();
        assert!(!lines.is_empty(), "{}", ran.out);
        for line in lines {
            assert!(line.contains(" --request-ms 4000 -- "), "{line}");
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("'{PKGSOURCE}' {line}")])
                .current_dir(scene.path(""))
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(VIOLATES), "{line}: {output:?}");
        }
    }
}

#[test]
fn a_run_that_is_cut_short_says_so_in_its_first_line_and_what_is_left() {
    let ran = run(&["verify", "--adapter", "reference", "--minutes", "0"]);
    let first = ran.out.lines().next().unwrap_or_default();
    assert!(first.contains("CUT SHORT after 0 of "), "{first}");
    assert!(ran.out.contains("\n  not run: generated plans (100)\n"), "{}", ran.out);
}

#[test]
fn a_program_that_cannot_be_started_is_named_and_leaves_no_history() {
    let why = "the program cannot be started: `/no/such/program`: ";
    assert_refused(
        &["verify", "--history", "new.jsonl", "--", "/no/such/program"],
        "adapter fault during `start`: ",
        &[why, MISSING],
    );
}

#[test]
fn a_history_cannot_be_written_where_there_is_no_folder() {
    assert_refused(
        &["verify", "--adapter", "reference", "--history", "none/new.jsonl"],
        "`none/new.jsonl` cannot be written: ",
        &[MISSING],
    );
}

#[test]
fn what_stands_where_the_history_should_go_is_refused_and_stays() {
    let scene = Scene::new();
    scene.file("mine.txt", "mine");
    fs::create_dir(scene.path("folder")).unwrap();
    for name in ["mine.txt", "folder"] {
        let line = format!(
            "`{name}` cannot be written: something stands there; name another file, or remove it first"
        );
        assert_refused_on(&scene, &["verify", "--adapter", "reference", "--history", name], &line);
    }
    assert_eq!(scene.text("mine.txt"), "mine");
}

#[test]
fn wrong_requirements_are_refused_before_a_history_is_begun() {
    let arguments =
        ["verify", "--adapter", "reference", "--history", "new.jsonl", "--clause", "NOPE"];
    assert_refused(&arguments, "`NOPE` is no clause; ", &[]);
}
