//! IF-12: a refused call leaves the version as it was.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::If12,
    id: "IF-12",
    says: "a refused call leaves the version as it was",
    cites: &[said(S::Success)],
    note: "no page says what a failed call leaves; after a failed snapshot Q-FAILED-VERSION says it",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::RefusalHasEffect],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            quiescent
            package P1 -> 1
            refresh P1 context=c -> 5
            package P1 -> 1
        ",
        broken: "
            create P1 SMS_Package S1
            quiescent
            package P1 -> 1
            refresh P1 context=c -> 5
            package P1 -> 2
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    let since = &known.versions.since;
    if read.is_too_high() && since.refused && !since.accepted {
        return read.too_high();
    }
    if read.fits() && known.is_quiescent() && known.due_calls().next().is_none() && since.refused {
        return Check::Held(1);
    }
    Check::NotApplicable
}

examples_hold!(If12);
