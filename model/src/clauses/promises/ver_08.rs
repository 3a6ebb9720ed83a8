//! VER-8: adding, removing or cancelling at a point never increments.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver8,
    id: "VER-8",
    says: "adding, removing or cancelling at a point never increments",
    cites: &[
        at(D::AddPointsPkg, "introduction: it names no other effect"),
        at(D::Cancel, "introduction: it names no other effect"),
        at(D::Dp, "Remarks, the paragraph on deletion: it names no other effect"),
    ],
    note: "the pages are silent; VerifyPackage is VER-17",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::PointChangeMakesVersion],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            package P1 -> 1
            assign P1 DP2
            quiescent
            package P1 -> 1
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            package P1 -> 1
            assign P1 DP2
            quiescent
            package P1 -> 2
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    VersionRead::left_alone(known, moment, known.versions.since.point_changed)
}

examples_hold!(Ver8);
