//! How the command ends: its exit codes, as a type, and the errors that lead to them.

use crate::adapter::{AdapterFault, FaultCause};
use crate::platform::{Interrupt, interrupted};
use crate::report::Word;
use std::fmt;
use std::io;

/// The exit codes of every verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// What was asked for holds.
    Conforms = 0,
    /// A required clause is broken.
    Violates = 1,
    /// The command was used wrongly, or a file or program that it names cannot be used.
    Usage = 2,
    /// Too little was learned: below the minimum profile, or the adapter or the environment failed.
    Undecided = 3,
    /// A fault of this program.
    Ours = 4,
    /// SIGHUP ended the run.
    Hangup = 129,
    /// SIGINT ended the run.
    Interrupted = 130,
    /// SIGTERM ended the run.
    Terminated = 143,
}

impl From<Interrupt> for Exit {
    fn from(signal: Interrupt) -> Self {
        match signal {
            Interrupt::Hangup => Self::Hangup,
            Interrupt::CtrlC => Self::Interrupted,
            Interrupt::Terminate => Self::Terminated,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Word> for Exit {
    fn from(word: Word) -> Self {
        match word {
            Word::Conforms => Self::Conforms,
            Word::Violates => Self::Violates,
            Word::Undecided => Self::Undecided,
        }
    }
}

/// Why a verb ended without a result.
#[derive(Debug)]
pub enum Trouble {
    /// Something that the user gave cannot be used: what, why, and what to do.
    Usage(String),
    /// The adapter failed before anything could be asked of it.
    Adapter(AdapterFault),
    /// This program could not do its own work.
    Ours(String),
}

impl Trouble {
    /// The exit code that it leads to.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Adapter(AdapterFault { cause: FaultCause::CannotStart(_), .. }) => Exit::Usage,
            Self::Adapter(AdapterFault { cause: FaultCause::Interrupted, .. }) => {
                interrupted().map_or(Exit::Undecided, |signal| signal.by.into())
            }
            Self::Adapter(_) => Exit::Undecided,
            Self::Ours(_) => Exit::Ours,
        }
    }
}

impl Trouble {
    /// What there is to say, a line each.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Usage(why) | Self::Ours(why) => vec![why.clone()],
            Self::Adapter(fault) => {
                let wrote = fault.stderr.iter().map(|line| format!("  it wrote: {line}"));
                std::iter::once(fault.to_string()).chain(wrote).collect()
            }
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().join("\n"))
    }
}

impl std::error::Error for Trouble {}

impl From<AdapterFault> for Trouble {
    fn from(fault: AdapterFault) -> Self {
        Self::Adapter(fault)
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        // The suite's only files of its own are in the folder for temporary ones.
        Self::Usage(format!(
            "the folder for temporary files cannot be used: {error}; set TMPDIR to one that can be written"
        ))
    }
}
