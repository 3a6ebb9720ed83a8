//! What stands in the way of a run or of its result: empty commands, pipes for files, full outputs, files that are cut.

use crate::scene::{
    CONFORMS, HEAD, PKGSOURCE, Scene, UNDECIDED, USAGE, VIOLATES, assert_refused_on,
};
use std::fs::{self, File};
use std::process::{Command, Stdio};

#[test]
fn a_command_that_is_empty_is_not_the_embedded_site() {
    for verb in ["verify", "doctor"] {
        let line = "nothing stands after `--`; give a program and its arguments, or leave `--` out";
        assert_refused_on(&Scene::new(), &[verb, "--"], line);
    }
}

fn make_pipe(scene: &Scene, name: &str) {
    assert!(Command::new("mkfifo").arg(scene.path(name)).status().unwrap().success());
}

#[test]
fn what_is_no_regular_file_is_refused_and_not_waited_for() {
    let scene = Scene::new();
    make_pipe(&scene, "pipe.jsonl");
    let why = "cannot be read: it is not a regular file";
    assert_refused_on(&scene, &["judge", "pipe.jsonl"], &format!("history `pipe.jsonl` {why}"));
    assert_refused_on(&scene, &["judge", "/dev/zero"], &format!("history `/dev/zero` {why}"));
    assert_refused_on(&scene, &["judge", "."], &format!("history `.` {why}"));
    assert_refused_on(&scene, &["replay", "pipe.jsonl"], &format!("plan `pipe.jsonl` {why}"));
    assert_refused_on(&scene, &["verify", "--saved", "."], &format!("plan `./pipe.jsonl` {why}"));
}

fn verify(scene: &Scene, adapter: &str, history: &str) -> Option<i32> {
    let arguments = [
        "verify",
        "--plans",
        "5",
        "--no-covering",
        "--class",
        "SMS_Package",
        "--adapter",
        adapter,
        "--history",
        history,
    ];
    scene.run(&arguments).code
}

#[test]
fn a_history_from_a_pipe_is_judged_with_its_proof() {
    let scene = Scene::new();
    assert_eq!(verify(&scene, "mutant:skips-an-increment", "h.jsonl"), Some(VIOLATES));
    let from_file = scene.run(&["judge", "h.jsonl"]);
    for name in ["-", "/dev/stdin"] {
        let mut cat =
            Command::new("cat").arg(scene.path("h.jsonl")).stdout(Stdio::piped()).spawn().unwrap();
        let pipe = cat.stdout.take().unwrap();
        let judged = Command::new(PKGSOURCE).args(["judge", name]).stdin(pipe).output().unwrap();
        cat.wait().unwrap();
        let out = String::from_utf8(judged.stdout).unwrap();
        assert_eq!(judged.status.code(), Some(VIOLATES));
        assert!(out.contains("VER-1 is broken in SMS_Package"), "{out}");
        assert!(out.contains("<-- here"), "{out}");
        assert_eq!(out.replacen(name, "h.jsonl", 1), from_file.out);
    }
}

#[test]
fn a_history_that_was_cut_is_undecided_where_nothing_is_broken() {
    let scene = Scene::new();
    assert_eq!(verify(&scene, "reference", "h.jsonl"), Some(CONFORMS));
    let whole = scene.text("h.jsonl");
    assert_eq!(scene.run(&["judge", "h.jsonl"]).code, Some(CONFORMS));
    let lines: Vec<&str> = whole.lines().collect();
    let without_end = format!("{}\n", lines[..lines.len() - 1].join("\n"));
    let in_a_line = &whole[..whole.len() - 200];
    for (name, text, said) in [
        ("end.jsonl", without_end.as_str(), "it ends without its end mark"),
        ("line.jsonl", in_a_line, "is cut"),
    ] {
        scene.file(name, text);
        let judged = scene.run(&["judge", name]);
        assert_eq!(judged.code, Some(UNDECIDED), "{name}: {}{}", judged.out, judged.err);
        assert!(
            judged.out.contains(&format!("  incomplete: `{name}`: ")) && judged.out.contains(said),
            "{}",
            judged.out
        );
    }
    scene.file("joined.jsonl", &format!("{whole}{whole}"));
    assert_eq!(
        scene.run(&["judge", "joined.jsonl"]).code,
        Some(CONFORMS),
        "whole files can be joined"
    );
}

