//! Plans and histories that somebody sent: a thousand of them, each a good one with something changed. None touches
//! anything outside the scratch folder, none takes long or much memory, and none is a fault of the suite's own.

use crate::scene::now;
use pkgsource::plan::generate::{Scope, from_seed};
use pkgsource::plan::{scenarios, write_plan};
use pkgsource::subjects::built_in;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Seconds of a processor and KiB of addresses for each file.
const LIMITS: &str = "ulimit -t 2; ulimit -v 300000; exec \"$@\"";

/// How long a file may take on a busy machine; the limit on the processor is the one that counts.
const LATE: Duration = Duration::from_secs(20);

/// Chooses, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// What a name, a path or a text may be exchanged for. `decoy` is where nobody may go.
fn attacks(decoy: &Path) -> Vec<Value> {
    let decoy = decoy.to_str().unwrap();
    let mut texts: Vec<String> = [
        "",
        ".",
        "..",
        "../decoy",
        "../../decoy",
        "../../../decoy",
        "../../../../decoy",
        "S1/../../../decoy",
        "w/../x",
        "/",
        "/etc/passwd",
        "//",
        "~",
        "$HOME",
        "%2e%2e/decoy",
        "..\\decoy",
        "C:\\",
        "nul",
        "con",
        "a\0b",
        "a\nb",
        "a\u{202e}b",
        "\u{feff}S1",
        ".lost-S1",
        ".hidden",
        "-rf",
        "S1/",
        "S1//a",
        "a/./b",
        "plan-1",
        "sources",
        "site",
        "site.redb",
        "…",
        "é",
        "e\u{301}",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend([
        decoy.to_owned(),
        format!("{decoy}/f"),
        format!("../../../../../../../..{decoy}"),
    ]);
    texts.extend([
        "x".repeat(255),
        "x".repeat(256),
        "x".repeat(5000),
        "../".repeat(300),
        "a/".repeat(600),
    ]);
    texts.into_iter().map(Value::String).collect()
}

fn extremes() -> Vec<Value> {
    vec![
        json!(0),
        json!(1),
        json!(-1),
        json!(65_536),
        json!(i32::MAX),
        json!(u32::MAX),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(3_000_000_000_u64),
        json!(1_000_000_000_000_u64),
        json!(18_446_744_073_709_551_608_u64),
        json!(1e300),
        json!(0.5),
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!("1"),
    ]
}

/// Every place in a value, by the way to it.
fn places(value: &Value, way: &str, list: &mut Vec<String>) {
    list.push(way.to_owned());
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                places(
                    inner,
                    &format!("{way}/{}", name.replace('~', "~0").replace('/', "~1")),
                    list,
                );
            }
        }
        Value::Array(items) => {
            for (nth, inner) in items.iter().enumerate() {
                places(inner, &format!("{way}/{nth}"), list);
            }
        }
        _ => {}
    }
}

/// Changes a file of lines in one to three places.
fn changed(good: &[Value], dice: &mut Dice, attacks: &[Value], extremes: &[Value]) -> String {
    let mut lines = good.to_vec();
    for _ in 0..=dice.roll(3) {
        let nth = dice.roll(lines.len());
        match dice.roll(12) {
            0 => lines.insert(nth, lines[dice.roll(lines.len())].clone()),
            1 if lines.len() > 1 => {
                lines.remove(nth);
            }
            2 => {
                let other = dice.roll(lines.len());
                lines.swap(nth, other);
            }
            3 => cycle(&mut lines, dice),
            _ => {
                let mut ways = Vec::new();
                places(&lines[nth], "", &mut ways);
                let way = &ways[dice.roll(ways.len())];
                let Some(place) = lines[nth].pointer_mut(way) else { continue };
                let choices = if place.is_number() { extremes } else { attacks };
                let choices = if dice.roll(8) == 0 { extremes } else { choices };
                *place = choices[dice.roll(choices.len())].clone();
            }
        }
    }
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let mut text = lines.join("\n") + "\n";
    match dice.roll(20) {
        0 => text.truncate(text.floor_char_boundary(dice.roll(text.len()))),
        1 => text.insert_str(0, &"[".repeat(100_000)),
        2 => text.push_str(&" ".repeat(2_000_000)),
        _ => {}
    }
    text
}

