//! What a client asks, what the world does and what is read: one type for plans, messages and histories.
//!
//! `F` is what stands for a file's bytes: a [`Body`](crate::words::Body) in plans and messages, a
//! [`FileRecord`](crate::words::FileRecord) in histories. What an operation means is [`crate::step`]'s business.

use crate::words::{
    FilePath, PackageClass, PackageId, PointName, ScheduleToken, SiteCode, SourceFlag, SourceName,
};
use serde::{Deserialize, Serialize};
use std::fmt;

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
        target: String,
    },
    /// The world mends what [`Fault`](Self::Fault) broke.
    Heal {
        /// What kind of failure ends.
        kind: FaultKind,
        /// The source, point or site that it struck.
        target: String,
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

/// One change of a source's files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change<F> {
    /// Writes a file, whole.
    Write {
        /// Where.
        path: FilePath,
        /// What.
        file: F,
        /// Put the modification time back to what it was, so that only the bytes tell.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        keep_time: bool,
    },
    /// Deletes a file.
    Delete {
        /// Where.
        path: FilePath,
    },
    /// Renames a file, replacing what stands at `to`.
    Rename {
        /// The old name.
        from: FilePath,
        /// The new name.
        to: FilePath,
    },
}

/// The properties of a `Put`. An absent one is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Properties {
    /// `Name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `ShareName`; one of the two whose change has a documented side effect (CLS-PKG).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_name: Option<String>,
    /// `PkgSourcePath`; the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceName>,
    /// `PkgSourceFlag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_flag: Option<SourceFlag>,
    /// `SourceVersion`, which clients cannot write (VER-5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_version: Option<u32>,
    /// `RefreshPkgSourceFlag`: writing true has the method's effect (CLS-8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_pkg_source_flag: Option<bool>,
}

/// The kinds of failure that a plan can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The source folder is absent. The suite makes this one itself where it writes the folder.
    SourceAbsent,
    /// A point cannot be reached.
    PointDown,
    /// A point has no room.
    PointFull,
    /// Files on a point are damaged behind the implementation's back.
    PointTampered,
    /// The link between a child site and its parent is down.
    LinkDown,
    /// The server process is killed; healing starts it again.
    ServerKilled,
}

/// Which operation, without its arguments. The name is the one in messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each names the operation above")]
pub enum OperationKind {
    Create,
    Edit,
    Put,
    Refresh,
    SetSchedule,
    Assign,
    Remove,
    Redistribute,
    Cancel,
    Delete,
    AddDriver,
    AddContent,
    Fault,
    Heal,
    Clock,
    Package,
    Site,
    Point,
    Content,
    Context,
    Operable,
    Idle,
}

impl OperationKind {
    /// Every kind, client operations first, then the world's, then reads.
    pub const ALL: [Self; 22] = [
        Self::Create,
        Self::Edit,
        Self::Put,
        Self::Refresh,
        Self::SetSchedule,
        Self::Assign,
        Self::Remove,
        Self::Redistribute,
        Self::Cancel,
        Self::Delete,
        Self::AddDriver,
        Self::AddContent,
        Self::Fault,
        Self::Heal,
        Self::Clock,
        Self::Package,
        Self::Site,
        Self::Point,
        Self::Content,
        Self::Context,
        Self::Operable,
        Self::Idle,
    ];

    /// The name in messages and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Put => "put",
            Self::Refresh => "refresh",
            Self::SetSchedule => "set_schedule",
            Self::Assign => "assign",
            Self::Remove => "remove",
            Self::Redistribute => "redistribute",
            Self::Cancel => "cancel",
            Self::Delete => "delete",
            Self::AddDriver => "add_driver",
            Self::AddContent => "add_content",
            Self::Fault => "fault",
            Self::Heal => "heal",
            Self::Clock => "clock",
            Self::Package => "package",
            Self::Site => "site",
            Self::Point => "point",
            Self::Content => "content",
            Self::Context => "context",
            Self::Operable => "operable",
            Self::Idle => "idle",
        }
    }

    /// True for the operations that only look.
    #[must_use]
    pub fn is_read(self) -> bool {
        self >= Self::Package
    }

    /// True for what the world does.
    #[must_use]
    pub fn is_world(self) -> bool {
        matches!(self, Self::Fault | Self::Heal | Self::Clock)
    }
}

