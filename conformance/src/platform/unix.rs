//! Linux and other Unix systems. On Linux the suite adopts whatever an adapter's descendants leave behind (a
//! subreaper), so that a process with a session of its own is found and ended, too; elsewhere only the adapter's
//! process group is.

use super::{Interrupt, Interrupted};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::{Errno, ioctl_fionbio};
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, WaitIdStatus, kill_process, kill_process_group, waitid,
};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, PipeReader, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

// ---- Signals

static SIGNAL: OnceLock<Arc<AtomicUsize>> = OnceLock::new();
static NOTICED: OnceLock<Instant> = OnceLock::new();

/// How soon after the first signal another one is the same: what stops a command often signals it, and then its group.
const SAME_SIGNAL: Duration = Duration::from_millis(500);

/// From here on the first SIGINT, SIGTERM or SIGHUP is noted for [`interrupted`], and a later one ends this process at
/// once. A SIGHUP that whoever started the process had ignored (`nohup`) stays ignored. Also makes this process the
/// one that adopts orphans, where there is such a thing.
///
/// # Errors
/// A handler cannot be installed.
pub(crate) fn watch_signals() -> io::Result<()> {
    let signal = Arc::clone(SIGNAL.get_or_init(Arc::default));
    let (came, tell) = io::pipe()?;
    for number in [SIGINT, SIGTERM, SIGHUP] {
        if number == SIGHUP && is_ignored(number) {
            continue;
        }
        let place = usize::try_from(number).map_err(io::Error::other)?;
        signal_hook::flag::register_usize(number, Arc::clone(&signal), place)?;
        signal_hook::low_level::pipe::register(number, tell.try_clone()?)?;
    }
    thread::Builder::new().name("signals".into()).spawn(move || end_at_a_later(came, &signal))?;
    adopt_orphans();
    Ok(())
}

/// Ends this process at the first signal that is not the same as the first of all.
fn end_at_a_later(mut came: PipeReader, signal: &AtomicUsize) {
    let mut first = None;
    while came.read_exact(&mut [0]).is_ok() {
        if first.get_or_insert_with(now).elapsed() > SAME_SIGNAL {
            let number = i32::try_from(signal.load(Ordering::SeqCst)).unwrap_or_default();
            signal_hook::low_level::exit(128 + number);
        }
    }
}

/// From here on a limit on the length of files is an error of the write, like a full disk, and no reason to die.
///
/// # Errors
/// A handler cannot be installed.
pub(crate) fn survive_limits() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(drop)
}

/// The signal that asked the run to end, if one came.
#[expect(clippy::disallowed_methods, reason = "bounds how long an end may take")]
pub(crate) fn interrupted() -> Option<Interrupted> {
    let number = SIGNAL.get()?.load(Ordering::SeqCst);
    let by = match i32::try_from(number).ok()? {
        SIGHUP => Interrupt::Hangup,
        SIGINT => Interrupt::CtrlC,
        SIGTERM => Interrupt::Terminate,
        _ => return None,
    };
    Some(Interrupted { by, at: *NOTICED.get_or_init(Instant::now) })
}

/// True where the process was started with this signal ignored; where that cannot be learned, false.
fn is_ignored(number: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (number - 1) & 1 == 1
}

// ---- Processes

static ADOPTS: AtomicBool = AtomicBool::new(false);
static CHILDREN: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// How long a killed group may take to disappear. It cannot refuse, but the kernel may be busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes this process the parent of what its descendants leave behind.
fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    {
        let own = rustix::process::getpid();
        ADOPTS.store(rustix::process::set_child_subreaper(Some(own)).is_ok(), Ordering::SeqCst);
    }
}

/// A process in a group of its own, and everything that it started.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Pid,
    /// What its environment says, and that of everything that it started: whose an orphan is, where there are several.
    mark: String,
}

/// The variable that tells the adapters of this process apart.
const INSTANCE: &str = "PKGSOURCE_INSTANCE";

/// How many processes were started.
static STARTED: AtomicUsize = AtomicUsize::new(0);

/// How a process ended, in words.
pub(crate) type Ended = String;

