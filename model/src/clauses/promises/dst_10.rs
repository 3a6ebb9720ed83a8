//! DST-10: a point added later gets the current version's content.

use crate::clauses::left_behind;
use crate::clauses::prelude::*;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst10,
    id: "DST-10",
    says: "a point added later gets the current version's content",
    cites: &[
        at(D::AddPointsPkg, "Remarks"),
        at(D::AddPointsDrv, "Remarks"),
        at(D::AddPointsSup, "Remarks"),
        at(D::AddPointsBoot, "Remarks"),
        at(D::AddPointsTs, "Return Values and what follows: the remark is absent"),
    ],
    note: "the pages say that no refresh is needed, not which content comes; those of task sequences and content packages do not say it",
    force: Force::Implied,
    binds: Binds::AddedPoints,
    check,
    review: Some(review),
    relaxations: &[Relaxation::LatePointLeftBehind],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            quiescent
            edit S1 a.txt=three
            assign P1 DP1
            quiescent
            package P1 -> 1
            content P1 DP1 -> a.txt=one
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            quiescent
            edit S1 a.txt=three
            assign P1 DP1
            quiescent
            package P1 -> 1
            content P1 DP1 -> a.txt=three
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    left_behind::check(known, moment, true)
}
fn review(known: &Knowledge<'_>) -> Check {
    left_behind::review(known, true)
}

examples_hold!(Dst10);
