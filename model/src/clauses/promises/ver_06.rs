//! VER-6: the increment happens even if the source is unchanged.

use crate::clauses::prelude::*;
use crate::clauses::read::{Missing, VersionRead};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver6,
    id: "VER-6",
    says: "the increment happens even if the source is unchanged",
    cites: &[said(S::Increment), at(D::Myth, "the test with identical files")],
    note: "the sentence has no condition; where the method page does not have it, as Q-UNPROMISED reads",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::UnchangedKeepsVersion],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            quiescent
            refresh P1 -> 0
            quiescent
            package P1 -> 2
        ",
        broken: "
            create P1 SMS_Package S1
            quiescent
            refresh P1 -> 0
            quiescent
            package P1 -> 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    if read.is_too_low() && read.missing() == Missing::Unchanged {
        return read.too_low();
    }
    if !read.fits() || !known.is_quiescent() {
        return Check::NotApplicable;
    }
    let due = known.due_calls().filter(|call| Missing::of(call) == Missing::Unchanged);
    match due.count() {
        0 => Check::NotApplicable,
        count => Check::Held(u32::try_from(count).unwrap_or(u32::MAX)),
    }
}

examples_hold!(Ver6);
