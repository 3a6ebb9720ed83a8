//! The calls that may make a version: how they ended, and by how much each may have raised it.

use super::Knowledge;
use super::call::{Call, CallEnd, CallKind, Readability};
use crate::history::timeline::{Act, Moment, Outcome};
use crate::index::MomentIndex;
use crate::readings::{Question, behaviour as b};
use crate::rules::{self, Addressing};

impl Knowledge<'_> {
    /// The least and the most by which a call raises the version, once nothing is left to do.
    pub(crate) fn range(&self, call: &Call) -> (u32, u32) {
        let advances = u32::from(self.permits(b::FailedVersion::Advances));
        let (raises, keeps) = (self.may_raise(), self.may_keep());
        let most = match (call.has_source, call.source.ever, call.source.always) {
            (true, false, _) => advances,
            (true, true, false) => u32::from(raises).max(advances),
            (true, true, true) | (false, ..) => u32::from(raises),
        };
        match call.end {
            CallEnd::Refused if call.has_source && !call.source.always => (0, advances),
            CallEnd::Refused => (0, 0),
            CallEnd::Unanswered | CallEnd::Perhaps => (0, most),
            CallEnd::Accepted if !call.has_source => {
                let increments = self.permits(b::NoSource::Increments);
                let nothing = self.permits(b::NoSource::Nothing);
                (u32::from(increments && !nothing && !keeps), u32::from(increments && raises))
            }
            CallEnd::Accepted => (u32::from(call.source.always && !keeps), most),
        }
    }

    /// True where a version may rise with a snapshot.
    pub(super) fn may_raise(&self) -> bool {
        rules::may_raise(self.class(), self.readings)
    }

    /// True where a version may stay with a snapshot.
    pub(crate) fn may_keep(&self) -> bool {
        rules::may_keep(self.class(), self.readings)
    }

    pub(super) fn learn_refresh(&mut self, place: MomentIndex, moment: &Moment) {
        let Act::Refresh { context, at_owner, own_class } = moment.act else { return };
        if !self.class().increments && moment.outcome == Outcome::Done {
            self.raise(Question::Unpromised);
        }
        self.ask_of_reply(Addressing { context, at_owner, own_class }, moment.outcome);
        if !self.package.is_here() {
            self.package.unsure |= moment.outcome == Outcome::Unknown;
            return;
        }
        match moment.outcome {
            Outcome::Done => {
                self.accept(place, CallKind::Method);
                // Where there is nothing to refresh, nothing may come of it.
                let comes_to_nothing = self.permits(b::NoSource::Nothing)
                    || rules::may_find_no_source_later(self.readings);
                if !self.package.has_source() && !comes_to_nothing {
                    self.failures.note_refreshed();
                }
            }
            Outcome::NonZero | Outcome::Error => {
                self.enter(place, CallKind::Method, CallEnd::Refused);
                self.versions.since.refused = true;
                let failed = self.package.is_unreadable();
                self.package.quiescent &= !(failed && self.permits(b::FailedVersion::Advances));
            }
            Outcome::Unknown => {
                self.enter(place, CallKind::Method, CallEnd::Unanswered);
                self.package.quiescent = false;
            }
        }
    }

    /// Nothing is left to do: a call of the method whose source could be read all the time was processed.
    pub(super) fn note_processed(&mut self) {
        let is_processed = |call: &Call| {
            let taken = matches!(call.end, CallEnd::Accepted | CallEnd::Perhaps);
            let by_method = call.kind == CallKind::Method && taken;
            call.open && by_method && call.source.always
        };
        if self.calls.iter().any(is_processed) {
            self.failures.note_refreshed();
        }
    }

    /// The questions that an answer to a call is about.
    fn ask_of_reply(&mut self, call: Addressing, outcome: Outcome) {
        if outcome == Outcome::Unknown || !self.package.can_be_judged() {
            return;
        }
        if !self.package.is_here() {
            return self.ask(Question::UnknownPackage);
        }
        let obstacles = rules::obstacles(self.class(), call, self.package.has_source());
        // Why a call was refused that several things stood in the way of, nobody knows.
        let is_plain = obstacles.len() == 1 && !self.package.is_unreadable();
        if outcome == Outcome::Done || is_plain {
            for obstacle in obstacles {
                self.ask(obstacle.question());
            }
        }
        if self.package.is_unreadable() {
            self.ask(Question::FailureShows);
            self.raise(Question::FailedVersion);
        }
    }

    /// What asks for a refresh by another way than the method. Where there is no source it may make a version as the
    /// method may, and need not; what the method would refuse may fail.
    pub(super) fn accept_or_make_nothing(&mut self, place: MomentIndex, kind: CallKind) {
        let may_fail =
            kind == CallKind::Flag && rules::may_refuse_the_flag(self.class(), self.readings);
        match (self.package.has_source(), may_fail) {
            (true, false) => self.accept(place, kind),
            (true, true) => {
                self.raise(Question::TaskSequence);
                self.accept_perhaps(place, kind);
                self.failures.leave_open();
            }
            (false, _) => {
                if self.permits(b::NoSource::Increments) {
                    self.ask(Question::NoSource);
                    self.accept_perhaps(place, kind);
                }
                self.may_find_no_source();
            }
        }
    }

    /// What was asked for without a source may fail for that, as soon as anybody comes to it.
    fn may_find_no_source(&mut self) {
        if rules::may_find_no_source_later(self.readings) {
            self.failures.leave_open();
        }
    }

    /// A write that makes a version, or may make one, as the readings say.
    pub(super) fn accept_path(&mut self, place: MomentIndex, certain: bool) {
        if certain && self.readings.demands(b::PutPath::PlusOne) {
            self.accept(place, CallKind::Path);
        } else {
            self.accept_perhaps(place, CallKind::Path);
        }
    }

    /// A version may come of it, which then is promised to nobody.
    fn accept_perhaps(&mut self, place: MomentIndex, kind: CallKind) {
        self.package.quiescent = false;
        self.disown();
        self.enter(place, kind, CallEnd::Perhaps);
    }

    pub(super) fn accept(&mut self, place: MomentIndex, kind: CallKind) {
        let has_source = self.package.has_source();
        let touched = self.package.properties_written;
        let may_do_nothing = rules::may_do_nothing(self.class(), self.readings, touched);
        if may_do_nothing && self.package.source_now().is_some() {
            return self.accept_perhaps(place, kind);
        }
        if !has_source && !self.permits(b::NoSource::Increments) {
            self.enter(place, kind, CallEnd::Accepted);
            return self.may_find_no_source();
        }
        if self.calls.iter().any(|call| call.open && call.end == CallEnd::Accepted) {
            self.raise(Question::Increments);
        }
        self.package.quiescent = false;
        self.enter(place, kind, CallEnd::Accepted);
        if has_source || !self.permits(b::NoSource::Nothing) {
            self.promise();
        } else {
            self.disown();
            self.may_find_no_source();
        }
        let readable = self.package.source_now().is_some();
        if rules::shows_at_return(self.class(), self.readings) && readable {
            self.versions.raise_at_return(self.permits(b::Increments::Merged));
        }
    }

    fn enter(&mut self, place: MomentIndex, kind: CallKind, end: CallEnd) {
        let readable = self.package.source_now().is_some();
        let changed = self.snapshots.newest_known() != self.snapshots.held_now();
        let call = Call {
            place,
            kind,
            end,
            open: true,
            source: Readability {
                always: readable,
                ever: readable,
                ever_not: self.package.is_unreadable(),
                restored: false,
            },
            may_be_empty: !readable,
            made: false,
            changed,
            processed_before: self.versions.processed,
            has_source: self.package.has_source(),
        };
        let (_, most) = self.range(&call);
        self.versions.note_call(most);
        if self.snapshots.enter(&call, most) {
            self.places.points.iter_mut().for_each(|point| point.late = false);
        }
        self.failures.note_call(&call);
        self.calls.push(call);
    }

    pub(super) fn open_most(&self) -> u32 {
        self.calls.iter().filter(|call| call.open).map(|call| self.range(call).1).sum()
    }

    /// True while a call that was not answered may still take effect.
    pub(crate) fn has_unanswered(&self) -> bool {
        self.unanswered().next().is_some()
    }

    /// Where the version is as high as it can be, every call that was not answered has taken effect.
    pub(super) fn resolve_unanswered(&mut self) {
        let spent = self.versions.low == self.versions.high
            && !self.may_keep()
            && self.unanswered().all(|call| self.range(call).1 > 0);
        if spent && self.has_unanswered() {
            self.calls.iter_mut().for_each(|call| call.open = false);
            self.snapshots.close_indeterminate();
        }
    }

    fn unanswered(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| call.open && call.end == CallEnd::Unanswered)
    }

    pub(super) fn close_calls(&mut self) {
        let merged = self.permits(b::Increments::Merged);
        for nth in 0..self.calls.len() {
            let Some(call) = self.calls.get(nth).filter(|call| call.open) else { continue };
            let (before, (least, _)) = (call.processed_before, self.range(call));
            self.versions.oblige(least, before, merged);
        }
        for call in self.calls.iter_mut().filter(|call| call.end != CallEnd::Unanswered) {
            call.open = false;
        }
    }

    /// The version is certain: the calls that made it are done with.
    pub(super) fn forget_closed_calls(&mut self) {
        self.calls.retain(|call| call.open);
    }

    /// Calls since the last certain version that must have raised it.
    pub(crate) fn due_calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| self.range(call).0 > 0)
    }
}
