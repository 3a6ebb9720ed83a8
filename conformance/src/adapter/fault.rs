//! A fault of an adapter: the suite did not learn what the implementation did. Never a verdict on the implementation.

use std::fmt;

/// What went wrong between the suite and an adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdapterFault {
    /// What the suite was doing, e.g. `hello` or `refresh`.
    pub during: String,
    /// What went wrong.
    pub cause: FaultCause,
    /// The last lines that the adapter wrote to standard error, oldest first.
    pub stderr: Vec<String>,
}

/// The ways in which an adapter can fail the suite.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl AdapterFault {
    /// A fault without lines of standard error.
    #[must_use]
    pub fn new(during: impl Into<String>, cause: FaultCause) -> Self {
        Self { during: during.into(), cause, stderr: Vec::new() }
    }
}

impl fmt::Display for AdapterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "adapter fault during `{}`: {}", self.during, self.cause)
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
            Self::Pipe(what) | Self::MissingMember(what) | Self::BadAnswer(what) => {
                f.write_str(what)
            }
        }
    }
}
