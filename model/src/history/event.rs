//! One line of a history: an operation with its interval and reply, or an instant at which nothing was left to do.

use super::Header;
use crate::operation::Operation;
use crate::reply::{Answer, AnswerFields, MissingMember, Reply};
use crate::words::FileRecord;
use serde::{Deserialize, Serialize};

/// An operation as an interval (invoked, returned] of the recorder's ordinals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "EventLine", into = "EventLine")]
pub struct Event {
    /// The ordinal at which it was invoked.
    pub invoked: u64,
    /// The ordinal at which it returned; none while unknown, which is later than any.
    pub returned: Option<u64>,
    /// What was asked.
    pub operation: Operation<FileRecord>,
    /// What came back.
    pub reply: Reply<Answer>,
    /// How long it took, in microseconds. Latency only, never order.
    pub took_us: Option<u64>,
}

/// An [`Event`] as it is written: the answer's members are read once the operation is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the members of `Event`")]
pub struct EventLine {
    pub invoked: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<u64>,
    pub ask: Operation<FileRecord>,
    pub reply: Reply<AnswerFields>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_us: Option<u64>,
}

impl TryFrom<EventLine> for Event {
    type Error = MissingMember;
    fn try_from(line: EventLine) -> Result<Self, MissingMember> {
        let EventLine { invoked, returned, ask, reply, took_us } = line;
        let reply = reply.typed(ask.kind())?;
        Ok(Self { invoked, returned, operation: ask, reply, took_us })
    }
}

impl From<Event> for EventLine {
    fn from(event: Event) -> Self {
        let Event { invoked, returned, operation, reply, took_us } = event;
        Self { invoked, returned, ask: operation, reply: reply.into_fields(), took_us }
    }
}

/// An instant at which the implementation had nothing left to do: every product action had been taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// The ordinal.
    pub at: u64,
    /// On whose word.
    pub by: SettledBy,
}

/// On whose word a site is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettledBy {
    /// Calls are declared to complete at return, and all had returned.
    Return,
    /// The `idle` read said so.
    Idle,
    /// The bound on progress passed, and the implementation or the user had set it.
    Stall,
}

/// One line of a history file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Starts a plan's history.
    Header(Box<Header>),
    /// An operation.
    Event(Box<Event>),
    /// Nothing was left to do.
    Settled(Settled),
    /// The histories before this line are whole.
    End(End),
}

/// The mark at the end of histories that were written to their end: how many plans and events stand between the mark
/// before, or the beginning, and this one. Without it nobody can tell a whole file from one that was cut at a line's end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Headers.
    pub plans: u64,
    /// Operations.
    pub events: u64,
    /// True where the run was ended before it had done all that was asked of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
}
