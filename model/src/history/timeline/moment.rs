//! One moment of a timeline: what was asked and answered, as indices and numbers, when, and how it ended.

use super::{ContentId, Held};
use crate::index::{AdditionIndex, EventIndex, PointIndex, SiteIndex, SourceIndex};
use crate::operation::Properties;
use crate::reply::{ContextStatus, PackageStatus, PointStatus, SiteStatus};
use crate::words::{PackageClass, SourceFlag};

/// An ordinal that is later than any.
pub const NEVER: u64 = u64::MAX;

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It answered `ok`; for a refresh, with 0.
    Done,
    /// A refresh returned something other than 0.
    NonZero,
    /// It answered with an error that carries no return value.
    Error,
    /// Nobody knows.
    Unknown,
}

/// A `ContextID` argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContextArgument {
    /// None was given.
    Absent,
    /// An empty one was given.
    Empty,
    /// One was given that had not been used before in the plan.
    Fresh,
    /// One was given that a call on this package had used before.
    Reused,
    /// One was given that only calls on other packages had used before.
    OfAnother,
}

/// What was done with the `ContextID` whose status is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContextUse {
    /// No call of any package named it.
    Never,
    /// Some did, and whose status is read is not sure.
    Before,
    /// What was last asked for named it, as the only call, and returned 0.
    Last,
}

/// Which properties a `Put` wrote, where the version is none of them: it is read-only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Writes {
    /// None that was not so already.
    Nothing,
    /// The flag that asks for a refresh, alone: it is no state, and written anew each time.
    FlagAlone,
    /// One that is not as it was known to be.
    Property,
}

/// Whether a `Put` gives the package another path or another share name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moves {
    /// Neither.
    #[default]
    No,
    /// One of them, if it was not so already: nobody knows what it was.
    Perhaps,
    /// One of them.
    Yes,
}

/// What happened at one moment of a package's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the operation's own, as an index")]
pub enum Act {
    Create {
        class: PackageClass,
        source: Option<SourceIndex>,
        flag: SourceFlag,
    },
    /// From here on the source is in this state; none where the folder is absent.
    Source {
        source: SourceIndex,
        state: Option<ContentId>,
    },
    Put {
        source: Option<SourceIndex>,
        flag: Option<SourceFlag>,
        moves: Moves,
        version: bool,
        refresh: bool,
        writes: Writes,
    },
    Refresh {
        context: ContextArgument,
        at_owner: bool,
        own_class: bool,
    },
    SetSchedule {
        tokens: usize,
    },
    Assign {
        point: PointIndex,
    },
    Remove {
        point: PointIndex,
    },
    Redistribute {
        point: PointIndex,
    },
    Cancel {
        point: PointIndex,
    },
    Delete,
    Add {
        addition: AdditionIndex,
        /// The bits of earlier additions under the same path.
        replaces: u64,
        driver: bool,
        refresh_points: bool,
    },
    ReadPackage(Option<PackageStatus>),
    ReadSite {
        site: SiteIndex,
        status: Option<SiteStatus>,
    },
    ReadPoint {
        point: PointIndex,
        status: PointStatus,
    },
    ReadContent {
        point: PointIndex,
        held: Option<Held>,
    },
    ReadContext {
        status: ContextStatus,
        of: ContextUse,
    },
    ReadOperable(bool),
    /// Something was asked of another package.
    Elsewhere,
    Settled,
}

/// One moment: an act with its interval and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Ordinal of the invocation.
    pub invoked: u64,
    /// Ordinal of the return; [`NEVER`] while unknown.
    pub returned: u64,
    /// Place in the history's events; none for a settled event.
    pub event: Option<EventIndex>,
    /// What it was.
    pub act: Act,
    /// How it ended.
    pub outcome: Outcome,
}

impl Act {
    /// A write of these properties, of which `source` is the index of the one it names.
    #[must_use]
    pub fn put(
        properties: &Properties,
        source: Option<SourceIndex>,
        moves: Moves,
        writes: Writes,
    ) -> Self {
        // A name is written and kept, and nothing comes of it.
        let Properties {
            name: _,
            source: _,
            source_flag,
            share_name: _,
            source_version,
            refresh_pkg_source_flag,
        } = properties;
        Self::Put {
            source,
            flag: *source_flag,
            moves,
            version: source_version.is_some(),
            refresh: *refresh_pkg_source_flag == Some(true),
            writes,
        }
    }

    /// True for what brings content to points, or takes it from them, where the package has no source to take it from: it
    /// was asked for, and was not refused.
    pub(crate) fn moves_content(&self, outcome: Outcome) -> bool {
        let taken = matches!(outcome, Outcome::Done | Outcome::Unknown);
        taken
            && match self {
                Self::Refresh { .. } | Self::Redistribute { .. } => true,
                Self::Put { moves, refresh, .. } => *moves != Moves::No || *refresh,
                Self::Add { refresh_points, .. } => *refresh_points,
                Self::Create { .. }
                | Self::Source { .. }
                | Self::SetSchedule { .. }
                | Self::Assign { .. }
                | Self::Remove { .. }
                | Self::Cancel { .. }
                | Self::Delete
                | Self::Elsewhere
                | Self::ReadPackage(_)
                | Self::ReadSite { .. }
                | Self::ReadPoint { .. }
                | Self::ReadContent { .. }
                | Self::ReadContext { .. }
                | Self::ReadOperable(_)
                | Self::Settled => false,
            }
    }

    /// True for what asks for a refresh without calling the method: the flag, or an addition that says so.
    pub(crate) fn asks_by_a_write(&self) -> bool {
        matches!(self, Self::Put { refresh: true, .. } | Self::Add { refresh_points: true, .. })
    }

    /// True for what is seen; the rest is done, by a client or to a source.
    pub(crate) fn is_observation(&self) -> bool {
        match self {
            Self::ReadPackage(_)
            | Self::ReadSite { .. }
            | Self::ReadPoint { .. }
            | Self::ReadContent { .. }
            | Self::ReadContext { .. }
            | Self::ReadOperable(_)
            | Self::Settled => true,
            Self::Create { .. }
            | Self::Source { .. }
            | Self::Put { .. }
            | Self::Refresh { .. }
            | Self::SetSchedule { .. }
            | Self::Assign { .. }
            | Self::Remove { .. }
            | Self::Redistribute { .. }
            | Self::Cancel { .. }
            | Self::Delete
            | Self::Add { .. }
            | Self::Elsewhere => false,
        }
    }

    /// True for what a client reads.
    pub(crate) fn is_read(&self) -> bool {
        self.is_observation() && *self != Self::Settled
    }
}
