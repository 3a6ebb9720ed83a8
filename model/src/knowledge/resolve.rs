//! What a read tells of the one call in doubt: its source went after it, so that its snapshot was taken before, or
//! failed. With more than one such call, or a refused one, a read does not tell which it speaks of.

use super::{Call, CallEnd, Knowledge};
use crate::index::{Index, PointIndex, SnapshotIndex};
use crate::readings::behaviour as b;

impl Knowledge<'_> {
    /// True where a call that is accepted while its source is there is certain to be processed: the version shows at
    /// its return, and a failure could not take that back.
    pub(super) fn acceptance_is_certain(&self) -> bool {
        self.class().increments
            && !self.permits(b::VersionVisible::Later)
            && !self.permits(b::Increments::Merged)
            && !self.permits(b::FailedVersion::Advances)
    }

    /// The only call since the version was last certain, where the source went for good after it.
    fn only_call_in_doubt(&self) -> Option<&Call> {
        let [call] = self.calls.as_slice() else { return None };
        let source = call.source;
        let in_doubt = call.end == CallEnd::Accepted
            && call.has_source
            && source.ever
            && !source.always
            && !source.restored;
        let can_tell = in_doubt && !self.package.was_sourceless && self.failures.only_calls_fail();
        can_tell.then_some(call)
    }

    /// True where a failure that shows is that of the one call in doubt.
    pub(crate) fn tells_of_a_failed_call(&self) -> bool {
        self.only_call_in_doubt().is_some()
    }

    /// The most that the version can be where a failure shows beside it, or none does.
    pub(crate) fn highest(&self, failure_shows: bool) -> u32 {
        let most = self.versions.high;
        match self.only_call_in_doubt().filter(|_| failure_shows && self.failures_can_be_judged()) {
            Some(call) => {
                let after = u32::from(self.permits(b::FailedVersion::Advances));
                let by = self.range(call).1.saturating_sub(after);
                most.saturating_sub(by).max(self.versions.low)
            }
            None => most,
        }
    }

    /// A failure shows: the call failed.
    pub(super) fn only_call_failed(&mut self) {
        let Some(call) = self.only_call_in_doubt() else { return };
        let (place, before) = (call.place, self.range(call).1);
        self.calls.iter_mut().for_each(|call| call.source.ever = false);
        let after = self.calls.first().map_or(0, |call| self.range(call).1);
        self.versions.narrow(before.saturating_sub(after));
        self.snapshots.last_was_not_taken();
        // Until all is done, what shows may be older, or speak of the first version alone.
        let of_another = self.permits(b::StatusReads::Lagging) || !self.snapshots.has_first();
        let lags = !self.is_quiescent() && of_another;
        self.failures.note_failed(place, lags);
    }

    /// A point has a version that only the one call since the version was last certain can have made.
    pub(super) fn only_call_succeeded(&mut self, version: u32) {
        let in_doubt = self.only_call_in_doubt().is_some();
        let [call] = self.calls.as_mut_slice() else { return };
        let can_be_told = call.end == CallEnd::Accepted
            && call.has_source
            && !self.package.was_sourceless
            && version > self.versions.since.version;
        if !can_be_told {
            return;
        }
        call.made = true;
        call.source.always |= in_doubt;
        if !call.source.restored {
            self.failures.trust_first();
        }
        self.snapshots.last_was_taken();
        if in_doubt {
            self.failures.note_succeeded();
        }
    }

    /// A point has content that only the one call can have brought: so it has at least the version that the call made.
    pub(super) fn only_call_brought(&mut self, point: PointIndex) {
        let only = |call: &Call| call.end == CallEnd::Accepted && call.has_source;
        let is_only = matches!(self.calls.as_slice(), [call] if only(call));
        if self.may_keep() || !is_only {
            return;
        }
        let version = self.versions.since.version.saturating_add(1);
        self.only_call_succeeded(version);
        self.versions.evidence(version, true);
        self.has_at_least(point, version);
    }

    /// A certain version tells, in a class whose version rises with every snapshot, which snapshots were taken.
    pub(super) fn learn_what_was_taken(&mut self, version: u32) {
        if !self.may_keep() && version == self.versions.since.version {
            self.snapshots.none_was_taken();
            let left = self.snapshots.newest().map_or(SnapshotIndex::FIRST, Index::next);
            self.places
                .points
                .iter_mut()
                .for_each(|row| row.promised.retain(|(nth, _)| *nth < left));
        } else if version == self.versions.high && self.none_is_empty() {
            self.snapshots.all_were_taken();
        }
        self.snapshots.note_certain();
    }

    /// True where every call since the version was last certain raised it by a snapshot that has content, if it did.
    pub(super) fn none_is_empty(&self) -> bool {
        let advances = self.permits(b::FailedVersion::Advances);
        let may_be_empty = || self.calls.iter().any(|call| call.may_be_empty);
        !self.may_keep() && (!may_be_empty() || (!advances && !self.package.was_sourceless))
    }
}
