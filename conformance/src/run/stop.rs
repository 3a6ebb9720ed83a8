//! Why a run ends before it has done everything: a signal, or the time that it was given.

use super::record::now;
use crate::adapter::{AdapterFault, FaultCause};
use crate::platform::{Interrupt, interrupted};
use std::fmt;
use std::time::Instant;

/// Why a run was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A signal asked for it.
    Signal(Interrupt),
    /// The time that the user gave has passed.
    Time,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signal(signal) => write!(f, "interrupted by {}", signal.name()),
            Self::Time => f.write_str("stopped when the time given by --minutes had passed"),
        }
    }
}

/// Whether a run is to stop now.
pub(crate) fn stop(deadline: Option<Instant>) -> Option<Stop> {
    if let Some(interrupted) = interrupted() {
        return Some(Stop::Signal(interrupted.by));
    }
    deadline.filter(|&deadline| now() >= deadline).map(|_| Stop::Time)
}

/// Why a plan ended before its last step.
#[derive(Debug)]
pub(super) enum Ended {
    /// The adapter failed, or what is around it.
    Fault(AdapterFault),
    /// The run is to stop.
    Stopped(Stop),
    /// The plan took more time, or left more behind, than a plan may: how much.
    Exhausted(String),
}

impl From<AdapterFault> for Ended {
    fn from(fault: AdapterFault) -> Self {
        match (&fault.cause, interrupted()) {
            (FaultCause::Interrupted, Some(signal)) => Self::Stopped(Stop::Signal(signal.by)),
            _ => Self::Fault(fault),
        }
    }
}
