//! VER-4: `SourceVersion` changes only by an update or a refresh.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver4,
    id: "VER-4",
    says: "SourceVersion changes only by an update or a refresh",
    source: "BASE",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::VersionUnasked],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            quiescent
            package P1 -> 1
            put P1 name=new
            package P1 -> 1
        ",
        broken: "
            create P1 SMS_Package S1
            quiescent
            package P1 -> 1
            edit S1 a.txt=one
            package P1 -> 2
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    let since = &known.versions.since;
    if read.is_too_high() && !since.accepted {
        return read.too_high();
    }
    if read.fits() && known.is_quiescent() && known.due_calls().next().is_none() {
        return Check::Held(1);
    }
    Check::NotApplicable
}

examples_hold!(Ver4);
