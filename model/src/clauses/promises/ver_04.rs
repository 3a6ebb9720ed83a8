//! VER-4: `SourceVersion` changes only by an update or a refresh.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver4,
    id: "VER-4",
    says: "SourceVersion changes only by an update or a refresh",
    cites: &[
        at(D::Base, "property SourceVersion: what increments it"),
        at(D::Kb281754, "symptoms: a save without a change is the bug"),
    ],
    note: "the page says when it is incremented, not that nothing else does it; a written property is Q-PUT-VERSION",
    force: Force::Implied,
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
