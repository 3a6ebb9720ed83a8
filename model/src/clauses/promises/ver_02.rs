//! VER-2: the increment is exactly 1.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver2,
    id: "VER-2",
    says: "the increment is exactly 1",
    cites: &[
        at(D::Actions, "Update a package, step 3: from version 1 to 2"),
        at(D::Faq03, "Delta replication, 2nd question"),
    ],
    note: "",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::IncrementTooLarge],
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
            package P1 -> 2
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            package P1 -> 3
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    let since = &known.versions.since;
    if read.is_too_high() && since.accepted {
        return read.too_high();
    }
    if read.fits() && known.is_quiescent() && known.due_calls().next().is_some() {
        return Check::Held(1);
    }
    Check::NotApplicable
}

examples_hold!(Ver2);
