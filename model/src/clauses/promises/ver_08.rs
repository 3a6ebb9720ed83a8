//! VER-8: adding, removing or cancelling at a point never increments.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver8,
    id: "VER-8",
    says: "adding, removing or cancelling at a point never increments",
    source: "AddDistributionPoints and CancelDistribution pages (silent)",
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
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    let since = &known.versions.since;
    if read.is_too_high() && since.point_changed {
        return read.too_high();
    }
    if read.fits()
        && known.is_quiescent()
        && known.due_calls().next().is_none()
        && since.point_changed
    {
        return Check::Held(1);
    }
    Check::NotApplicable
}

examples_hold!(Ver8);
