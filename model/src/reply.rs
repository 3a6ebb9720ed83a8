//! What comes back: one of five replies, and for `ok` the answer that belongs to the operation.
//!
//! An answer crosses a boundary as [`AnswerFields`], all optional, and becomes an [`Answer`] once the
//! operation that it answers is known. What a reply implies is for the judge.

mod answer;
mod fields;
mod say;

pub use answer::{Answer, ContextStatus, PackageStatus, Page, PointStatus, SiteStatus};
pub use fields::{AnswerFields, FileEntry, MissingMember, Stored};

use crate::operation::OperationKind;
use crate::words::visible::visible_beginning;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The five replies, spelled `{"ok": {…}}` and so on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply<A> {
    /// The implementation answered; a `ReturnValue`, zero or not, is data inside.
    Ok(A),
    /// A definite answer without a `ReturnValue`. Whether it had an effect is judged, never assumed.
    Error(Problem),
    /// No answer in time, or the connection was lost: the effect may come once, later, or never.
    Unknown(Problem),
    /// The adapter does not serve the operation.
    Unsupported(Problem),
    /// The adapter failed; nothing was learned about the implementation.
    AdapterError(Problem),
}

/// Why a reply is not `ok`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// A number or name, where the implementation gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// One line for a person.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
}

/// The longest part of a message that is shown, in characters.
const MOST_SHOWN: usize = 400;

impl Problem {
    /// A problem without a code.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { code: None, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = visible_beginning(&self.message, MOST_SHOWN);
        match &self.code {
            Some(code) => write!(f, "{message} ({})", visible_beginning(code, MOST_SHOWN)),
            None => f.write_str(&message),
        }
    }
}

impl Reply<AnswerFields> {
    /// The reply with its answer read as `operation`'s.
    ///
    /// # Errors
    /// An `ok` lacks a needed member.
    pub fn typed(self, operation: OperationKind) -> Result<Reply<Answer>, MissingMember> {
        Ok(match self {
            Self::Ok(fields) => Reply::Ok(Answer::from_fields(operation, fields)?),
            Self::Error(problem) => Reply::Error(problem),
            Self::Unknown(problem) => Reply::Unknown(problem),
            Self::Unsupported(problem) => Reply::Unsupported(problem),
            Self::AdapterError(problem) => Reply::AdapterError(problem),
        })
    }
}

impl Reply<Answer> {
    /// The reply as it crosses a boundary.
    #[must_use]
    pub fn into_fields(self) -> Reply<AnswerFields> {
        match self {
            Self::Ok(answer) => Reply::Ok(answer.into_fields()),
            Self::Error(problem) => Reply::Error(problem),
            Self::Unknown(problem) => Reply::Unknown(problem),
            Self::Unsupported(problem) => Reply::Unsupported(problem),
            Self::AdapterError(problem) => Reply::AdapterError(problem),
        }
    }
}
