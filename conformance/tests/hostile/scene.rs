//! One misbehaving adapter as a process, what is asked of it, and what it notes and leaves behind.

use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
use pkgsource::adapter::{Adapter, AdapterFault, Opened};
use pkgsource_model::history::{PointEntry, SiteEntry, Tree};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{Body, FilePath, PackageClass, PackageId, PointName, SiteCode};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A bound that a healthy answer keeps on the busiest machine.
const AMPLE: Duration = Duration::from_secs(30);

/// How much later than its bound a fault may be told, on a busy machine.
pub(crate) const LATE: Duration = Duration::from_secs(20);

pub(crate) fn ample() -> ProcessBounds {
    let bounds = ProcessBounds::default();
    ProcessBounds { start: AMPLE, request: AMPLE, refresh: AMPLE, close: AMPLE, ..bounds }
}

/// A folder for one adapter, with the notes that it takes.
pub(crate) struct Scene {
    pub(crate) folder: TempDir,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("notes")
    }

    fn command(&self, behaviour: &str) -> Vec<OsString> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/hostile.py");
        let mut command = python();
        command.extend([script.into(), behaviour.into(), self.notes().into()]);
        command
    }

    pub(crate) fn start(
        &self,
        behaviour: &str,
        bounds: ProcessBounds,
    ) -> Result<ProcessAdapter, AdapterFault> {
        ProcessAdapter::start(&self.command(behaviour), bounds, 7)
    }

    pub(crate) fn open(&self, adapter: &mut ProcessAdapter) -> Result<Opened, AdapterFault> {
        adapter.open("p1", &tree(), self.folder.path())
    }

    /// A whole session, to its end or to the first fault.
    pub(crate) fn session(
        &self,
        behaviour: &str,
        bounds: ProcessBounds,
    ) -> Result<Vec<Reply<Answer>>, AdapterFault> {
        let mut adapter = self.start(behaviour, bounds)?;
        self.open(&mut adapter)?;
        let mut replies = Vec::new();
        for operation in operations() {
            replies.push(adapter.perform(&operation)?);
        }
        adapter.close()?;
        adapter.close()?;
        adapter.finish()?;
        Ok(replies)
    }

    /// What was noted after this word.
    pub(crate) fn noted(&self, word: &str) -> Vec<String> {
        let notes = fs::read_to_string(self.notes()).unwrap_or_default();
        let after = notes.lines().filter_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
        after.map(str::to_owned).collect()
    }

    pub(crate) fn assert_nobody_is_left(&self, behaviour: &str) {
        for pid in self.noted("pid") {
            let until = now() + LATE;
            while is_running(&pid) {
                assert!(now() < until, "`{behaviour}` left process {pid} behind");
                pause();
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "these tests are about bounds on real processes")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The interpreter itself, without what a launcher in the search path or packages of a site would add to every start.
pub(crate) fn python() -> Vec<OsString> {
    static FOUND: OnceLock<OsString> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let ask = ["-c", "import sys; print(sys.executable)"];
        let said = Command::new("python3").args(ask).output().unwrap();
        String::from_utf8(said.stdout).unwrap().trim_end().into()
    });
    vec![found.clone(), "-I".into(), "-S".into()]
}

/// As many at once as keep a few processors busy while others wait; the answers in the order of the questions.
pub(crate) fn beside_each_other<Q: Sync, A: Send>(
    questions: &[Q],
    at_once: usize,
    answer: impl Fn(&Q) -> A + Sync,
) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let answers: Vec<_> = questions.iter().map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let Some(question) = questions.get(nth) else { break };
                    *answers[nth].lock().unwrap() = Some(answer(question));
                }
            });
        }
    });
    answers.into_iter().map(|answer| answer.into_inner().unwrap().unwrap()).collect()
}

/// Between two looks at what other processes do.
pub(crate) fn pause() {
    thread::sleep(Duration::from_millis(1));
}

/// A zombie is not running: it only waits for whoever adopted it.
pub(crate) fn is_running(pid: &str) -> bool {
    let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else {
        let pid = rustix::process::Pid::from_raw(pid.parse().unwrap()).unwrap();
        return rustix::process::test_kill_process(pid).is_ok();
    };
    let state = stat.rsplit(") ").next().and_then(|rest| rest.chars().next());
    !matches!(state, Some('Z' | 'X'))
}

fn tree() -> Tree {
    let site = SiteCode::new("PS1").unwrap();
    Tree {
        sites: vec![SiteEntry { site: site.clone(), parent: None }],
        points: vec![PointEntry { point: point(), site }],
    }
}

fn package(name: &str) -> PackageId {
    PackageId::new(name).unwrap()
}

fn point() -> PointName {
    PointName::new("DP1").unwrap()
}

pub(crate) fn refresh(name: &str) -> Operation<Body> {
    Operation::Refresh { package: package(name), context: None, at: None, class: None }
}

fn content() -> Operation<Body> {
    Operation::Content { package: package("PKG1"), point: point(), after: None }
}

/// More than a pipe holds.
pub(crate) fn add_a_megabyte() -> Operation<Body> {
    Operation::AddContent {
        package: package("PKG1"),
        path: FilePath::new("added/a.bin").unwrap(),
        file: Body::Fill { seed: 1, size: 1_000_000 },
        refresh_points: false,
    }
}

pub(crate) fn operations() -> [Operation<Body>; 6] {
    let id = package("PKG1");
    [
        Operation::Create {
            package: id.clone(),
            class: PackageClass::Package,
            source: None,
            source_flag: None,
        },
        Operation::Assign { package: id.clone(), point: point() },
        refresh("PKG1"),
        add_a_megabyte(),
        Operation::Package { package: id },
        content(),
    ]
}
