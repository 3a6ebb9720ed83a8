//! What depends on the operating system, and the only place that does: signals, processes with all that they started,
//! waiting on pipes, opening a file that may not be one, how much room there is, what is mounted, and the rights to files
//! and folders. A port is one more file beside `platform/unix.rs` with the same functions; folders are reached through
//! `cap-std`, which has its own ports.

#[cfg(not(feature = "process"))]
mod calm;
#[cfg(all(unix, feature = "process"))]
mod mounts;
#[cfg(not(unix))]
mod plain;
#[cfg(unix)]
mod rights;
#[cfg(all(unix, feature = "process"))]
#[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "the command alone watches signals"))]
mod unix;

#[cfg(not(feature = "process"))]
pub(crate) use calm::{interrupted, is_mounted, room};
#[cfg(all(unix, feature = "process"))]
pub(crate) use mounts::is_mounted;
#[cfg(not(unix))]
pub(crate) use plain::{rights_of_new_files, unlock};
#[cfg(unix)]
pub(crate) use rights::{rights_of_new_files, unlock};
#[cfg(all(unix, feature = "process"))]
pub(crate) use unix::{
    Ended, Group, Pipe, interrupted, reap_orphans, room, set_nonblocking, wait_ready,
};
#[cfg(all(unix, feature = "cli"))]
pub(crate) use unix::{open_regular, survive_limits, watch_signals};

use std::time::Instant;

/// A signal that asks the run to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupt {
    /// SIGHUP: the terminal went away.
    Hangup,
    /// SIGINT: Ctrl-C.
    CtrlC,
    /// SIGTERM.
    Terminate,
}

impl Interrupt {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hangup => "SIGHUP",
            Self::CtrlC => "SIGINT",
            Self::Terminate => "SIGTERM",
        }
    }
}

/// When the first signal was noticed, if one came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interrupted {
    /// Which.
    pub(crate) by: Interrupt,
    /// When the suite first looked after it had come.
    pub(crate) at: Instant,
}
