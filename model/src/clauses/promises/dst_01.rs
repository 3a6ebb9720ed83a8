//! DST-1: after success the latest version is copied to every distribution point of the package.

use crate::clauses::left_behind;
use crate::clauses::prelude::*;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst1,
    id: "DST-1",
    says: "after success the latest version is copied to every distribution point of the package",
    cites: &[said(S::Copy), said(S::Refresh)],
    note: "of a task sequence only while its properties have not changed (S-UNCHANGED)",
    force: Force::Documented,
    binds: Binds::Points,
    check,
    review: Some(review),
    relaxations: &[Relaxation::PointLeftBehind],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=three
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    left_behind::check(known, moment, false)
}
fn review(known: &Knowledge<'_>) -> Check {
    left_behind::review(known, false)
}

examples_hold!(Dst1);