impl fmt::Display for OperationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
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

    /// The same operation with every file's bytes put differently.
    pub fn map_files<G>(&self, mut to: impl FnMut(&F) -> G) -> Operation<G> {
        match self.clone_without_files() {
            Ok(operation) => operation,
            Err(carrier) => carrier.map_files(&mut to),
        }
    }
}

/// The three operations that carry a file's bytes.
enum Carrier<'a, F> {
    Edit(&'a SourceName, &'a [Change<F>]),
    AddDriver(&'a PackageId, &'a FilePath, &'a F),
    AddContent(&'a PackageId, &'a FilePath, &'a F, bool),
}

impl<F> Carrier<'_, F> {
    fn map_files<G>(self, to: &mut impl FnMut(&F) -> G) -> Operation<G> {
        match self {
            Self::Edit(source, changes) => Operation::Edit {
                source: source.clone(),
                changes: changes.iter().map(|change| change.map_file(to)).collect(),
            },
            Self::AddDriver(package, path, file) => Operation::AddDriver {
                package: package.clone(),
                path: path.clone(),
                file: to(file),
            },
            Self::AddContent(package, path, file, refresh_points) => Operation::AddContent {
                package: package.clone(),
                path: path.clone(),
                file: to(file),
                refresh_points,
            },
        }
    }
}

impl<F> Change<F> {
    fn map_file<G>(&self, to: &mut impl FnMut(&F) -> G) -> Change<G> {
        match self {
            Self::Write { path, file, keep_time } => {
                Change::Write { path: path.clone(), file: to(file), keep_time: *keep_time }
            }
            Self::Delete { path } => Change::Delete { path: path.clone() },
            Self::Rename { from, to } => Change::Rename { from: from.clone(), to: to.clone() },
        }
    }
}

impl<F> Operation<F> {
    fn clone_without_files<G>(&self) -> Result<Operation<G>, Carrier<'_, F>> {
        Ok(match self {
            Self::Edit { source, changes } => return Err(Carrier::Edit(source, changes)),
            Self::AddDriver { package, path, file } => {
                return Err(Carrier::AddDriver(package, path, file));
            }
            Self::AddContent { package, path, file, refresh_points } => {
                return Err(Carrier::AddContent(package, path, file, *refresh_points));
            }
            Self::Create { package, class, source, source_flag } => Operation::Create {
                package: package.clone(),
                class: *class,
                source: source.clone(),
                source_flag: *source_flag,
            },
            Self::Put { package, properties } => {
                Operation::Put { package: package.clone(), properties: properties.clone() }
            }
            Self::Refresh { package, context, at, class } => Operation::Refresh {
                package: package.clone(),
                context: context.clone(),
                at: at.clone(),
                class: *class,
            },
            Self::SetSchedule { package, tokens } => {
                Operation::SetSchedule { package: package.clone(), tokens: tokens.clone() }
            }
            Self::Assign { package, point } => {
                Operation::Assign { package: package.clone(), point: point.clone() }
            }
            Self::Remove { package, point } => {
                Operation::Remove { package: package.clone(), point: point.clone() }
            }
            Self::Redistribute { package, point } => {
                Operation::Redistribute { package: package.clone(), point: point.clone() }
            }
            Self::Cancel { package, point } => {
                Operation::Cancel { package: package.clone(), point: point.clone() }
            }
            Self::Delete { package } => Operation::Delete { package: package.clone() },
            Self::Fault { kind, target } => {
                Operation::Fault { kind: *kind, target: target.clone() }
            }
            Self::Heal { kind, target } => Operation::Heal { kind: *kind, target: target.clone() },
            Self::Clock { advance_ms } => Operation::Clock { advance_ms: *advance_ms },
            Self::Package { package } => Operation::Package { package: package.clone() },
            Self::Site { package, site } => {
                Operation::Site { package: package.clone(), site: site.clone() }
            }
            Self::Point { package, point } => {
                Operation::Point { package: package.clone(), point: point.clone() }
            }
            Self::Content { package, point, after } => Operation::Content {
                package: package.clone(),
                point: point.clone(),
                after: after.clone(),
            },
            Self::Context { package, context } => {
                Operation::Context { package: package.clone(), context: context.clone() }
            }
            Self::Operable { package } => Operation::Operable { package: package.clone() },
            Self::Idle {} => Operation::Idle {},
        })
    }
}
