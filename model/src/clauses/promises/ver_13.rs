//! VER-13: a version has one content: two readers of it see the same.

use crate::clauses::prelude::*;
use crate::clauses::read::ContentRead;
use crate::index::{EpochIndex, Index, SnapshotIndex};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver13,
    id: "VER-13",
    says: "a version has one content: two readers of it see the same",
    cites: &[
        at(D::Hash, "parameters PackageID, SourceVersion and Hash"),
        at(D::Library, "Package library: content ids are of a package and a version"),
    ],
    note: "not where the method page promises no increment: there, content may change and the version stay",
    force: Force::Described,
    binds: Binds::Increments,
    check,
    review: None,
    relaxations: &[Relaxation::LaterContent],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            redistribute P1 DP1
            quiescent
            package P1 -> 1
            content P1 DP1 -> a.txt=one
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            refresh P1 -> 0
            quiescent
            edit S1 a.txt=three
            package P1 -> 2
            content P1 DP1 -> a.txt=three
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = ContentRead::of(known, moment).filter(ContentRead::is_of_package) else {
        return Check::NotApplicable;
    };
    if read.is_explained() {
        return if read.is_newest() { Check::Held(1) } else { Check::NotApplicable };
    }
    let ever = known.snapshots.possible_contents(EpochIndex::FIRST, SnapshotIndex::FIRST);
    let was_possible = ever.contains(&read.seen);
    if read.is_known() && !was_possible { read.broken() } else { Check::NotApplicable }
}

examples_hold!(Ver13);
