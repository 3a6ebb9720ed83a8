//! FLT-6: a refresh whose source cannot be read touches no point.

use crate::clauses::prelude::*;
use crate::clauses::read::{ContentRead, LostContent};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Flt6,
    id: "FLT-6",
    says: "a refresh whose source cannot be read touches no point",
    cites: &[at(D::Troubles, "Generic issues, the item on access denied")],
    note: "that the failure shows is IF-4; its status message is FLT-12",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::FailureTouchesPoints],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            content P1 DP1 -> a.txt=one
            lose S1
            refresh P1 -> 5
            content P1 DP1 -> a.txt=one
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            content P1 DP1 -> a.txt=one
            lose S1
            refresh P1 -> 5
            content P1 DP1 -> nothing
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    if !known.snapshots.after_failure {
        return Check::NotApplicable;
    }
    if let Some(lost) = LostContent::of(known, moment) {
        return lost.broken();
    }
    match ContentRead::of(known, moment).filter(ContentRead::is_of_package) {
        Some(read) if read.is_explained() => Check::Held(1),
        Some(read) if !read.row.late => read.broken(),
        _ => Check::NotApplicable,
    }
}

examples_hold!(Flt6);
