//! DST-10: a point added later gets the current version's content.

use crate::clauses::left_behind;
use crate::clauses::prelude::*;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst10,
    id: "DST-10",
    says: "a point added later gets the current version's content",
    source: "AddDistributionPoints pages",
    force: Force::Documented,
    binds: Binds::Points,
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
