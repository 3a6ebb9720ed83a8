//! How calls ended, and what shows afterwards: return values, failures, flags, contexts.

use super::calls::{Call, CallEnd};
use super::{Ledger, Presence};
use crate::clauses::ClauseId;
use crate::history::timeline::{Act, ContextArgument, Outcome};
use crate::readings::{Question, behaviour as b};
use crate::reply::ContextStatus;
use crate::words::{PackageClass, SourceFlag};

/// What the status may say of a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Failure {
    /// None may show.
    #[default]
    Hidden,
    /// One may show or not.
    Free,
    /// One must show.
    Shown,
}

/// What is known of the package's status.
#[derive(Debug, Default)]
pub(super) struct Status {
    failure: Failure,
    /// What the failure becomes once nothing is left to do.
    after: Option<Failure>,
    /// The accepted call whose failure must show.
    failing: Option<usize>,
    refreshed: bool,
    /// A failure may show for no other reason than the first version's content.
    first_in_doubt: bool,
    /// True once a call was refused, which may show as a failure.
    refused: bool,
    /// Calls that may have succeeded, unseen, and cleared a failure.
    unanswered: u32,
    /// No failure could show when the newest call came.
    hidden_before: bool,
}

impl Status {
    pub(super) fn note_refreshed(&mut self) {
        self.refreshed = true;
    }

    pub(super) fn note_call(&mut self, call: &Call) {
        let readable = call.always_readable || !call.has_source;
        self.hidden_before = self.failure == Failure::Hidden && self.after.is_none();
        self.first_in_doubt = false;
        match call.end {
            CallEnd::Refused => {
                self.refused = true;
                self.failure = self.failure.max_freedom(Failure::Free);
                self.after = self.after.map(|after| after.max_freedom(Failure::Free));
            }
            CallEnd::Perhaps if readable && self.failure == Failure::Hidden => {
                self.unanswered += 1;
            }
            CallEnd::Unanswered | CallEnd::Perhaps => {
                self.unanswered += 1;
                (self.failure, self.after) = (Failure::Free, Some(Failure::Free));
            }
            CallEnd::Accepted if !call.has_source => {
                if self.failure != Failure::Hidden {
                    (self.failure, self.after) = (Failure::Free, Some(Failure::Free));
                }
            }
            CallEnd::Accepted if readable => {
                if self.failure != Failure::Hidden {
                    self.failure = Failure::Free;
                }
                self.after = Some(Failure::Hidden);
            }
            CallEnd::Accepted => {
                self.failure = self.failure.max_freedom(Failure::Free);
                self.after = Some(Failure::Shown);
                self.failing = Some(call.place);
            }
        }
    }

    /// True where a failure can show for no other reason than an accepted call that failed.
    pub(super) fn only_calls_fail(&self) -> bool {
        self.hidden_before && !self.refused && self.unanswered == 0
    }

    /// The call is known to have failed, which must show, at the latest with nothing left to do.
    pub(super) fn note_failed(&mut self, call: usize, lags: bool) {
        self.failure = if lags { Failure::Free } else { Failure::Shown };
        (self.after, self.failing) = (Some(Failure::Shown), Some(call));
    }

    /// The call is known to have succeeded.
    pub(super) fn note_succeeded(&mut self) {
        (self.failure, self.after) = (Failure::Hidden, None);
    }

    /// The first version's content may not be readable: whether that shows is open.
    pub(super) fn doubt_first(&mut self) {
        if self.failure == Failure::Hidden {
            (self.failure, self.first_in_doubt) = (Failure::Free, true);
        }
    }

    /// The first version's content was taken after all.
    pub(super) fn trust_first(&mut self) {
        if std::mem::take(&mut self.first_in_doubt) {
            self.failure = Failure::Hidden;
        }
    }

    /// A source came or went while calls were open: whether they succeed is open, too.
    pub(super) fn note_source(&mut self, calls: &[Call]) {
        let mixed = |call: &Call| {
            call.open && call.end != CallEnd::Refused && call.ever_readable && call.ever_unreadable
        };
        if calls.iter().any(mixed) {
            self.first_in_doubt = false;
            (self.failure, self.after) = (Failure::Free, Some(Failure::Free));
        }
    }
}

impl Failure {
    /// Free wins over either certainty, except that what must show stays so.
    fn max_freedom(self, other: Self) -> Self {
        if self == Self::Shown { Self::Shown } else { other }
    }
}

