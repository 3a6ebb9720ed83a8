//! An answer to a call on a package that is there: what stood in its way, and what it may have ended with.

use crate::clauses::Value;
use crate::history::timeline::{Act, ContextArgument, Moment, Outcome};
use crate::knowledge::Knowledge;
use crate::readings::Readings;
use crate::readings::behaviour::FailureShows;
use crate::rules::{self, Addressing, Obstacle};

/// An answer to a call.
pub(crate) struct Answered {
    outcome: Outcome,
    obstacles: Vec<Obstacle>,
    /// The source cannot be read.
    pub(crate) unreadable: bool,
    /// The class has a `ContextID`, and none was given.
    pub(crate) without_context: bool,
}

impl Answered {
    /// The answer to a call, where it can be judged.
    pub(crate) fn of(known: &Knowledge<'_>, moment: &Moment) -> Option<Self> {
        let Act::Refresh { context, at_owner, own_class } = moment.act else { return None };
        let judged = known.package.is_here() && !known.package.unsure;
        if !judged || moment.outcome == Outcome::Unknown {
            return None;
        }
        let call = Addressing { context, at_owner, own_class };
        let class = known.class();
        Some(Self {
            outcome: moment.outcome,
            obstacles: rules::obstacles(class, call, known.package.has_source()),
            unreadable: known.package.is_unreadable(),
            without_context: class.context && context == ContextArgument::Absent,
        })
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.outcome == Outcome::Done
    }

    /// True where something stands in the way of the call, so that it may fail.
    pub(crate) fn has_cause(&self) -> bool {
        self.unreadable || !self.obstacles.is_empty()
    }

    /// True where the readings let the call end like this.
    pub(crate) fn is_permitted(&self, readings: &Readings) -> bool {
        let refusable = self.obstacles.iter().any(|obstacle| obstacle.may_refuse(readings));
        let acceptable = self.obstacles.iter().all(|obstacle| obstacle.may_accept(readings));
        let shows = |behaviour| self.unreadable && readings.permits(behaviour);
        match self.outcome {
            Outcome::Done => acceptable && (!self.unreadable || shows(FailureShows::LaterStatus)),
            Outcome::NonZero => refusable || shows(FailureShows::ReturnValue),
            Outcome::Error => refusable || shows(FailureShows::Error),
            Outcome::Unknown => true,
        }
    }

    /// What the call should have ended with.
    pub(crate) fn expected(&self) -> Value {
        match (self.is_zero(), self.unreadable) {
            (true, true) => Value::Says("a failure: the source cannot be read"),
            (true, false) => Value::Says("a failure, as the reading says"),
            (false, _) => Value::Says("another end, as the reading says"),
        }
    }

    /// What it ended with.
    pub(crate) fn seen(&self) -> Value {
        Value::Ends(self.outcome)
    }
}
