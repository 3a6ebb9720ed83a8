//! What comes back: one of five replies, and for `ok` the answer that belongs to the operation.
//!
//! An answer crosses a boundary as [`AnswerFields`], all optional, and becomes an [`Answer`] once the
//! operation that it answers is known. What a reply implies is for the judge.

use crate::operation::OperationKind;
use crate::words::{
    Content, FilePath, FileRecord, PointState, ReturnValue, SourceFlag, SourceVersion,
};
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

impl Problem {
    /// A problem without a code.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { code: None, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} ({code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// What an `ok` says, by operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// An operation that returns nothing was done.
    Done,
    /// The method returned this.
    Refreshed(ReturnValue),
    /// A package's row at its owner; none where there is no such package.
    Package(Option<PackageStatus>),
    /// A site's row; none where the site knows nothing of the package.
    Site(Option<SiteStatus>),
    /// What a point reports.
    Point(PointStatus),
    /// A page of the files that were read back.
    Content(Option<Page>),
    /// A boot image's injection status.
    Context(ContextStatus),
    /// Whether a task sequence can run.
    Operable(bool),
    /// Whether the implementation has nothing left to do.
    Idle(bool),
}

/// A package as its owner reports it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackageStatus {
    /// `SourceVersion`.
    pub version: SourceVersion,
    /// `ActionInProgress` as a number, where it is read.
    pub action: Option<u32>,
    /// What the status system shows of a failed last processing; none when it shows no failure.
    pub failure: Option<String>,
    /// `PkgSourceFlag`, where it is read.
    pub source_flag: Option<SourceFlag>,
}

/// A package as one site knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteStatus {
    /// The version that the site's metadata names.
    pub version: SourceVersion,
    /// The version whose files the site's library holds, where it is read; `Some(None)` is "no files".
    pub stored: Option<Option<SourceVersion>>,
}

/// A package as one point reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PointStatus {
    /// The state.
    pub state: PointState,
    /// The version that the point says it holds.
    pub version: Option<SourceVersion>,
}

/// Files that were read back, or one page of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Page {
    /// The files.
    pub files: Content,
    /// Where the next page starts, if there is one.
    pub next: Option<FilePath>,
}

/// The injection status of a boot image's context, as numbers: a clause judges their ranges (CLS-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContextStatus {
    /// 0 complete, 1 in progress, 2 error, 3 no status.
    pub status: u32,
    /// How far.
    pub progress: u32,
    /// Out of how much.
    pub max_progress: u32,
    /// 0, or the error's code.
    pub error_code: u32,
}

/// One file of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path.
    pub path: FilePath,
    /// Its length and digest.
    #[serde(flatten)]
    pub record: FileRecord,
}

/// The members that an `ok` may have in messages and histories. Unknown ones are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each is the member of the same name in the types above")]
pub struct AnswerFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_value: Option<ReturnValue>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<PointState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<SourceVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stored: Option<Stored>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_flag: Option<SourceFlag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<FileEntry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<FilePath>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_progress: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle: Option<bool>,
}

/// What a site's library holds: a version, or `"none"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stored {
    /// No files of the package.
    None,
    /// The files of this version.
    Version(SourceVersion),
}

/// An `ok` lacks a member that its operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingMember {
    /// The operation that was answered.
    pub operation: OperationKind,
    /// The member.
    pub member: &'static str,
}

impl fmt::Display for MissingMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the `ok` of `{}` lacks `{}`", self.operation, self.member)
    }
}

impl std::error::Error for MissingMember {}

