//! An answer as it crosses a boundary: members that are all optional, to and from the [`Answer`] of an operation.

use super::{Answer, ContextStatus, PackageStatus, Page, PointStatus, SiteStatus};
use crate::operation::OperationKind;
use crate::words::{
    FilePath, FileRecord, PointState, ReturnValue, SourceFlag, SourceVersion, visible,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One file of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path.
    pub path: FilePath,
    /// Its length and digest.
    #[serde(flatten)]
    pub record: FileRecord,
}

/// The members that an `ok` may have in messages and histories, a field each. Unknown ones are ignored.
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
    pub error_code: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle: Option<bool>,
}

impl AnswerFields {
    /// The members that the `ok` of an operation may have. An adapter may send others, which mean nothing.
    #[must_use]
    pub fn members(operation: OperationKind) -> &'static [&'static str] {
        match operation {
            OperationKind::Refresh => &["return_value"],
            OperationKind::Package => &["absent", "version", "action", "failure", "source_flag"],
            OperationKind::Site => &["absent", "version", "stored"],
            OperationKind::Point => &["state", "version"],
            OperationKind::Content => &["absent", "files", "next"],
            OperationKind::Context => &["status", "progress", "max_progress", "error_code"],
            OperationKind::Operable => &["operable"],
            OperationKind::Idle => &["idle"],
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
            | OperationKind::Clock => &[],
        }
    }

    /// Refuses what says two things at once: something beside its absence, a file twice, files out of order.
    fn check(&self, operation: OperationKind) -> Result<(), MissingMember> {
        let wrong =
            |member, wrong: String| Err(MissingMember { operation, member, wrong: Some(wrong) });
        let beside = [
            ("version", self.version.is_some()),
            ("action", self.action.is_some()),
            ("failure", self.failure.is_some()),
            ("source_flag", self.source_flag.is_some()),
            ("stored", self.stored.is_some()),
            ("files", self.files.is_some()),
            ("next", self.next.is_some()),
        ];
        let known = Self::members(operation);
        if self.absent
            && known.contains(&"absent")
            && let Some((member, _)) =
                beside.into_iter().find(|(member, there)| *there && known.contains(member))
        {
            return wrong(member, "stands beside `absent`".into());
        }
        let files = self.files.as_deref().unwrap_or_default();
        for (one, next) in files.iter().zip(files.iter().skip(1)) {
            if one.path == next.path {
                return wrong("files", format!("have `{}` twice", one.path));
            }
            if one.path > next.path {
                return wrong(
                    "files",
                    format!("are not sorted: `{}` after `{}`", next.path, one.path),
                );
            }
        }
        Ok(())
    }
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

/// An `ok` lacks a member that its operation needs, or has it in a way that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingMember {
    /// The operation that was answered.
    pub operation: OperationKind,
    /// The member.
    pub member: &'static str,
    /// What is wrong with the member that is there; none where it is missing.
    pub wrong: Option<String>,
}

impl fmt::Display for MissingMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, member, wrong } = self;
        match wrong {
            None => write!(f, "the `ok` of `{operation}` lacks `{member}`"),
            Some(wrong) => {
                write!(f, "the `{member}` in the `ok` of `{operation}` {}", visible(wrong))
            }
        }
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
        let missing = |member| MissingMember { operation, member, wrong: None };
        fields.check(operation)?;
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
