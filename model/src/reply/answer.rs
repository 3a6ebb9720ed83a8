//! What an `ok` says, by operation, as types. How it crosses a boundary is in [`super::fields`].

use crate::words::{Content, FilePath, PointState, ReturnValue, SourceFlag, SourceVersion};

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
    pub error_code: i32,
}
