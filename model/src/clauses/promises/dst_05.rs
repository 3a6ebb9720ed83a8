//! DST-5: a point shows one version's content as a whole, never a mixture or nothing.

use crate::clauses::prelude::*;
use crate::clauses::read::{ContentRead, LostContent};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst5,
    id: "DST-5",
    says: "a point shows one version's content as a whole, never a mixture or nothing",
    cites: &[at(D::Transfer, "steps 4 and 5"), at(D::Library, "Data library")],
    note: "the pages tell the steps, not what is seen between them",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::AnyContent],
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
            content P1 DP1 -> a.txt=three
        ",
        broken: "
            edit S1 a.txt=one b.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three b.txt=three
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=three b.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    if let Some(lost) = LostContent::of(known, moment) {
        return lost.broken();
    }
    match ContentRead::of(known, moment) {
        Some(read) if read.is_explained() && read.row.assigned => Check::Held(1),
        Some(read) if !read.is_explained() => read.broken(),
        _ => Check::NotApplicable,
    }
}

examples_hold!(Dst5);
