//! IF-4: 0 is success, any other value or an error is failure, and a failure after 0 shows later.

use crate::clauses::prelude::*;
use crate::clauses::read::{self, Answered};
use crate::knowledge::Failure;
use crate::reply::PackageStatus;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::If4,
    id: "IF-4",
    says: "0 is success, any other value or an error is failure, and a failure after 0 shows later",
    cites: &[said(S::Success), at(D::Errors, "introduction, 1st and 2nd paragraphs")],
    note: "that a failure may come after 0 is the permission IF-13",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::FailureHidden],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            quiescent
            lose S1
            refresh P1 -> 0
            quiescent
            package P1 -> 1 failed
        ",
        broken: "
            create P1 SMS_Package S1
            quiescent
            lose S1
            refresh P1 -> 0
            quiescent
            package P1 -> 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    if let Some(answer) = Answered::of(known, moment) {
        return answered(known, &answer);
    }
    match &moment.act {
        Act::ReadPackage(Some(status)) => failure(known, status),
        _ => Check::NotApplicable,
    }
}

/// An answer to a call in whose way something stands, or that returns 0.
fn answered(known: &Knowledge<'_>, answer: &Answered) -> Check {
    if !answer.is_zero() && !answer.has_cause() {
        return Check::NotApplicable;
    }
    if answer.is_zero() && answer.unreadable && answer.is_permitted(known.readings) {
        return Check::NotApplicable;
    }
    Check::of(answer.is_permitted(known.readings), || answer.expected(), || answer.seen())
}

/// What a status says of a failure that must show.
fn failure(known: &Knowledge<'_>, status: &PackageStatus) -> Check {
    let judged = known.failures_can_be_judged() && read::is_judged(known);
    let shows = status.failure.is_some();
    let must = match known.failures.failure {
        Failure::Shown => true,
        Failure::Free => {
            let unmoved = status.version.0 == known.versions.since.version;
            !shows && unmoved && known.call_that_failed().is_some()
        }
        Failure::Hidden => false,
    };
    if !judged || !must {
        return Check::NotApplicable;
    }
    let call = known.call_that_failed().map(|call| call.place).or(known.failures.failing);
    let check = Check::of(shows, || Value::Failure(true), || Value::Failure(false));
    call.into_iter().fold(check, Check::because)
}

examples_hold!(If4);
