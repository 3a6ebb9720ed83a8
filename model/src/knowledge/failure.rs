//! Whether a failure may show, must show, or may not.

use super::{Call, CallEnd, Knowledge};
use crate::index::MomentIndex;
use crate::readings::Question;
use crate::words::PackageClass;

/// What the status may say of a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Failure {
    /// None may show.
    #[default]
    Hidden,
    /// One may show or not.
    Free,
    /// One must show.
    Shown,
}

/// What is known of the package's failures.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    pub(crate) failure: Failure,
    /// What it becomes once nothing is left to do.
    after: Option<Failure>,
    /// The accepted call whose failure must show.
    pub(crate) failing: Option<MomentIndex>,
    /// A refresh returned 0.
    pub(crate) refreshed: bool,
    /// A failure may show for no other reason than the first version's content.
    first_in_doubt: bool,
    /// A call was refused, which may show as a failure.
    pub(crate) refused: bool,
    /// Calls that may have succeeded, unseen, and cleared a failure.
    pub(crate) unanswered: u32,
    /// No failure could show when the newest call came.
    hidden_before: bool,
}

impl Failure {
    /// What becomes of it where it may also not be so: what must show stays so.
    fn relaxed(self) -> Self {
        if self == Self::Shown { Self::Shown } else { Self::Free }
    }
}

impl Failures {
    pub(super) fn note_refreshed(&mut self) {
        self.refreshed = true;
    }

    pub(super) fn note_call(&mut self, call: &Call) {
        let readable = call.source.always || !call.has_source;
        self.hidden_before = self.failure == Failure::Hidden && self.after.is_none();
        self.first_in_doubt = false;
        match call.end {
            CallEnd::Refused => {
                self.refused = true;
                self.failure = self.failure.relaxed();
                self.after = self.after.map(Failure::relaxed);
            }
            CallEnd::Perhaps if readable && self.failure == Failure::Hidden => {
                self.unanswered += 1;
            }
            CallEnd::Unanswered | CallEnd::Perhaps => {
                self.unanswered += 1;
                self.leave_open();
            }
            CallEnd::Accepted if !call.has_source => {
                if self.failure != Failure::Hidden {
                    self.leave_open();
                }
            }
            CallEnd::Accepted if readable => {
                if self.failure != Failure::Hidden {
                    self.failure = Failure::Free;
                }
                self.after = Some(Failure::Hidden);
            }
            CallEnd::Accepted => {
                self.failure = self.failure.relaxed();
                self.after = Some(Failure::Shown);
                self.failing = Some(call.place);
            }
        }
    }

    /// What becomes of it is not known.
    pub(super) fn leave_open(&mut self) {
        self.failure = Failure::Free;
        self.after = Some(Failure::Free);
    }

    /// True where a failure can show for no other reason than an accepted call that failed.
    pub(super) fn only_calls_fail(&self) -> bool {
        self.hidden_before && !self.refused && self.unanswered == 0
    }

    /// The call is known to have failed, which must show, at the latest with nothing left to do.
    pub(super) fn note_failed(&mut self, call: MomentIndex, lags: bool) {
        self.failure = if lags { Failure::Free } else { Failure::Shown };
        self.after = Some(Failure::Shown);
        self.failing = Some(call);
    }

    /// The call is known to have succeeded.
    pub(super) fn note_succeeded(&mut self) {
        self.failure = Failure::Hidden;
        self.after = None;
    }

    /// The first version's content may not be readable: whether that shows is open.
    pub(super) fn doubt_first(&mut self) {
        if self.failure == Failure::Hidden {
            self.failure = Failure::Free;
            self.first_in_doubt = true;
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
            call.open && call.end != CallEnd::Refused && call.source.ever && call.source.ever_not
        };
        if calls.iter().any(mixed) {
            self.first_in_doubt = false;
            self.leave_open();
        }
    }

    /// Nothing is left to do.
    pub(super) fn settle(&mut self) {
        if let Some(after) = self.after.take() {
            self.failure = after;
        }
    }
}

impl Knowledge<'_> {
    /// True where what a status says of failures can be judged.
    pub(crate) fn failures_can_be_judged(&self) -> bool {
        self.timeline.declared.shows_failure && !self.has_unanswered()
    }

    pub(super) fn learn_failure(&mut self, shows: bool) {
        if !self.failures_can_be_judged() || !shows {
            return;
        }
        if !self.failures.refused && self.snapshots.first_may_have_failed() {
            self.snapshots.first_was_not_taken();
        }
        self.only_call_failed();
    }

    /// The call that must have failed, where the version is what it was before and a call was accepted while its source
    /// could be read for some of the time only.
    pub(crate) fn call_that_failed(&self) -> Option<&Call> {
        let mixed = |call: &&Call| {
            call.end == CallEnd::Accepted
                && call.has_source
                && call.source.ever
                && !call.source.always
        };
        let certain = !self.may_keep() && self.failures.unanswered == 0;
        let call = self.calls.iter().find(mixed).filter(|_| certain)?;
        (self.is_quiescent() || self.none_can_have_cleared()).then_some(call)
    }

    /// True where, of the calls since the version was last certain, those that are settled are all that may have
    /// succeeded: what came later had nothing to read.
    fn none_can_have_cleared(&self) -> bool {
        let mut later = self.calls.iter().filter(|call| call.open);
        self.calls.iter().any(|call| !call.open)
            && later.all(|call| call.has_source && !call.source.ever)
    }

    pub(super) fn learn_operable(&mut self) {
        if self.operable_is_judged() {
            self.ask(Question::TaskSequence);
        }
    }

    /// True where it is said whether a task sequence can run: once it was refreshed, and nothing is left to do.
    pub(crate) fn operable_is_judged(&self) -> bool {
        self.class().class == PackageClass::TaskSequence
            && self.failures.refreshed
            && self.is_quiescent()
            && self.package.is_here()
    }

    /// Where the first version's content may have found nothing to read, that may show as a failure.
    pub(super) fn doubt_first_version(&mut self) {
        let nothing_to_read = self.package.flag.has_source() && self.package.source_now().is_none();
        if nothing_to_read && self.snapshots.first_is_open() {
            self.failures.doubt_first();
        }
    }
}
