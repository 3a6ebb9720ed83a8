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
        (in_doubt && !self.bare && self.status.only_calls_fail()).then_some(call)
    }

    /// A failure shows: the call failed.
    pub(super) fn only_call_failed(&mut self) {
        let Some(call) = self.only_call_in_doubt() else { return };
        let (place, before) = (call.place, self.range(call).1);
        self.calls.iter_mut().for_each(|call| call.ever_readable = false);
        let after = self.calls.first().map_or(0, |call| self.range(call).1);
        self.versions.narrow(before.saturating_sub(after));
        self.contents.last_was_not_taken();
        // Until all is done, what shows may be older, or speak of the first version alone.
        let of_another =
            self.permits(Question::StatusReads, b::LAGGING) || !self.contents.has_first();
        let lags = !self.quiet && of_another;
        self.status.note_failed(place, lags);
    }

    /// A point has a version that only the one call since the version was last certain can have made.
    pub(super) fn only_call_succeeded(&mut self, version: u32) {
        let in_doubt = self.only_call_in_doubt().is_some();
        let [call] = self.calls.as_mut_slice() else { return };
        let can_be_told = call.end == CallEnd::Accepted
            && call.has_source
            && !self.bare
            && version > self.versions.certain();
        if !can_be_told {
            return;
        }
        call.made = true;
        call.always_readable |= in_doubt;
        if !call.restored {
            self.status.trust_first();
        }
        self.contents.last_was_taken();
        if in_doubt {
            self.status.note_succeeded();
        }
    }

    /// A point has content that only the one call can have brought: so it has at least the version that the call made.
    pub(super) fn only_call_brought(&mut self, point: usize) {
        let (_, keeps) = self.raises();
        let only = |call: &Call| call.end == CallEnd::Accepted && call.has_source;
        let is_only = matches!(self.calls.as_slice(), [call] if only(call));
        if keeps || !is_only {
            return;
        }
        let version = self.versions.certain().saturating_add(1);
        self.only_call_succeeded(version);
        self.versions.evidence(version, true);
        self.contents.has_at_least(point, version);
    }
}
