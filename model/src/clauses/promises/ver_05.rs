//! VER-5: clients cannot write `SourceVersion`.

use crate::clauses::prelude::*;
use crate::clauses::read::VersionRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver5,
    id: "VER-5",
    says: "clients cannot write SourceVersion",
    cites: &[at(D::Base, "property SourceVersion, access type")],
    note: "the other properties that are read-only are VER-16",
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
    VersionRead::left_alone(known, moment, known.versions.since.version_written)
}

examples_hold!(Ver5);
