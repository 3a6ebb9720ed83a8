//! Adapters of an honest implementation that misbehave, run through the command as a user runs it. Each costs its exit
//! code, one line that blames the right one, bounded time and memory, and leaves neither a process nor a file.
//! The programs are in `strangers.py`, by the names that the tests use.

mod answers;
mod ends;
mod files;
mod instances;
mod signals;
mod talk;

use crate::scene::{beside_each_other, is_running, python};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Seconds of a processor, and KiB of addresses, that the suite and each process of an adapter may use. More than this,
/// and the system ends them with a signal, which is no exit code.
const LIMITS: &str = "ulimit -t 60; ulimit -v 3000000; exec \"$@\"";

/// How a run of the command on a stranger ended.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Folders of its own for one stranger: for temporary files, for its notes, and one with a file that nobody may touch.
pub(crate) struct Stranger {
    folder: TempDir,
    mode: &'static str,
    options: Vec<String>,
}

impl Stranger {
    pub(crate) fn new(mode: &'static str) -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["tmp", "here", "mine", "mine/sub"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("mine/f"), "precious").unwrap();
        fs::write(folder.path().join("mine/sub/g"), "precious, too").unwrap();
        Self { folder, mode, options: Vec::new() }
    }

    /// Adds options of the command.
    pub(crate) fn with(mut self, options: &str) -> Self {
        self.options.extend(options.split_whitespace().map(str::to_owned));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, verb: &str, argument: &Path) -> Command {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/strangers.py");
        let mut command = Command::new("sh");
        command.args(["-c", LIMITS, "sh", env!("CARGO_BIN_EXE_pkgsource"), verb]);
        if verb == "verify" {
            command.args(["--no-scenarios", "--enumerate", "0", "--saved", "../saved"]);
            if !self.options.iter().any(|option| option == "--plans") {
                command.args(["--plans", "3"]);
            }
        }
        // Ample on the busiest machine; who tests a bound sets it.
        for (bound, ms) in
            [("--start-ms", "60000"), ("--request-ms", "20000"), ("--refresh-ms", "20000")]
        {
            if !self.options.iter().any(|option| option == bound) {
                command.args([bound, ms]);
            }
        }
        command.args(&self.options).arg("--").args(python()).args([script, self.mode]);
        command.arg(self.path("notes")).arg(argument);
        command.current_dir(self.path("here")).env("TMPDIR", self.path("tmp")).stdin(Stdio::null());
        command
    }

    /// Runs a verb, and makes sure that nothing is left and nothing outside was touched.
    pub(crate) fn run_at(&self, verb: &str, argument: &Path) -> Ran {
        let output = self.command(verb, argument).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran =
            Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(matches!(ran.code, Some(0..=3)), "`{}`: {:?} {}", self.mode, ran.code, ran.err);
        self.assert_nothing_is_left(&ran);
        ran
    }

    /// Runs `verify`, with its history beside the folders.
    pub(crate) fn run_keeping_history(&self) -> Ran {
        let ran = self.run();
        let length = fs::metadata(self.path("h.jsonl")).unwrap().len();
        assert!(length < 100_000_000, "`{}` left a history of {length} bytes", self.mode);
        ran
    }

    pub(crate) fn run(&self) -> Ran {
        self.run_at("verify", &self.path("mine"))
    }

    pub(crate) fn assert_nothing_is_left(&self, ran: &Ran) {
        let mode = self.mode;
        let said = || format!("`{mode}`: {:?}\n{}{}", ran.code, ran.out, ran.err);
        assert_eq!(fs::read_to_string(self.path("mine/f")).unwrap(), "precious", "{}", said());
        assert_eq!(
            fs::read_to_string(self.path("mine/sub/g")).unwrap(),
            "precious, too",
            "{}",
            said()
        );
        for (folder, count) in [("mine", 2), ("mine/sub", 1), ("here", 0), ("tmp", 0)] {
            let names: Vec<_> = fs::read_dir(self.path(folder)).unwrap().flatten().collect();
            assert_eq!(names.len(), count, "{folder} holds {names:?} after {}", said());
        }
        let notes = fs::read_to_string(self.path("notes")).unwrap_or_default();
        for pid in notes.lines().filter_map(|line| line.strip_prefix("pid ")) {
            assert!(!is_running(pid), "process {pid} runs on after {}", said());
        }
        assert!(!ran.out.contains("\npkgsource: conforms"), "{}", said());
        let hidden = |c: char| {
            c != '\n' && (c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{feff}'))
        };
        assert!(
            !ran.out.contains(hidden) && !ran.err.contains(hidden),
            "{:?} {:?}",
            ran.out,
            ran.err
        );
    }
}

impl Ran {
    /// The exit code, the word of the report, and every line of blame.
    fn told(&self, folder: &Path) -> String {
        let first = self.out.lines().next().unwrap_or("");
        let words = ["conforms", "violates", "undecided"];
        let word = first.split(": ").find(|part| words.contains(part)).unwrap_or("");
        let blame = self.out.lines().map(str::trim).filter(|line| {
            let begins = ["blame: ", "incomplete: ", "undecided: ", "below ", "seen once"];
            begins.iter().any(|beginning| line.starts_with(beginning))
                || line.contains(" plans were not run")
                || line.contains("is broken in")
        });
        let lines: Vec<String> = blame
            .chain(self.err.lines().filter(|line| !is_progress(line)))
            .map(|line| steady(line, folder))
            .collect();
        let code = self.code.map_or("a signal".to_owned(), |code| code.to_string());
        format!("{code} {}\n    {}", word.trim(), lines.join("\n    ")).trim_end().to_owned()
    }
}

/// True of the line that a run prints while it takes long, on a busy machine.
fn is_progress(line: &str) -> bool {
    line.starts_with("pkgsource: ") && line.contains(" plans run")
}

/// A line without what differs from run to run: names of temporary folders, and how often.
fn steady(line: &str, folder: &Path) -> String {
    let mut text = line.replace(&folder.to_string_lossy().into_owned(), "DIR");
    while let Some(at) = text.find("pkgsource-").filter(|at| text.len() >= at + 16) {
        text.replace_range(at..at + 16, "SCRATCH");
    }
    if let Some(at) = text.rfind(" (").filter(|_| text.ends_with(" times)")) {
        text.truncate(at);
        text.push_str(" (repeatedly)");
    }
    match text.char_indices().nth(240) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// How many strangers run at once: most of the time they wait.
const AT_ONCE: usize = 5;

/// What each mode costs.
pub(crate) fn costs(modes: &[&'static str]) -> String {
    costs_with("", modes)
}

pub(crate) fn costs_with(options: &str, modes: &[&'static str]) -> String {
    let cost = |mode: &&'static str| {
        let stranger = Stranger::new(mode).with(options);
        let ran = stranger.run();
        let folder = stranger.folder.path().canonicalize().unwrap();
        format!("{mode}: {}", ran.told(&folder))
    };
    beside_each_other(modes, AT_ONCE, cost).join("\n")
}
