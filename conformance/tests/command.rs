//! The command as a process: what it prints, where, and how it ends. Bad input costs one clear line, the exit code for
//! wrong use, and no file. What its verdicts mean is tested elsewhere.

use insta::assert_snapshot;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const PKGSOURCE: &str = env!("CARGO_BIN_EXE_pkgsource");

/// The exit codes that the documentation names.
const CONFORMS: i32 = 0;
const VIOLATES: i32 = 1;
const USAGE: i32 = 2;
const UNDECIDED: i32 = 3;

/// A folder to work in, empty at first.
struct Scene {
    folder: TempDir,
}

/// How one run ended.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Scene {
    fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder for temporary files") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a new file in a new folder");
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file that a test or the command wrote")
    }

    /// Every file and folder by name.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("the folder");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.map(|entry| entry.file_name());
        let names = entries.map(|entry| name(entry).expect("an entry"));
        let mut names: Vec<String> =
            names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(PKGSOURCE)
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("COLUMNS")
            .stdin(Stdio::null())
            .output()
            .expect("the command was built beside this test");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }
}

fn run(arguments: &[&str]) -> Ran {
    Scene::new().run(arguments)
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
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

/// The command refuses in exactly this line, prints no result, and leaves the folder as it was.
#[track_caller]
fn assert_refused_on(scene: &Scene, arguments: &[&str], line: &str) {
    let before = scene.names();
    let ran = scene.run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
    assert_eq!(ran.err, format!("pkgsource: {line}\n"));
    assert_eq!(scene.names(), before);
}

/// The command refuses in one line that begins so and contains each of these.
#[track_caller]
fn assert_refused(arguments: &[&str], begins: &str, contains: &[&str]) {
    let scene = Scene::new();
    let ran = scene.run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
    assert!(ran.err.starts_with(&format!("pkgsource: {begins}")), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(contains.iter().all(|part| ran.err.contains(part)), "{}", ran.err);
    assert_eq!(scene.names(), Vec::<String>::new());
}

/// A misspelt argument costs one line that names it, and the hint where help is.
#[track_caller]
fn assert_misspelt(arguments: &[&str], names: &str) {
    let ran = run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
    let first = ran.err.lines().next().unwrap_or_default();
    assert!(first.starts_with("error: ") && first.contains(names), "{}", ran.err);
}

const MISSING: &str = "No such file or directory (os error 2)";
const HEAD: &str = r#"{"plan":"p","tree":{"sites":[{"site":"PS1"}],"points":[]}}"#;

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

#[test]
fn a_missing_folder_of_plans_is_named_and_not_made() {
    let line = format!("folder of plans `none` cannot be read: {MISSING}");
    assert_refused_on(&Scene::new(), &["verify", "--saved", "none"], &line);
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
    let few = ["verify", "--adapter", "reference", "--no-scenarios", "--plans", "1", "--history"];
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

#[test]
fn unknown_ids_cost_one_line_that_lists_the_known_ones() {
    assert_refused(
        &["verify", "--clause", "NOPE"],
        "`NOPE` is no clause; known: ",
        &["VER-1", "DST-9"],
    );
    assert_refused(&["verify", "--pin", "NOPE=x"], "`NOPE=x` pins no reading; ", &["Q-VISIBLE"]);
    assert_refused(
        &["verify", "--pin", "Q-VISIBLE=x"],
        "`Q-VISIBLE=x` pins",
        &["at_return, eventually"],
    );
    assert_refused(
        &["verify", "--adapter", "nope"],
        "`nope` is no built-in adapter; ",
        &["mutant:NAME"],
    );
    assert_refused(
        &["verify", "--adapter", "mutant:nope"],
        "`nope` is no mutant; ",
        &["skips-an-increment"],
    );
    assert_refused(
        &["verify", "--adapter", "variant:nope"],
        "`nope` is no variant; ",
        &["coalescing"],
    );
    assert_refused(&["adapter", "nope"], "`nope` is no built-in adapter; ", &["folder"]);
    assert_refused(
        &["mutants", "--only", "nope"],
        "`nope` is neither a mutant nor a variant; ",
        &[],
    );
    assert_refused(&["explain", "NOPE"], "`NOPE` is no clause, question, ", &["pkgsource list"]);
}

#[test]
fn misspelt_arguments_are_named() {
    assert_misspelt(&["verify", "--class", "SMS_Nope"], "`SMS_Nope` is not a package class");
    assert_misspelt(&["verify", "--plans", "many"], "'many' for '--plans <N>'");
    assert_misspelt(&["verify", "--adapter", "reference", "--", "x"], "'--adapter <NAME>'");
    assert_misspelt(&["list", "nope"], "'nope' for '<WHAT>'");
    assert_misspelt(&["nope"], "'nope'");
    assert_misspelt(&["--nope"], "'--nope'");
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

#[test]
fn what_conforms_ends_with_zero() {
    let ran = run(&["verify", "--adapter", "reference", "--plans", "5"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""), "{}", ran.out);
    assert!(ran.out.starts_with("reference: conforms"), "{}", ran.out);
}

#[test]
fn a_broken_clause_ends_with_one_and_is_named() {
    let ran = run(&["verify", "--adapter", "mutant:skips-an-increment", "--plans", "5"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(VIOLATES), ""), "{}", ran.out);
    assert!(ran.out.starts_with("mutant:skips-an-increment: violates"), "{}", ran.out);
    assert!(ran.out.contains("\nVER-1 is broken in SMS_Package: "), "{}", ran.out);
}

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
    for missing in ["assign", "refresh", "content"] {
        assert!(report["below_minimum_profile"].to_string().contains(missing), "{report:#}");
    }
    assert_eq!(report["faults"], serde_json::json!([]));
}

#[test]
fn equal_runs_print_equal_bytes() {
    for format in ["text", "json"] {
        let verify = ["verify", "--adapter", "reference", "--plans", "20", "--format", format];
        let [one, other] = [0, 1].map(|_| run(&verify));
        assert_eq!(one.code, Some(CONFORMS), "{}", one.err);
        assert_eq!(one, other);
    }
}

#[test]
fn equal_runs_write_equal_histories_apart_from_how_long_it_took() {
    let [one, other] = [0, 1].map(|_| {
        let scene = Scene::new();
        let verify = ["verify", "--adapter", "reference", "--plans", "5", "--history", "h.jsonl"];
        assert_eq!(scene.run(&verify).code, Some(CONFORMS));
        assert_eq!(scene.names(), ["h.jsonl"]);
        untimed(&scene.text("h.jsonl"))
    });
    assert!(one == other, "the histories differ");
}

#[test]
fn over_the_protocol_the_report_is_the_same_apart_from_the_subject() {
    let options = ["verify", "--format", "json", "--plans", "20"];
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
fn no_verb_is_verify() {
    let options = ["--adapter", "reference", "--plans", "5"];
    assert_eq!(run(&options), run(&[&["verify"], options.as_slice()].concat()));
}

/// The lines of the list of verbs in the short help.
fn verbs() -> String {
    let ran = run(&["-h"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    let lines = ran.out.lines().skip_while(|line| *line != "Commands:");
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn help_lists_the_verbs() {
    assert_snapshot!(verbs(), @r"
    Commands:
      verify   Run plans on an implementation and judge what happened
      judge    Judge stored histories
      replay   Run one stored plan and tell what happened
      doctor   Find out what is wrong with an adapter, stage by stage
      explain  Explain a clause, a question, an entry of the register, a class or a mutant
      list     List clauses, questions, classes, mutants, variants, scenarios or adapters
      mutants  Kill every mutant, clear every variant, and print the matrix
      adapter  Serve a built-in adapter over the protocol
      help     Print this message or the help of the given subcommand(s)
    ");
}

#[test]
fn every_verb_has_help_that_fits_a_hundred_columns() {
    let verbs = verbs();
    let names = verbs.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    for verb in names.filter(|name| *name != "help") {
        for arguments in [[verb, "--help"], [verb, "-h"], ["help", verb]] {
            let ran = run(&arguments);
            assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""), "{arguments:?}");
            let usage = format!("\nUsage: pkgsource {verb} ");
            assert!(ran.out.contains(&usage), "{arguments:?}: {}", ran.out);
            let long = ran.out.lines().find(|line| line.chars().count() > 100);
            assert_eq!(long, None, "{arguments:?}");
        }
    }
}

/// The story that an explanation ends with.
fn story(text: &str) -> &str {
    text.split_once("\n\n").map_or("", |(_, story)| story)
}

#[test]
fn a_clause_is_explained_with_its_source_whom_it_binds_and_a_story() {
    let ran = run(&["explain", "VER-1"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(ran.out, @r#"
    VER-1: a processed refresh increments SourceVersion
      force: documented
      source: RPS-* (eight pages); BASE; for the other two as Q-UNPROMISED reads
      binds: all ten classes
      proved by: skips-an-increment

    the shortest story in which it is broken, by mutant:skips-an-increment

    VER-1 is broken in SMS_Package: a processed refresh increments SourceVersion
      source: RPS-* (eight pages); BASE; for the other two as Q-UNPROMISED reads (documented)

        1. create P1, a SMS_Package, with source S1
        2. edit S1: write a.txt = "two"
        3. refresh P1 -> returns 0
           -- nothing is left to do --
         read package P1 -> version 1, flag 2   <-- here
    "#);
}

#[test]
fn a_question_is_explained_with_its_readings() {
    let ran = run(&["explain", "Q-VISIBLE"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(ran.out, @r"
    Q-VISIBLE: when is the new version visible?
      left open by: A2
      readings, strong to weak:
        at_return
        eventually
      concerns: all ten classes
      pin one: pkgsource verify --pin Q-VISIBLE=at_return
    ");
}

#[test]
fn the_story_of_an_edit_of_equal_size_is_as_short_as_it_can_be() {
    let ran = run(&["explain", "DST-9"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""));
    assert_snapshot!(story(&ran.out), @r#"
    the shortest story in which it is broken, by mutant:compares-size-and-time

    DST-9 is broken in SMS_Package: a file changed, renamed or moved is a change, whatever its size and time
      source: FCC (documented)

        1. edit S1: write a.txt = "one"
        2. create P1, a SMS_Package, with source S1
        3. assign P1 to DP1
        4. edit S1: write a.txt = "two"
        5. refresh P1 -> returns 0
           -- nothing is left to do --
         read content of P1 at DP1 -> a.txt = "one"   <-- here
    "#);
}

#[test]
fn everything_that_is_listed_can_be_explained() {
    for what in ["clauses", "questions", "entries", "classes", "mutants", "variants"] {
        let listed = run(&["list", what]);
        assert_eq!((listed.code, listed.err.as_str()), (Some(CONFORMS), ""), "{what}");
        let ids: Vec<&str> =
            listed.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert!(!ids.is_empty(), "{what}");
        for id in ids {
            let ran = run(&["explain", id]);
            assert_eq!((ran.code, ran.err.as_str()), (Some(CONFORMS), ""), "{id}");
            assert!(ran.out.contains(id), "{id}: {}", ran.out);
            assert!(!ran.out.contains("finds no plan"), "{id}: {}", ran.out);
        }
    }
}

#[test]
fn scenarios_and_adapters_are_listed_and_the_adapters_without_a_name_run() {
    assert!(run(&["list", "scenarios"]).out.lines().count() > 10);
    let listed = run(&["list", "adapters"]);
    for adapter in ["folder", "reference"] {
        assert!(listed.out.lines().any(|line| line.starts_with(adapter)), "{}", listed.out);
        let options = ["verify", "--no-scenarios", "--plans", "1", "--adapter", adapter];
        let code = run(&options).code;
        assert!(code == Some(CONFORMS) || code == Some(UNDECIDED), "{adapter}: {code:?}");
    }
}

#[test]
fn the_version_is_the_packages_own() {
    let ran = run(&["--version"]);
    assert_eq!(ran.out, format!("pkgsource {}\n", env!("CARGO_PKG_VERSION")));
}
