//! What the points are owed: a snapshot that was taken is owed to the points that it was promised to, and one that
//! failed leaves them with what they were owed before.

use super::points::Incomplete;
use super::{Knowledge, Point};
use crate::index::{EpochIndex, SnapshotIndex};

impl Knowledge<'_> {
    /// True where the newest content is certainly owed to a point.
    pub(crate) fn is_owed(&self, row: &Point) -> bool {
        let was_taken = |snapshot| self.snapshots.was_taken(snapshot);
        let after = |owed: bool, &(nth, promised): &(SnapshotIndex, bool)| match was_taken(nth) {
            Some(true) => promised,
            Some(false) => owed,
            None => owed && promised,
        };
        row.assigned && row.promised.iter().fold(row.owed, after)
    }

    /// True where what was on its way to a point was certainly cancelled, and nothing has been owed to it since.
    pub(crate) fn is_cancelled(&self, row: &Point) -> bool {
        let may_be_owed =
            |&(nth, _): &(SnapshotIndex, bool)| self.snapshots.was_taken(nth) != Some(false);
        row.assigned && row.cancelled && !row.promised.iter().any(may_be_owed)
    }

    /// True where the newest version has content, whichever snapshot made it, so that a point can be current.
    pub(crate) fn newest_is_sure(&self) -> bool {
        self.snapshots.newest_is_sure()
    }

    /// True where a point must be current now.
    pub(crate) fn must_be_current(&self, row: &Point) -> bool {
        self.is_quiescent() && self.is_owed(row) && self.newest_is_sure()
    }

    /// The snapshot before which a point cannot go back now: the newest certain one, where that is owed to it.
    pub(crate) fn least_snapshot(&self, row: &Point) -> Option<SnapshotIndex> {
        let due = self.is_quiescent() && self.is_owed(row);
        if due { self.snapshots.newest_sure() } else { None }
    }

    /// Nothing is left to do: what could be taken was taken or failed, and what is owed has arrived.
    pub(super) fn settle_contents(&mut self) {
        self.snapshots.close();
        if self.versions.low == self.versions.high && self.none_is_empty() {
            self.snapshots.all_were_taken();
        }
        let current = if self.newest_is_sure() { self.versions.low } else { 0 };
        let newest = self.snapshots.newest_epoch();
        self.places.incomplete.clear();
        for point in self.places.points.indices() {
            let owed = self.places.points.get(point).is_some_and(|row| self.is_owed(row));
            if let Some(row) = self.places.points.get_mut(point) {
                row.settle(owed, current, newest);
            }
        }
    }

    /// A read showed, with nothing left to do, that a point has not got what it is owed; and now it is known that there
    /// is something to get.
    pub(crate) fn incomplete_after_all(&self) -> impl Iterator<Item = (Incomplete, &Point)> {
        let due = self.is_quiescent() && self.newest_is_sure();
        let reads = self.places.incomplete.iter().filter(move |_| due);
        let rows = reads.filter_map(|(&at, &read)| Some((read, self.places.points.get(at)?)));
        rows.filter(|(_, row)| !row.indeterminate && self.is_owed(row))
    }
}

impl Point {
    fn settle(&mut self, owed: bool, current: u32, newest: Option<EpochIndex>) {
        let seen = &mut self.seen;
        if !self.assigned {
            (self.leaving, self.came_back) = (false, false);
            (seen.least, seen.floor, seen.reported, seen.installed) = (0, None, 0, false);
        } else if owed {
            (self.leaving, self.came_back) = (false, false);
            self.cancelled = false;
            seen.least = seen.least.max(current);
            seen.floor = seen.floor.max(newest);
        }
    }
}