#[test]
fn a_history_from_which_an_event_was_taken_is_refused() {
    let scene = Scene::new();
    assert_eq!(verify(&scene, "reference", "h.jsonl"), Some(CONFORMS));
    let whole = scene.text("h.jsonl");
    let event = whole.lines().nth(2).unwrap();
    scene.file("gap.jsonl", &whole.replacen(&format!("{event}\n"), "", 1));
    let judged = scene.run(&["judge", "gap.jsonl"]);
    assert_eq!(judged.code, Some(USAGE), "{}{}", judged.out, judged.err);
    assert!(judged.err.contains("its end mark in line"), "{}", judged.err);
}

#[test]
fn a_violation_in_a_history_that_was_cut_is_one() {
    let scene = Scene::new();
    assert_eq!(verify(&scene, "mutant:skips-an-increment", "h.jsonl"), Some(VIOLATES));
    let whole = scene.text("h.jsonl");
    scene.file("cut.jsonl", &whole[..whole.len() - 200]);
    assert_eq!(scene.run(&["judge", "cut.jsonl"]).code, Some(VIOLATES));
}

#[test]
fn a_run_without_plans_leaves_a_history_that_says_so() {
    let scene = Scene::new();
    let arguments =
        ["verify", "--plans", "0", "--no-scenarios", "--enumerate", "0", "--history", "h.jsonl"];
    assert_eq!(scene.run(&arguments).code, Some(UNDECIDED));
    assert_eq!(scene.text("h.jsonl"), "{\"end\":{\"plans\":0,\"events\":0}}\n");
    assert_eq!(scene.run(&["judge", "h.jsonl"]).code, Some(UNDECIDED));
}

/// A verdict that cannot be printed is still the exit code, and what was asked to be kept is kept.
#[test]
fn a_full_output_takes_neither_the_verdict_nor_the_history() {
    for (adapter, code) in [("mutant:skips-an-increment", VIOLATES), ("reference", USAGE)] {
        let scene = Scene::new();
        let ran = Command::new(PKGSOURCE)
            .args([
                "verify",
                "--plans",
                "5",
                "--no-covering",
                "--class",
                "SMS_Package",
                "--adapter",
                adapter,
                "--history",
            ])
            .arg(scene.path("h.jsonl"))
            .current_dir(scene.path("."))
            .stdout(File::options().write(true).open("/dev/full").unwrap())
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(code), "{adapter}");
        let said = String::from_utf8(ran.stderr).unwrap();
        assert!(
            said.contains("standard output cannot be written: No space left on device"),
            "{said}"
        );
        assert!(scene.text("h.jsonl").trim_end().ends_with("}}"), "the end mark is there");
        assert!(scene.text("h.jsonl").contains("{\"end\":"));
    }
}

/// A limit on the length of files stands for a full disk: the history ends with a whole line, and the verdict is told.
#[test]
fn a_history_that_has_no_room_takes_no_verdict_away() {
    let scene = Scene::new();
    let verify = format!(
        "ulimit -f 40; exec {PKGSOURCE} verify --plans 5 --no-covering --class SMS_Package --adapter mutant:skips-an-increment --history h.jsonl"
    );
    let ran =
        Command::new("sh").args(["-c", &verify]).current_dir(scene.path(".")).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(VIOLATES), "{said}");
    assert!(said.contains("`h.jsonl` cannot be written any further: "), "{said}");
    let kept = scene.text("h.jsonl");
    assert!(kept.ends_with("}\n") && !kept.contains("{\"end\":"));
    assert_eq!(scene.run(&["judge", "h.jsonl"]).code.filter(|code| *code != USAGE), Some(VIOLATES));
}

