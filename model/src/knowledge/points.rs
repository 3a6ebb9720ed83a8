//! The package's points: which they are, what they are promised, and what they were seen to have.
//! What follows from a promise is in [`super::owed`], from a read in [`super::reads`].

use super::{CallEnd, Knowledge};
use crate::classes::Points;
use crate::index::{EpochIndex, MomentIndex, PointIndex, SnapshotIndex};
use crate::rules;

/// One point.
#[derive(Clone, Debug, Default)]
pub(crate) struct Point {
    /// It is one of the package's.
    pub(crate) assigned: bool,
    /// It was owed the newest content before anything was promised that [`Self::promised`] lists.
    pub(super) owed: bool,
    /// The snapshots that may since have become due here, each with whether its content is then owed.
    pub(super) promised: Vec<(SnapshotIndex, bool)>,
    /// What it holds may go away.
    pub(crate) leaving: bool,
    /// It was removed and came back before all was done: what it has may be from before.
    pub(super) came_back: bool,
    /// What it held went away, and may come back at another version.
    pub(crate) vanished: bool,
    /// What was on its way to it was cancelled, and nothing was asked for since.
    pub(super) cancelled: bool,
    /// No call was made since it was assigned.
    pub(crate) late: bool,
    /// What became of an operation on it is not known: nothing can be said of it.
    pub(crate) indeterminate: bool,
    /// What it was seen to have.
    pub(crate) seen: Seen,
}

/// What a point was seen to have, or must have had.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// The least epoch that it can hold, once content was read there.
    pub(crate) floor: Option<EpochIndex>,
    /// The highest version that it reported as installed.
    pub(crate) reported: u32,
    /// The least version that it can have, by what was read or had to arrive; it can report no older one, unless its
    /// status lags.
    pub(crate) least: u32,
    /// It said that it has the package installed, with or without a version, while that meant content.
    pub(crate) installed: bool,
}

/// A read that showed a point without what it is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Incomplete {
    /// Its content, at this place of the timeline.
    Content(MomentIndex),
    /// Its status, at this place of the timeline.
    Status(MomentIndex),
}

impl Knowledge<'_> {
    /// What became of an operation on a point is not known.
    pub(super) fn doubt_point(&mut self, point: PointIndex) {
        if let Some(row) = self.places.points.get_mut(point) {
            row.indeterminate = true;
        }
        self.note_point_of_site(point);
    }

    pub(super) fn assign(&mut self, point: PointIndex) {
        let owed = self.class().points == Points::Promised;
        if let Some(row) = self.places.points.get_mut(point).filter(|row| !row.assigned) {
            (row.assigned, row.late, row.owed) = (true, true, owed);
            row.came_back |= row.leaving;
            row.promised.clear();
        }
        self.note_point_of_site(point);
    }

    pub(super) fn remove(&mut self, point: PointIndex) {
        if let Some(row) = self.places.points.get_mut(point) {
            row.leaving |= row.assigned;
            (row.assigned, row.owed, row.cancelled) = (false, false, false);
            row.promised.clear();
        }
        self.release_site_of(point);
    }

    pub(super) fn remove_all(&mut self) {
        self.places.points.indices().for_each(|point| self.remove(point));
    }

    pub(super) fn redistribute(&mut self, point: PointIndex) {
        let waits = self.calls.iter().any(|call| call.open && call.end != CallEnd::Refused);
        let promised = rules::promises_copies(self.class());
        if let Some(row) = self.places.points.get_mut(point).filter(|row| row.assigned) {
            // What is sent again is the version that there is: one that waits, and that a cancel withdrew, is none.
            row.owed |= promised && (!row.promised.is_empty() || !waits);
            row.cancelled = false;
        }
    }

    pub(super) fn cancel(&mut self, point: PointIndex) {
        if let Some(row) = self.places.points.get_mut(point) {
            let is_owed_alone = row.promised.iter().all(|&(_, owed)| owed);
            let on_its_way = row.owed || !row.promised.is_empty();
            // A snapshot that was taken meanwhile is one that was not cancelled before.
            row.cancelled &= row.promised.is_empty();
            row.cancelled |= row.assigned && is_owed_alone && on_its_way;
            row.owed = false;
            row.promised.clear();
        }
    }

    /// A property was written: a class whose points are promised content while nothing changes promises no more.
    pub(super) fn note_put(&mut self) {
        if self.class().points == Points::WhileUnchanged {
            self.places.points.iter_mut().for_each(Point::release);
        }
    }

    /// What the points hold may go away and come back; where it certainly does, they are owed it again.
    pub(super) fn recreate(&mut self, certain: bool) {
        let owed = certain && self.class().points == Points::Promised;
        for row in self.places.points.iter_mut().filter(|row| row.assigned) {
            row.leaving = true;
            row.owed |= owed;
        }
    }

    /// A version may be on its way that is owed to nobody.
    pub(super) fn disown(&mut self) {
        if self.class().points != Points::Promised {
            self.places.points.iter_mut().for_each(Point::release);
        }
    }

    /// The newest call was accepted: what its snapshot holds will be owed to the points, once it is taken.
    pub(super) fn promise(&mut self) {
        let owed = rules::owes_points(self.class(), self.package.properties_written);
        let Some(newest) = self.snapshots.newest() else { return };
        for row in self.places.points.iter_mut().filter(|row| row.assigned) {
            row.promised.push((newest, owed));
        }
    }

    /// A point has at least this version, whatever it reports.
    pub(super) fn has_at_least(&mut self, point: PointIndex, version: u32) {
        if let Some(row) = self.places.points.get_mut(point) {
            row.seen.least = row.seen.least.max(version);
        }
    }
}

impl Point {
    fn release(&mut self) {
        (self.owed, self.cancelled) = (false, false);
        self.promised.clear();
    }
}
