//! VER-1: a processed refresh increments `SourceVersion`.

use crate::clauses::prelude::*;
use crate::clauses::read::{Missing, VersionRead};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver1,
    id: "VER-1",
    says: "a processed refresh increments SourceVersion",
    cites: &[said(S::Increment), at(D::Base, "property SourceVersion")],
    note: "where the method page does not say so, as Q-UNPROMISED reads",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::RefreshKeepsVersion],
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
            package P1 -> 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    if read.is_too_low() && read.missing() == Missing::Changed {
        return read.too_low();
    }
    if !read.fits() || !known.is_quiescent() {
        return Check::NotApplicable;
    }
    let due = known.due_calls().filter(|call| Missing::of(call) == Missing::Changed);
    match due.count() {
        0 => Check::NotApplicable,
        count => Check::Held(u32::try_from(count).unwrap_or(u32::MAX)),
    }
}

examples_hold!(Ver1);
