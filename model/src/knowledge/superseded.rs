//! Forgetting what no point can have any more, so that a long timeline costs no more for each event than a short one.

use super::snapshots::Snapshots;
use super::{Knowledge, Point};
use crate::index::{EpochIndex, Index, SnapshotIndex};

/// The first snapshot and the first epoch that stay: what was before them is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) snapshots: SnapshotIndex,
    pub(super) epochs: EpochIndex,
}

impl Knowledge<'_> {
    /// Nothing is left to do: what is older than anything that a point may hold, and than the newest content, is gone.
    pub(super) fn forget_superseded(&mut self) {
        if self.has_unanswered() || self.package.point_unanswered {
            return;
        }
        let newest = self.snapshots.newest_epoch();
        let mut oldest = newest;
        for point in self.places.points.iter().filter(|point| point.assigned || point.indeterminate)
        {
            oldest = oldest.min(point.seen.floor);
        }
        if oldest.is_some() && oldest == newest && self.newest_is_sure() && self.class().increments
        {
            self.versions.oldest = self.versions.low;
        }
        let Some(left) = oldest.map(|oldest| self.snapshots.forget_before(oldest)) else { return };
        self.places.points.iter_mut().for_each(|point| point.renumber(left));
    }
}

impl Point {
    fn renumber(&mut self, left: Left) {
        self.seen.floor = self.seen.floor.map(|floor| floor.counted_from(left.epochs));
        self.promised.retain(|(nth, _)| *nth >= left.snapshots);
        let promised = self.promised.iter_mut();
        promised.for_each(|(nth, _)| *nth = nth.counted_from(left.snapshots));
    }
}

impl Snapshots {
    fn forget_before(&mut self, oldest: EpochIndex) -> Left {
        let superseded = |snapshot: &super::snapshots::Snapshot| snapshot.is_before(oldest);
        let snapshots = self.list.iter().take_while(|snapshot| superseded(snapshot)).count();
        let snapshots = SnapshotIndex::of(snapshots).min(self.certain.0);
        let list = self.list.starting_at(snapshots).iter();
        let kept = list.filter_map(|snapshot| snapshot.epochs.first()).min();
        let epochs = kept.unwrap_or(oldest).min(oldest);
        drop(self.list.drain_before(snapshots));
        self.superseded.extend(self.epochs.drain_before(epochs).flatten());
        self.list.iter_mut().for_each(|snapshot| snapshot.epochs.count_from(epochs));
        self.certain.0 = self.certain.0.counted_from(snapshots);
        Left { snapshots, epochs }
    }
}
