//! The rows of a package's state: its snapshots, and the package at one point and at one site. Data; no transitions.

use crate::history::timeline::Held;
use crate::index::{GenerationIndex, Index};

/// One snapshot of the source: a version with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation {
    /// The version that it belongs to.
    pub version: u32,
    /// The content; none where the version has none (a failed snapshot, or no source).
    pub held: Option<Held>,
    /// The version rose for nothing, where that promise is given up: whoever has the content before has this one.
    pub risen: bool,
}

impl Generation {
    /// A version with what a snapshot took.
    #[must_use]
    pub const fn taken(version: u32, held: Option<Held>) -> Self {
        Self { version, held, risen: false }
    }

    /// A version that rose with the content that there was.
    pub(super) const fn risen(version: u32, held: Option<Held>) -> Self {
        Self { version, held, risen: true }
    }
}

/// What came to a point since the last call was accepted, or since the last snapshot came to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Late {
    /// Nothing.
    #[default]
    No,
    /// It became the package's.
    Assigned,
    /// A redistribution.
    Redistributed,
    /// A redistribution, and then a snapshot that has not come yet.
    Superseded,
}

impl Late {
    /// True where content was sent again.
    pub(super) fn was_sent_again(self) -> bool {
        matches!(self, Self::Redistributed | Self::Superseded)
    }

    pub(super) fn after_call(self) -> Self {
        if self == Self::Assigned { Self::No } else { self }
    }

    pub(super) fn after_snapshot(self) -> Self {
        if self == Self::Redistributed { Self::Superseded } else { self }
    }

    pub(super) fn after_delivery(self) -> Self {
        if self == Self::Superseded { Self::No } else { self }
    }
}

/// What became of a distribution to a point that somebody cancelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cancelled {
    /// Nobody cancelled any.
    #[default]
    No,
    /// It may have arrived all the same.
    InTime,
    /// The newest has failed, for good: so the point said when nothing was left to do.
    Failed,
}

/// The package at one point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PointRow {
    /// True while the point is one of the package's.
    pub assigned: bool,
    /// True while the newest content is owed to the point.
    pub owed: bool,
    /// True while a call is pending whose snapshot will be owed to the point. A snapshot that fails owes nothing.
    pub promised: bool,
    /// Whether what was on its way to the point was cancelled: it ends as failed there, unless it had arrived.
    pub cancelled: Cancelled,
    /// True where something may be on its way to the point that it has already: it was sent again, or came back.
    pub again: bool,
    /// The newest generation with content when it became the package's: it is sent none that is older.
    pub since: GenerationIndex,
    /// The generation that it holds, as a place in the state's list.
    pub held: Option<GenerationIndex>,
    /// True while what it holds may go away (after a removal, or a recreation).
    pub may_vanish: bool,
    /// The least version that its status can still give.
    pub reported: u32,
    /// What only a relaxed specification remembers.
    pub loose: LooseRow,
}

/// What is remembered of a point only where a promise is given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LooseRow {
    /// What came to the point since the last call was accepted.
    pub late: Late,
    /// The point gets nothing until the next snapshot.
    pub stuck: bool,
    /// What it held before the newest content was due, until it is read.
    pub before: Option<Option<GenerationIndex>>,
    /// What the point has is spoilt, if it was made before this.
    pub wrecked: Option<GenerationIndex>,
}

impl PointRow {
    /// Where what it has may go: what is still on its way there is newer, or the same where that was sent again.
    pub(super) fn lets_only_newer_come(&mut self) {
        let least = |held: GenerationIndex| if self.again { held } else { held.next() };
        self.since = self.held.map_or(self.since, |held| least(held).max(self.since));
    }

    /// True where what was on its way to the point was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled != Cancelled::No
    }
}

/// The package at one site, as far as it was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteRow {
    /// The least version that the site's metadata can still give; 0 before it knows any.
    pub version: u32,
    /// The least version of the files that it can still hold; 0 for none.
    pub stored: u32,
    /// The version that it was last read to know: only where a promise is given up.
    pub read_version: u32,
    /// The version of the files that it was last read to have: only where a promise is given up.
    pub read_stored: u32,
    /// True once a point of the site had the package.
    pub had_point: bool,
}
