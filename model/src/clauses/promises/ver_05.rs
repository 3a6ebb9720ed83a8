//! VER-5: clients cannot write `SourceVersion`.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver5,
    id: "VER-5",
    says: "clients cannot write SourceVersion",
    source: "BASE: read-only",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::VersionWritten],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            quiescent
            package P1 -> 1
            put P1 version=7 -> error
            package P1 -> 1
        ",
        broken: "
            create P1 SMS_Package S1
            quiescent
            package P1 -> 1
            put P1 version=7
            package P1 -> 7
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    let since = &known.versions.since;
    if read.is_too_high() && since.version_written {
        return read.too_high();
    }
    if read.fits()
        && known.is_quiescent()
        && known.due_calls().next().is_none()
        && since.version_written
    {
        return Check::Held(1);
    }
    Check::NotApplicable
}

examples_hold!(Ver5);
