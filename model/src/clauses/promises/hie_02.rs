//! HIE-2: files go only to sites with at least one point of the package.

use crate::clauses::prelude::*;
use crate::clauses::read;
use crate::readings::behaviour::ChildWithoutPoint;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Hie2,
    id: "HIE-2",
    says: "files go only to sites with at least one point of the package",
    cites: &[at(D::Actions, "Create a package, step 3, item 3")],
    note: "the method pages know no such condition (S-REPLICATE); Q-CHILD asks",
    force: Force::Described,
    binds: Binds::ChildSites,
    check,
    review: None,
    relaxations: &[Relaxation::FilesAnywhere],
    examples: Examples {
        pins: &["Q-CHILD=metadata_only"],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            site P1 PS2 -> 1 nofiles
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            site P1 PS2 -> 1 files 1
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
    let metadata_only = known.readings.demands(ChildWithoutPoint::MetadataOnly);
    if !metadata_only || site.is_owner() || row.had_point || !known.is_child_without_point(*site) {
        return Check::NotApplicable;
    }
    Check::of(stored == 0, || Value::FilesOf(0), || Value::FilesOf(stored))
}

examples_hold!(Hie2);
