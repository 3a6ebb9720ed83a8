//! What reads of the package and its points tell, where they are right. Reads of sites are in [`super::sites`].

use super::points::Incomplete;
use super::{Knowledge, Point, Presence};
use crate::history::timeline::{ContentId, Held};
use crate::index::{EpochIndex, Index, MomentIndex, PointIndex, SnapshotIndex};
use crate::readings::{Question, behaviour as b};
use crate::reply::{PackageStatus, PointStatus};
use crate::words::PointState;
use std::collections::btree_map::Entry;

impl Knowledge<'_> {
    /// True where what is reported may be older than what is there.
    pub(crate) fn lags(&self) -> bool {
        !self.is_quiescent() && self.permits(b::StatusReads::Lagging)
    }

    pub(super) fn learn_package(&mut self, place: MomentIndex, status: Option<&PackageStatus>) {
        let Some(status) = status else {
            if self.package.presence == Presence::Leaving {
                self.package.presence = Presence::Clearing;
            }
            return;
        };
        if self.package.can_be_judged() {
            self.learn_failure(status.failure.is_some());
            self.learn_version(place, status.version.0);
        }
    }

    fn learn_version(&mut self, place: MomentIndex, version: u32) {
        let quiescent = self.is_quiescent();
        self.questions.show();
        if !quiescent {
            if self.calls.iter().any(|call| call.open) {
                self.ask(Question::StatusReads);
            }
            if self.calls.iter().any(|call| call.open && call.end == super::CallEnd::Accepted) {
                self.ask(Question::VersionVisible);
            }
        }
        if quiescent {
            self.learn_what_was_taken(version);
        }
        self.versions.learn(version, !self.lags());
        if quiescent {
            self.versions.learn_certain(version, place);
            self.forget_closed_calls();
        }
    }

    /// A point of the package's about which something can be said.
    pub(crate) fn known_point(&self, point: PointIndex) -> Option<&Point> {
        let row = self.places.points.get(point)?;
        let judged = self.package.can_be_judged() && !self.places.leftovers;
        (judged && !row.indeterminate).then_some(row)
    }

    pub(super) fn learn_point(
        &mut self,
        place: MomentIndex,
        point: PointIndex,
        status: PointStatus,
    ) {
        let Some(row) = self.known_point(point).filter(|row| row.assigned) else { return };
        if matches!(status.state, PointState::None | PointState::ContentMonitoring) {
            return;
        }
        let version = status.version.map(|version| version.0);
        if !status.state.is_installed() && self.places.busy {
            return;
        }
        if !status.state.is_installed() {
            return self.learn_pending(place, point, version);
        }
        if self.must_be_current(row) {
            // With nothing left to do, what a point has is the version.
            self.versions.cap(version.unwrap_or(u32::MAX));
        }
        self.note_said_installed(point);
        if let Some(version) = version {
            self.versions.evidence(version, true);
            self.note_installed(point, version);
            self.learn_version_of(point, version);
        }
    }

    fn note_said_installed(&mut self, point: PointIndex) {
        let means_content = !self.package.was_sourceless;
        if let Some(row) = self.places.points.get_mut(point) {
            row.seen.installed |= means_content;
        }
    }

    /// A point certainly has this version.
    fn learn_version_of(&mut self, point: PointIndex, version: u32) {
        let of_first = self.class().increments || !self.snapshots.has_call;
        if version == 1 && of_first && !self.package.was_sourceless {
            self.snapshots.first_was_taken();
            self.failures.trust_first();
        }
        self.questions.show();
        self.only_call_succeeded(version);
        if let Some(row) = self.places.points.get_mut(point) {
            row.seen.reported = row.seen.reported.max(version);
        }
        self.note_said_installed(point);
    }

    fn learn_pending(&mut self, place: MomentIndex, point: PointIndex, version: Option<u32>) {
        if version.is_some() {
            self.questions.show();
            self.ask(Question::PendingReport);
        }
        self.note_incomplete(point, Incomplete::Status(place));
        if let Some(version) = version {
            let held = self.pending_shows_what_is_there();
            self.versions.evidence(version, held);
            if held {
                self.learn_version_of(point, version);
            }
        }
    }

    /// True where a point that is being updated reports the version that it has.
    pub(crate) fn pending_shows_what_is_there(&self) -> bool {
        self.readings.demands(b::PendingReport::OldVersion) && !self.package.was_sourceless
    }

    fn note_incomplete(&mut self, point: PointIndex, read: Incomplete) {
        if !self.is_quiescent() {
            return;
        }
        match (read, self.places.incomplete.entry(point)) {
            (Incomplete::Content(_), Entry::Occupied(_)) => {}
            (_, entry) => drop(entry.insert_entry(read)),
        }
    }

    pub(super) fn learn_content(
        &mut self,
        place: MomentIndex,
        point: PointIndex,
        held: Option<Held>,
    ) {
        let Some(row) = self.known_point(point) else { return };
        if self.may_be_nothing(row, held) {
            return;
        }
        match held {
            None if row.assigned => self.learn_nothing(place, point),
            None => {}
            Some(seen) if self.content_can_be_judged(row) => {
                let origins = self.origins(row, seen);
                let assigned = row.assigned;
                self.learn_origin(point, &origins, seen);
                if assigned {
                    self.note_installed(point, 1);
                }
            }
            Some(_) => {}
        }
    }

    /// True where what a point holds is one content and not the half of two.
    pub(crate) fn content_can_be_judged(&self, row: &Point) -> bool {
        if row.assigned {
            self.timeline.declared.atomic_reads || self.is_quiescent()
        } else {
            row.leaving && !self.is_quiescent() && self.timeline.declared.atomic_reads
        }
    }

    /// True where the point shows a version of nothing, as one may of a package that was without a source.
    pub(crate) fn may_be_nothing(&self, row: &Point, held: Option<Held>) -> bool {
        let due = self.is_quiescent() && self.is_owed(row) && self.snapshots.has_target();
        let certain = row.seen.floor.is_some() || due;
        self.package.was_sourceless
            && held.is_some_and(|held| held.base == ContentId::EMPTY)
            && ((self.package.emptied && !self.package.has_source()) || !certain)
    }

    /// The snapshots, each with the epoch, of which a point may show this.
    pub(crate) fn origins(&self, row: &Point, seen: Held) -> Vec<(SnapshotIndex, EpochIndex)> {
        let least = if row.assigned { self.least_snapshot(row) } else { None };
        let floor = row.seen.floor.unwrap_or(EpochIndex::FIRST);
        self.snapshots.origins(floor, least.unwrap_or(SnapshotIndex::FIRST), seen)
    }

    fn learn_nothing(&mut self, place: MomentIndex, point: PointIndex) {
        let Some(row) = self.places.points.get_mut(point) else { return };
        if row.leaving {
            (row.seen.floor, row.vanished) = (None, true);
        } else {
            self.note_incomplete(point, Incomplete::Content(place));
        }
    }

    /// What was read came from one of these: the point does not go back before the first, and where they are all of
    /// one snapshot, that is what it took.
    fn learn_origin(
        &mut self,
        point: PointIndex,
        origins: &[(SnapshotIndex, EpochIndex)],
        seen: Held,
    ) {
        if let Some(row) = self.places.points.get_mut(point) {
            row.seen.floor = origins.iter().map(|&(_, epoch)| epoch).min();
        }
        let first = origins.first().map(|&(nth, _)| nth);
        let only = first.filter(|&nth| origins.iter().all(|&(other, _)| other == nth));
        let Some(nth) = only else { return };
        self.snapshots.fix(nth, seen);
        if self.snapshots.is_last(nth) {
            self.only_call_brought(point);
        }
        if self.snapshots.is_first(nth) {
            self.failures.trust_first();
        }
    }
}
