//! The command in a folder of its own, how a run ended, and what a refusal is.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub(crate) const PKGSOURCE: &str = env!("CARGO_BIN_EXE_pkgsource");

/// The exit codes that the documentation names.
pub(crate) const CONFORMS: i32 = 0;
pub(crate) const VIOLATES: i32 = 1;
pub(crate) const USAGE: i32 = 2;
pub(crate) const UNDECIDED: i32 = 3;

/// What the system says of a file that is not there.
pub(crate) const MISSING: &str = "No such file or directory (os error 2)";
/// A plan without steps.
pub(crate) const HEAD: &str = r#"{"plan":"p","tree":{"sites":[{"site":"PS1"}],"points":[]}}"#;

/// A folder to work in, empty at first.
pub(crate) struct Scene {
    folder: TempDir,
}

/// How one run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder for temporary files") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a new file in a new folder");
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file that a test or the command wrote")
    }

    /// Every file and folder by name.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("the folder");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.map(|entry| entry.file_name());
        let names = entries.map(|entry| name(entry).expect("an entry"));
        let mut names: Vec<String> =
            names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_by(Command::new(PKGSOURCE), arguments)
    }

    /// Runs the command under a limit of the shell: `-f 1` for files of half a KiB, `-t 9` for seconds of a processor.
    pub(crate) fn run_limited(&self, limit: &str, arguments: &[&str]) -> Ran {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit {limit}; exec \"$@\""), "sh", PKGSOURCE]);
        self.run_by(shell, arguments)
    }

    fn run_by(&self, mut command: Command, arguments: &[&str]) -> Ran {
        let output = command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("COLUMNS")
            .stdin(Stdio::null())
            .output()
            .expect("the command was built beside this test");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: without_progress(&String::from_utf8(output.stderr).expect("text")),
        }
    }
}

/// How far a run is, which is told every ten seconds, depends on the clock, and is nothing that a test is about.
fn without_progress(text: &str) -> String {
    let is_progress = |line: &&str| line.starts_with("pkgsource: ") && line.contains(" plans run");
    text.split_inclusive('\n').filter(|line| !is_progress(line)).collect()
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    Scene::new().run(arguments)
}

pub(crate) fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// A value is what the published schema of this name says.
#[track_caller]
pub(crate) fn assert_valid(schema: &str, value: &Value) {
    let path = format!("{}/../specs/schema/{schema}.json", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::from_str(&fs::read_to_string(path).expect("a schema")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let wrong: Vec<String> = schema.iter_errors(value).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{value}");
}

/// The command refuses in exactly this line, prints no result, and leaves the folder as it was.
#[track_caller]
pub(crate) fn assert_refused_on(scene: &Scene, arguments: &[&str], line: &str) {
    let before = scene.names();
    let ran = scene.run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
    assert_eq!(ran.err, format!("pkgsource: {line}\n"));
    assert_eq!(scene.names(), before);
}

/// The command refuses in one line that begins so and contains each of these.
#[track_caller]
pub(crate) fn assert_refused(arguments: &[&str], begins: &str, contains: &[&str]) {
    let scene = Scene::new();
    let ran = scene.run(arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(USAGE), ""), "{}", ran.err);
    assert!(ran.err.starts_with(&format!("pkgsource: {begins}")), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(contains.iter().all(|part| ran.err.contains(part)), "{}", ran.err);
    assert_eq!(scene.names(), Vec::<String>::new());
}
