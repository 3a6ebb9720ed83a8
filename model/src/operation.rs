//! What a client asks, what the world does and what is read: one type for plans, messages and histories.
//!
//! `F` is what stands for a file's bytes: a [`Body`](crate::words::Body) in plans and messages, a
//! [`FileRecord`](crate::words::FileRecord) in histories. What an operation means is [`crate::step`]'s business.

mod argument;
mod files;
mod kind;
mod limits;

pub use argument::{Change, FaultKind, Properties};
pub use kind::OperationKind;
pub use limits::{MOST_CLOCK_MS, MOST_TEXT};

use crate::words::{
    FaultTarget, FilePath, PackageClass, PackageId, PointName, ScheduleToken, SiteCode, SourceFlag,
    SourceName,
};
use serde::{Deserialize, Serialize};

/// One operation, spelled `{"op": "refresh", "package": "PS100001"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Operation<F> {
    /// Creates a package.
    Create {
        /// The new package.
        package: PackageId,
        /// Its class.
        class: PackageClass,
        /// Its source folder; none for a package without source.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<SourceName>,
        /// How the source is kept; absent means direct with a source, none without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_flag: Option<SourceFlag>,
    },
    /// Changes the files of a source, as an administrator does in the folder itself.
    Edit {
        /// The source whose files change.
        source: SourceName,
        /// The changes, in order.
        changes: Vec<Change<F>>,
    },
    /// Writes properties of a package (a provider's `Put`).
    Put {
        /// The package.
        package: PackageId,
        /// The properties that are written; absent ones stay.
        properties: Properties,
    },
    /// Calls `RefreshPkgSource`.
    Refresh {
        /// The package.
        package: PackageId,
        /// `ContextID`; absent and empty are different questions (A11).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        context: Option<String>,
        /// The site at which the call is made; absent means the package's owner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<SiteCode>,
        /// The class through which the package is addressed; absent means its own (IF-11).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<PackageClass>,
    },
    /// Replaces the package's `RefreshSchedule`.
    SetSchedule {
        /// The package.
        package: PackageId,
        /// The tokens; none clears the schedule.
        tokens: Vec<ScheduleToken>,
    },
    /// Adds a distribution point to the package (`AddDistributionPoints`).
    Assign {
        /// The package.
        package: PackageId,
        /// The point.
        point: PointName,
    },
    /// Takes a distribution point from the package.
    Remove {
        /// The package.
        package: PackageId,
        /// The point.
        point: PointName,
    },
    /// Sends the current version to one point again (`RefreshNow`).
    Redistribute {
        /// The package.
        package: PackageId,
        /// The point.
        point: PointName,
    },
    /// Cancels a distribution to one point (`CancelDistribution`).
    Cancel {
        /// The package.
        package: PackageId,
        /// The point.
        point: PointName,
    },
    /// Deletes the package.
    Delete {
        /// The package.
        package: PackageId,
    },
    /// References a driver in a boot image; it waits for the next refresh (CLS-3).
    AddDriver {
        /// The boot image.
        package: PackageId,
        /// Where the driver shows in the content that is read back, below `added/`.
        path: FilePath,
        /// The driver's bytes.
        file: F,
    },
    /// Adds content to a driver or software-updates package (CLS-6).
    AddContent {
        /// The package.
        package: PackageId,
        /// Where the content shows when it is read back, below `added/`.
        path: FilePath,
        /// The content's bytes.
        file: F,
        /// `bRefreshDPs`: true replicates to the points at once, false waits for the next refresh.
        refresh_points: bool,
    },
    /// The world breaks something.
    Fault {
        /// What kind of failure.
        kind: FaultKind,
        /// The source, point or site that it strikes.
        target: FaultTarget,
    },
    /// The world mends what [`Fault`](Self::Fault) broke.
    Heal {
        /// What kind of failure ends.
        kind: FaultKind,
        /// The source, point or site that it struck.
        target: FaultTarget,
    },
    /// Virtual time passes.
    Clock {
        /// Milliseconds.
        advance_ms: u64,
    },
    /// Reads the package at its owner.
    Package {
        /// The package.
        package: PackageId,
    },
    /// Reads what one site knows of the package.
    Site {
        /// The package.
        package: PackageId,
        /// The site.
        site: SiteCode,
    },
    /// Reads what one point reports of the package.
    Point {
        /// The package.
        package: PackageId,
        /// The point.
        point: PointName,
    },
    /// Reads the package's files back through a point's own read path.
    Content {
        /// The package.
        package: PackageId,
        /// The point.
        point: PointName,
        /// Continue after this path: the `next` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<FilePath>,
    },
    /// Reads a boot image's injection status.
    Context {
        /// The boot image.
        package: PackageId,
        /// The `ContextID`.
        context: String,
    },
    /// Reads whether a task sequence can still run.
    Operable {
        /// The task sequence.
        package: PackageId,
    },
    /// Asks whether the implementation has anything left to do.
    Idle {},
}

impl<F> Operation<F> {
    /// Which operation this is.
    pub fn kind(&self) -> OperationKind {
        match self {
            Self::Create { .. } => OperationKind::Create,
            Self::Edit { .. } => OperationKind::Edit,
            Self::Put { .. } => OperationKind::Put,
            Self::Refresh { .. } => OperationKind::Refresh,
            Self::SetSchedule { .. } => OperationKind::SetSchedule,
            Self::Assign { .. } => OperationKind::Assign,
            Self::Remove { .. } => OperationKind::Remove,
            Self::Redistribute { .. } => OperationKind::Redistribute,
            Self::Cancel { .. } => OperationKind::Cancel,
            Self::Delete { .. } => OperationKind::Delete,
            Self::AddDriver { .. } => OperationKind::AddDriver,
            Self::AddContent { .. } => OperationKind::AddContent,
            Self::Fault { .. } => OperationKind::Fault,
            Self::Heal { .. } => OperationKind::Heal,
            Self::Clock { .. } => OperationKind::Clock,
            Self::Package { .. } => OperationKind::Package,
            Self::Site { .. } => OperationKind::Site,
            Self::Point { .. } => OperationKind::Point,
            Self::Content { .. } => OperationKind::Content,
            Self::Context { .. } => OperationKind::Context,
            Self::Operable { .. } => OperationKind::Operable,
            Self::Idle {} => OperationKind::Idle,
        }
    }

    /// The package that the operation names, if it names one.
    pub fn package(&self) -> Option<&PackageId> {
        match self {
            Self::Create { package, .. }
            | Self::Put { package, .. }
            | Self::Refresh { package, .. }
            | Self::SetSchedule { package, .. }
            | Self::Assign { package, .. }
            | Self::Remove { package, .. }
            | Self::Redistribute { package, .. }
            | Self::Cancel { package, .. }
            | Self::Delete { package }
            | Self::AddDriver { package, .. }
            | Self::AddContent { package, .. }
            | Self::Package { package }
            | Self::Site { package, .. }
            | Self::Point { package, .. }
            | Self::Content { package, .. }
            | Self::Context { package, .. }
            | Self::Operable { package } => Some(package),
            Self::Edit { .. }
            | Self::Fault { .. }
            | Self::Heal { .. }
            | Self::Clock { .. }
            | Self::Idle {} => None,
        }
    }
}
