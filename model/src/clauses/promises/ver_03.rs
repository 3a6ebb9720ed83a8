//! VER-3: `SourceVersion` never decreases.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver3,
    id: "VER-3",
    says: "SourceVersion never decreases",
    cites: &[
        at(D::Kb318834, "symptoms: a version that goes back is the bug"),
        at(D::Base, "property SourceVersion, access type"),
    ],
    note: "",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::VersionGoesBack, Relaxation::UnseenVersionGoesBack],
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
            package P1 -> 2
            package P1 -> 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    let before = known.versions.read;
    if read.version < before {
        return Check::broken(Value::AtLeast(before), Value::Version(read.version))
            .because(known.versions.since.place);
    }
    if read.fits() { Check::Held(1) } else { Check::NotApplicable }
}

examples_hold!(Ver3);
