//! What follows from a source that comes, goes or changes while calls are open. What it holds is known where the package
//! is ([`super::package`]), which snapshots may hold it in [`super::snapshots`].

use super::{Call, CallEnd, Knowledge};
use crate::index::SourceIndex;
use crate::readings::{Question, behaviour as b};

impl Knowledge<'_> {
    /// The source became readable or unreadable: what open calls can still do changes.
    pub(super) fn note_source(&mut self, source: SourceIndex) {
        if self.package.source != Some(source) {
            if source.is_in(self.snapshots.earlier_sources()) {
                self.note_earlier_sources();
            }
            return;
        }
        let now = self.package.source_now();
        self.snapshots.note_source(now, self.acceptance_is_certain());
        self.doubt_first_version();
        self.reconsider_open_calls(false);
        self.note_earlier_sources();
    }

    /// What calls that wait may read of sources that the package has no longer.
    pub(super) fn note_earlier_sources(&mut self) {
        let earlier = self.snapshots.earlier_sources();
        let own = self.package.source.filter(|_| self.package.has_source());
        let read = |source: SourceIndex| source.is_in(earlier) && Some(source) != own;
        let sources = self.package.sources.indexed().filter(|&(source, _)| read(source));
        let held: Vec<_> = sources.map(|(source, state)| (source, *state)).collect();
        let there = held.iter().filter_map(|&(source, state)| Some((source, state?)));
        self.snapshots.note_earlier_sources(&there.collect::<Vec<_>>());
        if held.iter().any(|(_, state)| state.is_none()) {
            let readable = self.package.source_now().is_some();
            let waiting =
                |call: &&mut Call| call.open && call.end != CallEnd::Refused && !call.made;
            for call in self.calls.iter_mut().filter(waiting) {
                call.reconsider(readable, true, false);
            }
            self.failures.note_source(&self.calls);
        }
    }

    /// What open calls can still do follows from the source as it is now. `flipped`: the package got or lost its source
    /// meanwhile, so that a call made without one may do either.
    pub(super) fn reconsider_open_calls(&mut self, flipped: bool) {
        let now = self.package.source_now();
        let waiting = |call: &Call| call.open && call.end == CallEnd::Accepted;
        if now.is_none() && self.calls.iter().any(waiting) {
            self.raise(Question::VersionVisible);
        }
        let before = self.open_most();
        let certain = self.acceptance_is_certain() && !flipped;
        let unreadable = self.package.is_unreadable();
        let none_left = flipped && !self.package.has_source();
        let comes_to_nothing = none_left && self.permits(b::NoSource::Nothing);
        let fails = none_left && self.permits(b::NoSource::Refused);
        let in_doubt = |call: &&mut Call| {
            let certain = certain && call.end == CallEnd::Accepted && call.source.always;
            call.open && call.end != CallEnd::Refused && !(call.made || certain)
        };
        for call in self.calls.iter_mut().filter(in_doubt) {
            call.reconsider(now.is_some(), unreadable, flipped);
            call.lose_source(comes_to_nothing, fails);
        }
        let more = self.open_most().saturating_sub(before);
        self.versions.widen(more);
        self.snapshots.widen(more);
        self.failures.note_source(&self.calls);
        let may_fail = |call: &Call| call.open && call.end != CallEnd::Refused && !call.made;
        if fails && self.calls.iter().any(may_fail) {
            self.failures.leave_open();
        }
    }
}
