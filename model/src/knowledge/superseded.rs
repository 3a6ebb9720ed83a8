//! Forgetting what no point can have any more, so that a long timeline costs no more for each event than a short one.

use super::snapshots::Snapshots;
use super::{Knowledge, Point};

/// How many snapshots and epochs went from the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gone {
    pub(super) snapshots: usize,
    pub(super) epochs: usize,
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
        let Some(gone) = oldest.map(|oldest| self.snapshots.forget_before(oldest)) else { return };
        self.places.points.iter_mut().for_each(|point| point.renumber(gone));
    }
}

impl Point {
    fn renumber(&mut self, gone: Gone) {
        self.seen.floor = self.seen.floor.map(|floor| floor.saturating_sub(gone.epochs));
        self.promised.retain(|(nth, _)| *nth >= gone.snapshots);
        self.promised.iter_mut().for_each(|(nth, _)| *nth -= gone.snapshots);
    }
}

impl Snapshots {
    fn forget_before(&mut self, oldest: usize) -> Gone {
        let superseded = |snapshot: &super::snapshots::Snapshot| snapshot.is_before(oldest);
        let snapshots = self.list.iter().take_while(|snapshot| superseded(snapshot)).count();
        let snapshots = snapshots.min(self.certain.0);
        let kept = self.list.iter().skip(snapshots).flat_map(|snapshot| &snapshot.epochs).min();
        let epochs = kept.copied().unwrap_or(oldest).min(oldest);
        self.list.drain(..snapshots);
        self.superseded.extend(self.epochs.drain(..epochs).flatten());
        for snapshot in &mut self.list {
            snapshot.epochs.iter_mut().for_each(|epoch| *epoch -= epochs);
        }
        self.certain.0 -= snapshots;
        Gone { snapshots, epochs }
    }
}