#[test]
fn two_runs_do_not_share_a_history() {
    let scene = Scene::new();
    assert_eq!(verify(&scene, "reference", "h.jsonl"), Some(CONFORMS));
    let first = scene.text("h.jsonl");
    assert_eq!(verify(&scene, "reference", "h.jsonl"), Some(USAGE));
    assert_eq!(scene.text("h.jsonl"), first);
}

#[test]
fn headers_that_cannot_be_are_refused() {
    let scene = Scene::new();
    let flow = include_str!("../../../specs/scenarios/documented-update.jsonl");
    let tree = flow.split_once(r#""tree":"#).unwrap().1.split_once(r#","capabilities""#).unwrap().0;
    for (bad, why) in [
        (r#"{"sites":[],"points":[]}"#, "`sites` is empty"),
        (r#"{"sites":[{"site":"PS1","parent":"PS1"}],"points":[]}"#, "has the parent `PS1`"),
        (
            r#"{"sites":[{"site":"PS1"},{"site":"PS2","parent":"PS3"},{"site":"PS3","parent":"PS2"}],"points":[]}"#,
            "not listed before it",
        ),
        (
            r#"{"sites":[{"site":"PS1"},{"site":"PS1","parent":"PS1"}],"points":[]}"#,
            "the site `PS1` is there twice",
        ),
        (
            r#"{"sites":[{"site":"PS1"}],"points":[{"point":"D","site":"PS2"}]}"#,
            "which is no site of the tree",
        ),
    ] {
        scene.file("h.jsonl", &flow.replacen(tree, bad, 1));
        let ran = scene.run(&["judge", "h.jsonl"]);
        assert_eq!(ran.code, Some(USAGE), "{bad}: {}", ran.out);
        assert!(
            ran.err.contains("line 1, column 1: `tree`: ") && ran.err.contains(why),
            "{}",
            ran.err
        );
    }
    for (old, new, why) in [
        (r#""classes":["SMS_Package"]"#, r#""classes":[]"#, "has no class"),
        (
            r#""operations":["create","edit","refresh","assign"]"#,
            r#""operations":[]"#,
            "has no operation",
        ),
    ] {
        scene.file("h.jsonl", &flow.replacen(old, new, 1));
        let ran = scene.run(&["judge", "h.jsonl"]);
        assert_eq!(ran.code, Some(USAGE), "{new}: {}", ran.out);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
}

/// A plan that got no answers taught nothing.
#[test]
fn a_replay_without_answers_is_undecided() {
    let scene = Scene::new();
    fs::create_dir(scene.path("saved")).unwrap();
    let mutant = ["--adapter", "mutant:skips-an-increment"];
    let options =
        ["verify", "--plans", "5", "--no-covering", "--class=SMS_Package", "--saved=saved"];
    assert_eq!(scene.run(&[options.as_slice(), &mutant].concat()).code, Some(VIOLATES));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/strangers.py");
    for (mode, code) in [
        ("honest", CONFORMS),
        ("answers unknown to everything", UNDECIDED),
        ("fails at every read", UNDECIDED),
    ] {
        let replay =
            ["replay", "saved/ver-1-regular.jsonl", "--", "python3", script, mode, "notes"];
        let ran = scene.run(&replay);
        assert_eq!(ran.code, Some(code), "{mode}: {}{}", ran.out, ran.err);
        assert_eq!(
            ran.out.contains("\nno clause is broken\n"),
            code == CONFORMS,
            "{mode}: {}",
            ran.out
        );
    }
}

#[test]
fn the_line_that_repeats_a_counterexample_can_be_pasted() {
    let scene = Scene::new();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/strangers.py");
    let verify = ["verify", "--no-scenarios", "--enumerate", "0", "--plans", "3"];
    let subject = ["--", "python3", script, "injects lines by paths", "it's"];
    let ran = scene.run(&[verify.as_slice(), &subject].concat());
    assert_eq!(ran.code, Some(VIOLATES), "{}", ran.out);
    assert!(ran.out.contains(r"strangers.py 'injects lines by paths' 'it'\''s'"), "{}", ran.out);
}

/// A limit on the length of files is a full disk that needs no rights to make: a write fails in the middle of the file.
#[test]
fn a_file_that_cannot_be_written_whole_is_not_there() {
    let scene = Scene::new();
    assert_eq!(verify(&scene, "reference", "h.jsonl"), Some(CONFORMS));
    let before = scene.names();
    let few =
        ["--plans", "3", "--no-scenarios", "--class", "SMS_Package", "--adapter", "reference"];
    let runs: [(&[&str], i32); 5] = [
        (&["judge", "h.jsonl", "-q", "--report", "html=o"], USAGE),
        (&["judge", "h.jsonl", "-q", "--report", "json=o"], USAGE),
        (&[["verify", "-q", "--save", "o"].as_slice(), &few].concat(), USAGE),
        (&[["verify", "--shard", "1/2", "--save", "o"].as_slice(), &few].concat(), USAGE),
        (
            &[
                "bench",
                "--adapter",
                "reference",
                "--points",
                "1",
                "--shape",
                "unchanged",
                "--samples",
                "2",
                "--save",
                "o",
            ],
            USAGE,
        ),
    ];
    for (arguments, code) in runs {
        let ran = scene.run_limited("-f 1", arguments);
        assert!(ran.err.contains("`o` cannot be written: "), "{arguments:?}: {ran:?}");
        assert_eq!(scene.names(), before, "{arguments:?}: {ran:?}");
        assert!(ran.code == Some(code) || ran.code == Some(UNDECIDED), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_file_of_expectations_that_cannot_be_written_again_is_as_it_was() {
    let scene = Scene::new();
    let reason = "r".repeat(4000);
    let known =
        format!("[[deviation]]\nclause = \"DST-4\"\nclass = \"any\"\nreason = \"{reason}\"\n");
    scene.file("known.toml", &known);
    let bless = [
        "verify",
        "--adapter",
        "mutant:copies-nothing",
        "--plans",
        "0",
        "--enumerate",
        "0",
        "--no-covering",
    ];
    let bless =
        [bless.as_slice(), &["--shrink-seconds", "1", "-q", "--expect", "known.toml", "--bless"]]
            .concat();
    let ran = scene.run_limited("-f 0", &bless);
    let why = "`known.toml` cannot be written: File too large (os error 27); what stood there is as it was";
    assert!(ran.err.contains(why), "{ran:?}");
    assert_eq!(scene.text("known.toml"), known);
    assert!(
        !scene.names().iter().any(|name| name.starts_with(".pkgsource-")),
        "{:?}",
        scene.names()
    );
    let into_a_folder =
        ["verify", "--adapter", "reference", "--expect", "none/known.toml", "--bless"];
    let line = "`none/known.toml` cannot be written: No such file or directory (os error 2)";
    let ran = scene.run(&into_a_folder);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
    assert!(ran.err.contains(line), "{ran:?}");
}

#[test]
fn two_results_for_one_file_are_refused_before_anything_is_run() {
    let scene = Scene::new();
    let verify = ["verify", "--adapter", "reference"];
    for (one, other) in [
        (["--report", "json=x"], ["--history", "x"]),
        (["--report", "json=x"], ["--report", "html=./x"]),
        (["--save", "x"], ["--history", "./x"]),
        (["--save", "x"], ["--report", "text=x"]),
    ] {
        let ran = scene.run(&[verify.as_slice(), &one, &other].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        assert!(
            ran.err.contains("are one file, which can hold one thing; name another"),
            "{ran:?}"
        );
    }
    let bench = ["bench", "--adapter", "reference", "--save", "x", "--html", "x"];
    assert_refused_on(
        &scene,
        &bench,
        "`x` and `x` are one file, which can hold one thing; name another",
    );
    let bless = ["--expect", "x", "--bless", "--save", "x"];
    let ran = scene.run(&[verify.as_slice(), &bless].concat());
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
    assert_eq!(scene.names(), Vec::<String>::new());
}

/// What stands in a file, or is its name, writes no line of its own, and is not told without end.
#[test]
fn a_complaint_is_one_line_of_bounded_length_whatever_it_is_about() {
    let scene = Scene::new();
    scene.file(
        "k.toml",
        "[[deviation]]\nclause = \"x\\n::error::a\"\nclass = \"any\"\nreason = \"r\"\n",
    );
    let long = "k".repeat(900_000);
    scene.file("long.toml", &format!("{long} = 1\n"));
    scene.file("broken.toml", &format!("a = \"{long}\n"));
    scene.file("p.jsonl", &HEAD.replace("PS1", &"P".repeat(1_000_000)));
    scene.file("x\n::error::p.jsonl", "{}");
    std::fs::create_dir(scene.path("saved")).unwrap();
    scene.file("saved/x\n::error::p.jsonl", "{}");
    let reference = ["verify", "--adapter", "reference"];
    for arguments in [
        [reference.as_slice(), &["--expect", "k.toml"]].concat(),
        [reference.as_slice(), &["--expect", "long.toml"]].concat(),
        [reference.as_slice(), &["--expect", "broken.toml"]].concat(),
        [reference.as_slice(), &["--saved", "saved"]].concat(),
        vec!["judge", "none\n::error::x"],
        vec!["judge", "x\n::error::p.jsonl"],
        vec!["replay", "x\n::error::p.jsonl"],
        vec!["replay", "p.jsonl"],
        vec!["merge", "none\n::error::x"],
        vec!["verify", "--report", "json=none/\n::error::x"],
        vec!["verify", "--", "./none\n::error::x"],
    ] {
        let ran = scene.run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        assert!(ran.err.starts_with("pkgsource: ") && ran.err.lines().count() == 1, "{ran:?}");
        assert!(ran.err.len() < 2500, "{arguments:?}: {} bytes", ran.err.len());
    }
}

#[test]
fn a_file_that_is_longer_than_is_read_is_refused_with_the_limit() {
    let scene = Scene::new();
    scene.file("k.toml", &"\n".repeat(1024 * 1024 + 1));
    for (name, length) in [("huge.toml", 1 << 40), ("s.json", 64 * 1024 * 1024 + 1)] {
        File::create(scene.path(name)).unwrap().set_len(length).unwrap();
    }
    let reference = ["--adapter", "reference"];
    for (arguments, limit) in [
        (["verify", "--expect", "k.toml"], 1024 * 1024),
        (["verify", "--expect", "huge.toml"], 1024 * 1024),
        (["verify", "--against", "s.json"], 64 * 1024 * 1024),
        (["bench", "--against", "s.json"], 64 * 1024 * 1024),
    ] {
        let ran = scene.run_limited("-v 600000", &[arguments.as_slice(), &reference].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        let why = format!("it is longer than {limit} bytes, the most that is read");
        assert!(ran.err.contains(&why), "{ran:?}");
    }
}

/// The suite's own disk is no implementation's fault.
#[test]
fn where_the_suite_s_own_disk_is_full_nothing_is_broken() {
    let scene = Scene::new();
    let few =
        ["verify", "--plans", "0", "--enumerate", "0", "--no-covering", "--class", "SMS_Package"];
    for limit in ["-f 1", "-f 40"] {
        let ran = scene.run_limited(limit, &few);
        assert_eq!(ran.code, Some(UNDECIDED), "{limit}: {ran:?}");
        assert!(ran.out.contains("blame: surroundings"), "{limit}: {ran:?}");
        assert!(!ran.out.contains("is broken in"), "{limit}: {ran:?}");
        assert!(!ran.out.contains("blame: adapter"), "{limit}: {ran:?}");
    }
}
