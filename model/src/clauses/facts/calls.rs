//! The calls that may make a version: how they ended, and by how much each may have raised it.

use super::Ledger;
use crate::history::timeline::{Act, ContextArgument, Moment, Outcome};
use crate::readings::{Question, behaviour as b};
use crate::words::PackageClass;

/// What kind of operation asked for a new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clauses) enum CallKind {
    /// The method itself.
    Method,
    /// `RefreshPkgSourceFlag` was written.
    Flag,
    /// The source path or share name was written, where the readings say that this counts.
    Path,
    /// Content was added with `bRefreshDPs`.
    Addition,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clauses) enum CallEnd {
    /// It was accepted.
    Accepted,
    /// It was refused.
    Refused,
    /// Nobody knows, and it may still take effect.
    Unanswered,
    /// The readings let the product make a version of it or not.
    Perhaps,
}

/// One call.
#[derive(Clone, Debug)]
pub(in crate::clauses) struct Call {
    pub(in crate::clauses) place: usize,
    pub(in crate::clauses) kind: CallKind,
    pub(in crate::clauses) end: CallEnd,
    /// True until nothing was left to do after it.
    pub(in crate::clauses) open: bool,
    /// The source was readable at every instant since the call.
    pub(in crate::clauses) always_readable: bool,
    /// The source was readable at some instant since the call.
    pub(in crate::clauses) ever_readable: bool,
    /// There was a source, and it could not be read, at some instant since the call.
    pub(in crate::clauses) ever_unreadable: bool,
    /// It may make a version without content: it, or what came after it, found no source or one that cannot be read.
    pub(in crate::clauses) may_be_hollow: bool,
    /// The source came back after it had gone since the call.
    pub(in crate::clauses) restored: bool,
    /// Its snapshot is known to have been taken.
    pub(in crate::clauses) made: bool,
    /// The source differs from what the newest known snapshot holds.
    pub(in crate::clauses) changed: bool,
    /// The newest version that was certainly made before the call.
    pub(in crate::clauses) processed_before: u32,
    /// True where the package had a source.
    pub(in crate::clauses) has_source: bool,
}

