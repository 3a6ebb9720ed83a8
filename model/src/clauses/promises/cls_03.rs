//! CLS-3: pending drivers enter a boot image by its refresh, and by nothing else.

use crate::clauses::prelude::*;
use crate::clauses::read::ContentRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls3,
    id: "CLS-3",
    says: "pending drivers enter a boot image by its refresh, and by nothing else",
    cites: &[at(D::HowToBoot, "introduction, the paragraph before the last")],
    note: "",
    force: Force::Described,
    binds: Binds::Drivers,
    check,
    review: None,
    relaxations: &[Relaxation::DriversAnyTime],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create B1 SMS_BootImagePackage S1
            assign B1 DP1
            quiescent
            add_driver B1 d.inf=two
            refresh B1 -> 0
            quiescent
            content B1 DP1 -> a.txt=one d.inf=two
        ",
        broken: "
            edit S1 a.txt=one
            create B1 SMS_BootImagePackage S1
            assign B1 DP1
            quiescent
            add_driver B1 d.inf=two
            refresh B1 -> 0
            quiescent
            content B1 DP1 -> a.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    ContentRead::additions(known, moment)
}

examples_hold!(Cls3);