impl Answer {
    /// Reads the members that `operation` needs.
    ///
    /// # Errors
    /// A needed member is missing.
    pub fn from_fields(
        operation: OperationKind,
        fields: AnswerFields,
    ) -> Result<Self, MissingMember> {
        let missing = |member| MissingMember { operation, member };
        Ok(match operation {
            OperationKind::Refresh => {
                Self::Refreshed(fields.return_value.ok_or(missing("return_value"))?)
            }
            OperationKind::Package if fields.absent => Self::Package(None),
            OperationKind::Package => Self::Package(Some(PackageStatus {
                version: fields.version.ok_or(missing("version"))?,
                action: fields.action,
                failure: fields.failure,
                source_flag: fields.source_flag,
            })),
            OperationKind::Site if fields.absent => Self::Site(None),
            OperationKind::Site => Self::Site(Some(SiteStatus {
                version: fields.version.ok_or(missing("version"))?,
                stored: fields.stored.map(Stored::version),
            })),
            OperationKind::Point => Self::Point(PointStatus {
                state: fields.state.ok_or(missing("state"))?,
                version: fields.version,
            }),
            OperationKind::Content if fields.absent => Self::Content(None),
            OperationKind::Content => {
                let files = fields.files.ok_or(missing("files"))?;
                let files = files.into_iter().map(|file| (file.path, file.record)).collect();
                Self::Content(Some(Page { files, next: fields.next }))
            }
            OperationKind::Context => Self::Context(ContextStatus {
                status: fields.status.ok_or(missing("status"))?,
                progress: fields.progress.unwrap_or(0),
                max_progress: fields.max_progress.unwrap_or(0),
                error_code: fields.error_code.unwrap_or(0),
            }),
            OperationKind::Operable => Self::Operable(fields.operable.ok_or(missing("operable"))?),
            OperationKind::Idle => Self::Idle(fields.idle.ok_or(missing("idle"))?),
            OperationKind::Create
            | OperationKind::Edit
            | OperationKind::Put
            | OperationKind::SetSchedule
            | OperationKind::Assign
            | OperationKind::Remove
            | OperationKind::Redistribute
            | OperationKind::Cancel
            | OperationKind::Delete
            | OperationKind::AddDriver
            | OperationKind::AddContent
            | OperationKind::Fault
            | OperationKind::Heal
            | OperationKind::Clock => Self::Done,
        })
    }

    /// The members that carry this answer across a boundary.
    #[must_use]
    pub fn into_fields(self) -> AnswerFields {
        let absent = AnswerFields { absent: true, ..AnswerFields::default() };
        match self {
            Self::Done => AnswerFields::default(),
            Self::Refreshed(value) => {
                AnswerFields { return_value: Some(value), ..AnswerFields::default() }
            }
            Self::Package(None) | Self::Site(None) | Self::Content(None) => absent,
            Self::Package(Some(status)) => AnswerFields {
                version: Some(status.version),
                action: status.action,
                failure: status.failure,
                source_flag: status.source_flag,
                ..AnswerFields::default()
            },
            Self::Site(Some(status)) => AnswerFields {
                version: Some(status.version),
                stored: status.stored.map(Stored::from_version),
                ..AnswerFields::default()
            },
            Self::Point(status) => AnswerFields {
                state: Some(status.state),
                version: status.version,
                ..AnswerFields::default()
            },
            Self::Content(Some(page)) => {
                let entry = |(path, record)| FileEntry { path, record };
                let files = Some(page.files.into_iter().map(entry).collect());
                AnswerFields { files, next: page.next, ..AnswerFields::default() }
            }
            Self::Context(status) => AnswerFields {
                status: Some(status.status),
                progress: Some(status.progress),
                max_progress: Some(status.max_progress),
                error_code: Some(status.error_code),
                ..AnswerFields::default()
            },
            Self::Operable(operable) => {
                AnswerFields { operable: Some(operable), ..AnswerFields::default() }
            }
            Self::Idle(idle) => AnswerFields { idle: Some(idle), ..AnswerFields::default() },
        }
    }
}

impl Stored {
    fn version(self) -> Option<SourceVersion> {
        match self {
            Self::None => None,
            Self::Version(version) => Some(version),
        }
    }

    fn from_version(version: Option<SourceVersion>) -> Self {
        version.map_or(Self::None, Self::Version)
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
