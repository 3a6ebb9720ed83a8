//! HIE-1: content is replicated to child sites.

use crate::clauses::prelude::*;
use crate::clauses::read;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Hie1,
    id: "HIE-1",
    says: "content is replicated to child sites",
    cites: &[said(S::Replicate)],
    note: "",
    force: Force::Documented,
    binds: Binds::ChildSites,
    check,
    review: None,
    relaxations: &[Relaxation::ChildWithoutContent],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP3
            quiescent
            site P1 PS2 -> 1 files 1
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP3
            quiescent
            site P1 PS2 -> 1 nofiles
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadSite { site, status: Some(status) } = &moment.act else {
        return Check::NotApplicable;
    };
    let (Some(row), Some(stored)) = (read::site(known, *site), read::stored(known, status)) else {
        return Check::NotApplicable;
    };
    if stored == 0 && known.may_have_dropped(*site) {
        return Check::NotApplicable;
    }
    let due = known.files_are_due(*site);
    let newest = if due { known.versions.low } else { 0 };
    let least = row.settled_files.max(newest);
    if stored < least {
        return Check::broken(Value::FilesOf(least), Value::FilesOf(stored));
    }
    if due && !site.is_owner() { Check::Held(1) } else { Check::NotApplicable }
}

examples_hold!(Hie1);
