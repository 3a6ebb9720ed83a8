//! The state of one package, its sources and its points. Data and small questions about it; no transitions.

use super::Rules;
use crate::history::timeline::{ContentId, Held};
use crate::readings::behaviour as b;
use crate::rules;
use crate::words::SourceFlag;

/// Whether there is such a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Existence {
    /// It was never created.
    Never,
    /// It is there.
    Here,
    /// It is marked for deletion.
    Deleting,
    /// It is gone.
    Gone,
}

/// One snapshot of the source: a version with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation {
    /// The version that it belongs to.
    pub version: u32,
    /// The content; none where the version has none (a failed snapshot, or no source).
    pub held: Option<Held>,
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
    /// True where a redistribution was asked for while that call was pending: the point is then owed it in any class.
    pub asked: bool,
    /// True where what was on its way to the point was cancelled: it ends as failed there, unless it had arrived.
    pub cancelled: bool,
    /// True while no call was accepted since the point became the package's: only where a promise is given up.
    pub late: bool,
    /// The point gets nothing until the next snapshot: only where a promise is given up.
    pub stuck: bool,
    /// What it held before the newest content was due, until it is read: only where a promise is given up.
    pub before: Option<Option<usize>>,
    /// What the point has is spoilt: only where a promise is given up.
    pub wrecked: bool,
    /// The newest generation with content when it became the package's: it is sent none that is older.
    pub since: usize,
    /// The generation that it holds, as a place in the state's list.
    pub held: Option<usize>,
    /// True while what it holds may go away (after a removal, or a recreation).
    pub may_vanish: bool,
    /// The least version that its status can still give.
    pub reported: u32,
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

/// The state of one package.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// What each source holds; none while its folder is absent.
    pub sources: Vec<Option<ContentId>>,
    /// Whether there is such a package.
    pub existence: Existence,
    /// Which of the sources is the package's.
    pub source: Option<usize>,
    /// How the source is kept.
    pub flag: SourceFlag,
    /// True once the package was without a source: its points may have a version of nothing.
    pub bare: bool,
    /// The least visible version.
    pub shown: u32,
    /// The least version that a lagging status can still give.
    pub reported: u32,
    /// The snapshots taken, oldest first.
    pub generations: Vec<Generation>,
    /// The first of them that can still come to a point: when nothing is left to do, what is older than anything that a
    /// point holds, and than the newest content, is gone.
    pub oldest: usize,
    /// True until the first version's content is taken.
    pub opening: bool,
    /// Accepted calls for which no snapshot has been taken.
    pub pending: u32,
    /// True while a call is pending that was accepted before the package's source or flag was written.
    pub moved: bool,
    /// True once the newest version was read with nothing left to do.
    pub fixed: bool,
    /// The version that was last read: only where a promise is given up.
    pub read: u32,
    /// How often the version may still have risen for nothing: only where a promise is given up.
    pub rises: u32,
    /// How many refreshes began that nothing asked for: only where a promise is given up.
    pub unasked: u8,
    /// The newest version is whatever is read next: only where a promise is given up.
    pub free: bool,
    /// What the source held since the newest snapshot: only where a promise is given up.
    pub later: Vec<ContentId>,
    /// Additions that the next snapshot includes.
    pub referenced: u64,
    /// True while the last processing failed.
    pub failed: bool,
    /// True while a failure may show or not: something was refused, and nothing has succeeded since.
    pub may_show_failure: bool,
    /// True while a lagging status may still show what was before.
    pub status_lags: bool,
    /// True once a property was written.
    pub touched: bool,
    /// What a task sequence must read as, where the readings say.
    pub operable: Option<bool>,
    /// True while the product has nothing left to do.
    pub quiet: bool,
    /// The points.
    pub points: Vec<PointRow>,
    /// The sites.
    pub sites: Vec<SiteRow>,
}

