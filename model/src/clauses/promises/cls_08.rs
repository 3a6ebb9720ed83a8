//! CLS-8: writing `RefreshPkgSourceFlag` has the method's effect.

use crate::clauses::prelude::*;
use crate::clauses::read::{Missing, VersionRead};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls8,
    id: "CLS-8",
    says: "writing RefreshPkgSourceFlag has the method's effect",
    cites: &[at(D::Base, "property RefreshPkgSourceFlag, 2nd paragraph")],
    note: "that it always reads false is CLS-18",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::FlagWriteIgnored],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            quiescent
            put P1 refresh
            quiescent
            package P1 -> 2
        ",
        broken: "
            create P1 SMS_Package S1
            quiescent
            put P1 refresh
            quiescent
            package P1 -> 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    if read.is_too_low() && read.missing() == Missing::Flag {
        return read.too_low();
    }
    if !read.fits() || !known.is_quiescent() {
        return Check::NotApplicable;
    }
    let due = known.due_calls().filter(|call| Missing::of(call) == Missing::Flag);
    match due.count() {
        0 => Check::NotApplicable,
        count => Check::Held(u32::try_from(count).unwrap_or(u32::MAX)),
    }
}

examples_hold!(Cls8);
