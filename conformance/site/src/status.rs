//! What the reads answer.
//!
//! Three reads that never vouch for one another: the package's own status, the version that a distribution point
//! *reports*, and the content that is *read back* from the point's files.

use serde::{Deserialize, Serialize};

use crate::package::SourceFlag;

/// The package as its owner knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageStatus {
    /// `SourceVersion`: 1 when created, one more with every refresh.
    pub version: u32,
    /// `ActionInProgress`: 0 none, 1 update, 2 add, 3 delete. Operations complete before they return, so this is 0
    /// whenever a caller can look.
    pub action: u32,
    /// Why the latest snapshot failed; none after one that succeeded.
    pub failure: Option<String>,
    /// `PkgSourceFlag`.
    pub source_flag: SourceFlag,
}

/// The package as one site knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteStatus {
    /// The version in the metadata, which every site gets.
    pub version: u32,
    /// The version of the content in the site's own library, if it holds any.
    pub stored: Option<u32>,
}

/// `SMS_PackageStatusDistPointsSummarizer.State`, and the state of a point that is not a target.
///
/// The retrying states of the documentation do not occur: nothing here retries by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PointState {
    /// 0: the reported version is complete on the point.
    Installed,
    /// 1: assigned, nothing installed yet. Seen only inside an operation.
    InstallPending,
    /// 3: the latest delivery failed; the reported version is still served.
    InstallFailed,
    /// 4: to be removed. Seen only inside an operation.
    RemovalPending,
    /// 6: the latest removal failed.
    RemovalFailed,
    /// 7: a newer version is on its way. Seen only inside an operation.
    ContentUpdating,
    /// No number: the package is not assigned to the point.
    NotTargeted,
}

impl PointState {
    /// The documentation's number, or `None` for [`PointState::NotTargeted`].
    #[must_use]
    pub fn number(self) -> Option<u32> {
        match self {
            Self::Installed => Some(0),
            Self::InstallPending => Some(1),
            Self::InstallFailed => Some(3),
            Self::RemovalPending => Some(4),
            Self::RemovalFailed => Some(6),
            Self::ContentUpdating => Some(7),
            Self::NotTargeted => None,
        }
    }
}

/// What the site reports about one package on one distribution point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointStatus {
    /// Where the delivery stands.
    pub state: PointState,
    /// The version that is completely installed, if any was.
    pub version: Option<u32>,
    /// Why the latest delivery or removal failed; none after one that succeeded.
    pub failure: Option<String>,
}

/// One file of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContentFile {
    /// The path below the source folder, `/` between its parts, otherwise byte for byte as found.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
    /// The SHA-256 of the bytes, 64 lower-case hex digits.
    pub sha256: String,
}

/// What `QueryOSDBinaryInjectionStatus` answers for a context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextStatus {
    /// 0 complete, 2 error, 3 no status. 1 (in progress) is never seen from outside.
    pub status: u32,
    /// Files done.
    pub progress: u32,
    /// Files to do, at least 1 for a known context; equal to `progress` when complete.
    pub max_progress: u32,
    /// A sentence about the outcome.
    pub progress_text: String,
    /// 0, or the return value of the refresh that failed.
    pub error_code: i32,
}

impl ContextStatus {
    /// The answer for a context that nobody gave.
    pub(crate) fn none() -> Self {
        Self {
            status: 3,
            progress: 0,
            max_progress: 0,
            progress_text: String::new(),
            error_code: 0,
        }
    }

    /// The answer after a refresh that put `files` into the image.
    pub(crate) fn complete(files: usize) -> Self {
        let files = u32::try_from(files).unwrap_or(u32::MAX).max(1);
        Self {
            status: 0,
            progress: files,
            max_progress: files,
            progress_text: "complete".to_owned(),
            error_code: 0,
        }
    }

    /// The answer after a refresh that failed.
    pub(crate) fn failed(error_code: i32, reason: &str) -> Self {
        Self {
            status: 2,
            progress: 0,
            max_progress: 1,
            progress_text: reason.to_owned(),
            error_code,
        }
    }
}
