//! The call itself: how it may end in a state, and what is then to be made of it.

use super::client::Choice;
use super::state::{Existence, Generation, State};
use super::{Refusal, Rules};
use crate::history::timeline::{ContextArgument, Outcome};
use crate::readings::{Question, behaviour as b};
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
    pub(super) fn refresh_ends(
        &self,
        context: ContextArgument,
        at_owner: bool,
        own_class: bool,
        rules: &Rules,
    ) -> Ends {
        let permits = |question, behaviour| rules.readings.permits(question, behaviour);
        if self.existence != Existence::Here {
            let unknown = |behaviour| permits(Question::UnknownPackage, behaviour);
            return Ends {
                zero: false,
                non_zero: unknown(b::RETURN_VALUE),
                error: unknown(b::ERROR),
            };
        }
        let declared = rules.class().entry().context;
        let obstacles = [
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
                rules.class() == PackageClass::TaskSequence,
                Question::TaskSequence,
                b::INOPERABLE | b::OPERABLE,
            ),
            (!self.has_source(), Question::NoSource, b::NOTHING | b::INCREMENTS),
        ];
        let met = || obstacles.iter().filter(|(there, ..)| *there);
        let refused = met().any(|&(_, question, _)| permits(question, b::REFUSED));
        let accepted = met().all(|&(_, question, accepting)| permits(question, accepting));
        let mut ends = Ends { zero: accepted, non_zero: refused, error: refused };
        if self.has_source() && self.source_now().is_none() {
            ends.zero &= permits(Question::FailureShows, b::LATER_STATUS);
            ends.non_zero |= permits(Question::FailureShows, b::RETURN_VALUE);
            ends.error |= permits(Question::FailureShows, b::ERROR);
        }
        ends
    }

    pub(super) fn refresh(
        &mut self,
        ends: Ends,
        choice: Choice,
        rules: &Rules,
    ) -> Result<(), Refusal> {
        let permits = |question, behaviour| rules.readings.permits(question, behaviour);
        let unreadable =
            self.existence == Existence::Here && self.has_source() && self.source_now().is_none();
        let (accepted, refused) = (ends.zero, ends.non_zero || ends.error);
        match choice {
            Choice::Nothing if refused => {
                self.may_show_failure |= !self.failed;
                Ok(())
            }
            Choice::Nothing if !self.has_source() && permits(Question::NoSource, b::NOTHING) => {
                self.mark_task_sequence(rules);
                Ok(())
            }
            Choice::Effect if accepted && self.existence == Existence::Here => {
                if !self.has_source() && !permits(Question::NoSource, b::INCREMENTS) {
                    return Err(Refusal::Choice);
                }
                self.accept(rules);
                self.mark_task_sequence(rules);
                Ok(())
            }
            Choice::Advance
                if refused && unreadable && permits(Question::FailedVersion, b::ADVANCES) =>
            {
                let version = self.processed().saturating_add(1);
                if self.opening {
                    return Err(Refusal::Choice);
                }
                self.generations.push(Generation { version, held: None });
                (self.may_show_failure, self.quiet) = (!self.failed, false);
                Ok(())
            }
            _ => Err(Refusal::Choice),
        }
    }

    /// A call is accepted: a version is to be made, and the points are owed its content.
    pub(super) fn accept(&mut self, rules: &Rules) {
        self.pending = self.pending.saturating_add(1);
        self.quiet = false;
        let owed = rules.owes_points(self.touched);
        for row in self.points.iter_mut().filter(|row| row.assigned) {
            row.owed = owed;
        }
        let at_return = !rules.readings.permits(Question::VersionVisible, b::LATER);
        let will_succeed = rules.class().entry().increments && self.source_now().is_some();
        if at_return && will_succeed {
            let merged = rules.readings.permits(Question::Increments, b::MERGED);
            let floor = if merged { self.processed() } else { self.shown }.saturating_add(1);
            self.shown = self.shown.max(floor);
        }
    }

    fn mark_task_sequence(&mut self, rules: &Rules) {
        if rules.class() == PackageClass::TaskSequence {
            let permits = |behaviour| rules.readings.permits(Question::TaskSequence, behaviour);
            self.operable = match (permits(b::INOPERABLE), permits(b::OPERABLE)) {
                (true, false) => Some(false),
                (false, true) => Some(true),
                _ => None,
            };
        }
    }
}
