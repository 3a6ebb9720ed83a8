//! The binary in a process of its own, and the ways to kill it.

use std::hint::spin_loop;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// Keeps the tests of this program from running at once: what one does to the processors spoils the other's instants.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The binary, running on a site. Its acknowledgements are awaited by a thread, so that the test can go on.
pub(crate) struct Operator {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Operator {
    /// Starts it; it opens the site first.
    pub(crate) fn start(root: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_pkgsource-site"))
            .arg(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, input, output }
    }

    /// Waits until the site is open.
    pub(crate) fn ready(mut self) -> Self {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        self
    }

    /// Sends a request, turns the loop until the acknowledgement or until `is_time`, which is given the turns made so
    /// far, and kills the process. Returns the turns and whether an acknowledgement came out, at whatever instant.
    pub(crate) fn request_and_kill(
        self,
        request: &str,
        is_time: impl Fn(u64) -> bool,
    ) -> (u64, bool) {
        let Self { mut process, mut input, output } = self;
        let (acknowledged, answer) = await_answer(output);
        input.write_all(format!("{request}\n").as_bytes()).unwrap();
        let mut turns = 0;
        while !is_time(turns) && !acknowledged.load(Ordering::Acquire) {
            spin_loop();
            turns += 1;
        }
        process.kill().unwrap();
        process.wait().unwrap();
        (turns, answer.join().unwrap())
    }
}

/// A thread that reads one answer; it ends when the process does.
pub(crate) fn await_answer(
    mut output: BufReader<ChildStdout>,
) -> (Arc<AtomicBool>, JoinHandle<bool>) {
    let acknowledged = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&acknowledged);
    let answer = thread::spawn(move || {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.is_empty() || line.starts_with("ok "), "answered `{line}`");
        flag.store(!line.is_empty(), Ordering::Release);
        !line.is_empty()
    });
    (acknowledged, answer)
}

/// Starts the binary on a site that has something to recover, and kills it before long. True if it was not ready yet.
pub(crate) fn kill_while_opening(root: &Path, turns: u64) -> bool {
    let mut operator = Operator::start(root);
    (0..turns).for_each(|_| spin_loop());
    operator.process.kill().unwrap();
    operator.process.wait().unwrap();
    let mut line = String::new();
    operator.output.read_line(&mut line).unwrap();
    line.is_empty()
}
