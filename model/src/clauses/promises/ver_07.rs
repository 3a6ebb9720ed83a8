//! VER-7: redistribution never increments.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver7,
    id: "VER-7",
    says: "redistribution never increments",
    cites: &[at(D::Dp, "property RefreshNow, 4th sentence")],
    note: "",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::RedistributionMakesVersion],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            package P1 -> 1
            redistribute P1 DP1
            quiescent
            package P1 -> 1
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            package P1 -> 1
            redistribute P1 DP1
            quiescent
            package P1 -> 2
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    VersionRead::left_alone(known, moment, known.versions.since.redistributed)
}

examples_hold!(Ver7);
