//! Plans and histories that somebody sent: more than a thousand of each, every one a good one with something changed. None
//! touches anything outside the scratch folder, none takes a second or much memory, and none is a fault of the suite's own.

mod changed;
mod links;

use crate::scene::{beside_each_other, now};
use crate::watch::Watch;
use changed::{Dice, attacks, cycles, extremes, one_name_everywhere, one_number, one_text, thrown};
use pkgsource::plan::generate::{Scope, from_seed};
use pkgsource::plan::{scenarios, write_plan};
use pkgsource::subjects::built_in;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A second of a processor and KiB of addresses, less than 300 MiB, for each file: with more the system kills.
const LIMITS: &str = "ulimit -t 1; ulimit -v 300000; exec \"$@\"";

/// How long a file may take on a busy machine; the limit on the processor is the one that counts.
const LATE: Duration = Duration::from_secs(20);

fn values(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

struct Stand {
    folder: TempDir,
    watch: Watch,
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
        let watched = ["decoy", "tmp/decoy", "here"].map(|name| folder.path().join(name));
        let watch = Watch::over(watched.to_vec());
        Self { folder, watch }
    }

    fn decoy(&self) -> PathBuf {
        self.folder.path().join("decoy")
    }

    fn run(&self, arguments: &[&str], text: &str) -> Option<i32> {
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
                "{:?}\n{}\n{}",
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
        let touched = self.watch.touched();
        assert!(touched.is_empty(), "{touched:?} {}", said());
        output.status.code()
    }
}

/// Runs the files that `make` makes for a stand, two stands beside each other: how many there were, and how many of them
/// were taken for what they are meant to be.
fn run_all(arguments: &[&str], make: impl Fn(&Stand) -> Vec<String> + Sync) -> (usize, usize) {
    let counts = beside_each_other(&[0, 1], 2, |half| {
        let stand = Stand::new();
        let mine: Vec<_> = make(&stand).into_iter().skip(*half).step_by(2).collect();
        let taken = mine.iter().filter(|text| stand.run(arguments, text) != Some(2)).count();
        assert!(stand.watch.has_nothing_new());
        (mine.len(), taken)
    });
    counts.into_iter().fold((0, 0), |(all, taken), (more, of_them)| (all + more, taken + of_them))
}

#[test]
fn a_thousand_plans_of_strangers_touch_nothing_outside() {
    let scope = Scope::of(built_in("folder", 1).unwrap().capabilities());
    let mut good: Vec<_> = scenarios::scenarios(&scope).into_iter().take(12).collect();
    good.extend((1..9).map(|seed| from_seed(seed, &scope)));
    let good: Vec<_> = good.iter().map(|plan| values(&write_plan(plan))).collect();
    let (all, taken) = run_all(&["replay", "--adapter", "folder"], |stand| {
        let (attacks, extremes, mut dice) = (attacks(&stand.decoy()), extremes(), Dice(3));
        let mut files = one_text(&good, &attacks, 16);
        files.extend(one_name_everywhere(&good, &attacks));
        files.extend(one_number(&good, &extremes));
        files.extend(cycles(&good));
        files.extend(
            good.iter().cycle().take(200).map(|file| thrown(file, &mut dice, &attacks, &extremes)),
        );
        files
    });
    assert!(all > 1000 && taken > 50, "{taken} of {all} plans were run at all");
}

#[test]
fn a_thousand_histories_of_strangers_touch_nothing_outside() {
    let stand = Stand::new();
    let history = stand.folder.path().join("good.jsonl");
    let verify = "verify --adapter reference --no-scenarios --enumerate 0 --plans 12 --history";
    let ran = Command::new(env!("CARGO_BIN_EXE_pkgsource"))
        .args(verify.split(' '))
        .arg(&history)
        .output()
        .unwrap();
    assert!(ran.status.code().is_some(), "{ran:?}");
    let whole = values(&fs::read_to_string(history).unwrap());
    // Without the end mark nothing says how much there should be.
    let without_end = &whole[..whole.len() - 1];
    let of_a_plan: Vec<Vec<Value>> = without_end
        .chunk_by(|_, next| next.get("header").is_none())
        .map(<[Value]>::to_vec)
        .collect();
    let (all, taken) = run_all(&["judge"], |stand| {
        let (attacks, extremes, mut dice) = (attacks(&stand.decoy()), extremes(), Dice(5));
        let mut files = one_text(&of_a_plan, &attacks, 6);
        files.extend(one_number(&of_a_plan, &extremes));
        files.extend(cycles(&of_a_plan));
        let good = [&whole[..], without_end];
        files.extend(
            good.iter().cycle().take(200).map(|file| thrown(file, &mut dice, &attacks, &extremes)),
        );
        files
    });
    assert!(all > 1000 && taken > 50, "{taken} of {all} histories were judged at all");
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
    for step in &steps {
        let code = stand.run(&["replay", "--adapter", "folder"], &format!("{head}\n{step}\n"));
        assert_eq!(code, Some(2), "{step}");
    }
    for name in ["../x", "", ".x", "a b", "x\\ny"] {
        let text = format!("{}\n", head.replace(r#""plan":"x""#, &format!(r#""plan":"{name}""#)));
        assert_eq!(stand.run(&["replay", "--adapter", "folder"], &text), Some(2), "{name}");
    }
}
