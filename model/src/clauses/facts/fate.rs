//! What a read tells of the one call whose fate was open: its source went after it, so that its snapshot was taken
//! before, or failed. With more than one such call, or a refused one, a read does not tell which it speaks of.

use super::Ledger;
use super::calls::{Call, CallEnd};
use crate::readings::{Question, behaviour as b};

impl Ledger<'_> {
    /// True where a call that is accepted while its source is there is certain to be processed: the version shows at
    /// its return, and a failure could not take that back.
    pub(super) fn acceptance_is_certain(&self) -> bool {
        let may = |question, behaviour| self.readings.permits(question, behaviour);
        self.class.increments
            && !may(Question::VersionVisible, b::LATER)
            && !may(Question::Increments, b::MERGED)
            && !may(Question::FailedVersion, b::ADVANCES)
    }

    /// The only call since the version was last certain, where the source went for good after it.
    fn only_call_in_doubt(&self) -> Option<&Call> {
        let [call] = self.calls.as_slice() else { return None };
        let in_doubt = call.end == CallEnd::Accepted
            && call.has_source
            && call.ever_readable
            && !call.always_readable
            && !call.restored;
        let readable_by_others =
            self.bare || !self.class.increments || !self.status.only_calls_fail();
        (in_doubt && !readable_by_others).then_some(call)
    }

    /// A failure shows: the call failed.
    pub(super) fn only_call_failed(&mut self) {
        let Some(call) = self.only_call_in_doubt() else { return };
        let (place, before) = (call.place, self.range(call).1);
        self.calls.iter_mut().for_each(|call| call.ever_readable = false);
        let after = self.calls.first().map_or(0, |call| self.range(call).1);
        self.versions.narrow(before.saturating_sub(after));
        self.contents.last_was_not_taken();
        let lags = !self.quiet && self.permits(Question::StatusReads, b::LAGGING);
        self.status.note_failed(place, lags);
    }

    /// A point has a version that only the one call since the version was last certain can have made.
    pub(super) fn only_call_succeeded(&mut self, version: u32) {
        let in_doubt = self.only_call_in_doubt().is_some();
        let [call] = self.calls.as_mut_slice() else { return };
        let can_be_told = call.end == CallEnd::Accepted
            && call.has_source
            && self.class.increments
            && !self.bare
            && version > self.versions.certain();
        if !can_be_told {
            return;
        }
        call.made = true;
        call.always_readable |= in_doubt;
        self.contents.last_was_taken();
        if in_doubt {
            self.status.note_succeeded();
        }
    }
}