/// A copy that can reuse another's memory: the oracle copies a state for every moment that it looks at.
impl Clone for State {
    fn clone(&self) -> Self {
        let mut copy = Self::new(0, 0, 0);
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, other: &Self) {
        let Self {
            sources,
            generations,
            points,
            sites,
            existence,
            source,
            flag,
            bare,
            shown,
            reported,
            oldest,
            opening,
            pending,
            moved,
            fixed,
            read,
            rises,
            unasked,
            free,
            later,
            referenced,
            failed,
            may_show_failure,
            status_lags,
            touched,
            operable,
            quiet,
        } = other;
        self.sources.clone_from(sources);
        self.generations.clone_from(generations);
        self.points.clone_from(points);
        self.sites.clone_from(sites);
        self.later.clone_from(later);
        *self = Self {
            sources: std::mem::take(&mut self.sources),
            generations: std::mem::take(&mut self.generations),
            points: std::mem::take(&mut self.points),
            sites: std::mem::take(&mut self.sites),
            existence: *existence,
            source: *source,
            flag: *flag,
            bare: *bare,
            shown: *shown,
            reported: *reported,
            oldest: *oldest,
            opening: *opening,
            pending: *pending,
            moved: *moved,
            fixed: *fixed,
            read: *read,
            rises: *rises,
            unasked: *unasked,
            free: *free,
            later: std::mem::take(&mut self.later),
            referenced: *referenced,
            failed: *failed,
            may_show_failure: *may_show_failure,
            status_lags: *status_lags,
            touched: *touched,
            operable: *operable,
            quiet: *quiet,
        };
    }
}

impl State {
    /// Nothing has happened yet: every source is an empty folder.
    #[must_use]
    pub fn new(sources: usize, points: usize, sites: usize) -> Self {
        Self {
            sources: vec![Some(ContentId::EMPTY); sources],
            existence: Existence::Never,
            source: None,
            flag: SourceFlag::NoSource,
            bare: false,
            shown: 0,
            reported: 0,
            generations: Vec::new(),
            oldest: 0,
            opening: false,
            pending: 0,
            moved: false,
            fixed: false,
            read: 0,
            rises: 0,
            unasked: 0,
            free: false,
            later: Vec::new(),
            referenced: 0,
            failed: false,
            may_show_failure: false,
            status_lags: false,
            touched: false,
            operable: None,
            quiet: true,
            points: vec![PointRow::default(); points],
            sites: vec![SiteRow::default(); sites],
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
            if rules::may_raise(rules.class().entry(), &rules.readings) { self.pending } else { 0 },
        )
    }

    /// The highest version that can be shown now: what cannot be made as things are is not shown before it is.
    #[must_use]
    pub fn most_shown(&self, rules: &Rules<'_>) -> u32 {
        let advances = rules.readings.permits(b::FailedVersion::Advances);
        let can_be_made = !self.has_source() || self.source_now().is_some() || advances;
        self.shown.max(if can_be_made { self.ceiling(rules) } else { self.processed() })
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
    pub fn target(&self) -> Option<usize> {
        self.generations.iter().rposition(|generation| generation.held.is_some())
    }

    /// True where the package has a source to be refreshed.
    #[must_use]
    pub fn has_source(&self) -> bool {
        self.source.is_some() && self.flag.has_source()
    }

    /// What the package's source holds now; none while the folder is absent, and where there is no source.
    #[must_use]
    pub fn source_now(&self) -> Option<ContentId> {
        let source = self.source.filter(|_| self.flag.has_source())?;
        self.sources.get(source).copied().flatten()
    }

    /// What a snapshot taken now would hold.
    #[must_use]
    pub fn snapshot_now(&self) -> Option<Held> {
        self.source_now().map(|base| Held { base, added: self.referenced })
    }

    /// The version of a generation.
    #[must_use]
    pub fn version_of(&self, generation: usize) -> u32 {
        self.generations.get(generation).map_or(0, |generation| generation.version)
    }
}
