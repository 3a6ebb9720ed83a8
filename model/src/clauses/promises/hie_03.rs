//! HIE-3: the version that a child site knows comes to be the owner's.

use crate::clauses::prelude::*;
use crate::clauses::read;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Hie3,
    id: "HIE-3",
    says: "the version that a child site knows comes to be the owner's",
    cites: &[
        at(D::Kb318834, "symptoms: a child that stays behind is the bug"),
        at(D::Kb936465, "symptoms: a child that stays behind is the bug"),
        at(D::Actions, "Distribute a package to DP across sites, steps 7 to 9"),
    ],
    note: "",
    force: Force::Described,
    binds: Binds::ChildSites,
    check,
    review: None,
    relaxations: &[Relaxation::ChildUnaware],
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
            site P1 PS2 -> 2
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            site P1 PS2 -> 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadSite { site, status } = &moment.act else { return Check::NotApplicable };
    let Some(row) = read::site(known, *site) else { return Check::NotApplicable };
    let current = known.is_quiescent() && known.class().child_sites;
    let newest = if current { known.versions.low } else { 0 };
    let least = row.settled_version.max(newest);
    match status {
        None if least > 0 => Check::broken(Value::Version(least), Value::Present(false)),
        Some(status) if status.version.0 < least => {
            Check::broken(Value::Version(least), Value::Version(status.version.0))
        }
        Some(_) if current && !site.is_owner() => Check::Held(1),
        _ => Check::NotApplicable,
    }
}

examples_hold!(Hie3);
