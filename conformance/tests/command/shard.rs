//! One run in parts: shards that are put together say what one run says, and what is no whole run is refused by name.

use crate::scene::{
    CONFORMS, Scene, UNDECIDED, USAGE, VIOLATES, assert_refused_on, assert_valid, json,
};

const MUTANT: &str = "mutant:skips-an-increment";
const RUN: [&str; 6] = ["verify", "--plans", "40", "--no-scenarios", "--class", "SMS_Package"];

fn shard(scene: &Scene, adapter: &str, part: &str, more: &[&str]) -> String {
    let name = format!("{}.shard", part.replace('/', "-of-"));
    let own = ["--adapter", adapter, "--shard", part, "--save", &name];
    let ran = scene.run(&[RUN.as_slice(), &own, more].concat());
    assert_eq!(ran.code, Some(CONFORMS), "{}{}", ran.out, ran.err);
    assert!(ran.out.starts_with(&format!("shard {part}: ")), "{}", ran.out);
    name
}

fn four(scene: &Scene, adapter: &str) -> Vec<String> {
    (1..=4).map(|which| shard(scene, adapter, &format!("{which}/4"), &[])).collect()
}

#[test]
fn four_shards_say_in_the_same_bytes_what_one_says_and_judge_as_the_plain_run_does() {
    for (adapter, code) in [("reference", CONFORMS), (MUTANT, VIOLATES)] {
        let scene = Scene::new();
        let one = shard(&scene, adapter, "1/1", &[]);
        let mut files = four(&scene, adapter);
        files.reverse();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        for format in ["text", "html"] {
            let form = ["--format", format];
            let merged = scene.run(&[&["merge"], files.as_slice(), &form].concat());
            let whole = scene.run(&[&["merge", one.as_str()], form.as_slice()].concat());
            assert_eq!(merged.code, Some(code), "{}", merged.err);
            assert_eq!(merged, whole, "{adapter} as {format}");
        }
        let merged = scene.run(&[&["merge"], files.as_slice(), &["--format", "json"]].concat());
        let plain = [RUN.as_slice(), &["--adapter", adapter, "--format", "json"]].concat();
        let plain = scene.run(&plain);
        assert_eq!(plain.code, Some(code));
        let (mut merged, mut plain) = (json(&merged), json(&plain));
        for report in [&mut merged, &mut plain] {
            report.as_object_mut().unwrap().remove("counterexamples");
        }
        assert_eq!(merged, plain, "{adapter}");
    }
}

#[test]
fn every_line_of_a_shard_is_one_of_a_history_or_what_its_schema_says() {
    let scene = Scene::new();
    for file in [shard(&scene, "reference", "2/4", &[]), shard(&scene, MUTANT, "1/4", &[])] {
        let text = scene.text(&file);
        let mut kinds = std::collections::BTreeSet::new();
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let kind = value.as_object().unwrap().keys().next().unwrap().clone();
            if !["header", "event", "settled"].contains(&kind.as_str()) {
                assert_valid("shard", &value);
            }
            kinds.insert(kind);
        }
        let whole = ["done", "ended", "event", "header", "plan", "settled", "shard"];
        assert_eq!(kinds, whole.map(str::to_owned).into(), "{file}");
    }
}

#[test]
fn a_merged_run_is_kept_and_compared_as_a_plain_one_is() {
    let scene = Scene::new();
    let files = four(&scene, "reference");
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let plain = [RUN.as_slice(), &["--adapter", "reference", "--save", "plain.json"]].concat();
    assert_eq!(scene.run(&plain).code, Some(CONFORMS));
    let against = ["--against", "plain.json", "--save", "merged.json"];
    let ran = scene.run(&[&["merge"], files.as_slice(), &against].concat());
    assert_eq!(ran.code, Some(CONFORMS), "{}", ran.err);
    let kept = |name: &str| {
        let mut kept: serde_json::Value = serde_json::from_str(&scene.text(name)).unwrap();
        assert_valid("saved", &kept);
        kept.as_object_mut().unwrap().remove("made");
        kept
    };
    assert_eq!(kept("merged.json"), kept("plain.json"));
    assert!(ran.out.contains("nothing differs"), "{}", ran.out);
}

#[test]
fn a_missing_and_a_doubled_shard_are_named() {
    let scene = Scene::new();
    four(&scene, "reference");
    let merge = |files: &[&str], line: &str| {
        assert_refused_on(&scene, &[&["merge"], files].concat(), line);
    };
    merge(
        &["1-of-4.shard", "3-of-4.shard"],
        "shard 2/4, 4/4 are missing; name the file, or run it with --shard",
    );
    merge(
        &["1-of-4.shard", "2-of-4.shard", "3-of-4.shard", "2-of-4.shard", "4-of-4.shard"],
        "shard 2/4 is there twice, in `2-of-4.shard` and in `2-of-4.shard`; leave one out",
    );
}

