//! How long the suite waits for an adapter's process, and how much it keeps of it. One table; what an implementation
//! promises about its own work is in `hello`, not here.

use super::super::protocol::{FRAME_BYTES, Limits};
use std::time::Duration;

/// The bounds on an adapter's process. The defaults are those of `specs/protocol.md` §1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessBounds {
    /// From the start of the process to the reply to `hello`.
    pub start: Duration,
    /// A request. With several unanswered, the time without any reply.
    pub request: Duration,
    /// The same, while a `refresh` is unanswered.
    pub refresh: Duration,
    /// `close`, and the end of the process after its input has ended.
    pub close: Duration,
    /// The longest line, in bytes, either way.
    pub frame_bytes: usize,
    /// How many lines of standard error are kept.
    pub stderr_lines: usize,
    /// How often the process may be started again in a run.
    pub restarts: u32,
}

impl Default for ProcessBounds {
    fn default() -> Self {
        Self {
            start: Duration::from_secs(10),
            request: Duration::from_secs(5),
            refresh: Duration::from_mins(1),
            close: Duration::from_secs(5),
            frame_bytes: FRAME_BYTES,
            stderr_lines: 64,
            restarts: 10,
        }
    }
}

impl ProcessBounds {
    pub(super) fn limits(&self) -> Limits {
        let Self { request, refresh, frame_bytes, .. } = *self;
        Limits { frame_bytes, request_ms: milliseconds(request), refresh_ms: milliseconds(refresh) }
    }
}

pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
