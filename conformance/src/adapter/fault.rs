//! A fault of an adapter: the suite did not learn what the implementation did. Never a verdict on the implementation.

use pkgsource_model::words::visible;
use serde::{Deserialize, Serialize};
use std::{fmt, io};

/// What went wrong between the suite and an adapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AdapterFault {
    /// What the suite was doing, e.g. `hello` or `refresh`.
    pub during: String,
    /// What went wrong.
    pub cause: FaultCause,
    /// The last lines that the adapter wrote to standard error, oldest first.
    pub stderr: Vec<String>,
    /// How often it was seen in a run.
    pub times: u32,
}

/// The ways in which an adapter can fail the suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FaultCause {
    /// The program could not be started.
    CannotStart(String),
    /// It ended: its exit status in words.
    Ended(String),
    /// It was stopped after an earlier fault and has not been started again.
    NotRunning,
    /// It closed one end of the conversation and went on running, or a pipe to it broke: which, in words.
    Pipe(String),
    /// It did not answer within this many milliseconds.
    Silent(u64),
    /// It began a reply and did not end its line within this many milliseconds.
    Unended(u64),
    /// It wrote a line that is not one JSON object of a reply: why, and how the line begins.
    NotAReply(String, String),
    /// It wrote a line longer than this many bytes.
    LineTooLong(usize),
    /// It replied to an id that is not waiting for a reply.
    NotAsked(String),
    /// An `ok` lacks a member that its operation needs.
    MissingMember(String),
    /// An `ok` has all of its members, and they cannot be used: why.
    BadAnswer(String),
    /// It answered an operation that cannot exist otherwise than with `unsupported`.
    AnswersAnything(String),
    /// It declared a capability and answers `unsupported`.
    NotServed(String),
    /// It answered `hello` with something that the suite cannot work with: what, as the end of a sentence.
    BadHello(String),
    /// It said so itself, with `adapter_error`.
    SaysSo(String),
    /// It was restarted as often as a run allows.
    TooManyRestarts(u32),
    /// It changed a folder that is the suite's: what is not as it was, and why.
    Meddled(String),
    /// It ended and left processes running, which were killed: their names.
    LeftBehind(Vec<String>),
    /// More came back than the suite keeps: what, and how much.
    TooMuch(String),
    /// It answered operations or reads with `adapter_error`: the last message.
    KeepsFailing(String),
    /// Neither the adapter nor the implementation: a disk is full, say.
    Surroundings(String),
    /// A signal ended the run while the adapter was busy; no fault at all.
    Interrupted,
}

impl FaultCause {
    /// True for an error of the machine, which proves nothing about whoever met it: a disk that is full, say.
    #[must_use]
    pub fn is_of_the_machine(kind: io::ErrorKind) -> bool {
        use io::ErrorKind::{
            FileTooLarge, OutOfMemory, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        };
        matches!(
            kind,
            StorageFull | QuotaExceeded | ReadOnlyFilesystem | OutOfMemory | FileTooLarge
        )
    }

    /// The same of a whole error, which also tells that too many files are open: by this process, or in the system.
    #[must_use]
    pub fn lies_with_the_machine(error: &io::Error) -> bool {
        const ENFILE: i32 = 23;
        const EMFILE: i32 = 24;
        let too_many = cfg!(unix) && matches!(error.raw_os_error(), Some(ENFILE | EMFILE));
        too_many || Self::is_of_the_machine(error.kind())
    }
}

impl AdapterFault {
    /// A fault without lines of standard error.
    #[must_use]
    pub fn new(during: impl Into<String>, cause: FaultCause) -> Self {
        Self { during: during.into(), cause, stderr: Vec::new(), times: 1 }
    }

    /// Who is to blame, for a report.
    #[must_use]
    pub fn blame(&self) -> &'static str {
        match self.cause {
            FaultCause::Surroundings(_) => "surroundings",
            FaultCause::Interrupted => "nobody",
            _ => "adapter",
        }
    }

    /// True where two faults differ in nothing but numbers: ids, process numbers, counts.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let key = |fault: &Self| {
            let text = fault.cause.to_string();
            text.chars().filter(|letter| !letter.is_ascii_digit()).collect::<String>()
        };
        self.during == other.during && key(self) == key(other)
    }
}

impl fmt::Display for AdapterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = match self.cause {
            FaultCause::Surroundings(_) => "trouble of the surroundings",
            FaultCause::Interrupted => "interrupted",
            _ => "adapter fault",
        };
        let cause = self.cause.to_string();
        write!(f, "{whose} during `{}`: {}", visible(&self.during), visible(&cause))?;
        if self.times > 1 {
            write!(f, " ({} times)", self.times)?;
        }
        Ok(())
    }
}

impl std::error::Error for AdapterFault {}

impl fmt::Display for FaultCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CannotStart(why) => write!(f, "the program cannot be started: {why}"),
            Self::Ended(status) => {
                write!(f, "the process ended ({status}) with the reply outstanding")
            }
            Self::NotRunning => f.write_str("the process was stopped after an earlier fault"),
            Self::Silent(ms) => write!(f, "no reply within {ms} ms"),
            Self::Unended(ms) => {
                write!(f, "no reply within {ms} ms: a line was begun and has no end")
            }
            Self::NotAReply(why, line) => write!(f, "a line is not a reply: {why}: `{line}`"),
            Self::LineTooLong(bytes) => write!(f, "a line is longer than {bytes} bytes"),
            Self::NotAsked(id) => write!(f, "a reply to id {id}, which is not waiting for one"),
            Self::AnswersAnything(how) => {
                write!(
                    f,
                    "an operation that does not exist was answered `{how}`, not `unsupported`"
                )
            }
            Self::NotServed(what) => {
                write!(f, "`{what}` is declared in `hello` and answered `unsupported`")
            }
            Self::BadHello(why) => write!(f, "the answer to `hello` {why}"),
            Self::SaysSo(message) => write!(f, "the adapter reports: {message}"),
            Self::TooManyRestarts(times) => write!(f, "restarted {times} times already, not again"),
            Self::LeftBehind(names) => {
                let shown = names.iter().take(5).map(|name| format!("`{name}`"));
                let more = if names.len() > 5 { ", …" } else { "" };
                let (count, list) = (names.len(), shown.collect::<Vec<_>>().join(", "));
                write!(
                    f,
                    "it ended and left {count} processes running, which were killed: {list}{more}"
                )
            }
            Self::KeepsFailing(message) => write!(f, "it was answered `adapter_error`: {message}"),
            Self::Interrupted => f.write_str("a signal ended the run"),
            Self::Pipe(what)
            | Self::MissingMember(what)
            | Self::BadAnswer(what)
            | Self::Meddled(what)
            | Self::TooMuch(what)
            | Self::Surroundings(what) => f.write_str(what),
        }
    }
}