impl Ledger<'_> {
    /// The least and the most by which a call raises the version, once nothing is left to do.
    pub(super) fn range(&self, call: &Call) -> (u32, u32) {
        let advances = u32::from(self.permits(Question::FailedVersion, b::ADVANCES));
        let (raises, keeps) = self.raises();
        let most = match (call.has_source, call.ever_readable, call.always_readable) {
            (true, false, _) => advances,
            (true, true, false) => u32::from(raises).max(advances),
            _ => u32::from(raises),
        };
        match call.end {
            CallEnd::Refused if call.has_source && !call.always_readable => (0, advances),
            CallEnd::Refused => (0, 0),
            CallEnd::Unanswered | CallEnd::Perhaps => (0, most),
            CallEnd::Accepted if !call.has_source => {
                let increments = self.permits(Question::NoSource, b::INCREMENTS);
                let nothing = self.permits(Question::NoSource, b::NOTHING);
                (u32::from(increments && !nothing && !keeps), u32::from(increments && raises))
            }
            CallEnd::Accepted => (u32::from(call.always_readable && !keeps), most),
        }
    }

    /// Whether a version may rise with a snapshot, and whether it may stay.
    pub(super) fn raises(&self) -> (bool, bool) {
        if self.class.increments {
            return (true, false);
        }
        (
            self.permits(Question::Unpromised, b::RAISES),
            self.permits(Question::Unpromised, b::KEEPS),
        )
    }

    pub(super) fn refresh(&mut self, place: usize, moment: &Moment) {
        let Act::Refresh { context, at_owner, own_class } = &moment.act else { return };
        if !self.class.increments {
            self.facts.ask(Question::Unpromised);
        }
        self.check_reply(place, *context, *at_owner, *own_class, moment.outcome);
        if !self.is_here() {
            self.unsure |= moment.outcome == Outcome::Unknown;
            return;
        }
        match moment.outcome {
            Outcome::Done => {
                self.accept(place, CallKind::Method);
                self.status.note_refreshed();
            }
            Outcome::NonZero | Outcome::Error => {
                self.enter(place, CallKind::Method, CallEnd::Refused);
                self.versions.note_refusal();
                let failed = self.has_source && self.source_now().is_none();
                self.quiet &= !(failed && self.permits(Question::FailedVersion, b::ADVANCES));
            }
            Outcome::Unknown => {
                self.enter(place, CallKind::Method, CallEnd::Unanswered);
                self.quiet = false;
            }
        }
    }

    /// The questions that a call puts by its arguments and surroundings, and whether anything stands in its way.
    pub(super) fn obstacles(
        &self,
        context: ContextArgument,
        at_owner: bool,
        own_class: bool,
    ) -> Vec<(Question, u8)> {
        let declared = self.class.context;
        let list = [
            (!at_owner, Question::ForeignSite, b::ACCEPTED),
            (!own_class, Question::OtherClass, b::ACCEPTED),
            (
                !declared && context != ContextArgument::Absent,
                Question::UndeclaredParameter,
                b::ACCEPTED,
            ),
            (declared && context == ContextArgument::Empty, Question::EmptyContext, b::ACCEPTED),
            (declared && context == ContextArgument::Reused, Question::ReusedContext, b::ACCEPTED),
            (
                self.class.class == PackageClass::TaskSequence,
                Question::TaskSequence,
                b::INOPERABLE | b::OPERABLE,
            ),
            (!self.has_source, Question::NoSource, b::NOTHING | b::INCREMENTS),
        ];
        list.into_iter()
            .filter(|(there, ..)| *there)
            .map(|(_, question, accepts)| (question, accepts))
            .collect()
    }

    /// What asks for a refresh by another way than the method. Where there is no source it may make a version as the
    /// method may, and need not.
    pub(super) fn accept_or_make_nothing(&mut self, place: usize, kind: CallKind) {
        if self.has_source {
            self.accept(place, kind);
        } else if self.permits(Question::NoSource, b::INCREMENTS) {
            self.facts.ask(Question::NoSource);
            self.quiet = false;
            self.contents.disown(self.class);
            self.enter(place, kind, CallEnd::Perhaps);
        }
    }

    /// A write that makes a version, or may make one, as the readings say.
    pub(super) fn accept_path(&mut self, place: usize) {
        let permits = |behaviour| self.permits(Question::PutPath, behaviour);
        if permits(b::RECREATED) || permits(b::ONLY_THE_PROPERTY) {
            self.quiet = false;
            self.contents.disown(self.class);
            self.enter(place, CallKind::Path, CallEnd::Perhaps);
        } else {
            self.accept(place, CallKind::Path);
        }
    }

    pub(super) fn accept(&mut self, place: usize, kind: CallKind) {
        let counts = self.has_source || self.permits(Question::NoSource, b::INCREMENTS);
        if !counts {
            self.enter(place, kind, CallEnd::Accepted);
            return;
        }
        if self.calls.iter().any(|call| call.open && call.end == CallEnd::Accepted) {
            self.facts.ask(Question::Increments);
        }
        self.quiet = false;
        self.enter(place, kind, CallEnd::Accepted);
        if self.has_source || !self.permits(Question::NoSource, b::NOTHING) {
            self.contents.owe(self.class, self.touched);
        } else {
            self.contents.disown(self.class);
        }
        self.raise_at_return();
    }

    fn enter(&mut self, place: usize, kind: CallKind, end: CallEnd) {
        let readable = self.source_now().is_some();
        let changed = self.contents.newest_known() != self.contents.snapshot_now();
        let call = Call {
            place,
            kind,
            end,
            open: true,
            always_readable: readable,
            ever_readable: readable,
            ever_unreadable: self.has_source && !readable,
            may_be_hollow: !readable,
            restored: false,
            made: false,
            changed,
            processed_before: self.versions.processed,
            has_source: self.has_source,
        };
        let (_, most) = self.range(&call);
        self.versions.note_call(most);
        self.contents.enter(&call, most);
        self.status.note_call(&call);
        self.calls.push(call);
    }

    /// The source became readable or unreadable: what open calls can still do changes.
    pub(super) fn source_changed(&mut self, source: usize) {
        if self.source != Some(source) {
            return;
        }
        let now = self.source_now();
        self.contents.note_source(now, self.acceptance_is_certain());
        self.doubt_first_version();
        self.reconsider_open_calls(false);
    }

    /// What open calls can still do follows from the source as it is now. `flipped`: the package got or lost its source
    /// meanwhile, so that a call made without one may do either.
    pub(super) fn reconsider_open_calls(&mut self, flipped: bool) {
        let now = self.source_now();
        let waiting = |call: &Call| call.open && call.end == CallEnd::Accepted;
        if now.is_none() && self.calls.iter().any(waiting) {
            self.facts.ask(Question::VersionVisible);
        }
        let before: u32 = self.open_most();
        let certain = self.acceptance_is_certain() && !flipped;
        let unreadable = self.has_source && now.is_none();
        let in_doubt = |call: &&mut Call| {
            let certain = certain && call.end == CallEnd::Accepted && call.always_readable;
            let made = call.made || certain;
            call.open && call.end != CallEnd::Refused && !made
        };
        for call in self.calls.iter_mut().filter(in_doubt) {
            call.ever_unreadable |= unreadable;
            call.may_be_hollow |= unreadable || flipped;
            call.restored |= now.is_some() && !call.always_readable;
            // Where there is nothing to read, nothing fails.
            call.ever_readable |= now.is_some() || flipped;
            if call.has_source {
                call.always_readable &= !unreadable;
            } else if flipped {
                (call.always_readable, call.has_source) = (false, true);
                if call.end == CallEnd::Accepted {
                    call.end = CallEnd::Perhaps;
                }
            }
        }
        let after = self.open_most();
        let more = after.saturating_sub(before);
        self.versions.widen(more);
        self.contents.widen(more);
        self.status.note_source(&self.calls);
    }

    /// True while a call that was not answered may still take effect.
    pub(super) fn has_unanswered(&self) -> bool {
        self.unanswered().next().is_some()
    }

    /// Where the version is as high as it can be, every call that was not answered has taken effect.
    pub(super) fn resolve_unanswered(&mut self) {
        let (_, keeps) = self.raises();
        let spent = self.versions.low() == self.versions.high()
            && !keeps
            && self.unanswered().all(|call| self.range(call).1 > 0);
        if spent && self.has_unanswered() {
            self.calls.iter_mut().for_each(|call| call.open = false);
            self.contents.close_floating();
        }
    }

    fn unanswered(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| call.open && call.end == CallEnd::Unanswered)
    }

    fn open_most(&self) -> u32 {
        self.calls.iter().filter(|call| call.open).map(|call| self.range(call).1).sum()
    }

    pub(super) fn close_calls(&mut self) {
        let ranges: Vec<(usize, u32, u32)> = self
            .calls
            .iter()
            .enumerate()
            .filter(|(_, call)| call.open)
            .map(|(nth, call)| {
                let (least, most) = self.range(call);
                (nth, least, most)
            })
            .collect();
        let merged = self.permits(Question::Increments, b::MERGED);
        for &(nth, least, _) in &ranges {
            let before = self.calls.get(nth).map_or(0, |call| call.processed_before);
            self.versions.oblige(least, before, merged);
        }
        for call in self.calls.iter_mut().filter(|call| call.end != CallEnd::Unanswered) {
            call.open = false;
        }
    }
}
