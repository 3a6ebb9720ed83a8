//! The state of one package, its sources and its points. Data and small questions about it; no transitions.

use super::Rules;
use super::rows::{Generation, PointRow, SiteRow};
use crate::history::timeline::{ContentId, Held};
use crate::index::{GenerationIndex, Index, List, PointIndex, SharedList, SiteIndex, SourceIndex};
use crate::readings::behaviour as b;
use crate::rules;
use crate::words::SourceFlag;

/// Whether there is such a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Existence {
    /// It was never created.
    #[default]
    Never,
    /// It is there.
    Here,
    /// It is marked for deletion.
    Deleting,
    /// It was seen to be gone; what points and sites have of it may still be going.
    Clearing,
    /// It is gone, with all that there was of it.
    Gone,
}

/// The state of one package.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// What each source holds; none while its folder is absent.
    pub sources: List<SourceIndex, Option<ContentId>>,
    /// Whether there is such a package.
    pub existence: Existence,
    /// What is written of it.
    pub properties: Written,
    /// Which versions can still be seen.
    pub visible: Visible,
    /// The snapshots taken, oldest first.
    pub generations: List<GenerationIndex, Generation>,
    /// What is left to do.
    pub work: Work,
    /// Whether a failure shows.
    pub failure: Failure,
    /// What only a relaxed specification remembers.
    pub loose: Loose,
    /// The points.
    pub points: SharedList<PointIndex, PointRow>,
    /// The sites.
    pub sites: List<SiteIndex, SiteRow>,
}

/// What is written of a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// Which of the sources is the package's.
    pub source: Option<SourceIndex>,
    /// How the source is kept.
    pub flag: SourceFlag,
    /// True once the package was without a source: its points may have a version of nothing.
    pub bare: bool,
    /// True once content was asked for, or was under way, while there was no source: points may have lost what they had.
    pub emptied: bool,
    /// True once a property was written.
    pub touched: bool,
    /// True while points and sites may still show a package of the same id that was deleted before.
    pub leftovers: bool,
    /// What a task sequence must read as, where the readings say.
    pub operable: Option<bool>,
}

/// Which versions of a package can still be seen at its owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visible {
    /// The least visible version.
    pub shown: u32,
    /// The least version that a lagging status can still give.
    pub reported: u32,
    /// True once the newest version was read with nothing left to do.
    pub fixed: bool,
}

/// What is left to do for a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work {
    /// True until the first version's content is taken.
    pub opening: bool,
    /// Accepted calls for which no snapshot has been taken.
    pub pending: u32,
    /// How many of them were accepted before the package's source or flag was written.
    pub moved: u32,
    /// The bits of the sources that those may still read.
    pub earlier: u64,
    /// How many of the pending calls were accepted while the package had a source, which has none now.
    pub in_vain: u32,
    /// How many of them a product that refuses the method's call may fail all the same: the flag of a task sequence.
    pub refusable: u32,
    /// One of them was a call of the method on a task sequence, and none has failed since.
    pub by_method: bool,
    /// Additions that the next snapshot includes.
    pub referenced: u64,
    /// The first generation that can still come to a point: when nothing is left to do, what is older than anything that
    /// a point holds, and than the newest content, is gone.
    pub oldest: GenerationIndex,
    /// True while the product has nothing left to do.
    pub quiet: bool,
    /// Something was asked of another package since all was quiescent: a point may be busy with that.
    pub elsewhere: bool,
}

impl Default for Work {
    fn default() -> Self {
        let oldest = GenerationIndex::FIRST;
        Self {
            opening: false,
            pending: 0,
            moved: 0,
            earlier: 0,
            in_vain: 0,
            refusable: 0,
            by_method: false,
            referenced: 0,
            oldest,
            quiet: true,
            elsewhere: false,
        }
    }
}

/// Whether a package shows a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// True while the last processing failed.
    pub failed: bool,
    /// True while a failure may show or not: something was refused, and nothing has succeeded since.
    pub may_show: bool,
    /// True while a lagging status may still show what was before.
    pub lags: bool,
}