/// Sites that are each other's parents, or their own, or there twice.
fn cycle(lines: &mut [Value], dice: &mut Dice) {
    let trees = [
        json!({"sites": [{"site": "PS1", "parent": "PS1"}], "points": []}),
        json!({"sites": [{"site": "PS1", "parent": "PS2"}, {"site": "PS2", "parent": "PS1"}], "points": []}),
        json!({"sites": [{"site": "PS1"}, {"site": "PS1"}], "points": []}),
        json!({"sites": [], "points": []}),
        json!({"sites": [{"site": "PS1"}], "points": [{"point": "DP1", "site": "PS9"}]}),
        json!({"sites": [{"site": "PS1"}], "points": [{"point": "DP1", "site": "PS1"}, {"point": "DP1", "site": "PS1"}]}),
    ];
    let tree = trees[dice.roll(trees.len())].clone();
    if let Some(place) = lines[0].get_mut("tree") {
        *place = tree;
    } else if let Some(place) = lines[0].pointer_mut("/header/tree") {
        *place = tree;
    }
}

fn values(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every file below a folder, with what it holds and when anything about it was changed last.
fn watched(folder: &Path) -> BTreeMap<PathBuf, (i64, i64, u64)> {
    let mut seen = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let data = fs::symlink_metadata(&folder).unwrap();
        seen.insert(folder.clone(), (data.ctime(), data.ctime_nsec(), data.ino()));
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let data = fs::symlink_metadata(&path).unwrap();
            seen.insert(path.clone(), (data.ctime(), data.ctime_nsec(), data.ino()));
            if data.is_dir() {
                folders.push(path);
            }
        }
    }
    seen
}

struct Stand {
    folder: TempDir,
    before: BTreeMap<PathBuf, (i64, i64, u64)>,
}

impl Stand {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["tmp", "here", "decoy/S1/sub", "tmp/decoy/x", "decoy/.lost-S1"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        for name in ["decoy/f", "decoy/S1/a.txt", "tmp/decoy/f", "decoy/site.redb", "here/f"] {
            fs::write(folder.path().join(name), "precious").unwrap();
        }
        let before = ["decoy", "tmp/decoy", "here"]
            .iter()
            .flat_map(|name| watched(&folder.path().join(name)))
            .collect();
        Self { folder, before }
    }

    fn decoy(&self) -> PathBuf {
        self.folder.path().join("decoy")
    }

    fn run(&self, nth: usize, arguments: &[&str], text: &str) -> Option<i32> {
        let file = self.folder.path().join("sent.jsonl");
        fs::write(&file, text).unwrap();
        let started = now();
        let output = Command::new("sh")
            .args(["-c", LIMITS, "sh", env!("CARGO_BIN_EXE_pkgsource")])
            .args(arguments)
            .arg(&file)
            .current_dir(self.folder.path().join("here"))
            .env("TMPDIR", self.folder.path().join("tmp"))
            // Addresses are what is limited, and each arena reserves many.
            .env("MALLOC_ARENA_MAX", "1")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = || {
            format!(
                "{nth}: {:?}\n{}\n{}",
                output.status,
                String::from_utf8_lossy(&output.stderr),
                &text[..text.floor_char_boundary(2000)]
            )
        };
        assert!(matches!(output.status.code(), Some(0..=3)), "{}", said());
        assert!(started.elapsed() < LATE, "{}", said());
        let names: Vec<_> =
            fs::read_dir(self.folder.path().join("tmp")).unwrap().flatten().collect();
        assert_eq!(names.len(), 1, "{names:?} {}", said());
        let after: BTreeMap<_, _> = ["decoy", "tmp/decoy", "here"]
            .iter()
            .flat_map(|name| watched(&self.folder.path().join(name)))
            .collect();
        assert!(after == self.before, "the decoy was touched: {}", said());
        output.status.code()
    }
}

