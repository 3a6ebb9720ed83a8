//! `replay`: a saved counterexample fails again, and a plan that cannot be read is named.

use crate::scene::{CONFORMS, HEAD, MISSING, Scene, USAGE, VIOLATES, assert_refused_on};
use pkgsource::plan::{Build, write_plan};
use pkgsource_model::words::PackageClass;
use std::fs;

#[test]
fn a_counterexample_is_saved_once_and_fails_again_when_it_is_replayed() {
    let scene = Scene::new();
    fs::create_dir(scene.path("saved")).unwrap();
    let mutant = ["--adapter", "mutant:skips-an-increment"];
    let options =
        ["verify", "--plans", "5", "--no-covering", "--class", "SMS_Package", "--saved", "saved"];
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

/// Every example of the page is taken by the parser, and by an implementation.
#[test]
fn every_plan_of_the_page_of_plans_runs_and_the_page_has_every_operation() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/plans.md");
    let page = fs::read_to_string(path).unwrap();
    let plans: Vec<&str> = page
        .split("```jsonl\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect();
    assert_eq!(plans.len(), 2);
    for plan in &plans {
        let scene = Scene::new();
        scene.file("plan.jsonl", plan);
        let ran = scene.run(&["replay", "plan.jsonl", "--adapter", "reference"]);
        assert_eq!(ran.code, Some(CONFORMS), "{}{}", ran.err, ran.out);
    }
    for kind in pkgsource_model::operation::OperationKind::ALL {
        let shown = format!("\"op\":\"{}\"", kind.name());
        assert!(kind.is_read() || plans.iter().any(|plan| plan.contains(&shown)), "{kind}");
    }
}

#[test]
fn a_scenario_is_run_by_its_name_and_a_plan_comes_from_standard_input() {
    let scene = Scene::new();
    let named = scene.run(&["replay", "update-regular", "--adapter", "reference"]);
    assert_eq!(named.code, Some(CONFORMS), "{}", named.err);
    let shown = scene.run(&["explain", "update-regular"]).out;
    let plan = shown.split_once("\n\n").unwrap().1;
    let mut child = std::process::Command::new(crate::scene::PKGSOURCE)
        .args(["replay", "-", "--adapter", "reference"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), plan.as_bytes()).unwrap();
    let piped = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), named.out);
}

#[test]
fn a_file_of_another_kind_is_told_where_it_belongs() {
    let scene = Scene::new();
    scene.file("plan.jsonl", HEAD);
    let run = ["verify", "--plans", "0", "--enumerate", "0", "--no-covering"];
    let more = [
        "--class=SMS_VhdPackage",
        "--adapter",
        "reference",
        "--history",
        "h.jsonl",
        "--save",
        "s.json",
    ];
    scene.run(&[run.as_slice(), &more].concat());
    let told = |arguments: &[&str], what: &str| {
        let ran = scene.run(arguments);
        assert_eq!(ran.code, Some(USAGE), "{}", ran.err);
        assert!(ran.err.contains(what), "{}", ran.err);
    };
    told(&["judge", "plan.jsonl"], "it is a plan: `pkgsource replay FILE` runs it");
    told(&["replay", "h.jsonl"], "it is a history: `pkgsource judge FILE` judges it");
    told(&["judge", "s.json"], "it is what a run left: `pkgsource verify --against FILE`");
}

/// A refresh of the smallest adapter that copies to the points when nobody has asked for anything for half a second.
fn works_after_its_return(scene: &Scene) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/adapters/skeleton");
    let change = |text: String, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let text = fs::read_to_string(path).unwrap();
    let text = change(text, "import sys\n", "import sys\nimport time\n");
    let copies = "                copy(library, self.path(\"points\", point, req[\"package\"]))\n";
    let keeps = "                self.waiting.append((library, self.path(\"points\", point, req[\"package\"])))\n";
    let text = change(text, copies, keeps);
    let text = change(
        text,
        "    scratch = None\n",
        "    scratch = None\n    waiting = []\n    last = 0\n",
    );
    let text = change(
        text,
        "        self.packages = {}\n",
        "        self.packages, self.waiting = {}, []\n",
    );
    let reads = "        req = json.loads(line.decode(\"utf-8\"))\n";
    let works = "        while adapter.waiting and time.monotonic() - adapter.last > 0.5:\n            copy(*adapter.waiting.pop(0))\n        adapter.last = time.monotonic()\n";
    scene.file("late.py", &change(text, reads, &format!("{reads}{works}")));
}

#[test]
fn what_comes_a_moment_after_a_call_that_is_declared_to_be_done_is_told_so() {
    let scene = Scene::new();
    works_after_its_return(&scene);
    let update = Build::new("update", "", &["PS1", "DP1@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .settle()
        .write("S1", "a.txt", "longer")
        .refresh("P1")
        .settle();
    scene.file("update.jsonl", &write_plan(&update.plan()));
    let ran = scene.run(&["replay", "update.jsonl", "--", "python3", "late.py"]);
    assert_eq!(ran.code, Some(VIOLATES), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("a second after the call nothing is wrong"), "{}", ran.out);
    let mutant = scene.run(&["replay", "update.jsonl", "--adapter", "mutant:skips-an-increment"]);
    assert_eq!(mutant.code, Some(VIOLATES), "{}", mutant.err);
    assert!(!mutant.out.contains("a second after"), "{}", mutant.out);
}

#[test]
fn a_plan_whose_lines_are_written_by_place_is_refused() {
    let scene = Scene::new();
    scene.file("p.jsonl", r#"["p","about",null,{"sites":[{"site":"PS1"}],"points":[]}]"#);
    let line = "plan `p.jsonl`: line 1, column 1: it is an array, not an object";
    assert_refused_on(&scene, &["replay", "p.jsonl"], line);
}