/// What is remembered of a package only where a promise is given up.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loose {
    /// The version that was last read.
    pub read: u32,
    /// How often the version may still have risen for nothing.
    pub rises: u32,
    /// How often of these since the newest snapshot.
    pub rises_since: u32,
    /// How many refreshes began that nothing asked for.
    pub unasked: u8,
    /// All that is under way began without being asked for: it excuses nothing that is read meanwhile.
    pub busy_for_nothing: bool,
    /// The newest version is whatever is read next.
    pub free: bool,
    /// The version has gone back, or has risen by itself: what a point or a site reports need not have followed.
    pub unfollowed: bool,
    /// What the source held since the newest snapshot.
    pub later: Vec<ContentId>,
}

/// A copy that can reuse another's memory: the oracle copies a state for every moment that it looks at.
impl Clone for State {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, other: &Self) {
        let Self {
            sources,
            existence,
            properties,
            visible,
            generations,
            work,
            failure,
            loose,
            points,
            sites,
        } = other;
        self.sources.clone_from(sources);
        self.generations.clone_from(generations);
        self.points.clone_from(points);
        self.sites.clone_from(sites);
        self.loose.later.clone_from(&loose.later);
        let later = std::mem::take(&mut self.loose.later);
        (self.existence, self.properties, self.visible) = (*existence, *properties, *visible);
        (self.work, self.failure) = (*work, *failure);
        self.loose = Loose {
            read: loose.read,
            rises: loose.rises,
            rises_since: loose.rises_since,
            unasked: loose.unasked,
            busy_for_nothing: loose.busy_for_nothing,
            free: loose.free,
            unfollowed: loose.unfollowed,
            later,
        };
    }
}

impl Existence {
    /// True from the deletion until nothing is left of the package.
    #[must_use]
    pub fn is_ending(self) -> bool {
        matches!(self, Self::Deleting | Self::Clearing)
    }
}

impl State {
    /// Nothing has happened yet: every source is an empty folder.
    #[must_use]
    pub fn new(sources: usize, points: usize, sites: usize) -> Self {
        Self {
            sources: vec![Some(ContentId::EMPTY); sources].into(),
            points: vec![PointRow::default(); points].into(),
            sites: vec![SiteRow::default(); sites].into(),
            ..Self::default()
        }
    }

    /// The version of the newest snapshot; a package that has none yet counts as its first version.
    #[must_use]
    pub fn processed(&self) -> u32 {
        self.generations.last().map_or(1, |generation| generation.version)
    }

    /// The highest version that can come of what was asked so far.
    #[must_use]
    pub fn ceiling(&self, rules: &Rules<'_>) -> u32 {
        self.processed().saturating_add(
            if rules::may_raise(rules.class().entry(), &rules.readings) {
                self.work.pending
            } else {
                0
            },
        )
    }

    /// The highest version that can be shown now: what cannot be made as things are is not shown before it is.
    #[must_use]
    pub fn most_shown(&self, rules: &Rules<'_>) -> u32 {
        let advances = rules.readings.permits(b::FailedVersion::Advances);
        let can_be_made =
            !self.has_source() || self.source_now().is_some() || self.work.moved > 0 || advances;
        self.visible.shown.max(if can_be_made { self.ceiling(rules) } else { self.processed() })
    }

    /// The newest content that was taken.
    #[must_use]
    pub fn newest_held(&self) -> Option<Held> {
        self.generations.iter().rev().find_map(|generation| generation.held)
    }

    /// True where the package has a source, and it cannot be read.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.has_source() && self.source_now().is_none()
    }

    /// The newest generation that has content to deliver.
    #[must_use]
    pub fn target(&self) -> Option<GenerationIndex> {
        self.generations.rposition(|generation| generation.held.is_some())
    }

    /// True where the package has a source to be refreshed.
    #[must_use]
    pub fn has_source(&self) -> bool {
        self.properties.source.is_some() && self.properties.flag.has_source()
    }

    /// What the package's source holds now; none while the folder is absent, and where there is no source.
    #[must_use]
    pub fn source_now(&self) -> Option<ContentId> {
        let source = self.properties.source.filter(|_| self.properties.flag.has_source())?;
        self.sources.get(source).copied().flatten()
    }

    /// What a snapshot taken now would hold.
    #[must_use]
    pub fn snapshot_now(&self) -> Option<Held> {
        self.source_now().map(|base| Held { base, added: self.work.referenced })
    }

    /// The version of a generation.
    #[must_use]
    pub fn version_of(&self, generation: GenerationIndex) -> u32 {
        self.generations.get(generation).map_or(0, |generation| generation.version)
    }
}
