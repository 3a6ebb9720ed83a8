//! HIE-4: a child site's point reports a version only when the site has it.

use crate::clauses::prelude::*;
use crate::clauses::read;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Hie4,
    id: "HIE-4",
    says: "a child site's point reports a version only when the site has it",
    cites: &[at(
        D::Actions,
        "Distribute a package to DP across sites, step 7, item 2: both messages that wait",
    )],
    note: "",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::PointAheadOfSite],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP3
            quiescent
            point P1 DP3 -> installed 1
            site P1 PS2 -> 1 files 1
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP3
            point P1 DP3 -> installed 1
            site P1 PS2 -> absent
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadSite { site, status } = &moment.act else { return Check::NotApplicable };
    // What the owner itself keeps is no site's that is yet to hear of it (HIE-1, HIE-3 for when nothing is left to do).
    let child = read::site(known, *site).filter(|row| !site.is_owner() && row.installed > 0);
    let Some(row) = child else { return Check::NotApplicable };
    let Some(status) = status else {
        return Check::broken(Value::AtLeast(row.installed), Value::Present(false));
    };
    if let Some(stored) = read::stored(known, status) {
        let dropped = stored == 0 && known.may_have_dropped(*site);
        if stored < row.installed && !dropped {
            return Check::broken(Value::FilesOf(row.installed), Value::FilesOf(stored));
        }
    }
    let version = status.version.0;
    let expected = || Value::AtLeast(row.installed);
    Check::of(version >= row.installed, expected, || Value::Version(version))
}

examples_hold!(Hie4);
