//! What somebody who stands around the reference remembers of one package: what the reference itself has no use for.

use super::when::When;
use pkgsource_model::index::{PointIndex, SiteIndex};
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Content, FilePath, FileRecord, SourceFlag};
use std::collections::{BTreeMap, BTreeSet};

/// The point and the site that an operation names, each the first where it names none.
pub(super) type Place = (PointIndex, SiteIndex);

/// One package's past.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    /// Calls that returned 0, the one that has just returned included.
    pub(super) accepted: u32,
    /// What happened since the last of them.
    pub(super) since: Since,
    /// The points that were taken away once.
    pub(super) left: BTreeSet<PointIndex>,
    /// The points whose distribution was cancelled before it had arrived.
    pub(super) stopped: BTreeSet<PointIndex>,
    /// What is read back from a point in place of what it holds.
    pub(super) instead: BTreeMap<PointIndex, Option<Content>>,
    /// Reads since the last call that returned 0: of what, of which point or site, and how often.
    reads: BTreeMap<(When, Place), u32>,
    /// The `PkgSourceFlag` that somebody wrote, taken or not.
    pub(super) flag: Option<SourceFlag>,
    /// What the package of this id held that was deleted.
    pub(super) buried: Option<Content>,
    /// Whatever a defect counts.
    pub(super) count: u32,
}

/// What happened to one package between two calls that returned 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Since {
    /// Calls that were refused or failed.
    pub(super) failures: u32,
    /// Redistributions.
    pub(super) redistributions: u32,
    /// Which modification times have moved.
    pub(super) times: Times,
    /// The points that were added.
    pub(super) assigned: BTreeSet<PointIndex>,
    /// The points that were cancelled.
    pub(super) cancelled: BTreeSet<PointIndex>,
}

/// The modification times that have moved.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    moved: BTreeSet<FilePath>,
    /// The source is another one, and so is every time.
    all: bool,
}

impl Times {
    pub(super) fn moved(&self, path: &FilePath) -> bool {
        self.all || self.moved.contains(path)
    }
}

impl Past {
    /// Takes note of what has just happened, before anything is spoiled. `place` is what the operation names, `is_new`
    /// is true where the package has a new snapshot.
    pub(super) fn note(
        &mut self,
        when: When,
        operation: &Operation<FileRecord>,
        place: Place,
        is_new: bool,
    ) {
        let (point, _) = place;
        if is_new {
            self.instead.clear();
        }
        match when {
            When::Created => *self = Self { buried: self.buried.take(), ..Self::default() },
            When::Refreshed => {
                self.accepted += 1;
                self.reads.clear();
            }
            When::Failed | When::Refused => self.since.failures += 1,
            When::Assigned => {
                self.instead.remove(&point);
                self.since.assigned.insert(point);
            }
            When::Removed => {
                self.instead.remove(&point);
                self.left.insert(point);
            }
            When::Redistributed => {
                self.instead.remove(&point);
                self.since.redistributions += 1;
            }
            When::Cancelled => drop(self.since.cancelled.insert(point)),
            When::Deleted => self.instead.clear(),
            When::Edited => self.note_times(operation),
            When::Put => {
                let properties = match operation {
                    Operation::Put { properties, .. } => Some(properties),
                    _ => None,
                };
                self.since.times.all |= properties.is_some_and(|put| put.source.is_some());
            }
            When::PackageRead | When::SiteRead | When::PointRead | When::ContentRead => {
                *self.reads.entry((when, place)).or_default() += 1;
            }
            When::SourceMoved
            | When::Unknown
            | When::Scheduled
            | When::Added
            | When::ContextRead
            | When::OperableRead
            | When::Waited => {}
        }
    }

    /// Forgets what counts from one accepted call to the next, after everything was spoiled that is.
    pub(super) fn turn_the_page(&mut self) {
        self.since = Since::default();
    }

    /// How often something was read since the last call that returned 0, this time included.
    pub(super) fn reads(&self, when: When, place: Place) -> u32 {
        self.reads.get(&(when, place)).copied().unwrap_or_default()
    }

    /// Every write moves the file's modification time, but those that say that they keep it.
    fn note_times(&mut self, operation: &Operation<FileRecord>) {
        let Operation::Edit { changes, .. } = operation else { return };
        for change in changes {
            match change {
                Change::Write { keep_time: true, .. } | Change::Delete { .. } => {}
                Change::Write { path, .. } | Change::Rename { to: path, .. } => {
                    self.since.times.moved.insert(path.clone());
                }
            }
        }
    }
}
