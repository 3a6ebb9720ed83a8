//! A process in a group of its own: started, watched, and in the end gone with everything that it started. It is not
//! known here what is said to it.

use super::super::FaultCause;
use super::bounds::ProcessBounds;
use super::pipes::Pipes;
use super::tail::Tail;
use crate::platform::{Ended, Group};
use std::ffi::OsString;
use std::io::{self, PipeReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long a killed process may take to disappear. It cannot refuse, but the kernel may be busy.
const REAP: Duration = Duration::from_secs(5);

/// How long its last words may take to arrive.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// How long what it started may outlive it.
const OUTLIVES: Duration = Duration::from_millis(300);

/// A running process. Dropping it kills it and everything that it started.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) pipes: Pipes,
    child: Child,
    group: Group,
    status: Status,
    stderr: Tail,
    gone: bool,
}

impl Process {
    /// Starts the process.
    pub(super) fn start(command: &[OsString], bounds: &ProcessBounds) -> Result<Self, FaultCause> {
        let [program, arguments @ ..] = command else {
            return Err(FaultCause::CannotStart("the command is empty".into()));
        };
        let cannot =
            |error: io::Error| FaultCause::CannotStart(format!("`{}`: {error}", program.display()));
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let (mut child, group) = Group::start(&mut command).map_err(cannot)?;
        let watched = watch(&mut child, bounds);
        let (pipes, status, stderr) = watched.map_err(|error| {
            group.end(&mut child);
            group.forget(&mut child);
            cannot(error)
        })?;
        Ok(Self { pipes, child, group, status, stderr, gone: false })
    }

    /// How the process ended, if it does so in time.
    pub(super) fn status_within(&mut self, patience: Duration) -> Option<&str> {
        self.status.within(patience)
    }

    /// The names of the processes that it started and that go on running after it has ended.
    pub(super) fn left_behind(&self) -> Vec<String> {
        self.group.left_behind(OUTLIVES)
    }

    /// Kills everything that it started, and returns the last lines of its standard error. The process itself is
    /// still there as a zombie when its group is killed, so that the group's number cannot belong to anybody else.
    pub(super) fn kill(&mut self) -> Vec<String> {
        if !self.gone {
            self.gone = true;
            self.group.end(&mut self.child);
            if self.status.within(REAP).is_some() {
                self.group.forget(&mut self.child);
            }
        }
        self.stderr.lines(LAST_WORDS)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn watch(child: &mut Child, bounds: &ProcessBounds) -> io::Result<(Pipes, Status, Tail)> {
    let missing = || io::Error::other("a pipe is missing");
    let input = child.stdin.take().ok_or_else(missing)?.into();
    let output = child.stdout.take().ok_or_else(missing)?.into();
    let stderr = Tail::follow(child.stderr.take().ok_or_else(missing)?, bounds.stderr_lines)?;
    let (status, ended) = Status::follow(child.id())?;
    Ok((Pipes::new(input, output, ended, bounds.frame_bytes)?, status, stderr))
}

/// How a process ended, once it has. It waits without reaping: that is [`Process::kill`]'s to do, after the group.
#[derive(Debug)]
struct Status {
    told: Receiver<Ended>,
    known: Option<Ended>,
}

impl Status {
    /// Also returns a pipe that hangs up when the process ends.
    fn follow(process: u32) -> io::Result<(Self, PipeReader)> {
        let (tell, told) = channel();
        let (ended, alive) = io::pipe()?;
        thread::Builder::new().name("adapter status".into()).spawn(move || {
            tell.send(Group::wait(process)).ok();
            drop(alive);
        })?;
        Ok((Self { told, known: None }, ended))
    }

    fn within(&mut self, patience: Duration) -> Option<&str> {
        if self.known.is_none() {
            self.known = self.told.recv_timeout(patience).ok();
        }
        self.known.as_deref()
    }
}