#[test]
fn a_shard_of_another_run_is_named_with_what_differs() {
    let scene = Scene::new();
    let good = shard(&scene, "reference", "1/2", &[]);
    for (adapter, part, more, member) in [
        ("reference", "2/2", ["--seed", "2"].as_slice(), "`seed` is 2, and in"),
        ("reference", "2/3", &[], "`part` is 2/3, and in"),
        ("reference", "2/2", &["--pin", "Q-VISIBLE=at_return"], "`asked` is {\"at_least\""),
        (MUTANT, "2/2", &[], "`capabilities` is "),
    ] {
        let other = shard(&scene, adapter, part, more);
        let ran = scene.run(&["merge", &good, &other]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
        let begins = format!("pkgsource: `{other}` is a shard of another run: its ");
        assert!(ran.err.starts_with(&begins) && ran.err.contains(member), "{}", ran.err);
        std::fs::remove_file(scene.path(&other)).unwrap();
    }
}

#[test]
fn a_shard_that_was_cut_or_changed_is_named() {
    let scene = Scene::new();
    shard(&scene, "reference", "1/1", &[]);
    let text = scene.text("1-of-1.shard");
    let lines: Vec<&str> = text.lines().collect();
    let but = |without: &[usize]| {
        let kept = lines.iter().enumerate().filter(|(nth, _)| !without.contains(nth));
        kept.map(|(_, line)| [*line, "\n"].concat()).collect::<String>()
    };
    let end = lines.len() - 1;
    let next = lines.iter().rposition(|line| line.starts_with("{\"plan\":{\"nth\"")).unwrap();
    let event = lines.iter().position(|line| line.starts_with("{\"event\"")).unwrap();
    let last: Vec<usize> = (next..end).collect();
    for (text, why) in [
        (but(&[end]), "shard 1/1 in `bad.shard` has no end: it was cut, or its run was killed"),
        (but(&last), "something was taken out or put in"),
        (but(&[event]), "something was taken out or put in"),
        (but(&[0]), "line 1: a shard is written by `verify --shard K/N --save FILE`"),
        (
            text.replacen(r#"{\"plan\":\""#, r#"{\"plan\":\"x"#, 1),
            "something was taken out or put in",
        ),
        (
            text.replacen(r#"{\"settle\":{}}"#, r#"{\"look\":{}}"#, 1),
            "its plans are others than those that its run had",
        ),
        (text.clone() + "{}\n", "something stands after its last line"),
    ] {
        scene.file("bad.shard", &text);
        let ran = scene.run(&["merge", "bad.shard"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{why}: {}", ran.err);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
}

#[test]
fn what_belongs_to_the_whole_run_is_refused_in_a_shard() {
    let scene = Scene::new();
    for (more, names) in [
        (["--history", "h"].as_slice(), "--history"),
        (&["--format", "json"], "--format"),
        (&["--against", "x"], "--against"),
    ] {
        let own = ["--shard", "1/2", "--save", "s"];
        let ran = scene.run(&[RUN.as_slice(), &own, more].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
        assert!(ran.err.contains(names), "{}", ran.err);
    }
    let ran = scene.run(&["verify", "--shard", "5/4", "--save", "s"]);
    assert!(ran.err.contains("`5/4` is no part of a run; write K/N"), "{}", ran.err);
    let ran = scene.run(&["verify", "--shard", "1/4"]);
    assert!(ran.err.contains("--save"), "{}", ran.err);
}

/// The time was over before the first plan of each: what is left is counted, and nothing is concluded.
#[test]
fn shards_that_were_stopped_early_are_put_together_and_say_so() {
    let scene = Scene::new();
    for part in ["1/2", "2/2"] {
        let own = ["--adapter", "reference", "--minutes", "0", "--shard", part, "--save"];
        let ran = scene.run(&[RUN.as_slice(), &own, &[&part.replace('/', "-")]].concat());
        assert_eq!(ran.code, Some(UNDECIDED), "{}{}", ran.out, ran.err);
    }
    let ran = scene.run(&["merge", "1-2", "2-2"]);
    assert_eq!(ran.code, Some(UNDECIDED), "{}", ran.err);
    assert!(ran.out.contains("CUT SHORT after 0 of "), "{}", ran.out);
}

/// How many plans there are is said in the file; how long it takes is what the file holds.
#[test]
fn a_shard_that_speaks_of_more_plans_than_there_are_is_refused_at_once() {
    let scene = Scene::new();
    shard(&scene, "reference", "1/1", &[]);
    let text = scene.text("1-of-1.shard");
    let at = text.find("\"plans\":").unwrap();
    let (before, after) = text.split_at(at + "\"plans\":".len());
    let rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
    for plans in [1_000_000_000_000, u64::MAX / 2, u64::MAX] {
        scene.file("bad.shard", &format!("{before}{plans}{rest}"));
        let ran = scene.run_limited("-t 20", &["merge", "bad.shard"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        assert!(ran.err.contains(&format!("of its {plans} plans it started ")), "{ran:?}");
    }
}

/// The lines of a shard from a plan to what became of it, and the first and the last line.
fn blocks(text: &str) -> (String, Vec<Vec<String>>, String) {
    let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
    let (first, last) = (lines.remove(0), lines.pop().unwrap());
    let blocks = lines.chunk_by(|_, next| !next.starts_with("{\"plan\":{\"nth\""));
    (first, blocks.map(<[String]>::to_vec).collect(), last)
}

#[test]
fn a_history_under_another_plan_than_its_own_is_refused() {
    let scene = Scene::new();
    shard(&scene, "reference", "1/1", &[]);
    let (first, blocks, last) = blocks(&scene.text("1-of-1.shard"));
    let told = |nth: usize| blocks[nth % blocks.len()][1..].concat();
    let rotated: String =
        (0..blocks.len()).map(|nth| blocks[nth][0].clone() + &told(nth + 1)).collect();
    scene.file("rotated.shard", &format!("{first}{rotated}{last}"));
    let renamed = |nth: usize| {
        let named = |text: &str| {
            let (_, rest) = text.split_once("\"plan\":\"").unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let (own, other) = (named(&blocks[nth][1]), named(&blocks[(nth + 1) % blocks.len()][1]));
        blocks[nth][0].clone() + &told(nth + 1).replacen(&other, &own, 1)
    };
    let rotated: String = (0..blocks.len()).map(renamed).collect();
    scene.file("renamed.shard", &format!("{first}{rotated}{last}"));
    for (file, why) in [
        ("rotated.shard", "under plan 1 stands the history of "),
        ("renamed.shard", "the history of plan 1 has "),
    ] {
        let ran = scene.run(&["merge", file]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        assert!(ran.err.contains(why), "{ran:?}");
    }
}

#[test]
fn a_plan_without_its_history_or_with_half_of_it_is_refused() {
    let scene = Scene::new();
    shard(&scene, "reference", "1/1", &[]);
    let (first, blocks, last) = blocks(&scene.text("1-of-1.shard"));
    let shortened = |keep: &dyn Fn(&[String]) -> Vec<String>| {
        let body: String = blocks.iter().flat_map(|block| keep(block)).collect();
        let events = body.lines().filter(|line| line.starts_with("{\"event\"")).count();
        let all = text_after(&last, "\"events\":");
        let last = last.replacen(&format!("\"events\":{all}"), &format!("\"events\":{events}"), 1);
        format!("{first}{body}{last}")
    };
    let ends = |block: &[String]| vec![block[0].clone(), block[block.len() - 1].clone()];
    scene.file("none.shard", &shortened(&ends));
    // The header and the first two events of each.
    let half = |block: &[String]| {
        block.iter().take(4).chain(block.last()).cloned().collect::<Vec<String>>()
    };
    scene.file("half.shard", &shortened(&half));
    for (file, why) in [
        ("none.shard", "plan 1 has no history, and nothing is said of why"),
        ("half.shard", "plan 1 did not come to its end, and nothing is said of why"),
    ] {
        let ran = scene.run(&["merge", file]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        assert!(ran.err.contains(why), "{ran:?}");
    }
}

/// The number after some text.
fn text_after(text: &str, before: &str) -> String {
    let (_, rest) = text.split_once(before).unwrap();
    rest.chars().take_while(char::is_ascii_digit).collect()
}

#[test]
fn what_no_adapter_says_of_itself_is_refused_in_a_shard() {
    let scene = Scene::new();
    shard(&scene, "reference", "1/1", &[]);
    let text = scene.text("1-of-1.shard");
    for (was, is, why) in [
        (
            "\"protocol\":1",
            "\"protocol\":9",
            "`capabilities` speaks protocol 9, and this suite reads 1",
        ),
        (
            "\"parallel_calls\":1",
            "\"parallel_calls\":0",
            "`capabilities` has a `parallel_calls` of 0",
        ),
    ] {
        assert!(text.contains(was), "{was}");
        scene.file("bad.shard", &text.replace(was, is));
        let ran = scene.run(&["merge", "bad.shard"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{ran:?}");
        assert!(ran.err.contains(why), "{ran:?}");
    }
}
