//! The call itself: how it may end in a state, and what is then to be made of it.

use super::choice::Choice;
use super::relaxation::Relaxation;
use super::rows::Generation;
use super::state::{Existence, State};
use super::{Refusal, Rules};
use crate::history::timeline::{ContextArgument, Outcome};
use crate::readings::behaviour as b;
use crate::rules::{self, Addressing};
use crate::words::PackageClass;

/// Which ends a refresh can have in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    zero: bool,
    non_zero: bool,
    error: bool,
}

impl Ends {
    /// Those that an outcome leaves; what nobody heard of may have been any.
    ///
    /// # Errors
    /// The outcome is none of them.
    pub(super) fn of(self, outcome: Outcome) -> Result<Self, Refusal> {
        let is = |end| outcome == end || outcome == Outcome::Unknown;
        let left = Self {
            zero: self.zero && is(Outcome::Done),
            non_zero: self.non_zero && is(Outcome::NonZero),
            error: self.error && is(Outcome::Error),
        };
        let any = left.zero || left.non_zero || left.error;
        if any { Ok(left) } else { Err(Refusal::Outcome) }
    }
}

impl State {
    pub(super) fn refresh_ends(&self, call: Addressing, rules: &Rules<'_>) -> Ends {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let readings = &rules.readings;
        if self.existence != Existence::Here {
            return Ends {
                // Until its deletion has ended the package may still be there.
                zero: self.existence == Existence::Deleting
                    || gives_up(Relaxation::UnknownPackageAccepted),
                non_zero: readings.permits(b::UnknownPackage::ReturnValue),
                error: readings.permits(b::UnknownPackage::Error),
            };
        }
        let class = rules.class().entry();
        let obstacles = rules::obstacles(class, call, self.has_source());
        let no_context = class.context && call.context == ContextArgument::Absent;
        let refused = obstacles.iter().any(|obstacle| obstacle.may_refuse(readings))
            || gives_up(Relaxation::RefusedWithoutCause)
            || (no_context && gives_up(Relaxation::ContextRequired));
        let accepted = obstacles.iter().all(|obstacle| obstacle.may_accept(readings));
        let mut ends = Ends { zero: accepted, non_zero: refused, error: refused };
        if self.is_unreadable() {
            ends.zero &= readings.permits(b::FailureShows::LaterStatus);
            ends.non_zero |= readings.permits(b::FailureShows::ReturnValue);
            ends.error |= readings.permits(b::FailureShows::Error);
        }
        if gives_up(Relaxation::FailureHidden) && (self.is_unreadable() || !obstacles.is_empty()) {
            return Ends { zero: true, non_zero: true, error: true };
        }
        ends
    }

    pub(super) fn refresh(
        &mut self,
        ends: Ends,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let here = self.existence == Existence::Here;
        let (accepted, refused) = (ends.zero, ends.non_zero || ends.error);
        match choice {
            Choice::Nothing if refused => {
                self.failure.may_show |= !self.failure.failed;
                if here && self.is_unreadable() {
                    self.wreck(rules);
                }
                Ok(())
            }
            // A failure that shows nowhere may have been one from the start.
            Choice::Nothing
                if accepted
                    && here
                    && self.is_unreadable()
                    && rules.relaxed.gives_up(Relaxation::FailureHidden) =>
            {
                Ok(())
            }
            Choice::Nothing if !here => Ok(()),
            Choice::Nothing
                if !self.has_source() && rules.readings.permits(b::NoSource::Nothing) =>
            {
                self.may_find_no_source(rules);
                Ok(())
            }
            Choice::Effect if accepted && here => {
                if !self.has_source() && !rules.readings.permits(b::NoSource::Increments) {
                    return Err(Refusal::Choice);
                }
                self.accept(rules);
                if !self.has_source() {
                    self.may_find_no_source(rules);
                }
                self.work.by_method = rules.class() == PackageClass::TaskSequence;
                Ok(())
            }
            Choice::Advance
                if refused
                    && here
                    && self.is_unreadable()
                    && rules.readings.permits(b::FailedVersion::Advances) =>
            {
                self.advance_in_vain()
            }
            _ => Err(Refusal::Choice),
        }
    }

    /// A call that fails takes a version of nothing.
    fn advance_in_vain(&mut self) -> Result<(), Refusal> {
        if self.work.opening {
            return Err(Refusal::Choice);
        }
        let version = self.processed().saturating_add(1);
        self.generations.push(Generation::taken(version, None));
        (self.failure.may_show, self.work.quiet, self.visible.fixed) =
            (!self.failure.failed, false, false);
        Ok(())
    }

    /// A call is accepted: a version is to be made, and its content is promised to the points.
    pub(super) fn accept(&mut self, rules: &Rules<'_>) {
        self.ask_for_a_version();
        let will_succeed = rules::shows_at_return(rules.class().entry(), &rules.readings)
            && self.source_now().is_some();
        let may_stay = rules.relaxed.gives_up(Relaxation::RefreshKeepsVersion)
            || (rules.relaxed.gives_up(Relaxation::UnchangedKeepsVersion)
                && self.snapshot_now() == self.newest_held());
        if will_succeed && !may_stay {
            let merged = rules.readings.permits(b::Increments::Merged);
            let floor =
                if merged { self.processed() } else { self.visible.shown }.saturating_add(1);
            self.visible.shown = self.visible.shown.max(floor);
        }
    }

    /// What was asked for without a source may fail for that, as soon as anybody comes to it: until then it waits.
    pub(super) fn may_find_no_source(&mut self, rules: &Rules<'_>) {
        if rules::may_find_no_source_later(&rules.readings) {
            self.work.quiet = false;
            (self.failure.failed, self.failure.may_show) = (false, true);
        }
    }

    /// The same of a flag that was written: what the method would have refused, fails.
    pub(super) fn accept_the_flag(&mut self, rules: &Rules<'_>) {
        if rules::may_refuse_the_flag(rules.class().entry(), &rules.readings) {
            self.ask_for_a_version();
            self.work.refusable += 1;
        } else {
            self.accept(rules);
        }
    }

    fn ask_for_a_version(&mut self) {
        self.work.pending = self.work.pending.saturating_add(1);
        self.work.quiet = false;
        for row in self.points.iter_mut().filter(|row| row.assigned) {
            row.promised = true;
            row.loose.late = row.loose.late.after_call();
        }
    }

    /// A task sequence that was refreshed cannot run.
    pub(super) fn mark_task_sequence(&mut self, rules: &Rules<'_>) {
        if rules.class() == PackageClass::TaskSequence {
            self.properties.operable = Some(rules::OPERABLE_AFTER_REFRESH);
        }
    }
}