#[test]
fn six_hundred_plans_of_strangers_touch_nothing_outside() {
    let scope = Scope::of(built_in("folder", 1).unwrap().capabilities());
    let mut good: Vec<_> = scenarios::scenarios(&scope).into_iter().take(12).collect();
    good.extend((1..9).map(|seed| from_seed(seed, &scope)));
    let good: Vec<_> = good.iter().map(|plan| values(&write_plan(plan))).collect();
    let stand = Stand::new();
    let (attacks, extremes, mut dice) = (attacks(&stand.decoy()), extremes(), Dice(3));
    let mut ran = 0;
    for nth in 0..600 {
        let text = changed(&good[nth % good.len()], &mut dice, &attacks, &extremes);
        ran += u32::from(stand.run(nth, &["replay", "--adapter", "folder"], &text) != Some(2));
    }
    assert!(ran > 20, "only {ran} plans were run at all");
}

#[test]
fn four_hundred_histories_of_strangers_touch_nothing_outside() {
    let stand = Stand::new();
    let history = stand.folder.path().join("good.jsonl");
    let verify = [
        "verify",
        "--adapter",
        "reference",
        "--no-scenarios",
        "--enumerate",
        "0",
        "--plans",
        "12",
        "--history",
    ];
    let ran =
        Command::new(env!("CARGO_BIN_EXE_pkgsource")).args(verify).arg(&history).output().unwrap();
    assert!(ran.status.code().is_some(), "{ran:?}");
    let good = values(&fs::read_to_string(history).unwrap());
    let (attacks, extremes, mut dice) = (attacks(&stand.decoy()), extremes(), Dice(5));
    // Without its end mark nothing says how much there should be.
    let without_end = &good[..good.len() - 1];
    let mut judged = 0;
    for nth in 0..400 {
        let good = if nth % 3 == 0 { &good[..] } else { without_end };
        let text = changed(good, &mut dice, &attacks, &extremes);
        judged += u32::from(stand.run(nth, &["judge"], &text) != Some(2));
    }
    assert!(judged > 20, "only {judged} histories were judged at all");
}

/// By hand: what was found by trying.
#[test]
fn small_files_that_once_did_harm_are_refused() {
    let stand = Stand::new();
    let head =
        r#"{"plan":"x","tree":{"sites":[{"site":"PS1"}],"points":[{"point":"DP1","site":"PS1"}]}}"#;
    let edit =
        |change: &str| format!(r#"{{"do":{{"op":"edit","source":"S1","changes":[{change}]}}}}"#);
    let write = |path: &str| format!(r#"{{"write":{{"path":"{path}","file":{{"text":"x"}}}}}}"#);
    let heal = |target: &str| {
        ["fault", "heal"]
            .map(|op| {
                format!(r#"{{"do":{{"op":"{op}","kind":"source_absent","target":"{target}"}}}}"#)
            })
            .join("\n")
    };
    let decoy = stand.decoy();
    let steps = [
        heal("w/../../../decoy"),
        heal(decoy.to_str().unwrap()),
        heal(".."),
        edit(r#"{"write":{"path":"a","file":{"fill":{"seed":1,"size":18446744073709551615}}}}"#),
        edit(r#"{"write":{"path":"a","file":{"fill":{"seed":1,"size":9223372036854775807}}}}"#),
        edit(r#"{"write":{"path":"a","file":{"fill":{"seed":1,"size":3000000000}}}}"#),
        edit(&[write("a"), write("a/b")].join(",")),
        edit(&[write("a/b"), write("a")].join(",")),
        edit(r#"{"write":{"path":"a/b","file":{"text":"x"}}},{"rename":{"from":"a","to":"c"}}"#),
        r#"{"do":{"op":"clock","advance_ms":18446744073709551615}}"#.to_owned(),
        r#"{"do":{"op":"fault","kind":"link_down","target":"DP-1"}}"#.to_owned(),
    ];
    for (nth, step) in steps.iter().enumerate() {
        let code = stand.run(nth, &["replay", "--adapter", "folder"], &format!("{head}\n{step}\n"));
        assert_eq!(code, Some(2), "{step}");
    }
    for name in ["../x", "", ".x", "a b", "x\\ny"] {
        let text = format!("{}\n", head.replace(r#""plan":"x""#, &format!(r#""plan":"{name}""#)));
        assert_eq!(stand.run(0, &["replay", "--adapter", "folder"], &text), Some(2), "{name}");
    }
}