impl Ledger<'_> {
    pub(super) fn settle_status(&mut self) {
        if let Some(after) = self.status.after.take() {
            self.status.failure = after;
        }
    }

    pub(super) fn check_failure(&mut self, place: usize, shown: bool, unmoved: bool) {
        if !self.timeline.shows_failure || self.has_unanswered() {
            return;
        }
        if shown && !self.status.refused && self.contents.first_may_have_failed() {
            self.contents.first_was_not_taken();
        }
        if shown {
            self.only_call_failed();
        }
        match (self.status.failure, shown) {
            (Failure::Shown, false) => {
                let call = self.status.failing.unwrap_or(place);
                self.facts.breach(ClauseId::If4, vec![call, place]);
            }
            (Failure::Hidden, true) => self.facts.breach(ClauseId::If16, vec![place]),
            (Failure::Shown, true) => self.facts.hold(ClauseId::If4),
            (Failure::Free, false) if unmoved && (self.quiet || self.none_can_have_cleared()) => {
                self.check_mixed(place);
            }
            (Failure::Hidden, false) | (Failure::Free, _) => {}
        }
    }

    /// True where, of the calls since the version was last certain, those that are settled are all that may have
    /// succeeded: what came later had nothing to read.
    fn none_can_have_cleared(&self) -> bool {
        let later = self.calls.iter().filter(|call| call.open);
        self.calls.iter().any(|call| !call.open)
            && later.into_iter().all(|call| call.has_source && !call.ever_readable)
    }

    /// The version is what it was before a call that was accepted while its source could be read: then it failed, and
    /// that must show.
    fn check_mixed(&mut self, place: usize) {
        let mixed = |call: &&Call| {
            call.end == CallEnd::Accepted && call.ever_readable && !call.always_readable
        };
        let (_, keeps) = self.raises();
        let certain = !keeps && self.status.unanswered == 0;
        let call =
            self.calls.iter().filter(|call| call.has_source).find(mixed).map(|call| call.place);
        if let Some(call) = call.filter(|_| certain) {
            self.facts.breach(ClauseId::If4, vec![call, place]);
        }
    }

    pub(super) fn check_reply(
        &mut self,
        place: usize,
        context: ContextArgument,
        at_owner: bool,
        own_class: bool,
        outcome: Outcome,
    ) {
        if outcome == Outcome::Unknown {
            return;
        }
        let zero = outcome == Outcome::Done;
        match self.presence {
            Presence::Unsure => return,
            Presence::Never | Presence::Gone | Presence::Leaving => {
                return self.check_unknown_package(place, outcome);
            }
            Presence::Here if self.unsure => return,
            Presence::Here => {}
        }
        let obstacles = self.obstacles(context, at_owner, own_class);
        for (question, _) in &obstacles {
            self.facts.ask(*question);
        }
        let unreadable = self.has_source && self.source_now().is_none();
        if unreadable {
            self.facts.ask(Question::FailureShows);
            self.facts.ask(Question::FailedVersion);
        }
        let refusable = obstacles.iter().any(|&(question, _)| self.permits(question, b::REFUSED));
        let acceptable =
            obstacles.iter().all(|&(question, accepts)| self.permits(question, accepts));
        let shows = |behaviour| unreadable && self.permits(Question::FailureShows, behaviour);
        let permitted = match outcome {
            Outcome::Done => acceptable && (!unreadable || shows(b::LATER_STATUS)),
            Outcome::NonZero => refusable || shows(b::RETURN_VALUE),
            Outcome::Error => refusable || shows(b::ERROR),
            Outcome::Unknown => true,
        };
        let clause = match (zero, unreadable || !obstacles.is_empty()) {
            (false, false) if self.class.context && context == ContextArgument::Absent => {
                ClauseId::If8
            }
            (false, false) => ClauseId::If16,
            _ => ClauseId::If4,
        };
        if !permitted {
            return self.facts.breach(clause, vec![place]);
        }
        if clause == ClauseId::If4 && (!zero || !unreadable) {
            self.facts.hold(ClauseId::If4);
        }
        if zero && self.class.context && context == ContextArgument::Absent {
            self.facts.hold(ClauseId::If8);
        }
        if zero && obstacles.is_empty() && !unreadable {
            self.facts.hold(ClauseId::If16);
        }
    }

    fn check_unknown_package(&mut self, place: usize, outcome: Outcome) {
        self.facts.ask(Question::UnknownPackage);
        let permitted = match outcome {
            Outcome::Done => false,
            Outcome::NonZero => self.permits(Question::UnknownPackage, b::RETURN_VALUE),
            Outcome::Error | Outcome::Unknown => self.permits(Question::UnknownPackage, b::ERROR),
        };
        if permitted {
            self.facts.hold(ClauseId::If7);
        } else {
            self.facts.breach(ClauseId::If7, vec![place]);
        }
    }

    pub(super) fn check_flag(&mut self, place: usize, flag: Option<SourceFlag>) {
        if let (Some(flag), Some(pinned)) = (flag, self.class.source_flag) {
            if flag == pinned {
                self.facts.hold(ClauseId::Cls5);
            } else {
                self.facts.breach(ClauseId::Cls5, vec![place]);
            }
        }
    }

    pub(super) fn check_schedule(&mut self, place: usize, act: &Act, outcome: Outcome) {
        let Act::SetSchedule { tokens } = act else { return };
        if !self.is_here() || self.unsure {
            return;
        }
        let allowed = *tokens == 0 || (*tokens <= 15 && self.flag == SourceFlag::Direct);
        match (outcome, allowed) {
            (Outcome::Done, false) => self.facts.breach(ClauseId::Sch1, vec![place]),
            (Outcome::NonZero | Outcome::Error, false) => self.facts.hold(ClauseId::Sch1),
            _ => {}
        }
    }

    pub(super) fn read_context(&mut self, place: usize, status: ContextStatus) {
        if status.status <= 3 && status.progress <= status.max_progress {
            self.facts.hold(ClauseId::Cls4);
        } else {
            self.facts.breach(ClauseId::Cls4, vec![place]);
        }
    }

    pub(super) fn read_operable(&mut self, place: usize, operable: bool) {
        if self.class.class != PackageClass::TaskSequence
            || !self.status.refreshed
            || !self.is_here()
        {
            return;
        }
        self.facts.ask(Question::TaskSequence);
        let permits = |behaviour| self.permits(Question::TaskSequence, behaviour);
        let permitted = match (permits(b::INOPERABLE), permits(b::OPERABLE)) {
            (true, false) => !operable,
            (false, true) => operable,
            _ => true,
        };
        if permitted {
            self.facts.hold(ClauseId::Cls1);
        } else {
            self.facts.breach(ClauseId::Cls1, vec![place]);
        }
    }
}