impl Group {
    /// Starts a command in a group of its own.
    pub(crate) fn start(command: &mut Command) -> io::Result<(Child, Self)> {
        let mut own = CHILDREN.lock().unwrap_or_else(PoisonError::into_inner);
        let number = STARTED.fetch_add(1, Ordering::Relaxed) + 1;
        let child = command.process_group(0).env(INSTANCE, number.to_string()).spawn()?;
        let leader = Pid::from_child(&child);
        own.insert(leader.as_raw_pid());
        Ok((child, Self { leader, mark: format!("{INSTANCE}={number}") }))
    }

    /// Waits until the process has ended, without taking its status away: until [`Group::end`] nobody else can get its
    /// number.
    pub(crate) fn wait(leader: u32) -> Ended {
        let Some(leader) = i32::try_from(leader).ok().and_then(positive) else {
            return "status unknown".into();
        };
        let waited = loop {
            match waitid(WaitId::Pid(leader), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT) {
                Err(Errno::INTR) => {}
                waited => break waited.ok().flatten(),
            }
        };
        waited.map_or_else(|| "status unknown".into(), in_words)
    }

    /// The names of what is left of it beside the process itself: its group, and whatever was adopted. Waits a little
    /// for them to go by themselves.
    pub(crate) fn left_behind(&self, patience: Duration) -> Vec<String> {
        let until = now() + patience;
        loop {
            // Where there are others, those that have ended may be theirs.
            let is_alone = CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).len() == 1;
            let mut ended = reap_orphans();
            let left: Vec<Row> =
                self.alive().into_iter().filter(|row| row.id != self.leader).collect();
            // Whoever ended while the table was read may have started another that was not in it yet.
            ended.extend(reap_orphans());
            let ended = Some(ended).filter(|_| is_alone).unwrap_or_default();
            if (left.is_empty() && ended.is_empty()) || now() > until {
                // Where each starts the next and ends, those that have just ended are all that is ever seen.
                let names = left.into_iter().map(|row| row.name);
                return names.chain(ended).collect();
            }
            // Whoever is not our child tells nobody when it ends: it has to be looked for.
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Kills the process, its group, its descendants and whatever was adopted, and does not come back before they are
    /// gone, unless the kernel keeps them for seconds.
    pub(crate) fn end(&self, child: &mut Child) {
        if kill_process_group(self.leader, Signal::KILL).is_err() {
            child.kill().ok();
        }
        let until = now() + PATIENCE;
        loop {
            let left = self.alive();
            for row in &left {
                kill_process(row.id, Signal::KILL).ok();
            }
            let ended = reap_orphans();
            if (left.is_empty() && ended.is_empty()) || now() > until {
                break;
            }
            if left.is_empty() {
                // Whoever ended may have started another a moment before: the sooner it is looked for, the better.
                continue;
            }
            // As above; it was killed, and goes within a moment.
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Gives the process's number back. It must have ended.
    pub(crate) fn forget(&self, child: &mut Child) {
        child.wait().ok();
        let mut own = CHILDREN.lock().unwrap_or_else(PoisonError::into_inner);
        own.remove(&self.leader.as_raw_pid());
        drop(own);
        reap_orphans();
    }

    /// True where the process has the mark in its environment, unless it took that off.
    fn has_marked(&self, process: Pid) -> bool {
        let environment = std::fs::read(format!("/proc/{}/environ", process.as_raw_pid()));
        let mark = self.mark.as_bytes();
        environment.is_ok_and(|all| all.split(|&byte| byte == 0).any(|entry| entry == mark))
    }

    /// What of it is running: where there is a `/proc` to look at, else nothing is seen.
    fn alive(&self) -> Vec<Row> {
        let table = processes();
        let own = rustix::process::getpid();
        let adopts = ADOPTS.load(Ordering::SeqCst);
        let ours = CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut found = BTreeSet::from([self.leader.as_raw_pid()]);
        loop {
            let before = found.len();
            for row in &table {
                let adopted =
                    adopts && row.parent == Some(own) && !ours.contains(&row.id.as_raw_pid());
                let adopted = adopted && (ours.len() == 1 || self.has_marked(row.id));
                let child = row.parent.is_some_and(|parent| found.contains(&parent.as_raw_pid()));
                if adopted || child || row.group == Some(self.leader) {
                    found.insert(row.id.as_raw_pid());
                }
            }
            if found.len() == before {
                break;
            }
        }
        let alive = |row: &Row| !row.is_dead && found.contains(&row.id.as_raw_pid());
        table.into_iter().filter(alive).collect()
    }
}

/// Takes the status of adopted processes that have ended, and says their names; of our own children nothing is taken.
pub(crate) fn reap_orphans() -> Vec<String> {
    let mut ended = Vec::new();
    if !ADOPTS.load(Ordering::SeqCst) || !is_any_child_dead() {
        return ended;
    }
    let own = CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for row in processes() {
        let adopted = row.parent == Some(rustix::process::getpid());
        if row.is_dead && adopted && !own.contains(&row.id.as_raw_pid()) {
            waitid(WaitId::Pid(row.id), WaitIdOptions::EXITED | WaitIdOptions::NOHANG).ok();
            ended.push(row.name);
        }
    }
    ended
}

fn is_any_child_dead() -> bool {
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    waitid(WaitId::All, look).is_ok_and(|found| found.is_some())
}

/// One row of the table of processes.
struct Row {
    id: Pid,
    parent: Option<Pid>,
    group: Option<Pid>,
    is_dead: bool,
    name: String,
}

fn processes() -> Vec<Row> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    let number =
        |entry: io::Result<std::fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse().ok();
    entries.filter_map(number).filter_map(process).collect()
}

fn process(number: i32) -> Option<Row> {
    let stat = std::fs::read(format!("/proc/{number}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat);
    let (name, rest) = stat.split_once(" (")?.1.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    let state = fields.next()?;
    // A process that is just ending has no group, spelled -1.
    let mut pid = || positive(fields.next()?.parse().ok()?);
    Some(Row {
        id: positive(number)?,
        parent: pid(),
        group: pid(),
        is_dead: matches!(state, "Z" | "X"),
        name: name.to_owned(),
    })
}

fn positive(number: i32) -> Option<Pid> {
    if number > 0 { Pid::from_raw(number) } else { None }
}

fn in_words(status: WaitIdStatus) -> Ended {
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => format!("exit status {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "status unknown".into(),
    }
}

// ---- Pipes and files

/// One end of a pipe to a process.
pub(crate) type Pipe = OwnedFd;

/// What is ready of three pipes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ready {
    /// There is output to read, or it has ended.
    pub(crate) output: bool,
    /// The process has ended.
    pub(crate) ended: bool,
    /// Any of them, the input included, or the wait was cut short: look again.
    pub(crate) any: bool,
}

/// Reading and writing give an error instead of waiting.
pub(crate) fn set_nonblocking(pipe: &Pipe) -> io::Result<()> {
    Ok(ioctl_fionbio(pipe, true)?)
}

/// Waits until one of the pipes can be used, at most so long. `input` only where there is something to write.
pub(crate) fn wait_ready(
    output: &File,
    ended: &PipeReader,
    input: Option<&File>,
    patience: Duration,
) -> io::Result<Ready> {
    let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
    let mut fds = vec![PollFd::new(output, PollFlags::IN), PollFd::new(ended, PollFlags::IN)];
    fds.extend(input.map(|input| PollFd::new(input, PollFlags::OUT)));
    match poll(&mut fds, Some(&patience)) {
        Err(Errno::INTR) => Ok(Ready { any: true, ..Ready::default() }),
        Err(error) => Err(error.into()),
        Ok(ready) => {
            let is_ready = |nth: usize| fds.get(nth).is_some_and(|fd| !fd.revents().is_empty());
            Ok(Ready { output: is_ready(0), ended: is_ready(1), any: ready > 0 })
        }
    }
}

/// How many bytes can still be written where a folder is; none where the system does not say.
pub(crate) fn room(folder: &impl AsFd) -> Option<u64> {
    let found = rustix::fs::fstatvfs(folder).ok().filter(|found| found.f_blocks > 0)?;
    let blocks = if rustix::process::geteuid().is_root() { found.f_bfree } else { found.f_bavail };
    Some(blocks.saturating_mul(found.f_frsize))
}

/// Opens a file for reading without ever waiting for it, and refuses what is no regular file: a pipe, a device and a
/// folder have no end, or never begin.
pub(crate) fn open_regular(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
}

#[expect(clippy::disallowed_methods, reason = "bounds how long the end of a process may take")]
fn now() -> Instant {
    Instant::now()
}
