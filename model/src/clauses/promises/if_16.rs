//! IF-16: a refresh that nothing stands in the way of returns 0, and no failure shows.

use crate::clauses::prelude::*;
use crate::clauses::read::{self, Answered};
use crate::knowledge::Failure;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::If16,
    id: "IF-16",
    says: "a refresh that nothing stands in the way of returns 0, and no failure shows",
    cites: &[said(S::Success)],
    note: "without it every other promise could be evaded by refusing; the caller is taken to be alone and to have the right",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::RefusedWithoutCause],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            refresh P1 -> 0
        ",
        broken: "
            create P1 SMS_Package S1
            refresh P1 -> 5
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    if let Some(answer) = Answered::of(known, moment) {
        let for_want_of_a_context = answer.without_context && !answer.is_zero();
        if answer.has_cause() || for_want_of_a_context {
            return Check::NotApplicable;
        }
        return Check::of(answer.is_zero(), || Value::Ends(Outcome::Done), || answer.seen());
    }
    match &moment.act {
        Act::ReadPackage(Some(status)) if status.failure.is_some() => {
            let judged = known.failures_can_be_judged() && read::is_judged(known);
            let hidden = known.failures.failure == Failure::Hidden;
            if judged && hidden && !known.tells_of_a_failed_call() {
                return Check::broken(Value::Failure(false), Value::Failure(true));
            }
            Check::NotApplicable
        }
        _ => Check::NotApplicable,
    }
}

examples_hold!(If16);
